"""A preparation sheet that comes back: the mentee's answers, for the next talk."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from data.clock import now
from data.documents.importing.mail import UNKNOWN, unknown_questions, unprinted, without_mail
from data.documents.importing.preview import EntryKind, Gathered, Preview, from_to, quoted
from data.documents.importing.read import ReadFile, TextLine
from data.documents.importing.recognise import prep_headings
from data.documents.importing.sections import sections_of
from data.documents.importing.words import key_of
from data.documents.kinds.prep import asked_steps
from data.i18n import N_, _, in_every_language
from data.method.talk.flow import SKILLS, FlowStep, TalkFlow, said
from data.method.talk.outcomes import action_text
from data.method.view import TO_COME, MenteeView
from data.method.visibility import Reader, may_see
from data.records import Note, Talk, TalkState
from data.store.change import Change
from data.text import lines as stored_lines

MARKED: Final = N_("From the preparation: {text}")
"""Msgid of an answer that came with the sheet."""
_LABEL: Final = N_("Your thoughts")
_PRINTED: Final = (
    N_("Confidential"),
    N_("Confidential: contains private notes"),
    N_("Think about these questions beforehand. You speak first."),
    N_("What we agreed, and is still to be done"),
    N_("Preparation for a talk"),
)
"""What the sheet says by itself."""
_TALK: Final = N_("Talk {number} with {name}")
_TITLE: Final = N_("Preparation: {talk}")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What was written on a sheet."""

    answers: Mapping[str, str]
    """Key of the step -> what was written to its question."""
    rest: tuple[str, ...]
    """What was written elsewhere, each with the heading it stood below."""
    signature: tuple[TextLine, ...]
    """The lines at the end that only say who wrote it."""


def preview_prep(file: ReadFile, view: MenteeView, flows: Sequence[TalkFlow]) -> Preview:
    """Return what a preparation sheet brings.

    Args:
        file: The sheet.
        view: The mentee, with all records.
        flows: The talk that it is for, with the questions of each language, that of the program
            first. None if no talk is to come: then all of it becomes a note.
    """
    out = Gathered()
    flow = flows[0] if flows else None
    sheet = _read(file, flows)
    rest = list(sheet.rest)
    for key, text in sheet.answers.items():
        step = flow.step(key) if flow is not None else None
        if flow is None or step is None:
            rest.append(text)
        else:
            _answer(out, flow, step, text)
    _note(out, view, flow, rest)
    if sheet.signature:
        text = _("the signature of the mail")
        place = _("line {line}").format(line=sheet.signature[0].number)
        out.say(EntryKind.UNPLACED, text, place)
    return Preview(
        form=_form_name(view, flow),
        entries=tuple(out.entries),
        changes=tuple(out.changes),
        step=_("preparation imported from a file"),
    )


def _form_name(view: MenteeView, flow: TalkFlow | None) -> str:
    if flow is None:
        return _("Preparation: {talk}").format(talk=view.mentee.name)
    talk = _("Talk {number} with {name}")
    named = talk.format(number=flow.talk.number, name=view.mentee.name)
    return _("Preparation: {talk}").format(talk=named)


def talk_for(file: ReadFile, view: MenteeView, today_talk: Talk | None) -> Talk | None:
    """Return the talk that a sheet is for: the one that it names, else the next to come.

    A talk that has been held or cancelled is not prepared any more.
    """
    open_states = (*TO_COME, TalkState.RUNNING)
    for form in in_every_language(_TALK):
        before, _sep, _rest = form.partition("{number}")
        pattern = re.compile(rf"{re.escape(before)}(\d+)\b", re.IGNORECASE)
        for line in file.lines:
            if found := pattern.search(line.text):
                named = (one for one in view.talks if one.number == int(found[1]))
                talk = next(named, None)
                if talk is not None and talk.state in open_states:
                    return talk
                return today_talk
    return today_talk


def _read(file: ReadFile, flows: Sequence[TalkFlow]) -> _Sheet:
    headings = dict(prep_headings())
    for flow in reversed(flows):
        headings |= {question: step.key for step, question in asked_steps(flow)}
    lines, signature = without_mail(file.lines, headings)
    labels = [key_of(one) for one in in_every_language(_LABEL)]
    known = {**unknown_questions(lines, labels), **headings}
    answers = {
        _step_key(key, flows): text.strip() for key, text in file.rooms.items() if text.strip()
    }
    in_rooms = {key_of(text) for text in answers.values()}
    rest: list[str] = []
    wrapped = file.name.casefold().endswith(".txt")
    printed = _printed(flows)
    for section in sections_of(lines, known, others=_titles(flows)):
        if section.key in ("", "-"):
            rest += unprinted(section.lines, printed)
            continue
        text = section.text(labels, wrapped=wrapped)
        if not text or key_of(text) in in_rooms:
            continue
        if section.key.startswith(UNKNOWN):
            rest.append(f"{section.key.removeprefix(UNKNOWN)}\n{text}")
            continue
        key = _step_key(section.key, flows)
        before = answers.get(key, "")
        if key_of(text) not in key_of(before):
            keeps = bool(before) and key_of(before) not in key_of(text)
            answers[key] = f"{before}\n{text}" if keeps else text
    return _Sheet(answers, tuple(rest), signature)


def _titles(flows: Sequence[TalkFlow]) -> list[str]:
    """Return the headings of the sheet below which nobody answers."""
    found = [text for one in _PRINTED for text in in_every_language(one)]
    for flow in flows[:1]:
        talks = [
            text.format(number=flow.talk.number, name=flow.view.mentee.name)
            for text in in_every_language(_TALK)
        ]
        found += [one.format(talk=talk) for one in in_every_language(_TITLE) for talk in talks]
    return found


def _printed(flows: Sequence[TalkFlow]) -> list[str]:
    """Return what a sheet says beside its headings."""
    found = _titles(flows)
    for flow in flows[:1]:
        found += [action_text(flow.view, one) for one in flow.view.actions]
    return found


def _step_key(key: str, flows: Sequence[TalkFlow]) -> str:
    """Return the key of the step of this talk that a question belongs to.

    The question about tasks is asked for each of them, or in general: it fits if it is asked once.
    """
    if not flows or flows[0].step(key) is not None:
        return key
    if key.partition(":")[0] == SKILLS:
        steps = [one for one in flows[0].steps if one.base == SKILLS]
        if len(steps) == 1:
            return steps[0].key
    return key


def _answer(out: Gathered, flow: TalkFlow, step: FlowStep, text: str) -> None:
    """Put an answer into the mentee's field of a step, after what stands there."""
    there = flow.answer(step.key)
    answer = there or flow.new_answer(step)
    before = said(answer.mentee, step.words)
    if key_of(text) in key_of(before):
        return
    marked = _(MARKED).format(text=stored_lines(text))
    words = "\n".join(filter(None, (before, marked)))
    after = replace(answer, mentee=words)
    made = Change.created(after) if there is None else Change.between(answer, after)
    out.change([made])
    kind = EntryKind.BOTH if before else EntryKind.NEW
    # What nobody else may see is not quoted: both may look at the preview.
    shown = text if may_see(after, Reader.SHARED) else _("(private)")
    question = {one.key: asked for one, asked in asked_steps(flow)}.get(step.key, "")
    out.say(kind, from_to(quoted(question or step.title), "", shown))


def _note(out: Gathered, view: MenteeView, flow: TalkFlow | None, rest: Sequence[str]) -> None:
    """Keep what has no place as a note.

    It is private, as notes begin: there may be words about wellbeing in it.
    """
    text = stored_lines("\n\n".join(one.strip() for one in rest if one.strip()))
    if not text or any(key_of(text) in key_of(one.text) for one in view.notes):
        return
    note = Note(
        mentee_id=view.mentee.id,
        text=_(MARKED).format(text=text),
        at=now(),
        talk_id=flow.talk.id if flow is not None else "",
    )
    out.change([Change.created(note)])
    # It is not quoted either.
    out.say(EntryKind.NEW, _("A private note with what has no place in the talk"))
