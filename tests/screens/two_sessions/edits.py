"""The forms that edit a record, and what two sessions do with each of them at once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from data.method.talk.wellbeing import ITEMS, WORDS
from data.records import (
    ActionState,
    Part,
    Priority,
    QualityCheck,
    Step,
    Task,
)
from screens.actions.screen import ActionsScreen
from screens.documents.status import StatusScreen
from screens.library.questions import QuestionsScreen
from screens.library.tips import TipsScreen
from screens.mentee.expectations import ExpectationsScreen
from screens.needs.screen import NeedsScreen
from screens.overview.screen import OverviewScreen
from screens.people.screen import PeopleScreen
from screens.roles.screen import RolesScreen
from tests.screens.two_sessions.opening import (
    Edit,
    at_home,
    in_grid,
    in_held_talk,
    in_library,
    in_note,
    in_plan,
    in_talk,
    in_talks,
    of_mentee,
    on_role,
)
from tests.screens.two_sessions.world import with_a_held_talk

FIRST, SECOND, THIRD = date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)
DAYS = (tuple("1-12-2026"), tuple("15-12-2026"))
ITEM = next(iter(ITEMS))
WORD = tuple(WORDS)


def both(*texts: str) -> Any:
    """Return what says whether all of these stand in a text."""
    return lambda value: all(text in value for text in texts)


def notes(*texts: str) -> Any:
    """Return what says whether a task's quality checks are those with these notes."""
    return lambda checks: {check.note for check in checks} == {*texts}


def checked_too(task: Task) -> tuple[QualityCheck, ...]:
    return (*task.checks, QualityCheck(on=FIRST, note="mettes"))


EDITS = [
    Edit(
        "mentee", at_home("e"), "mentee", "team", "team", "x", "xy",
        other={"title": "Socialrådgiver", "columns": ("Farve",)}, same="Team Vest",
    ),
    Edit(
        "mentee", of_mentee(OverviewScreen, "e"), "mentee", "ends", "ends",
        FIRST, "2026-12-15", other={"title": "Ergoterapeut"}, same=SECOND, types=DAYS,
        answers=("escape",),  # the talk after the new end stays where it is
    ),
    Edit(
        "expectations", of_mentee(ExpectationsScreen, "e"), "expectations",
        "place", "place", "Kontoretx", "Kontoretxy",
        other={"purpose": "Ro og mod", "review_on": FIRST}, same="Biblioteket",
    ),
    Edit(
        "expectations", of_mentee(ExpectationsScreen, "e"), "expectations",
        "purpose", "purpose", "Tryghedx", "", other={"place": "Stuen", "minutes": 45},
        same="Ro. Tryghedx", holds=both("Ro. ", "Tryghedxy"),
    ),
    Edit(
        "wishes", of_mentee(StatusScreen, "e"), "mentee", "manager_wishes", "manager_wishes",
        "x", "", other={"team": "Team Vest"}, same="Fast plads. x",
        holds=both("Fast plads. ", "xy"),
    ),
    Edit(
        "need", in_grid(NeedsScreen, "need", "e"), "need", "area", "area",
        "Notaterx", "Notaterxy", other={"need": "klarere", "priority": Priority.HIGH},
        same="Journaler",
    ),
    Edit(
        "mentee_view", in_grid(NeedsScreen, "need", "i"), "need", "mentee_view",
        "mentee_view", "x", "", other={"mentor_view": "For lange", "area": "Noter"},
        same="Korte. x", holds=both("Korte. ", "xy"),
    ),
    Edit(
        "mentor_view", in_grid(NeedsScreen, "need", "I"), "need", "mentor_view",
        "mentor_view", "x", "", other={"mentee_view": "For lange"},
        same="Korte. x", holds=both("Korte. ", "xy"),
    ),
    Edit(
        "knowledge", in_grid(NeedsScreen, "knowledge", "e"), "knowledge", "title",
        "title", "Barnets lovx", "Barnets lovxy", other={"used_on": FIRST}, same="Serviceloven",
    ),
    Edit(
        "duty", in_grid(RolesScreen, "duty", "e"), "duty", "text", "text",
        "Vise rundtx", "Vise rundtxy", other={"done_on": FIRST, "parts": {"1": Part.MAIN}},
        same="Vise kantinen",
    ),
    Edit(
        "role", on_role("role", "e"), "role", "relation", "relation",
        "samme teamx", "samme teamxy", other={"ask_about": "Økonomi"}, same="andet team",
    ),
    Edit(
        "role", on_role("role", "e"), "person", "contact", "contact",
        "lokal 12x", "lokal 12xy", other={"knows": "Økonomi", "name": "Karin Holm"},
        same="lokal 99",
    ),
    Edit(
        "role", on_role("own role", "e"), "own role", "name", "name",
        "Vejviserx", "Vejviserxy", other={"relation": "nabo"}, same="Fadder",
    ),
    Edit(
        "introduction", in_grid(PeopleScreen, "introduction", "e"), "introduction",
        "about", "about", "Økonomix", "Økonomixy", other={"planned_on": FIRST}, same="Jura",
    ),
    Edit(
        "introduction", in_grid(PeopleScreen, "introduction", "e"), "person", "knows",
        "knows", "x", "xy", other={"contact": "lokal 7", "name": "Karin Holm"}, same="Jura",
    ),
    Edit(
        "action", in_grid(ActionsScreen, "action", "e"), "action", "what", "what",
        "Ringe til skolenx", "Ringe til skolenxy",
        other={"due": FIRST, "state": ActionState.DONE}, same="Skrive",
    ),
    Edit(
        "duty", in_grid(ActionsScreen, "system", "e"), "system", "text", "text",
        "DUBUx", "DUBUxy", other={"access_on": FIRST}, same="SAPA",
    ),
    Edit(
        "doubt", in_grid(ActionsScreen, "doubt", "e"), "doubt", "answered_on",
        "answered_on", FIRST, "2026-12-15", other={"text": "Hvem?"}, same=SECOND, types=DAYS,
    ),
    Edit(
        "question",
        in_library(QuestionsScreen, "question", "e"), "question", "text", "text",
        "Hvad undrer dig?x", "Hvad undrer dig?xy",
        other={"set_name": "teamets", "active": False}, same="Hvad savner du?",
    ),
    Edit(
        "tip", in_library(TipsScreen, "tip", "e"),
        "tip", "task_type", "task_type", "Samtalex", "Samtalexy",
        other={"text": "Tegn og leg"}, same="Besøg",
    ),
    Edit(
        "task", in_plan("e"), "task", "title", "title", "Underretningx",
        "Underretningxy", other={"sparring_on": FIRST, "next_step": "Ringe"}, same="Partshøring",
    ),
    Edit(
        "step", in_plan("s"), "task", "step", "step", Step.OBSERVES, "together",
        other={"title": "Partshøring", "type": "Besøg"}, same=Step.COACHED, types=((), ()),
        says_something_new=True,
    ),
    Edit(
        "check", in_plan("q"), "task", "checks", "note", notes("x"), "",
        other={"title": "Partshøring"}, same=checked_too, holds=notes("x", "mettes", "y"),
        says_something_new=True,
    ),
    Edit(
        "plan_agreed", in_plan("f9", "M", "H"), "mentee",
        "plan_agreed_on", "on", FIRST, "2026-12-15", other={"team": "Nord"}, same=SECOND,
        types=DAYS,
        says_something_new=True,
    ),
    Edit(
        "updated_together", in_talk("plan", "", "f9"), "mentee",
        "plan_agreed_initials", "initials", "MH", "MK", other={"team": "Nord"}, same="M.H.",
        types=("MH", "MK"), says_something_new=True,
    ),
    Edit(
        "held", in_held_talk("", "e"), "held", "place", "place", "Kantinenx", "Kantinenxy",
        other={"minutes": 45}, same="Biblioteket", world=with_a_held_talk,
    ),
    Edit(
        "words", in_held_talk("said", "e"), "said", "mentee", "mentee", "Rox", "",
        other={"mentor": "Godt set"}, same="Ja. Rox", holds=both("Ja. ", "Roxy"),
        world=with_a_held_talk,
    ),
    Edit(
        "note_day", in_note("doubt", "ctrl+g"), "doubt", "at", "day",
        lambda at: at.date() == date(2026, 11, 20), "2026-11-18T08:05:00+00:00",
        other={"text": "Hvem?"},
        same=datetime(2026, 11, 19, 8, 5, tzinfo=UTC),
        types=(tuple("20-11-2026"), tuple("18-11-2026")), says_something_new=True,
    ),
    Edit(
        "own_columns", in_plan("c"), "mentee", "columns",
        "1", ("x",), "", other={"team": "Nord"}, same=("Sag",),
        holds=lambda columns: {*columns} == {"Sag", "xy"},
    ),
    Edit(
        "move", in_talks("next", "f"), "next", "planned_on", "day", FIRST,
        "2026-12-15", other={"minutes": 45}, same=SECOND, types=DAYS,
    ),
    Edit(
        "postpone", in_talks("next", "p"), "next", "planned_on", "day", FIRST,
        "2026-12-15", other={"minutes": 45}, same=SECOND, types=DAYS,
        says_something_new=True,
    ),
    Edit(
        "action", in_talk("close", "action:action", "enter"), "action", "what",
        "what", "Ringe til skolenx", "Ringe til skolenxy", other={"due": FIRST}, same="Skrive",
    ),
    Edit(
        "next_talk", in_talk("close", "", "f"), "talk", "next_on", "day",
        FIRST, "2026-12-15", other={"minutes": 45}, same=SECOND, types=DAYS,
        says_something_new=True,
    ),
    Edit(
        "intent", in_talk("sort", "intent:intent", "i"),
        "intent", "act", "act", "ventex", "ventexy", other={"tried": "yes"}, same="spørge",
    ),
    Edit(
        "three_words", in_talk("wellbeing", "", "ctrl+o", "down", "enter"),
        "wellbeing", "pulse", ITEM,
        {ITEM: WORD[0]}, WORD[1], other={"examples": ("Ro",)}, same={ITEM: WORD[2]},
        types=(("space",), ("space",)),
    ),
]  # fmt: skip
