"""Reads from the store what the functions of `data.method` take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from data.i18n import language
from data.library.source import in_use
from data.method.limits import Limits
from data.method.view import KINDS_OF_VIEW, MenteeView
from data.queries.mentees import mentees
from data.queries.per_store import KeptOfTable
from data.records import Answer, Mentee, Note, Person, Question, Talk, Tip
from data.settings import Settings
from data.store.store import Store

if TYPE_CHECKING:
    from data.library import QuestionSet

__all__ = [
    "due_limits",
    "mentee_view",
    "mentee_views",
    "mentees",
    "people_of",
    "talk_words",
    "view_with_texts_later",
]

_TEXTS = (Note, Answer)
"""Kinds of which there are most, and whose texts no list of mentees shows."""
_LATEST = 4
"""How many views are kept for a store: screens ask for the same one several times in a row."""


class _Latest(NamedTuple):
    """A view, and how far the store was when it was made."""

    revisions: tuple[int, int, int]
    """The revision of the mentee, of the people, and of the tips."""
    last: int
    view: MenteeView
    library: object
    """The library of the workplace that was in use."""
    language: str
    """The language in use: some records have texts in it (`data.store.by_key`)."""

    def is_as(self, revisions: tuple[int, int, int]) -> bool:
        """Whether nothing that the view is made of has changed."""
        return self.revisions == revisions and self.library is in_use()

    @property
    def reads_alike(self) -> bool:
        """Whether its records, where none has changed, are as they would be read now."""
        return self.language == language()


_views: WeakKeyDictionary[Store, dict[str, _Latest]] = WeakKeyDictionary()
_people = KeptOfTable(Person, lambda store: {person.id: person for person in store.all(Person)})


def mentee_view(store: Store, mentee: Mentee) -> MenteeView:
    """Return the mentee with all records that belong to it, as they are stored now."""
    revisions = store.revisions
    at = (
        revisions.of(mentee.id),
        revisions.of_table(Person.table),
        revisions.of_table(Tip.table),
    )
    latest = _views.setdefault(store, {})
    before = latest.pop(mentee.id, None)
    if before is None or not before.reads_alike:
        view = view_with(store, mentee, people_of(store), _tips(store))
    elif before.view.mentee is mentee and before.is_as(at):
        view = before.view
    else:
        # Only kinds of which any record has changed are read and sorted again.
        kinds = [kind for kind in KINDS_OF_VIEW if revisions.of_table(kind.table) > before.last]
        records = {kind: store.of(kind, mentee.id) for kind in kinds}
        view = before.view.renewed(mentee, records, people_of(store), _tips(store))
    latest[mentee.id] = _Latest(at, revisions.last, view, in_use(), language())
    if len(latest) > _LATEST:
        del latest[next(iter(latest))]
    return view


def _tips(store: Store) -> Iterable[Tip]:
    if in_use() is None:
        return store.all(Tip)
    from data.queries.tips import tips_of  # few workplaces have a library

    return tips_of(store)


def view_with(
    store: Store, mentee: Mentee, people: Mapping[str, Person], tips: Iterable[Tip] = ()
) -> MenteeView:
    """Return the mentee with all records that belong to it, and with these people and tips."""
    records = chain.from_iterable(store.of(kind, mentee.id) for kind in KINDS_OF_VIEW)
    return MenteeView.of(mentee, records, people, tips)


def view_with_texts_later(store: Store, mentee: Mentee, people: Mapping[str, Person]) -> MenteeView:
    """Return the mentee with notes and answers that are read when somebody looks at them.

    It is for lists of all mentees: make of it what is needed at once, and do not keep it.
    """
    return MenteeView.read(mentee, lambda kind: store.of(kind, mentee.id), people, later=_TEXTS)


def people_of(store: Store) -> Mapping[str, Person]:
    """Return everybody at the workplace, by id."""
    return _people.of(store)


def talk_words(store: Store, talk: Talk | None = None) -> QuestionSet:
    """Return the texts of a talk in the user's language, with the workplace's own questions.

    `talk`: one that has begun keeps what the workplace's library said then; None for one to come.
    """
    # no list of mentees shows them
    from data.library.questionset import questions
    from data.method.talk.questions import with_own

    if talk is not None and talk.worded:
        from data.library.questionset import as_begun  # few workplaces have a library

        return with_own(as_begun(language(), talk.worded), store.all(Question))
    return with_own(questions(language()), store.all(Question))


def mentee_views(store: Store, *, closed: bool = False) -> Iterator[MenteeView]:
    """Yield the views of all mentees whose mentorship is not closed, or of those whose is."""
    for mentee in mentees(store, closed=closed):
        yield mentee_view(store, mentee)


def due_limits(settings: Settings, days: int | None = None) -> Limits:
    """Return how long things may wait, by the settings.

    `days` is how many days to look ahead, if not as many as the settings say.
    """
    return Limits(
        ahead_days=settings.sparring_days if days is None else days,
        talk_days=settings.talk_days,
        stale_days=settings.stale_days,
        unused_days=settings.learned_limit_days,
        draft_days=settings.draft_days,
        ending_days=settings.ending_days,
        private_days=settings.private_days,
        rest_days=settings.rest_days,
    )
