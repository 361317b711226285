from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from data.records import KINDS, Record
from data.storage.journal import FORMAT
from data.storage.names import Names
from data.storage.protocol import BOOKKEEPING

TEXT = (Path(__file__).parents[3] / "docs" / "format.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    found = re.search(rf"^### {title}:.*?(?=^##)", TEXT, re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/format.md says nothing of {title}"
    return found[0]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
def test_every_field_of_every_table_is_described(kind: type[Record]) -> None:
    described = set(re.findall(r"`(\w+)`", section(kind.table)))
    names = {field.name for field in fields(kind)} - BOOKKEEPING - {"id"}
    assert names - described == set()


def test_every_file_is_described() -> None:
    names = Names("mentor.json")
    files = (
        names.record,
        names.journal,
        names.lock,
        names.reserve,
        names.backups,
        names.quarantine,
        names.sessions,
        names.temporary,
    )
    for name in files:
        assert f"`{name}" in TEXT
    assert f"format number of this text is **{FORMAT}**" in TEXT


def test_bookkeeping_is_described() -> None:
    for name in BOOKKEEPING:
        assert f"`{name}`" in TEXT
