"""What is said becomes what it is about: an action, a next step, a goal, a potential."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from data.dates import show_date
from data.i18n import _
from data.method.plan.changes import new_goal, new_task
from data.method.view import MenteeView
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
    """Make an action of a line (R48); `who` is a person's id or "mentee"."""
    what = line(text)
    return Change.created(
        Action(
            mentee_id=talk.mentee_id,
            what=what,
            who=who,
            due=due,
            talk_id=talk.id,
            task_id=task_id,
        )
    )


def to_next_step(task: Task, text: str) -> Change:
    """Make a recommendation the task's next step (R13, R23, R55)."""
    return Change.edited(task, next_step=text.strip())


def to_new_task(view: MenteeView, talk: Talk, text: str, task_type: str = "") -> Change:
    """Make a recommendation a new row of the plan that knows which talk it came from (R13)."""
    title = line(text)
    return Change.created(new_task(view, title, type=task_type, origin=talk.id))


def to_goal(view: MenteeView, task: Task, text: str, due: date | None = None) -> Change:
    """Make a recommendation a learning goal with a day (R55)."""
    return Change.created(new_goal(view, task.id, line(text), due))


def to_potential(task: Task, text: str, source: Source = Source.MENTOR) -> Change:
    """Put a potential on its task, after what stands there (R37, R54, R72)."""
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
    """Return what is to be done, and in brackets who does it, by when, and what else is given."""
    about = (view.name_of(action.who), show_date(action.due), *more)
    tail = ", ".join(part for part in about if part)
    return f"{action.what} ({tail})" if tail else action.what


def to_example(answer: Answer, text: str) -> Change:
    """Add an example to the list of what went well (R46)."""
    example = line(text)
    if not example or example in answer.examples:
        return Change.edited(answer)
    return Change.edited(answer, examples=(*answer.examples, example))


def without_examples(text: str, examples: Sequence[str]) -> str:
    """Return a text without the lines that are told as examples of it, so as to tell none twice."""
    lines = text.split("\n")
    return "\n".join(line for line in lines if line.strip() not in examples).strip()


def to_tip(note: Note) -> Change:
    """Make an answered doubt a tip that later tasks of its type are offered (R63, R85)."""
    return Change.edited(note, kind=NoteKind.TIP)


def tried(intent: Intent, answer: str) -> Change:
    """Keep the answer to "did you try it?": "yes", "no", or "" to ask again (R32)."""
    return Change.edited(intent, tried=answer)


def examples(view: MenteeView) -> list[str]:
    """Return all examples of what went well, oldest first, for the closing summary (R46)."""
    found = [example for answer in view.answers for example in answer.examples]
    return list(dict.fromkeys(found))
