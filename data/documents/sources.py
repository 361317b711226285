"""Makes what documents are made of from the store: always without what their readers may not see.

A document for paper is made for `Reader.WRITTEN`. A page on the screen is the same document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from data.clock import today
from data.documents.kinds import kind_of
from data.documents.model.document import Confidence, Document
from data.documents.model.parts import holder
from data.documents.model.source import About, DocumentKind, Learned, Source
from data.documents.model.talks import LAST
from data.i18n import _, language
from data.method.view import MenteeView, held_on
from data.method.visibility import Reader, seen, visible
from data.queries.own_person import own_person
from data.queries.own_texts import library_text
from data.queries.views import mentee_view, mentees, talk_words
from data.records import Answer, Mentee, RoleKind, Talk, TalkState
from data.store.store import Store

if TYPE_CHECKING:
    from data.published.overview import Overview

_KEPT: Final = frozenset({"summary", "notes", "needs"})
"""Keys of the kinds that a mentor may want with what is private; the others are to be handed on."""


def document_of(
    store: Store,
    what: str,
    mentee: Mentee | None = None,
    talk: Talk | None = None,
    *,
    private: bool = False,
    workplace: Overview | None = None,
) -> Document:
    """Return a document as it is now. Nothing private is in it, unless that is asked for.

    Args:
        store: The records.
        what: The key of its kind.
        mentee: Whom it is about; None for a kind that is about nobody.
        talk: The talk that it is about, for a kind that is about one.
        private: Whether the mentor wants it with what is private, to keep. Documents that are to be
            handed on have nothing private all the same; one that has says so.
        workplace: What the mentors of the workplace publish, for a kind that is about them.

    Raises:
        KeyError: There is no kind with that key.
    """
    kind = kind_of(what)
    if private and what in _KEPT:
        shared = document_of(store, what, mentee, talk)
        document = kind.build(source_of(store, mentee, talk, reader=Reader.MENTOR))
        is_same = list(document.texts()) == list(shared.texts())
        return shared if is_same else replace(document, confidence=Confidence.PRIVATE)
    source = source_of(store, mentee, talk, learned=what == "learning")
    if kind.about is About.EVERYBODY:
        source = replace(source, everybody=tuple(_everybody(store)))
    if kind.about is About.WORKPLACE:
        # who looks at all mentors may be none: nobody's name stands in it as the author's
        return kind.build(replace(source, workplace=workplace))
    document = kind.build(source)
    is_named = bool(source.mentor) and any(source.mentor in text for text in document.texts())
    return replace(document, author=source.mentor if is_named else "")


def _everybody(store: Store) -> Iterator[MenteeView]:
    """Yield all mentees without what may not be written, those whose mentorship is closed last."""
    for mentee in (*mentees(store), *mentees(store, closed=True)):
        yield seen(mentee_view(store, mentee), Reader.WRITTEN)


_THE = "\0"
"""Stands for a mentee's name until all parts of it are found."""


def default_talk(store: Store, kind: DocumentKind, mentee: Mentee) -> Talk | None:
    """Return the talk that a document is about where none is named; None if there is none.

    A document about talks to come is about the next one, or the one under way; others are about the
    talk that was held last.
    """
    view = mentee_view(store, mentee)
    if TalkState.PLANNED in kind.talks:
        return view.next_talk(today()) or view.running or next(iter(view.to_come), None)
    return view.held[-1] if view.held else None


def blank_form(store: Store, what: str) -> Document:
    """Return the blank form of a kind. Raises KeyError if it has none."""
    blank = kind_of(what).blank
    if blank is None:
        raise KeyError(what)
    return blank(source_of(store))


def source_of(
    store: Store,
    mentee: Mentee | None = None,
    talk: Talk | None = None,
    *,
    learned: bool = False,
    reader: Reader = Reader.WRITTEN,
) -> Source:
    """Return what a document is made of. `learned`: also what the mentor learned in all talks."""
    view = seen(mentee_view(store, mentee), reader) if mentee is not None else None

    def text(key: str) -> tuple[str, str]:
        found = library_text(store, language(), key)
        return found.title, found.text

    return Source(
        day=today(),
        words=talk_words(store),
        text=text,
        view=view,
        talk=talk,
        learned=tuple(_learned(store)) if learned else (),
        mentor=(holder(view, RoleKind.MENTOR) if view else "") or own_person(store)[0].name,
    )


def _learned(store: Store) -> list[Learned]:
    """Return what the mentor learned in all talks, the oldest first, without mentees' names."""
    names = [one.name for one in store.all(Mentee)]
    talks = {talk.id: talk for talk in store.all(Talk)}
    found = []
    for answer in visible(store.all(Answer), Reader.WRITTEN):
        if answer.key == LAST and answer.mentor.strip():
            talk = talks.get(answer.talk_id)
            on = held_on(talk) if talk else None
            found.append(Learned(on, without_names(answer.mentor.strip(), names)))
    return sorted(found, key=lambda one: (one.on is not None, one.on, one.text))


def without_names(text: str, names: Iterable[str]) -> str:
    """Return a text in which every part of a mentee's name is replaced by "the mentee".

    A part is found however it is written in large letters ("MAJA"), and in small ones ("maja")
    where it is no short word, which could mean something else ("bo", "liv").
    """
    parts = {part for name in names for part in (name, *re.split(r"[\s-]+", name)) if len(part) > 1}
    spelt = {one for part in parts for one in (part, part.upper()) if part[:1].isupper()}
    spelt |= {part.lower() for part in parts if len(part) > 3} | parts
    if not spelt:
        return text
    either = "|".join(sorted(map(re.escape, spelt), key=len, reverse=True))
    pattern = re.compile(rf"\b(?:{either})(s?)\b")
    return re.sub(
        rf"({re.escape(_THE)}s?)(?:[ -]{re.escape(_THE)})+(s?)",
        r"\1\2",
        pattern.sub(lambda found: f"{_THE}{found[1]}", text),
    ).replace(_THE, _("the mentee"))
