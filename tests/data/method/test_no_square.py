"""No function of the method looks through all records for each of many others.

All functions that take a mentee's view are found by their parameters, and run with a mentee and
with one who has four times as much of everything. Four times the steps are right; a scan within a
scan would take sixteen times as many.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from typing import Any, NamedTuple

import pytest

import data.method
import screens
from data.clock import today
from data.i18n import set_language
from data.method.limits import Limits
from data.method.plan.agreed import SinceAgreed, agree
from data.method.view import MenteeView
from data.method.visibility import Reader
from data.records import (
    Action,
    Answer,
    Duty,
    Goal,
    Intent,
    Introduction,
    Knowledge,
    Mentee,
    Need,
    Note,
    NoteKind,
    Person,
    Record,
    Role,
    RoleKind,
    Talk,
    TalkState,
    Task,
    Tip,
)
from tests.tools.steps import steps_of

FEW, MANY = 12, 48
MOST = 7.0
"""So many times the steps may be taken with four times the records; sorting takes some more."""
LEAST = 3000
"""Functions that take fewer steps with many are not looked at: what they do at all weighs more."""
ROOMS = (
    *("needs.rows", "people.rows", "plan.columns", "plan.details", "overview.lines"),
    *("overview.pictures", "overview.page", "roles.rows", "talk.series_rows", "actions.rows"),
)
"""Modules of screens that make rows and lines of a view."""


def _records(number: int, mentee: Mentee) -> Iterator[Record]:
    of, at = mentee.id, datetime(2026, 1, 1, 9).astimezone()
    for n in range(number):
        day = today() - timedelta(days=n % 50)
        person = Person(name=f"Person {n}")
        talk = Talk(
            mentee_id=of,
            number=n + 1,
            planned_on=day,
            started_at=at + timedelta(days=n),
            ended_at=at + timedelta(days=n, hours=1),
            state=TalkState.HELD if n % 2 else TalkState.PLANNED,
        )
        need = Need(mentee_id=of, area=f"Område {n // 2}", round=n % 2 + 1, mentee_view="Gerne")
        task = Task(
            mentee_id=of,
            title=f"Sag {n}",
            type=f"Type {n % 3}",
            next_step=f"Skridt {n % 5}",
            sparring_on=day,
            sparring_with=person.id,
            learned_on=day,
            origin=need.id,
            order=float(n),
        )
        goals = [Goal(mentee_id=of, task_id=task.id, text=f"Mål {one}") for one in range(2)]
        yield from (person, talk, need, task, *goals)
        if n < 3:  # the matrix of roles and duties has a cell for each pair, and few roles
            yield Role(mentee_id=of, kind=RoleKind.BUDDY, person_id=person.id)
        yield Duty(mentee_id=of, text=f"Pligt {n}", due=day)
        yield Knowledge(mentee_id=of, title="Lov", task_ids=(task.id,), learned_on=day)
        yield Introduction(mentee_id=of, person_id=person.id, planned_on=day)
        yield Action(mentee_id=of, what="Ring", task_id=task.id, talk_id=talk.id, due=day)
        yield Intent(mentee_id=of, situation="Hvis", act="så", task_type=task.type)
        for kind in (NoteKind.TIP, NoteKind.DOUBT):
            yield Note(mentee_id=of, text="Ord", kind=kind, task_id=task.id, at=at)
        yield Answer(mentee_id=of, talk_id=talk.id, key="works", mentee="Godt", task_id=task.id)


def _view(number: int) -> MenteeView:
    mentee = Mentee(name="Maja", start=date(2025, 9, 1))
    records = list(_records(number, mentee))
    people = {one.id: one for one in records if isinstance(one, Person)}
    tips = [Tip(text="Råd", task_type=f"Type {n % 3}") for n in range(number)]
    view = MenteeView.of(mentee, records, people, tips)
    agreed = agree(view, ["Maja"], today()).after
    assert isinstance(agreed, Mentee)
    return MenteeView.of(agreed, records, people, tips)


_OF_MANY: dict[str, Callable[[MenteeView], Sequence[Record]]] = {
    "Task": lambda view: view.tasks,
    "Goal": lambda view: view.goals,
    "Need": lambda view: view.needs,
    "Duty": lambda view: view.duties,
    "Role": lambda view: view.roles,
    "Knowledge": lambda view: view.knowledge,
    "Action": lambda view: view.actions,
    "Note": lambda view: view.notes,
}
"""Types of parameters for which a function is asked about each of several records in turn."""
_FIXED: dict[str, Any] = {
    **dict.fromkeys(("today", "day", "on", "until"), date(2026, 3, 2)),
    "limits": Limits(),
    "limit": 30,
    "since": SinceAgreed(),
    "reader": Reader.SHARED,
    "title": "",
}
_SINGLE: dict[str, Callable[[MenteeView], Any]] = {
    "talk": lambda view: view.talks[-1],
    "task_id": lambda view: view.tasks[-1].id,
    "task_type": lambda view: view.tasks[-1].type,
    "except_id": lambda view: view.tasks[-1].id,
}
"""Other parameters, with what a function is given for them."""


def _modules() -> Iterator[str]:
    for one in pkgutil.walk_packages(data.method.__path__, "data.method."):
        yield one.name
    yield from (f"{screens.__name__}.{room}" for room in ROOMS)


class _Function(NamedTuple):
    ask: Callable[..., Any]
    given: tuple[str, ...]
    """The parameters beside the view that are the same at each call."""
    about: str
    """The parameter for the record that it is about, and the type of that; or ""."""
    type: str


@lru_cache
def _functions() -> dict[str, _Function]:
    """Return the functions that can be asked about a view, by name."""
    found = {}
    for module in map(importlib.import_module, _modules()):
        for name, function in vars(module).items():
            own = inspect.isfunction(function) and function.__module__ == module.__name__
            if own and not name.startswith("_") and (one := _askable(function)):
                found[f"{module.__name__}.{name}"] = one
    return found


def _askable(function: Callable[..., Any]) -> _Function | None:
    """Return how a function is asked about a view; None where it wants what is not known here."""
    parameters = inspect.signature(function).parameters.values()
    wanted = [one for one in parameters if one.default is one.empty]
    if not wanted or wanted.pop(0).name != "view":
        return None
    about = [one for one in wanted if one.annotation in _OF_MANY]
    given = tuple(one.name for one in wanted if one not in about)
    if len(about) > 1 or not all(name in _FIXED or name in _SINGLE for name in given):
        return None
    return _Function(
        function, given, *((about[0].name, about[0].annotation) if about else ("", ""))
    )


def _ask(function: _Function, view: MenteeView) -> None:
    """Ask about the view: about each record in turn where the function is about one of several."""
    given = {name: _FIXED[name] for name in function.given if name in _FIXED}
    given |= {name: _SINGLE[name](view) for name in function.given if name in _SINGLE}
    for one in _OF_MANY[function.type](view) if function.about else (None,):
        answer = function.ask(view, **given, **({function.about: one} if function.about else {}))
        if inspect.isgenerator(answer):
            list(answer)


def test_functions_are_found() -> None:
    found = _functions()
    assert len(found) > 60, "they are found by the names of their parameters"
    assert "data.method.today.due.due_items" in found
    assert found["screens.plan.details.parts"].about == "task"


@pytest.mark.parametrize("name", sorted(_functions()))
def test_it_takes_no_square(name: str) -> None:
    set_language("en")
    function = _functions()[name]
    _ask(function, _view(1))  # what is loaded or looked up only once
    # New views, which have nothing kept yet.
    few, many = (
        steps_of(partial(_ask, function, replace(_view_of(number)))) for number in (FEW, MANY)
    )
    assert many < max(MOST * few, LEAST), f"{many} steps with {MANY} records, {few} with {FEW}"


@lru_cache
def _view_of(number: int) -> MenteeView:
    return _view(number)
