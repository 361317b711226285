"""What stands over the fields of each step of a talk: the question, or the opening card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from data.dates import show_date
from data.i18n import _
from data.library import QUESTIONS
from data.method.talk.flow import FlowStep, TalkFlow
from data.method.talk.lifecycle import praise_hint
from data.method.talk.placed import PLACED, Way, replaces, tasks_of, way_of
from data.method.talk.wellbeing import pulse_lines
from data.method.visibility import Reader, may_see
from data.records import Agreement, Answer
from data.text import first_line
from screens.plan.details import goal_text
from widgets.glyphs import dotted, glyphs
from widgets.question_card import Card
from widgets.spoken import Spoken
from widgets.word_fields import WordField

MENTEE, MENTOR = "mentee", "mentor"
"""The sides of a step that hold the mentee's and the mentor's words."""
FEW = 3
"""So many lines below a question are said with it, to those who hear the screen."""
LIST = "list"
"""The side of a step that is its list."""
ABOUT_ONE = ("praise", "potential", "next", "understand")
"""Steps whose words are about one task; those of others may be linked to several (R45)."""


def card_of(
    flow: TalkFlow, step: FlowStep, answer: Answer | None, *, hidden: bool, culture: str = ""
) -> Card:
    """Return what to show over the fields of a step.

    `answer` is what may be seen of the answer; `hidden`: the words of the step may not be seen.
    `culture` is the beginning of the team's sparring culture, for the opening card.
    """
    if step.base == "frame":
        return Card("", step.words.purpose, "", step.words.probes, tuple(_frame(flow, culture)))
    heading = ""
    if step.number:
        heading = _("Question {number} of {all}").format(number=step.number, all=len(QUESTIONS))
        if step.note:
            heading += glyphs(" · ") + step.note
    notes = _notes(flow, step, answer)
    if hidden:
        notes = [_("Hidden in shared view; F6 shows it again.")]
    question = step.question or step.words.purpose
    hint = step.words.hint if step.words.hint != question else ""
    return Card(heading, question, hint, step.words.probes, tuple(notes))


def _notes(flow: TalkFlow, step: FlowStep, answer: Answer | None) -> list[str]:
    """Return the lines below the question: what it is about, and what else was kept of it."""
    found = []
    if step.base == "praise" and (hint := praise_hint(flow.view)):
        found.append(hint)
    if step.base == "skills":
        found += [goal_text(goal) for goal in flow.view.goals_of(step.task_id)]
    elif tasks := [task.title for task in tasks_of(flow, step)]:
        found.append(_("About: {tasks}").format(tasks=", ".join(tasks)))
    elif step.base in ABOUT_ONE:
        found.append(_("Ctrl+T links your text to a task"))
    if step.base in PLACED and tasks_of(flow, step):
        found.append(_placed(flow, step, answer))
    if answer is not None:
        found += pulse_lines(answer.pulse)
    if answer is not None and answer.examples:
        found.append(_("Examples: {examples}").format(examples="; ".join(answer.examples)))
    return found


def _placed(flow: TalkFlow, step: FlowStep, answer: Answer | None) -> str:
    """Return what becomes of the words of a step on the task that they are about (R54, R55)."""
    if answer is not None and not may_see(answer, Reader.SHARED):
        return _("Private words stay off the plan; F4 shares them")
    if before := replaces(flow, step):
        return _("In the place of “{text}”: F3 keeps both").format(text=first_line(before))
    match way_of(answer):
        case Way.OFF:
            return _("Only in the talk; F3 copies the words to the task")
        case Way.BOTH:
            return _("Below the earlier next step; F3 replaces that")
        case _ if step.base == "potential":
            return _("Your text is the potential; F3 removes it, or makes a goal or a task")
        case _:
            return _("Your text is the next step; F3 removes it, or makes a goal or a task")


def _frame(flow: TalkFlow, culture: str) -> Iterator[str]:
    """Yield the lines of the opening card: how long, who sees it, what for (R28, R76)."""
    agreement = flow.view.agreement
    minutes = flow.talk.minutes or (agreement.minutes if agreement else None)
    time = _("{minutes} min").format(minutes=minutes) if minutes else ""
    if flow.talk.short:
        time = dotted(_("Short talk"), time)
    place = flow.talk.place or (agreement.place if agreement else "")
    about = dotted(time, place)
    if about:
        yield about
    if agreement is None:
        for line in flow.words.frame:
            yield f"{glyphs('·')} {line}"
        yield _("You have not agreed on expectations yet; Ctrl+O opens a proposal.")
        yield from _culture(flow, culture)
        return
    yield from _time(agreement)
    yield from _culture(flow, culture)
    if agreement.purpose.strip():
        yield _("Purpose: {text}").format(text=_flat(agreement.purpose))
    if agreement.confidentiality.strip():
        yield _("Who sees it: {text}").format(text=_flat(agreement.confidentiality))
    yield _("What you both say is noted down here in key words; the mentee may always see it.")


def _time(agreement: Agreement) -> Iterator[str]:
    """Yield the time agreed on for each week, and when the manager confirmed it."""
    said = [
        _("mentee {time}").format(time=agreement.hours_mentee) if agreement.hours_mentee else "",
        _("mentor {time}").format(time=agreement.hours_mentor) if agreement.hours_mentor else "",
    ]
    if any(said):
        text = dotted(*said)
        yield _("Time agreed: {text}").format(text=text)
    if agreement.manager_confirmed_on:
        date = show_date(agreement.manager_confirmed_on)
        yield _("The manager confirmed time and ground rules on {date}").format(date=date)


def _culture(flow: TalkFlow, culture: str) -> Iterator[str]:
    """Yield how the sparring culture begins, or when it was gone through, once it was (R42)."""
    seen = flow.view.mentee.culture_seen_on
    if seen:
        yield _("Our sparring culture was gone through on {date} (Ctrl+O)").format(
            date=show_date(seen)
        )
    elif culture:
        first = culture.partition(". ")[0].rstrip(".")
        yield _("Our sparring culture (Ctrl+O): {text}").format(text=f"{first}.")


def _flat(text: str) -> str:
    return " ".join(text.split())


def key_of(step: FlowStep, field: str, side: str) -> str:
    """Return the key of a text. `field` is that of a step whose fields are answers, else ""."""
    return f"{step.key}|{field}|{side}"


def split_key(key: str) -> tuple[str, str, str]:
    """Return the key of the step, the field and the side that `key_of` was given."""
    step_key, field, side = key.split("|")
    return step_key, field, side


def fields_of(flow: TalkFlow, step: FlowStep) -> list[WordField]:
    """Return the texts of a step with their labels, which say where a text is private."""
    answers = flow.answers
    if step.base == "understand":
        return [
            WordField(
                key_of(step, field.key, MENTEE),
                field.text,
                _text(answers.get(f"{step.key}:{field.key}"), MENTEE),
            )
            for field in step.words.fields
        ]
    answer = answers.get(step.key)
    labels = {MENTEE: _("Mentee's words"), MENTOR: _("Mentor's words")}
    if step.base == "close":
        labels[MENTOR] = _("What I learned as mentor (not in the summary)")
    if not flow.may_see_words(step, Reader.SHARED):
        dot, word = glyphs(" · "), _("private")
        labels = {side: f"{label}{dot}{word}" for side, label in labels.items()}
    return [
        WordField(
            key_of(step, "", side),
            labels[side],
            _text(answer, side),
            step.words.opening if side == MENTOR else "",
        )
        for side in (MENTEE, MENTOR)
    ]


def _text(answer: Answer | None, side: str) -> str:
    return "" if answer is None else str(getattr(answer, side))


def rail_title(flow: TalkFlow, step: FlowStep) -> str:
    """Return the title of a step on the rail; question 3 bears the name of its task."""
    task = flow.view.task(step.task_id) if step.base == "skills" else None
    return first_line(task.title) if task else step.title


def named_step(spoken: Spoken, place: str, title: str, label: str, card: Card) -> Spoken:
    """Return what is said of a step: where one is in it, and its question once one comes there.

    Args:
        spoken: What the text or the list with the focus says.
        place: Which step it is, and of how many.
        title: The title of the step.
        label: Whose words are written; "" on a list.
        card: The question, and what stands below it.
    """
    step = f"{place}: {title}"
    if not label:
        return replace(spoken, heading=step)
    # Of a long card only how it begins is said unasked: F5 has all of it.
    more = " ".join(map(_flat, card.notes if len(card.notes) <= FEW else card.notes[:1]))
    above = tuple(filter(None, (card.question, more)))
    return replace(spoken, line=f"{label} · {step}", above=above)
