"""The pane of details: wrapped in cells, drawn anew only where it differs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Region

from widgets.detail_pane import BESIDE_WIDTH, DetailPane, LabelledText
from widgets.wrapping import wrap

TEXT = st.text(st.sampled_from(" \nabæø漢é-"), max_size=80)


@given(TEXT, st.integers(2, 30))
def test_wrapped_lines_fit_and_keep_every_letter(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert len(lines) >= len(text.split("\n"))


def test_words_stay_whole_where_they_can() -> None:
    assert wrap("Skrive en kort plan", 10) == ["Skrive en", "kort plan"]
    assert wrap("enmegetlangglose", 6) == ["enmege", "tlangg", "lose"]
    assert wrap("et\n  indrykket\n\nto", 12) == ["et", "  indrykket", "", "to"]


class PaneApp(App[None]):
    """A pane alone."""

    def __init__(self) -> None:
        super().__init__()
        self.pane = DetailPane()

    def compose(self) -> ComposeResult:
        yield self.pane


def shown(pane: DetailPane) -> list[str]:
    return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]


def some(*texts: str) -> Sequence[LabelledText]:
    return [LabelledText(f"Felt {number}", text) for number, text in enumerate(texts)]


@pytest.mark.parametrize("width", [BESIDE_WIDTH + 10, BESIDE_WIDTH - 10])
async def test_labels_stand_beside_or_over_their_texts(width: int) -> None:
    app = PaneApp()
    async with app.run_test(size=(width, 10)):
        app.pane.show("Opgave", some("[red]et[/]", "to"))
        lines = shown(app.pane)
        assert lines[0] == " Opgave"
        if width > BESIDE_WIDTH:
            assert lines[1].split() == ["Felt", "0", "[red]et[/]"]
        else:
            assert lines[1:5] == [" Felt 0", " [red]et[/]", " Felt 1", " to"]


async def test_only_lines_that_differ_are_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    app = PaneApp()
    async with app.run_test(size=(80, 10)) as pilot:
        app.pane.show("Opgave", some("et", "to", "tre"))
        await pilot.pause()
        asked: list[Region] = []
        monkeypatch.setattr(app.pane, "refresh", lambda *regions, **_kw: asked.extend(regions))
        app.pane.show("Opgave", some("et", "to!", "tre"))
        assert [region.y for region in asked] == [2]
        asked.clear()
        app.pane.show("Opgave", some("et", "to!", "tre"))
        assert asked == []


async def test_without_the_focus_an_arrow_says_that_there_is_more() -> None:
    app = PaneApp()
    async with app.run_test(size=(80, 5)) as pilot:
        app.set_focus(None)
        await pilot.pause()
        app.pane.show("Opgave", some("a", "b", "c", "d"))
        assert "↓" not in "".join(shown(app.pane)), "all is there"
        app.pane.show("Opgave", some("a", "b", "c", "d", "e"))
        assert shown(app.pane)[-1].endswith("↓")
        app.pane.focus()
        await pilot.press("down")
        assert not set("↑↓") & set("".join(shown(app.pane))), "the scrollbar says it now"
        app.set_focus(None)
        await pilot.pause()
        assert shown(app.pane)[0].endswith("↑")


async def test_another_heading_begins_at_the_top() -> None:
    app = PaneApp()
    async with app.run_test(size=(80, 5)) as pilot:
        app.pane.show("Opgave", some(*"abcdefgh"))
        app.pane.focus()
        await pilot.press("pagedown", "j")
        assert app.pane.scroll_offset.y == 4
        assert "h" in shown(app.pane)[-1]
        app.pane.show("Opgave", some(*"abcdefgx"))
        assert app.pane.scroll_offset.y > 0
        app.pane.show("En anden", some(*"abcdefgh"))
        assert app.pane.scroll_offset.y == 0
        assert shown(app.pane)[0] == " En anden"
