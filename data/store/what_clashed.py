"""What a step of undo holds once its changes have been saved: what was made, and what was kept.

Another session may have changed the same meanwhile. Then the records hold something else than was
asked for: both texts, or somebody else's value, while a `Conflict` keeps the one from here. Undo
takes back what came of the step, and nothing else: taking back what was asked for would change what
others wrote, or clash with it a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from typing import TYPE_CHECKING

from data.records import BY_TABLE, Conflict, Record
from data.storage.protocol import BOOKKEEPING, Clash, Doc, DocChange
from data.store.change import Change, inverse
from data.store.codec import decode
from data.store.conflicts import conflict_of_clash, needs_conflict
from data.store.saver import Batch
from data.store.undo import UndoHistory
from data.store.unsaved import UnsavedWork

if TYPE_CHECKING:
    from data.storage.merge_commit import Key


class SavedSteps:
    """Writes what came of the changes into the steps of undo."""

    def __init__(
        self,
        history: UndoHistory,
        shown: UnsavedWork,
        make: Callable[[list[Change]], list[Change]],
    ) -> None:
        """Make one; `make` stores the conflicts, and returns how."""
        self._history, self._shown, self._make = history, shown, make

    def came_back(self, batch: Batch, made: Sequence[DocChange], clashes: Sequence[Clash]) -> None:
        """Note what came of a batch."""
        gone = {key for key in batch.keys if self._shown.documents.doc(*key) is None}
        batch.made[:] = what_was_made(batch, made, clashes, gone)

    def keep(self, batch: Batch, clashes: Sequence[Clash]) -> None:
        """Keep what lost its place as conflicts, which are part of the same step."""
        lost = (one for one in conflicts_of(batch, clashes) if not self._is_held(one))
        kept = [Change.created(one) for one in lost]
        again = taken_back(batch, self._shown.batches, clashes)
        last = again[-1] if again else batch
        if len(again) % 2:  # it has been taken back already; redo makes the conflicts
            last.made.extend(inverse(kept))
        else:
            last.made.extend(self._make(kept))
        if not batch.made:
            self._history.drop_empty()

    def _is_held(self, text: Conflict) -> bool:
        """Whether a conflict of the same field has the text already, and perhaps more of it."""
        place = text.of_table, text.of_id, text.of_field
        return any(
            (one.of_table, one.of_id, one.of_field) == place
            and not one.settled
            and one.mine.startswith(text.mine)
            for one in self._shown.documents.all(Conflict)
        )


def what_was_made(
    batch: Batch, made: Iterable[DocChange], clashes: Iterable[Clash], gone: Container[Key]
) -> list[Change]:
    """Return the changes that came of those in a batch, as the step of undo is to have them.

    Typed text stays as it was typed: more of it may be on its way, and all of it is one change.

    Args:
        batch: The changes as they were sent, and as the step of undo has them.
        made: What was made of the documents.
        clashes: What clashed.
        gone: Table and id of the documents that are not there, although nobody here deleted them.
    """
    if batch.typed:
        lost = {(one.table, one.id) for one in clashes if not one.merged}
        return [one for one in batch.made if not (_key(one) in lost and _key(one) in gone)]
    asked: dict[Key, list[DocChange]] = {}
    for sent in batch.changes:
        asked.setdefault((sent.table, sent.id), []).append(sent)
    came: dict[Key, DocChange] = {}
    for change in made:
        key = change.table, change.id
        came[key] = change._replace(before=came[key].before) if key in came else change
    left = []
    for one in batch.made:
        key = _key(one)
        if key not in asked or len(asked[key]) > 1:
            left.append(one)
        elif key in came:
            left.append(one if _is_as(asked[key][0], came[key]) else _change_of(came[key], one))
    return left


def _key(change: Change) -> Key:
    return change.table, change.id


def _is_as(asked: DocChange, came: DocChange) -> bool:
    """Whether the fields that were to be changed came from and to what was asked for."""
    if (asked.before is None, asked.after is None) != (came.before is None, came.after is None):
        return False
    before, after = asked.before or {}, asked.after or {}
    names = {name for name in (*before, *after) if before.get(name) != after.get(name)}
    return all(
        (one or {}).get(name) == (other or {}).get(name)
        for name in names - BOOKKEEPING
        for one, other in ((before, came.before), (after, came.after))
    )


def _change_of(came: DocChange, asked: Change) -> Change:
    def record(doc: Doc | None) -> Record | None:
        return None if doc is None else decode(BY_TABLE[came.table], came.id, doc)

    return Change(came.table, came.id, record(came.before), record(came.after), asked.together)


def is_settled(batch: Batch, clash: Clash) -> bool:
    """Whether a clash is the same as one of the step that the batch takes back."""
    return (clash.table, clash.id, clash.field) in batch.settled


def conflicts_of(batch: Batch, clashes: Sequence[Clash]) -> list[Conflict]:
    """Return the conflicts that keep what lost its place when a batch was saved."""
    kept = (one for one in clashes if needs_conflict(one, batch.changes))
    return [conflict_of_clash(one, batch.changes) for one in kept]


def taken_back(batch: Batch, waiting: Sequence[Batch], clashes: Iterable[Clash]) -> list[Batch]:
    """Return the batches that wait and take this one back, do it again, and so on, in order.

    Each is told what has clashed: it was sent before that was known, and will clash as well.
    """
    found: list[Batch] = []
    last = batch
    while (later := next((one for one in waiting if one.undoes is last.made), None)) is not None:
        later.settled.update((one.table, one.id, one.field) for one in clashes if not one.merged)
        found.append(later)
        last = later
    return found
