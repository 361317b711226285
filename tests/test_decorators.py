"""Frozen values are made as CONTRIBUTING's table of decorators says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("data", "widgets", "screens", "tui", "tests")


def costly(source: str) -> Iterator[str]:
    """Yield the classes that are `dataclass(frozen=True)` and have no slots."""
    if "frozen" not in source:  # few files are worth the time
        return
    classes = (one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.ClassDef))
    for made in classes:
        for one in made.decorator_list:
            if isinstance(one, ast.Call) and ast.unparse(one.func).endswith("dataclass"):
                said = {word.arg for word in one.keywords if ast.unparse(word.value) == "True"}
                if "frozen" in said and "slots" not in said:
                    yield made.name


@pytest.mark.parametrize("room", ROOMS)
def test_a_frozen_value_is_immutable_or_has_slots(room: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for name in costly(path.read_text("utf-8"))
    ]
    assert not found, (
        f"{found}: use @immutable of data/frozen.py, or @dataclass(frozen=True, slots=True);"
        " see the table of decorators in CONTRIBUTING.md"
    )


def test_it_sees_those_that_have_neither() -> None:
    made = "class A:\n    x: int\n"
    assert [*costly(f"@dataclass(frozen=True)\n{made}")] == ["A"]
    assert [*costly(f"@dataclasses.dataclass(frozen=True)\n{made}")] == ["A"]
    for well in ("@dataclass(frozen=True, slots=True)", "@dataclass", "@immutable"):
        assert not [*costly(f"{well}\n{made}")]
