"""All that is written about a mentee, by day: notes, and what both said in talks (R8, R12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

from data.frozen import immutable
from data.i18n import N_, _
from data.method.talk.flow import said
from data.method.view import MenteeView, held_on
from data.method.visibility import is_private
from data.method.words import word
from data.records import Answer, Note, NoteKind, Talk


class Voice(StrEnum):
    """Whose words they are."""

    MENTEE = "mentee"
    MENTOR = "mentor"


VOICES: Final = {Voice.MENTEE: N_("Mentee's words"), Voice.MENTOR: N_("Mentor's words")}
"""What a voice is called (msgid)."""
TALK: Final = "talk"
"""The kind of words that were said in a talk; the kinds of the others are those of notes."""


@immutable
class Written:
    """A note, or the words of one voice in an answer."""

    record: Note | Answer
    on: date | None
    text: str
    kind: str
    """A `NoteKind`, or `TALK`."""
    voice: Voice
    task_ids: tuple[str, ...]
    """The tasks that it is about."""
    for_mentor: bool
    """Whether it is for the mentor alone."""

    @property
    def id(self) -> str:
        """Tells it apart from the other voice of the same answer."""
        return f"{self.record.id}:{self.voice}"


@immutable
class Only:
    """Which of the words are wanted; what is "" leaves all."""

    task_id: str = ""
    kind: str = ""
    voice: str = ""

    def fits(self, one: Written) -> bool:
        """Return whether these are wanted."""
        return (
            (not self.task_id or self.task_id in one.task_ids)
            and self.kind in {"", one.kind}
            and self.voice in {"", one.voice}
        )


def written_by_day(view: MenteeView) -> list[Written]:
    """Return all notes and answers of a view, the newest first; those without a day come last.

    Nothing is hidden here: the view is as its reader may see it.
    """
    found = [_of_note(note) for note in view.notes]
    for answer in view.answers:
        found += _of_answer(answer, view.talk(answer.talk_id))
    found.reverse()
    return sorted(found, key=lambda one: one.on or date.min, reverse=True)


def kind_word(kind: str, view: MenteeView, record: Note | Answer) -> str:
    """Return what the kind of some words is called: "Praise", "Talk 3"."""
    if isinstance(record, Answer):
        talk = view.talk(record.talk_id)
        return _("Talk {number}").format(number=talk.number) if talk else _("Talk")
    return word(NoteKind(kind))


def kinds(found: Iterable[Written]) -> list[str]:
    """Return the kinds that there are, each once, in the order of the kinds of notes."""
    there = {one.kind for one in found}
    return [kind for kind in (*NoteKind, TALK) if kind in there]


def _of_note(note: Note) -> Written:
    on = note.at.astimezone().date() if note.at else None
    tasks = (note.task_id,) if note.task_id else ()
    return Written(note, on, note.text, note.kind, Voice.MENTOR, tasks, is_private(note))


def _of_answer(answer: Answer, talk: Talk | None) -> list[Written]:
    on = held_on(talk) if talk else None
    tasks = tuple(filter(None, dict.fromkeys((answer.task_id, *answer.task_ids))))
    return [
        Written(answer, on, text, TALK, voice, tasks, is_private(answer))
        for voice, text in (
            (Voice.MENTEE, said(answer.mentee)),
            (Voice.MENTOR, said(answer.mentor)),
        )
        if text
    ]
