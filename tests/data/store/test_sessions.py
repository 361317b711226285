"""Two sessions do anything in any order: they come to agree, and no typed word is gone."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data.records import Conflict, Note, Task
from data.store import saver
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk

SESSIONS = 2
ACTIONS = (
    *("type", "type", "type", "settle", "edit", "delete", "undo", "redo"),
    *("receive", "pump", "hold", "let"),
)
"""`receive` brings others' words into memory before the widget shows them, `pump` to both."""


PATIENCE = 30.0
"""Seconds that are waited for threads on a busy machine; reached only where something is wrong."""


class Session:
    """One user: a widget with a text, and the store behind it."""

    def __init__(self, disk: Disk, name: str, note: Note) -> None:
        self.name = name
        self.backend = disk.backend(name, listening=True)
        self.store = Store(self.backend, by=name)
        self.store.start_saver(lambda: None)
        self.note = note
        self.shown = note.text
        self.words: set[str] = set()

    def type(self, number: int) -> None:
        word = f"{self.name}{number:02}"
        self.words.add(word)
        before, self.shown = self.shown, f"{self.shown}{word} "
        self.store.type_text(self.note, "text", self.shown, shown=before)

    def receive(self) -> None:
        """Save what waits and see what the others saved, unless saving is held up."""
        if self.backend.gate.is_set():
            assert self.store.flush(PATIENCE)
            end = time.monotonic() + PATIENCE
            while self.backend.is_behind and time.monotonic() < end:
                time.sleep(0.001)
        self.store.pump()

    def pump(self) -> None:
        self.receive()
        found = self.store.get(Note, self.note.id)
        if found is not None:
            self.shown = found.text

    def close(self) -> None:
        self.backend.gate.set()
        self.store.close()


def act(session: Session, action: str, number: int) -> None:
    store = session.store
    if action == "type":
        session.type(number)
    elif action == "settle":
        store.commit_typing()
    elif action == "edit":
        for task in store.all(Task):
            store.commit([Change.edited(task, title=f"{session.name}{number}")], "Edit")
    elif action == "delete":
        store.commit([Change.deleted(task) for task in store.all(Task)], "Delete")
    elif action == "undo":
        store.end_typing()
        if store.undo() is not None:
            found = store.get(Note, session.note.id)
            session.words = {word for word in session.words if found and word in found.text}
            session.shown = found.text if found else ""
    elif action == "redo":
        store.redo()
    elif action == "receive":
        session.receive()
    elif action == "pump":
        session.pump()
    elif action == "hold":
        session.backend.gate.clear()
    else:
        session.backend.gate.set()


def settle_all(sessions: list[Session], disk: Disk) -> None:
    """Let every session save and see what the others saved."""
    for session in sessions:
        session.backend.gate.set()
    end = time.monotonic() + PATIENCE
    while True:
        for session in sessions:
            assert session.store.flush()
        views = [(seen(one.store), stored(disk, one.name)) for one in sessions]
        if all(view == there for view, there in views):
            return
        assert time.monotonic() < end, views
        time.sleep(0.001)


def seen(store: Store) -> dict[str, tuple[str, ...]]:
    return {
        "notes": tuple(note.text for note in store.all(Note)),
        "tasks": tuple(task.title for task in store.all(Task)),
        "conflicts": tuple(one.mine for one in store.all(Conflict)),
    }


def stored(disk: Disk, name: str) -> dict[str, tuple[str, ...]]:
    """What somebody who opens the records finds: of conflicts, on a server, only one's own."""
    with disk.lock:
        store = Store(disk.backend(name), by=name)
    try:
        return seen(store)
    finally:
        store.close()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver, "POLL_SECONDS", 0.003)


def come_to_agree(disk: Disk, actions: list[tuple[int, str]]) -> None:
    """Let sessions do it all, and see that they agree and that no word is gone."""
    first = Store(disk.backend("a"), by="a")
    note, task = (
        Note(mentee_id="1", text="Start. ", private=False),
        Task(mentee_id="1", title="Start"),
    )
    first.commit([Change.created(note), Change.created(task)])
    note = replace(note, rev=1)
    sessions = [Session(disk, name, note) for name in "ab"]
    try:
        undone = False
        for number, (place, action) in enumerate(actions):
            undone = undone or action in {"undo", "redo"}
            act(sessions[place], action, number)
        settle_all(sessions, disk)
        found = [stored(disk, one.name) for one in sessions]
        kept = " ".join(text for one in found for texts in one.values() for text in texts).split()
        if not undone:
            assert all(word in kept for session in sessions for word in session.words)
            assert "Start." in kept
    finally:
        for session in sessions:
            session.close()
        disk.close()


DRAWN = st.lists(
    st.tuples(st.integers(0, SESSIONS - 1), st.sampled_from(ACTIONS)), min_size=2, max_size=25
)


@settings(
    max_examples=150,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(DRAWN)
def test_sessions_come_to_agree(actions: list[tuple[int, str]]) -> None:
    come_to_agree(Disk(), actions)


@pytest.mark.parametrize("kind", ["file", "postgres"])
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(DRAWN)
def test_they_do_on_a_file_and_a_server(
    kind: str, new_disks: Mapping[str, Callable[[], Disk]], actions: list[tuple[int, str]]
) -> None:
    come_to_agree(new_disks[kind](), actions)
