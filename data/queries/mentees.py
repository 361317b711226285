"""The list of mentees."""

from __future__ import annotations

from data.records import CourseState, Mentee
from data.store.store import Store
from data.text import danish_key


def mentees(store: Store, *, closed: bool = False) -> list[Mentee]:
    """Return the mentees by name, in Danish order.

    `closed` chooses those with a closed mentorship instead of those with a running one.
    """
    found = [
        mentee for mentee in store.all(Mentee) if (mentee.state is CourseState.CLOSED) is closed
    ]
    return sorted(found, key=lambda mentee: (danish_key(mentee.name), mentee.id))
