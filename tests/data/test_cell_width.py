"""One table of widths, wcwidth's; and where Textual, by Rich's table, thinks otherwise."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import wcwidth

from data.cell_width import cell_width, clusters, is_narrow, widest

ALL = [chr(code) for code in range(0x20, sys.maxunicode + 1)]
FLAGS = {chr(code) for code in range(0x1F1E6, 0x1F200)}
"""Letters of flags: a pair takes two cells for both. One alone takes two for wcwidth, one for
Rich."""
SKIN = {chr(code) for code in range(0x1F3FB, 0x1F400)}
"""Shades of skin: with an emoji they take no cell of their own for both. One alone takes two for
wcwidth, none for Rich."""


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("Maja", 4),
        ("æøåÆØÅ", 6),
        ("Nguyễn Jiří", 11),
        ("e\u0301", 1),
        ("日本語", 6),
        ("한글", 4),
        ("🙂", 2),
        ("👩\u200d💻", 2),
        ("👍🏽", 2),
        ("❤\ufe0f", 2),
        ("🇩🇰", 2),
        ("a🙂b", 4),
        ("…–“”•½✓", 7),
        ("", 0),
    ],
)
def test_width_is_that_of_the_screen(text: str, width: int) -> None:
    assert cell_width(text) == cell_len(text) == width
    assert "".join(cluster for cluster, _width in clusters(text)) == text


def test_textual_differs_only_where_this_says_so() -> None:
    """Characters that this Python's Unicode does not have yet are left out."""
    differs = {
        one
        for one in ALL
        if unicodedata.category(one) not in {"Cn", "Cc", "Cs"}
        and max(wcwidth(one), 0) != cell_len(one)
    }
    assert differs == FLAGS | SKIN
    for one in differs:
        assert widest(one) >= cell_len(one), "the painter clears what a terminal may draw"


def test_what_is_called_narrow_takes_one_cell_by_every_table() -> None:
    narrow = [one for one in ALL if is_narrow(one)]
    assert len(narrow) > 1500
    assert {one for one in narrow if not wcwidth(one) == cell_len(one) == 1} == set()


@given(st.text())
def test_clusters_are_the_whole_text(text: str) -> None:
    found = clusters(text)
    assert "".join(cluster for cluster, _width in found) == text
    assert all(0 <= width <= 2 for _cluster, width in found)


def test_names_of_europe_do_not_load_the_table() -> None:
    names = ["Maja Ærø Åkær", "Jiří Černý", "Nguyễn Văn Bảo", "Ελένη", "Ольга", "→ … – ✓ █"]
    code = (
        "import sys\nfrom data.cell_width import cell_width\nfrom data.text import shorten\n"
        f"for name in {names!r}: cell_width(name); shorten(name, 5)\n"
        "assert 'wcwidth' not in sys.modules\ncell_width('日本')\n"
        "assert 'wcwidth' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
