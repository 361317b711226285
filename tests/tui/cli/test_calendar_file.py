"""`mentor calendar`: a file, or the output; written whole or not at all, and again in its place."""

from __future__ import annotations

import os
import re
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from icalendar import Calendar

from data.records import CalendarEntry, Conflict, Mentee, Talk
from data.store.change import Change
from data.store.opening import open_store
from tests.tui.cli.tools import NOW, ROOT, Mentor, process

HEAVY = ("icalendar", "zoneinfo", "docx", "data.documents.calendars", "data.documents.ical.writing")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def add(mentor: Mentor, name: str = "Maja Holm") -> None:
    assert mentor("add", name, "--start", "2025-12-01", "--sure").status == 0


def without_stamp(data: bytes) -> bytes:
    return re.sub(rb"DTSTAMP:\d{8}T\d{6}Z", b"", data)


def read_strictly(data: bytes) -> Calendar:
    calendar = Calendar.from_ical(data)
    assert [one for part in calendar.walk() for one in part.errors] == []
    return calendar


def test_it_is_written_into_the_folder_of_documents_and_again_in_its_place(
    mentor: Mentor, home: Path
) -> None:
    add(mentor)
    add(mentor, "Bo")
    one = home / "mentorrollen/calendar-maja-holm.ics"
    assert mentor("calendar", "maja").out == f"{one}\n"
    assert mentor("calendar").out == f"{home}/mentorrollen/calendar.ics\n"
    assert mentor("calendar", "--all").out == f"{home}/mentorrollen/calendar.ics\n"
    before = one.read_bytes()
    assert len(list(read_strictly(before).walk("VEVENT"))) > 3
    assert mentor("calendar", "maja").out == f"{one}\n"
    assert without_stamp(one.read_bytes()) == without_stamp(before)
    found = sorted(each.name for each in one.parent.iterdir())
    assert found == ["calendar-maja-holm.ics", "calendar.ics"]


def test_no_other_file_is_replaced(mentor: Mentor, home: Path) -> None:
    add(mentor)
    add(mentor, "Bo")
    mine = home / "mine.ics"
    mine.write_text("BEGIN:VCALENDAR\r\nUID:mine\r\nEND:VCALENDAR\r\n")
    assert mentor("calendar", "Bo", "-o", str(mine)).out == f"{home}/mine-2.ics\n"
    assert "UID:mine" in mine.read_text()
    assert mentor("calendar", "maja", "-o", f"{home}/mine-2.ics").out == f"{home}/mine-2-2.ics\n"
    link = home / "link.ics"
    link.symlink_to(home / "mine-2.ics")
    assert mentor("calendar", "Bo", "-o", str(link)).out == f"{home}/link-2.ics\n"
    assert mentor("calendar", "Bo", "-o", str(home)).out == f"{home}/calendar-bo.ics\n"


def test_only_the_user_may_read_it_whatever_the_umask(mentor: Mentor, home: Path) -> None:
    add(mentor)
    before = os.umask(0)
    try:
        for _again in range(2):
            path = Path(mentor("calendar").out.strip())
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    finally:
        os.umask(before)


def test_the_output_is_the_file_itself(mentor: Mentor, file: Path) -> None:
    add(mentor)
    done = process(file, "calendar", "-o", "-", "--lang", "da")
    assert done.returncode == 0
    assert done.stderr == b""
    events = list(read_strictly(done.stdout).walk("VEVENT"))
    assert {str(event["SUMMARY"]) for event in events} >= {"Samtale"}
    assert "Maja" not in done.stdout.decode()
    named = process(file, "calendar", "Maja", "-o", "-", "--names").stdout
    assert "Maja Holm" in named.decode()


def test_days_bound_it(mentor: Mentor, file: Path) -> None:
    add(mentor)
    few = process(file, "calendar", "-o", "-", "--days", "20").stdout
    all = process(file, "calendar", "-o", "-").stdout
    assert 0 < few.count(b"BEGIN:VEVENT") < all.count(b"BEGIN:VEVENT")
    assert mentor("calendar", "--days", "-1").status == 2


def test_what_is_wrong_is_one_line(mentor: Mentor, file: Path, home: Path) -> None:
    assert mentor("calendar").status == 3
    open_store(file, threaded=False).close()
    assert mentor("calendar").problem.startswith("No mentees yet")
    add(mentor)
    both = mentor("calendar", "Maja", "--all")
    assert (both.status, both.problem) == (2, "Give either NAME or --all.")
    assert mentor("calendar", "Ole").status == 4
    missing = mentor("calendar", "-o", f"{home}/nowhere/x.ics")
    assert missing.status == 3
    assert "Nothing was written" in missing.problem


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_behind_the_output_is_said(mentor: Mentor, file: Path) -> None:
    add(mentor)
    env = {**os.environ, "MENTOR_FILE": str(file), "MENTOR_NOW": NOW}
    command = [sys.executable, "-m", "tui", "calendar", "-o", "-"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, env=env, check=False, timeout=60
        )
    assert done.returncode == 5
    assert done.stderr.count(b"\n") == 1


def test_where_the_records_cannot_be_written_there_is_no_file(
    mentor: Mentor, file: Path, home: Path
) -> None:
    add(mentor)
    most = file.with_name("mentor.json.journal").stat().st_size + 64
    env = {**os.environ, "MENTOR_FILE": str(file), "MENTOR_NOW": NOW, "LANG": "C.UTF-8"}

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run(
        [sys.executable, "-m", "tui", "calendar"],
        cwd=ROOT,
        capture_output=True,
        env=env,
        preexec_fn=full,
        check=False,
        timeout=60,
    )
    assert done.returncode == 3, done.stderr
    assert b"The file size limit has been reached." in done.stderr.splitlines()[-1]
    assert done.stdout == b""
    assert not (home / "mentorrollen").exists()


def test_a_calendar_that_has_no_room_leaves_the_earlier_one_whole(
    mentor: Mentor, file: Path, home: Path
) -> None:
    add(mentor)
    path = Path(mentor("calendar").out.strip())
    before = path.read_bytes()
    env = {**os.environ, "MENTOR_FILE": str(file), "MENTOR_NOW": NOW, "LANG": "C.UTF-8"}
    most = len(before) // 2
    done = subprocess.run(
        [sys.executable, "-m", "tui", "calendar"],
        cwd=ROOT,
        capture_output=True,
        env=env,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        check=False,
        timeout=60,
    )
    assert done.returncode == 3
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_two_sessions_that_write_at_once_give_out_one_calendar(mentor: Mentor, file: Path) -> None:
    add(mentor)
    env = {**os.environ, "MENTOR_FILE": str(file), "MENTOR_NOW": NOW, "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "tui", "calendar", "-o", "-"]

    def at_once() -> list[bytes]:
        both = [
            subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env=env) for _two in "ab"
        ]
        data = [one.communicate(timeout=60)[0] for one in both]
        assert [one.returncode for one in both] == [0, 0]
        return [without_stamp(one) for one in data]

    first, second = at_once()
    assert first == second
    opened = open_store(file, threaded=False)
    try:
        store = opened.store
        talk = next(one for one in store.all(Talk) if one.planned_on)
        number = len(store.all(CalendarEntry))
        store.commit([Change.edited(talk, place="Kantinen")])
    finally:
        opened.close()
    first, second = at_once()
    assert first == second
    assert first.count(b"SEQUENCE:1") == 1
    opened = open_store(file, threaded=False)
    try:
        assert len(opened.store.all(CalendarEntry)) == number
        assert opened.store.all(Conflict) == []
        assert len(opened.store.all(Mentee)) == 1
    finally:
        opened.close()


@pytest.mark.parametrize("command", ["list", "note Maja hej", "due"])
def test_nothing_of_it_is_loaded_by_other_commands(
    mentor: Mentor, file: Path, command: str
) -> None:
    add(mentor)
    code = (
        "import sys\nfrom tui.cli.main import run\n"
        f"run({command.split()!r})\n"
        f"print(*(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "MENTOR_FILE": str(file), "MENTOR_NOW": NOW},
        check=True,
        timeout=60,
    )
    assert done.stderr.strip() == ""


def test_the_help_says_that_the_name_may_be_left_out(mentor: Mentor) -> None:
    said = mentor("calendar", "--help").out
    assert "[NAME]" in said
    assert "Only new dates" in said
