"""Apps in tests paint once after keys, and what cannot be painted fails the test."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
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


async def test_several_keys_are_painted_once() -> None:
    async with Room().run_test() as pilot:
        lamp = pilot.app.query_one(Lamp)
        await pilot.press("a")
        before = lamp.painted
        await pilot.press(*"aaaa")
        assert lamp.painted == before + 1


async def test_what_cannot_be_painted_fails_the_test() -> None:
    with pytest.raises(ValueError, match="no light"):
        async with Room().run_test() as pilot:
            await pilot.press("b")
