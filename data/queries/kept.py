"""What is worked out of each mentee's records, kept until one of them changes.

A list of a thousand mentees costs as much after a change as what has changed: only those mentees
are worked out again whose records, or whose people, are other ones than they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

from data.method.view import MenteeView
from data.queries.views import people_of, view_with_texts_later
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
        self._at = 0
        """The revision that all that is kept was last compared with."""
        self._people_at = 0
        """The revision of the table of people then."""
        self._wanted: Sequence[Mentee] | None = None
        """Those whose values are kept."""
        self._ahead: set[str] = set()
        """Those whose values were worked out ahead, and `renew` has not returned yet."""

    def forget(self) -> None:
        """Forget all values: each is worked out again when it is next asked for."""
        self._kept.clear()
        self._wanted = None
        self._ahead.clear()

    def work_ahead(self, mentees: Iterable[Mentee], most: int) -> bool:
        """Work out what `renew` will want of so many mentees. Return whether nothing is left."""
        missing = (mentee for mentee in mentees if mentee.id not in self._kept)
        some = list(islice(missing, most))
        self._ahead.update(self._renewed(some, same_people=True))
        return next(missing, None) is None

    def __len__(self) -> int:
        """Return of how many mentees there is a value."""
        return len(self._kept)

    def renew(self, mentees: Sequence[Mentee]) -> dict[str, R | None]:
        """Work out again what has changed.

        Args:
            mentees: Those whose values are wanted. The values of others are forgotten. If it is
                the same object as before, only the mentees that were changed are looked at.

        Returns:
            The values that are other ones than before, by id; None for those that were forgotten.
        """
        revisions = self._store.revisions
        people_at = revisions.of_table(Person.table)
        if mentees is self._wanted and people_at == self._people_at:
            changed = [id for id in revisions.changed_since(self._at) if id in self._kept]
            if not changed:
                self._at = revisions.last
                return {}
            looked_at = [one for one in mentees if one.id in changed]
            gone: set[str] = set()
        else:
            looked_at = list(mentees)
            gone = self._kept.keys() - {mentee.id for mentee in mentees}
        made: dict[str, R | None] = dict.fromkeys(gone)
        for id in gone:
            del self._kept[id]
        # What was worked out ahead may have changed since.
        made.update(self._renewed(looked_at, same_people=people_at == self._people_at))
        made.update((id, self[id]) for id in self._ahead if id in self._kept)
        self._ahead.clear()
        self._at, self._people_at, self._wanted = revisions.last, people_at, mentees
        return made

    def _renewed(self, mentees: Iterable[Mentee], *, same_people: bool) -> dict[str, R]:
        """Work out again what has changed of these. Return what is not as before."""
        revisions, people = self._store.revisions, people_of(self._store)
        made: dict[str, R] = {}
        for mentee in mentees:
            id, revision = mentee.id, revisions.of(mentee.id)
            kept = self._kept.get(id)
            if (
                kept is None
                or kept.revision != revision
                or not (same_people or _holds(kept.people, people))
            ):
                asked = _Asked(people)
                value = self._make(view_with_texts_later(self._store, mentee, asked))
                if kept is not None and kept.value == value:
                    value = kept.value  # so that what was made of it is known to be the same too
                else:
                    made[id] = value
                self._kept[id] = _Kept(revision, asked.answers, value)
        return made

    def values(self, mentee_ids: Iterable[str]) -> list[R]:
        """Return the values of some of the mentees that `renew` was last given."""
        kept = self._kept
        return [kept[id].value for id in mentee_ids]

    def __getitem__(self, mentee_id: str) -> R:
        """Return the value of a mentee that `renew` was last given."""
        return self._kept[mentee_id].value


def _holds(answers: Mapping[str, Person | None], people: Mapping[str, Person]) -> bool:
    """Return whether the people who were asked for are the same now."""
    return all(people.get(id) == answer for id, answer in answers.items())
