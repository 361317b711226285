"""What works on every screen: a note, search, undo, help, a talk, and the screens of a mentee.

Every screen has this part, so that a key means the same everywhere. It opens other screens by their
names in `screens.frame.places`; no screen needs to know the others.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, ClassVar, Protocol

from textual.app import App
from textual.binding import Binding, BindingType
from textual.widget import Widget

from data.i18n import N_, _
from data.method.visibility import shows_all
from data.queries.steps import mentees_of, step_words
from data.records import CourseState, Mentee
from data.store.change import inverse
from data.store.undo import UndoStep
from screens.frame.commands import Commands
from screens.frame.context import Context
from screens.frame.copying import Copier, under_cursor
from screens.frame.notices import Notices, is_typing
from screens.frame.on_record import record_under_cursor
from screens.frame.places import BY_NAME, PLACES, load, open_place
from screens.frame.proposed import proposed_on

TO_PLACES: tuple[Binding, ...] = tuple(
    Binding(place.key, f"do('place', '{place.name}')", place.title, show=False) for place in PLACES
)
"""The digits that lead to the screens of a mentee."""

_OF_RECORDS = frozenset({"note", "search", "conflicts", "undo", "redo"})
"""What is done with records, wherever one is."""


class Framed(Protocol):
    """What these commands need to know of a screen."""

    PLACE: ClassVar[str]
    LEADS_TO_MENTEE: ClassVar[bool]
    DOCUMENT: ClassVar[str]
    context: Context
    notices: Notices

    @property
    def focused(self) -> Widget | None:
        """The widget that has the focus."""

    @property
    def app(self) -> App[Any]:
        """The app that shows it."""

    def standing_on(self) -> tuple[str, str]:
        """Return the ids of the mentee and the task that the cursor stands on, or ""."""

    def say(self, text: str, *, problem: bool = False) -> None:
        """Say something in the notice line."""


class Everywhere(Commands):
    """The commands of every screen."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("n", "do('note')", N_("Note"), id="note", tooltip=N_("Write note")),
        Binding("N", "do('notes')", N_("All notes by day"), show=False),
        Binding("t", "do('talk')", N_("Talk"), id="talk", tooltip=N_("Start or resume talk")),
        Binding("question_mark", "do('help')", N_("Help"), show=False, id="help.letter"),
        Binding("u", "do('undo')", N_("Undo"), show=False, id="undo"),
        Binding("U", "do('redo')", N_("Redo"), show=False, id="redo"),
        Binding(
            "y",
            "do('copy')",
            N_("Copy"),
            show=False,
            id="copy",
            tooltip=N_("Copy line, cell or page"),
        ),
        Binding("slash", "do('search')", N_("Search"), show=False, id="search"),
        Binding("w", "do('write')", N_("Write document"), show=False, id="write"),
        Binding(
            "H",
            "do('history')",
            N_("History"),
            show=False,
            id="history",
            tooltip=N_("History: who changed what and when"),
        ),
        Binding("exclamation_mark", "do('conflicts')", N_("Conflicting edits"), show=False),
        Binding("enter", "do('next_clash')", "", show=False, priority=True),
        *TO_PLACES,
    ]

    def __init__(self, screen: Framed) -> None:
        self.screen = screen
        self.context = screen.context
        self._asking = False
        """Whether a question about a step of undo is on its way."""
        self._copier = Copier()

    def offers(self, name: str) -> bool:
        """Offer what leads to a mentee only where the cursor stands on one."""
        if name == "next_clash":
            return self._tells_of_clash
        if name == "copy":
            return under_cursor(self.screen) is not None
        if name == "write":
            return any(proposed_on(self.screen))
        if name == "history":
            return self._mentee is not None and name != self.screen.PLACE
        if name not in {"talk", "place", "notes"}:
            return self.context.has_records or name not in _OF_RECORDS
        mentee = self._mentee if self.screen.LEADS_TO_MENTEE else None
        return mentee is not None and (name != "talk" or mentee.state is not CourseState.CLOSED)

    @property
    def _tells_of_clash(self) -> bool:
        """Whether Enter opens the clash that the notice line tells of; never while one types."""
        front = self.screen.app.screen
        told = getattr(front, "notices", None) is self.screen.notices
        return told and self.screen.notices.leads_to_clash and not is_typing(front)

    @property
    def _mentee(self) -> Mentee | None:
        return self.context.mentee(self.screen.standing_on()[0])

    # -- going elsewhere ----------------------------------------------------------------------

    def help(self) -> None:
        """Show the keys of this screen and its part of the guide."""
        self._open("help", self.screen)

    def note(self) -> None:
        """Write a quick note about what the cursor stands on; typing starts at once."""
        self._open("note", *self.screen.standing_on())

    def notes(self) -> None:
        """Read all notes about the mentee, by day."""
        if self.screen.PLACE != "notes":
            self._open("notes", self.screen.standing_on()[0])

    def history(self) -> None:
        """Tell who changed what and when: of what the cursor stands on, or of the mentee."""
        mentee_id, record_id = self.screen.standing_on()[0], record_under_cursor(self.screen)
        self._open("history", mentee_id, record_id if record_id != mentee_id else "")

    def search(self) -> None:
        """Search everything."""
        self._open("search")

    async def write(self) -> None:
        """Write what the screen shows, or another document, to a file."""
        await load("write")(self.screen)

    def conflicts(self) -> None:
        """Choose between texts that clashed with somebody else's."""
        self._open("conflicts")

    def next_clash(self) -> None:
        """Open what the notice line tells of: a clash with somebody else's text."""
        self.conflicts()

    def _open(self, name: str, *arguments: object) -> None:
        self.screen.app.push_screen(load(name)(self.context, *arguments))

    def place(self, name: str) -> None:
        """Open one of the screens of the mentee that the cursor stands on.

        From one of these screens to another of the same mentee, the new one takes its place, so
        that Esc leads back to where the mentee was opened.
        """
        mentee, app = self._mentee, self.screen.app
        if mentee is None or name == self.screen.PLACE:
            return
        if self.screen.PLACE and name in BY_NAME:
            app.switch_screen(load(name)(self.context, mentee.id))
        else:
            open_place(app, self.context, name, mentee.id)

    def talk(self) -> None:
        """Start a talk with the mentee, or go on with the one that was cut off."""
        load("talk")(self.screen, self.screen.standing_on()[0])

    def why_not(self, name: str, *arguments: object) -> str:
        """Return why nothing is copied: the user does not want it."""
        if name == "copy" and not self.context.settings.clipboard:
            return _("The clipboard is switched off in the settings (clipboard)")
        return ""

    def copy(self) -> None:
        """Copy what the screen shows under the cursor to the terminal's clipboard."""
        found = under_cursor(self.screen)
        if found is None:
            return
        text, said = self._copier.copied(found)
        if text:
            self.screen.app.copy_to_clipboard(text)
        self.screen.say(said, problem=not text)

    # -- undo ---------------------------------------------------------------------------------

    def undo(self) -> Awaitable[None] | None:
        """Take the last step back, and say which and whose it was."""
        return self._step(redo=False)

    def redo(self) -> Awaitable[None] | None:
        """Do the last undone step again, and say which and whose it was."""
        return self._step(redo=True)

    def _step(self, *, redo: bool) -> Awaitable[None] | None:
        """Take the step; where it is about a mentee who is not in front, ask first.

        It is asked later, but taken at once, so that a key held down takes one step after another.
        A mentee who was deleted cannot be in front: to bring one back, nothing is asked.
        """
        store = self.context.store
        step = store.next_step(redo=redo)
        if step is None:
            none = _("Nothing to undo in this session")
            self.screen.say(_("Nothing to redo") if redo else none)
            return None
        if any(map(store.lost_access.why, self._missing(step))):
            step.changes.clear()  # nothing of it can be taken back: earlier steps are next
            (store.redo if redo else store.undo)()
            undone = _("You have no access to it any more, so it cannot be undone.")
            redone = _("You have no access to it any more, so it cannot be redone.")
            self.screen.say(redone if redo else undone, problem=True)
            return None
        whose = [one for one in mentees_of(step) if self.context.mentee(one) is not None]
        if whose and self.screen.standing_on()[0] not in whose:
            return self._ask_step(step, redo=redo)
        self._take_step(step, redo=redo)
        return None

    def _missing(self, step: UndoStep) -> set[str]:
        """Return the ids of the mentees of a step who are not there."""
        return {one for one in mentees_of(step) if self.context.mentee(one) is None}

    async def _ask_step(self, step: UndoStep, *, redo: bool) -> None:
        if self._asking:
            return
        self._asking = True
        try:
            if shows_all(self.context.reader):
                title = _("Redo: {what}?") if redo else _("Undo: {what}?")
                said = _as_done(step) if redo else step
                title = title.format(what=step_words(self.context.store, said))
            else:
                title = _("Redo?") if redo else _("Undo?")
            why = _("It is about another mentee.")
            dialog = load("ask")(title, why, undoable=False)
            yes = await self.screen.app.push_screen_wait(dialog)
        finally:
            self._asking = False
        if yes and self.context.store.next_step(redo=redo) is step:
            self._take_step(step, redo=redo)

    def _take_step(self, step: UndoStep, *, redo: bool) -> None:
        """Take the step and say which; in the shared view only that: it may be about another."""
        store = self.context.store
        what = step_words(store, step if not redo else _as_done(step))
        if redo:
            done = store.redo()
            named, nameless = _("Redone: {what}"), _("Redone")
        else:
            done = store.undo()
            named, nameless = _("Undone: {what} (U redoes)"), _("Undone (U redoes)")
        if done is None:
            return  # it was refused, and that is said
        shown = named if shows_all(self.context.reader) else nameless
        _staying(self.screen).say(shown.format(what=what))


def _staying(screen: Framed) -> Any:
    """Return the screen, or, if whom it is about went with a step, the one behind that stays."""
    for one in reversed(screen.app.screen_stack):
        renewal = getattr(one, "renewal", None)
        if renewal and (not renewal.about or screen.context.mentee(renewal.about) is not None):
            return one
    return screen


def _as_done(step: UndoStep) -> UndoStep:
    """Return an undone step as it was before: its changes are those that undid it."""
    return UndoStep(step.what, inverse(step.changes))
