"""Team files from before: each author's private texts are moved at that author's first opening."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from data.records import Answer, Mentee, Need, Note, NoteKind, Unfinished
from data.storage.problems import NoticeKind
from data.storage.protocol import BeingTyped
from data.storage.record_file import HEAD
from data.storage.split.mark import is_parted
from data.storage.upkeep.restore import list_backups, restore
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from tests.data.store.team_tools import Team

ROOT = Path(__file__).parents[3]


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """A team file in which Met and Bo have written before, when nothing was kept apart."""
    found = Team(tmp_path)
    found.folder.chmod(0o700)
    mentee = Mentee(name="Maja Holm")
    for who in ("met", "bo"):
        opened = open_store(found.file, by=who, threaded=False)
        if who == "met":
            opened.store.commit([Change.created(mentee)])
        opened.store.commit([Change.created(one) for one in private(mentee.id, who)])
        opened.close()
    found.folder.chmod(0o2770)
    return found


def private(mentee: str, who: str) -> list[Note | Answer | Need | Unfinished]:
    return [
        Note(mentee_id=mentee, text=f"{who}-note"),
        Note(mentee_id=mentee, text=f"{who}-delt", private=False),
        Note(mentee_id=mentee, text=f"{who}-tvivl", kind=NoteKind.DOUBT, private=False),
        Answer(mentee_id=mentee, talk_id="", key="wellbeing", mentee=f"{who}-trivsel"),
        Answer(
            mentee_id=mentee, talk_id="", key="a", mentor=f"{who}-svar", pulse={"a": f"{who}-puls"}
        ),
        Need(mentee_id=mentee, area=f"{who}-emne", mentor_view=f"{who}-syn"),
        Unfinished(key="new_note", texts=f"{who}-skema"),
    ]


SECRET = ("note", "tvivl", "trivsel", "puls", "syn", "skema")


def words(store: Store) -> set[str]:
    found = [
        *(one.text for one in store.all(Note)),
        *(
            text
            for one in store.all(Answer)
            for text in (one.mentee, one.mentor, *one.pulse.values())
        ),
        *(text for one in store.all(Need) for text in (one.area, one.mentor_view)),
        *(one.texts for one in store.all(Unfinished)),
    ]
    return {text for text in found if text}


def all_of(who: str) -> set[str]:
    return {f"{who}-{what}" for what in (*SECRET, "delt", "svar", "emne")}


def shared_of(who: str) -> set[str]:
    return {f"{who}-{what}" for what in ("delt", "svar", "emne")}


def in_data_file(team: Team, word: str) -> bool:
    """Whether the newest state of the team file holds a word."""
    with team.as_("anna"):
        pass
    from data.storage.backend import fold_file

    fold_file(team.file)
    return word.encode() in team.file.read_bytes()


def test_each_sees_their_own_and_nobody_elses(team: Team) -> None:
    with team.as_("met", reading=True) as store:
        assert words(store) == all_of("met") | shared_of("bo")
    assert not team.home("met").exists()
    with team.as_("anna") as store:
        assert words(store) == shared_of("met") | shared_of("bo")
    with team.as_("bo", reading=True) as store:
        assert words(store) == all_of("bo") | shared_of("met")


def test_the_first_opening_moves_what_is_ones_own_and_says_so(team: Team) -> None:
    opened = team.open("met")
    (notice,) = [one for one in opened.notices if not isinstance(one, str)]
    assert notice.kind is NoticeKind.MOVED_PRIVATE
    assert notice.count == len(SECRET)
    assert str(team.home("met")) in notice.name
    assert words(opened.store) == all_of("met") | shared_of("bo")
    opened.close()
    for what in SECRET:
        assert not in_data_file(team, f"met-{what}"), what
        assert in_data_file(team, f"bo-{what}"), what
        assert team.found_at("met", f"met-{what}"), what
        assert not team.found_at("met", f"bo-{what}"), what
    with team.as_("met") as store:
        assert words(store) == all_of("met") | shared_of("bo")
    assert team.open("met").notices == ()


def test_nothing_is_looked_for_when_nothing_is_left(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    from data.storage.snapshot import read_tables
    from data.storage.split.halves import Halves

    with team.as_("met"):
        pass
    assert not is_parted(read_tables(team.file))
    with team.as_("bo") as store:
        assert words(store) == all_of("bo") | shared_of("met")
    assert is_parted(read_tables(team.file))

    def looked(_halves: Halves) -> None:
        pytest.fail("it looked")

    monkeypatch.setattr(Halves, "look_for_left", looked)
    with team.as_("met") as store:
        assert words(store) == all_of("met") | shared_of("bo")


def test_the_number_of_the_format_is_another_one(team: Team) -> None:
    def number() -> int:
        found: int = json.loads(team.file.read_bytes()[:HEAD] + b"}")["_meta"]["1"]["format"]
        return found

    assert number() == 1
    with team.as_("met", reading=True):
        pass
    assert number() == 1
    with team.as_("met"):
        pass
    assert number() == 2


def test_a_backup_from_before_shows_nobody_elses_words_and_loses_nothing(team: Team) -> None:
    with team.as_("met") as store:
        store.commit([Change.created(Note(mentee_id="1", text="met-senere"))])
    backups = team.file.with_name("mentor.json.backups")
    early = next(
        one.name
        for one in list_backups(team.file)
        if b'"format":1,' in (backups / one.record).read_bytes()
    )
    with team.as_("bo") as open_one:
        restore(team.file, early)
        with team.as_("anna") as store:
            assert words(store) == shared_of("met") | shared_of("bo")
        open_one.commit([Change.created(Mentee(name="Ny"))])
        assert words(open_one) == all_of("bo") | shared_of("met")
    with team.as_("met") as store:
        assert words(store) == all_of("met") | shared_of("bo") | {"met-senere"}
    with team.as_("bo") as store:
        assert words(store) == all_of("bo") | shared_of("met")
    for who in ("met", "bo"):
        for what in SECRET:
            assert not in_data_file(team, f"{who}-{what}")


TYPIST = """
import sys, time
from pathlib import Path
from data.method.parting import PARTING
from data.records import Note
from data.store.opening import open_store

opened = open_store(Path(sys.argv[1]), by="met", threaded=True, parting=lambda: PARTING)
for note in opened.store.all(Note):
    opened.store.type_text(note, "text", note.text + " KANARIE")
assert opened.typing_log.barrier(10)
print("typed", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("reading", [True, False])
def test_what_is_being_typed_lies_with_the_own_file(team: Team, reading: bool) -> None:
    with team.as_("met"):
        pass
    env = {**os.environ, "XDG_DATA_HOME": str(team.homes / "met"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", TYPIST, str(team.file)]
    typist = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
    assert typist.stdout is not None
    assert typist.stdout.readline() == "typed\n"
    assert team.found("KANARIE") == []
    assert any(name.endswith(".draft") for name in team.found_at("met", "KANARIE"))
    typist.send_signal(signal.SIGKILL)
    typist.communicate()
    with team.as_("bo") as store:
        assert not any("KANARIE" in text for text in words(store))
    opened = team.open("met", reading=reading)
    assert len(opened.restored) == 4
    own = {"met-note KANARIE", "met-tvivl KANARIE", "met-delt KANARIE", "bo-delt KANARIE"}
    assert own <= words(opened.store)
    opened.close()
    assert bool(team.found("met-delt KANARIE")) is not reading
    assert team.found("met-note KANARIE") == []


def test_a_draft_of_an_earlier_version_comes_back(team: Team) -> None:
    from data.storage.snapshot import read_tables
    from data.storage.typed.typing_log import FileTypingLog

    notes = read_tables(team.file)["notes"]
    id = next(id for id in notes if notes[id]["text"] == "met-note")
    log = FileTypingLog(team.file, by="met")
    log.keep(BeingTyped(("notes", id, "text"), "met-note", "met-note og mere"))
    assert log.barrier(10)
    log.close()
    opened = team.open("met", threaded=True)
    assert [one.text for one in opened.restored] == ["met-note og mere"]
    assert opened.store.flush()
    opened.close()
    assert team.found("og mere") == []
    with team.as_("met") as store:
        assert "met-note og mere" in words(store)


def test_a_team_file_that_is_one_mentors_alone_now_keeps_what_is_private(team: Team) -> None:
    for who in ("met", "bo"):
        with team.as_(who):
            pass
    team.folder.chmod(0o700)
    with team.as_("met") as store:
        assert words(store) == all_of("met") | shared_of("bo")
        store.commit([Change.created(Note(mentee_id="1", text="met-senere"))])
    assert team.found("met-senere") == []
    moved = team.home("met") / "mentor.json"
    for name in ("mentor.json", "mentor.json.journal"):
        (team.folder / name).rename(team.home("met") / name)
    team.file = moved
    with team.as_("met") as store:
        assert words(store) == all_of("met") | shared_of("bo") | {"met-senere"}
