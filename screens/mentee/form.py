"""Add and edit a mentee. The home screen and the overview use these functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from data.clock import today
from data.dates import DateProblem, show_date
from data.i18n import _, language, ngettext
from data.library import duties, rhythm, rhythms
from data.method.mentorship.closing import period_problem
from data.method.mentorship.names import clean_name, name_problem
from data.method.mentorship.roles import new_mentee_records
from data.method.mentorship.start import proposed_end, start_doubt
from data.method.talk.own_rhythm import own_rhythms
from data.method.talk.rhythm import Rescheduling, is_past_end, moves_text
from data.method.words import word
from data.queries.edit_mentee import edit_mentee as edit_of
from data.queries.mentees import is_there_already
from data.queries.own_person import own_person
from data.queries.persons import person_id
from data.queries.views import mentee_view
from data.records import CourseState, Mentee
from data.store.change import Change
from data.store.store import Store
from screens.dialogs.ask import AskDialog
from screens.dialogs.ask_again import asking
from screens.dialogs.edit_record import Form, LiveTexts, create_records, edit_records
from screens.dialogs.form import Field, Filled, yes_no
from screens.frame.base import BaseScreen
from screens.frame.entries import Dates, dates_from, person_check, person_suggest
from screens.mentee.ending import after_new_end
from widgets.grid import Choice

_START: Final = dates_from(None).either
"""Checks the first day at work. Other dates may be counted from that day; it cannot itself."""


async def add_mentee(screen: BaseScreen[Any]) -> str:
    """Ask for a new mentee, and add it with its roles, duties and talks. Call it from a worker.

    Returns:
        The id of the mentee; "" if the user gave it up.
    """
    store = screen.store
    mentor, making_mentor = own_person(store)
    new, live = Mentee(name=""), LiveTexts()
    mentor_field = replace(_mentor_field(store, mentor.name), proposed=True)
    fields = [*_first_fields(new), mentor_field, *_last_fields(new, live, new=True)]

    def new_records(texts: Filled) -> list[Change]:
        if texts["mentor"].strip() == mentor.name:
            mentor_id, making = mentor.id, making_mentor
        else:
            mentor_id, making = person_id(store, texts["mentor"])
        mentee = _filled(new, texts)
        return [*making, *new_mentee_records(mentee, mentor_id, duties(language()), today())]

    def what(texts: Filled) -> str:
        return _("new mentee: {name}").format(name=clean_name(texts["name"]))

    def doubt(texts: Mapping[str, str]) -> str:
        there = is_there_already(store, clean_name(texts["name"]))
        return " ".join(filter(None, (there, _doubt(texts))))

    form = Form("mentee", _("New mentee"), fields, asking(doubt, _problem), live=live)
    return new.id if await create_records(screen, new, form, new_records, what) else ""


def welcome(mentee: Mentee) -> str:
    """Return one line that says what to do next with a new mentee."""
    text = _("{name} added. Next: 4 assign roles, 2 start the plan, t first talk.")
    return text.format(name=mentee.name)


async def edit_mentee(screen: BaseScreen[Any], mentee_id: str) -> None:
    """Edit the mentee's fields with a form. Call it from a worker.

    If another start or rhythm moves talks, it asks first, and says which.
    """
    seen = screen.context.mentee(mentee_id)
    if seen is None:
        return
    live = LiveTexts()
    fields = [*_first_fields(seen), *_last_fields(seen, live)]
    if seen.state is not CourseState.CLOSED:
        fields += _state_fields(seen, live)
    moves = True

    async def changes(texts: Filled) -> Sequence[Change]:
        nonlocal moves
        edit = edit_of(screen.store, seen, _filled(seen, texts), today())
        moves = not edit.moved or await _may_move(screen, edit)
        if not moves:
            after = replace(_filled(seen, texts), start=seen.start, rhythm=seen.rhythm)
            edit = edit_of(screen.store, seen, after, today())
        edit = await after_new_end(screen, seen, edit)
        return edit.changes

    what = _("edit {name}").format(name=seen.name)

    def doubt(texts: Mapping[str, str]) -> str:
        return "" if _START.read(texts["start"]) == seen.start else _doubt(texts)

    form = Form("mentee", seen.name, fields, asking(doubt, _problem), live=live)
    if not await edit_records(screen, seen, form, changes, what):
        return
    if moves:
        _say_saved(screen, mentee_id)
    else:
        screen.say(_("Talks, start date and rhythm unchanged; the rest is saved"))


async def _may_move(screen: BaseScreen[Any], edit: Rescheduling) -> bool:
    number = len(edit.moved)
    title = ngettext("This moves {number} talk", "This moves {number} talks", number)
    dialog = AskDialog(title.format(number=number), moves_text(edit.moved))
    answer = await screen.app.push_screen_wait(dialog)
    return answer is True


def _say_saved(screen: BaseScreen[Any], mentee_id: str) -> None:
    """Say that the mentee is saved, and which talks are after the end of the period."""
    mentee = screen.context.mentee(mentee_id)
    if mentee is None:
        return
    view = mentee_view(screen.store, mentee)
    after = [t for t in view.to_come if t.planned_on and is_past_end(mentee, t.planned_on)]
    if after:
        text = ngettext(
            "Saved. {number} talk falls after the end date: {days}",
            "Saved. {number} talks fall after the end date: {days}",
            len(after),
        )
        days = ", ".join(show_date(talk.planned_on) for talk in after[:3])
        more = " …" if len(after) > 3 else ""
        screen.say(text.format(number=len(after), days=days + more))
    else:
        screen.say(_("{name} saved").format(name=mentee.name))


# -- the fields -----------------------------------------------------------------------------------


def _first_fields(mentee: Mentee) -> list[Field]:
    return [
        Field("name", _("Name"), mentee.name, required=_("A mentee needs a name")),
        Field(
            "start",
            _("First day at work"),
            show_date(mentee.start),
            check=_START.check,
            hint=_("1/8, Monday, +2w, week 32"),
        ),
        yes_no("newly_qualified", _("Newly qualified"), mentee.newly_qualified),
        Field("title", _("Job title"), mentee.title),
        Field("team", _("Team"), mentee.team),
    ]


def _mentor_field(store: Store, name: str) -> Field:
    return Field(
        "mentor",
        _("Mentor"),
        name,
        check=person_check(store),
        suggest=person_suggest(store),
    )


def _last_fields(mentee: Mentee, live: LiveTexts, *, new: bool = False) -> list[Field]:
    dates = Dates(lambda: _start_in(live.read()))
    own = [rhythm(key) for key in own_rhythms([mentee.rhythm])]
    known = (*rhythms(), *own)
    rhythm_choices = tuple(Choice(one.key, one.title(language())) for one in known)
    return [
        Field("rhythm", _("Rhythm of talks"), mentee.rhythm, "choice", rhythm_choices),
        _ends_field(mentee, dates, live, new=new),
        Field(
            "columns",
            _("Own plan columns"),
            ", ".join(mentee.columns),
            hint=_("separated by commas"),
        ),
    ]


def _ends_field(mentee: Mentee, dates: Dates, live: LiveTexts, *, new: bool) -> Field:
    """Return the field of the period's end; for a `new` mentee it says what an empty one means."""

    def check(text: str) -> str:
        texts = live.read()
        end = proposed_end(_start_in(texts), texts.get("rhythm", ""))
        if text.strip() or end is None:
            return dates.check(text)
        return _("empty: {date}, with the rhythm of talks").format(date=show_date(end))

    shown = show_date(mentee.ends)
    if new:
        hint = _("empty: as the rhythm of talks")
        return Field("ends", _("Ends on"), shown, check=check, hint=hint)
    hint = _("for example 1/2; optional")
    return Field("ends", _("Ends on"), shown, check=dates.check, hint=hint)


def _state_fields(mentee: Mentee, live: LiveTexts) -> list[Field]:
    states = (CourseState.ACTIVE, CourseState.PAUSED)
    choices = tuple(Choice(state, word(state)) for state in states)
    return [
        Field("state", _("Status"), mentee.state, "choice", choices),
        Field(
            "back_on",
            _("Paused until"),
            show_date(mentee.back_on),
            check=Dates(lambda: _start_in(live.read())).check,
            hint=_("the day it resumes, if paused"),
        ),
    ]


def _problem(texts: Mapping[str, str]) -> str:
    start = _START.read(texts["start"])
    ends = dates_from(start).read(texts["ends"])
    return name_problem(clean_name(texts["name"])) or period_problem(start, ends)


def _doubt(texts: Mapping[str, str]) -> str:
    """Return what is odd about the first day at work as it was typed."""
    return start_doubt(_START.read(texts["start"]), today())


def _start_in(texts: Mapping[str, str]) -> date | None:
    """Return the first day at work as it is typed in the form now; None if it is no date."""
    try:
        return _START.read(texts.get("start", ""))
    except DateProblem:
        return None


def _filled(mentee: Mentee, texts: Filled) -> Mentee:
    """Return the mentee with the changed fields of the form, whose checks accepted them."""
    words = texts.read(
        name=clean_name,
        start=_START.read,
        newly_qualified=bool,
        title=clean_name,
        team=clean_name,
        rhythm=str,
        columns=_columns,
        state=CourseState,
    )
    filled: Mentee = replace(mentee, **words)
    read = dates_from(filled.start).read
    filled = replace(filled, **texts.read(ends=read, back_on=read))
    return filled if filled.state is CourseState.PAUSED else replace(filled, back_on=None)


def _columns(text: str) -> tuple[str, ...]:
    names = (clean_name(name) for name in text.split(","))
    return tuple(dict.fromkeys(name for name in names if name))
