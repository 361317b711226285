"""What is left of a step of undo when some of its changes were not made.

Somebody else's value stands instead of one of ours. Taking that one back would change theirs, or
clash with it a second time.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Any

from data.storage.merge_commit import Key, refused_together
from data.storage.protocol import Clash
from data.store.change import Change
from data.store.saver import Batch


def without_clashes(batch: Batch, clashes: Sequence[Clash], gone: Container[Key]) -> list[Change]:
    """Return the changes that were made of those in a batch.

    Args:
        batch: The changes as they were sent, and as the step of undo has them.
        clashes: What clashed. A text that was merged stays in the step.
        gone: Table and id of the documents that are not there, although nobody here deleted them.
    """
    lost = [clash for clash in clashes if not clash.merged]
    refused = refused_together(batch.changes, clashes)
    left = []
    for change in batch.made:
        key = change.table, change.id
        if change.together and key in refused:
            continue
        fields = [clash.field for clash in lost if (clash.table, clash.id) == key]
        if fields and (change.after is None or key in gone):
            continue
        made = _without_fields(change, fields)
        if not made.is_empty:
            left.append(made)
    return left


def _without_fields(change: Change, names: Sequence[str]) -> Change:
    """Return a change that leaves fields alone; "extra.Colour" is one entry of a field."""
    before, after = change.before, change.after
    if before is None or after is None:
        return change
    for place in names:
        name, _dot, key = place.partition(".")
        was: Any = getattr(before, name)
        if key:
            rest = {one: text for one, text in getattr(after, name).items() if one != key}
            was = {**rest, key: was[key]} if key in was else rest
        after = replace(after, **{name: was})
    return replace(change, after=after)
