"""Documents of every shape that somebody may release in plain SQL, as the server has them.

None of them is one that is refused.
"""

from __future__ import annotations

import json
from typing import Any, Final

from hypothesis import strategies as st

_LETTERS: Final = 'a \n\t\u0301\u200d\u00a0漢>|#*-1.[]`"\\\x00\x1b\x9b\u202e\ud800\uffff\r\u2028'
TEXTS: Final = st.sampled_from(["", "x" * 300, "a" + "\u0301" * 300]) | st.text(
    st.sampled_from(_LETTERS), max_size=12
)
_NUMBERS: Final = st.sampled_from([1, 2, 15, 30, 99])
_HEADINGS: Final = st.fixed_dictionaries({"heading": TEXTS, "level": _NUMBERS})
_PARAGRAPHS: Final = st.fixed_dictionaries({"paragraph": TEXTS, "quiet": st.booleans()})
_FACTS: Final = st.fixed_dictionaries({"facts": st.lists(st.tuples(TEXTS, TEXTS), max_size=4)})


@st.composite
def _items(draw: st.DrawFn) -> dict[str, Any]:
    items = draw(st.lists(TEXTS, max_size=4))
    return {"items": items, "ticked": draw(st.sampled_from([[], [True] * len(items)]))}


@st.composite
def _tables(draw: st.DrawFn) -> dict[str, Any]:
    keys = draw(st.lists(st.text("ab", max_size=2), min_size=1, max_size=12))
    row = st.lists(TEXTS, min_size=len(keys), max_size=len(keys))
    rows = draw(st.lists(row, max_size=3))
    columns = [[key, draw(TEXTS), draw(_NUMBERS)] for key in keys]
    return {"columns": columns, "rows": rows, "named_by": draw(st.sampled_from(["", *keys]))}


RELEASED: Final = st.builds(
    lambda **parts: json.dumps({"format": 1, **parts}),
    what=st.sampled_from(["leader", "x"]),
    title=TEXTS.map(lambda text: f"Status: {text}"),
    language=st.sampled_from(["da", "en"]),
    author=TEXTS,
    blocks=st.lists(_HEADINGS | _PARAGRAPHS | _FACTS | _items() | _tables(), max_size=5),
)
EMPTY_TABLE: Final = {
    "columns": [["", "", 1], ["", "", 1]],
    "rows": [],
    "named_by": "",
}
"""Columns without headings, and no rows."""
