"""What can be done with the series of talks: add, move, postpone, cancel, prepare (R41)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from data.clock import today
from data.dates import EntryError, show_date
from data.i18n import N_, _, language
from data.library.talk_rhythms import rhythm, rhythms
from data.method.talk.own_rhythm import own_rhythms, parse_rhythm
from data.method.talk.rhythm import (
    cancel,
    change_rhythm,
    is_past_end,
    moves_text,
    new_talk,
    propose_next,
)
from data.method.view import TO_COME, MenteeView
from data.queries.views import mentee_view
from data.records import CalendarEntry, Mentee, Talk, TalkState, Task, TaskStatus
from data.store.change import Change
from data.store.store import Store
from screens.dialogs.ask import AskDialog
from screens.dialogs.edit_record import Form, create_records, edit_records
from screens.dialogs.form import Filled
from screens.dialogs.pick import Item, PickDialog
from screens.frame.commands import Commands
from screens.mentee.base import MenteeScreen
from screens.talk.forms import (
    move_form,
    postpone_form,
    talk_moved,
    talk_postponed,
    when_fields,
    when_filled,
)
from screens.talk.open import read_talk
from widgets.grid import Grid

ENDED = (TalkState.HELD, TalkState.ARCHIVED)


class SeriesCommands(Commands):
    """The commands of screen 3, on the talk under the cursor or on the whole series."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("a", "do('add')", N_("Add"), tooltip=N_("Add talk")),
        Binding("f", "do('move')", N_("Move"), tooltip=N_("Move talk")),
        Binding("e", "do('edit')", N_("Edit"), show=False, tooltip=N_("Edit talk")),
        Binding("p", "do('postpone')", N_("Postpone")),
        Binding("x", "do('cancel')", N_("Cancel talk")),
        Binding("d", "do('held')", N_("Held outside the program"), show=False, priority=True),
        Binding("v", "do('prepare')", N_("Preparation sheet")),
        Binding("o", "do('tasks')", N_("Choose tasks"), show=False),
        Binding("r", "do('rhythm')", N_("Rhythm")),
    ]

    def __init__(self, screen: MenteeScreen, grid: Grid) -> None:
        """`grid` shows the series; the id of each row is that of its talk."""
        self._screen = screen
        self._store = screen.store
        self._grid = grid

    @property
    def view(self) -> MenteeView | None:
        """The mentee's records as they are now; None once somebody has deleted the mentee."""
        mentee = self._screen.mentee
        return None if mentee is None else mentee_view(self._store, mentee)

    @property
    def talk(self) -> Talk | None:
        """The talk under the cursor, as the store has it now."""
        return self._store.get(Talk, self._grid.row_id) if self._grid.row_id else None

    def why_not(self, name: str, *arguments: object) -> str:
        """Return why the talk under the cursor is not for this command; "" where it is."""
        talk = self.talk
        if name in {"add", "rhythm"}:
            return ""
        if talk is None:
            return _("There is no talk here yet: a adds one")
        number = talk.number
        if talk.state in ENDED and name in {"move", "postpone", "cancel", "held"}:
            said = _("Talk {number} has been held: Enter opens it, and e corrects its day")
            return said.format(number=number)
        if name == "tasks" and talk.state not in TO_COME:
            said = _(
                "Talk {number} is not a planned one: Enter opens it, and Ctrl+T chooses its tasks"
            )
            return said.format(number=number)
        if talk.state is TalkState.CANCELLED and name in {"cancel", "held", "postpone"}:
            return _("Talk {number} was cancelled; f plans it again").format(number=number)
        return ""

    # -- getting ready for a talk -------------------------------------------------------------

    def prepare(self) -> None:
        """Read the preparation sheet for the mentee."""
        from screens.talk.papers import PreparationScreen  # loaded when first opened

        talk = self.talk
        if talk is None or talk.state not in TO_COME:
            self._screen.say(_("The sheet is for an upcoming talk; select one"))
            return
        self._screen.app.push_screen(PreparationScreen(self._screen.context, talk.id))

    async def tasks(self) -> None:
        """Choose what a talk to come is about, one task after the other; Esc ends it."""
        talk = self.talk
        while talk is not None and talk.state in TO_COME:
            items = [
                Item(one.id, one.title, _("chosen") if one.id in talk.task_ids else "")
                for one in _tasks_to_choose(self._store, self._screen.mentee_id)
            ]
            title = _("Topics for talk {number}").format(number=talk.number)
            picked = await self._screen.app.push_screen_wait(PickDialog(title, items))
            if picked is None or not picked.id:
                return
            rest = tuple(id for id in talk.task_ids if id != picked.id)
            ids = rest if picked.id in talk.task_ids else (*talk.task_ids, picked.id)
            self._screen.commit([Change.edited(talk, task_ids=ids)], title)
            talk = self._store.get(Talk, talk.id)

    # -- the dates ----------------------------------------------------------------------------

    async def add(self) -> None:
        """Add a talk at the end of the series; the rhythm proposes its day."""
        view = self.view
        if view is None:
            return
        talk = new_talk(view, propose_next(view, today()))
        title = _("Talk {number}").format(number=talk.number)
        day, *rest = when_fields(view.mentee, show_date(talk.planned_on), "", "")
        fields = [replace(day, proposed=True), *rest]

        def made(texts: Filled) -> list[Change]:
            now = self.view or view  # somebody else may have added one: numbers are given once
            day, time = when_filled(view.mentee, texts)
            number = new_talk(now, day).number
            made = replace(
                talk,
                number=number,
                planned_on=day,
                planned_time=time if day else "",
                by_hand=day is not None and "day" in texts.typed,
            )
            return [Change.created(made)]

        if await create_records(self._screen, talk, Form("talk", title, fields), made, title):
            self._grid.go_to(talk.id)
            self._warn_past_end(talk.id)

    async def edit(self) -> None:
        """Open a talk that has been held, to correct it; edit the day of another one."""
        talk = self.talk
        if talk is not None and talk.state in ENDED:
            read_talk(self._screen, talk.id)
        else:
            await self.move()

    async def move(self) -> None:
        """Plan the talk for another day; it keeps its number."""
        talk, mentee = self._movable(), self._screen.mentee
        if talk is None or mentee is None:
            return
        form, moved = move_form(talk, mentee), partial(talk_moved, talk, mentee)
        if await edit_records(self._screen, talk, form, moved, form.title):
            self._name_calendar(talk)
            self._warn_past_end(talk.id)

    async def postpone(self) -> None:
        """Put the talk off, to a day or to no day yet."""
        talk, mentee = self._movable(), self._screen.mentee
        if talk is None or mentee is None:
            return
        form, postponed = postpone_form(talk, mentee), partial(talk_postponed, talk, mentee)
        if await edit_records(self._screen, talk, form, postponed, form.title):
            self._name_calendar(talk)

    async def cancel(self) -> None:
        """Cancel the talk; its number stays."""
        talk = self._movable()
        if talk is None:
            return
        title = _("Cancel talk {number}?").format(number=talk.number)
        why = _("It keeps its number in the series. To find another day, press f instead.")
        if await self._screen.app.push_screen_wait(AskDialog(title, why)):
            what = _("Talk {number} cancelled").format(number=talk.number)
            self._screen.commit([cancel(talk)], what)
            self._name_calendar(talk)

    def held(self) -> None:
        """Note that the talk was held without being written down here."""
        talk = self._movable()
        if talk is None:
            return
        if talk.planned_on is None or talk.planned_on > today():
            self._screen.say(_("That talk is in the future; f moves it"))
            return
        what = _("Talk {number} held").format(number=talk.number)
        self._screen.commit([Change.edited(talk, state=TalkState.HELD)], what)
        self._screen.say(what)

    def _movable(self) -> Talk | None:
        """Return the talk under the cursor if its date can change; otherwise say why not."""
        talk = self.talk
        if talk is None:
            return None
        if talk.state is TalkState.RUNNING:
            said = _("Talk {number} has already been held or started and cannot be moved")
            self._screen.say(said.format(number=talk.number))
            return None
        return talk

    def _name_calendar(self, talk: Talk) -> None:
        """Say so where a calendar file that was written has the talk as it was before."""
        given = self._store.of(CalendarEntry, talk.mentee_id)
        if any(one.of_id == talk.id and not one.cancelled for one in given):
            said = _("Talk {number} is in the calendar as it was: C writes the file again")
            self._screen.say(said.format(number=talk.number))

    def _warn_past_end(self, talk_id: str) -> None:
        """Say so where a talk is planned for a day after the mentorship ends."""
        talk, mentee = self._store.get(Talk, talk_id), self._screen.mentee
        if talk and mentee and talk.planned_on and is_past_end(mentee, talk.planned_on):
            said = _("That is after the mentorship ends on {date}")
            self._screen.say(said.format(date=show_date(mentee.ends)))

    async def rhythm(self) -> None:
        """Choose another rhythm; it is said which talks that moves before it moves them."""
        mentee = self._screen.mentee
        if mentee is None:
            return
        key = await self._ask_rhythm(mentee.rhythm)
        view = self.view
        if not key or view is None:
            return
        if view.mentee.rhythm != mentee.rhythm:
            # Somebody else has just chosen one and moved the talks. The store keeps both choices
            # and asks which one holds.
            change = Change.edited(mentee, rhythm=key)
            self._screen.commit([change], _("Rhythm of the talks"))
            return
        plan = change_rhythm(view, key, today())
        question = AskDialog(_("Change the rhythm?"), moves_text(plan.moved))
        if not plan.moved:
            self._screen.commit(plan.changes, _("Rhythm of the talks"))
            self._screen.say(_("No talk is moved by it"))
        elif await self._screen.app.push_screen_wait(question):
            self._screen.commit(plan.changes, _("Rhythm of the talks"))

    async def _ask_rhythm(self, chosen: str) -> str:
        """Ask which rhythm, or for one of one's own; return its key, "" if none was chosen."""
        own = own_rhythms(one.rhythm for one in self._store.all(Mentee))
        known = [*rhythms(), *map(rhythm, own)]
        items = [Item(one.key, one.title(language())) for one in known]
        dialog = PickDialog(
            _("Rhythm of the talks"),
            items,
            chosen=chosen,
            placeholder=_("or your own: 1 to 8, 3 to 40 (every 3rd to week 40)"),
            new=_("My own: {name}"),
        )
        picked = await self._screen.app.push_screen_wait(dialog)
        if picked is None or picked.id:
            return picked.id if picked is not None else ""
        try:
            return parse_rhythm(picked.text)
        except EntryError as problem:
            self._screen.say(str(problem), problem=True)
            return ""


def _tasks_to_choose(store: Store, mentee_id: str) -> list[Task]:
    """Return the tasks of a mentee that are not done, in the plan's order."""
    tasks = [one for one in store.of(Task, mentee_id) if one.status is not TaskStatus.DONE]
    return sorted(tasks, key=lambda one: (one.order, one.id))
