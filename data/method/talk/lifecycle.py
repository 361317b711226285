"""How a talk begins and ends: resumed, ended with a next date, put aside (R27, R41, R51)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from data.i18n import _
from data.method.sparring import RESTING, hold, is_due
from data.method.talk.flow import TalkFlow, is_said, said
from data.method.talk.rhythm import move, new_talk, propose_next
from data.method.view import TO_COME, MenteeView
from data.records import RoleKind, Step, Talk, TalkState, Task, TaskStatus, part_id
from data.store.change import Change


def talk_to_start(view: MenteeView, today: date) -> Talk:
    """Return the talk that is meant.

    That is the one under way, else the planned one nearest to today, else a new one. Its id is made
    of its number, so that two sessions that begin it at the same time hold one talk.
    """
    if view.running:
        return view.running
    dated = [(abs((t.planned_on - today).days), t.number, t) for t in view.to_come if t.planned_on]
    if dated:
        return min(dated)[2]
    waiting = [talk for talk in view.talks if talk.state in TO_COME]
    if waiting:
        return waiting[0]
    talk = new_talk(view, today)
    return replace(talk, id=part_id(view.mentee.id, f"talk:{talk.number}"))


def start_talk(
    view: MenteeView, now: datetime, *, short: bool = False
) -> tuple[Talk, list[Change]]:
    """Start or resume a talk: return it as it is then, and the changes (none for one under way)."""
    talk = talk_to_start(view, now.date())
    if talk.state is TalkState.RUNNING:
        return talk, []
    minutes = view.agreement.minutes if view.agreement else None
    running = replace(
        talk,
        state=TalkState.RUNNING,
        started_at=now,
        step="frame",
        side="mentee",
        short=short,
        minutes=talk.minutes or minutes,
    )
    known = view.talk(talk.id)
    change = Change.between(talk, running) if known else Change.created(running)
    return running, [change]


def take_back_start(view: MenteeView, talk: Talk, began: Sequence[Change]) -> list[Change]:
    """Return what makes a talk that was only looked into what it was before.

    `began` are the changes that `start_talk` gave. Nothing is returned where something has happened
    in the talk: words, an agreement, a decision.
    """
    answers = view.answers_of(talk.id)
    made = {one.talk_id for one in view.actions} | {one.talk_id for one in view.intents}
    made |= {one.talk_id for one in view.notes}
    decided = talk.sorted_items or talk.plan_edits or talk.plan_updated_on or talk.aims
    agreed = talk.next_on or talk.no_next
    if not began or talk.id in made or decided or agreed or any(map(is_said, answers)):
        return []
    before = next(change.before for change in began if change.id == talk.id)
    back = Change.deleted(talk)
    if isinstance(before, Talk):
        chosen = replace(before, task_ids=talk.task_ids, note_ids=talk.note_ids)
        back = Change.between(talk, chosen)
    return [*(Change.deleted(one) for one in answers), back]


def suggested_tasks(view: MenteeView, until: date) -> list[Task]:
    """Return tasks worth talking about, the most pressing first (R29).

    Those ready for sparring or with sparring due by `until`, then those that moved since the last
    talk, then those in progress.
    """
    last = view.held[-1] if view.held else None
    since = last.started_at.date() if last and last.started_at else date.min

    def rank(task: Task) -> int:
        if task.status is TaskStatus.READY or is_due(task, until):
            return 0
        if any(entry.on > since for entry in task.step_log):
            return 1
        return 2 if task.status is TaskStatus.ACTIVE else 3

    awake = [task for task in view.tasks if task.status not in RESTING and rank(task) < 3]
    return sorted(awake, key=lambda task: (rank(task), task.order, task.id))


def end_problem(talk: Talk, today: date) -> str:
    """Return why the talk cannot end yet, in one sentence, or "" (R27)."""
    if talk.next_on is None and not talk.no_next:
        return _("Agree on a date for the next talk, or choose that there is none.")
    if talk.next_on is not None and talk.next_on < today:
        return _("The date of the next talk has passed.")
    return ""


def next_date(view: MenteeView, today: date) -> date:
    """Return the date to propose for the next talk: the one planned, or what the rhythm says."""
    planned = [t.planned_on for t in view.to_come if t.planned_on and t.planned_on > today]
    return planned[0] if planned else propose_next(view, today)


def end_talk(flow: TalkFlow, now: datetime) -> list[Change]:
    """End the talk: it is held, the next one has its date, sparring on the chosen tasks is held.

    Answers with nothing in them go, and untouched sentence starters. Raises ValueError where
    `end_problem` has one.
    """
    talk, view = flow.talk, flow.view
    if problem := end_problem(talk, now.date()):
        raise ValueError(problem)
    ended = replace(talk, state=TalkState.HELD, ended_at=now)
    changes = [Change.between(talk, ended)]
    changes += _next(view, talk, now.date())
    changes += _sparring_held(view, talk, now.date())
    changes += _swept(flow)
    return changes


def _next(view: MenteeView, talk: Talk, today: date) -> list[Change]:
    """Plan the next talk for the day agreed: the first one still to come, or a new one."""
    if talk.next_on is None:
        return []
    later = [t for t in view.to_come if t.id != talk.id and t.planned_on and t.planned_on > today]
    waiting = [t for t in view.talks if t.state is TalkState.POSTPONED and t.planned_on is None]
    if any(one.planned_on == talk.next_on for one in later):
        return []
    for one in [*later, *waiting][:1]:
        return [move(one, talk.next_on)]
    return [Change.created(new_talk(view, talk.next_on))]


def _sparring_held(view: MenteeView, talk: Talk, today: date) -> list[Change]:
    """Sparring that was due with the mentor on a chosen task took place now."""
    mentor = view.role(RoleKind.MENTOR)
    with_us = {"", mentor.person_id if mentor else ""}
    tasks = [task for id in talk.task_ids if (task := view.task(id)) is not None]
    return [
        hold(task, today) for task in tasks if is_due(task, today) and task.sparring_with in with_us
    ]


def _swept(flow: TalkFlow) -> list[Change]:
    changes = []
    for answer in flow.answers.values():
        step = flow.step(answer.key)
        words = step.words if step else None
        if not is_said(answer, words):
            changes.append(Change.deleted(answer))
            continue
        mentee, mentor = said(answer.mentee, words), said(answer.mentor, words)
        if bool(mentee) != bool(answer.mentee) or bool(mentor) != bool(answer.mentor):
            kept_mentee = answer.mentee if mentee else ""
            kept_mentor = answer.mentor if mentor else ""
            changes.append(Change.edited(answer, mentee=kept_mentee, mentor=kept_mentor))
    return changes


def put_aside(talk: Talk) -> Change:
    """Put an unfinished talk aside; what was written stays with it and can be read."""
    return Change.edited(talk, state=TalkState.ARCHIVED)


def first_time_tasks(view: MenteeView) -> list[Task]:
    """Return tasks done alone for the first time since the last talk: worth a word (R38)."""
    last = view.held[-1] if view.held else None
    since = last.started_at.date() if last and last.started_at else date.min
    alone = (Step.COACHED, Step.INDEPENDENT)
    return [
        task
        for task in view.tasks
        if (first := next((entry.on for entry in task.step_log if entry.step in alone), None))
        and first > since
    ]


def praise_hint(view: MenteeView, talks: int = 2) -> str:
    """Return a quiet hint where the last talks held had no recognition, or "" (R38)."""
    last = view.held[-talks:]
    if len(last) < talks:
        return ""
    praised = {answer.talk_id for answer in view.answers if answer.key == "praise"}
    if any(talk.id in praised for talk in last):
        return ""
    return _("No recognition was noted in the last {number} talks.").format(number=talks)
