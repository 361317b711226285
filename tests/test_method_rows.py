"""Each row of the guide names where it is and a test that is there; what is missing says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "docs/method.md").read_text("utf-8")
ROWS = re.findall(r"^\| (R\d+) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)


def test_all_93_rows_are_there_in_order() -> None:
    assert [row[0] for row in ROWS] == [f"R{number}" for number in range(1, 94)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_is_proved_or_says_that_it_is_for_later(row: tuple[str, str, str, str]) -> None:
    proof = row[3]
    if proof.startswith("later: "):
        return
    for one in proof.split(", "):
        named = re.fullmatch(r"`(\S+\.py)::(test_\w+)`", one)
        assert named, one
        source = (TESTS / named[1]).read_text("utf-8")
        assert re.search(rf"^(async )?def {named[2]}\(", source, re.MULTILINE), one
