"""The forms that make a record, and what another session makes of the same kind meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from data.clock import now
from data.records import (
    Action,
    Answer,
    Duty,
    DutyKind,
    Goal,
    Intent,
    Introduction,
    Knowledge,
    Mentee,
    Need,
    Note,
    NoteKind,
    Question,
    Record,
    Role,
    RoleKind,
    Talk,
    Task,
    Tip,
)
from screens.actions.screen import ActionsScreen
from screens.library.questions import QuestionsScreen
from screens.library.tips import TipsScreen
from screens.needs.screen import NeedsScreen
from screens.people.screen import PeopleScreen
from screens.roles.screen import RolesScreen
from tests.screens.two_sessions.opening import (
    Create,
    at_home,
    in_a_note,
    in_grid,
    in_library,
    in_plan,
    in_talk,
    in_talks,
    on_role,
)

Records = Mapping[str, Record]


def a_mentee(_records: Records) -> Record:
    return Mentee(name="Nadia Skov")


def a_need(records: Records) -> Record:
    return Need(mentee_id=records["mentee"].id, area="Møder")


def knowledge(records: Records) -> Record:
    return Knowledge(mentee_id=records["mentee"].id, title="Serviceloven")


def a_duty(records: Records) -> Record:
    return Duty(mentee_id=records["mentee"].id, text="Hilse på", order=3.0)


def a_role(records: Records) -> Record:
    return Role(mentee_id=records["mentee"].id, kind=RoleKind.OWN, name="Fadder", order=9.0)


def an_introduction(records: Records) -> Record:
    return Introduction(mentee_id=records["mentee"].id, person_id=records["person"].id)


def an_action(records: Records) -> Record:
    return Action(mentee_id=records["mentee"].id, what="Skrive", talk_id=records["talk"].id)


def a_system(records: Records) -> Record:
    return Duty(mentee_id=records["mentee"].id, text="SAPA", kind=DutyKind.SYSTEM, order=3.0)


def a_doubt(records: Records) -> Record:
    return Note(mentee_id=records["mentee"].id, kind=NoteKind.DOUBT, text="Hvornår?", at=now())


def a_question(_records: Records) -> Record:
    return Question(text="Hvad savner du?", order=1.0)


def a_tip(_records: Records) -> Record:
    return Tip(text="Spørg barnet først", task_type="Samtale")


def a_task(records: Records) -> Record:
    return Task(mentee_id=records["mentee"].id, title="Partshøring", order=2.0)


def a_goal(records: Records) -> Record:
    return Goal(mentee_id=records["mentee"].id, task_id=records["task"].id, text="Kan høre")


def a_talk(records: Records) -> Record:
    return Talk(mentee_id=records["mentee"].id, number=3, planned_on=date(2026, 12, 8))


def a_line(records: Records) -> Record:
    talk = records["talk"]
    return Intent(mentee_id=records["mentee"].id, situation="x", act="y", talk_id=talk.id)


def an_asked_question(records: Records) -> Record:
    id = records["mentee"].id
    return Answer(mentee_id=id, talk_id=records["talk"].id, key="asked:1", question="Hvad nu?")


CREATES = [
    Create("mentee", at_home("a"), {"name": "Emil"}, a_mentee),
    Create("need", in_grid(NeedsScreen, "need", "a"), {"area": "Emil"}, a_need),
    Create(
        "knowledge",
        in_grid(NeedsScreen, "knowledge", "a"),
        {"title": "Emil"},
        knowledge,
    ),
    Create("duty", in_grid(RolesScreen, "duty", "a"), {"text": "Emil"}, a_duty),
    Create("role", on_role("role", "c"), {"name": "Emil"}, a_role),
    Create("role", on_role("role", "M"), {"relation": "Emil"}, a_role),
    Create(
        "introduction",
        in_grid(PeopleScreen, "introduction", "a"),
        {"name": "Bo Ro", "about": "Emil"},
        an_introduction,
    ),
    Create("action", in_grid(ActionsScreen, "action", "a"), {"what": "Emil"}, an_action),
    Create("duty", in_grid(ActionsScreen, "system", "a"), {"text": "Emil"}, a_system),
    Create("doubt", in_grid(ActionsScreen, "doubt", "a"), {"text": "Emil"}, a_doubt),
    Create(
        "question",
        in_library(QuestionsScreen, "question", "a"),
        {"text": "Emil"},
        a_question,
    ),
    Create("tip", in_library(TipsScreen, "tip", "a"), {"text": "Emils"}, a_tip),
    Create("tip", in_library(TipsScreen, "tip note", "f3", "enter"), {"text": "Emils"}, a_tip),
    Create("task", in_plan("a"), {"title": "Emil"}, a_task),
    Create("talk", in_talks("next", "a"), {"day": tuple("5-1-2027")}, a_talk),
    Create(
        "action",
        in_a_note(*"Ring", "f3", "enter"),
        {"what": "Emil"},
        an_action,
    ),
    Create(
        "action",
        in_talk("works", "", "f3", "enter", words="Ring"),
        {"what": "Emil"},
        an_action,
    ),
    Create(
        "goal",
        in_talk("next", "", "f3", "4", words="Ring"),
        {"text": "Emil"},
        a_goal,
    ),
    Create(
        "intent",
        in_talk("sort", "item", "i"),
        {"situation": "Emil", "act": "spørge"},
        a_line,
    ),
    Create(
        "question_asked",
        in_talk("works", "", "ctrl+o", "pagedown", "enter"),
        {"text": "Emil"},
        an_asked_question,
    ),
    Create("tip", in_talk("close", "", "f3", "6"), {"text": "Emils"}, a_tip),
]
