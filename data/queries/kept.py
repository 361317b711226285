"""What is worked out of each mentee's records, kept until one of them changes.

A list of a thousand mentees costs as much after a change as what has changed: only those mentees
are worked out again whose records, or whose people, are other ones than they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from data.method.view import MenteeView
from data.queries.views import people_of, view_with
from data.records import Mentee, Person
from data.store.store import Store

R = TypeVar("R")


class _Asked(Mapping[str, Person]):
    """Everybody at the workplace, remembering who was asked for."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._people = people
        self.answers: dict[str, Person | None] = {}

    def __getitem__(self, id: str) -> Person:
        found = self.answers[id] = self._people.get(id)
        if found is None:
            raise KeyError(id)
        return found

    def __iter__(self) -> Iterator[str]:
        for id in self._people:
            self[id]
            yield id

    def __len__(self) -> int:
        return len(self._people)


class _Kept(NamedTuple, Generic[R]):
    revision: int
    people: Mapping[str, Person | None]
    """Who was asked for, and the answers."""
    value: R


class KeptOfMentees(Generic[R]):
    """One value for each mentee, worked out of its view.

    The function that works it out is given a view without tips. What else it depends on, such as
    the day and the language, is not known here: `forget` when that changes.
    """

    def __init__(self, store: Store, make: Callable[[MenteeView], R]) -> None:
        self._store = store
        self._make = make
        self._kept: dict[str, _Kept[R]] = {}
        self._people_at = 0
        """The revision of the table of people that all that is kept was last compared with."""

    def forget(self) -> None:
        """Forget all values: each is worked out again when it is next asked for."""
        self._kept.clear()

    def renew(self, mentees: Iterable[Mentee]) -> dict[str, R | None]:
        """Work out again what has changed.

        Args:
            mentees: Those whose values are wanted. The values of others are forgotten.

        Returns:
            The values that were worked out anew, by id; None for those that were forgotten.
        """
        revisions, people = self._store.revisions, people_of(self._store)
        people_at = revisions.of_table(Person.table)
        same_people = people_at == self._people_at
        gone = set(self._kept)
        made: dict[str, R | None] = {}
        for mentee in mentees:
            id, revision = mentee.id, revisions.of(mentee.id)
            gone.discard(id)
            kept = self._kept.get(id)
            if (
                kept is None
                or kept.revision != revision
                or not (same_people or _holds(kept.people, people))
            ):
                asked = _Asked(people)
                value = self._make(view_with(self._store, mentee, asked))
                made[id] = value
                self._kept[id] = _Kept(revision, asked.answers, value)
        for id in gone:
            del self._kept[id]
            made[id] = None
        self._people_at = people_at
        return made

    def __getitem__(self, mentee_id: str) -> R:
        """Return the value of a mentee that `renew` was last given."""
        return self._kept[mentee_id].value


def _holds(answers: Mapping[str, Person | None], people: Mapping[str, Person]) -> bool:
    """Return whether the people who were asked for are the same now."""
    return all(people.get(id) == answer for id, answer in answers.items())
