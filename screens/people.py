"""People round the mentee: introductions, actions agreed on, doubts, case systems (screen 5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.change import Change
from data.clock import today
from data.dates import show_date
from data.i18n import N_, _
from data.method.view import MenteeView
from data.records import (
    Action,
    ActionState,
    Duty,
    DutyKind,
    Introduction,
    Note,
    NoteKind,
    PersonKind,
)
from data.text import first_line
from data.views import mentee_view
from screens.base import MenteeScreen
from screens.context import Context
from screens.dialogs.ask import AskDialog
from screens.dialogs.form import FormDialog
from screens.people_forms import Form, form_of, new_form
from widgets.glyphs import glyphs
from widgets.grid import Column, Grid, Row, Tone

SECTIONS = (
    ("introduction", N_("Knowledge persons and networks")),
    ("action", N_("Actions agreed on")),
    ("system", N_("Case systems")),
    ("doubt", N_("Doubts and questions")),
)
"""Kind and heading (msgid), in the order of the screen."""
_EMPTY = {
    "introduction": N_("Nobody yet: a adds somebody the mentee should meet"),
    "action": N_("No actions yet: a adds one, F3 makes one in a talk or note"),
    "system": N_("No case systems yet: a adds one"),
    "doubt": N_("Nothing here: a notes a doubt or question, without blame"),
}


def _row(
    kind: str, id: str, texts: tuple[str, str, str, str], *, done: bool, late: bool = False
) -> Row:
    what, who, when, settled = texts
    mark = glyphs("✓") if done else "!" if late else " "
    cells = {"what": f"{mark} {what}", "who": who, "when": when, "done": settled}
    tones: dict[str, Tone] = dict.fromkeys(cells, "muted") if done else {"who": "muted"}
    return Row(f"{kind}:{id}", cells, tones=tones)


class PeopleScreen(MenteeScreen):
    """One list in four parts; what is settled stays, quietly, at the end of its part."""

    PLACE = "people"
    HELP_TOPIC = "people"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "done", N_("Done")),
        Binding("a", "add", N_("Add")),
        Binding("e", "edit", N_("Edit")),
        Binding("x", "delete", N_("Delete")),
    ]

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id)
        self.grid = Grid()

    def body(self) -> ComposeResult:
        """Lay the list."""
        yield self.grid

    def on_mount(self) -> None:
        """Stand where one stood last."""
        super().on_mount()
        wanted = self.context.positions.get(self.position_key, ("", ""))[0]
        for row in self.grid.body.rows:
            if wanted and (row.id == wanted or row.id.endswith(f":{wanted}")):
                self.grid.go_to(row.id)
        self.grid.focus()

    # -- showing ------------------------------------------------------------------------------

    def show_records(self) -> None:
        """Show the four parts."""
        mentee = self.mentee
        if mentee is None:
            self.action_back()
            return
        view = mentee_view(self.store, mentee)
        rows: list[Row] = []
        for kind, heading in SECTIONS:
            if kind == "doubt" and self.context.shared_view:
                continue
            rows.append(Row(f"heading:{kind}", {"what": _(heading)}, heading=True))
            found = list(self._rows(kind, view))
            empty = Row(f"{kind}:", {"what": f"  {_(_EMPTY[kind])}"}, tones={"what": "muted"})
            rows += found or [empty]
        columns = (
            Column("what", _("What"), 28, flex=2, fixed=True),
            Column("who", _("Who"), 18, flex=1),
            Column("when", _("When"), 10),
            Column("done", _("Done on"), 10),
        )
        self.grid.show(rows, columns)

    def _rows(self, kind: str, view: MenteeView) -> Iterator[Row]:
        if kind == "introduction":
            yield from self._introductions(view)
        elif kind == "action":
            yield from self._actions(view)
        elif kind == "system":
            yield from self._systems(view)
        else:
            yield from self._doubts(view)

    @staticmethod
    def _introductions(view: MenteeView) -> Iterator[Row]:
        for one in sorted(
            view.introductions, key=lambda i: (i.done_on is not None, _day(i.planned_on))
        ):
            person = view.people.get(one.person_id)
            name = person.name if person else _("deleted person")
            about = one.about or (person.knows if person else "")
            network = person is not None and person.kind is PersonKind.NETWORK
            what = glyphs(" · ").join(filter(None, (name, _("network") if network else "", about)))
            by = view.name_of(one.by_id)
            texts = (
                what,
                _("through {name}").format(name=by) if by else "",
                show_date(one.planned_on),
                show_date(one.done_on),
            )
            late = one.done_on is None and one.planned_on is not None and one.planned_on < today()
            yield _row("introduction", one.id, texts, done=one.done_on is not None, late=late)

    @staticmethod
    def _actions(view: MenteeView) -> Iterator[Row]:
        def place(action: Action) -> tuple[bool, date]:
            return action.state is not ActionState.OPEN, _day(action.due)

        for action in sorted(view.actions, key=place):
            done = action.state is not ActionState.OPEN
            settled = _("dropped") if action.state is ActionState.DROPPED else ""
            texts = (
                action.what,
                view.name_of(action.who),
                show_date(action.due),
                settled or show_date(action.done_on),
            )
            late = not done and action.due is not None and action.due < today()
            yield _row("action", action.id, texts, done=done, late=late)

    @staticmethod
    def _systems(view: MenteeView) -> Iterator[Row]:
        for duty in view.duties:
            if duty.kind is not DutyKind.SYSTEM:
                continue
            if duty.access_on:
                access = _("access since {date}").format(date=show_date(duty.access_on))
            elif duty.access_ordered_on:
                access = _("access ordered")
            else:
                access = _("access not ordered")
            if duty.first_used_on:
                access = _("used since {date}").format(date=show_date(duty.first_used_on))
            start = view.mentee.start
            late = duty.access_on is None and start is not None and start <= today()
            texts = (duty.text, access, show_date(duty.due), show_date(duty.done_on))
            yield _row("system", duty.id, texts, done=duty.done_on is not None, late=late)

    @staticmethod
    def _doubts(view: MenteeView) -> Iterator[Row]:
        doubts = [note for note in view.notes if note.kind is NoteKind.DOUBT]
        for note in sorted(doubts, key=lambda one: one.answered_on is not None):
            task = view.task(note.task_id)
            texts = (
                first_line(note.text),
                task.title if task else "",
                show_date(note.at.date()) if note.at else "",
                show_date(note.answered_on),
            )
            yield _row("doubt", note.id, texts, done=note.answered_on is not None)

    # -- changing -----------------------------------------------------------------------------

    def _here(self) -> tuple[str, str]:
        kind, _sep, id = self.grid.row_id.partition(":")
        return kind, id

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee and the task of the action or doubt."""
        kind, id = self._here()
        if kind == "action":
            action = self.store.get(Action, id)
            return self.mentee_id, action.task_id if action else ""
        return self.mentee_id, ""

    @on(Grid.Moved)
    def _remember(self, event: Grid.Moved) -> None:
        self.context.positions[self.position_key] = (event.row_id, "")

    @on(Grid.Opened)
    def _opened(self, event: Grid.Opened) -> None:
        if self._here()[1]:
            self.action_edit()
        else:
            self.action_add()

    def action_done(self) -> None:
        """Settle what the cursor stands on today, or open it again."""
        kind, id = self._here()
        change = self._settled(kind, id)
        if change is not None:
            self.commit([change], _("Done"))
            self.say(_("Noted today (u takes it back)"))

    def _settled(self, kind: str, id: str) -> Change | None:
        day = today()
        if kind == "introduction" and (one := self.store.get(Introduction, id)):
            return Change.edited(one, done_on=None if one.done_on else day)
        if kind == "action" and (action := self.store.get(Action, id)):
            open_again = action.state is not ActionState.OPEN
            return Change.edited(
                action,
                state=ActionState.OPEN if open_again else ActionState.DONE,
                done_on=None if open_again else day,
            )
        if kind == "system" and (duty := self.store.get(Duty, id)):
            return Change.edited(duty, done_on=None if duty.done_on else day)
        if kind == "doubt" and (note := self.store.get(Note, id)):
            return Change.edited(note, answered_on=None if note.answered_on else day)
        return None

    @work
    async def action_add(self) -> None:
        """Add to the part in which the cursor stands."""
        kind = self._here()[0] or "introduction"
        await self._fill(new_form(self.store, kind, self.mentee_id))

    @work
    async def action_edit(self) -> None:
        """Edit all fields."""
        kind, id = self._here()
        if id:
            await self._fill(form_of(self.store, kind, id))

    async def _fill(self, form: Form | None) -> None:
        if form is None:
            return
        texts = await self.app.push_screen_wait(FormDialog(form.title, form.fields))
        if texts is not None:
            changes, id = form.changes(texts)
            self.commit(changes, form.title)
            self.grid.go_to(f"{form.kind}:{id}")

    @work
    async def action_delete(self) -> None:
        """Delete what the cursor stands on."""
        kind, id = self._here()
        record = {
            "introduction": self.store.get(Introduction, id),
            "action": self.store.get(Action, id),
            "system": self.store.get(Duty, id),
            "doubt": self.store.get(Note, id),
        }.get(kind)
        if record is None:
            return
        name = self.grid.body.row.cells["what"].strip() if self.grid.body.row else ""
        if await self.app.push_screen_wait(AskDialog(_("Delete {name}?").format(name=name))):
            self.commit([Change.deleted(record)], _("Deleted: {name}").format(name=name))


def _day(day: date | None) -> date:
    return day or date.max
