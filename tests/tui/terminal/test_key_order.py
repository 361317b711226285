"""Keys that come in one burst, as over a slow line, do what they would do one by one."""

from __future__ import annotations

from typing import ClassVar

from textual import events, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.terminal.key_order import MOST_COMMANDS, KeyOrder
from tui.terminal.keys import BurstPaste
from widgets.line_input import LineInput


class Question(ModalScreen[str]):
    """A dialog with a line to type in."""

    def compose(self) -> ComposeResult:
        self.line = LineInput()
        yield self.line

    def on_mount(self) -> None:
        self.line.focus()

    def on_input_submitted(self) -> None:
        self.dismiss(self.line.value)


class Two(App[None]):
    """Two lines: a key with priority goes to the second, another asks a question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "second", priority=True),
        Binding("f7", "first"),
        Binding("f3", "ask", priority=True),
        Binding("f4", "remove", priority=True),
        Binding("a,enter", "ask"),
        Binding("x", "count"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.order = KeyOrder(self, super().on_event)
        self.answer = ""
        self.counted = 0

    async def on_event(self, event: events.Event) -> None:
        if not await self.order.take(event):
            await super().on_event(event)

    def compose(self) -> ComposeResult:
        self.one, self.two = (LineInput(id=name) for name in ("one", "two"))
        yield self.one
        yield self.two
        yield Static("")

    def action_second(self) -> None:
        self.two.focus()

    def action_first(self) -> None:
        self.one.focus()

    def action_count(self) -> None:
        self.counted += 1

    async def action_remove(self) -> None:
        await self.one.remove()

    @work
    async def action_ask(self) -> None:
        self.answer = await self.push_screen_wait(Question())


def burst(app: App[None], *keys: str) -> None:
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def settled(app: Two, pilot: Pilot[None]) -> None:
    await pilot.pause()
    while app.order.waiting_key is not None:
        await pilot.pause()
    await pilot.pause()


async def test_letters_before_and_after_a_key_go_where_they_were_meant() -> None:
    app = Two()
    async with app.run_test() as pilot:
        burst(app, *"abc", "f8", *"def", "f7", *"gh", "f8", "i")
        await settled(app, pilot)
        assert (app.one.value, app.two.value) == ("abcgh", "defi")


async def test_letters_after_a_key_that_opens_a_dialog_go_into_the_dialog() -> None:
    app = Two()
    async with app.run_test() as pilot:
        burst(app, "a", "f3", *"hej", "enter", "b")
        await settled(app, pilot)
        assert (app.answer, app.one.value) == ("hej", "ab")


async def test_a_widget_that_goes_while_it_has_a_key_stops_nothing() -> None:
    app = Two()
    async with app.run_test() as pilot:
        burst(app, *"ab", "f4", "f8", *"cd")
        await settled(app, pilot)
        assert app.two.value == "cd"


async def test_what_was_typed_while_the_line_stood_still_does_what_it_would_have_done() -> None:
    app = Two()
    async with app.run_test() as pilot:
        for opening in ("xxa", "\n"):
            app.set_focus(None)
            app.post_message(BurstPaste(opening + "Maja har haft sin første samtale alene."))
            burst(app, "enter")
            await settled(app, pilot)
            assert app.answer == "Maja har haft sin første samtale alene."
        assert app.counted == 2


async def test_a_paste_gone_astray_does_next_to_nothing() -> None:
    app = Two()
    async with app.run_test() as pilot:
        app.set_focus(None)
        app.post_message(BurstPaste("x" * 40))
        await settled(app, pilot)
        assert app.counted == MOST_COMMANDS
        app.one.focus()
        app.post_message(BurstPaste("x" * 40))
        await settled(app, pilot)
        assert (app.one.value, app.counted) == ("x" * 40, MOST_COMMANDS)
