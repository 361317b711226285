"""The name of a file that has no room keeps its beginning and its end, with a sign between."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.grid_model import fit, fit_ends


def test_the_date_and_the_ending_stay() -> None:
    name = "laerings-og-kompetenceplan-maja-holm-christensen-2026-11-28-2.docx"
    shown = fit_ends(name, 40)
    assert shown.startswith("laerings-og-kompete")
    assert shown.endswith("-2026-11-28-2.docx")
    assert shown.count("…") == 1
    assert fit_ends("plan.csv", 12) == "plan.csv    "


@given(st.text("aæ汉é.-", max_size=30), st.integers(1, 20))
def test_it_takes_up_the_cells_that_there_are(text: str, width: int) -> None:
    shown = fit_ends(text, width)
    assert cell_len(shown) == width
    assert ("…" in shown) == (cell_len(text.rstrip()) > width) or shown == fit(text, width)
