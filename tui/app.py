"""The app is a doorman: theme, language, keymap, first screen. Everything else is elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from data.opening import OpenedStore
from data.settings import Settings
from screens.home import HomeScreen
from textual.app import App
from textual.binding import Binding, BindingType

from data.i18n import N_, language, set_language
from data.store import SaveState
from screens.base import BaseScreen
from screens.context import Context
from tui.driver import CellDriver


class MentorApp(App[int]):
    """The program on the screen. Returns its exit status."""

    TITLE = "mentor"
    CSS_PATH = "styles.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", N_("Help"), priority=True, id="help"),
        Binding("ctrl+p", "palette", N_("Commands"), show=False, priority=True, id="palette"),
        Binding("f5", "redraw", N_("Draw the screen anew"), show=False, priority=True, id="redraw"),
        Binding("f6", "shared_view", N_("Shared view"), show=False, priority=True, id="shared"),
        Binding("ctrl+q", "leave", N_("Leave"), show=False, priority=True, id="leave"),
        Binding("ctrl+c", "hint_leave", show=False, priority=True),
    ]

    def __init__(self, context: Context) -> None:
        super().__init__(driver_class=CellDriver)
        self.context = context
        self.store = context.store

    def on_mount(self) -> None:
        """Open the first screen and begin to save in the background."""
        self.store.on_typing = self._settle_soon
        self.store.start_saver(lambda: self._loop_call(self.store.pump))
        self.push_screen(HomeScreen(self.context))

    def _loop_call(self, function: Callable[[], None]) -> None:
        """Have the function called on the app's own thread; from any thread, and never waits."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(function)

    def _settle_soon(self) -> None:
        """Commit typed text after a pause in typing."""

    async def action_help(self) -> None:
        """Show help for the screen in front."""
        screen = self.screen
        if isinstance(screen, BaseScreen):
            screen.action_help()

    def action_redraw(self) -> None:
        """Send the whole screen to the terminal again."""

    def action_shared_view(self) -> None:
        """Hide or show what is private."""
        self.context.shared_view = not self.context.shared_view
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.retranslate()

    def action_language(self) -> None:
        """Change between Danish and English."""
        set_language("en" if language() == "da" else "da")
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.retranslate()

    def action_leave(self) -> None:
        """Leave; ask only where something could not be saved."""
        self.store.settle()
        if self.store.status.state is not SaveState.FAILED:
            self.exit(0)


def run_app(opened: OpenedStore, settings: Settings, *, demo: bool = False) -> int:
    """Run the program on the screen and return its exit status."""
    context = Context(opened.store, settings, demo=demo)
    app = MentorApp(context)
    return app.run() or 0
