"""The forms in which a held talk is corrected: its words, and when it was (R51)."""

from __future__ import annotations

from collections.abc import Mapping

from data.clock import today
from data.dates import show_date
from data.durations import parse_duration
from data.i18n import _
from data.method.talk.correct import When, begun_at, correct_answer, correct_when, when_problem
from data.method.talk.rhythm import minutes_spent
from data.method.view import MenteeView, held_on
from data.method.visibility import stays_private
from data.records import Answer, Mentee, Talk
from data.store.change import Change
from data.text import line, lines
from data.typed_dates import parse_time
from screens.dialogs.edit_record import Form
from screens.dialogs.form import Field, Filled, yes_no
from screens.frame.entries import dates_from

# -- the words ------------------------------------------------------------------------------------


def words_form(answer: Answer, *, may_hide: bool = True) -> Form:
    """Return the form of an answer: the words of both voices, examples, and who may see it.

    `may_hide` says whether the answer may be made private, or shared, by this user.
    """
    fields = [
        Field("mentee", _("Mentee's words"), answer.mentee, "lines"),
        Field("mentor", _("Mentor's words"), answer.mentor, "lines"),
    ]
    if answer.examples:
        text = "\n".join(answer.examples)
        fields.append(Field("examples", _("Examples, one on each line"), text, "lines"))
    if may_hide and not stays_private(answer):
        fields.append(yes_no("private", _("Private"), answer.private))
    first = "mentee" if answer.mentee or not answer.mentor else "mentor"
    return Form("words", _("Correct the words"), fields, first=first)


def word_changes(view: MenteeView, answer: Answer, texts: Filled) -> list[Change]:
    """Return the changes that the form calls for."""
    values = texts.read(mentee=lines, mentor=lines, examples=_examples, private=bool)
    return [correct_answer(view, answer, today(), **values)]


def _examples(text: str) -> tuple[str, ...]:
    found = (line(one) for one in text.split("\n"))
    return tuple(dict.fromkeys(one for one in found if one))


# -- when it was ----------------------------------------------------------------------------------


def when_form(talk: Talk, mentee: Mentee) -> Form:
    """Return the form of when and where a held talk was, and how long it took."""
    dates, took = dates_from(mentee.start).done, minutes_spent(talk)
    fields = [
        Field("day", _("Date"), show_date(held_on(talk)), check=dates.check),
        Field("time", _("Time"), begun_at(talk), check=parse_time),
        Field("minutes", _("Minutes"), "" if took is None else str(took), check=_minutes_check),
        Field("place", _("Place"), talk.place),
    ]

    def problem(texts: Mapping[str, str]) -> str:
        time, minutes = parse_time(texts["time"]), _minutes(texts["minutes"])
        return when_problem(dates.read(texts["day"]), time, minutes, today())

    title = _("When was talk {number}?").format(number=talk.number)
    return Form("held", title, fields, problem)


def _minutes(text: str) -> int | None:
    """Return how many minutes a text means: a number alone is minutes."""
    bare = text.strip()
    return int(bare) if bare.isdecimal() and len(bare) < 5 else parse_duration(text)


def _minutes_check(text: str) -> str:
    minutes = _minutes(text)
    return "" if minutes is None else _("{minutes} min").format(minutes=minutes)


def when_changes(talk: Talk, mentee: Mentee, texts: Filled) -> list[Change]:
    """Return the changes that the form calls for."""
    day = dates_from(mentee.start).done.read(texts["day"])
    if day is None:
        return []
    minutes, place = _minutes(texts["minutes"]), line(texts["place"])
    return [correct_when(talk, When(day, parse_time(texts["time"]), minutes, place), today())]
