"""`mentor purge` and `mentor forget`."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from data.paths import documents_folder, positions_file, state_dir
from data.records import Answer, Correction, Mentee, Need, Note, Person, Role, RoleKind, Talk
from data.storage.backend import fold_file
from data.storage.upkeep import purging
from data.store.change import Change
from data.store.opening import open_store
from tests.tui.cli.tools import NOW, Mentor, process

SECRET = "noget helt hemmeligt"


def commit(file: Path, *changes: Change) -> None:
    opened = open_store(file, threaded=False)
    opened.store.commit(changes)
    assert opened.close()
    fold_file(file)


def all_of(file: Path, kind: type[Note]) -> list[Note]:
    opened = open_store(file, threaded=False)
    try:
        return opened.store.all(kind)
    finally:
        opened.close()


@pytest.fixture
def maja(mentor: Mentor, file: Path) -> Mentee:
    """Maja with a private note, and Bo."""
    mentor("add", "Maja Holm", "--start", "1/8")
    mentor("add", "Bo Lund", "--start", "1/8")
    opened = open_store(file, threaded=False)
    found = next(one for one in opened.store.all(Mentee) if one.name == "Maja Holm")
    bo = next(one for one in opened.store.all(Mentee) if one.name == "Bo Lund")
    role = next(one for one in opened.store.of(Role, found.id) if one.kind is RoleKind.NEWCOMER)
    person = Person(name="Maja Holm")
    opened.store.commit(
        [
            Change.created(person),
            Change.edited(role, person_id=person.id),
            Change.created(Note(mentee_id=found.id, text=SECRET)),
            Change.created(Note(mentee_id=found.id, text="delt note", private=False)),
            Change.created(Note(mentee_id=bo.id, text="om Bo")),
        ]
    )
    assert opened.close()
    fold_file(file)
    return found


def found_in(file: Path, *words: str) -> dict[str, list[str]]:
    found = {}
    folders = [file.parent, state_dir(os.environ)]
    for one in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        there = [word for word in words if word.encode() in one.read_bytes()]
        if there:
            found[str(one)] = there
    return found


def test_a_dry_run_says_what_goes_and_deletes_nothing(
    mentor: Mentor, file: Path, maja: Mentee
) -> None:
    said = mentor("purge", "maja", "--dry-run")
    assert said.status == 0
    assert "This about Maja Holm goes for good." in said.out
    assert "Note: 2" in said.out
    assert "From the list of people: Maja Holm" in said.out
    assert "backups are written again without it" in said.out
    assert "arkivloven" in said.out
    assert mentor("show", "maja").status == 0
    assert "Note: 1" in mentor("purge", "maja", "--private-only", "--dry-run").out
    assert maja.name


def test_a_mentee_is_deleted_for_good(mentor: Mentor, file: Path, maja: Mentee) -> None:
    folder = state_dir(os.environ)
    folder.mkdir(parents=True, exist_ok=True)
    positions = {f"plan:{maja.id}": "17|title", "people": "1|name"}
    positions_file(os.environ).write_text(json.dumps(positions))
    (folder / "note-17.txt").write_text("en note om Maja Holm, der ikke blev gemt")
    (folder / "note-18.txt").write_text("en note om en anden")
    said = mentor("purge", "maja", "--yes", "maja  HOLM")
    assert (said.status, said.err) == (0, "")
    assert "Maja Holm has been deleted for good." in said.out
    assert found_in(file, "Maja", SECRET, "delt note", maja.id) == {}
    assert json.loads(positions_file(os.environ).read_text()) == {"people": "1|name"}
    assert [one.name for one in folder.glob("note-*")] == ["note-18.txt"]
    assert mentor("show", "maja").status == 4
    assert mentor("show", "bo").status == 0
    assert [note.text for note in all_of(file, Note)] == ["om Bo"]


def test_files_are_listed_by_folder_as_they_are_typed(mentor: Mentor, maja: Mentee) -> None:
    for what in ("plan", "data"):
        mentor("export", "maja", what, "--to", "txt")
    mentor("export", "maja", "plan", "--to", "txt")
    lines = mentor("purge", "maja", "--dry-run").out.splitlines()
    assert lines.count("- ~/mentorrollen/") == 1
    at = lines.index("- ~/mentorrollen/")
    day = NOW[:10]
    names = [f"  plan-maja-holm-{day}-2.txt", f"  plan-maja-holm-{day}.txt"]
    assert lines[at + 1 : at + 4] == sorted([*names, f"  your-data-maja-holm-{day}.txt"])
    assert not any(os.environ["HOME"] in line for line in lines)


def test_documents_that_were_written_go_too(mentor: Mentor, file: Path, maja: Mentee) -> None:
    documents = documents_folder("", os.environ)
    mentor("export", "bo", "plan", "--to", "txt")
    mentor("export", "maja", "summary", "--to", "txt")
    written = [
        mentor("export", "maja", what, "--to", "txt").out.strip() for what in ("plan", "data")
    ]
    written += mentor("export", "maja", "all", "--to", "txt").out.split()
    written += mentor("export", "maja", "all", "--private", "--to", "json").out.split()
    written += mentor("calendar", "maja").out.split()
    written += mentor("calendar", "--all", "--names").out.split()
    written += mentor("export", "mentees", "--to", "csv").out.split()
    assert all(Path(path).exists() for path in written)
    said = mentor("purge", "maja", "--private-only", "--dry-run").out
    assert Path(written[3]).name in said
    assert Path(written[0]).name not in said
    said = mentor("purge", "maja", "--dry-run").out
    assert all(Path(path).name in said for path in written if Path(path).is_file())
    assert "Documents written: " not in said, "each is named, and not counted again"
    assert mentor("purge", "maja", "--yes", "Maja Holm").status == 0
    assert not any(Path(path).exists() for path in written)
    left = [one.name for one in documents.rglob("*")]
    assert len(left) == 1
    assert left[0].startswith("plan-bo-lund")


def test_killed_before_the_documents_the_next_start_deletes_them(
    mentor: Mentor, file: Path, maja: Mentee, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(mentor("extract", "maja").out.strip())
    assert mentor("hold", "maja", "off").status == 0
    plan = Path(mentor("export", "maja", "plan").out.strip())

    def die(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(purging, "clean_sessions", die)
        mentor("purge", "maja", "--yes", "Maja Holm")
    assert plan.exists()
    assert mentor("show", "maja").status == 4
    assert not plan.exists()
    assert not folder.exists()
    assert found_in(file, maja.id, "Maja Holm") == {}


def test_the_name_must_be_typed(mentor: Mentor, file: Path, maja: Mentee) -> None:
    wrong = mentor("purge", "maja", "--yes", "Bo Lund")
    assert wrong.status == 2
    assert "Nothing has been deleted" in wrong.problem
    for answer in (b"", b"\n", b"nej\n\n"):
        done = process(file, "purge", "maja", stdin=answer)
        assert done.returncode == 2, done
        assert (done.stderr + done.stdout).count(b"Nothing has been deleted") == 1
    assert mentor("show", "maja").status == 0
    done = process(file, "purge", "maja", stdin=b"maja holm\n")
    assert done.returncode == 0, done.stderr
    assert found_in(file, SECRET, maja.id) == {}


def test_only_what_is_private_goes(mentor: Mentor, file: Path, maja: Mentee) -> None:
    talk = Talk(mentee_id=maja.id, number=90)
    before = Correction(on=date(2025, 11, 1), field="mentor", before="privat før", private=True)
    answer = Answer(
        mentee_id=maja.id,
        talk_id=talk.id,
        key="optaget",
        mentor="fælles svar",
        pulse={"a": "træt"},
        corrections=(before,),
    )
    need = Need(mentee_id=maja.id, area="jura", mentor_view="mit syn", mentee_view="")
    commit(file, *map(Change.created, (talk, answer, need)))
    said = mentor("purge", "maja", "--private-only", "--yes", "Maja Holm")
    assert said.status == 0, said.err
    assert found_in(file, SECRET, "privat før", "mit syn", "træt") == {}
    opened = open_store(file, threaded=False)
    (left,) = (one for one in opened.store.all(Answer) if one.id == answer.id)
    assert (left.mentor, left.pulse, left.corrections) == ("fælles svar", {}, ())
    assert opened.store.get(Need, need.id) is not None
    assert [note.text for note in opened.store.of(Note, maja.id)] == ["delt note"]
    assert opened.close()
    again = mentor("purge", "maja", "--private-only", "--yes", "Maja Holm")
    assert "Nothing private about Maja Holm is kept." in again.out


def test_what_was_deleted_before_can_be_forgotten_at_once(
    mentor: Mentor, file: Path, maja: Mentee
) -> None:
    note = next(one for one in all_of(file, Note) if one.text == SECRET)
    commit(file, Change.deleted(note))
    assert found_in(file, SECRET) != {}
    said = mentor("forget", "maja", "--dry-run")
    assert "1 record that was deleted before" in said.out
    assert mentor("forget", "maja", "--yes").status == 0
    assert found_in(file, SECRET, note.id) == {}
    assert found_in(file, "delt note") != {}
    assert "Nothing that was deleted about Maja Holm is left" in mentor("forget", "maja").out


def test_a_name_in_what_is_about_others_is_told(mentor: Mentor, file: Path, maja: Mentee) -> None:
    note = next(one for one in all_of(file, Note) if one.text == "om Bo")
    commit(file, Change.edited(note, text="Bo talte med Maja Holm"))
    said = mentor("purge", "maja", "--yes", "Maja Holm")
    assert said.status == 1
    assert "still stands in what is about others" in said.out
    assert "mentor.json" in said.out


def test_a_kind_or_a_date_is_no_text_that_still_stands(
    mentor: Mentor, file: Path, maja: Mentee
) -> None:
    # only Maja has a record of the kind “note” now, and the log counts her notes
    commit(file, Change.deleted(next(one for one in all_of(file, Note) if one.text == "om Bo")))
    said = mentor("purge", "maja", "--yes", "Maja Holm")
    assert (said.status, "still stands" in said.out) == (0, False), said.out


def test_somebody_whom_others_need_stays(mentor: Mentor, file: Path, maja: Mentee) -> None:
    opened = open_store(file, threaded=False)
    person = next(one for one in opened.store.all(Person) if one.name == "Maja Holm")
    bo = next(one for one in opened.store.all(Mentee) if one.name == "Bo Lund")
    buddy = next(one for one in opened.store.of(Role, bo.id) if one.kind is RoleKind.BUDDY)
    opened.store.commit([Change.edited(buddy, person_id=person.id)])
    assert opened.close()
    assert "From the list of people" not in mentor("purge", "maja", "--dry-run").out
    assert mentor("purge", "maja", "--yes", "Maja Holm").status == 1
    opened = open_store(file, threaded=False)
    assert opened.store.get(Person, person.id) is not None
    assert opened.close()


def test_somebody_of_the_workplaces_library_stays(mentor: Mentor, file: Path, maja: Mentee) -> None:
    opened = open_store(file, threaded=False)
    person = next(one for one in opened.store.all(Person) if one.name == "Maja Holm")
    opened.store.commit([Change.edited(person, shared_key="maja", shared_says={"library": "N"})])
    assert opened.close()
    assert "From the list of people" not in mentor("purge", "maja", "--dry-run").out


def test_nothing_about_a_mentee_on_hold_goes(mentor: Mentor, file: Path, maja: Mentee) -> None:
    mentor("hold", "maja", "on")
    before = file.read_bytes()
    for words in (("purge", "maja", "--yes", "Maja Holm"), ("forget", "maja")):
        refused = mentor(*words)
        assert refused.status == 1
        assert "Nothing about Maja Holm may be deleted" in refused.problem
    assert mentor("purge", "maja", "--private-only", "--yes", "Maja Holm").status == 1
    assert file.read_bytes() == before
    mentor("hold", "maja", "off")
    assert mentor("purge", "maja", "--yes", "Maja Holm").status == 0
    assert found_in(file, SECRET, maja.id) == {}


def test_an_extract_and_a_hand_over_go_too(mentor: Mentor, file: Path, maja: Mentee) -> None:
    folder = Path(mentor("extract", "maja").out.strip())
    bundle = Path(mentor("handover", "maja").out.strip())
    assert folder.is_dir()
    assert bundle.is_file()
    mentor("hold", "maja", "off")
    assert mentor("purge", "maja", "--yes", "Maja Holm").status == 0
    assert not folder.exists()
    assert not bundle.exists()


def test_an_old_hand_over_brings_nobody_back_unasked(
    mentor: Mentor, file: Path, maja: Mentee, tmp_path: Path
) -> None:
    bundle = tmp_path / "maja.mentor"
    assert mentor("handover", "maja", "-o", str(bundle)).status == 0
    kept = bundle.read_bytes()
    assert mentor("purge", "maja", "--yes", "Maja Holm").status == 0
    assert not bundle.exists()
    bundle.write_bytes(kept)
    refused = mentor("receive", str(bundle))
    assert refused.status == 2
    assert "was deleted for good here" in refused.problem
    assert mentor("show", "maja").status == 4
    asked = mentor("receive", str(bundle), "--again", "--same-people", "yes")
    assert asked.status == 0, asked.err
    shown = mentor("show", "maja")
    assert shown.status == 0
    assert "delt note" in mentor("show", "maja", "--private").out
    assert found_in(file, maja.id, SECRET) == {}
    again = mentor("receive", str(bundle), "--again", "--same-people", "yes")
    assert "It was added before" in again.out


def test_a_bundle_adds_no_note_that_was_forgotten(
    mentor: Mentor, file: Path, maja: Mentee, tmp_path: Path
) -> None:
    bundle = tmp_path / "maja.mentor"
    assert mentor("handover", "maja", "-o", str(bundle)).status == 0
    note = next(one for one in all_of(file, Note) if one.text == "delt note")
    commit(file, Change.deleted(note))
    assert mentor("forget", "maja", "--yes").status == 0
    said = mentor("receive", str(bundle))
    assert (said.status, "nothing changes" in said.out) == (0, True), said.out


def test_nobody_of_that_name(mentor: Mentor, maja: Mentee) -> None:
    for command in ("purge", "forget"):
        assert mentor(command, "nobody").status == 4
    assert maja.name


@pytest.mark.parametrize("private_only", [False, True])
def test_a_hold_that_comes_after_the_question_is_respected(
    mentor: Mentor, file: Path, maja: Mentee, monkeypatch: pytest.MonkeyPatch, private_only: bool
) -> None:
    class Typing:
        def readline(self) -> str:
            other = process(file, "hold", "maja", "on", "--why", "Har bedt om det")
            assert other.returncode == 0, other.stderr
            return "Maja Holm\n"

    monkeypatch.setattr("sys.stdin", Typing())
    more = ["--private-only"] if private_only else []
    refused = mentor("purge", "maja", *more)
    assert refused.status == 1
    assert "on hold since" in refused.err
    assert refused.err.count("\n") == 1
    assert {one.text for one in all_of(file, Note)} == {SECRET, "delt note", "om Bo"}
