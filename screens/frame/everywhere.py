"""What works on every screen: a note, search, undo, help, a talk, and the screens of a mentee.

Every screen has this part, so that a key means the same everywhere. It opens other screens by their
names in `screens.frame.places`; no screen needs to know the others.
"""

from __future__ import annotations

from typing import Any, ClassVar, Protocol

from textual.app import App
from textual.binding import Binding, BindingType

from data.i18n import N_, _
from data.method.visibility import shows_all
from data.records import CourseState, Mentee
from screens.frame.commands import Commands
from screens.frame.context import Context
from screens.frame.places import AGREEMENT, PLACES, load, open_place

SIX = frozenset(place.name for place in PLACES)

TO_PLACES: tuple[Binding, ...] = tuple(
    Binding(place.key, f"do('place', '{place.name}')", place.title, show=False)
    for place in (*PLACES, AGREEMENT)
)
"""The digits that lead to the screens of a mentee."""


class Framed(Protocol):
    """What these commands need to know of a screen."""

    PLACE: ClassVar[str]
    LEADS_TO_MENTEE: ClassVar[bool]
    context: Context

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
        Binding("n", "do('note')", N_("Note"), id="note"),
        Binding("t", "do('talk')", N_("Talk"), id="talk"),
        Binding("question_mark", "do('help')", N_("Help"), show=False, id="help.letter"),
        Binding("u", "do('undo')", N_("Undo"), show=False, id="undo"),
        Binding("U", "do('redo')", N_("Redo"), show=False, id="redo"),
        Binding("slash", "do('search')", N_("Search"), show=False, id="search"),
        Binding("exclamation_mark", "do('conflicts')", N_("Texts that clashed"), show=False),
        *TO_PLACES,
    ]

    def __init__(self, screen: Framed) -> None:
        self.screen = screen
        self.context = screen.context

    def offers(self, name: str) -> bool:
        """Offer what leads to a mentee only where the cursor stands on one."""
        if name not in {"talk", "place"}:
            return True
        if not self.screen.LEADS_TO_MENTEE:
            return False
        mentee = self._mentee
        return mentee is not None and (name == "place" or mentee.state is not CourseState.CLOSED)

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

    def search(self) -> None:
        """Search everything."""
        self._open("search")

    def conflicts(self) -> None:
        """Choose between texts that clashed with somebody else's."""
        self._open("conflicts")

    def _open(self, name: str, *arguments: object) -> None:
        self.screen.app.push_screen(load(name)(self.context, *arguments))

    def place(self, name: str) -> None:
        """Open one of the screens of the mentee that the cursor stands on.

        From one of the six screens to another of the same mentee, the new one takes its place, so
        that Esc leads back to where the mentee was opened.
        """
        mentee, app = self._mentee, self.screen.app
        if mentee is None or name == self.screen.PLACE:
            return
        if self.screen.PLACE and name in SIX:
            app.switch_screen(load(name)(self.context, mentee.id))
        else:
            open_place(app, self.context, name, mentee.id)

    def talk(self) -> None:
        """Start a talk with the mentee, or go on with the one that was cut off."""
        load("talk")(self.screen, self.screen.standing_on()[0])

    # -- undo ---------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last step back and say which."""
        what = self.context.store.undo()
        if what is None:
            self.screen.say(_("Nothing to undo since the program was started"))
        else:
            self._say_step(
                _("Undone: {what} (U does it again)"), _("Undone (U does it again)"), what
            )

    def redo(self) -> None:
        """Do the last undone step again and say which."""
        what = self.context.store.redo()
        if what is None:
            self.screen.say(_("Nothing to do again"))
        else:
            self._say_step(_("Done again: {what}"), _("Done again"), what)

    def _say_step(self, named: str, nameless: str, what: str) -> None:
        """Say which step it was; in the shared view not, for it may be about another mentee."""
        shown = named if shows_all(self.context.reader) else nameless
        self.screen.say(shown.format(what=what))
