"""Apps in tests paint what a screen shows last, and what cannot be painted fails the test."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget


class Lamp(Widget):
    """Counts how often its first line is painted; after `b` it is broken."""

    can_focus = True
    painted = 0
    broken = False

    def key_a(self) -> None:
        self.refresh()

    def key_b(self) -> None:
        self.broken = True
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if self.broken:
            raise ValueError("no light")
        self.painted += y == 0
        return Strip.blank(self.size.width)


class Room(App[None]):
    def compose(self) -> ComposeResult:
        yield Lamp()


async def test_a_screen_is_painted_when_it_goes_and_at_the_end() -> None:
    async with Room().run_test() as pilot:
        lamp = pilot.app.query_one(Lamp)
        await pilot.press(*"aaaa")
        before = lamp.painted
        pilot.app.push_screen(Screen())
        await pilot.pause()
        assert lamp.painted == before + 1
        await pilot.app.pop_screen()
        await pilot.press("a")
    assert lamp.painted == before + 2


async def test_what_cannot_be_painted_fails_the_test() -> None:
    with pytest.raises(ValueError, match="no light"):
        async with Room().run_test() as pilot:
            await pilot.press("b")


async def broken_and_left() -> None:
    async with Room().run_test() as pilot:
        await pilot.press("b")
        pilot.app.push_screen(Screen())
        await pilot.pause()


async def test_what_could_not_be_painted_when_it_went_fails_the_test() -> None:
    with pytest.raises(ValueError, match="no light"):
        await broken_and_left()
