"""How many talks there are with each mentee, asked with TinyDB's queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from data.method.view import TO_COME
from data.records import Talk, TalkState

if TYPE_CHECKING:
    from tinydb import TinyDB


class TalkCounts(NamedTuple):
    """How many talks there are, each by the id of the mentee."""

    planned: Mapping[str, int]
    """Still to be held."""
    held: Mapping[str, int]
    cancelled: Mapping[str, int]


def talk_counts(db: TinyDB) -> TalkCounts:
    """Count the talks of all mentees in a file, or in an open store (`Store.tables`)."""
    # Lazy loading: a start of the program does not wait for TinyDB.
    from tinydb import where

    talks = db.table(Talk.table)
    state = where("state")

    def of(*states: TalkState) -> Mapping[str, int]:
        found: Counter[str] = Counter()

        def counts(id: Any) -> bool:
            """Count a talk by its mentee; a search would copy each of them."""
            found[id] += 1
            return True

        in_state = state.one_of([one.value for one in states])
        talks.count(in_state & where("mentee_id").test(counts))
        return found

    return TalkCounts(of(*TO_COME), of(TalkState.HELD), of(TalkState.CANCELLED))
