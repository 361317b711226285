"""How a talk is started, resumed, ended with a next date, and archived (R27, R41, R51)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from data.i18n import _
from data.library.questionset import begun_with
from data.method.mentors import mentors
from data.method.sparring import RESTING, hold, is_due
from data.method.talk.correct import was_reopened
from data.method.talk.flow import TalkFlow, is_said, said
from data.method.talk.rhythm import move, new_talk, propose_next
from data.method.view import TO_COME, MenteeView
from data.records import Step, Talk, TalkState, Task, TaskStatus, part_id
from data.store.change import Change, together


def talk_to_start(view: MenteeView, today: date) -> Talk:
    """Return the talk that "start talk" means today.

    It is the talk in progress, or else the planned talk that is nearest to today, or else one that
    was postponed without a date, or else a new talk. The id of a new talk is made from its number,
    so that two sessions that start it at the same time make one talk and not two.
    """
    if view.running:
        return view.running
    dated = [(abs((t.planned_on - today).days), t.number, t) for t in view.to_come if t.planned_on]
    if dated:
        return min(dated)[2]
    waiting = [talk for talk in view.talks if talk.state in TO_COME]
    if waiting:
        return waiting[0]
    return extra_talk(view, today)


def brought_forward(view: MenteeView, today: date) -> Talk | None:
    """Return the talk that "start talk" would take from a later day; None if it takes none.

    Then it has to be asked whether that talk is meant, or an extra one beside it (R41).
    """
    talk = talk_to_start(view, today)
    later = talk.planned_on is not None and talk.planned_on > today
    return talk if later and talk.state in TO_COME else None


def is_extra_likely(view: MenteeView) -> bool:
    """Whether a talk before the day of the next one is an extra one, as far as one can tell (R41).

    The first talk of all is none: it has come early.
    """
    return bool(view.held)


def extra_talk(view: MenteeView, today: date) -> Talk:
    """Return a new talk for today, beside those that are planned, which stay as they are.

    As that of any talk nobody had planned, its id is made from its number.
    """
    talk = new_talk(view, today)
    return replace(talk, id=extra_id(view, talk.number))


def start_talk(
    view: MenteeView, now: datetime, *, short: bool = False, which: Talk | None = None
) -> tuple[Talk, list[Change]]:
    """Start or resume a talk: return the talk, and the changes to commit.

    There are no changes if the talk is already in progress. `short` starts the short talk. `which`
    is the talk; None for the one that `talk_to_start` returns.
    """
    talk = which or talk_to_start(view, now.date())
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
        worded=begun_with(),
    )
    known = view.talk(talk.id)
    change = Change.between(talk, running) if known else Change.created(running)
    return running, [change]


def take_back_start(view: MenteeView, talk: Talk, began: Sequence[Change] = ()) -> list[Change]:
    """Return the changes that undo the start of a talk in which nothing has been noted.

    A talk that was planned is to come again, on its day; one that nobody had planned is gone.
    `began` are the changes that `start_talk` returned; none if the talk was begun in an earlier
    session. If anything was written, agreed or decided in the talk, or it has been held before,
    there are no changes. Tasks and notes that were chosen for the talk stay chosen.
    """
    answers = view.answers_of(talk.id)
    talk_ids = {one.talk_id for one in view.actions} | {one.talk_id for one in view.intents}
    talk_ids |= {one.talk_id for one in view.notes}
    decided = talk.sorted_items or talk.plan_edits or talk.plan_updated_on or talk.aims
    agreed = talk.next_on or talk.no_next or talk.ended_at is not None
    if talk.id in talk_ids or decided or agreed or any(map(is_said, answers)):
        return []
    seen = next((change.before for change in began if change.id == talk.id), None)
    before = seen if began else _as_planned(view, talk)
    back = Change.deleted(talk)
    if isinstance(before, Talk):
        begun = ("state", "started_at", "step", "side", "short", "minutes", "worded")
        was: dict[str, Any] = {name: getattr(before, name) for name in begun}
        back = Change.edited(talk, **was)
    return together([*(Change.deleted(one) for one in answers), back])


def _as_planned(view: MenteeView, talk: Talk) -> Talk | None:
    """Return a talk as it was before it was begun; None if nobody had planned it."""
    if talk.id == extra_id(view, talk.number):
        return None
    state = TalkState.PLANNED if talk.planned_on is not None else TalkState.POSTPONED
    return replace(talk, state=state, started_at=None, step="", side="", short=False)


def extra_id(view: MenteeView, number: int) -> str:
    """Return the id of a talk that nobody had planned, which is made from its number."""
    return part_id(view.mentee.id, f"talk:{number}")


def suggested_tasks(view: MenteeView, until: date) -> list[Task]:
    """Return the tasks to propose for the talk, the most important first (R29).

    First come tasks that are ready for sparring or have sparring due by `until`, then tasks whose
    training step changed since the last talk, then tasks in progress. Others are left out.
    """
    last = view.held[-1] if view.held else None
    since = last.started_at.date() if last and last.started_at else date.min

    def rank(task: Task) -> int:
        if task.status is TaskStatus.READY or is_due(task, until):
            return 0
        if any(entry.on > since for entry in task.step_log):
            return 1
        return 2 if task.status is TaskStatus.ACTIVE else 3

    proposed = [task for task in view.tasks if task.status not in RESTING and rank(task) < 3]
    return sorted(proposed, key=lambda task: (rank(task), task.order, task.id))


def end_problem(talk: Talk, today: date) -> str:
    """Return why the talk cannot end yet, in one sentence, or "" (R27)."""
    if talk.next_on is None and not talk.no_next:
        return _("Agree on a date for the next talk, or choose that there is none.")
    if talk.next_on is not None and talk.next_on < today:
        return _("The date of the next talk has passed.")
    return ""


def next_date(view: MenteeView, today: date) -> date:
    """Return the day to propose for the next talk: a planned talk's, or the one of the rhythm."""
    planned = [t.planned_on for t in view.to_come if t.planned_on and t.planned_on > today]
    return planned[0] if planned else propose_next(view, today)


def end_talk(flow: TalkFlow, now: datetime) -> list[Change]:
    """Return the changes that end the talk at `now`.

    The talk becomes held, the next talk is planned for the agreed day, and due sparring with the
    mentor about the chosen tasks is noted as held. Empty answers, and sentence starters that
    nothing was added to, are removed. A talk that was reopened keeps the time at which it had
    ended, and its sparring was noted then. Raises ValueError if `end_problem` returns a problem.
    """
    talk, view = flow.talk, flow.view
    if problem := end_problem(talk, now.date()):
        raise ValueError(problem)
    again = was_reopened(talk)
    ended = replace(talk, state=TalkState.HELD, ended_at=talk.ended_at if again else now)
    changes = [Change.between(talk, ended)]
    changes += _plan_next(view, talk, now.date())
    if not again:
        changes += _sparring_held(view, talk, now.date())
    changes += _without_empty_answers(flow)
    return changes


def _plan_next(view: MenteeView, talk: Talk, today: date) -> list[Change]:
    """Return the change that plans the next talk for the day agreed in this one.

    It moves the first talk that is still to come. If there is none, it makes a new one. If a talk
    is planned for that day already, or no next talk was agreed, there is no change.
    """
    if talk.next_on is None:
        return []
    others = [one for one in view.to_come if one.id != talk.id]
    if any(one.planned_on == talk.next_on for one in others):
        return []
    later = [one for one in others if one.planned_on and one.planned_on > today]
    waiting = [t for t in view.talks if t.state is TalkState.POSTPONED and t.planned_on is None]
    for one in [*later, *waiting][:1]:
        return [move(one, talk.next_on)]
    return [Change.created(replace(new_talk(view, talk.next_on), by_hand=True))]


def _sparring_held(view: MenteeView, talk: Talk, today: date) -> list[Change]:
    """Return the changes that note sparring as held, for chosen tasks where it is due.

    Only sparring with the mentor, or with nobody named, took place in the talk.
    """
    with_mentor = {"", *map(view.who, mentors(view, today))}
    tasks = [task for id in talk.task_ids if (task := view.task(id)) is not None]
    return [
        hold(task, today)
        for task in tasks
        if is_due(task, today) and view.who(task.sparring_with) in with_mentor
    ]


def _without_empty_answers(flow: TalkFlow) -> list[Change]:
    """Return the changes that remove empty answers, and sentence starters nobody went on with."""
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
    """Return the change that archives an unfinished talk; what was written can still be read.

    A talk that was reopened is held again.
    """
    if was_reopened(talk):
        return Change.edited(talk, state=TalkState.HELD)
    return Change.edited(talk, state=TalkState.ARCHIVED)


def first_time_tasks(view: MenteeView) -> list[Task]:
    """Return the tasks that the mentee did alone for the first time since the last talk (R38).

    The talk proposes them for recognition.
    """
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
    """Return a hint if none of the last talks held had recognition, or "" (R38).

    `talks` is how many of them are looked at. If fewer were held, there is no hint.
    """
    last = view.held[-talks:]
    if len(last) < talks:
        return ""
    praised = {answer.talk_id for answer in view.answers if answer.key == "praise"}
    if any(talk.id in praised for talk in last):
        return ""
    return _("No recognition was noted in the last {number} talks.").format(number=talks)
