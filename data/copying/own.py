"""Copying to a server what one keeps private, where a colleague has copied the rest.

Two share a team file, and one of them has copied it to a server. What the other one keeps private
is in no file but theirs, and the mentees may be none of theirs there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.copying.ends import Source
from data.copying.whole import (
    Copied,
    HoldsOthers,
    NotHeld,
    compare,
    documents_of,
    mentee_of,
    names_of,
    unfit_of,
)
from data.storage.journal import to_json
from data.storage.split.parts import NOTHING, Parting, part

if TYPE_CHECKING:
    from data.copying.on_server import ServerTarget


def copy_own(
    source: Source,
    target: ServerTarget,
    parting: Parting,
    *,
    dry_run: bool = False,
    as_held: bool = False,
) -> Copied:
    """Copy what is private and not there yet, and compare it. See `data.copying.whole.copy`.

    Args:
        source: What is copied; it is only read.
        target: The team that it is copied to.
        parting: What is private in the source.
        dry_run: Whether nothing is to be written there.
        as_held: Whether letters that cannot be held there are to be replaced by a sign.

    Raises:
        NotHeld: There are such letters, and nothing has been changed.
        HoldsOthers: There is something else in its place, and nothing has been changed.
        TakenAway: It was not there any more when it was read again.
        StorageError: One of the two cannot be read or written.
    """
    rows = source.rows()
    found = dict(documents_of(rows.tables))
    private = {
        key: doc
        for key, doc in found.items()
        if part(parting, *key, doc)._replace(shared=None) != NOTHING
    }
    held = {key: target.held(doc) for key, doc in private.items()}
    unfit = list(unfit_of(private, held, names_of(found)))
    if unfit and not as_held:
        raise NotHeld(unfit)
    wanted = target.own_of(held.items())
    there = dict(documents_of(target.own()))
    for key in wanted.keys() & there.keys():
        if to_json(there[key]) != to_json(wanted[key]):
            raise HoldsOthers
    missing = {key: doc for key, doc in wanted.items() if key not in there}
    about = {mentee_of(*key, doc) for key, doc in held.items()}
    count, before = len(missing), len(wanted) - len(missing)
    changed = 0
    if not dry_run:
        target.put_own(missing, rows.tables)
        changed = compare(wanted, dict(documents_of(target.own())))
    return Copied(count, before, len(about), rows.others, len(unfit), changed)
