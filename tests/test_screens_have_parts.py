"""A screen has parts instead of being a chain of classes, and each of its keys does something."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from screens.frame.base import BaseScreen
from screens.frame.commands import Commands, part_with

ROOT = Path(__file__).parents[1]
OURS = ("data", "widgets", "screens", "tui")
MOST_METHODS = 44
"""A screen's own methods and those that it inherits from classes of ours."""
DOES = re.compile(r"do\('(\w+)'")


def _classes() -> Iterator[type]:
    for path in sorted((ROOT / "screens").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if path.name != "__init__.py":
            for _name, found in inspect.getmembers(import_module(name), inspect.isclass):
                if found.__module__ == name:
                    yield found


CLASSES = list(_classes())
PARTS = [kind for kind in CLASSES if issubclass(kind, Commands)]


def _methods(kind: type) -> set[str]:
    ours = [base for base in kind.__mro__ if base.__module__.split(".")[0] in OURS]
    return {
        name
        for base in ours
        for name, found in vars(base).items()
        if inspect.isfunction(found) or isinstance(found, property | staticmethod | classmethod)
    }


def test_there_are_screens_and_parts_to_look_at() -> None:
    assert sum(issubclass(kind, BaseScreen) for kind in CLASSES) > 15
    assert len(PARTS) > 10


def test_no_screen_does_everything_itself() -> None:
    large = {
        kind.__name__: len(_methods(kind))
        for kind in CLASSES
        if issubclass(kind, DOMNode) and len(_methods(kind)) > MOST_METHODS
    }
    assert large == {}


@pytest.mark.parametrize("kind", PARTS, ids=lambda kind: kind.__name__)
def test_each_key_of_a_part_names_a_command_that_it_has(kind: type[Commands]) -> None:
    for value in vars(kind).values():
        if isinstance(value, list | tuple):
            for binding in value:
                if isinstance(binding, Binding) and (named := DOES.search(binding.action)):
                    assert callable(getattr(kind, named[1], None)), binding


def test_a_command_that_no_part_has_is_said() -> None:
    with pytest.raises(LookupError, match="no part has the command 'fly'"):
        part_with((Commands(),), "fly")
