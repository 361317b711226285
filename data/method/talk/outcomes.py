"""What is said in a talk can become a record: an action, a next step, a goal, a potential."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from data.dates import show_date
from data.i18n import _
from data.method.plan.changes import new_goal, new_task
from data.method.view import MenteeView
from data.method.visibility import is_private
from data.records import (
    Action,
    Answer,
    Intent,
    Note,
    NoteKind,
    Source,
    Talk,
    Task,
)
from data.store.change import Change
from data.text import line


def to_action(
    talk: Talk, text: str, *, who: str = "", due: date | None = None, task_id: str = ""
) -> Change:
    """Return the change that makes an action of a text (R48).

    `who` is the id of the person who does it, or "mentee"; `due` is the last day for it.
    """
    return Change.created(
        Action(
            mentee_id=talk.mentee_id,
            what=line(text),
            who=who,
            due=due,
            talk_id=talk.id,
            task_id=task_id,
        )
    )


def to_next_step(task: Task, text: str) -> Change:
    """Return the change that makes a recommendation the task's next step (R13, R23, R55)."""
    return Change.edited(task, next_step=text.strip())


def to_new_task(view: MenteeView, talk: Talk, text: str, task_type: str = "") -> Change:
    """Return the change that makes a recommendation a new task, which came from `talk` (R13)."""
    title = line(text)
    return Change.created(new_task(view, title, type=task_type, origin=talk.id))


def to_goal(view: MenteeView, task: Task, text: str, due: date | None = None) -> Change:
    """Return the change that makes a recommendation a learning goal of the task (R55)."""
    return Change.created(new_goal(view, task.id, line(text), due))


def to_potential(task: Task, text: str, source: Source = Source.MENTOR) -> Change:
    """Return the change that adds a development potential to the task's (R37, R54, R72).

    It is empty if the task has that text already.
    """
    text = text.strip()
    before = task.potential.strip()
    if text in before:
        return Change.edited(task)
    whole = f"{before}\n{text}" if before else text
    return Change.edited(task, potential=whole, potential_source=source)


def if_then_text(intent: Intent) -> str:
    """Return an if-then line as it is read aloud: "Next time ..., I will ..." (R32)."""
    text = _("Next time {situation}, I will {act}")
    return text.format(situation=intent.situation.strip(), act=intent.act.strip())


def action_text(view: MenteeView, action: Action, *more: str) -> str:
    """Return an action as text: what, and in brackets who, by when, and the texts `more`."""
    about = (view.name_of(action.who), show_date(action.due), *more)
    tail = ", ".join(part for part in about if part)
    return f"{action.what} ({tail})" if tail else action.what


def to_example(answer: Answer, text: str) -> Change:
    """Return the change that adds an example of what went well to the answer (R46)."""
    example = line(text)
    if not example or example in answer.examples:
        return Change.edited(answer)
    return Change.edited(answer, examples=(*answer.examples, example))


def without_examples(text: str, examples: Sequence[str]) -> str:
    """Return a text without the lines that are also listed as examples, to show none twice."""
    lines = text.split("\n")
    return "\n".join(line for line in lines if line.strip() not in examples).strip()


def to_tip(doubt: Note, now: datetime) -> Change:
    """Return the change that makes a tip of the answer to a doubt, which stays (R63, R85).

    The plan offers the tip with later tasks of the same type. As the doubt was never shown in the
    shared view, the tip is private: F4 on it shares it.
    """
    tip = Note(
        mentee_id=doubt.mentee_id,
        text=doubt.answer.strip(),
        kind=NoteKind.TIP,
        private=is_private(doubt),
        at=now,
        task_id=doubt.task_id,
    )
    return Change.created(tip)


def tried(intent: Intent, answer: str) -> Change:
    """Return the change that stores the answer to "did you try it?" (R32).

    It is "yes" or "no"; "" means that the question is asked again.
    """
    return Change.edited(intent, tried=answer)


def examples(view: MenteeView) -> list[str]:
    """Return all examples of what went well, each once, the oldest first (R46)."""
    found = [example for answer in view.answers for example in answer.examples]
    return list(dict.fromkeys(found))
