"""Since last time: what was agreed, tried, moved and noted, and what to talk about (R29)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType

from data.clock import today
from data.dates import show_near
from data.i18n import N_, _
from data.method.sparring import RESTING, is_due
from data.method.talk.lifecycle import suggested_tasks
from data.method.talk.outcomes import if_then_text, tried
from data.method.talk.since_last import Moved, SinceLast, since_last
from data.method.visibility import shows_all
from data.method.words import word
from data.queries.views import due_limits
from data.records import Action, ActionState, Intent, Note, Task, TaskStatus
from data.store.change import Change
from data.text import first_line
from screens.talk.desk import TalkDesk
from screens.talk.step_list import TalkList, heading, split_id
from widgets.glyphs import glyphs
from widgets.grid import Row, Tone


class SinceList(TalkList):
    """Space marks what to talk about, or ticks an agreement off; j and n answer "did you try?"."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", N_("Mark"), priority=True),
        Binding("d", "done", N_("Done")),
        Binding("j,y", "tried('yes')", N_("Tried it"), key_display="j/y", priority=True),
        Binding("n", "tried('no')", N_("Not tried"), priority=True),
    ]

    def __init__(self, desk: TalkDesk) -> None:
        super().__init__(desk)
        self._answered: set[str] = set()
        """If-then lines answered here; they stay in sight."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let letters and space be commands on the rows only, each where it means something."""
        kind, _id = split_id(self.grid.row_id)
        here = self.on_rows
        if action == "tried":
            return here and kind == "intent"
        if action == "done":
            return here and kind == "action"
        return here if action == "mark" else True

    # -- showing ------------------------------------------------------------------------------

    def rows(self) -> Sequence[tuple[Row, str]]:
        """Return the rows: wishes first, then agreements, lines to try, tasks and notes."""
        flow = self.desk.flow
        shown = flow.seen_by(self.desk.context.reader)
        since = since_last(shown.view, shown.talk)
        groups = (
            ("wanted", _("Wanted for our sparring last time"), self._wanted(since)),
            ("actions", _("Agreements"), self._actions(since)),
            ("intents", _("Did you try it?"), self._intents()),
            ("tasks", _("Tasks: space marks those to talk about"), self._tasks(since)),
            ("notes", _("Notes since last time"), self._notes(since)),
        )
        found: list[tuple[Row, str]] = []
        for id, title, rows in groups:
            listed = list(rows)
            if listed:
                found += [heading(id, title), *listed]
        return found

    def empty(self) -> str:
        """Say that there is nothing yet."""
        if shows_all(self.desk.context.reader):
            return _("Nothing yet: there are no tasks in the plan, and no notes or agreements.")
        return _("Nothing here yet: no tasks in the plan, and no shared notes or agreements.")

    @staticmethod
    def _wanted(since: SinceLast) -> Iterator[tuple[Row, str]]:
        if since.wanted:
            yield Row("wanted:", {"text": first_line(since.wanted)}), since.wanted

    def _actions(self, since: SinceLast) -> Iterator[tuple[Row, str]]:
        view = self.desk.flow.view
        for action in sorted((*since.actions, *since.carried_out), key=lambda one: one.id):
            done = action.state is ActionState.DONE
            who = view.name_of(action.who).split(" ", maxsplit=1)[0]
            tones: dict[str, Tone] = {"more": "muted", **({"text": "muted"} if done else {})}
            cells = {
                "mark": glyphs("✓") if done else glyphs("○"),
                "text": action.what,
                "more": f"{who} {show_near(action.due, today()) if action.due else ''}".strip(),
            }
            yield Row(f"action:{action.id}", cells, tones=tones), action.what

    def _intents(self) -> Iterator[tuple[Row, str]]:
        flow = self.desk.flow
        words = {"": "?", "yes": _("yes"), "no": _("no")}
        for intent in flow.view.intents:
            if intent.talk_id == flow.talk.id:
                continue
            if not intent.tried or intent.id in self._answered:
                text = if_then_text(intent)
                cells = {"mark": "?", "text": text, "more": words.get(intent.tried, "?")}
                cells["mark"] = glyphs("✓") if intent.tried else "?"
                yield Row(f"intent:{intent.id}", cells, tones={"more": "muted"}), text

    def _tasks(self, since: SinceLast) -> Iterator[tuple[Row, str]]:
        flow = self.desk.flow
        moved = {one.task.id: one for one in since.moved}
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
        """The last day of which sparring is due here, as in Today."""
        return due_limits(self.desk.context.settings).horizon(today())

    def _news(self, task: Task, moved: Moved | None, new: bool) -> str:
        """Return why the task is worth a word."""
        if moved:
            return glyphs("→ ") + word(moved.after)
        if new:
            return _("new")
        if task.status is TaskStatus.READY:
            return word(task.status)
        if task.sparring_on and is_due(task, self._until):
            return _("sparring {date}").format(date=show_near(task.sparring_on, today()))
        return ""

    def _notes(self, since: SinceLast) -> Iterator[tuple[Row, str]]:
        chosen = self.desk.talk.note_ids
        for note in (*since.doubts, *since.notes):
            mark = glyphs("●") if note.id in chosen else glyphs("○")
            more = word(note.kind) if not note.private else _("private")
            cells = {"mark": mark, "text": first_line(note.text), "more": more}
            yield Row(f"note:{note.id}", cells, tones={"more": "muted"}), note.text

    # -- keys -----------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark a task or a note to talk about; tick an agreement off; answer "did you try it?"."""
        kind, id = split_id(self.grid.row_id)
        talk, store = self.desk.talk, self.desk.store
        if kind == "task":
            self.desk.edit_talk(_("What to talk about"), task_ids=_toggled(talk.task_ids, id))
        elif kind == "note":
            self.desk.edit_talk(_("What to talk about"), note_ids=_toggled(talk.note_ids, id))
        elif kind == "action":
            self.action_done()
        elif kind == "intent":
            intent = store.get(Intent, id)
            following = {"": "yes", "yes": "no"}
            self.action_tried(following.get(intent.tried if intent else "", ""))
        self.bring()

    def action_done(self) -> None:
        """Tick an agreement off, or open it again."""
        action = self.desk.store.get(Action, split_id(self.grid.row_id)[1])
        if action is None:
            return
        if action.state is ActionState.OPEN:
            change = Change.edited(action, state=ActionState.DONE, done_on=today())
        else:
            change = Change.edited(action, state=ActionState.OPEN, done_on=None)
        self.desk.commit([change], _("Agreement “{what}”").format(what=action.what))
        self.bring()

    def action_tried(self, answer: str) -> None:
        """Keep whether the line was tried."""
        intent = self.desk.store.get(Intent, split_id(self.grid.row_id)[1])
        if intent is not None:
            self._answered.add(intent.id)
            self.desk.commit([tried(intent, answer)], _("Did you try it?"))
            self.bring()

    @property
    def task_id(self) -> str:
        """The task that the row is about."""
        kind, id = split_id(self.grid.row_id)
        kinds: dict[str, type[Action | Note]] = {"action": Action, "note": Note}
        if kind in kinds:
            record = self.desk.store.get(kinds[kind], id)
            return record.task_id if record else ""
        return id if kind == "task" else ""


def _toggled(ids: tuple[str, ...], id: str) -> tuple[str, ...]:
    return tuple(one for one in ids if one != id) if id in ids else (*ids, id)
