"""A preparation sheet that comes back: the mentee's answers, for the next talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from data.clock import now
from data.documents.importing.beside import OwnWords, asides_of_others, pictures_left
from data.documents.importing.content import ImportProblem, ReadFile, TextLine
from data.documents.importing.mail import (
    UNKNOWN,
    signature_at,
    unknown_questions,
    without_heads,
)
from data.documents.importing.preview import EntryKind, Gathered, Preview, from_to, quoted
from data.documents.importing.printed import Printed, joined_lines, title_of, unprinted
from data.documents.importing.recognise import prep_headings
from data.documents.importing.sections import sections_of
from data.documents.importing.words import key_of
from data.documents.kinds.prep import asked_steps
from data.i18n import N_, _, in_every_language
from data.method.talk.flow import SKILLS, FlowStep, TalkFlow, said
from data.method.view import TO_COME, MenteeView
from data.method.visibility import Reader, may_see
from data.records import Note, Talk, TalkState
from data.store.change import Change
from data.text import lines as stored_lines
from data.text import name_key

MARKED: Final = N_("From the preparation: {text}")
"""Msgid of an answer that came with the sheet."""
_LABEL: Final = N_("Your thoughts")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What was written on a sheet."""

    answers: Mapping[str, str]
    """Key of the step -> what was written to its question."""
    rest: tuple[str, ...]
    """What was written elsewhere, each with the heading it stood below."""
    signature: tuple[TextLine, ...]
    """The lines at the end that only say who wrote it."""


def preview_prep(
    file: ReadFile, view: MenteeView, flows: Sequence[TalkFlow], own: OwnWords
) -> Preview:
    """Return what a preparation sheet brings.

    Args:
        file: The sheet.
        view: The mentee, with all records.
        flows: The talk that it is for, with the questions of each language, that of the program
            first. None if no talk is to come: then all of it becomes a note. If the talk is over,
            what does not stand in it already becomes one.
        own: What the program itself has written on forms.

    Raises:
        ImportProblem: Its title names another mentee.
    """
    _refuse_other(file, view)
    out = Gathered()
    flow = flows[0] if flows else None
    sheet = _read(file, flows, view)
    rest = list(sheet.rest)
    for key, text in sheet.answers.items():
        step = flow.step(key) if flow is not None else None
        if flow is None or step is None:
            rest.append(text)
        elif is_open(flow.talk):
            _answer(out, flow, step, text)
        elif not _stands_in(_said_in(flow, step), text):
            rest.append(f"{_question(flow, step)}\n{text}")
    rest += [f"{one.place}: {one.text}" for one in asides_of_others(file, own)]
    _note(out, view, flow, rest)
    if out.changes and (said := _other_talk(file, view, flow)):
        out.say(EntryKind.CHECK, said)
    if sheet.signature:
        text = _("the signature of the mail")
        place = _("line {line}").format(line=sheet.signature[0].number)
        out.say(EntryKind.UNPLACED, text, place)
    if file.pictures:
        out.say(EntryKind.UNPLACED, pictures_left(file.pictures))
    return Preview(
        form=_form_name(view, flow),
        entries=tuple(out.entries),
        changes=tuple(out.changes),
        step=_("preparation imported from a file"),
    )


def _refuse_other(file: ReadFile, view: MenteeView) -> None:
    title = _title(file, view)
    if title is not None and name_key(title[1]) != name_key(view.mentee.name):
        # Somebody may look on, so the other mentee is not named.
        text = _("{file} is about another mentee than {mentee}.")
        raise ImportProblem(text.format(file=file.name, mentee=view.mentee.name))


def _form_name(view: MenteeView, flow: TalkFlow | None) -> str:
    if flow is None:
        return _("Preparation: {talk}").format(talk=view.mentee.name)
    talk = _("Talk {number} with {name}")
    named = talk.format(number=flow.talk.number, name=view.mentee.name)
    return _("Preparation: {talk}").format(talk=named)


def talk_for(file: ReadFile, view: MenteeView, today_talk: Talk | None) -> Talk | None:
    """Return the talk that a sheet is for: the one of its title, even if that is over by now.

    A sheet that names none is for the next to come.
    """
    title = _title(file, view)
    number = title[0] if title is not None else None
    return next((one for one in view.talks if one.number == number), today_talk)


def is_open(talk: Talk) -> bool:
    """Return whether a talk can still be prepared: it has been neither held nor cancelled."""
    return talk.state in (*TO_COME, TalkState.RUNNING)


def _other_talk(file: ReadFile, view: MenteeView, flow: TalkFlow | None) -> str:
    """Return what becomes of a sheet for a talk that is gone or over; "" if it is to come."""
    title = _title(file, view)
    if flow is not None and not is_open(flow.talk):
        text = _("Talk {number} is over, so what is new on the sheet becomes a note.")
        return text.format(number=flow.talk.number)
    if title is None or (flow is not None and flow.talk.number == title[0]):
        return ""
    if flow is None:
        text = _("Talk {number} is not here any more, so the sheet becomes a note.")
        return text.format(number=title[0])
    text = _("The sheet is for talk {number}, which is not here any more. It goes to talk {next}.")
    return text.format(number=title[0], next=flow.talk.number)


def _title(file: ReadFile, view: MenteeView) -> tuple[int, str] | None:
    """Return the number of the talk and the name in the title of a sheet; None if it has none.

    A title stands above the questions. It may be broken over lines.
    """
    top = sections_of(file.lines, prep_headings())[0].lines
    own = name_key(view.mentee.name)
    for place in range(len(top)):
        found = [one for _n, text in joined_lines(top, place) if (one := title_of(text))]
        if found:
            return next((one for one in found if name_key(one[1]) == own), found[0])
    return None


def _read(file: ReadFile, flows: Sequence[TalkFlow], view: MenteeView) -> _Sheet:
    headings = dict(prep_headings())
    for flow in reversed(flows):
        headings |= {question: step.key for step, question in asked_steps(flow)}
    labels = [key_of(one) for one in in_every_language(_LABEL)]
    known = {**unknown_questions(file.lines, labels), **headings}
    printed = Printed(view)
    first, *sections = sections_of(file.lines, known)
    rest = unprinted(without_heads(first.lines), printed)
    answers, gone = _in_rooms(file, flows)
    wrapped = file.name.casefold().endswith(".txt")
    signature: tuple[TextLine, ...] = ()
    for section in sections:
        section.lines, again = _before_title(section.lines, printed)
        if section is sections[-1] and not again:
            end = signature_at(section.lines, view.mentee.name)
            signature = tuple(one for one in section.lines[end:] if one.text.strip())
            del section.lines[end:]
        rest += unprinted(again, printed)
        text = section.text(labels, wrapped=wrapped)
        if section.key.startswith(UNKNOWN):
            if text and text not in gone:
                rest.append(f"{section.key.removeprefix(UNKNOWN)}\n{text}")
        else:
            _add(answers, _step_key(section.key, flows), text)
    return _Sheet(answers, tuple(rest), signature)


def _in_rooms(file: ReadFile, flows: Sequence[TalkFlow]) -> tuple[dict[str, str], set[str]]:
    """Return what was written into rooms with a key, and of it what the talk does not ask for."""
    answers: dict[str, str] = {}
    gone: set[str] = set()
    for key, text in file.rooms.items():
        step = _step_key(key, flows)
        _add(answers, step, text.strip())
        if flows and flows[0].step(step) is None:
            gone.add(text.strip())
    return answers, gone


def _add(answers: dict[str, str], key: str, text: str) -> None:
    """Add what was written to a question, unless all of it stands there."""
    before = answers.get(key, "")
    if not text or has_lines(before, text):
        return
    keeps = bool(before) and not has_lines(text, before)
    answers[key] = f"{before}\n{text}" if keeps else text


def has_lines(text: str, wanted: str) -> bool:
    """Return whether a text has all lines of another, whole and one after the other."""
    here, those = (
        [" ".join(line.split()) for line in one.split("\n") if line.strip()]
        for one in (text, wanted)
    )
    ends = range(len(here) - len(those) + 1)
    return not those or any(
        here[place] == those[0] and here[place : place + len(those)] == those for place in ends
    )


def _before_title(lines: list[TextLine], printed: Printed) -> tuple[list[TextLine], list[TextLine]]:
    """Return what stands before another copy of the sheet, and that copy down to its questions."""
    title = next((one for one in range(len(lines)) if printed.is_title(lines, one)), None)
    if title is None:
        return lines, []
    above = [one for one in range(title) if lines[one].text.strip()][-1:]
    if above and printed.at(lines, above[0]) == 1:  # "Confidential"
        title = above[0]
    return lines[:title], lines[title:]


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
    before = _said_in(flow, step)
    if _stands_in(before, text):
        return
    marked = _(MARKED).format(text=stored_lines(text))
    words = "\n".join(filter(None, (before, marked)))
    after = replace(answer, mentee=words)
    made = Change.created(after) if there is None else Change.between(answer, after)
    out.change([made])
    kind = EntryKind.BOTH if before else EntryKind.NEW
    # What nobody else may see is not quoted: both may look at the preview.
    shown = text if may_see(after, Reader.SHARED) else _("(private)")
    question = quoted(_question(flow, step))
    asks = question.endswith(("?", "…"))
    out.say(kind, f"{question} {quoted(shown)}" if asks else from_to(question, "", shown))


def _said_in(flow: TalkFlow, step: FlowStep) -> str:
    """Return what the mentee has answered in a step of the talk."""
    answer = flow.answer(step.key)
    return said(answer.mentee, step.words) if answer is not None else ""


def _question(flow: TalkFlow, step: FlowStep) -> str:
    """Return what a step asks for on the sheet."""
    return {one.key: asked for one, asked in asked_steps(flow)}.get(step.key) or step.title


def _stands_in(there: str, text: str, *, only_marked: bool = False) -> bool:
    """Return whether a text of a sheet stands somewhere as whole lines, with the mark or not."""
    marked = [one.format(text=stored_lines(text)) for one in in_every_language(MARKED)]
    return any(has_lines(there, one) for one in (*marked, *(() if only_marked else (text,))))


def _note(out: Gathered, view: MenteeView, flow: TalkFlow | None, rest: Sequence[str]) -> None:
    """Keep what has no place as a note.

    It is private, as notes begin: there may be words about wellbeing in it.
    """
    text = stored_lines("\n\n".join(one.strip() for one in rest if one.strip()))
    if not text or any(_stands_in(one.text, text, only_marked=True) for one in view.notes):
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
