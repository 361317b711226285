"""`Mirror`: what a session knows of the records in the server, and keeping it as they are there."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress

from data.storage import ops
from data.storage.generation import time_now
from data.storage.postgres import reading
from data.storage.postgres.joining import listen
from data.storage.postgres.line import Line
from data.storage.postgres.parts import MENTEES
from data.storage.problems import Notice, NoticeKind, StorageError
from data.storage.protocol import Commit, Doc, DocChange, Tables
from data.storage.raw_table import differences
from data.storage.split.halves import Halves, Side
from data.storage.split.parts import Key, Parting


class Mirror:
    """All documents that a login may see of a team, and how far they are read."""

    def __init__(self, line: Line, parting: Parting, *, listening: bool) -> None:
        """Begin with nothing; see `read_all`.

        Args:
            line: The line to the server.
            parting: What of a document only its author may see.
            listening: Whether the server is to tell of news.
        """
        self.team = ""
        self.halves = Halves(parting, "", {}, {})
        self.numbers: dict[str, int] = {}
        """The number of the last commit that is known, by scope: a mentee's id, or the team."""
        self.private_number = 0
        """The number of the user's last private commit that is known."""
        self.deleted_by: dict[Key, str] = {}
        """Who deleted a document, for those that another session has deleted: by table and id."""
        self.ready: list[Commit] = []
        """What others have saved and has not been handed on yet."""
        self.heard_at = 0.0
        """When it was last sure that nothing is missing, by the monotonic clock."""
        self._line = line
        self._parting = parting
        self._listening = listening
        self._channels: dict[str, str] = {}
        self._private_channel = ""

    @property
    def all(self) -> Tables:
        """What the user sees."""
        return self.halves.all

    # -- reading ------------------------------------------------------------------------------

    def forget_channels(self) -> None:
        """Listen to everything anew, for the line is another one."""
        self._channels, self._private_channel = {}, ""

    def read_all(self, by: str) -> None:
        """Read all that the login may see. What differs from what was known is ready to hand on.

        It raises what `Line.ask` raises.
        """
        before, had = self.halves.all, set(self.numbers)
        while True:
            found = reading.snapshot(self._line, self.team)
            if not self._listen_to(found):
                break  # else something may have come before it listened
        self.halves = Halves(self._parting, by, found.shared, found.private)
        self.halves.put_together()
        self.numbers, self.private_number = found.numbers, found.private_number
        self.heard_at = time.monotonic()
        changes = tuple(differences(before, self.halves.all)) if had else ()
        if changes:
            told = _roles_ended(before, had - set(self.numbers))
            found_out = Commit(0, time_now(), "", own=False, changes=changes, notices=told)
            self.ready.append(found_out)

    def _listen_to(self, found: reading.Snapshot) -> bool:
        """Listen to all channels that there are. Return whether some of them are new."""
        new = {*found.channels, found.private_channel, ""} - {*self._channels, ""}
        new.discard(self._private_channel)
        self._channels, self._private_channel = found.channels, found.private_channel
        if self._listening:
            listen(self._line, sorted(new))
        return self._listening and bool(new)

    def hear(self, told: Iterable[tuple[str, str]], by: str) -> None:
        """Read what channels have told of. It raises what `Line.ask` raises."""
        self.heard_at = time.monotonic()
        if any(text in {"access", "gone"} for _channel, text in told):
            self.read_all(by)
            return
        channels = {channel for channel, text in told if not text}
        scopes = {self._channels[one] for one in channels if one in self._channels}
        private = self._private_channel in channels
        if (scopes or private) and self.keep_up(by, scopes, private=private) is None:
            self.read_all(by)

    def keep_up(
        self, by: str, scopes: Iterable[str] | None = None, *, private: bool = True
    ) -> bool | None:
        """Take in the commits that others have made since.

        Args:
            by: The login name of the user.
            scopes: What they are about; None for everything.
            private: Whether the user's own other sessions may have saved something private.

        Returns:
            Whether there were any; None if some are missing: then all must be read again.
        """
        wanted = self.numbers if scopes is None else {one: self.numbers[one] for one in scopes}
        found = [(Side.TEAM, one) for one in reading.commits_since(self._line, self.team, wanted)]
        if private:
            since = self.private_number
            ours = reading.private_commits_since(self._line, self.team, since, by)
            found += [(Side.OWN, one) for one in ours]
        for side, made in found:
            last = self.numbers[made.scope] if side is Side.TEAM else self.private_number
            if made.number != last + 1:
                return None
            self._take(side, made)
        return bool(found)

    def _take(self, side: Side, made: reading.Made) -> None:
        """Take in a commit that the journal has, or its part about one scope."""
        if side is Side.TEAM:
            self.numbers[made.scope] = made.number
        else:
            self.private_number = made.number
        tables = self.halves.team if side is Side.TEAM else self.halves.own
        seen: list[DocChange] = []
        for op in made.ops:
            before = tables.get(op["t"], {}).get(op["i"])
            after, _fits = ops.result(op, before)
            change = DocChange(op["t"], op["i"], before, after)
            seen += self.halves.take(side, [change], own=False)
        gone = ((one.table, one.id) for one in seen if one.after is None)
        self.deleted_by.update(dict.fromkeys(gone, made.by))
        if seen:
            self.ready.append(Commit(made.number, made.at, made.by, False, tuple(seen)))

    # -- own commits --------------------------------------------------------------------------

    def took(
        self, parts: Sequence[Doc], team: Sequence[DocChange], own: Sequence[DocChange]
    ) -> list[DocChange]:
        """Take in what this session has saved. Return what changes for the user."""
        seen = self.halves.take(Side.TEAM, team, own=True)
        seen += self.halves.take(Side.OWN, own, own=True)
        new = False
        for part in parts:
            if part.get("own"):
                self.private_number = part["n"] + 1
            else:
                new = new or part["m"] not in self.numbers
                self.numbers[part["m"]] = part["n"] + 1
        if new and self._listening:
            with suppress(StorageError):
                self._listen_to(reading.snapshot(self._line, self.team))
        return seen


def _roles_ended(tables: Tables, lost: Iterable[str]) -> tuple[Notice, ...]:
    """Return what is told of mentees whom the user may not see any more."""
    known = tables.get(MENTEES, {})
    names = [str(known[id].get("name", "")) for id in sorted(lost) if id in known]
    return tuple(Notice(NoticeKind.ROLE_ENDED, name=name) for name in names if name)
