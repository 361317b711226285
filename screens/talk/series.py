"""The series of talks: numbered, held and planned (R41)."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from data.clock import today
from data.dates import parse_time, show_date, show_distance, show_weekday
from data.i18n import N_, _, language
from data.library.talk_rhythms import rhythm, rhythms
from data.method.talk.rhythm import (
    cancel,
    change_rhythm,
    is_past_end,
    kept,
    minutes_spent,
    move,
    moves_text,
    new_talk,
    postpone,
    propose_next,
)
from data.method.view import TO_COME, MenteeView, held_on
from data.method.words import word
from data.queries.views import mentee_view
from data.records import Mentee, Talk, TalkState, Task, TaskStatus
from data.store.change import Change
from data.store.store import Store
from screens.dialogs.ask import AskDialog
from screens.dialogs.edit_record import Form, create_records, edit_records
from screens.dialogs.form import Field, Filled
from screens.dialogs.pick import Item, PickDialog
from screens.frame.entries import dates_from
from screens.mentee.base import MenteeScreen
from screens.talk.open import open_talk, read_talk
from widgets.glyphs import glyphs
from widgets.grid import Column, Grid, Row, Tone


def columns() -> tuple[Column, ...]:
    """Return the columns in the language of the interface."""
    return (
        Column("number", _("No."), 3, right=True),
        Column("when", _("When"), 20),
        Column("distance", "", 12),
        Column("state", _("State"), 10),
        Column("minutes", _("Minutes"), 8, right=True),
        Column("about", _("About"), 12, flex=1),
    )


class TalksScreen(MenteeScreen):
    """All talks of one mentee."""

    PLACE = "talks"
    HELP_TOPIC = "talks"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", N_("Add")),
        Binding("m", "move", N_("Move")),
        Binding("p", "postpone", N_("Postpone")),
        Binding("x", "cancel", N_("Cancel the talk")),
        Binding("h", "held", N_("Held without the program"), show=False, priority=True),
        Binding("f", "prepare", N_("Preparation sheet")),
        Binding("o", "tasks", N_("Choose tasks"), show=False),
        Binding("r", "rhythm", N_("Rhythm")),
    ]

    DEFAULT_CSS = """
    TalksScreen .talks-line { height: auto; padding: 0 1; color: $text-muted; }
    """

    def body(self) -> ComposeResult:
        """Lay the list over a line about the rhythm."""
        self.grid = Grid(())
        self.line = Static(Content(""), classes="talks-line")
        yield self.grid
        yield self.line

    def on_mount(self) -> None:
        """Stand where one stood last, or on the talk that is next."""
        super().on_mount()
        row_id, _column = self.context.positions.get(self.position_key, ("", ""))
        if not (row_id and self.grid.go_to(row_id)):
            self._go_to_next()
        self.grid.focus()

    def _go_to_next(self) -> None:
        view = self.view
        if view is None:
            return
        near = view.running or next(iter(view.to_come), None) or next(reversed(view.talks), None)
        if near is not None:
            self.grid.go_to(near.id)

    @property
    def view(self) -> MenteeView | None:
        """The mentee's records as they are now."""
        mentee = self.mentee
        return None if mentee is None else mentee_view(self.store, mentee)

    @property
    def talk(self) -> Talk | None:
        """The talk under the cursor."""
        return self.store.get(Talk, self.grid.row_id) if self.grid.row_id else None

    # -- showing ------------------------------------------------------------------------------

    def show_records(self) -> None:
        """Show the series."""
        view = self.view
        if view is not None:
            self.grid.show([self._row(view, talk) for talk in view.talks], columns())
            self.line.update(Content(self._line(view)))

    def _row(self, view: MenteeView, talk: Talk) -> Row:
        to_come = talk.state in TO_COME or talk.state is TalkState.RUNNING
        day = talk.planned_on if talk.state in TO_COME else held_on(talk)
        when = f"{show_weekday(day)} {show_date(day)}" if day else _("no date")
        if day and talk.planned_time and talk.state in TO_COME:
            when += f" {talk.planned_time}"
        tones: dict[str, Tone] = {"distance": "muted", "about": "muted"}
        if talk.state in (TalkState.CANCELLED, TalkState.ARCHIVED):
            tones |= dict.fromkeys(("when", "state", "number"), "muted")
        elif to_come and day and day <= today():
            tones |= dict.fromkeys(("when", "state"), "strong")
        cells = {
            "number": str(talk.number),
            "when": when,
            "distance": show_distance(day, today()) if day and to_come else "",
            "state": word(talk.state),
            "minutes": self._minutes(view, talk),
            "about": self._about(view, talk),
        }
        return Row(talk.id, cells, tones=tones)

    @staticmethod
    def _minutes(view: MenteeView, talk: Talk) -> str:
        planned = talk.minutes or (view.agreement.minutes if view.agreement else None)
        spent = minutes_spent(talk) if talk.state is TalkState.HELD else None
        if spent is not None:
            return f"{spent}/{planned}" if planned else str(spent)
        return str(planned) if planned and talk.state in TO_COME else ""

    @staticmethod
    def _about(view: MenteeView, talk: Talk) -> str:
        tasks = [task.title for id in talk.task_ids if (task := view.task(id))]
        return ", ".join(tasks)

    @staticmethod
    def _line(view: MenteeView) -> str:
        if not view.talks:
            return _("No talks yet. a adds one, t starts one at once, r lays a whole series.")
        told = kept(view)
        parts = [
            rhythm(view.mentee.rhythm).title(language()),
            _("{held} held, {cancelled} cancelled, {to_come} to come").format(
                held=told.held, cancelled=told.cancelled, to_come=told.to_come
            ),
        ]
        if told.minutes_planned and told.minutes_held:
            parts[-1] += glyphs(" · ") + _("{spent} of {planned} min set aside were used").format(
                spent=told.minutes_held, planned=told.minutes_planned
            )
        return "\n".join(parts)

    # -- opening ------------------------------------------------------------------------------

    @on(Grid.Moved)
    def _remember(self, event: Grid.Moved) -> None:
        self.context.positions[self.position_key] = (event.row_id, event.column)

    @on(Grid.Opened)
    def _open(self, event: Grid.Opened) -> None:
        talk = self.store.get(Talk, event.row_id)
        if talk is None:
            return
        if talk.state in (TalkState.HELD, TalkState.ARCHIVED):
            read_talk(self, talk.id)
        elif talk.state is TalkState.CANCELLED:
            self.say(_("It was cancelled; m plans it again"))
        else:
            open_talk(self, self.mentee_id, talk.id)

    def action_prepare(self) -> None:
        """Read the preparation sheet for the mentee."""
        from screens.talk.read import PreparationScreen

        talk = self.talk
        if talk is None or talk.state not in TO_COME:
            self.say(_("The sheet is for a talk to come; put the cursor on one"))
            return
        self.app.push_screen(PreparationScreen(self.context, talk.id))

    @work
    async def action_tasks(self) -> None:
        """Choose what a talk to come is about, one task after the other; Esc ends it."""
        talk = self.talk
        while talk is not None and talk.state in TO_COME:
            tasks = mentee_tasks(self.store, self.mentee_id)
            items = [
                Item(one.id, one.title, _("chosen") if one.id in talk.task_ids else "")
                for one in tasks
            ]
            title = _("What talk {number} is about").format(number=talk.number)
            picked = await self.app.push_screen_wait(PickDialog(title, items))
            if picked is None or not picked.id:
                return
            rest = tuple(id for id in talk.task_ids if id != picked.id)
            ids = rest if picked.id in talk.task_ids else (*talk.task_ids, picked.id)
            self.commit([Change.edited(talk, task_ids=ids)], title)
            talk = self.store.get(Talk, talk.id)

    # -- changing the series ------------------------------------------------------------------

    def _when_fields(self, mentee: Mentee, day: str, time: str, required: str) -> list[Field]:
        return [
            Field("day", _("Date"), day, check=dates_from(mentee.start).check, required=required),
            Field("time", _("Time"), time, check=parse_time),
        ]

    @work
    async def action_add(self) -> None:
        """Add a talk at the end of the series; the rhythm proposes its day."""
        view = self.view
        if view is None:
            return
        talk = new_talk(view, propose_next(view, today()))
        title = _("Talk {number}").format(number=talk.number)
        fields = self._when_fields(view.mentee, show_date(talk.planned_on), "", "")
        read = dates_from(view.mentee.start).read

        def made(texts: Filled) -> list[Change]:
            now = self.view or view  # somebody else may have added one: numbers are given once
            day, time = read(texts["day"]), parse_time(texts["time"])
            number = new_talk(now, day).number
            made = replace(talk, number=number, planned_on=day, planned_time=time if day else "")
            return [Change.created(made)]

        if await create_records(self, talk, Form("talk", title, fields), made, title):
            self.grid.go_to(talk.id)
            self._warn_past_end(talk.id)

    def _warn_past_end(self, talk_id: str) -> None:
        talk, mentee = self.store.get(Talk, talk_id), self.mentee
        if talk and mentee and talk.planned_on and is_past_end(mentee, talk.planned_on):
            self.say(
                _("That is after the course ends on {date}").format(date=show_date(mentee.ends))
            )

    def _movable(self) -> Talk | None:
        """Return the talk under the cursor if its date can change; else say why not."""
        talk = self.talk
        if talk is None:
            return None
        if talk.state in (TalkState.HELD, TalkState.ARCHIVED, TalkState.RUNNING):
            self.say(_("Talk {number} has begun and cannot be moved").format(number=talk.number))
            return None
        return talk

    @work
    async def action_move(self) -> None:
        """Plan the talk for another day; it keeps its number."""
        talk, mentee = self._movable(), self.mentee
        if talk is None or mentee is None:
            return
        title = _("Move talk {number}").format(number=talk.number)
        fields = self._when_fields(
            mentee, show_date(talk.planned_on), talk.planned_time, _("Give the new day")
        )
        read = dates_from(mentee.start).read

        def moved(texts: Filled) -> list[Change]:
            day = read(texts["day"])
            return [move(talk, day, parse_time(texts["time"]))] if day else []

        if await edit_records(self, talk, Form("move", title, fields), moved, title):
            self._warn_past_end(talk.id)

    @work
    async def action_postpone(self) -> None:
        """Put the talk off, to a day or to no day yet."""
        talk, mentee = self._movable(), self.mentee
        if talk is None or mentee is None:
            return
        title = _("Postpone talk {number}").format(number=talk.number)
        field = Field(
            "day", _("Until"), check=dates_from(mentee.start).check, hint=_("empty: no day yet")
        )
        read = dates_from(mentee.start).read

        def postponed(texts: Filled) -> list[Change]:
            return [postpone(talk, read(texts["day"]))]

        await edit_records(self, talk, Form("postpone", title, [field]), postponed, title)

    @work
    async def action_cancel(self) -> None:
        """Cancel the talk; its number stays."""
        talk = self._movable()
        if talk is None:
            return
        title = _("Cancel talk {number}?").format(number=talk.number)
        why = _("It stays in the series under its number. To find another day, press m instead.")
        if await self.app.push_screen_wait(AskDialog(title, why)):
            what = _("Talk {number} cancelled").format(number=talk.number)
            self.commit([cancel(talk)], what)

    def action_held(self) -> None:
        """Note that the talk was held without being written down here."""
        talk = self._movable()
        if talk is None:
            return
        if talk.planned_on is None or talk.planned_on > today():
            self.say(_("It is not yet the day of that talk; m moves it"))
            return
        what = _("Talk {number} held").format(number=talk.number)
        self.commit([Change.edited(talk, state=TalkState.HELD)], what)
        self.say(what)

    @work
    async def action_rhythm(self) -> None:
        """Choose another rhythm; says what it moves before doing it."""
        mentee = self.mentee
        if mentee is None:
            return
        items = [Item(one.key, one.title(language())) for one in rhythms()]
        dialog = PickDialog(_("Rhythm of the talks"), items, chosen=mentee.rhythm)
        picked = await self.app.push_screen_wait(dialog)
        view = self.view
        if picked is None or view is None:
            return
        if view.mentee.rhythm != mentee.rhythm:
            # Somebody else has just chosen one and moved the talks; which holds is still to be said
            self.commit([Change.edited(mentee, rhythm=picked.id)], _("Rhythm of the talks"))
            return
        plan = change_rhythm(view, picked.id, today())
        if not plan.moved:
            self.commit(plan.changes, _("Rhythm of the talks"))
            self.say(_("No talk is moved by it"))
            return
        if await self.app.push_screen_wait(
            AskDialog(_("Change the rhythm?"), moves_text(plan.moved))
        ):
            self.commit(plan.changes, _("Rhythm of the talks"))


def mentee_tasks(store: Store, mentee_id: str) -> list[Task]:
    """Return the tasks of a mentee that are not done, in the plan's order."""
    tasks = [one for one in store.of(Task, mentee_id) if one.status is not TaskStatus.DONE]
    return sorted(tasks, key=lambda one: (one.order, one.id))


def _timed(talk: Talk, time: str) -> Talk:
    return replace(talk, planned_time=time)
