"""The end of a talk: agreements, the next date, what changed in the plan, the six aims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from data.clock import today
from data.dates import echo_date, show_date, show_near
from data.i18n import N_, _
from data.method.talk.lifecycle import next_date
from data.method.talk.outcomes import if_then_text
from data.method.talk.summary import edit_text
from data.records import Action, ActionState
from data.store.change import Change
from screens.dialogs.edit_record import Asker, Form, edit_records
from screens.dialogs.form import Field, Filled, yes_no
from screens.frame.entries import dates_from
from screens.people.forms import action_form, agreement_name, fill_in
from screens.talk.desk import TalkDesk
from screens.talk.step_list import TalkList, heading, split_id
from widgets.glyphs import glyphs
from widgets.grid import Row, Tone


class CloseList(TalkList):
    """Space ticks, Enter opens what is under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", N_("Tick"), priority=True),
        Binding("enter", "open", N_("Edit"), priority=True),
        Binding("d", "date", N_("Next date")),
        Binding("x", "drop", N_("Drop the agreement"), show=False),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the keys be commands on the rows only."""
        if action in ("tick", "open"):
            return self.on_rows
        if action == "drop":
            return split_id(self.grid.row_id)[0] == "action"
        return True

    # -- showing ------------------------------------------------------------------------------

    def rows(self) -> Sequence[tuple[Row, str]]:
        """Return the rows: next date first, since no talk ends without it."""
        return [
            heading("next", _("Next talk")),
            self._next(),
            heading("actions", _("Agreed today: F3 adds")),
            *self._actions(),
            *self._intents(),
            *self._edits(),
            heading("aims", _("The six aims of feedback, if you like: space ticks")),
            *self._aims(),
        ]

    def _next(self) -> tuple[Row, str]:
        talk = self.desk.talk
        tone: Tone = "strong"
        if talk.next_on:
            mark, text = glyphs("✓"), echo_date(talk.next_on, today())
            whole = text
        elif talk.no_next:
            mark, text = glyphs("✓"), _("none, by choice")
            whole = text
        else:
            date = echo_date(next_date(self.desk.flow.view, today()), today())
            mark, tone = "?", ""
            text = _("proposed: {date}").format(date=date)
            whole = _("proposed: {date}. Space takes it, Enter changes it.").format(date=date)
        return Row("next:", {"mark": mark, "text": text}, tones={"text": tone}), whole

    def _actions(self) -> Iterator[tuple[Row, str]]:
        flow = self.desk.flow
        for action in flow.view.actions:
            if action.talk_id != flow.talk.id or action.state is ActionState.DROPPED:
                continue
            who = flow.view.name_of(action.who).split(" ", maxsplit=1)[0]
            done = action.state is ActionState.DONE
            cells = {
                "mark": glyphs("✓") if done else glyphs("○"),
                "text": action.what,
                "more": f"{who} {show_near(action.due, today()) if action.due else ''}".strip(),
            }
            yield Row(f"action:{action.id}", cells, tones={"more": "muted"}), action.what

    def _intents(self) -> Iterator[tuple[Row, str]]:
        flow = self.desk.flow
        lines = [one for one in flow.view.intents if one.talk_id == flow.talk.id]
        if lines:
            yield heading("intents", _("Next time"))
        for line in lines:
            text = if_then_text(line)
            yield Row(f"intent:{line.id}", {"text": text}), text

    def _edits(self) -> Iterator[tuple[Row, str]]:
        flow = self.desk.flow
        stamped = flow.talk.plan_updated_on
        if flow.talk.plan_edits or stamped:
            title = _("Changed in the plan")
            if stamped:
                title = _("The plan was updated together on {date}").format(date=show_date(stamped))
            yield heading("edits", title)
        for number, edit in enumerate(flow.talk.plan_edits):
            text = edit_text(edit, flow.view)
            yield Row(f"edit:{number}", {"text": text}), text

    def _aims(self) -> Iterator[tuple[Row, str]]:
        flow = self.desk.flow
        for aim in flow.words.aims:
            mark = glyphs("✓") if aim.key in flow.talk.aims else glyphs("○")
            yield Row(f"aim:{aim.key}", {"mark": mark, "text": aim.text}), aim.text

    @property
    def line(self) -> str:
        """What an action can be made of: neither the next date nor an aim is one."""
        return super().line if split_id(self.grid.row_id)[0] == "intent" else ""

    # -- keys -----------------------------------------------------------------------------------

    def action_tick(self) -> None:
        """Take the proposed date, tick an aim, or tick an agreement off."""
        kind, id = split_id(self.grid.row_id)
        talk = self.desk.talk
        if kind == "next":
            if talk.next_on is None:
                proposed = next_date(self.desk.flow.view, today())
                self.desk.edit_talk(_("Next date"), next_on=proposed, no_next=False)
        elif kind == "aim":
            chosen = {*talk.aims} ^ {id}
            order = [aim.key for aim in self.desk.flow.words.aims]
            self.desk.edit_talk(
                _("Aims of the talk"), aims=tuple(key for key in order if key in chosen)
            )
        elif kind == "action":
            self._set_state(ActionState.DONE)
        self.bring()

    def _set_state(self, state: ActionState) -> None:
        action = self.desk.store.get(Action, split_id(self.grid.row_id)[1])
        if action is None:
            return
        new = ActionState.OPEN if action.state is state else state
        done = today() if new is ActionState.DONE else None
        change = Change.edited(action, state=new, done_on=done)
        self.desk.commit([change], _("Agreement “{what}”").format(what=action.what))

    def action_drop(self) -> None:
        """Drop an agreement; undo brings it back."""
        self._set_state(ActionState.DROPPED)
        self.bring()

    def action_open(self) -> None:
        """Edit the date or the agreement; tick what has nothing to edit."""
        kind, id = split_id(self.grid.row_id)
        if kind == "next":
            self.action_date()
        elif kind == "action":
            self._edit_action(id)
        elif kind == "aim":
            self.action_tick()

    @work
    async def _edit_action(self, id: str) -> None:
        action = self.desk.store.get(Action, id)
        if action is not None:
            form = action_form(self.desk.store, action)
            await fill_in(self, form, agreement_name)

    @work
    async def action_date(self) -> None:
        """Agree on the next date, or that there is none."""
        await ask_next(self.desk, self)
        self.bring()


async def ask_next(desk: TalkDesk, asker: Asker) -> bool:
    """Ask for the next date; the rhythm proposes it. False where it was given up."""
    seen, dates = desk.talk, dates_from(desk.flow.view.mentee.start)
    day = seen.next_on or next_date(desk.flow.view, today())
    fields = [
        Field("day", _("Date"), show_date(day), check=dates.check),
        yes_no("none", _("No next talk"), seen.no_next),
    ]

    def problem(texts: Mapping[str, str]) -> str:
        chosen = dates.read(texts["day"])
        if texts["none"]:
            return ""
        if chosen is None:
            return _("Agree on a date for the next talk, or choose that there is none.")
        return _("The date of the next talk has passed.") if chosen < today() else ""

    def changes(texts: Filled) -> list[Change]:
        none = bool(texts["none"])
        chosen = None if none else dates.read(texts["day"])
        return [Change.edited(seen, next_on=chosen, no_next=none)]

    form = Form("next_talk", _("Next talk"), fields, problem)
    return await edit_records(asker, seen, form, changes, _("Next date")) is not None
