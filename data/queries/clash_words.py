"""What is said where two sessions changed the same, and what has become of it."""

from __future__ import annotations

from collections.abc import Sequence

from data.i18n import _
from data.queries.called import called
from data.storage.protocol import Clash
from data.store.store import Store


def what_became(store: Store, clashes: Sequence[Clash], both_kept: str) -> str:
    """Return a sentence about clashes, of which there is at least one.

    `both_kept` is the sentence, with `{name}`, for where a text has lost its place and is kept as a
    conflict; "" where none is.
    """
    said = both_kept
    if not said and any(clash.mine for clash in clashes):
        said = _("{name} edited the same text at the same time. Both are there now.")
    elif not said:
        # Something was deleted, emptied or undone here, so there is no second text to keep.
        said = _("{name} has changed it in the meantime. It is as {name} wrote it.")
    return said.format(name=called(store, clashes[0].by) or _("Somebody else"))
