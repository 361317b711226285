"""`mentor handover` and `mentor receive`."""

from __future__ import annotations

from pathlib import Path

from data.privacy.bundle import read_bundle
from data.records import Mentee, Person
from data.store.change import Change
from data.store.opening import open_store
from tests.tools.example import example_file_at
from tests.tui.cli.tools import Mentor
from tui.cli.screen import fill_with_example


def test_a_mentorship_goes_on_with_another_mentor(
    mentor: Mentor, file: Path, tmp_path: Path
) -> None:
    example_file_at(file)
    bundle = tmp_path / "maja.mentor"
    done = mentor("handover", "Maja", "-o", str(bundle))
    assert done.status == 0, done.err
    assert done.out.strip() == str(bundle)
    assert "private records stay here" in done.err
    assert bundle.stat().st_mode & 0o777 == 0o600

    folder = tmp_path / "anne"
    folder.mkdir(mode=0o700)
    other = ["--file", str(folder / "mentor.json")]
    seen = mentor("receive", str(bundle), "--dry-run", *other)
    assert seen.status == 0, seen.err
    assert "Maja Holm, handed over by" in seen.out
    assert "Task: 14" in seen.out
    assert mentor("list", *other).out.count("Maja") == 0

    assert mentor("receive", str(bundle), *other).status == 0
    assert "Maja Holm" in mentor("list", *other).out
    again = mentor("receive", str(bundle), *other)
    assert again.status == 0
    assert "added before" in again.out


def test_what_is_here_already_is_named_and_what_becomes_of_it(
    mentor: Mentor, file: Path, tmp_path: Path
) -> None:
    example_file_at(file)
    folder = tmp_path / "anne"
    folder.mkdir(mode=0o700)
    other = ["--file", str(folder / "mentor.json")]
    for name in ("maja", "emil"):
        mentor("handover", name, "-o", str(tmp_path / f"{name}.mentor"))
    assert mentor("receive", str(tmp_path / "maja.mentor"), *other).status == 0
    known = {one.id for one in people_of(folder / "mentor.json")}
    come = read_bundle((tmp_path / "emil.mentor").read_bytes()).tables["people"]
    here = sum(one["id"] in known for one in come)
    assert here > 1
    seen = mentor("receive", str(tmp_path / "emil.mentor"), "--dry-run", *other).out
    told = "people are already in your list of people, and are used as they are there"
    assert f"  {here} {told}" in seen


def people_of(file: Path) -> list[Person]:
    opened = open_store(file, threaded=False)
    try:
        return opened.store.all(Person)
    finally:
        opened.close()


def test_what_comes_is_said_in_one_line_each_whatever_is_in_a_name(
    mentor: Mentor, file: Path, tmp_path: Path
) -> None:
    example_file_at(file)
    opened = open_store(file, threaded=False)
    maja = next(one for one in opened.store.all(Mentee) if one.name == "Maja Holm")
    wild = "Maja\nHolm \x1b[31mrød\x1b]0;titel\x07"
    opened.store.commit([Change.edited(maja, name=wild)])
    assert opened.close()
    bundle = tmp_path / "maja.mentor"
    assert mentor("handover", "Maja", "-o", str(bundle)).status == 0
    folder = tmp_path / "anne"
    folder.mkdir(mode=0o700)
    other = ["--file", str(folder / "mentor.json")]
    seen = mentor("receive", str(bundle), "--dry-run", *other)
    assert seen.out.splitlines()[0].startswith("Maja Holm rød, handed over by ")
    done = mentor("receive", str(bundle), *other)
    assert "\nMaja Holm rød is added; from today you are the mentor." in done.out
    assert "\x1b" not in seen.out + done.out + done.err


def test_bad_bundles_and_namesakes_are_one_line(mentor: Mentor, file: Path, tmp_path: Path) -> None:
    example_file_at(file)
    bundle = tmp_path / "maja.mentor"
    mentor("handover", "Maja", "-o", str(bundle))
    broken = tmp_path / "broken.mentor"
    broken.write_bytes(bundle.read_bytes()[:-200])
    folder = tmp_path / "anne"
    folder.mkdir(mode=0o700)
    other = ["--file", str(folder / "mentor.json")]
    for path in (broken, tmp_path / "none", tmp_path, Path("/dev/null"), Path("/dev/zero")):
        done = mentor("receive", str(path), *other)
        assert done.status == 2, path
        assert done.err.count("\n") == 1, done.err
    mentor("add", "Emil Kragh", "--start", "1/8", *other)
    fill_with_example(folder / "mentor.json")  # namesakes, with ids of their own
    refused = mentor("receive", str(bundle), *other)
    assert refused.status in {0, 2}


def test_dry_run_of_a_hand_over_says_what_the_bundle_would_bring(
    mentor: Mentor, file: Path, tmp_path: Path
) -> None:
    example_file_at(file)
    bundle = tmp_path / "maja.mentor"
    told = mentor("handover", "Maja", "-o", str(bundle), "--dry-run")
    assert told.status == 0, told.err
    assert "private records stay here" in told.err
    assert not bundle.exists()
    first, *numbers = told.out.splitlines()
    assert first == str(bundle)
    assert mentor("handover", "Maja", "-o", str(bundle)).status == 0
    folder = tmp_path / "anne"
    folder.mkdir(mode=0o700)
    seen = mentor("receive", str(bundle), "--dry-run", "--file", str(folder / "mentor.json"))
    assert seen.out.splitlines()[1:] == numbers


def test_the_next_mentor_who_deletes_leaves_the_files_of_the_one_before(
    mentor: Mentor, file: Path, tmp_path: Path
) -> None:
    mentor("add", "Maja Holm", "--start", "1/8")
    assert mentor("extract", "maja", "-o", str(tmp_path / "extract")).status == 0
    bundle = tmp_path / "maja.mentor"
    done = mentor("handover", "maja", "-o", str(bundle))
    assert "on hold: that goes along" in done.err
    folder = tmp_path / "anne"
    folder.mkdir(mode=0o700)
    other = ["--file", str(folder / "mentor.json")]
    assert mentor("receive", str(bundle), *other).status == 0
    assert str(tmp_path) not in mentor("show", "maja", "--format", "json", *other).out
    assert mentor("purge", "maja", "--yes", "Maja Holm", *other).status == 1, "it is on hold"
    assert mentor("hold", "maja", "off", *other).status == 0
    assert mentor("purge", "maja", "--yes", "Maja Holm", *other).status == 0
    assert len(list((tmp_path / "extract").iterdir())) > 2
    assert bundle.exists()
