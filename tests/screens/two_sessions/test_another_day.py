"""A form or a cell in which a session died is opened again on another day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.clock import today
from data.dates import show_date
from data.i18n import _, set_language
from data.records import Note, Task, Unfinished
from data.store.change import Change
from data.store.opening import open_store
from screens.actions.screen import ActionsScreen
from screens.mentee.expectations import ExpectationsScreen
from tests.screens.conftest import screen_text
from tests.screens.two_sessions.dead import days_later, in_cell, notice, session, unsettled
from tests.screens.two_sessions.opening import (
    Open,
    Records,
    Typed,
    at_home,
    in_grid,
    in_plan,
    in_talk,
    in_talks,
    of_mentee,
)
from tests.screens.two_sessions.world import (
    fill_in,
    form_in,
    now_in,
    save,
    until,
)

TYPED_DAY = ("home", *["delete"] * 12, *"4-12-2026")


@dataclass(frozen=True, slots=True)
class Proposing:
    """A form that proposes a day, and what is typed in it."""

    open: Open
    key: str
    typed: Typed
    day: str
    """Key of the field with the day."""


PROPOSING = {
    "step": Proposing(in_plan("s"), "with", "Bo", "on"),
    "check": Proposing(in_plan("q"), "note", "x", "on"),
    "put off": Proposing(at_home("tab", "p"), "until", TYPED_DAY, "until"),
    "next talk": Proposing(in_talk("close", "", "f"), "day", TYPED_DAY, "day"),
    "new talk": Proposing(in_talks("next", "a"), "time", "10", "day"),
}


@pytest.mark.parametrize("form", PROPOSING.values(), ids=PROPOSING)
async def test_what_is_only_proposed_is_not_newer(
    path: Path, records: Records, form: Proposing
) -> None:
    """Another day proposes another date, which nobody has written."""
    open, key, typed, day = form.open, form.key, form.typed, form.day
    async with session(path) as (app, pilot):
        await open(app, pilot, records)
        await fill_in(app, pilot, key, typed)
        left = form_in(app).texts()
    days_later(1)
    async with session(path) as (app, pilot):
        await open(app, pilot, records)
        assert form_in(app).texts()[key] == left[key]
        assert form_in(app).texts()[day] == left[day]
        assert notice(app) == _("What you were filling in is here again")
        await save(app, pilot)
        assert unsettled(app.store) == []
        assert app.store.all(Unfinished) == []


async def test_the_step_is_logged_on_the_day_that_was_typed(path: Path, records: Records) -> None:
    async with session(path) as (app, pilot):
        await in_plan("s")(app, pilot, records)
        await fill_in(app, pilot, "on", tuple("20-11-2026"))
    days_later(1)
    async with session(path) as (app, pilot):
        await in_plan("s")(app, pilot, records)
        await save(app, pilot)
        there = now_in(app.store, records["task"])
        assert isinstance(there, Task)
        assert [one.on for one in there.step_log] == [date(2026, 11, 20)]


async def test_a_day_that_was_typed_stays_that_day(path: Path, records: Records) -> None:
    """It says "tomorrow", and is read three days later."""
    talk, tomorrow = records["doubt"], today() + timedelta(days=1)
    async with session(path) as (app, pilot):
        await in_grid(ActionsScreen, "doubt", "e")(app, pilot, records)
        await fill_in(app, pilot, "answered_on", ("i", "space", *"morgen"))
        days_later(1)
        await fill_in(app, pilot, "text", "x")
    days_later(2)
    async with session(path) as (app, pilot):
        await in_grid(ActionsScreen, "doubt", "e")(app, pilot, records)
        await save(app, pilot)
        there = now_in(app.store, talk)
        assert isinstance(there, Note)
        assert there.answered_on == tomorrow


async def test_a_day_in_a_cell_stays_that_day(path: Path, records: Records) -> None:
    tomorrow = today() + timedelta(days=1)
    async with session(path) as (app, pilot):
        await in_cell(app, pilot, records, "sparring_on", "i", "space", *"morgen")
    days_later(3)
    async with session(path) as (app, pilot):
        await in_plan()(app, pilot, records)
        await until(pilot, lambda: show_date(tomorrow) in screen_text(app), "the cell")
        await pilot.press("enter")
        await until(pilot, lambda: not app.store.all(Unfinished), "that it is forgotten")
        there = now_in(app.store, records["task"])
        assert isinstance(there, Task)
        assert there.sparring_on == tomorrow


async def test_a_proposal_in_another_language_is_not_newer(path: Path, records: Records) -> None:
    """Nobody has written the proposed expectations, so the Danish ones are gone on with."""
    opened = open_store(path, by="mette", threaded=False)
    opened.store.commit([Change.deleted(now_in(opened.store, records["expectations"]))])
    opened.close()
    async with session(path) as (app, pilot):
        await of_mentee(ExpectationsScreen, "e")(app, pilot, records)
        await fill_in(app, pilot, "place", "x")
        await fill_in(app, pilot, "purpose", "y")
        left = form_in(app).texts()
    set_language("en")
    async with session(path) as (app, pilot):
        await of_mentee(ExpectationsScreen, "e")(app, pilot, records)
        texts = form_in(app).texts()
        assert (texts["place"], texts["purpose"]) == (left["place"], left["purpose"])
        assert notice(app) == "What you were filling in is here again"
