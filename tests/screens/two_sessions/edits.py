"""The forms that edit a record, and what two sessions do with each of them at once."""

from __future__ import annotations

from datetime import date
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
from screens.library.questions import QuestionsScreen
from screens.library.tips import TipsScreen
from screens.mentee.expectations import AgreementScreen
from screens.needs.screen import NeedsScreen
from screens.overview.screen import OverviewScreen
from screens.people.screen import PeopleScreen
from screens.roles.screen import RolesScreen
from tests.screens.two_sessions.opening import (
    Edit,
    at_home,
    in_grid,
    in_library,
    in_plan,
    in_talk,
    in_talks,
    of_mentee,
    on_role,
)

FIRST, SECOND, THIRD = date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)
DAYS = (tuple("1-12-2026"), tuple("15-12-2026"))
PLAN, ROLES = "screens/plan/editor.py:PlanEditor", "screens/roles/screen.py:RolesScreen"
NEEDS, PEOPLE = "screens/needs/screen.py:NeedsScreen", "screens/people/screen.py:PeopleScreen"
TALK, CLOSE = "screens/talk/ask.py:TalkAsks", "screens/talk/close.py:CloseList"
SERIES, MENTEE = "screens/talk/series.py:TalksScreen", "screens/mentee/form.py"
EXPECTATIONS = "screens/mentee/expectations.py:AgreementScreen"
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
        f"{MENTEE}:edit_mentee", at_home("e"), "mentee", "team", "team", "x", "xy",
        other={"title": "Socialrådgiver", "columns": ("Farve",)}, same="Team Vest",
    ),
    Edit(
        f"{MENTEE}:edit_mentee", of_mentee(OverviewScreen, "e"), "mentee", "ends", "ends",
        FIRST, "2026-12-15", other={"title": "Ergoterapeut"}, same=SECOND, types=DAYS,
    ),
    Edit(
        f"{EXPECTATIONS}.action_edit", of_mentee(AgreementScreen, "e"), "expectations",
        "place", "place", "Kontoretx", "Kontoretxy",
        other={"purpose": "Ro og mod", "review_on": FIRST}, same="Biblioteket",
    ),
    Edit(
        f"{EXPECTATIONS}.action_edit", of_mentee(AgreementScreen, "e"), "expectations",
        "purpose", "purpose", "Tryghedx", "", other={"place": "Stuen", "minutes": 45},
        same="Ro. Tryghedx", holds=both("Ro. ", "Tryghedxy"),
    ),
    Edit(
        f"{NEEDS}.action_edit", in_grid(NeedsScreen, "need", "e"), "need", "area", "area",
        "Notaterx", "Notaterxy", other={"need": "klarere", "priority": Priority.HIGH},
        same="Journaler",
    ),
    Edit(
        f"{NEEDS}.action_view", in_grid(NeedsScreen, "need", "m"), "need", "mentee_view",
        "mentee_view", "x", "", other={"mentor_view": "For lange", "area": "Noter"},
        same="Korte. x", holds=both("Korte. ", "xy"),
    ),
    Edit(
        f"{NEEDS}.action_view", in_grid(NeedsScreen, "need", "f"), "need", "mentor_view",
        "mentor_view", "x", "", other={"mentee_view": "For lange"},
        same="Korte. x", holds=both("Korte. ", "xy"),
    ),
    Edit(
        f"{NEEDS}.action_edit", in_grid(NeedsScreen, "knowledge", "e"), "knowledge", "title",
        "title", "Barnets lovx", "Barnets lovxy", other={"used_on": FIRST}, same="Serviceloven",
    ),
    Edit(
        f"{ROLES}.action_edit", in_grid(RolesScreen, "duty", "e"), "duty", "text", "text",
        "Vise rundtx", "Vise rundtxy", other={"done_on": FIRST, "parts": {"1": Part.MAIN}},
        same="Vise kantinen",
    ),
    Edit(
        f"{ROLES}._edit_role", on_role("role", "e"), "role", "relation", "relation",
        "samme teamx", "samme teamxy", other={"ask_about": "Økonomi"}, same="andet team",
    ),
    Edit(
        f"{ROLES}._edit_role", on_role("role", "e"), "person", "contact", "contact",
        "lokal 12x", "lokal 12xy", other={"knows": "Økonomi", "name": "Karin Holm"},
        same="lokal 99",
    ),
    Edit(
        f"{ROLES}._edit_role", on_role("own role", "e"), "own role", "name", "name",
        "Vejviserx", "Vejviserxy", other={"relation": "nabo"}, same="Fadder",
    ),
    Edit(
        f"{PEOPLE}.action_edit", in_grid(PeopleScreen, "introduction", "e"), "introduction",
        "about", "about", "Økonomix", "Økonomixy", other={"planned_on": FIRST}, same="Jura",
    ),
    Edit(
        f"{PEOPLE}.action_edit", in_grid(PeopleScreen, "introduction", "e"), "person", "knows",
        "knows", "x", "xy", other={"contact": "lokal 7", "name": "Karin Holm"}, same="Jura",
    ),
    Edit(
        f"{PEOPLE}.action_edit", in_grid(PeopleScreen, "action", "e"), "action", "what", "what",
        "Ringe til skolenx", "Ringe til skolenxy",
        other={"due": FIRST, "state": ActionState.DONE}, same="Skrive",
    ),
    Edit(
        f"{PEOPLE}.action_edit", in_grid(PeopleScreen, "system", "e"), "system", "text", "text",
        "DUBUx", "DUBUxy", other={"access_on": FIRST}, same="SAPA",
    ),
    Edit(
        f"{PEOPLE}.action_edit", in_grid(PeopleScreen, "doubt", "e"), "doubt", "answered_on",
        "answered_on", FIRST, "2026-12-15", other={"text": "Hvem?"}, same=SECOND, types=DAYS,
    ),
    Edit(
        "screens/library/questions.py:QuestionsScreen.action_edit",
        in_library(QuestionsScreen, "question", "e"), "question", "text", "text",
        "Hvad undrer dig?x", "Hvad undrer dig?xy",
        other={"set_name": "teamets", "active": False}, same="Hvad savner du?",
    ),
    Edit(
        "screens/library/tips.py:TipsScreen.action_edit", in_library(TipsScreen, "tip", "e"),
        "tip", "task_type", "task_type", "Samtalex", "Samtalexy",
        other={"text": "Tegn og leg"}, same="Besøg",
    ),
    Edit(
        f"{PLAN}.action_edit_all", in_plan("e"), "task", "title", "title", "Underretningx",
        "Underretningxy", other={"sparring_on": FIRST, "next_step": "Ringe"}, same="Partshøring",
    ),
    Edit(
        f"{PLAN}.action_step", in_plan("s"), "task", "step", "step", Step.OBSERVES, "together",
        other={"title": "Partshøring", "type": "Besøg"}, same=Step.COACHED, types=((), ()),
        says_something_new=True,
    ),
    Edit(
        f"{PLAN}.action_check", in_plan("c"), "task", "checks", "note", notes("x"), "",
        other={"title": "Partshøring"}, same=checked_too, holds=notes("x", "mettes", "y"),
        says_something_new=True,
    ),
    Edit(
        "screens/plan/screen.py:PlanScreen.action_agree", in_plan("o"), "mentee",
        "plan_agreed_on", "on", FIRST, "2026-12-15", other={"team": "Nord"}, same=SECOND,
        types=DAYS,
        says_something_new=True,
    ),
    Edit(
        "screens/plan/screen.py:PlanScreen.action_columns", in_plan("w"), "mentee", "columns",
        "1", ("x",), "", other={"team": "Nord"}, same=("Sag",),
        holds=lambda columns: {*columns} == {"Sag", "xy"},
    ),
    Edit(
        f"{SERIES}.action_move", in_talks("next", "m"), "next", "planned_on", "day", FIRST,
        "2026-12-15", other={"minutes": 45}, same=SECOND, types=DAYS,
    ),
    Edit(
        f"{SERIES}.action_postpone", in_talks("next", "p"), "next", "planned_on", "day", FIRST,
        "2026-12-15", other={"minutes": 45}, same=SECOND, types=DAYS,
        says_something_new=True,
    ),
    Edit(
        f"{CLOSE}._edit_action", in_talk("close", "action:action", "enter"), "action", "what",
        "what", "Ringe til skolenx", "Ringe til skolenxy", other={"due": FIRST}, same="Skrive",
    ),
    Edit(
        "screens/talk/close.py:ask_next", in_talk("close", "", "d"), "talk", "next_on", "day",
        FIRST, "2026-12-15", other={"minutes": 45}, same=SECOND, types=DAYS,
        says_something_new=True,
    ),
    Edit(
        "screens/talk/sort.py:SortList.action_if_then", in_talk("sort", "intent:intent", "i"),
        "intent", "act", "act", "ventex", "ventexy", other={"tried": "yes"}, same="spørge",
    ),
    Edit(
        f"{TALK}.action_pulse", in_talk("wellbeing", "", "f9"), "wellbeing", "pulse", ITEM,
        {ITEM: WORD[0]}, WORD[1], other={"examples": ("Ro",)}, same={ITEM: WORD[2]},
        types=(("space",), ("space",)),
    ),
]  # fmt: skip
