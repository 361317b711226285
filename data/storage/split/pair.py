"""The two files as a session has them open, and saving in one of them or in both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from data.storage.backend import SMALL_BYTES
from data.storage.disk import Disk
from data.storage.generation import time_now
from data.storage.names import Names
from data.storage.problems import PASSING, ErrorKind, NotSaved, StorageError
from data.storage.protocol import Clash, Commit, DocChange, TableRules, Tables
from data.storage.split import leaving, mark
from data.storage.split.file import File
from data.storage.split.halves import Halves, Side
from data.storage.split.moves import Move, new_move
from data.storage.split.parts import NO_RECORDS, Key, Parting, rules_with_fields, table_of


class Pair:
    """A team file, and the own file of its user once that is known."""

    def __init__(
        self,
        path: Path,
        own_folder: Path,
        parting: Parting,
        rules: TableRules,
        *,
        opener: Callable[[Path], File],
        disk: Disk,
    ) -> None:
        """Remember what to open; see `SplitBackend`."""
        self.path = path
        self.team = opener(path)
        self.own: File | None = None
        """The own file; None while it is not open."""
        self.halves = Halves(parting, self.team.by, {}, {})
        self.moves: list[Move] = []
        """The changes of both files that this session has begun and not brought to their end."""
        self.deleted_by: dict[Key, str] = {}
        """Who deleted a document, for those that another session has deleted: by table and id."""
        self.is_named = True
        """Whether the team file has a name. It has none after an early backup was restored."""
        self.rules = rules
        self._own_rules = rules_with_fields(rules, parting)
        self._parting = parting
        self._folder = own_folder
        self._opener = opener
        self._disk = disk
        self._finished: set[str] = set()
        """The names of changes of both files that the team file need not know any more."""
        self._ready: list[Commit] = []
        """What others have saved and has not been handed on yet."""

    def load_own(self, *, reading: bool) -> Tables:
        """Open the own file, if it can be known which that is."""
        id = mark.id_of(self.halves.team)
        path = mark.own_path(self._folder, id, self.path, self._disk)
        if path is None or (reading and not path.exists()):
            return {}
        there = path.exists()
        if not reading:
            self._follow_deletions(path)
        own = self._opener(path)
        try:
            found = own.load()
        except StorageError as problem:
            if there or reading or problem.kind not in PASSING:
                raise
            return {}  # it cannot be made now
        self.own = own
        return found

    def _follow_deletions(self, own: Path) -> None:
        """Delete from the own file for good what somebody has deleted from the team file so."""
        if not self.path.with_name(Names(self.path.name).deletions).exists():
            return
        # seldom is something deleted for good
        from data.storage.upkeep.elsewhere import follow

        with suppress(OSError, NotSaved):  # the next opening tries it again
            follow(self.path, own, disk=self._disk)

    @property
    def own_path(self) -> Path:
        """The path of the own file, when the files are open, whether it is there or not."""
        id = mark.id_of(self.halves.team)
        found = mark.own_path(self._folder, id, self.path, self._disk)
        return found or mark.unnamed(self._folder)

    @property
    def draft_paths(self) -> tuple[Path, ...]:
        """The files beside which drafts may lie that were not kept beside the own file."""
        return self.path, mark.unnamed(self._folder)

    @property
    def own_file(self) -> File:
        """The own file. Raises `NotSaved` if it could not be opened."""
        if self.own is None:
            raise NotSaved(ErrorKind.GONE, name=str(self._folder))
        return self.own

    # -- saving -------------------------------------------------------------------------------

    def new_move(
        self, team: list[DocChange], own: list[DocChange], asked: Sequence[DocChange] = ()
    ) -> Move:
        """Return a change of both files, which is to be finished."""
        move = new_move(self.own_file.session, team, own, asked)
        self.moves.append(move)
        return move

    def finish(self, move: Move, rules: TableRules) -> tuple[Commit, ...]:
        """Make a change of both files, or what is left of it to be made.

        Raises:
            NotSaved: It could not be brought to its end now. It is as good as saved once its
                document is in the own file: it is finished at the next call, or the next opening.
        """
        commits: list[Commit] = []
        if not move.is_written:
            commits += self.save(Side.OWN, [move.written()], rules)
            move.is_written = True
        own_mark = str(mark.said_by(self.halves.own).get("mark", ""))
        done = mark.done_by(self.halves.team, own_mark)
        if move.token not in done:
            left = [token for token in done if token not in self._finished]
            said = mark.having_done(
                self.halves.team, own_mark, [*left, move.token], together=move.is_together
            )
            commits += self.save(Side.TEAM, [*move.team, said], rules)
            done = mark.done_by(self.halves.team, own_mark)
        refused = move.token not in done
        own = [change for change in move.own if not (refused and change.together)]
        noted = leaving.left_by(move.team, own)
        commits += self.save(Side.OWN, [*own, *noted, move.forgotten()], rules)
        self._finished.add(move.token)
        if move in self.moves:
            self.moves.remove(move)
        return as_one(commits)

    def save(
        self,
        side: Side,
        changes: Sequence[DocChange],
        rules: TableRules,
        *,
        plain: bool = False,
    ) -> tuple[Commit, ...]:
        """Save changes in one file. Return what others have saved there, and then this commit.

        `plain` says that the other file has no part of these documents.
        """
        if side is Side.TEAM:
            commits = self.team.commit(changes, rules)
        else:
            if rules is not self.rules:
                self.rules, self._own_rules = rules, rules_with_fields(rules, self._parting)
            commits = self.own_file.commit(changes, self._own_rules)
        if plain and len(commits) == 1:
            self.halves.put(side, commits[0].changes)
            return commits
        return tuple(self._taken(side, commit) for commit in commits)

    def _taken(self, side: Side, commit: Commit) -> Commit:
        """Take in a commit of one file. Return what it is for the user."""
        changes = tuple(self.halves.take(side, commit.changes, own=commit.own))
        if side is Side.TEAM and commit.for_good:
            changes += tuple(self.halves.drop(commit.for_good))
        if not commit.own:
            gone = ((one.table, one.id) for one in changes if one.after is None)
            self.deleted_by.update(dict.fromkeys(gone, commit.by))
            if side is Side.TEAM and not mark.id_of(self.halves.team):
                self.is_named = False
        clashes = tuple(filter(None, map(_for_user, commit.clashes)))
        return commit._replace(changes=changes, clashes=clashes)

    # -- others -------------------------------------------------------------------------------

    def hand_on(self, changes: Sequence[DocChange]) -> None:
        """Have changes handed on that nobody has made just now."""
        if changes:
            commit = Commit(0, time_now(), "", own=False, changes=tuple(changes))
            self._ready.append(commit)

    def keep_up(self) -> None:
        """Take in what others have saved, to be handed on."""
        self._ready += [self._taken(Side.TEAM, one) for one in self.team.poll()]
        if self.own is not None:
            self._ready += [self._taken(Side.OWN, one) for one in self.own.poll()]

    def keep_others(self, commits: Sequence[Commit]) -> None:
        """Have commits handed on that the caller of the store has not asked for."""
        self._ready += [one._replace(own=False) for one in commits if one.changes or not one.own]

    def with_ready(self, commits: Sequence[Commit]) -> tuple[Commit, ...]:
        """Return what others have saved and has not been handed on yet, and then these commits."""
        if not self._ready:
            return tuple(commits)
        ready = [one for one in self._ready if one.changes or one.notices or one.for_good]
        self._ready.clear()
        return (*ready, *commits)

    def is_small(self) -> bool:
        """Whether the team file is as small as those that are folded on leaving."""
        with suppress(OSError):
            return self.path.stat().st_size < SMALL_BYTES
        return False

    def forget_ready(self) -> None:
        """Hand nothing on: all of it is in the documents that are returned now."""
        self._ready.clear()

    def close(self) -> None:
        """Tidy up and close both files."""
        self.team.close()
        if self.own is not None:
            self.own.close()


def _for_user(clash: Clash) -> Clash | None:
    """Return a clash in a part of a document as one in the document; None if it is about none."""
    table = table_of(clash.table)
    if table in NO_RECORDS:
        return None
    return clash if table == clash.table else _renamed(clash, table)


def _renamed(clash: Clash, table: str) -> Clash:
    name, mine, theirs = clash.field, clash.mine, clash.theirs
    return Clash(table, clash.id, name, mine, theirs, clash.by, clash.merged)


def as_one(commits: Sequence[Commit]) -> tuple[Commit, ...]:
    """Return the commits of others, and then all own ones as one."""
    own = [commit for commit in commits if commit.own]
    changes = tuple(change for commit in own for change in commit.changes)
    clashes = tuple(clash for commit in own for clash in commit.clashes)
    others = (commit for commit in commits if not commit.own)
    return (*others, own[-1]._replace(changes=changes, clashes=clashes))
