"""Forms and cells that are being filled in are kept, so that a broken line loses none of them.

Only the fields that were changed are kept, each with what stood there before. They are found again
by the record that they are about: the screen, the language, the computer and the number of the
process play no part in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from textual.app import App

from data.frozen import immutable
from data.method.visibility import Reader, is_private, may_see, starts_private
from data.records import (
    BY_TABLE,
    KINDS,
    Conflict,
    Goal,
    Mentee,
    MenteeRecord,
    Record,
    Task,
    Unfinished,
)
from data.store.change import Change
from data.store.conflicts import conflicts_of_filling, is_kept
from data.store.filling import Filling, TextEdit, from_json
from data.store.store import Store

SWEEP_SECONDS: Final = 0.3
"""How long a cell is kept after its end, for the one who asked to commit what it says."""
CELL: Final = "cell"
"""The kind of a cell that is edited in its grid."""


@immutable
class FormId:
    """Which form or cell it is: its kind, and the record that it is about."""

    kind: str
    """Names the form, such as "task" or "duty": the same on every screen and in every language."""
    table: str
    id: str = ""
    """The record's id; empty for a record that is only being made."""
    mentee_id: str = ""
    of: str = ""
    """What tells it from others in place of the record's id: what a new record will belong to, or
    the cell of a record."""
    about_private: bool = False
    """Whether it is about a record that only the mentor may see."""

    @property
    def form(self) -> str:
        """The kind of the form; "" for a cell."""
        return "" if self.kind == CELL else self.kind

    @property
    def key(self) -> str:
        """The key under which it is kept."""
        return ":".join((self.kind, self.table, self.of or self.id or "new", self.mentee_id))


def form_id(kind: str, record: Record) -> FormId:
    """Return the form of that kind about a record, be it stored or only being made."""
    stored = record.rev > 0
    mentee_id = record.mentee_id if isinstance(record, MenteeRecord) else ""
    if isinstance(record, Mentee) and stored:
        mentee_id = record.id
    id = record.id if stored else ""
    return FormId(kind, record.table, id, mentee_id, about_private=is_private(record))


@immutable
class Left:
    """What a session that died left of one form or cell."""

    record: Unfinished
    filling: Filling
    rest: TextEdit | None = None
    """What its field is left with once this is put in elsewhere, where this is a part of it."""

    @property
    def id(self) -> FormId:
        """The form or cell."""
        kind, table, rest = self.record.key.split(":", 2)
        of = rest.rpartition(":")[0]
        return FormId(kind, table, self.filling.id, self.filling.mentee_id, of)


class UnfinishedTexts:
    """What this session is filling in, and what sessions that died have left.

    What the mentor typed alone is neither taken up nor offered in the shared view: it may quote a
    private text. It stays until it is asked for outside the shared view.
    """

    def __init__(self, store: Store, reader: Callable[[], Reader]) -> None:
        """`reader` returns who looks at the screen now."""
        self._store = store
        self._reader = reader
        self._own: dict[str, str] = {}
        """Key -> id of the record in which this session keeps it."""
        self._taken: dict[str, set[str]] = {}
        """Key -> ids of what dead sessions left there and this one has taken up."""
        self._ended: set[str] = set()

    def keep(
        self, id: FormId, fields: Mapping[str, TextEdit], days: Mapping[str, str] | None = None
    ) -> None:
        """Keep the changed fields of a form or a cell: what stood there, and what stands there.

        `days` has for each date among them the day that it means.
        """
        self._ended.discard(id.key)
        filling = Filling(id.table, id.id, id.mentee_id, dict(fields), dict(days or {}))
        known = self._store.get(Unfinished, self._own.get(id.key, ""))
        private = self._is_private(id, fields)
        if known is not None:
            self._store.type_text(known, "texts", filling.to_json())
            if private and not is_private(known):
                self._store.commit([Change.edited(known, private=True)], undoable=False)
        elif fields:
            session, texts = self._store.session, filling.to_json()
            made = Unfinished(
                key=id.key,
                mentee_id=id.mentee_id,
                session=session,
                texts=texts,
                private=private,
            )
            self._own[id.key] = made.id
            self._store.commit([Change.created(made)], undoable=False)

    def _is_private(self, id: FormId, fields: Mapping[str, TextEdit]) -> bool:
        record = _record(self._store, id)
        if record is not None and any(is_private(record, field) for field in fields):
            return True
        return id.about_private or starts_private(self._reader())

    @property
    def has_open(self) -> bool:
        """Whether anything is being filled in that has not come to its end."""
        return bool(self._own.keys() - self._ended)

    def end(self, id: FormId) -> None:
        """Note that it was saved or given up; `sweep` then forgets it."""
        self._ended.add(id.key)

    def end_cell(self, mentee_id: str) -> Conflict | None:
        """End the cell about a mentee that is being edited; None without one.

        Returns:
            A conflict with its text, which whoever asks keeps: the record is gone.
        """
        for key, id in self._own.items():
            known = self._store.get(Unfinished, id)
            filling = from_json(known.texts) if known is not None else None
            if filling is None or filling.mentee_id != mentee_id:
                continue
            if key.startswith(f"{CELL}:") and key not in self._ended:
                self._ended.add(key)
                return next(iter(conflicts_of_filling(filling)), None)
        return None

    def sweep(self) -> None:
        """Forget what has ended, and what dead sessions had left there."""
        if not self._ended:
            return
        ended, self._ended = self._ended, set()
        ids: set[str] = set()
        for key in ended:
            ids |= {self._own.pop(key, "")} | self._taken.pop(key, set())
        gone = [one for own in sorted(ids) if (one := self._store.get(Unfinished, own))]
        self._store.commit([Change.deleted(one) for one in gone], undoable=False)

    def take(self, id: FormId) -> list[Left]:
        """Return what dead sessions left of a form or cell, oldest first; it ends with this one.

        Of two new records, each of which a session died in, it is the older one only: the other is
        offered when the next is made. What may not be seen now is left out, and stays.
        """
        found = [left for left in self._seen() if left.record.key == id.key]
        if not id.id:
            del found[1:]
        if found:
            self._taken[id.key] = {left.record.id for left in found}
        return found

    def in_forms(self, table: str, id: str, field: str, of: str = "") -> list[Left]:
        """Return what dead sessions left in a field of forms about a record, oldest first.

        So it is offered wherever else that field is written. `put_in` says that it was taken. A
        learning goal is a line in the form of its task; `of` is the task of one that is new.
        """
        if table == Goal.table:
            return self._goal_in_forms(id, of) if field == "text" else []
        keys = {field, field.removesuffix("_id")}  # a form calls "person" what holds its id
        return [
            replace(left, filling=replace(left.filling, fields={field: typed}))
            for left in self._seen()
            if (left.filling.table, left.filling.id) == (table, id) and left.id.form
            for key, typed in left.filling.fields.items()
            if key in keys
        ]

    def _goal_in_forms(self, id: str, of: str) -> list[Left]:
        # only where learning goals are written: it loads what compares texts
        from screens.frame.left_goals import left_line

        goal = self._store.get(Goal, id)
        task_id = goal.task_id if goal is not None else of
        goals = [one for one in self._store.all(Goal) if one.task_id == task_id]
        goals.sort(key=lambda one: one.order)
        place = goals.index(goal) if goal is not None else None
        found = []
        for left in self.in_forms(Task.table, task_id, "goals"):
            now = [one.text for one in goals]
            there = left_line(left.filling.fields["goals"], now, place)
            if there is not None:
                own = replace(left.filling, table=Goal.table, id=id, fields={"text": there.edit})
                found.append(replace(left, filling=own, rest=there.rest))
        return found

    def put_in(self, lefts: Iterable[Left], field: str) -> None:
        """Forget that field of what dead sessions left in forms: it was put in elsewhere."""
        changes: list[Change] = []
        for left in lefts:
            known = from_json(left.record.texts)
            rest = dict(known.fields) if known is not None else {}
            if left.filling.table == Goal.table:
                field = "goals"  # so the form of its task calls it
            for key in (field, field.removesuffix("_id")):
                rest.pop(key, None)
            if left.rest is not None:
                rest[field] = left.rest
            if known is not None and rest:
                texts = replace(known, fields=rest).to_json()
                changes.append(Change.edited(left.record, texts=texts))
            else:
                changes.append(Change.deleted(left.record))
        self._store.commit(changes, undoable=False)

    def leave(self, id: FormId) -> None:
        """Let what dead sessions left there stay, to be offered the next time."""
        self._taken.pop(id.key, None)

    def cells(self, mentee_id: str) -> list[FormId]:
        """Return the cells of a mentee in which dead sessions left something."""
        ids = [left.id for left in self._seen() if left.filling.mentee_id == mentee_id]
        return [id for id in dict.fromkeys(ids) if id.kind == CELL]

    def keep_orphans(self) -> int:
        """Keep as conflicts what was left about records that are gone; return how many texts."""
        changes: list[Change] = []
        for left in self._left():
            if _is_orphan(self._store, left.id):
                conflicts = conflicts_of_filling(left.filling, left.id.form)
                changes += [*map(Change.created, conflicts), Change.deleted(left.record)]
        self._store.commit(changes, undoable=False)
        return sum(isinstance(change.after, Conflict) for change in changes)

    def clash(self, id: FormId, fields: Mapping[str, TextEdit]) -> list[Conflict]:
        """Keep as conflicts texts that are not put into the record they were written for."""
        kept = conflicts_of_filling(Filling(id.table, id.id, id.mentee_id, fields), id.form)
        record = _record(self._store, id)
        lost = [one for one in kept if not is_kept(one, record)]
        self._store.commit(map(Change.created, lost), undoable=False)
        return lost

    def _seen(self) -> Iterator[Left]:
        """Yield those of `_left` that may be seen now."""
        return (left for left in self._left() if may_see(left.record, self._reader()))

    def _left(self) -> Iterator[Left]:
        """Yield what sessions of this user have left that do not live any more, oldest first."""
        own = set(self._own.values())
        for one in self._store.all(Unfinished):
            if one.id in own or one.changed_by != self._store.by:
                continue
            filling = from_json(one.texts)
            if filling is not None and not self._store.is_living(one.session):
                yield Left(one, filling)


def _record(store: Store, id: FormId) -> Record | None:
    kind = BY_TABLE.get(id.table)
    return store.get(kind, id.id) if kind is not None and id.id else None


def _is_orphan(store: Store, id: FormId) -> bool:
    """Whether no form will be opened there again: what it is about, or belongs to, is gone."""
    owner = id.of.partition("/")[0]
    named = [one for one in (id.id, id.mentee_id, owner) if one.isdecimal()]
    return any(all(store.get(kind, one) is None for kind in KINDS) for one in named)


def forget_saved(app: App[Any]) -> None:
    """Forget the cell that has just been committed, sooner than `SWEEP_SECONDS`."""
    unfinished = unfinished_of(app)
    if unfinished is not None:
        unfinished.sweep()


def unfinished_of(app: App[Any]) -> UnfinishedTexts | None:
    """Return what the app keeps of forms and cells; None where it keeps nothing."""
    found = getattr(app, "unfinished", None)
    return found if isinstance(found, UnfinishedTexts) else None
