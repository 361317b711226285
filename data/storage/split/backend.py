"""`SplitBackend`: a team file, and its user's own file with what is private, as one `Backend`.

What a change is about decides in which file it is saved: nearly always one of them, and then the
commit costs what it does there. What becomes shared or private changes both, see
`data.storage.split.moves`. Documents of the team file in which something is private, from before
that was kept apart, are moved when their author opens the file; others never see it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from data.storage.disk import REAL, Disk
from data.storage.generation import time_now
from data.storage.journal import TEAM_FORMAT
from data.storage.problems import Notice, NoticeKind, NotSaved, StorageError
from data.storage.protocol import Commit, DocChange, Happening, Presence, TableRules, Tables
from data.storage.raw_table import copied, differences
from data.storage.split import mark
from data.storage.split.file import File
from data.storage.split.halves import Halves, Side
from data.storage.split.leaving import Leaving, Left, left_in
from data.storage.split.moves import moves_in
from data.storage.split.pair import Pair
from data.storage.split.parts import LEFT, Parting, fields_table

AT_ONCE = 200
"""So many documents from before are moved in one step."""


class SplitBackend:
    """A team file and an own file. See `data.storage.protocol.Backend`."""

    def __init__(
        self,
        path: Path,
        own_folder: Path,
        parting: Parting,
        rules: TableRules,
        *,
        opener: Callable[[Path], File],
        reading: bool = False,
        disk: Disk = REAL,
    ) -> None:
        """Remember what to open. Nothing is touched before `load`.

        Args:
            path: The team file.
            own_folder: The folder of the user's own files, which is there.
            parting: What of a document is private.
            rules: How documents are merged, for changes that are finished at the next opening.
            opener: Makes the backend of one file.
            reading: True if nothing will be changed: then no file is made, and nothing moved.
            disk: The calls to the operating system.
        """
        self._pair = Pair(path, own_folder, parting, rules, opener=opener, disk=disk)
        self.path = path
        self.by = self._pair.team.by
        self._own_folder = own_folder
        self._parting = parting
        self._reading = reading
        self._is_open = self._is_prepared = False
        self._notices: list[Notice] = []
        self._leaving = Leaving(path, self.by, disk)

    @property
    def notices(self) -> list[Notice]:
        """What opening and keeping up have found or mended in both files."""
        own = self._pair.own.notices if self._pair.own is not None else []
        return [*self._pair.team.notices, *own, *self._notices]

    # -- opening ------------------------------------------------------------------------------

    def load(self) -> Tables:
        """Return the documents that the user may see. See `Backend.load`."""
        self.open()
        return copied(self._pair.halves.all)

    def open(self) -> None:
        """Open both files, unless they are. It raises what `load` raises."""
        if self._is_open:
            return
        try:
            halves = Halves(self._parting, self.by, self._pair.team.load(), {})
            self._pair.halves = halves
            if not mark.is_parted(halves.team):
                halves.look_for_left()
            halves.own = self._pair.load_own(reading=self._reading)
            if self._reading:
                halves.show_moves(moves_in(halves.own))
            halves.put_together()
            with suppress(NotSaved):
                self._prepare()
        except BaseException:
            self.close()
            raise
        self._pair.forget_ready()
        self._is_open = True

    def _prepare(self) -> None:
        """Do what is done once, as soon as both files can be written.

        Raises:
            NotSaved: It was not possible now.
        """
        if self._reading or not self._pair.team.session:
            return
        if self._is_prepared and self._pair.is_named:
            return
        self._pair.team.raise_format(TEAM_FORMAT)
        self._name_files()
        self._finish_of_the_dead()
        self._move_what_is_left()
        self._settle()
        self._is_prepared = self._pair.is_named = True

    def _name_files(self) -> None:
        """Have both files say which they are, and open the own file if that has not been done."""
        team = self._pair.halves.team
        if not mark.id_of(team):
            known = mark.said_by(self._pair.halves.own).get("id") or mark.new_mark()
            self._pair.save(Side.TEAM, [mark.saying(team, id=str(known))], self._pair.rules)
        if self._pair.own is None:
            before = copied(self._pair.halves.all)
            try:
                self._pair.halves.own = self._pair.load_own(reading=False)
            except NotSaved:
                raise
            except StorageError as problem:
                raise NotSaved(problem.kind, name=problem.name, who=problem.who) from problem
            self._pair.halves.put_together()
            self._pair.hand_on(differences(before, self._pair.halves.all))
        said, path = mark.said_by(self._pair.halves.own), str(self.path)
        if said.get("path") != path or not said.get("mark"):
            fields = {"id": mark.id_of(team), "mark": mark.new_mark(), **said, "path": path}
            self._pair.save(
                Side.OWN, [mark.saying(self._pair.halves.own, **fields)], self._pair.rules
            )

    def _finish_of_the_dead(self) -> None:
        """Finish the changes of both files that sessions of this user left half made."""
        own = self._pair.own_file
        for move in moves_in(self._pair.halves.own):
            if move.session != own.session and not own.is_living(move.session):
                self._pair.keep_others(self._pair.finish(move, self._pair.rules))

    def _move_what_is_left(self) -> None:
        """Move what is private and the user's own from the team file, where it was before."""
        halves, moved = self._pair.halves, 0
        while keys := halves.of_own_hand()[:AT_ONCE]:
            docs = [(key, halves.joined(*key)) for key in keys]
            team, own = halves.parted(DocChange(*key, doc, doc) for key, doc in docs)
            move = self._pair.new_move(team, own)
            self._pair.keep_others(self._pair.finish(move, self._pair.rules))
            if any(key in halves.left for key in keys):
                break  # somebody has just changed it; the next opening moves it
            moved += len(keys)
        if moved and self._pair.own is not None:
            name = str(self._pair.own_path)
            self._notices.append(Notice(NoticeKind.MOVED_PRIVATE, name=name, count=moved))
        if not halves.left and not mark.is_parted(halves.team):
            self._pair.save(Side.TEAM, [mark.saying(halves.team, parted=True)], self._pair.rules)

    # -- committing ---------------------------------------------------------------------------

    def commit(self, changes: Sequence[DocChange], rules: TableRules) -> tuple[Commit, ...]:
        """Save changes. See `Backend.commit`."""
        if not (self._is_prepared and self._pair.is_named):
            with suppress(NotSaved):
                self._prepare()
        while self._pair.moves:
            move = self._pair.moves[0]
            commits = self._pair.finish(move, rules)
            if move.asked is changes or list(move.asked) == list(changes):
                return self._pair.with_ready(commits)
            self._pair.keep_others(commits)
        side = self._one_side(changes, rules)
        if side is None:
            return self._pair.with_ready(self._both(changes, rules))
        commits = self._pair.with_ready(self._pair.save(side, changes, rules, plain=True))
        if commits[-1].clashes:
            return self._where_they_are_now(changes, rules, commits)
        return commits

    def _where_they_are_now(
        self, changes: Sequence[DocChange], rules: TableRules, commits: tuple[Commit, ...]
    ) -> tuple[Commit, ...]:
        """Make those changes again whose documents were not where they were thought to be.

        Another session of the same user has made them shared or private a moment ago.
        """
        self._pair.keep_up()
        clashes = commits[-1].clashes
        known = self._pair.halves.all
        lost = {(c.table, c.id) for c in clashes if not c.merged and c.theirs is None}
        moved = [
            change
            for change in changes
            if (change.table, change.id) in lost
            and change.before is not None
            and change.after is not None
            and change.id in known.get(change.table, {})
        ]
        if not moved:
            return commits  # what has been found out is handed on the next time
        again = {(change.table, change.id) for change in moved}
        rest = tuple(clash for clash in clashes if (clash.table, clash.id) not in again)
        first = commits[-1]._replace(clashes=rest)
        return (*commits[:-1], first, *self._pair.with_ready(self._both(moved, rules)))

    def _one_side(self, changes: Sequence[DocChange], rules: TableRules) -> Side | None:
        """Return which file alone the changes are about; None if that must be looked at closely."""
        found: Side | None = None
        for change in changes:
            side = self._side_of(change, rules)
            if side is None or found not in {None, side}:
                return None
            found = side
        return found

    def _side_of(self, change: DocChange, rules: TableRules) -> Side | None:
        table, id, before, after, _together, if_unused, _sees = change
        if if_unused:
            return None  # something in the other file may refer to it
        if table not in self._parting.tables:
            is_owner = after is None and any(
                table in rules[one].owners.values() for one in self._parting.tables if one in rules
            )
            return None if is_owner else Side.TEAM
        open_part, halves = self._parting.open_part, self._pair.halves
        was = None if before is None else open_part(table, id, before)
        now = None if after is None else open_part(table, id, after)
        if was is before and now is after:
            return None if halves.is_split(table, id) else Side.TEAM
        if was is not None or now is not None or id in halves.team.get(table, {}):
            return None
        new_of_other = before is None and table in rules and rules[table].owners
        return None if new_of_other else Side.OWN

    def _both(self, changes: Sequence[DocChange], rules: TableRules) -> tuple[Commit, ...]:
        """Save changes of which it is not plain where they belong.

        They are merged into what the user would see now. What comes of that is saved in the file
        where each document, or each part of it, belongs.
        """
        try:
            self._pair.keep_up()
        except NotSaved:
            raise
        except StorageError as problem:
            raise NotSaved(problem.kind, name=problem.name, who=problem.who) from problem
        # a start is not to wait for it
        from data.storage.merge_commit import merge_commit

        tables = self._pair.halves.merging(changes)
        merged = merge_commit(changes, rules, tables, self._pair.deleted_by)
        team, own = self._pair.halves.parted_as_seen(changes, merged.applied)
        if team and own:
            commits = self._pair.finish(self._pair.new_move(team, own, changes), rules)
        elif team or own:
            commits = self._pair.save(Side.TEAM if team else Side.OWN, team or own, rules)
        else:
            commits = (Commit(0, time_now(), self.by, own=True, changes=()),)
        last = commits[-1]
        return (*commits[:-1], last._replace(clashes=(*merged.clashes, *last.clashes)))

    # -- others -------------------------------------------------------------------------------

    def poll(self) -> tuple[Commit, ...]:
        """Return what others have saved. See `Backend.poll`."""
        try:
            self._pair.keep_up()
        except StorageError:
            found = self._pair.with_ready(())
            if found:
                return found  # one of the files could be read; the next look tells of the other
            raise
        with suppress(NotSaved):
            self._prepare()
            self._settle()
            self._forget_left()
        return self._pair.with_ready(())

    def _settle(self) -> None:
        """Keep texts whose place somebody else's text has taken, which is shared, as conflicts."""
        halves = self._pair.halves
        for table, id in tuple(halves.displaced):
            taken = halves.taken(table, id)
            shared, _whole, fields = halves.parts(table, id)
            if taken and shared is not None and fields is not None:
                kept = [self._parting.kept(table, id, name, fields, shared) for name in taken]
                rest = {name: value for name, value in fields.items() if name not in taken}
                changes = [DocChange(where, key, None, doc) for where, key, doc in kept]
                changes.append(DocChange(fields_table(table), id, fields, rest))
                self._pair.keep_others(self._pair.save(Side.OWN, changes, self._pair.rules))
            halves.displaced.discard((table, id))

    def known(self) -> Tables:
        """Return all documents that the user may see, as they are now."""
        return self._pair.halves.all

    @property
    def own_path(self) -> Path:
        """The path of the own file, when the files are open, whether it is there or not."""
        return self._pair.own_path

    @property
    def draft_paths(self) -> tuple[Path, ...]:
        """The files beside which drafts may lie that were not kept beside the own file."""
        return self._pair.draft_paths

    news = None

    def presence(self) -> Sequence[Presence]:
        """Return the other sessions that have the team file open."""
        return self._pair.team.presence()

    def announce(self, where: str) -> None:
        """Let the other sessions of the team file know where this one is."""
        self._pair.team.announce(where)

    @property
    def session(self) -> str:
        """The id of this session among those of the team file."""
        return self._pair.team.session

    def is_living(self, session: str) -> bool:
        """Return whether a session still has the team file open. Any thread may ask."""
        return self._pair.team.is_living(session)

    def history(self, mentee_id: str) -> Sequence[Happening]:
        """Return what happened to a mentee; any thread may ask. Nothing private has a history."""
        return self._pair.team.history(mentee_id)

    # -- the end ------------------------------------------------------------------------------

    def idle(self) -> None:
        """Tidy up both files, if that is worth it, and finish what dead sessions have begun."""
        self._pair.team.idle()
        if self._pair.own is not None:
            self._pair.own.idle()
            with suppress(NotSaved):
                self._finish_of_the_dead()
                self._forget_left()
                self._leaving.begin(self._left())

    def _left(self) -> list[Left]:
        """Return what is to be taken out of earlier states of the team file."""
        halves, left = self._pair.halves, []
        for one in left_in(halves.own):
            table, id = one.key
            if not one.parts and id in halves.team.get(table, {}):
                self._leaving.done.append(one)  # it is shared again
            else:
                left.append(one)
        return left

    def _forget_left(self) -> None:
        """Forget what has been taken out of earlier states of the team file."""
        if done := self._leaving.take_done():
            own = self._pair.halves.own.get(LEFT, {})
            changes = [DocChange(LEFT, one.id, own.get(one.id), None) for one in done]
            self._pair.keep_others(self._pair.save(Side.OWN, changes, self._pair.rules))

    def close(self) -> None:
        """Tidy up and close both files."""
        self._leaving.wait()
        if self._pair.own is not None and self._is_prepared:
            left = self._left()
            if left and self._pair.is_small():
                self._leaving.carry_out(left)
            with suppress(StorageError):
                self._forget_left()
        self._pair.close()
