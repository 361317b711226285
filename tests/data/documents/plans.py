"""Plans for the tests of forms that come back, and what somebody fills in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from data.documents.given import give
from data.documents.importing.preview import EntryKind, Preview
from data.documents.model.document import Document
from data.documents.sources import document_of
from data.documents.taking_in import take_in
from data.records import Mentee, Task
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk, MemoryBackend
from tests.data.documents.forms import as_docx, csv_bytes, look

START = date(2026, 8, 3)


def a_store(*tasks: Task, columns: tuple[str, ...] = ()) -> tuple[Store, Mentee]:
    store = Store(MemoryBackend(Disk()), by="met")
    mentee = Mentee(id="7000000000000000001", name="Maja Holm", start=START, columns=columns)
    store.commit([Change.created(one) for one in (mentee, *tasks)])
    return store, mentee


def a_task(title: str, **fields: Any) -> Task:
    return Task(mentee_id="7000000000000000001", title=title, **fields)


def tasks_of(store: Store) -> dict[str, Task]:
    return {task.title: task for task in store.all(Task)}


def table(*rows: tuple[str, ...]) -> bytes:
    return csv_bytes(list(rows))


def lines(preview: Preview, kind: EntryKind) -> list[str]:
    return [one.line for one in preview.of(kind)]


def given(store: Store, mentee: Mentee) -> Document:
    return give(store, mentee, document_of(store, "plan", mentee))


def filled(document: Document, number: int, **cells: str) -> Document:
    """Return a plan in which somebody has filled in cells of a row."""
    assert document.grid is not None
    keys = [column.key for column in document.grid.columns]
    rows = [list(row) for row in document.grid.rows]
    for key, text in cells.items():
        rows[number - 1][keys.index(key)] = text
    return replace(document, grid=replace(document.grid, rows=tuple(map(tuple, rows))))


def edit(store: Store, which: str, /, **fields: Any) -> None:
    store.commit([Change.edited(tasks_of(store)[which], **fields)])


def back(store: Store, mentee: Mentee, document: Document) -> Preview:
    preview = look(store, mentee, "plan.docx", as_docx(document, document.grid))
    take_in(store, preview)
    return preview
