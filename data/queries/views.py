"""Reads from the store what the functions of `data.method` take."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from data.i18n import language
from data.library import QuestionSet, questions
from data.method.limits import Limits
from data.method.talk.questions import with_own
from data.method.view import MenteeView
from data.queries.mentees import mentees
from data.records import KINDS, Mentee, MenteeRecord, Person, Question, Tip
from data.settings import Settings
from data.store.store import Store

__all__ = ["due_limits", "mentee_view", "mentee_views", "mentees", "talk_words"]

_OF_MENTEE = tuple(kind for kind in KINDS if issubclass(kind, MenteeRecord))


def mentee_view(store: Store, mentee: Mentee) -> MenteeView:
    """Return the mentee with all records that belong to it, as they are stored now."""
    people = {person.id: person for person in store.all(Person)}
    records = chain.from_iterable(store.of(kind, mentee.id) for kind in _OF_MENTEE)
    return MenteeView.of(mentee, records, people, store.all(Tip))


def talk_words(store: Store) -> QuestionSet:
    """Return the texts of a talk in the user's language, with the workplace's own questions."""
    return with_own(questions(language()), store.all(Question))


def mentee_views(store: Store) -> Iterator[MenteeView]:
    """Yield the views of all mentees whose mentorship is not closed."""
    for mentee in mentees(store):
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
    )
