"""The app is a doorman: theme, language, keymap, first screen. Everything else is elsewhere."""

from __future__ import annotations

import asyncio
import contextvars
import os
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from textual import events, work
from textual.actions import ActionParseResult
from textual.app import App
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import Screen
from textual.timer import Timer

from data.clock import today
from data.i18n import N_, _, language, set_language
from data.store.hold import OnHold
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.places import load, open_place
from screens.frame.unfinished import UnfinishedTexts
from screens.home.screen import HomeScreen
from tui.app.first_screen import OpensInSteps, go_on_from, look_for_garbage
from tui.app.hiding import Hiding
from tui.app.leaving import Leaving
from tui.app.themes import THEMES, other, theme_for
from tui.speech.hearing import Hearing
from tui.start.early_list import Glimpse
from tui.start.installed import TOO_EARLY_SAID, Installation
from tui.terminal.cursor import FollowsFocus
from tui.terminal.driver import CellDriver, driver_of
from tui.terminal.hangup import EDITOR_PATIENCE, PATIENCE, HangupGuard
from tui.terminal.key_order import KeyOrder
from tui.terminal.kind import colour_system
from tui.terminal.textual_private import EndsWithoutPicture

COMMIT_SECONDS = 0.7
"""How long typed text waits, at the longest, before it is committed for other sessions to see."""
DAY_SECONDS = 60.0
"""How often the clock is looked at. Only a new day is shown, so nothing is sent otherwise."""
OUTLIVING_SECONDS = 2.0
"""How long after the first screen the program's files are kept: not before that is complete."""
EARLY_SECONDS = 0.5
"""How soon after an early key the first screen is completed where the key has not led away."""
SAVE_NOW_SECONDS = 1.0
"""How long each of the two ways to the disk may take when the line breaks."""


class MentorApp(FollowsFocus[int], EndsWithoutPicture[int]):
    """The program on the screen. Returns its exit status."""

    TITLE = "mentor"
    CSS_PATH = "styles.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "do('help')", N_("Help"), priority=True, id="help"),
        Binding("ctrl+p", "palette", N_("Commands"), show=False, priority=True, id="palette"),
        Binding("colon", "palette", N_("Commands"), show=False, id="palette.letter"),
        Binding(
            "f5",
            "redraw",
            N_("Redraw the screen, or say where I am"),
            show=False,
            priority=True,
            id="redraw",
        ),
        Binding("f6", "shared_view", N_("Shared view"), show=False, priority=True, id="shared"),
        Binding("ctrl+l", "hide", N_("Hide the screen"), show=False, priority=True, id="hide"),
        Binding("ctrl+e", "editor", show=False),
        Binding("ctrl+q", "leave", N_("Quit"), show=False, priority=True, id="leave"),
        Binding("ctrl+c", "hint_leave", show=False),
    ]

    def __init__(
        self,
        context: Context,
        barrier: Callable[[float], bool] | None = None,
        first: BaseScreen[None] | None = None,
        *,
        heard: bool = False,
    ) -> None:
        """Make the app.

        `barrier` waits until what was typed is on disk, a number of seconds. `first` is the screen
        under all others: the list of the mentees, unless another is given. `heard`: the screen is
        said instead of drawn.
        """
        colours = colour_system(os.environ)
        # Without colours Textual takes them out of what it draws. Unless told beforehand it expects
        # a theme of its own, and makes black on black of one that has only the terminal's colours.
        super().__init__(driver_class=CellDriver, ansi_color=True if colours == "none" else None)
        self.context = context
        self.store = context.store
        for theme in THEMES:
            self.register_theme(theme)
        self._wanted_theme = theme_for(colours, context.settings.theme)
        if not self._wanted_theme.ansi:
            # Before the first style sheet is read: a change of theme has all of them read again.
            self.set_reactive(App.theme, self._wanted_theme.name)
            self.set_class(self._wanted_theme.dark, "-dark-mode", update=False)
            self.set_class(not self._wanted_theme.dark, "-light-mode", update=False)
            self.stylesheet.set_variables(self.get_css_variables())
        self.unfinished = UnfinishedTexts(context.store, lambda: context.reader)
        self.glimpse: Glimpse | None = None
        """What the terminal shows before this app does."""
        self._barrier = barrier
        self._events: asyncio.AbstractEventLoop | None = None
        self._surroundings: contextvars.Context | None = None
        """What the toolkit looks its app up in: timers that are set without it never ring."""
        self._day = today()
        """The day that the screens show."""
        self._first = first or HomeScreen(context)
        self._opening = self._first.opening if isinstance(self._first, OpensInSteps) else None
        self._committing: Timer | None = None
        self._guard = HangupGuard(self, self._save_now)
        self._hiding = Hiding(self, context.settings)
        self._leaving = Leaving(self, context, self.unfinished)
        self._installation = Installation()
        self._keys = KeyOrder(self, self._hand_on)
        self._keys.hold()
        self._hearing = Hearing(self, self._keys, heard)

    async def on_event(self, event: events.Event) -> None:
        """Hand each key on when the one before it has been dealt with."""
        if isinstance(event, events.InputEvent | events.Paste):
            self._hiding.key_pressed()
        if not await self._keys.take(event):
            await super().on_event(event)

    async def _hand_on(self, event: events.Event) -> None:
        """Deal with a key whose turn it is."""
        self._hearing.key(event)
        await super().on_event(event)

    def on_mount(self) -> None:
        """Open the first screen and begin to save in the background."""
        self._events = asyncio.get_running_loop()
        self._surroundings = contextvars.copy_context()
        self.theme = self._wanted_theme.name
        self.store.on_typing = self._commit_typing_soon
        self.store.refusals.heard = self._say_refused
        self.store.start_saver(lambda: self._call_soon(self.store.pump))
        self.set_interval(DAY_SECONDS, self._look_at_the_clock)
        self._hiding.start()
        driver = driver_of(self)
        if driver is not None:
            driver.before_paint = self._barrier
            driver.copies(self.context.settings.clipboard)
            self._guard.start()
            self._hearing.start()
        if self.glimpse is not None and self._opening is not None and self._opening.unseen:
            open_place(self, self.context, self.glimpse.place, self.glimpse.chosen)

    def _look_at_the_clock(self) -> None:
        """Show the new day where midnight has passed: on each screen, whatever stands over it."""
        self._look_at_the_library()
        before, self._day = self._day, today()
        if self._day != before:
            self._show_anew()

    def _look_at_the_library(self) -> None:
        """Look whether the folder of the workplace's library has changed, where there is one."""
        if self.context.library is not None and not self._hiding.is_hidden:
            from tui.app.library_watch import look  # few workplaces have one

            look(self, self.context.library, self._call_soon)

    def get_default_screen(self) -> Screen[Any]:
        """Open the first screen, without another one below it."""
        if self.glimpse is not None and self._opening is not None:
            go_on_from(self.glimpse, self._opening, self.context)
        return self._first

    def on_ready(self) -> None:
        """Have the first screen show what takes time, when what takes none has been painted.

        Then it takes keys, of which some may have been pressed while the program was being loaded.
        """
        self.screen.call_after_refresh(self._complete_first)
        self.screen.call_after_refresh(self.call_later, look_for_garbage)
        self.screen.call_after_refresh(self.call_later, self._keep_orphans)
        self.screen.call_after_refresh(self.call_later, self.context.bring_people)
        self.set_timer(OUTLIVING_SECONDS, self._outlive_upgrades)
        self.set_timer(OUTLIVING_SECONDS, self._look_at_the_library)

    def _outlive_upgrades(self) -> None:
        """Keep what this session may come to need of the program's files, and watch them."""
        try:
            if self._installation.is_as_at_start:
                from tui.app.outliving import Outliving  # a start is not to wait for it

                Outliving(self, self._hiding, self._installation, self.context)
                return
        except ImportError:
            pass  # they have been removed in this moment
        self._say_changed_too_early()

    def _say_changed_too_early(self) -> None:
        """Say that some of the program may not be had: nothing is loaded for it."""
        below = [one for one in self.screen_stack if isinstance(one, BaseScreen)]
        if below:
            below[-1].notices.tell(_(TOO_EARLY_SAID), self.screen)

    def _keep_orphans(self) -> None:
        """Keep what was being filled in about a record that is gone; no form is opened for it."""
        if self.unfinished.keep_orphans():
            self._first.say(_("What it was about has been deleted; your text is kept: ! shows it"))

    def _complete_first(self) -> None:
        if self._opening is not None and self._opening.unseen:
            self.set_timer(EARLY_SECONDS, self._opening.make)
            self._keys.let_go()
            self.call_after_refresh(self._hearing.begin)
            return
        key = self._keys.waiting_key
        if self._opening is not None and key and self._opening.answers_early(key):
            self.set_timer(EARLY_SECONDS, self._complete_unless_left)
        elif self._opening is not None:
            self._opening.complete(stay=key is not None)
        self._keys.let_go()
        self.call_after_refresh(self._hearing.begin)

    def _complete_unless_left(self) -> None:
        if self._opening is not None and self._first.in_sight:
            self._opening.complete(stay=True)

    def on_unmount(self) -> None:
        """Stop watching the line."""
        self._guard.stop()

    def _save_now(self) -> None:
        """Put on disk what there is; from a signal's handler or a thread."""
        if self._barrier is not None:
            self._barrier(SAVE_NOW_SECONDS)
        self.store.drain(SAVE_NOW_SECONDS)

    def _call_soon(self, function: Callable[[], None]) -> None:
        """Have the function called on the app's own thread; from any thread, and never waits."""
        if self._events is not None and not self._events.is_closed():
            self._events.call_soon_threadsafe(function, context=self._surroundings)

    def _say_refused(self, why: OnHold) -> None:
        """Say why nothing was deleted, after what the command itself says."""
        if isinstance(front := self.screen, BaseScreen):
            self.call_later(front.notices.refuse, why)

    def _commit_typing_soon(self) -> None:
        """Commit typed text in a moment; it is kept key by key by the typing log meanwhile."""
        if self._committing is None:
            self._committing = self.set_timer(COMMIT_SECONDS, self._commit_typing)

    def _commit_typing(self) -> None:
        self._committing = None
        self.store.commit_typing()

    # -- commands -----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a command of the app; while the screen is hidden few of them.

        The user's own editor is offered where there is a folder for what it is given.
        """
        if action == "editor" and self.context.folder is None:
            return False
        return self._hiding.allows(action) and super().check_action(action, parameters)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action; where a module that it needs has gone, say so and go on."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except ImportError as error:
            return self.lacks(error)

    def lacks(self, error: ImportError) -> bool:
        """Say that a part of the program is not there, and go on without it."""
        try:
            from tui.app.outliving import say_lacking  # only where something is missing
        except ImportError:  # in the first seconds
            self._say_changed_too_early()
        else:
            say_lacking(self, error)
        return True

    def action_hide(self) -> None:
        """Hide the screen until Enter is pressed; nothing ends by it."""
        self._hiding.hide()

    def action_do(self, _name: str) -> None:
        """Help is what `?` does on the screen in front; F1 does it also where letters are typed."""
        self.action_help()

    def action_help(self) -> None:
        """Show help for the screen or the dialog in front; there, close it."""
        # the first screen opens without any dialog
        from screens.dialogs.base import Dialog
        from screens.dialogs.help import HelpDialog

        front = self.screen
        if isinstance(front, BaseScreen):
            front.action_do("help")
        elif isinstance(front, HelpDialog):
            front.action_give_up()
        elif isinstance(front, Dialog):
            below = [one for one in self.screen_stack if isinstance(one, BaseScreen)]
            self.push_screen(HelpDialog(front, below[-1].HELP_TOPIC if below else ""))

    @work
    async def action_palette(self) -> None:
        """Run a command by its name."""
        # the first screen opens without any dialog
        from tui.app.palette import run_palette

        await run_palette(self)

    def action_guide(self) -> None:
        """Open the guide."""
        self.push_screen(load("guide")(self.context))

    def action_library(self) -> None:
        """Open the library."""
        self.push_screen(load("library")(self.context))

    def action_redraw(self) -> None:
        """Send the whole screen to the terminal again; who hears it is told where they are.

        Half a paste is forgotten.
        """
        driver = driver_of(self)
        if driver is not None:
            driver.redraw(paint=not self._hearing.where())

    def action_editor(self) -> None:
        """Open the text that has the focus in the user's editor, and take it back."""
        # loaded when an editor is wanted
        from tui.app.own_editor import edit_focused

        self.store.commit_typing()
        self._guard.patience = EDITOR_PATIENCE
        try:
            edit_focused(self, self.context.folder)
        finally:
            self._guard.patience = PATIENCE
            self._hiding.key_pressed()

    def action_shared_view(self) -> None:
        """Hide or show what is private."""
        # the first screen opens without any dialog
        from screens.dialogs.base import Dialog

        self.context.shared_view = not self.context.shared_view
        for screen in self.screen_stack:
            if isinstance(screen, Dialog):
                screen.cover(self.context.shared_view)
            elif isinstance(screen, BaseScreen):
                screen.notices.hush()  # what was said before may have named what is hidden now
        self._show_anew()

    def action_language(self) -> None:
        """Change between Danish and English, and remember it."""
        set_language("en" if language() == "da" else "da")
        self.context.remember(language=language())
        self._show_anew()

    def action_speech(self) -> None:
        """Have the screen said instead of drawn, or drawn again, and remember it."""
        is_on = self._hearing.switch()
        self.context.remember(speech=is_on)
        if isinstance(self.screen, BaseScreen):
            self.screen.say(_("Speech mode is on; F5 says where you are") if is_on else "")

    def action_colours(self) -> None:
        """Take the next of the themes, and remember it."""
        theme = other(self.theme)
        self.theme = theme.name
        self.context.remember(theme=theme.name)

    def _show_anew(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.bring_up_to_date(everything=True)

    def action_hint_leave(self) -> None:
        """Say how one leaves; Ctrl+C itself never does."""
        if isinstance(self.screen, BaseScreen):
            self.screen.say(_("Ctrl+Q quits; everything is saved automatically"))

    @work
    async def action_leave(self) -> None:
        """Leave when all is saved; ask where it cannot be, or not soon."""
        if await self._leaving.may_leave():
            self.exit(0)
