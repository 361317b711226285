"""A page that is read, drawn whatever its lines are."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from widgets.reading import HEADING, PLAIN, QUIET, ReadingPane


class Page(App[None]):
    """A page to read."""

    def compose(self) -> ComposeResult:
        self.pane = ReadingPane()
        yield self.pane


@pytest.mark.parametrize("kind", [HEADING, QUIET])
@pytest.mark.parametrize("texts", [("",), ("a", ""), ("a", "", ""), ("", "a"), ("a\n\n",), ("\n",)])
async def test_a_line_without_letters_has_no_style_and_hinders_nothing(
    kind: str, texts: tuple[str, ...]
) -> None:
    app = Page()
    async with app.run_test(size=(30, 6)) as pilot:
        app.pane.show([(PLAIN, "Maja"), *((kind, text) for text in texts)])
        await pilot.pause()
        assert app.pane.plain.startswith("Maja\n")
        app.pane.show([(kind, text) for text in texts])
        await pilot.pause()
