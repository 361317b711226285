"""On which line of a TOML text a key is set."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from data.workplace.toml_lines import line_at, lines_of

TEXT = '''\
# a comment with [[table]] and key = 1
name = "a # b"
more = """
[[not.a.table]]
x = 1
"""
'very odd' = { a = 1, "b" = [1, 2] }
list = [
  "one", # two,
  { in = 3 },
]

[[question]]
key = "one"

[[question]]
key = "two"
text = 'ende'
[question.inner]
deep.er = true

[[question]]

  [[question.part]]
  a = 1
  [[question.part]]
  a = 2

[last]
z = 2026-11-30
'''


def test_each_key_has_its_line() -> None:
    found = lines_of(TEXT)
    assert found["name",] == 2
    assert found["more",] == 3
    assert found["very odd", "a"] == 7
    assert found["very odd", "b", 1] == 7
    assert found["list", 0] == 9
    assert found["list", 1, "in"] == 10
    assert found["question", 0, "key"] == 14
    assert found["question", 1] == 16
    assert found["question", 1, "text"] == 18
    assert found["question", 1, "inner", "deep", "er"] == 20
    assert found["question", 2] == 22
    assert found["question", 2, "part", 1, "a"] == 27
    assert found["last", "z"] == 30


def test_what_is_not_there_has_the_line_of_what_is_around_it() -> None:
    found = lines_of(TEXT)
    assert line_at(found, ("question", 1, "main")) == 16
    assert line_at(found, ("question", 2, "part", 0, "b")) == 24
    assert line_at(found, ("nothing",)) == 1
    assert line_at({}, ()) == 1


def test_what_is_no_toml_is_walked_through_as_far_as_it_goes() -> None:
    for text in ("[[", "a =", "= 1", "[[a]]\nb c", 'a = "', "a = [", "a = {", "[a", "\x00", "]"):
        lines_of(text)


_NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=6)
_PLAIN = st.one_of(
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.dates(),
)
_VALUES = st.recursive(
    _PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(_NAMES, inner, max_size=3),
        st.lists(st.dictionaries(_NAMES, inner, min_size=1, max_size=2), min_size=1, max_size=3),
    ),
    max_leaves=12,
)


@given(st.dictionaries(_NAMES, _VALUES, max_size=4))
def test_every_place_of_any_text_has_a_line_within_it(values: dict[str, Any]) -> None:
    text = tomlkit.dumps(values)
    found = lines_of(text)
    escaped = "\\" in text  # a name with an escape is known by how it is written
    if not escaped:
        assert {*_places(tomllib.loads(text))} <= {*found, ()}
    assert all(1 <= line <= text.count("\n") + 1 for line in found.values())


@given(st.text(max_size=60))
def test_no_text_is_walked_through_for_ever(text: str) -> None:
    lines_of(text)


def _places(value: object, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield at
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(inner, (*at, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _places(inner, (*at, place))
