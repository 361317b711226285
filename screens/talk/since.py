"""The list of "Since last": what to talk about is marked, what was agreed is ticked off (R29)."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from data.clock import today
from data.i18n import N_, _
from data.method.actions import finish_or_reopen
from data.method.talk.outcomes import tried
from data.records import Action, Intent
from screens.talk.desk import TalkDesk
from screens.talk.since_rows import SinceRows
from screens.talk.step_list import RowSource, StepList


class SinceList(StepList):
    """The list of what is new since the last talk.

    Space marks what to talk about, and ticks an action off; s answers "did you try it?".
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", N_("Mark"), priority=True),
        Binding("d", "done", N_("Done")),
        Binding("s", "tried", N_("Tried it, or not"), priority=True),
    ]

    def __init__(self, desk: TalkDesk) -> None:
        made = SinceRows(desk)
        super().__init__(desk, RowSource(made.rows, made.task_of, empty=made.empty))
        self._answered = made.answered

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let letters and space be commands on the rows only, each where it means something."""
        kind, _id = self.at
        if action == "tried":
            return self.on_rows and kind == "intent"
        if action == "done":
            return self.on_rows and kind == "action"
        return self.on_rows if action == "mark" else True

    def action_mark(self) -> None:
        """Mark a task or a note to talk about; tick an action off; answer "did you try it?"."""
        kind, id = self.at
        talk = self.desk.talk
        if kind == "task":
            self.desk.edit_talk(_("What to talk about"), task_ids=_toggled(talk.task_ids, id))
        elif kind == "note":
            self.desk.edit_talk(_("What to talk about"), note_ids=_toggled(talk.note_ids, id))
        elif kind == "action":
            self.action_done()
        elif kind == "intent":
            self.action_tried()
        self.show_records()

    def action_done(self) -> None:
        """Tick an action off, or open it again."""
        action = self.desk.store.get(Action, self.at[1])
        if action is None:
            return
        what = _("Action “{what}”").format(what=action.what)
        self.commit([finish_or_reopen(action, today())], what)

    def action_tried(self) -> None:
        """Answer whether the line was tried: first yes, then no, then not answered again."""
        intent = self.desk.store.get(Intent, self.at[1])
        if intent is not None:
            self._answered.add(intent.id)
            following = {"": "yes", "yes": "no"}.get(intent.tried, "")
            self.commit([tried(intent, following)], _("Did you try it?"))


def _toggled(ids: tuple[str, ...], id: str) -> tuple[str, ...]:
    """Return the ids without this one, or with it where it was not among them."""
    return tuple(one for one in ids if one != id) if id in ids else (*ids, id)
