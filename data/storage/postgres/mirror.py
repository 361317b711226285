"""`Mirror`: what a session knows of the records in the server, and keeping it as they are there."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import suppress
from typing import TYPE_CHECKING

from data.frozen import changing
from data.storage import ops
from data.storage.generation import time_now
from data.storage.postgres import reading
from data.storage.postgres.joining import team_in_words, to_listen
from data.storage.postgres.line import Line
from data.storage.postgres.of_colleague import believed
from data.storage.postgres.older import OlderState, is_older
from data.storage.postgres.twins import believe
from data.storage.problems import ErrorKind, Notice, NoticeKind, StorageError
from data.storage.protocol import Clash, Commit, Doc, DocChange, Tables
from data.storage.purge_list import Deletions, KnownDeletions
from data.storage.raw_table import differences
from data.storage.record_file import META
from data.storage.references import MENTEES, OF_TEAM, scope_of
from data.storage.split.halves import Halves, Side
from data.storage.split.parts import Key, fields_table, table_of

if TYPE_CHECKING:
    from data.storage.deletion import Deletion
    from data.storage.postgres.access import Grants
    from data.storage.postgres.rules import ServerRules


@changing
class Sent:
    """A commit that was sent, until it is known whether it has been made.

    The server takes it only as the next one after those that are known here. So it can be sent
    again to the letter: it is made once, however many copies of it come there, and however late.
    """

    asked: Sequence[DocChange]
    """The changes that it was made of."""
    parts: list[Doc]
    """What `save` gets."""
    grants: Grants
    """Likewise."""
    team: list[DocChange]
    own: list[DocChange]
    clashes: tuple[Clash, ...]
    id: str
    at: str
    doubtful: bool = False
    """Whether the line broke before there was an answer."""


class Mirror:
    """All documents that a login may see of a team, and how far they are read."""

    def __init__(self, line: Line, rules: ServerRules, *, listening: bool) -> None:
        """Begin with nothing; see `read_all`.

        Args:
            line: The line to the server.
            rules: What is to be known of documents.
            listening: Whether the server is to tell of news.
        """
        self.team = ""
        self.halves = Halves(rules.parting, "", {}, {})
        self.numbers: dict[str, int] = {}
        """The number of the last commit that is known, by scope: a mentee's id, or the team."""
        self.private_number = 0
        """The number of the user's last private commit that is known."""
        self.deleted_by: dict[Key, str] = {}
        """Who deleted a document, for those that another session has deleted: by table and id."""
        self.deletions = KnownDeletions()
        """What was deleted for good that the user could see."""
        self.unfollowed: list[Deletion] = []
        """Those of them of which something may be among the user's own documents yet."""
        self.ready: list[Commit] = []
        """What others have saved and has not been handed on yet."""
        self.older = OlderState()
        self.heard_at = 0.0
        """When it was last sure that nothing is missing, by the monotonic clock."""
        self.sent: Sent | None = None
        """The own commit that was sent last, if it is not known what became of it."""
        self.made: tuple[Sequence[DocChange], Commit] | None = None
        """What was asked for, and the commit of it, which turned out to have been made."""
        self._line = line
        self._rules, self._parting = rules, rules.parting
        self._listening = listening
        self._has_read = False
        """Whether all has been read before, so that what is new is handed on."""
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
        known = reading.channels(self._line, self.team) if self._listening else ({}, "")
        while True:
            sent = self.sent.parts[0] if self.sent else None
            listens = to_listen(self._new_channels(*known))
            found = reading.snapshot(
                self._line, self.team, sent, self.numbers.get(OF_TEAM), listens
            )
            self._channels, self._private_channel = known
            known = found.channels, found.private_channel
            if not (self._listening and self._new_channels(*known)):
                break  # else something may have come before it listened
        if self._has_read and OF_TEAM not in found.numbers:
            self.lose_all(by)
            return
        self._find_sent(found.made, by)
        if self.sent is not None and not _is_next(self.sent, found):
            self.sent = None  # another commit has taken its number: it cannot be made any more
        older = self._has_read and is_older(found, self.numbers, self.private_number)
        self.private_number = found.private_number
        new = self.deletions.learn(believed(found.deletions, by, self._parting, self._is_there))
        self.unfollowed += new
        believe(found.shared, found.twins, self._rules)
        self._see(by, found.shared, found.own, found.numbers, new, older=older)

    def lose_all(self, by: str) -> None:
        """Show nothing of the team any more: the login is not a mentor in it.

        What is the user's own stays in this session, with what is being typed. The server keeps it,
        and shows it to nobody, until the login is a mentor there again.
        """
        self._see(by, {}, self.halves.own, {}, ())

    @property
    def is_out(self) -> bool:
        """Whether the login was a mentor in the team, and is not any more."""
        return self._has_read and OF_TEAM not in self.numbers

    def refuse_if_out(self) -> None:
        """Raise `StorageError` if the login is not a mentor in the team any more."""
        if self.is_out:
            address = self._line.address
            who = team_in_words(address, self.team)
            raise StorageError(ErrorKind.NO_MEMBER, name=address.shown, who=who)

    def _see(
        self,
        by: str,
        shared: Tables,
        own: Tables,
        numbers: dict[str, int],
        new: Deletions,
        *,
        older: bool = False,
    ) -> None:
        """Show these documents; what differs from what was shown is ready to hand on.

        Args:
            by: The login name of the user.
            shared: The documents that others see too.
            own: Those of the user alone.
            numbers: The number of the last commit by scope.
            new: What was deleted for good.
            older: Whether it is an older state, so that who is not there has not been taken away.
        """
        before, had = self.halves.all, set(self.numbers)
        self.halves = Halves(self._parting, by, shared, own)
        self.halves.sharers = {}
        self.halves.put_together()
        self.numbers, self.heard_at = numbers, time.monotonic()
        is_first, self._has_read = not self._has_read, True
        changes = () if is_first else tuple(differences(before, self.halves.all))
        if changes or older or (new and not is_first):
            told = _access_ended(before, had - set(numbers), self.deletions.all, self.team)
            if older:
                told = (Notice(NoticeKind.OLDER_STATE),)
                self.older.note(changes)
            self.ready.append(Commit(0, time_now(), "", False, changes, (), older, told, new))

    def _new_channels(self, channels: dict[str, str], private: str) -> set[str]:
        """Return those channels that this session does not listen to yet."""
        return {*channels, private} - {*self._channels, self._private_channel, ""}

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

    def look(self, by: str) -> None:
        """Take in what others have done, for a session that is told nothing of it.

        It raises what `Line.ask` raises.
        """
        self.heard_at = time.monotonic()
        now = reading.numbers_now(self._line, self.team)
        if now.keys() != self.numbers.keys() or self.keep_up(by) is None:
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
            Whether there were any; None if some are missing, or are not what a program writes: then
            all must be read again. What this session has sent itself is in `made`.
        """
        wanted = self.numbers if scopes is None else {one: self.numbers[one] for one in scopes}
        found = [(Side.TEAM, one) for one in reading.commits_since(self._line, self.team, wanted)]
        if private:
            since = self.private_number
            ours = reading.private_commits_since(self._line, self.team, since, by)
            found += [(Side.OWN, one) for one in ours]
        if self._find_sent([made.id for _side, made in found], by):
            return None if self.keep_up(by) is None else True
        for side, made in found:
            last = self.numbers[made.scope] if side is Side.TEAM else self.private_number
            if made.number != last + 1 or not self._take(side, made):
                return None
        return bool(found)

    def _take(self, side: Side, made: reading.Made) -> bool:
        """Take in a commit that the journal has, or its part about one scope.

        Returns:
            False if it is not what a program writes, or about something else than it says.
        """
        if side is Side.TEAM:
            self.numbers[made.scope] = made.number
        else:
            self.private_number = made.number
        tables = self.halves.team if side is Side.TEAM else self.halves.own
        seen: list[DocChange] = []
        try:
            for op in made.ops:
                if not (isinstance(op["t"], str) and isinstance(op["i"], str)):
                    return False
                before = tables.get(op["t"], {}).get(op["i"])
                after, _fits = ops.result(op, before)
                change = DocChange(op["t"], op["i"], before, after)
                if side is Side.TEAM and not self._is_about(change, made.scope):
                    return False
                seen += self.halves.take(side, [change], own=False)
                self._note_sharer(side, change, made.by)
        except (TypeError, LookupError, ValueError, AttributeError):
            return False
        gone = ((one.table, one.id) for one in seen if one.after is None)
        self.deleted_by.update(dict.fromkeys(gone, made.by))
        if seen:
            self.ready.append(Commit(made.number, made.at, made.by, False, tuple(seen)))
        return True

    def _note_sharer(self, side: Side, change: DocChange, by: str) -> None:
        if side is Side.TEAM and self.halves.sharers is not None:
            self.halves.sharers[change.table, change.id] = by

    def _is_about(self, change: DocChange, scope: str) -> bool:
        """Whether a document is, and was, about the mentee whom its commit is about."""
        if change.table == META or (scope == OF_TEAM and change.table in self._rules.of_mentees):
            return False
        docs = [one for one in (change.before, change.after) if one is not None]
        return all(scope_of(change.table, change.id, one) == scope for one in docs)

    def own_gone(self) -> list[DocChange]:
        """Return what deletes the user's own documents of which all was deleted for good."""
        found = {
            (name, id): DocChange(name, id, docs[id], None)
            for one in self.unfollowed
            for name, docs in self.halves.own.items()
            for id, line in one.touched(name, docs)
            if one.takes(table_of(name), id, line)
        }
        return list(found.values())

    def _is_there(self, table: str, id: str) -> bool:
        """Whether the server has a shared document. Any thread may ask."""
        return id in self.halves.team.get(table, {})

    def of_taken_places(self) -> Iterator[tuple[Key, list[DocChange]]]:
        """Yield what keeps texts as conflicts whose place somebody else's shared text has taken.

        With it comes the document; it is not looked at again.
        """
        halves = self.halves
        for table, id in tuple(halves.displaced):
            taken = halves.taken(table, id)
            shared, _whole, fields = halves.parts(table, id)
            halves.displaced.discard((table, id))
            if not taken or shared is None or fields is None:
                continue
            kept = [self._parting.kept(table, id, name, fields, shared) for name in taken]
            rest = {name: value for name, value in fields.items() if name not in taken}
            changes = [DocChange(where, key, None, doc) for where, key, doc in kept]
            changes.append(DocChange(fields_table(table), id, fields, rest))
            yield (table, id), changes

    # -- own commits --------------------------------------------------------------------------

    def took(self, sent: Sent, by: str) -> Commit:
        """Take in what this session has saved."""
        had = set(self.numbers)
        commit = self._take_sent(sent, by)
        if self._listening and had != set(self.numbers):
            with suppress(StorageError):
                known = reading.channels(self._line, self.team)
                self._line.ask_at_once(*to_listen(self._new_channels(*known)))
                self._channels, self._private_channel = known
        if any(one["to"] and by not in {to["l"] for to in one["to"]} for one in sent.grants.to):
            self.heard_at = float("-inf")  # the server tells nobody what they have given away
        return commit

    def _take_sent(self, sent: Sent, by: str) -> Commit:
        self.sent = None
        for change in sent.team:
            self._note_sharer(Side.TEAM, change, by)
        seen = self.halves.take(Side.TEAM, sent.team, own=True)
        seen += self.halves.take(Side.OWN, sent.own, own=True)
        for part in sent.parts:
            if part.get("own"):
                self.private_number = part["n"] + 1
            else:
                self.numbers[part["m"]] = part["n"] + 1
        number = sent.parts[0]["n"] + 1
        told = sent.grants.notices()
        return Commit(
            number, sent.at, by, own=True, changes=tuple(seen), clashes=sent.clashes, notices=told
        )

    def _find_sent(self, made: Iterable[str], by: str) -> bool:
        """Take in what was sent, if it is among the commits with these ids. Return whether it is.

        It raises what `Line.ask` raises.
        """
        sent = self.sent
        if sent is None or sent.id not in made:
            return False
        reading.wait_until_safe(self._line)
        self.made = sent.asked, self._take_sent(sent, by)
        return True


def _is_next(sent: Sent, found: reading.Snapshot) -> bool:
    """Whether a commit would still be the next one after those that have been made."""
    return all(
        part["n"] == (found.private_number if part.get("own") else found.numbers.get(part["m"], 0))
        for part in sent.parts
    )


def _access_ended(
    tables: Tables, lost: Set[str], deletions: Deletions, team: str
) -> tuple[Notice, ...]:
    """Return what is told of mentees whom the user may not see any more, and who are there.

    Args:
        tables: What the user saw before.
        lost: The scopes that the user has lost: ids of mentees, or the team.
        deletions: What was deleted for good.
        team: The name of the team.
    """
    known = tables.get(MENTEES, {})
    gone = {id for id in lost if any(one.knows(id) for one in deletions)}
    there = [(MENTEES, id) for id in known if id in lost and id not in gone]  # in their order
    if OF_TEAM in lost:
        return (Notice(NoticeKind.MEMBER_ENDED, name=team, records=tuple(there)),)
    return tuple(
        Notice(NoticeKind.ROLE_ENDED, name=name, records=((table, id),))
        for table, id in there
        if (name := str(known[id].get("name", "")))
    )
