"""Ids of what an import makes, which are the same whoever imports the file.

Two sessions may import one file before either of them has seen what the other did. Then both make
the same records, and storing them a second time changes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from data.clock import now
from data.documents.importing.preview import Preview
from data.records import Record, is_part_id, part_id
from data.storage.protocol import Doc
from data.store.change import Change
from data.store.codec import decode, encode

_ID: Final = re.compile(r"(?<!\d)\d{19}(?!\d)")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d.*")
_OTHER: Final = "new"
"""What stands for a record that is made later in the same import, to tell what another one is."""


IsThere = Callable[[type[Record], str], bool]
"""Tells whether there is a record of a kind with an id."""


def with_new_ids(preview: Preview, is_there: IsThere) -> Preview:
    """Return the preview with ids that another session would give the new records as well."""
    return replace(preview, changes=with_steady_ids(preview.changes, is_there))


def with_steady_ids(changes: Iterable[Change], is_there: IsThere) -> tuple[Change, ...]:
    """Return the changes with ids that are made of what the new records hold.

    Args:
        changes: What an import does. New records refer to each other by their ids.
        is_there: Whether there is a record of a kind with an id already: then the new one, which
            somebody wants beside it, gets another id.
    """
    given = list(changes)
    made = [change.after for change in given if change.before is None and change.after is not None]
    new = {record.id: _OTHER for record in made if not is_part_id(record.id)}
    if not new:
        return tuple(given)
    used: set[str] = set()
    for record in made:
        if record.id in new:
            new[record.id] = _free_id(record, _replaced(encode(record), new), used, is_there)
    # Such an id does not tell when its record was made: the time has to keep the order of the file.
    at = now()
    return tuple(
        _renamed(change, new, at + timedelta(microseconds=place))
        for place, change in enumerate(given)
    )


def _free_id(record: Record, doc: Doc, used: set[str], is_there: IsThere) -> str:
    """Return the first id for a record that no other one has."""
    told = {key: value for key, value in doc.items() if not _is_moment(value)}
    what = f"{record.table}:{json.dumps(told, sort_keys=True, ensure_ascii=False)}"
    number = 0
    while (id := part_id(what, str(number))) in used or is_there(type(record), id):
        number += 1
    used.add(id)
    return id


def _is_moment(value: Any) -> bool:
    """Whether a value is the time of the import, which says nothing of what is imported."""
    return isinstance(value, str) and _MOMENT.fullmatch(value) is not None


def _renamed(change: Change, new: Mapping[str, str], at: datetime) -> Change:
    after = change.after
    if after is None:
        return change
    id, doc = new.get(after.id, after.id), encode(after)
    renamed = _replaced(doc, new)
    if id == after.id and renamed == doc:
        return change
    made = decode(type(after), id, renamed)
    if id != after.id:
        made = replace(made, created_at=after.created_at or at)
    return Change(change.table, id, change.before, made)


def _replaced(value: Any, new: Mapping[str, str]) -> Any:
    """Return a value of a document with new ids in the place of others."""
    if isinstance(value, str):
        return _ID.sub(lambda found: new.get(found[0], found[0]), value)
    if isinstance(value, list):
        return [_replaced(one, new) for one in value]
    if isinstance(value, dict):
        return {_replaced(key, new): _replaced(one, new) for key, one in value.items()}
    return value
