"""Stores for the tests of documents, and the documents of a mentee."""

from __future__ import annotations

from collections.abc import Iterator

from data.clock import now, today
from data.documents.kinds import kind_of, kinds
from data.documents.model.document import Document
from data.documents.model.lines import text_of
from data.documents.model.source import About, Source
from data.documents.sources import blank_form, document_of
from data.i18n import language
from data.library import QuestionSet
from data.method.view import MenteeView
from data.method.visibility import Reader, seen
from data.records import Mentee, Talk, TalkState
from data.store.store import Store
from tests.data.backend import Disk, MemoryBackend
from tests.tools.example import example_changes


def example() -> Store:
    """Return a store with the example data."""
    store = Store(MemoryBackend(Disk()), by="met")
    store.commit(example_changes(now(), language()))
    return store


def first_mentee(store: Store) -> Mentee:
    """Return the mentee of the example who has most records."""
    return max(store.all(Mentee), key=lambda one: len(store.of(Talk, one.id)))


def a_talk(store: Store, mentee: Mentee, state: TalkState = TalkState.HELD) -> Talk:
    """Return the latest talk of the mentee in a state."""
    return [talk for talk in store.of(Talk, mentee.id) if talk.state is state][-1]


def documents(store: Store, mentee: Mentee) -> Iterator[Document]:
    """Yield every document that there is about a mentee, of each of their talks."""
    for kind in kinds():
        if kind.about is About.TALK:
            for talk in store.of(Talk, mentee.id):
                yield document_of(store, kind.key, mentee, talk)
        else:
            yield document_of(store, kind.key, mentee if kind.about is About.MENTEE else None)


def forms(store: Store) -> Iterator[Document]:
    """Yield every blank form."""
    for kind in kinds():
        if kind.blank is not None:
            yield blank_form(store, kind.key)


def text_for(view: MenteeView, what: str, words: QuestionSet, talk: Talk | None = None) -> str:
    """Return a document about a mentee as text, made of a view as its readers may see it."""
    source = Source(
        day=today(),
        words=words,
        text=lambda key: (key, ""),
        view=seen(view, Reader.WRITTEN),
        talk=talk,
    )
    return text_of(kind_of(what).build(source))
