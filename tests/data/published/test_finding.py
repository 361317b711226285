"""Files that mentors publish are found in files and folders, and none is left out in silence."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from data.logins import user_name
from data.published import finding
from data.published.finding import found_files, paths_of, stamp_of
from data.published.overview import Doubt, overview
from data.published.schema import Published
from data.published.write import text_of

DAY = date(2026, 11, 30)
ME = user_name(os.geteuid())


def publish(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text or text_of(Published(DAY)))
    return path


def test_a_folder_has_files_of_its_own_and_of_the_homes_in_it(tmp_path: Path) -> None:
    own = publish(tmp_path / f"{ME}.json")
    near = publish(tmp_path / "anna/published.json")
    home = publish(tmp_path / "bo/.local/share/mentorrollen/published.json")
    publish(tmp_path / "bo/.local/share/mentorrollen/mentor.json", "{}")
    publish(tmp_path / "deep/er/published.json")
    publish(tmp_path / "notes.txt", "no")
    publish(tmp_path / ".half.json", "no")
    found = found_files([tmp_path])
    assert [one.path for one in found] == [str(one) for one in (near, home, own)]
    assert [(one.called, one.owner) for one in found] == [("", ME), ("", ME), (ME, ME)]
    assert found_files([near, tmp_path, own]) == [found[0], *found[1:]], "each file once"


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    publish(tmp_path / "data.json", '{"format": 14, "tables": {}}')
    publish(tmp_path / "foreign.json", '{"name": "package"}')
    publish(tmp_path / "big.json", " " * (9 << 20))
    publish(tmp_path / "deep.json", "[" * 200_000)
    publish(tmp_path / "nan.json", text_of(Published(DAY)).replace("null", "NaN"))
    publish(tmp_path / "far.json", text_of(Published(DAY)).replace("2026-11-30", "9999-12-31"))
    publish(tmp_path / "many.json", text_of(Published(DAY)).replace("null", "9" * 30))
    os.mkfifo(tmp_path / "fifo.json")
    (tmp_path / "round.json").symlink_to("round.json")
    (tmp_path / "gone.json").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "back").symlink_to(tmp_path)
    publish(tmp_path / "esc\x1b[31m.json", "x")
    publish(Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\n.json")), "x")
    missing = tmp_path / "missing.json"
    named = [tmp_path, missing, Path("nul\0.json"), Path("/dev/zero"), Path("/dev/null")]
    found = found_files(named)
    assert all(one.published is None and one.why for one in found), found
    why = {Path(one.path).name: one.why for one in found}
    assert len(why) == len(found) == 16
    assert why["foreign.json"] == "It is not a file that a mentor publishes."
    assert why["missing.json"] == "There is no such file."
    assert why["fifo.json"] == "It is not an ordinary file."
    assert why["round.json"] == "It is a link, and links are not followed here."
    page = overview(found, DAY)
    assert {one.doubt for one in page.doubted} == {Doubt.UNREADABLE}
    assert len(page.doubted) == len(found)
    assert stamp_of(named)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into every folder")
def test_folders_that_are_closed_are_named(tmp_path: Path) -> None:
    publish(tmp_path / "home/anna/.local/share/mentorrollen/published.json")
    (tmp_path / "home/anna").chmod(0)
    (tmp_path / "shut").mkdir(mode=0)
    try:
        found = found_files([tmp_path / "home", tmp_path / "shut"])
    finally:
        (tmp_path / "home/anna").chmod(0o700)
        (tmp_path / "shut").chmod(0o700)
    assert [(Path(one.path).name, one.why) for one in found] == [
        ("anna", "You may not look into the folder."),
        ("shut", "You may not look into the folder."),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look into every folder")
def test_many_closed_folders_are_named_in_one_line(tmp_path: Path) -> None:
    homes = [tmp_path / name for name in ("anna", "bo", "dorte")]
    for home in homes:
        home.mkdir(mode=0)
    publish(tmp_path / "carl/published.json")
    try:
        found = found_files([tmp_path])
    finally:
        for home in homes:
            home.chmod(0o700)
    assert [one.why for one in found if not one.published] == [
        "You may not look into 3 folders in it: anna, bo, dorte."
    ]
    assert [one.path for one in found if one.published] == [str(tmp_path / "carl/published.json")]


def test_a_folder_with_very_many_names_is_not_read_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_FILES", 2)
    for number in range(4):
        publish(tmp_path / f"m{number}.json")
    found = found_files([tmp_path])
    assert [bool(one.published) for one in found] == [False, True, True]
    assert found[0].why == "It holds more than 2 names; only the first are looked at."


def test_the_stamp_changes_with_the_files(tmp_path: Path) -> None:
    one = publish(tmp_path / "anna.json")
    before = stamp_of([tmp_path])
    assert stamp_of([tmp_path]) == before
    new = publish(tmp_path / "new", text_of(Published(DAY, 3)))
    new.replace(one)
    assert stamp_of([tmp_path]) != before
    one.unlink()
    assert stamp_of([tmp_path]) == ()
    assert stamp_of([one]) != ()


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/anna")
    assert paths_of(["~/x", "~nobody-there/x"]) == [Path("/home/anna/x"), Path("~nobody-there/x")]
