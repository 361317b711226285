"""Undo, redo and conflicts across the two files of a team, ended before any call that changes one.

A note goes from private to shared and back, is undone and done again, and meets the words of a
colleague. First this is lived through without an accident, and what each of the two sees after
every step is noted. Then it is lived again and dies at one call: what is found afterwards must be
what was there before that step, or after it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from data.method.parting import PARTING
from data.records import Answer, Conflict, Need, Note, Record, Task
from data.storage.backend import JournalBackend
from data.storage.disk import Disk
from data.storage.split.backend import SplitBackend
from data.storage.split.halves import Side
from data.storage.split.pair import Pair
from data.store.change import Change
from data.store.codec import table_rules
from data.store.store import Store
from tests.data.storage.crash.disks import QUICK, CountingDisk, DyingDisk, Killed
from tests.data.storage.split.test_split_points import one_after_the_other
from tests.data.storage.support import close_all, open_files

NOTE, NEED, ANSWER = (f"179000000000000000{number}" for number in range(3))
MENTEE = "1790000000000000009"
TASK = "1790000000000000008"
OF_NOTE = {"ordet1", "ordet2", "ordet3"}
NEVER_SHARED = {"synet1", "synet2", "pulsen1", "pulsen2"}
Step = Callable[[], object]


class Seen(NamedTuple):
    """What one of them sees."""

    titles: tuple[str, ...]
    notes: tuple[tuple[str, bool], ...]
    views: tuple[str, ...]
    pulses: tuple[str, ...]
    conflicts: tuple[tuple[str, str], ...]


class Both(NamedTuple):
    """What both see."""

    met: Seen
    bo: Seen


def opened(team: Path, who: str, disk: Disk = QUICK) -> Store:
    home = team.parent.parent / who
    home.mkdir(mode=0o700, exist_ok=True)

    def opener(path: Path) -> JournalBackend:
        return JournalBackend(path, by=who, disk=disk)

    return Store(SplitBackend(team, home, PARTING, table_rules(), opener=opener, disk=disk), by=who)


def seen(store: Store) -> Seen:
    return Seen(
        tuple(sorted(one.title for one in store.all(Task))),
        tuple(sorted((one.text, one.private) for one in store.all(Note))),
        tuple(sorted(one.mentor_view for one in store.all(Need))),
        tuple(sorted(str(one.pulse) for one in store.all(Answer))),
        tuple(sorted((one.mine, one.theirs) for one in store.all(Conflict) if not one.settled)),
    )


def look(team: Path, who: str) -> Seen:
    """What somebody sees who opens the file now."""
    store = opened(team, who)
    try:
        return seen(store)
    finally:
        store.close()


def edit(store: Store, kind: type[Record], **fields: object) -> None:
    (record,) = store.all(kind)
    store.commit([Change.edited(record, **fields)])


def steps(met: Store, team: Path) -> Iterator[Step]:
    note = Note(id=NOTE, mentee_id=MENTEE, text="ordet1")
    need = Need(id=NEED, mentee_id=MENTEE, area="Tilsyn")
    answer = Answer(id=ANSWER, mentee_id=MENTEE, talk_id="", key="mood", pulse={"x": "pulsen1"})

    task = Task(id=TASK, mentee_id=MENTEE, title="Indberetning")

    def bo_writes() -> None:
        bo = opened(team, "bo")
        edit(bo, Note, text="ordet2")
        edit(bo, Task, title="Bos titel")
        bo.close()

    yield lambda: met.commit([Change.created(one) for one in (note, need, answer, task)])
    yield lambda: edit(met, Note, private=False)
    yield met.undo
    yield met.redo
    yield lambda: edit(met, Need, mentor_view="synet1")
    yield lambda: edit(met, Need, mentor_view="synet2")
    yield met.undo
    yield met.redo
    (shown,), (title,) = met.all(Note), met.all(Task)
    yield bo_writes
    yield lambda: met.commit([Change.edited(title, title="Mets titel")])
    yield met.undo
    yield met.redo
    yield lambda: met.commit([Change.edited(shown, text="ordet3")])
    yield met.undo
    yield met.redo
    yield lambda: edit(met, Note, private=True)
    yield met.undo
    yield met.redo
    yield lambda: edit(met, Answer, pulse={"x": "pulsen2"})
    yield met.undo
    yield lambda: met.commit([Change.deleted(one) for one in met.all(Note)])
    yield met.undo
    yield met.redo


def room(folder: Path, name: str) -> Path:
    team = folder / name / "team" / "x.json"
    team.parent.mkdir(parents=True, mode=0o700)
    team.parent.chmod(0o2770)
    return team


def live(team: Path, disk: Disk, done: list[Both] | None = None, *, looking: bool = False) -> None:
    """Take all steps. `done` gets what both see before them and after each, if `looking`."""
    done = [] if done is None else done
    met = opened(team, "met", disk)
    done.append(Both(look(team, "met"), look(team, "bo")) if looking else NOTHING)
    for step in steps(met, team):
        step()
        done.append(Both(look(team, "met"), look(team, "bo")) if looking else NOTHING)
    met.close()


NOTHING = Both(Seen((), (), (), (), ()), Seen((), (), (), (), ()))


def found_beside(team: Path, words: set[str]) -> set[str]:
    """Which words are in a file that the team has, in an earlier state too."""
    files = [path.read_bytes() for path in team.parent.rglob("*") if path.is_file()]
    return {word for word in words if any(word.encode() in data for data in files)}


@pytest.fixture
def told(tmp_path: Path) -> list[Both]:
    """What both see before all and after each step, where nothing happens."""
    found: list[Both] = []
    live(room(tmp_path, "told"), QUICK, found, looking=True)
    return found


def test_without_an_accident(told: list[Both]) -> None:
    private, shared, undone, redone = told[1:5]
    assert [one.bo.notes for one in (private, undone)] == [(), ()]
    assert [one.bo.notes for one in (shared, redone)] == [(("ordet1", False),)] * 2
    assert [one.met.notes for one in (private, undone)] == [(("ordet1", True),)] * 2
    conflicts = {one.met.conflicts for one in told}
    assert conflicts == {(), (("Mets titel", "Bos titel"),)}
    assert {one.bo.conflicts for one in told} == {()}
    assert {one.bo.views + one.bo.pulses for one in told[1:]} == {("", "{}")}
    assert (("ordet2\nordet3", True),) in {one.met.notes for one in told}
    assert len(told) > 20


@pytest.mark.soak
@pytest.mark.parametrize("first", [Side.TEAM, Side.OWN])
def test_without_the_note_in_the_own_file_something_would_be_lost_or_seen(
    tmp_path: Path, told: list[Both], monkeypatch: pytest.MonkeyPatch, first: Side
) -> None:
    """The control: one file after the other, in either order."""
    monkeypatch.setattr(Pair, "finish", one_after_the_other(first))
    with pytest.raises(AssertionError, match="before call"):
        die(tmp_path, told, 1)


def die(folder: Path, told: list[Both], step: int) -> int:
    disk = CountingDisk()
    live(room(folder, "count"), disk)
    for number in range(1, len(disk.calls) + 1, step):
        team, fds = room(folder, f"at-{number}"), open_files()
        done: list[Both] = []
        with pytest.raises(Killed):
            live(team, DyingDisk(number), done)
        close_all(fds, folder)
        where = f"before call {number}, {disk.calls[number - 1]}, of step {len(done)}"
        # before: what the last confirmed step made; after: what the step that died was to make
        before = told[max(len(done) - 1, 0)]
        after = told[min(len(done), len(told) - 1)]
        assert look(team, "bo") in (before.bo, after.bo), where
        for _again in range(2):
            assert look(team, "met") in (before.met, after.met), where
        assert look(team, "bo") in (before.bo, after.bo), where
        hidden = NEVER_SHARED | (set() if before.bo.notes or after.bo.notes else OF_NOTE)
        assert found_beside(team, hidden) == set(), where
        shutil.rmtree(team.parent.parent)
    return len(range(1, len(disk.calls) + 1, step))


def test_death_before_some_calls(tmp_path: Path, told: list[Both]) -> None:
    assert die(tmp_path, told, 9) > 20


@pytest.mark.soak
def test_death_before_every_call(tmp_path: Path, told: list[Both]) -> None:
    print(f"\nundo in a team file, death: {die(tmp_path, told, 1)} calls")
