"""The workplace's own questions for the guided talk: add, order, switch on and off (R43, R44)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.i18n import N_, _, language
from data.library import questions
from data.library.shared import SharedQuestion
from data.method.talk.questions import in_order, is_closed
from data.records import Question
from data.store.change import Change
from data.text import line
from screens.dialogs.ask import AskDialog
from screens.dialogs.edit_record import Form, create_records, delete_record, edit_record
from screens.dialogs.form import Field, Filled
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.proposed import PAGE
from screens.frame.title import Title
from screens.library.shelves import (
    added_questions,
    heading_of_shared,
    reworded,
    shelf_parts,
    where_from,
)
from widgets.glyphs import dotted, glyphs
from widgets.grid import Column, Grid, Row
from widgets.reading import Footnote


class QuestionsScreen(BaseScreen[None]):
    """Lists the six questions of the guide, which cannot be changed, and the workplace's own."""

    HELP_TOPIC = "library"
    DOCUMENT = PAGE
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", N_("Add"), tooltip=N_("Add question")),
        Binding("e", "edit", N_("Edit"), tooltip=N_("Edit question")),
        Binding("space", "switch", N_("On/off"), priority=True),
        Binding("s", "switch_set", N_("The whole set on/off")),
        Binding("J", "move(1)", N_("Down")),
        Binding("K", "move(-1)", N_("Up")),
        Binding("x", "delete", N_("Delete"), show=False),
        Binding("escape", "back", N_("Back")),
    ]

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.grid = Grid((Column("mark", "", 2), Column("text", "", 30, flex=1)), header=False)
        self.detail = Footnote()

    def body(self) -> ComposeResult:
        """Put the list of questions above the whole text of the one under the cursor."""
        yield self.grid
        yield self.detail

    def on_mount(self) -> None:
        """Put the cursor on the first own question."""
        super().on_mount()
        own = self.own
        self.grid.go_to(own[0].id if own else "new")
        self.grid.focus()

    def headline(self) -> Title:
        """Return the screen's name."""
        return Title(_("Questions in talks"))

    def page_text(self) -> tuple[str, Sequence[tuple[str, str]]]:
        """Return what is on this shelf of the library, to be written."""
        return self.headline().text, shelf_parts(self.store, "questions")

    # -- showing ------------------------------------------------------------------------------

    @property
    def own(self) -> list[Question]:
        """The own questions, in the order in which they are asked."""
        return in_order(self.store.all(Question))

    @property
    def question(self) -> Question | None:
        """The own question under the cursor; None if the cursor is elsewhere."""
        return self.store.get(Question, self.grid.row_id)

    def show_records(self) -> None:
        """Show the guide's questions, then each set of own questions."""
        rows = [Row("heading:guide", {"mark": _("The guide's six, always there")}, heading=True)]
        worded = reworded()
        for number, step in enumerate(questions(language()).questions, 1):
            where = where_from() if step.key in worded else ""
            text = dotted(step.text.replace("{task}", "x"), where)
            cells = {"mark": str(number), "text": text}
            rows.append(Row(f"guide:{step.key}", cells, tones={"text": "muted", "mark": "muted"}))
        rows += _added_rows()
        shown = ""
        own = self.own
        for one in own:
            if one is own[0] or one.set_name != shown:
                shown = one.set_name
                title = shown or _("Your own, asked after them")
                rows.append(Row(f"heading:set:{shown}", {"mark": title}, heading=True))
            cells = {"mark": glyphs("✓") if one.active else glyphs("○"), "text": one.text}
            rows.append(Row(one.id, cells, tones={} if one.active else {"text": "muted"}))
        if not own:
            title = _("Your own, asked after them")
            rows.append(Row("heading:set:", {"mark": title}, heading=True))
            rows.append(Row("new", {"text": _("None yet: a adds one")}, tones={"text": "muted"}))
        self.grid.show(rows)
        self._show_detail()

    @on(Grid.Moved)
    def _show_detail(self) -> None:
        kind, _sep, key = self.grid.row_id.partition(":")
        one = self.question
        if kind == "guide":
            step = questions(language()).step(key)
            from_there = where_from() if key in reworded() else ""
            self.detail.show(step.text.replace("{task}", "x"), step.purpose, from_there)
        elif added := self._added:
            self.detail.show(added.text, "; ".join(added.probes or ()), where_from())
        elif one is not None:
            closed = _closed_warning() if is_closed(one.text, one.probes) else ""
            self.detail.show(one.text, "; ".join(one.probes), closed)
        else:
            self.detail.show("")

    @property
    def _added(self) -> SharedQuestion | None:
        """The question of the workplace's library under the cursor; None if it is elsewhere."""
        here = self.grid.row_id
        return next((one for one in added_questions() if f"shared:{one.key}" == here), None)

    # -- changing -----------------------------------------------------------------------------

    @on(Grid.Opened)
    def _opened(self) -> None:
        if self.question is not None or self._added is not None:
            self.action_edit()
        else:
            self.action_add()

    @work
    async def action_add(self) -> None:
        """Ask for a new question and add it to the set under the cursor."""
        here = self.question
        order = max((one.order for one in self.own), default=0.0) + 1
        new = Question(text="", set_name=here.set_name if here else "", order=order)

        def new_records(texts: Filled) -> list[Change]:
            return [Change.created(_filled(new, texts))]

        form = _form(new, _("New question"))
        if await create_records(self, new, form, new_records, _("New question")):
            self._go_to(new.id)

    @work
    async def action_edit(self) -> None:
        """Edit the question. Talks that were held keep the wording in which it was asked."""
        one = self.question
        if one is None:
            self._say_guides()
        elif await edit_record(self, one, _form(one, _("Question")), _filled, _("Question")):
            self._go_to(one.id)

    def _say_guides(self) -> None:
        if self._added is not None:
            self.say(
                _("It comes {where}, and can be changed there only").format(where=where_from())
            )
            return
        self.say(_("The guide's questions cannot be changed; a adds one of your own"))

    def _go_to(self, id: str) -> None:
        self.grid.go_to(id)
        saved = self.store.get(Question, id)
        if saved is not None and is_closed(saved.text, saved.probes):
            self.say(_closed_warning())

    def action_switch(self) -> None:
        """Switch the question on or off: talks ask it from now on, or no longer."""
        one = self.question
        if one is not None:
            self.commit([Change.edited(one, active=not one.active)], _("Question on/off"))
        else:
            self._say_guides()

    def action_switch_set(self) -> None:
        """Switch all questions of the set off; or on, if all of them are off."""
        here = self.question
        if here is not None:
            whole = [one for one in self.own if one.set_name == here.set_name]
            on_now = any(one.active for one in whole)
            changes = [Change.edited(one, active=not on_now) for one in whole]
            self.commit(changes, _("Set of questions on/off"))
        else:
            self._say_guides()

    def action_move(self, way: int) -> None:
        """Move the question down (`way` is 1) or up (-1) within its set."""
        here = self.question
        whole = [one for one in self.own if here and one.set_name == here.set_name]
        at = next((i for i, one in enumerate(whole) if here and one.id == here.id), -1)
        if here is None:
            self._say_guides()
            return
        if not 0 <= at + way < len(whole):
            self.say(_("It is already first") if way < 0 else _("It is already last"))
            return
        other = whole[at + way]
        orders = sorted((here.order, other.order))
        if orders[0] == orders[1]:
            orders[1] += 0.5
        low, high = (here, other) if way < 0 else (other, here)
        changes = [Change.edited(low, order=orders[0]), Change.edited(high, order=orders[1])]
        self.commit(changes, _("Order of the questions"))

    @work
    async def action_delete(self) -> None:
        """Ask, and delete the question. Answers to it stay in their talks."""
        one = self.question
        if one is None:
            self._say_guides()
            return
        title = _("Delete the question?")
        kept = _("Earlier answers stay in their talks, with the wording used then.")
        question = AskDialog(title, f"{one.text}\n{kept}")
        await delete_record(self, self.store, one, question, _("Question deleted"))


def _added_rows() -> list[Row]:
    """Return the questions that the workplace's library adds, below a heading."""
    rows = [
        Row(f"shared:{one.key}", {"mark": glyphs("✓"), "text": one.text}, tones={"mark": "muted"})
        for one in added_questions()
    ]
    heading = Row("heading:shared", {"mark": heading_of_shared()}, heading=True)
    return [heading, *rows] if rows else []


def _closed_warning() -> str:
    return _("Saved. It can be answered with yes or no; consider an open follow-up.")


def _form(one: Question, title: str) -> Form:
    fields = [
        Field("text", _("Question"), one.text, required=_("Write the question")),
        Field("probes", _("Follow-up questions"), "\n".join(one.probes), "lines"),
        Field("set_name", _("Question set"), one.set_name, hint=_("the team's, three months …")),
    ]
    return Form("question", title, fields)


def _filled(one: Question, texts: Filled) -> Question:
    return replace(one, **texts.read(text=line, probes=_probes, set_name=line))


def _probes(text: str) -> tuple[str, ...]:
    return tuple(probe for part in text.split("\n") if (probe := line(part)))
