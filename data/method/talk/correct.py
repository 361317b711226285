"""A held talk is corrected or reopened; what stood there is kept with it (R51).

A correction is an edit after the talk has ended. What is written while it is under way is none,
unless it was reopened: then what stood in it when that happened is kept as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from data.i18n import _
from data.method.talk.rhythm import minutes_spent
from data.method.view import MenteeView, held_on
from data.method.visibility import is_private
from data.records import Answer, Correction, Talk, TalkState
from data.store.change import Change
from data.text import line

ABOUT: Final = "about"
"""The field of a correction that changed which tasks an answer is about."""
_SIDES: Final = {"mentee": "mentor", "mentor": "mentee"}
"""The two voices, and the other one of each."""
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s+")
_KEPT: Final = ("mentee", "mentor", "examples", "private")
"""Fields of an answer whose earlier values are kept."""


# -- the words of an answer -----------------------------------------------------------------------


def correct_answer(view: MenteeView, answer: Answer, today: date, **fields: Any) -> Change:
    """Return the change that corrects an answer; it keeps what stood there before.

    `fields` are new values of fields of `Answer`. If no value is another one, it is empty. An
    example that is a line of the words is corrected with them.
    """
    after = replace(answer, **fields)
    if "examples" not in fields:
        after = replace(after, examples=_follow_words(answer, after))
    private = is_private(answer)
    made = [
        Correction(on=today, field=name, before=_as_text(getattr(answer, name)), private=private)
        for name in _KEPT
        if getattr(after, name) != getattr(answer, name)
    ]
    if (after.task_id, after.task_ids) != (answer.task_id, answer.task_ids):
        names = ", ".join(task_names(view, answer))
        made.append(Correction(on=today, field=ABOUT, before=names, private=private))
    if not made:
        return Change.edited(answer)
    return Change.between(answer, replace(after, corrections=(*answer.corrections, *made)))


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def _follow_words(before: Answer, after: Answer) -> tuple[str, ...]:
    """Return the examples, those of them corrected that are lines of the words that changed."""
    renamed: dict[str, str] = {}
    for side in _SIDES:
        old, new = getattr(before, side).split("\n"), getattr(after, side).split("\n")
        if len(old) == len(new):
            pairs = ((line(one), line(other)) for one, other in zip(old, new, strict=True))
            renamed |= {one: other for one, other in pairs if one != other and other}
    return tuple(dict.fromkeys(renamed.get(one, one) for one in before.examples))


def task_names(view: MenteeView, answer: Answer) -> list[str]:
    """Return the titles of the tasks that an answer is about, each once."""
    ids = dict.fromkeys((answer.task_id, *answer.task_ids))
    return [task.title for id in ids if (task := view.task(id)) is not None]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text. Each line is at least one of its own."""
    found = (one for row in text.split("\n") for one in _SENTENCE_END.split(row.strip()))
    return [one for one in found if one]


def in_other_voice(
    view: MenteeView, answer: Answer, side: str, sentence: str, today: date
) -> Change:
    """Return the change that makes a sentence of one voice the last of the other.

    `side` is whose words it is among, "mentee" or "mentor"; an empty `sentence` stands for all of
    them. If the sentence is not there, the change is empty.
    """
    other = _SIDES[side]
    text, target = getattr(answer, side), getattr(answer, other).rstrip()
    rest, moved = ("", text.strip()) if not sentence else _without(text, sentence)
    if not moved:
        return Change.edited(answer)
    both = f"{target}\n{moved}" if target else moved
    kept = {side: rest, other: both, "examples": answer.examples}
    return correct_answer(view, answer, today, **kept)


def _without(text: str, sentence: str) -> tuple[str, str]:
    """Return the text without the first such sentence, and the sentence; "" where it is not."""
    rows: list[str] = []
    moved = ""
    for row in text.split("\n"):
        parts = _SENTENCE_END.split(row.strip())
        if not moved and sentence in parts:
            parts.remove(sentence)
            moved = sentence
            rows += [" ".join(parts)] if parts else []
        else:
            rows.append(row)
    return "\n".join(rows).strip("\n"), moved


# -- when it was ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class When:
    """When and where a talk was, and how long it took."""

    day: date
    time: str = ""
    """The time of day when it began, as "14:00"; "" if that is not known."""
    minutes: int | None = None
    """None if that is not known, as it must be without a `time`."""
    place: str = ""


def begun_at(talk: Talk) -> str:
    """Return the time of day when a held talk began, as "14:00"; "" if that is not known."""
    return f"{talk.started_at:%H:%M}" if talk.started_at else ""


def when_problem(day: date | None, time: str, minutes: int | None, today: date) -> str:
    """Return why a held talk cannot have been then, in one sentence, or ""."""
    if day is None:
        return _("Enter the day of the talk")
    if day > today:
        return _("A talk that has been held cannot be in the future")
    if minutes and not time:
        return _("Enter when it started, so that its minutes can be kept")
    return ""


def correct_when(talk: Talk, when: When, today: date) -> Change:
    """Return the change that corrects when a held talk was; it keeps what stood there before."""
    after = replace(talk, place=when.place)
    began, took = (held_on(talk), begun_at(talk)), minutes_spent(talk)
    moved = (when.day, when.time) != began
    if moved or when.minutes != took:
        start = _moment(when.day, when.time) if when.time else None
        end = start + timedelta(minutes=when.minutes or 0) if start else None
        after = replace(after, started_at=start, ended_at=end if when.minutes else None)
        after = after if start else replace(after, planned_on=when.day)
    made = []
    if moved and began[0] is not None:
        before = began[0].isoformat() + (f"T{began[1]}" if began[1] else "")
        made.append(Correction(on=today, field="started_at", before=before))
    if when.minutes != took:
        text = "" if took is None else str(took)
        made.append(Correction(on=today, field="minutes", before=text))
    if when.place != talk.place:
        made.append(Correction(on=today, field="place", before=talk.place))
    return Change.between(talk, replace(after, corrections=(*talk.corrections, *made)))


def _moment(day: date, time: str) -> datetime:
    hour, minute = time.split(":")
    moment = datetime(day.year, day.month, day.day, int(hour), int(minute))  # noqa: DTZ001
    return moment.astimezone()


# -- reopening ------------------------------------------------------------------------------------


def was_reopened(talk: Talk) -> bool:
    """Whether a talk that is under way had ended before."""
    return talk.state is TalkState.RUNNING and talk.ended_at is not None


def reopen_problem(view: MenteeView, talk: Talk) -> str:
    """Return why a talk cannot be reopened now, in one sentence, or ""."""
    if view.running is not None and view.running.id != talk.id:
        text = _("Talk {number} is in progress; end it first (t)")
        return text.format(number=view.running.number)
    return ""


def reopen(view: MenteeView, talk: Talk, now: datetime) -> list[Change]:
    """Return the changes with which a held talk is under way again.

    It keeps its time. Each answer keeps what stood in it, so that the history shows what is changed
    now. The next date is that of the next talk as it is planned by now, so that ending the talk
    again moves no other.
    """
    planned = view.next_talk(now.date())
    next_on = planned.planned_on if planned else talk.next_on
    again = replace(
        talk,
        state=TalkState.RUNNING,
        ended_at=talk.ended_at or talk.started_at or now,
        next_on=next_on,
        no_next=talk.no_next and next_on is None,
    )
    kept = [_with_words(answer, now.date()) for answer in view.answers_of(talk.id)]
    return [Change.between(talk, again), *kept]


def _with_words(answer: Answer, today: date) -> Change:
    """Return the change that keeps the words of an answer as they are now."""
    private = is_private(answer)
    words = [
        Correction(on=today, field=side, before=text, private=private)
        for side in _SIDES
        if (text := getattr(answer, side))
    ]
    return Change.edited(answer, corrections=(*answer.corrections, *words))


# -- the history ----------------------------------------------------------------------------------


def corrections_of(record: Talk | Answer) -> list[Correction]:
    """Return the corrections of a record that changed something, in order.

    When a talk was reopened, words were kept that perhaps stayed as they were; these are left out.
    """
    following = {side: getattr(record, side, "") for side in _SIDES}
    found = []
    for one in reversed(record.corrections):
        if one.before != following.get(one.field):
            found.append(one)
        if one.field in _SIDES:
            following[one.field] = one.before
    return found[::-1]
