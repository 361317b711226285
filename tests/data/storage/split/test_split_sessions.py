"""Two sessions of Met and one of Bo do anything in any order: they agree, and no word is gone."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from data.storage.protocol import Clash, Doc, DocChange
from data.storage.snapshot import read_tables
from tests.data.storage.split.life import RULES, Mentor, State

IDS = ("1", "2")
ACTIONS = ("type", "type", "type", "share", "keep", "look", "delete")


class Session(Mentor):
    """A session that keeps what clashed, as a store keeps it in conflicts."""

    def __init__(self, team: Path, who: str) -> None:
        super().__init__(team, who)
        self.clashes: list[Clash] = []
        self.asked_to_delete: set[str] = set()

    def make(self, change: DocChange) -> None:
        self._take(self.backend.commit([change], RULES))

    def look(self) -> None:
        self._take(self.backend.poll())

    def _take(self, commits: object) -> None:
        assert isinstance(commits, tuple)
        for commit in commits:
            self.clashes += commit.clashes
            for change in commit.changes:
                docs = self.tables.setdefault(change.table, {})
                if change.after is None:
                    docs.pop(change.id, None)
                else:
                    docs[change.id] = change.after


def act(session: Session, action: str, id: str, word: str, words: dict[str, set[str]]) -> None:
    note = session.note(id)
    if action == "look":
        session.look()
    elif note is None:
        if action == "type" and not words[id]:
            words[id].add(word)
            session.make(session.change(id, text=f"{word} "))
    elif action == "type":
        words[id].add(word)
        session.make(session.change(id, text=f"{note['text']}{word} "))
    elif action == "delete":
        session.asked_to_delete.add(id)
        session.make(DocChange("notes", id, note, None))
    else:
        session.make(session.change(id, private=action == "keep"))


def check(team: Path, sessions: list[Session], words: dict[str, set[str]]) -> None:
    for _round in range(3):
        for session in sessions:
            session.look()
    one, two, bo = sessions
    assert one.notes() == two.notes() == dict(one.backend.known().get("notes", {}))
    shared: State = dict(read_tables(team).get("notes", {}))
    assert bo.notes().keys() >= shared.keys()
    assert not any(is_private(doc) for doc in shared.values())
    own = read_tables(one.backend.own_path)
    assert all(is_private(doc) for doc in own.get("notes", {}).values())
    assert not own.get("moves")
    bos = read_tables(bo.backend.own_path)
    deleted = {id for session in sessions for id in session.asked_to_delete}
    kept = " ".join(str(clash.mine) for session in sessions for clash in session.clashes)
    for id in IDS:
        states = [tables.get("notes", {}).get(id) for tables in (own, bos)] + [shared.get(id)]
        there = " ".join(str(doc["text"]) for doc in states if doc)
        for word in words[id]:
            assert word in there or word in kept or id in deleted, (word, there, kept)
            assert there.count(word) <= 1, (word, there)


def is_private(doc: Doc | None) -> bool:
    return doc is not None and bool(doc.get("private", True))


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(ACTIONS), st.sampled_from(IDS)),
        min_size=4,
        max_size=24,
    )
)
def test_anything_in_any_order(steps: list[tuple[int, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        team = Path(folder) / "team" / "x.json"
        team.parent.mkdir()
        team.parent.chmod(0o2770)
        sessions = [Session(team, who) for who in ("met", "met", "bo")]
        words: dict[str, set[str]] = {id: set() for id in IDS}
        for number, (who, action, id) in enumerate(steps):
            act(sessions[who], action, id, f"ord{number:02}", words)
        check(team, sessions, words)
        for session in sessions:
            session.close()
