"""The kinds of documents: one file each, found by being here.

A new kind is a new file with a `KIND` (see `DocumentKind`): the command line, the screens and the
tests ask `kinds` and know it.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from data.documents.model.source import DocumentKind

ALL: Final = "all"
"""What stands for every document about a mentee, in one folder."""


@cache
def names() -> tuple[str, ...]:
    """Return the names of the modules here, as they were when they were first asked for."""
    files = Path(__file__).parent.glob("*.py")
    return tuple(sorted(file.stem for file in files if not file.stem.startswith("_")))


@cache
def kinds() -> tuple[DocumentKind, ...]:
    """Return all kinds of documents, in their order."""
    found: list[DocumentKind] = [import_module(f"{__name__}.{name}").KIND for name in names()]
    return tuple(sorted(found, key=lambda kind: kind.order))


def kind_of(key: str) -> DocumentKind:
    """Return the kind with this key. Raises KeyError if there is none."""
    return {kind.key: kind for kind in kinds()}[key]
