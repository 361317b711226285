"""The rows of "Since last": what was agreed, to be tried, moved and noted since then (R29)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from data.clock import today
from data.dates import show_near
from data.i18n import _
from data.method.sparring import RESTING, is_due
from data.method.talk.lifecycle import suggested_tasks
from data.method.talk.outcomes import if_then_text
from data.method.talk.since_last import SinceLast, StepChange, since_last
from data.method.view import held_on
from data.method.visibility import shows_all
from data.method.words import word
from data.queries.views import due_limits
from data.records import Action, ActionState, Note, Task, TaskStatus
from data.text import first_line
from screens.talk.desk import TalkDesk
from screens.talk.step_list import TextRow, action_row, heading, split_id
from widgets.glyphs import dotted, glyphs
from widgets.grid import Row, Tone


class SinceRows:
    """Makes the rows from the records of a talk. Their ids begin with the kind of record."""

    def __init__(self, desk: TalkDesk) -> None:
        self._desk = desk
        self.answered: set[str] = set()
        """Ids of the lines "Next time" that were answered here, so that they stay in sight."""

    def rows(self) -> Sequence[TextRow]:
        """Return the rows: wishes first, then actions, lines to try, tasks and notes."""
        flow = self._desk.flow
        shown = flow.seen_by(self._desk.context.reader)
        since = since_last(shown.view, shown.talk)
        groups = (
            ("wanted", _("Wish for our sparring, from last time"), self._wanted(since)),
            ("learned", _("What you learned as mentor last time"), self._learned(since)),
            ("parked", _("Parked last time"), self._parked(since)),
            ("actions", _("Actions"), self._actions(since)),
            ("intents", _("Did you try it?"), self._intents()),
            ("tasks", _("Tasks: space marks those to talk about"), self._tasks(since)),
            ("goals", _("New learning goals"), self._goals(since)),
            ("doubts", _("Open doubts and questions"), self._notes(since.doubts)),
            ("notes", self._notes_since(since), self._notes(since.notes)),
        )
        found: list[TextRow] = []
        for id, title, rows in groups:
            listed = list(rows)
            if listed:
                found += [heading(id, title), *listed]
        return found

    def empty(self) -> str:
        """Return that there is nothing yet, or nothing that may be seen now."""
        if shows_all(self._desk.context.reader):
            return _("Nothing yet: no tasks, notes or actions.")
        return _("Nothing yet: no tasks in the plan, and no shared notes or actions.")

    def task_of(self, row_id: str) -> str:
        """Return the id of the task that a row is about, or ""."""
        kind, id = split_id(row_id)
        kinds: dict[str, type[Action | Note]] = {"action": Action, "note": Note}
        if kind in kinds:
            record = self._desk.store.get(kinds[kind], id)
            return record.task_id if record else ""
        return id if kind == "task" else ""

    @staticmethod
    def _wanted(since: SinceLast) -> Iterator[TextRow]:
        voices = {"mentee": _("mentee"), "mentor": _("mentor")}
        for voice, text in since.wanted.items():
            cells = {"text": first_line(text), "more": voices[voice]}
            yield Row(f"wanted:{voice}", cells, tones={"more": "muted"}), text

    def _learned(self, since: SinceLast) -> Iterator[TextRow]:
        if since.learned and shows_all(self._desk.context.reader):
            yield Row("learned:", {"text": first_line(since.learned)}), since.learned

    def _parked(self, since: SinceLast) -> Iterator[TextRow]:
        for item in since.parked:
            task = self._desk.flow.view.task(item.task_id)
            more = task.title if task and task.title != item.text else ""
            cells = {"text": item.text, "more": more}
            yield Row(f"parked:{item.id}", cells, tones={"more": "muted"}), item.text

    def _goals(self, since: SinceLast) -> Iterator[TextRow]:
        for goal in since.new_goals:
            task = self._desk.flow.view.task(goal.task_id)
            cells = {"text": goal.text, "more": task.title if task else ""}
            yield Row(f"goal:{goal.id}", cells, tones={"more": "muted"}), goal.text

    @staticmethod
    def _notes_since(since: SinceLast) -> str:
        day = held_on(since.last) if since.last else None
        if day is None:
            return _("Notes so far")
        return _("Notes since last time, {date}").format(date=show_near(day, today()))

    def _actions(self, since: SinceLast) -> Iterator[TextRow]:
        for action in sorted((*since.actions, *since.carried_out), key=lambda one: one.id):
            muted: tuple[str, ...] = ("text",) if action.state is ActionState.DONE else ()
            yield action_row(self._desk.flow.view, action, *muted)

    def _intents(self) -> Iterator[TextRow]:
        flow = self._desk.flow
        words = {"": "?", "yes": _("yes"), "no": _("no")}
        for intent in flow.view.intents:
            if intent.talk_id == flow.talk.id:
                continue
            if not intent.tried or intent.id in self.answered:
                text = if_then_text(intent)
                cells = {"mark": "?", "text": text, "more": words.get(intent.tried, "?")}
                cells["mark"] = glyphs("✓") if intent.tried else "?"
                yield Row(f"intent:{intent.id}", cells, tones={"more": "muted"}), text

    def _tasks(self, since: SinceLast) -> Iterator[TextRow]:
        """Yield the tasks: those worth a word first, then all others that are not at rest."""
        flow = self._desk.flow
        moved = {one.task.id: one for one in since.step_changes}
        new = {task.id for task in since.new_tasks}
        first = suggested_tasks(flow.view, self._until)
        listed = [
            *first,
            *(t for t in flow.view.tasks if t not in first and (t.id in moved or t.id in new)),
        ]
        rest = [
            task
            for task in flow.view.tasks
            if task not in listed and (task.status not in RESTING or task.id in flow.talk.task_ids)
        ]
        for task in (*listed, *rest):
            chosen = task.id in flow.talk.task_ids
            tones: dict[str, Tone] = {"more": "muted", **({"text": "strong"} if chosen else {})}
            cells = {
                "mark": glyphs("●") if chosen else glyphs("○"),
                "text": task.title,
                "more": self._news(task, moved.get(task.id), task.id in new),
            }
            yield Row(f"task:{task.id}", cells, tones=tones), task.title

    @property
    def _until(self) -> date:
        """The last day on which sparring counts as due here, as in Today."""
        return due_limits(self._desk.context.settings).horizon(today())

    def _news(self, task: Task, moved: StepChange | None, new: bool) -> str:
        """Return why the task is here: what is new about it, or else its status."""
        if moved:
            return glyphs("→ ") + word(moved.after)
        if new:
            return _("new")
        if task.status is TaskStatus.READY:
            return word(task.status)
        if task.sparring_on and is_due(task, self._until):
            return _("sparring {date}").format(date=show_near(task.sparring_on, today()))
        return word(task.status).lower()

    def _notes(self, notes: Sequence[Note]) -> Iterator[TextRow]:
        chosen = self._desk.talk.note_ids
        for note in notes:
            mark = glyphs("●") if note.id in chosen else glyphs("○")
            kind = word(note.kind) if not note.private else _("private")
            more = dotted(show_near(note.at.date(), today()) if note.at else "", kind)
            cells = {"mark": mark, "text": first_line(note.text), "more": more}
            yield Row(f"note:{note.id}", cells, tones={"more": "muted"}), note.text
