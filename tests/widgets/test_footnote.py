"""A few lines under a list: whole, or with a mark where they have no room."""

from __future__ import annotations

from textual.app import App, ComposeResult

from widgets.reading import Footnote


class Page(App[None]):
    """A page with three such lines."""

    def compose(self) -> ComposeResult:
        self.note = Footnote()
        yield self.note


async def test_what_has_no_room_ends_in_a_mark() -> None:
    app = Page()
    async with app.run_test(size=(30, 6)) as pilot:
        app.note.show("Farid Rahimi", "Børns første leveår", "og samarbejdet med dagtilbud " * 3)
        await pilot.pause()
        assert app.note.plain.endswith("dagtilbud ")
        assert str(app.note.visual).endswith("…")

        await pilot.resize_terminal(100, 6)
        await pilot.pause()
        assert str(app.note.visual) == app.note.plain


async def test_what_fits_is_shown_as_it_is() -> None:
    app = Page()
    async with app.run_test(size=(30, 6)) as pilot:
        app.note.show("Farid  Rahimi", "", "Nord")
        await pilot.pause()
        assert str(app.note.visual) == "Farid  Rahimi\nNord"
