"""What all screens share: the frame, translated bindings, notices, undo, and live reload."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.timer import Timer
from textual.widgets import Static

from data.clock import now
from data.i18n import N_, _
from data.method.visibility import shows_all
from data.store.change import Change
from data.store.store import Event, SaveState
from screens.frame.context import Context
from screens.frame.keys import keep_cursor, put_cursor, shown_keys, translated
from screens.frame.unfinished import forget_saved
from widgets.bars import KeyBar, NoticeBar, Tab, TitleBar
from widgets.checked_input import Understood
from widgets.grid import Grid

Result = TypeVar("Result")

SMALLEST = (40, 10)
"""Columns and rows that a screen needs to be of any use."""


class BaseScreen(Screen[Result]):
    """A full screen: a title line, a body, a line for notices and a line of keys.

    Subclasses lay their body in `body`, and bring it up to date in `show_records`, which is called
    after mounting, after every change of the records, and when the language changes.
    """

    HELP_TOPIC: ClassVar[str] = ""
    """Key of the part of the guide that this screen serves, in the library."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", N_("Help"), show=False, id="help.letter"),
        Binding("n", "quick_note", N_("Note"), id="note"),
        Binding("u", "undo", N_("Undo"), show=False, id="undo"),
        Binding("U", "redo", N_("Redo"), show=False, id="redo"),
        Binding("slash", "search", N_("Search"), show=False, id="search"),
        Binding("exclamation_mark", "conflicts", N_("Texts that clashed"), show=False),
        Binding("escape", "back", N_("Back"), show=False, id="back"),
    ]
    DEFAULT_CSS = """
    BaseScreen { layers: base edit cover; }
    BaseScreen.-too-small { overflow: hidden; }
    BaseScreen #too-small { layer: cover; display: none; width: 100%; height: 100%; }
    BaseScreen.-too-small #too-small { display: block; background: $background; }
    """
    COMMON: ClassVar[frozenset[str]] = frozenset({"note", "talk"})
    """Ids of bindings that many screens have; a screen's own stand before them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.store = context.store
        self.title_bar = TitleBar()
        self.notice_bar = NoticeBar()
        self.key_bar = KeyBar()
        self._stale = True
        self._laid = False
        self._late: Timer | None = None
        self._say_keeps = 0
        self._in_trouble = False

    # -- the frame ----------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay the frame round the body."""
        yield self.title_bar
        yield from self.body()
        yield self.notice_bar
        yield self.key_bar
        yield Static(id="too-small", markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Cover the screen where it is too small to be of use; an edit under way stays."""
        columns, rows = SMALLEST
        self.set_class(event.size.width < columns or event.size.height < rows, "-too-small")
        said = _("The window is too small: {columns} x {rows} at the least.")
        cover = self.query_one("#too-small", Static)
        cover.update(said.format(columns=columns, rows=rows))

    def body(self) -> ComposeResult:
        """Lay what is between the title line and the notice line."""
        yield from ()

    def on_mount(self) -> None:
        """Begin to follow the records.

        Textual calls the handler of each class; subclasses call this one first, to have the
        records on the screen, and the second call finds it done.
        """
        if self._laid:
            return
        end = self.store.subscribe(self._on_store)
        self._end_following = end
        self.bindings_updated_signal.subscribe(self, self._show_keys)
        keep_cursor(self)
        # Textual says so itself only when this has returned, and subclasses put their cursors next.
        self._laid = True
        self._bring_up_to_date()

    def on_unmount(self) -> None:
        """Stop following the records."""
        self._end_following()

    def on_screen_resume(self) -> None:
        """Show what changed while another screen was in front."""
        put_cursor(self)
        self._bring_up_to_date()

    def _on_store(self, event: Event) -> None:
        if event.status:
            self._show_title()
            self._show_trouble()
        if event.clashes:
            self._tell_clash(event.clashes[0].by)
        if event.others and self.in_sight:
            self.show_others()
        # The screen that is typed in shows that itself; one behind it shows it when in front again.
        if event.tables and not (event.typing and self.in_sight):
            self._stale = True
            if self.in_sight:
                self._bring_up_to_date()

    @property
    def in_sight(self) -> bool:
        """Whether it is in front, but for dialogs; the toolkit's `is_current` counts one behind."""
        stack = self.app.screen_stack
        over = stack[stack.index(self) + 1 :] if self in stack else stack
        return all(isinstance(one, ModalScreen) for one in over)

    def _tell_clash(self, by: str) -> None:
        said = _("{name} changed the same at the same time. Both texts are kept; ! shows them.")
        self.say(said.format(name=by))

    def show_others(self) -> None:
        """Say who else is on the same mentee; screens of a mentee do."""

    def _show_trouble(self) -> None:
        """Say why nothing can be saved, until it can again."""
        status = self.store.status
        if status.state is SaveState.FAILED:
            self._in_trouble = True
            self._say_keeps = 1_000_000
            why = status.problem.while_waiting if status.problem is not None else ""
            why = _("Not saved: {why}").format(why=why)
            self.notice_bar.show(why, problem=True)
        elif status.state is SaveState.SAVED and self._in_trouble:
            self._in_trouble = False
            self.say(_("Saved again; nothing is missing"))

    def _bring_up_to_date(self) -> None:
        if self._stale and self._laid:
            self._stale = False
            self.show_records()
        self._show_title()

    def show_records(self) -> None:
        """Bring the body up to date with the records."""

    def retranslate(self) -> None:
        """Show everything anew after the language has changed."""
        self._stale = True
        self._bring_up_to_date()
        self.refresh_bindings()

    # -- the title line -----------------------------------------------------------------------

    def title_text(self) -> str:
        """Return what stands first in the title line."""
        return _("Mentees")

    def short_title(self) -> str:
        """Return what stands there instead where there is too little room, or ""."""
        return ""

    def tabs(self) -> Iterable[Tab]:
        """Return the screens beside this one."""
        return ()

    def _show_title(self) -> None:
        if not self._laid:
            return
        saved, alarm = self._saved_text()
        self._show_title_line(saved, alarm=alarm)

    def _show_title_line(self, saved: str, *, alarm: bool = False) -> None:
        title, short = self.title_text(), self.short_title() or self.title_text()
        if not shows_all(self.context.reader):
            shared = _("SHARED VIEW")
            title, short = f"{shared} · {title}", f"{shared} · {short}"
        self.title_bar.show(title, tuple(self.tabs()), saved, alarm=alarm, short=short)

    def _saved_text(self) -> tuple[str, bool]:
        status = self.store.status
        if status.state is SaveState.FAILED:
            return _("NOT SAVED"), True
        if status.state is SaveState.SAVING:
            self._look_again_later()
            at = status.at
            return (_("Saved {time}").format(time=at.strftime("%H:%M")) if at else ""), False
        if status.at is None:
            return "", False
        return _("Saved {time}").format(time=status.at.strftime("%H:%M")), False

    def _look_again_later(self) -> None:
        """Say "Saving" only when it takes long, so that typing does not repaint the line."""
        if self._late is None:
            self._late = self.set_timer(1.5, self._say_saving)

    def _say_saving(self) -> None:
        self._late = None
        status = self.store.status
        if status.state is SaveState.SAVING:
            if status.at is None or (now() - status.at).total_seconds() > 3:
                self._show_title_line(_("Saving …"))
            self._look_again_later()

    # -- notices ------------------------------------------------------------------------------

    def say(self, text: str, *, problem: bool = False) -> None:
        """Say something in the notice line; it goes with the next key but one."""
        self._say_keeps = 1
        self.notice_bar.show(text, problem=problem)

    def hush(self) -> None:
        """Let a notice go at once, unless it says why nothing can be saved."""
        if self.notice_bar.text and not self._in_trouble:
            self.notice_bar.show("")

    def on_key(self, event: events.Key) -> None:
        """Let a notice go when the user has gone on."""
        if self.notice_bar.text:
            self._say_keeps -= 1
            if self._say_keeps < 0:
                self.notice_bar.show("")

    @on(Grid.Hint)
    def _show_hint(self, event: Grid.Hint) -> None:
        event.stop()
        self._say_keeps = 1_000 if event.text else 0
        self._pass_on(event.text, event.problem)

    @on(Understood)
    def _show_understood(self, event: Understood) -> None:
        event.stop()
        self._pass_on(event.text, event.problem)

    def _pass_on(self, text: str, problem: bool) -> None:
        self.notice_bar.show(text, problem=problem, passing=not problem)

    # -- keys ---------------------------------------------------------------------------------

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings that work here now, with their descriptions translated."""
        return translated(super().active_bindings)

    def _show_keys(self, _screen: Any = None) -> None:
        if self.in_sight:
            self.key_bar.show(*shown_keys(self, self.COMMON))

    # -- changing -----------------------------------------------------------------------------

    def commit(self, changes: Iterable[Change], what: str) -> None:
        """Commit changes as one step of undo. `what` is translated and names the step.

        A form that they come from is kept no longer: it is saved now.
        """
        self.store.commit(changes, what)
        forget_saved(self.app)

    def action_undo(self) -> None:
        """Take the last step back and say which."""
        what = self.store.undo()
        if what is None:
            self.say(_("Nothing to undo since the program was started"))
        else:
            self.say(_("Undone: {what} (U does it again)").format(what=what))

    def action_redo(self) -> None:
        """Do the last undone step again and say which."""
        what = self.store.redo()
        if what is None:
            self.say(_("Nothing to do again"))
        else:
            self.say(_("Done again: {what}").format(what=what))

    # -- going elsewhere ----------------------------------------------------------------------

    def action_back(self) -> None:
        """Go one step back; never leaves the program."""
        if not self.is_active:
            # Somebody has deleted what this screen shows. To dismiss it now would take away the one
            # in front, with what is being written there: it is done when that one has gone.
            self._stale = True
        elif len(self.app.screen_stack) > 1:
            self.dismiss()

    def action_help(self) -> None:
        """Show the keys of this screen and its part of the guide."""
        from screens.library.help import HelpScreen

        self.app.push_screen(HelpScreen(self.context, self))

    def action_quick_note(self) -> None:
        """Write a quick note; typing starts at once."""
        from screens.note import NoteScreen

        mentee, task = self.standing_on()
        self.app.push_screen(NoteScreen(self.context, mentee_id=mentee, task_id=task))

    def standing_on(self) -> tuple[str, str]:
        """Return the ids of the mentee and the task that the cursor stands on, or ""."""
        return "", ""

    def action_conflicts(self) -> None:
        """Settle texts that clashed with somebody else's."""
        from screens.conflicts import ConflictsScreen

        self.app.push_screen(ConflictsScreen(self.context))

    def action_search(self) -> None:
        """Search everything."""
        from screens.search import SearchScreen

        self.app.push_screen(SearchScreen(self.context))
