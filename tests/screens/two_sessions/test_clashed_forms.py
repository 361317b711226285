"""What a dead session had typed, and newer words kept from its field, is put in from `!`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.i18n import _
from data.method.talk.wellbeing import ITEMS, WORDS, item_text, word_text
from data.records import (
    Answer,
    Mentee,
    Person,
    Record,
    Talk,
    Task,
)
from screens.actions.screen import ActionsScreen
from screens.conflicts.screen import ConflictsScreen
from screens.people.screen import PeopleScreen
from tests.screens.conftest import screen_text
from tests.screens.two_sessions.dead import days_later, session
from tests.screens.two_sessions.opening import (
    Open,
    Records,
    Typed,
    at_home,
    in_grid,
    in_plan,
    in_talk,
    in_talks,
    on_role,
)
from tests.screens.two_sessions.world import (
    Keys,
    conflicts,
    fill_in,
    form_in,
    now_in,
    save,
    write_elsewhere,
)
from tui.app.app import MentorApp

CLEAR = ("home", *["delete"] * 20)
ITEM = next(iter(ITEMS))
WORD = tuple(WORDS)
BO = Person(name="Bo Ro", contact="lokal 77")


@dataclass(frozen=True, slots=True)
class Clashed:
    """A form that a session dies in, what somebody else writes, and what `!` says and does."""

    open: Open
    record: str
    """What the form is about."""
    key: str
    typed: Typed
    other: Mapping[str, Any]
    """What somebody else writes meanwhile in `of`, or in the record itself."""
    shows: Callable[[], tuple[str, str, str]]
    """What `!` shows: the name of the field, theirs and mine."""
    right: Callable[[Any, MentorApp], bool]
    """Whether the record is right once mine is taken."""
    of: str = ""


def has(kind: type[Record], right: Callable[[Any], bool]) -> Callable[[Any, MentorApp], bool]:
    return lambda record, _app: isinstance(record, kind) and right(record)


def holder_named(attribute: str, name: str) -> Callable[[Any, MentorApp], bool]:
    """Return what says whether the person behind the id in a field has that name."""

    def right(record: Any, app: MentorApp) -> bool:
        person = app.store.get(Person, getattr(record, attribute))
        return person is not None and person.name == name

    return right


def _contacts(app: MentorApp) -> set[str]:
    return {person.contact for person in app.store.all(Person)}


CLASHED = {
    "three words": Clashed(
        in_talk("wellbeing", "", "ctrl+o", "down", "enter"),
        "wellbeing",
        ITEM,
        ("space",),
        {"pulse": {ITEM: WORD[2]}},
        lambda: (item_text(ITEM), word_text(WORD[2]), word_text(WORD[0])),
        has(Answer, lambda answer: answer.pulse == {ITEM: WORD[0]}),
    ),
    "day of a talk": Clashed(
        in_talks("next", "f"),
        "next",
        "day",
        (*CLEAR, *"1-12-2026"),
        {"planned_on": date(2026, 12, 8)},
        lambda: (_("Date"), "08-12-2026", "01-12-2026"),
        has(Talk, lambda talk: talk.planned_on == date(2026, 12, 1)),
    ),
    "time of a talk": Clashed(
        in_talks("next", "f"),
        "next",
        "time",
        (*CLEAR, *"10.30"),
        {"planned_time": "09:00"},
        lambda: (_("Time"), "09:00", "10.30"),
        has(Talk, lambda talk: talk.planned_time == "10:30"),
    ),
    "next talk": Clashed(
        in_talk("close", "", "f"),
        "talk",
        "day",
        (*CLEAR, *"1-12-2026"),
        {"next_on": date(2026, 12, 8)},
        lambda: (_("Date"), "08-12-2026", "01-12-2026"),
        has(Talk, lambda talk: talk.next_on == date(2026, 12, 1)),
    ),
    "person in a role": Clashed(
        on_role("role", "e"),
        "role",
        "person",
        (*CLEAR, *"Ny", "space", *"Mand"),
        {"person_id": BO.id},
        lambda: (_("Person"), "Bo Ro", "Ny Mand"),
        holder_named("person_id", "Ny Mand"),
    ),
    "contact in a role": Clashed(
        on_role("role", "e"),
        "role",
        "contact",
        "34",
        {"contact": "lokal 99"},
        lambda: (_("Contact"), "lokal 99", "lokal 1234"),
        lambda _role, app: "lokal 1234" in _contacts(app),
        of="person",
    ),
    "whom to meet": Clashed(
        in_grid(PeopleScreen, "introduction", "e"),
        "introduction",
        "name",
        (*CLEAR, *"Ny", "space", *"Mand"),
        {"person_id": BO.id},
        lambda: (_("Who"), "Bo Ro", "Ny Mand"),
        holder_named("person_id", "Ny Mand"),
    ),
    "introduced by": Clashed(
        in_grid(PeopleScreen, "introduction", "e"),
        "introduction",
        "by",
        (*CLEAR, *"Karin", "space", *"Juhl"),
        {"by_id": BO.id},
        lambda: (_("Introduced by"), "Bo Ro", "Karin Juhl"),
        holder_named("by_id", "Karin Juhl"),
    ),
    "own columns": Clashed(
        in_plan("c"),
        "mentee",
        "1",
        "Farve",
        {"columns": ("Sag",)},
        lambda: (_("Column {number}").format(number=1), "Sag", "Farve"),
        has(Mentee, lambda mentee: mentee.columns == ("Farve",)),
    ),
    "the mentee's own columns": Clashed(
        at_home("e"),
        "mentee",
        "columns",
        "Farve, Sag",
        {"columns": ("Mette",)},
        lambda: (_("Own plan columns"), "Mette", "Farve, Sag"),
        has(Mentee, lambda mentee: mentee.columns == ("Farve", "Sag")),
    ),
    "somebody new to spar with": Clashed(
        in_plan("e"),
        "task",
        "sparring_with",
        "Ny Mand",
        {"sparring_with": BO.id},
        lambda: (_("Sparring with"), "Bo Ro", "Ny Mand"),
        holder_named("sparring_with", "Ny Mand"),
    ),
    "who has an action": Clashed(
        in_grid(ActionsScreen, "action", "e"),
        "action",
        "who",
        "Ny Mand",
        {"who": BO.id},
        lambda: (_("Who"), "Bo Ro", "Ny Mand"),
        holder_named("who", "Ny Mand"),
    ),
}


async def leave_a_clash(path: Path, records: Records, case: Clashed) -> None:
    """Die in the form, and let somebody else write there."""
    async with session(path) as (app, pilot):
        await case.open(app, pilot, records)
        await fill_in(app, pilot, case.key, case.typed)
    write_elsewhere(path, BO)
    write_elsewhere(path, records[case.of or case.record], **case.other)


async def shown(app: MentorApp, pilot: Keys) -> str:
    await app.push_screen(ConflictsScreen(app.context))
    await pilot.pause()
    return screen_text(app)


@pytest.mark.parametrize("case", CLASHED.values(), ids=CLASHED)
async def test_mine_is_put_in_as_the_form_does(path: Path, records: Records, case: Clashed) -> None:
    await leave_a_clash(path, records, case)
    async with session(path) as (app, pilot):
        await case.open(app, pilot, records)
        await save(app, pilot)
        assert len(conflicts(app.store)) == 1
        said = await shown(app, pilot)
        for words in case.shows():
            assert words in said
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert conflicts(app.store) == [], screen_text(app)
        assert case.right(now_in(app.store, records[case.record]), app)


async def test_what_cannot_be_put_in_is_told_and_stays(path: Path, records: Records) -> None:
    """The day has passed when it is taken."""
    case = CLASHED["next talk"]
    await leave_a_clash(path, records, case)
    async with session(path) as (app, pilot):
        await case.open(app, pilot, records)
        await save(app, pilot)
    days_later(12)
    async with session(path) as (app, pilot):
        await shown(app, pilot)
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert _("The date of the next talk has passed.") in screen_text(app)
        assert len(conflicts(app.store)) == 1


async def test_two_dead_sessions_made_two_new_tasks(path: Path, records: Records) -> None:
    for title in ("Partshøring", "Besøg"):
        async with session(path) as (app, pilot):
            await in_plan("a")(app, pilot, records)
            form = form_in(app)
            form.inputs["title"].focus()
            await pilot.press(*CLEAR)
            await fill_in(app, pilot, "title", title)
    async with session(path) as (app, pilot):
        for title in ("Partshøring", "Besøg"):
            await in_plan("a")(app, pilot, records)
            assert form_in(app).texts()["title"] == title
            await save(app, pilot)
        assert conflicts(app.store) == []
        titles = {task.title for task in app.store.all(Task)}
        assert {"Partshøring", "Besøg"} <= titles


async def test_two_dead_sessions_left_one_form(path: Path, records: Records) -> None:
    """Both said how a step went; the form takes one, and the other is kept in words."""
    async with session(path) as one, session(path) as other:
        for (app, pilot), day in ((one, "20-11-2026"), (other, "21-11-2026")):
            await in_plan("s")(app, pilot, records)
            await fill_in(app, pilot, "on", tuple(day))
    async with session(path) as (app, pilot):
        await in_plan("s")(app, pilot, records)
        assert form_in(app).texts()["on"] == "20-11-2026"
        await save(app, pilot)
        (kept,) = conflicts(app.store)
        said = await shown(app, pilot)
        for words in (f"{_('Task')}: {_('Date')}", "20-11-2026", "21-11-2026"):
            assert words in said
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert _("It cannot be inserted automatically; copy the text from here") in screen_text(app)
        assert conflicts(app.store) == [kept]
