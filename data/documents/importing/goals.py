"""The learning goals in one cell of a plan: a line for each, as the plan writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from typing import Final, NamedTuple

from data.dates import EntryError
from data.documents.importing.given_values import taken_as
from data.documents.importing.merging import FormField, Merging
from data.documents.importing.preview import EntryKind, quoted
from data.documents.importing.values import parse_day
from data.documents.importing.words import value_of_word
from data.i18n import _, in_every_language
from data.method.plan.changes import ROOM, new_goal, set_goal_status
from data.method.plan.fields import Reading, field_label, show_value, stored_text
from data.method.view import MenteeView
from data.method.words import word
from data.records import Goal, GoalKind, GoalStatus, Task
from data.store.change import Change
from data.text import line

_ABOUT: Final = re.compile(r"(.*\S)\s*\(([^()]*)\)\s*\.?\s*$")
_BULLET: Final = re.compile(r"^\s*(?:[-*•·–]|\d{1,2}[.)])\s+")
_KIND, _STATUS, _DUE = "kind", "status", "due"


@dataclass(frozen=True, slots=True)
class FormGoal:
    """A learning goal in a form; what was not said of it is None."""

    text: str
    kind: GoalKind | None = None
    status: GoalStatus | None = None
    due: date | None = None


class Known(NamedTuple):
    """The goals that a task has, and those that it had."""

    texts: tuple[str, ...]
    has: Callable[[str], bool]
    """Whether a text is, or was, that of a goal."""


_NONE_KNOWN: Final = Known((), lambda _text: False)


def read_goals(cell: str, reading: Reading, known: Known = _NONE_KNOWN) -> list[FormGoal]:
    """Return the learning goals in a cell, without what a list has before them.

    A number or a bullet is part of a goal that is `known` with it, and of one that was edited.

    Raises:
        EntryError: A date in it is none.
    """
    return [
        read_goal(_unlisted(one, reading, known), reading) for one in cell.split("\n") if line(one)
    ]


def _unlisted(text: str, reading: Reading, known: Known) -> str:
    """Return a line without the bullet or number before it, unless that is part of the goal.

    A line that ends with kind and status is one that the program has written: it puts no bullets.
    """
    whole, bullet = line(text), _BULLET.match(text)
    goal = read_goal(whole, reading)
    if bullet is None or known.has(goal.text):
        return whole
    alone = line(text[bullet.end() :])
    is_written = goal.kind is not None and goal.status is not None
    is_begun = is_written or any(one.startswith(line(bullet[0])) for one in known.texts)
    return whole if is_begun and not known.has(read_goal(alone, reading).text) else alone


def goal_texts(cell: str, reading: Reading) -> list[str]:
    """Return the texts alone of the goals in a cell, each with and without a bullet before it."""
    found = []
    for one in cell.split("\n"):
        for text in {line(one), line(_BULLET.sub("", one, count=1))}:
            with suppress(EntryError):
                found.append(read_goal(text, reading).text)
    return found


def read_goal(text: str, reading: Reading) -> FormGoal:
    """Return the goal that `goal_text` of the plan made this line of, or one with only a text."""
    found = _ABOUT.fullmatch(text)
    if found is None:
        return FormGoal(text)
    goal = FormGoal(found[1])
    for part in found[2].split(","):
        said = part.strip()
        kind, status = value_of_word(GoalKind, said), value_of_word(GoalStatus, said)
        day = next((day[1] for one in _by() if (day := one.fullmatch(said))), "")
        if kind is not None and goal.kind is None:
            goal = replace(goal, kind=kind)
        elif status is not None and goal.status is None:
            goal = replace(goal, status=status)
        elif day and goal.due is None:
            goal = replace(goal, due=parse_day(day, reading))
        else:
            return FormGoal(text)  # the brackets are part of the text
    return goal


@cache
def _by() -> tuple[re.Pattern[str], ...]:
    """Return the forms of "by 14-12-2026", in every language."""
    forms = (re.escape(one).replace(r"\{date\}", "(.+)") for one in in_every_language("by {date}"))
    return tuple(re.compile(one, re.IGNORECASE) for one in forms)


class GoalMerge:
    """Takes the goals of one task in."""

    def __init__(
        self, view: MenteeView, merging: Merging, reading: Reading, talk_id: str = ""
    ) -> None:
        self.view, self.merging, self.reading = view, merging, reading
        self.base, self.out = merging.base, merging.out
        self.talk_id = talk_id

    def known(self, task: Task) -> Known:
        """Return the goals that the lines of a task's cell may be."""
        texts = tuple(_key(goal.text) for goal in self.view.goals_of(task.id))

        def has(text: str) -> bool:
            was = (self.base.was(id, "text", text) for id in self.base.known)
            return _key(text) in texts or any(was)

        return Known(texts, has)

    def take(self, task: Task, goals: Sequence[FormGoal]) -> None:
        """Take in the goals of a task; none that is not among them is deleted."""
        here = self.view.goals_of(task.id)
        order = max((goal.order for goal in here), default=0.0)
        for goal, partner in zip(goals, self._partners(goals, here), strict=True):
            if partner is not None:
                self._merge(task, partner, goal)
            elif not self._was_deleted(goal):
                order += ROOM
                self._add(task, goal, order)

    def _partners(self, goals: Sequence[FormGoal], here: Sequence[Goal]) -> list[Goal | None]:
        """Return the goal here that each one of the form is; None for a new one."""
        found: list[Goal | None] = [None] * len(goals)
        free = list(here)

        def pair(place: int, goal: Goal) -> None:
            found[place] = goal
            free.remove(goal)

        for place, goal in enumerate(goals):
            if same := next((one for one in free if _key(one.text) == _key(goal.text)), None):
                pair(place, same)
        for place, goal in enumerate(goals):
            if found[place] is None:
                was = (one for one in free if self.base.was(one.id, "text", goal.text))
                if same := next(was, None):
                    pair(place, same)
        before, after = [_key(one.text) for one in here], [_key(one.text) for one in goals]
        codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        for tag, i, i_end, j, j_end in codes:
            # A line in the place of another is that one, edited: if there are as many of both.
            if tag == "replace" and i_end - i == j_end - j:
                for old, new in zip(range(i, i_end), range(j, j_end), strict=True):
                    if found[new] is None and here[old] in free and self._may_be_edited(here[old]):
                        pair(new, here[old])
        return found

    def _may_be_edited(self, goal: Goal) -> bool:
        """Whether a goal was in the form when it was given out: else a line is no edit of it."""
        return goal.id in self.base.known

    def _was_deleted(self, goal: FormGoal) -> bool:
        """Whether a line of the form was a goal that has been deleted here since."""
        there = {one.id for one in self.view.goals}
        return self.base.was_of_another(there, "text", goal.text)

    def _add(self, task: Task, goal: FormGoal, order: float) -> None:
        made = replace(
            new_goal(self.view, task.id, goal.text, goal.due),
            kind=goal.kind or GoalKind.SKILL,
            order=order,
        )
        status = goal.status or GoalStatus.OPEN
        after = set_goal_status(made, status, self.reading.today, self.talk_id).after
        assert isinstance(after, Goal)  # noqa: S101 - what set_goal_status() returns
        self.out.change([Change.created(after)])
        for name in ("text", _KIND, _STATUS, _DUE):
            if said := stored_text(getattr(goal, name)):
                self.out.taken.append(taken_as(after.id, name, said))
        if self.view.task(task.id) is not None:  # those of a new task are told with it
            text = _("{task}: learning goal “{goal}”")
            said = text.format(task=quoted(task.title), goal=quoted(goal.text))
            self.out.say(EntryKind.NEW, said)

    def _merge(self, task: Task, goal: Goal, form: FormGoal) -> None:
        after = goal
        for name in ("text", _KIND, _STATUS, _DUE):
            value = getattr(form, name)
            written, here = stored_text(value), stored_text(getattr(goal, name))
            key = f"goal.{name}"
            about = task.title if name == "text" else goal.text
            label = _("Status") if name == _STATUS else field_label(key)
            field = FormField(goal, name, f"{quoted(about)}: {label}")
            shown = _shown(key, here, self.view), _shown(key, written, self.view)
            if self.merging.taken(field, form=written, here=here, shown=shown) is None:
                continue
            if name == _STATUS:
                change = set_goal_status(after, value, self.reading.today, self.talk_id)
                assert isinstance(change.after, Goal)  # noqa: S101 - as above
                after = change.after
            else:
                after = replace(after, **{name: value})
        self.out.change([Change.between(goal, after)])


def _key(text: str) -> str:
    return " ".join(text.split())


def _shown(key: str, stored: str, view: MenteeView) -> str:
    if key == f"goal.{_STATUS}":
        return word(GoalStatus(stored)) if stored else ""
    return stored if key == "goal.text" else show_value(key, stored, view)
