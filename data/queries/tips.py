"""The tips that are offered with tasks: those of the records, and those of the workplace (R63)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.library.source import in_use
from data.records import Tip, part_id
from data.store.store import Store
from data.text import spelling_key

if TYPE_CHECKING:
    from data.library.shared import Shared, SharedTip


def tips_of(store: Store) -> list[Tip]:
    """Return all tips; those of the workplace's library are in no table, and come last."""
    shared = (
        Tip(id=part_id("library", f"tip {one.key}"), text=one.text, task_type=one.type)
        for one in shared_tips(store)
    )
    return [*store.all(Tip), *shared]


def shared_tips(store: Store) -> list[SharedTip]:
    """Return the tips of the workplace's library, but those that are among the records as well."""
    library: Shared | None = in_use()
    if library is None:
        return []
    own = {_said(one.task_type, one.text) for one in store.all(Tip)}
    return [one for one in library.tips if _said(one.type, one.text) not in own]


def _said(task_type: str, text: str) -> tuple[str, str]:
    return spelling_key(task_type.strip()), " ".join(text.split())
