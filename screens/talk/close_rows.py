"""The rows of the last step: next date, actions, lines "Next time", the plan, the six aims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.clock import today
from data.dates import echo_date, show_date
from data.i18n import _
from data.method.talk.lifecycle import next_date
from data.method.talk.missing import missing
from data.method.talk.plan_edits import edit_text
from data.records import ActionState
from screens.talk.desk import TalkDesk
from screens.talk.step_list import TextRow, action_row, heading, next_time_rows, split_id
from widgets.glyphs import glyphs
from widgets.grid import Row, Tone


class CloseRows:
    """Makes the rows from the records of a talk."""

    def __init__(self, desk: TalkDesk) -> None:
        self._desk = desk

    def rows(self) -> Sequence[TextRow]:
        """Return the rows: next date first, since no talk ends without it (R27)."""
        return [
            heading("next", _("Next talk")),
            self._next(),
            *self._missing(),
            heading("actions", _("Agreed today: a adds, F3 while writing")),
            *self._actions(),
            *next_time_rows(self._desk),
            *self._edits(),
            heading("aims", _("The six aims of feedback (optional, Space ticks)")),
            *self._aims(),
        ]

    @staticmethod
    def is_line(row_id: str) -> bool:
        """Return whether an action can be made of a row: of the next date or an aim it cannot."""
        return split_id(row_id)[0] == "intent"

    def _next(self) -> TextRow:
        talk = self._desk.talk
        tone: Tone = "strong"
        if talk.next_on:
            mark, text = glyphs("✓"), echo_date(talk.next_on, today())
            whole = text
        elif talk.no_next:
            mark, text = glyphs("✓"), _("none (chosen)")
            whole = text
        else:
            date = echo_date(next_date(self._desk.flow.view, today()), today())
            mark, tone = "?", ""
            text = _("proposed: {date}").format(date=date)
            whole = _("proposed: {date}. Space accepts, Enter changes.").format(date=date)
        return Row("next:", {"mark": mark, "text": text}, tones={"text": tone}), whole

    def _missing(self) -> Iterator[TextRow]:
        """Yield what the guide asks for and is not there yet; the next date has its own row."""
        found = [one for one in missing(self._desk.flow, today()) if one.step != "close"]
        if found:
            yield heading("missing", _("Still to do: Enter goes there"))
        for one in found:
            text = f"{one.name}: {one.why}"
            yield Row(f"missing:{one.step}", {"mark": "!", "text": text}), text

    def _actions(self) -> Iterator[TextRow]:
        flow = self._desk.flow
        for action in flow.view.actions:
            if action.talk_id == flow.talk.id and action.state is not ActionState.DROPPED:
                yield action_row(flow.view, action)

    def _edits(self) -> Iterator[TextRow]:
        flow = self._desk.flow
        agreed_on = flow.talk.plan_updated_on
        if flow.talk.plan_edits or agreed_on:
            title = _("Changed in the plan")
            if agreed_on:
                title = _("The plan was updated together on {date}").format(
                    date=show_date(agreed_on)
                )
            yield heading("edits", title)
        for number, edit in enumerate(flow.talk.plan_edits):
            text = edit_text(edit, flow.view)
            yield Row(f"edit:{number}", {"text": text}), text

    def _aims(self) -> Iterator[TextRow]:
        flow = self._desk.flow
        for aim in flow.words.aims:
            mark = glyphs("✓") if aim.key in flow.talk.aims else glyphs("○")
            yield Row(f"aim:{aim.key}", {"mark": mark, "text": aim.text}), aim.text
