"""What all screens share: title, body, notices and keys; following the records; commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

from data.i18n import N_, _
from data.method.visibility import shows_all
from data.store.change import Change
from data.store.store import Event
from screens.frame.commands import Commands, part_with, run_command, why_not_offered
from screens.frame.context import Context
from screens.frame.everywhere import Everywhere
from screens.frame.giving_way import GONE, cover, gives_way, heed_access, typed_in
from screens.frame.keys import (
    declared_but_off,
    is_in_sight,
    keep_cursor,
    put_cursor,
    shown_keys,
    translated,
    would_do,
)
from screens.frame.notices import Notices, is_typing, told_to
from screens.frame.places import load
from screens.frame.renewal import Renewal
from screens.frame.title import Title, TitleLine
from screens.frame.unfinished import forget_saved
from widgets.bars import KeyBar
from widgets.edit_messages import Understood
from widgets.grid import Grid
from widgets.keys import DONE

Result = TypeVar("Result")

SMALLEST = (40, 10)
"""Columns and rows that a screen needs to be of any use."""


class BaseScreen(Screen[Result]):
    """A full screen: a title line, a body, a line for notices and a line of keys.

    A subclass lays its body in `body` and brings it up to date in `show_records`, which is called
    after mounting, after every change of the records, and when the language changes. What it can
    do stands in its `commands`.
    """

    HELP_TOPIC: ClassVar[str] = ""
    """Key of the part of the guide that this screen serves, in the library."""
    LEADS_TO_MENTEE: ClassVar[bool] = False
    """Whether the digits and `t` lead to the mentee that the cursor stands on."""
    CHOOSES_MENTEE: ClassVar[bool] = False
    """Whether it lists several mentees, so that the cursor stands on one who is not in front."""
    OF_RECORDS: ClassVar[bool] = True
    """Whether it shows what is in the data file: whether all is saved, and what is private."""
    GIVES_WAY: ClassVar[bool] = True
    """Whether it goes when whom it is about is deleted; one that stays empties itself."""
    DOCUMENT: ClassVar[str] = ""
    """The key of the kind of document that `w` proposes to write here."""
    IN_PASSING: ClassVar[bool] = False
    """Whether it only comes over another screen for a moment, such as a note, so that one who hears
    it still is on that one."""
    WITHOUT_KEY: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Commands that no key stands for, in the list of commands only: msgid of the name, action."""
    PLACE: ClassVar[str] = ""
    """Its name in `screens.frame.places`, for the screens of a mentee."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *Everywhere.KEYS,
        Binding("escape", "back", N_("Back"), show=False, id="back"),
        Binding("f10,ctrl+s", "back", N_("Back"), show=False, key_display=DONE),
    ]
    DEFAULT_CSS = """
    BaseScreen { layers: base edit cover; }
    BaseScreen.-too-small { overflow: hidden; }
    BaseScreen #too-small { layer: cover; display: none; width: 100%; height: 100%; }
    BaseScreen.-gone #too-small { display: block; background: $background; }
    BaseScreen.-too-small #too-small { display: block; background: $background; }
    """
    COMMON: ClassVar[frozenset[str]] = frozenset({"note", "talk"})
    """Ids of bindings that many screens have; a screen's own stand before them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.store = context.store
        self.title_line = TitleLine(self.store, self.set_timer)
        self.notices = Notices(self.store)
        self.title_bar, self.notice_bar = self.title_line.bar, self.notices.bar
        self.key_bar = KeyBar()
        self._too_small = Static(id="too-small", markup=False)
        self.commands: tuple[Commands, ...] = (Everywhere(self),)
        """The parts that carry out this screen's commands; a screen's own stand first."""
        self.renewal = Renewal(self)
        self._laid = False
        """Whether the body is there to show anything."""
        self._styled = False
        """Whether it has been in front before, so that styles may have changed since."""

    # -- the frame ----------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay the frame round the body."""
        yield self.title_bar
        yield from self.body()
        yield self.notice_bar
        yield self.key_bar
        yield self._too_small

    def body(self) -> ComposeResult:
        """Lay what is between the title line and the notice line."""
        yield from ()

    def on_resize(self, event: events.Resize) -> None:
        """Cover the screen where it is too small to be of use; an edit under way stays."""
        columns, rows = SMALLEST
        self.set_class(event.size.width < columns or event.size.height < rows, "-too-small")
        said = _("The window is too small: at least {columns} x {rows} needed.")
        if not self.has_class(GONE):
            self._too_small.update(said.format(columns=columns, rows=rows))

    def on_mount(self) -> None:
        """Begin to follow the records.

        Textual calls the handler of each class; subclasses call this one first, to have the
        records on the screen, and the second call finds it done.
        """
        if self._laid:
            return
        self._end_following = self.store.subscribe(self._on_store)
        self.bindings_updated_signal.subscribe(self, self._show_keys)
        keep_cursor(self)
        # Textual says so itself only when this has returned, and subclasses put their cursors next.
        self._laid = True
        self.bring_up_to_date()

    def on_unmount(self) -> None:
        """Stop following the records."""
        self._end_following()

    def on_screen_suspend(self) -> None:
        """Let what was said go: it would be old when this screen is in front again."""
        self.notices.hush()

    def on_screen_resume(self) -> None:
        """Show what changed while another screen was in front."""
        put_cursor(self)
        self.bring_up_to_date()

    @on(events.ScreenResume)
    def _keep_styles(self, event: events.ScreenResume) -> None:
        """Style nothing again when it opens: Textual has just styled all that is on it."""
        event.refresh_styles = event.refresh_styles and self._styled
        self._styled = True

    # -- the records --------------------------------------------------------------------------

    def _on_store(self, event: Event) -> None:
        if event.status:
            self.show_title()
            self.notices.tell_trouble()
        heed_access(self, self.store, self.renewal.about or self.standing_on()[0], event)
        names_all = shows_all(self.context.reader) or self.CHOOSES_MENTEE
        told = told_to(event, self.renewal.about, names_all=names_all)
        if event.replaced or told.notices:
            self.notices.tell_replaced(told, self.app.screen if self.in_sight else None)
        elif event.clashes:
            front = self.app.screen if self.in_sight else None
            self.notices.tell_clash(event.clashes, front, typing=is_typing(self))
        if names_all:
            # A mentee who looks on, on a page about them, is not told of another.
            self.notices.tell_deleted(event, self.app.screen if self.in_sight else None)
        if gives_way(self, self.renewal.about if self.GIVES_WAY else "", event):
            return
        # The screen that is typed in shows that itself; one behind it shows it when in front again.
        if event.tables and not (event.typing and self.in_sight):
            self.renewal.take(event)

    @property
    def in_sight(self) -> bool:
        """Whether it is in front, but for dialogs."""
        return is_in_sight(self)

    def bring_up_to_date(self, *, everything: bool = False) -> None:
        """Show the records if they changed since they were shown last, and the title.

        `everything`: show them in any case, and the keys too, for the language has changed, or the
        day, or what may be seen.
        """
        if everything:
            self.refresh_bindings()
        if (self.renewal.is_due or everything) and self._laid:
            self.renewal.show()
        self.show_title()

    def show_records(self) -> None:
        """Bring the body up to date with the records."""

    def commit(self, changes: Iterable[Change], what: str) -> None:
        """Commit changes as one step of undo. `what` is translated and names the step.

        A form that they come from is kept no longer: it is saved now.
        """
        self.store.commit(changes, what)
        forget_saved(self.app)

    def standing_on(self) -> tuple[str, str]:
        """Return the ids of the mentee and the task that the cursor stands on, or ""."""
        return "", ""

    # -- the title and the notices ------------------------------------------------------------

    def headline(self) -> Title:
        """Return what stands in the title line."""
        return Title(_("Mentees"))

    def show_title(self) -> None:
        """Bring the title line up to date."""
        if self._laid:
            self.title_line.show(self.headline(), shared=not shows_all(self.context.reader))

    def say(
        self, text: str, *, problem: bool = False, still: Callable[[], bool] | None = None
    ) -> None:
        """Say something in the notice line, until the next key but one, or while `still` so."""
        self.notices.say(text, problem=problem, still=still)

    @on(events.Key)
    def _nothing_took(self, event: events.Key) -> None:
        """A key that nothing has taken lets a notice go; one that cannot act here says so."""
        self.notices.key_pressed()
        if what := would_do(self, event.key):
            off = declared_but_off(self, event.key)
            why = why_not_offered(self.commands, off.action) if off is not None else ""
            said = why or _("Not possible here: {what}").format(what=what)
            self.say(said, still=lambda: bool(would_do(self, event.key)))

    @on(Grid.Hint)
    @on(Understood)
    def _show_hint(self, event: Grid.Hint | Understood) -> None:
        event.stop()
        show = self.notices.hint if isinstance(event, Grid.Hint) else self.notices.understood
        show(event.text, problem=event.problem)

    # -- keys and commands --------------------------------------------------------------------

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings that work here now, with their descriptions translated."""
        return translated(super().active_bindings)

    def _show_keys(self, _screen: Any = None) -> None:
        if self.in_sight:
            self.key_bar.show(*shown_keys(self, self.COMMON))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a command while its part does."""
        if action != "do":
            return True
        name = str(parameters[0])
        return part_with(self.commands, name).offers(name)

    def action_do(self, name: str, *arguments: object) -> None:
        """Carry out a command of one of the parts."""
        run_command(self, self.commands, name, *arguments)

    def give_way(self) -> None:
        """Go, since what it is about is gone; what is being typed goes on in a screen of its own.

        Else what is typed next would be commands on the screen behind.
        """
        if (why := self.store.lost_access.why(self.renewal.about)) and not self.is_active:
            cover(self, self._too_small, why)
        typed = typed_in(self, self.store, self.standing_on()[0]) if self.is_active else None
        self.action_back()
        if typed is not None:
            self.app.push_screen(load("kept")(self.context, typed))
            forget_saved(self.app)

    def action_back(self) -> None:
        """Go one step back; never leaves the program."""
        if not self.is_active:
            # Somebody has deleted what this screen shows. To dismiss it now would take away the one
            # in front, with what is being written there: it is done when that one has gone.
            self.renewal.is_due = True
        elif len(self.app.screen_stack) > 1:
            self.dismiss()
