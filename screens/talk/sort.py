"""Sorting what was talked about into four heaps, one key for each item (R30, R32)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from data.i18n import N_, _
from data.method.talk.heaps import (
    Heap,
    Item,
    as_made,
    ask_action,
    asked,
    heap_word,
    if_then,
    items,
    put,
)
from data.records import Intent
from data.store.change import Change
from screens.dialogs.edit_record import Form, create_records, edit_record
from screens.dialogs.form import Field, Filled
from screens.talk.desk import TalkDesk
from screens.talk.step_list import RowSource, StepList, TextRow, next_time_rows, split_id
from widgets.glyphs import glyphs
from widgets.grid import Row


class SortRows:
    """Makes the rows from the records of a talk."""

    def __init__(self, desk: TalkDesk) -> None:
        self._desk = desk

    def rows(self) -> Sequence[TextRow]:
        """Return what was talked about, then the lines "Next time ..."."""
        found: list[TextRow] = []
        for item in self._items():
            cells = {
                "mark": glyphs("✓") if item.heap else glyphs("○"),
                "text": item.text,
                "more": heap_word(item.heap) if item.heap else "",
            }
            found.append((Row(f"item:{item.id}", cells, tones={"more": "strong"}), item.text))
        return [*found, *next_time_rows(self._desk)]

    def _items(self) -> list[Item]:
        flow = self._desk.flow
        return items(flow.view, flow.talk)

    @staticmethod
    def empty() -> str:
        """Return where items come from."""
        return _(
            "Nothing to sort yet. Choose tasks under “Last time”, or answer a "
            "question. What is private is not shown here."
        )

    def item_of(self, row_id: str) -> Item | None:
        """Return the item that stands in a row; None for any other row."""
        kind, id = split_id(row_id)
        return next((one for one in self._items() if kind == "item" and one.id == id), None)

    def task_of(self, row_id: str) -> str:
        """Return the id of the task of the item in a row, or ""."""
        item = self.item_of(row_id)
        return item.task_id if item else ""


class SortList(StepList):
    """The list of what was talked about.

    A digit puts the row on a heap and goes on to the next row; letters mean what they mean on
    every list.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "put('keep')", N_("Keep"), priority=True),
        Binding("2", "put('adjust')", N_("Adjust"), priority=True),
        Binding("3", "put('park')", N_("Park"), priority=True),
        Binding("4", "put('ask')", N_("Ask"), priority=True),
        Binding("i", "if_then", N_("Next time …"), priority=True),
        Binding("backspace,delete", "put('')", N_("Not sorted"), show=False),
    ]

    def __init__(self, desk: TalkDesk) -> None:
        self._made = SortRows(desk)
        source = RowSource(self._made.rows, self._made.task_of, empty=self._made.empty)
        super().__init__(desk, source)

    @property
    def _item(self) -> Item | None:
        """The item under the cursor."""
        return self._made.item_of(self.grid.row_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let digits and letters be commands on the rows only."""
        if action == "put":
            return self.on_rows and self._item is not None
        if action == "if_then":
            return self.on_rows
        return True

    def action_put(self, heap: str) -> None:
        """Put the item on a heap and go on; what is to be asked about becomes an action as well.

        `heap` is a value of `Heap`, or "" to take the item from its heap.
        """
        item = self._item
        if item is None:
            return
        chosen = Heap(heap) if heap else None
        changes: list[Change] = [put(self.desk.talk, item, chosen)]
        talk, who = self.desk.talk, "mentee"
        there = asked(self.desk.flow.view, talk, item)
        if chosen is Heap.ASK and not there:
            changes.append(ask_action(talk, item, who))
        elif chosen is not Heap.ASK:
            changes += [Change.deleted(one) for one in as_made(there, talk, item, who)]
        self.commit(changes, _("Sorting of “{item}”").format(item=item.text))
        if chosen:
            self.grid.body.action_move(1, 0)

    @work
    async def action_if_then(self) -> None:
        """Write a line "Next time ..., I will ...", or mend the one under the cursor."""
        kind, id = self.at
        seen = self.desk.store.get(Intent, id) if kind == "intent" else None
        title, task_id = _("Next time …, I will …"), self.task_id
        if seen is not None:
            await edit_record(self, seen, _form(seen, title), _filled, title)
            return
        new = Intent(mentee_id=self.desk.mentee_id, situation="", act="")

        def made(texts: Filled) -> list[Change]:
            flow, line = self.desk.flow, _filled(new, texts)
            return [if_then(flow.view, flow.talk, line.situation, line.act, task_id)]

        await create_records(self, new, _form(new, title), made, title, of=task_id)


def _form(intent: Intent, title: str) -> Form:
    """Return the form of a line "Next time ..., I will ..."."""
    fields = [
        Field(
            "situation",
            _("Next time"),
            intent.situation,
            required=_("Enter the situation"),
        ),
        Field("act", _("I will"), intent.act, required=_("Enter what the mentee will do")),
    ]
    return Form("intent", title, fields)


def _filled(intent: Intent, texts: Filled) -> Intent:
    """Return the line with the fields of the form that were changed."""
    return replace(intent, **texts.read(situation=str.strip, act=str.strip))
