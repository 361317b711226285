"""JSON for a terminal: the same values, and nothing that steers it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from data.json_text import json_text
from data.text import UNWANTED

STEERS = "\x1b[31m \x9b31m \u202ebagvendt\u2066 \x7f\x85\ufeff \ud800 æøå 👩‍👧"


def test_what_steers_a_terminal_is_written_by_its_number() -> None:
    text = json_text({STEERS: [STEERS]})
    assert UNWANTED.search(text.replace("\n", "")) is None
    assert r"\u009b31m \u202ebagvendt\u2066 \u007f\u0085\ufeff \ud800 æøå 👩‍👧" in text
    assert json.loads(text) == {STEERS: [STEERS]}


@given(st.recursive(st.text() | st.integers(), st.lists, max_leaves=5))
def test_the_values_are_the_same(value: object) -> None:
    text = json_text(value)
    assert json.loads(text) == value
    assert UNWANTED.search(text.replace("\n", "")) is None
