"""Any date that can be stored can be shown: the first and the last there are, in every field."""

from __future__ import annotations

import types
import typing
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from data.records import KINDS, Record
from data.store.change import Change
from data.store.opening import open_store
from tests.tools.example import example_file_at
from tests.tui.cli.tools import NOW, Mentor

ENDS: dict[str, dict[type, Any]] = {
    "first": {date: date.min, datetime: datetime.min.replace(tzinfo=UTC)},
    "last": {date: date.max, datetime: datetime.max.replace(tzinfo=UTC)},
    "first without an offset": {date: date.min, datetime: datetime.min},  # noqa: DTZ901
}


def dates_of(kind: type[Record]) -> dict[str, type]:
    """Return the fields of a kind that hold one date or moment."""
    found: dict[str, type] = {}
    hints = typing.get_type_hints(kind)
    for item in fields(kind):
        hint = hints[item.name]
        parts = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
        for one in parts:
            if one in {date, datetime}:
                found[item.name] = one
    return found


def cases() -> list[tuple[type[Record], str]]:
    """Return each kind with the ends it can have: only a moment can be without an offset."""
    return [
        (kind, end)
        for kind in KINDS
        for end in ENDS
        if dates_of(kind) and ("offset" not in end or datetime in dates_of(kind).values())
    ]


@pytest.mark.parametrize(("kind", "end"), cases())
def test_every_command_prints_it(
    mentor: Mentor, file: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Record], end: str
) -> None:
    monkeypatch.setenv("MENTOR_NOW", NOW)
    example_file_at(file)
    opened = open_store(file, threaded=False)
    values: dict[str, Any] = {name: ENDS[end][one] for name, one in dates_of(kind).items()}
    changes = [Change.edited(record, **values) for record in opened.store.all(kind)]
    opened.store.commit(changes)
    opened.close()
    for command in (("list", "--all"), ("show", "Maja", "--private", "--all"), ("due",), ()):
        done = mentor(*command)
        assert (done.status, done.err) == (0, ""), command
        done = mentor(*command, "--format", "json")
        assert (done.status, done.err) == (0, ""), command
