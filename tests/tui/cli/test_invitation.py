"""`mentor calendar NAME --invite`: the next talk as an invitation that a mail program answers."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from data.records import CalendarEntry, Mentee, Talk
from data.store.change import Change
from data.store.opening import open_store
from tests.tui.cli.tools import Mentor, process

TO = "maja@example.org"


@pytest.fixture(autouse=True)
def _home(mentor: Mentor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert mentor("add", "Maja Åholm", "--start", "2025-12-01", "--sure").status == 0


def invited(file: Path, *words: str) -> tuple[bytes, Any]:
    """Return the invitation, read strictly, and its only event."""
    done = process(file, "calendar", "maja", "--invite", "-o", "-", *words)
    assert (b"names no address to go to" in done.stderr) == ("--to" not in words)
    assert all(len(line) <= 75 for line in done.stdout.split(b"\r\n"))
    assert b"\n" not in done.stdout.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(done.stdout)
    assert [one for part in calendar.walk() for one in part.errors] == []
    assert calendar["METHOD"] == "REQUEST"
    (event,) = calendar.walk("VEVENT")
    return done.stdout, event


def change(file: Path, **fields: object) -> Talk:
    """Change the next talk, and return it as it was."""
    opened = open_store(file, threaded=False)
    try:
        talk = min(opened.store.all(Talk), key=lambda one: str(one.planned_on))
        opened.store.commit([Change.between(talk, replace(talk, **fields))])  # type: ignore[arg-type]
        return talk
    finally:
        opened.close()


def test_the_mentee_is_invited_by_the_mentor_to_the_next_talk_alone(file: Path) -> None:
    talk = change(file, planned_time="14:00", place="Mødelokale 3")
    data, event = invited(file, "--to", TO, "--lang", "da")
    assert event["ATTENDEE"] == f"mailto:{TO}"
    assert dict(event["ATTENDEE"].params) == {
        "CN": "Maja Åholm",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }
    assert event["ORGANIZER"].startswith("mailto:")
    assert event["ORGANIZER"].params["CN"]
    assert event["SUMMARY"] == "Samtale"
    assert event["DTSTART"].dt.date() == talk.planned_on
    assert event["LOCATION"] == "Mødelokale 3"
    assert "DESCRIPTION" not in event
    assert b"VALARM" not in data
    opened = open_store(file, threaded=False)
    try:
        (given,) = opened.store.all(CalendarEntry)
    finally:
        opened.close()
    assert event["UID"] == f"{given.id}@mentorrollen"


def test_a_talk_that_was_moved_is_moved_by_the_next_invitation(file: Path, mentor: Mentor) -> None:
    talk = change(file)
    assert talk.planned_on is not None
    _data, first = invited(file)
    _data, again = invited(file)
    change(file, planned_on=talk.planned_on.replace(day=talk.planned_on.day + 1))
    _data, moved = invited(file)
    numbers = [int(one["SEQUENCE"]) for one in (first, again, moved)]
    assert numbers == [0, 0, 1]
    assert len({str(one["UID"]) for one in (first, again, moved)}) == 1
    assert b"SEQUENCE:1" in process(file, "calendar", "maja", "-o", "-").stdout


def test_without_an_address_it_is_to_nobodys(file: Path) -> None:
    _data, event = invited(file)
    assert event["ATTENDEE"] == "invalid:nomail"
    assert event["ATTENDEE"].params["CN"] == "Maja Åholm"


def test_a_name_or_a_setting_adds_no_line(file: Path, mentor: Mentor) -> None:
    opened = open_store(file, threaded=False)
    try:
        (mentee,) = opened.store.all(Mentee)
        name = 'Maja "M";X=1:\r\nATTENDEE:mailto:x'
        opened.store.commit([Change.between(mentee, replace(mentee, name=name))])
    finally:
        opened.close()
    data, event = invited(file)
    assert data.count(b"\r\nATTENDEE") == 1
    assert "Maja 'M';X=1:" in event["ATTENDEE"].params["CN"]
    settings = Path(os.environ["XDG_CONFIG_HOME"]) / "mentorrollen/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('mail = "a@b.dk\\nATTENDEE:x"\n')
    refused = mentor("calendar", "maja", "--invite")
    assert refused.status == 2
    assert refused.problem.startswith("The setting mail is not an address.")


def test_it_is_a_new_file_for_its_user_alone_that_goes_with_the_mentee(
    mentor: Mentor, tmp_path: Path
) -> None:
    path = Path(mentor("calendar", "maja", "--invite", "--to", TO).out.strip())
    assert path.parent == tmp_path / "home/mentorrollen"
    assert path.name.startswith("invitation-maja-aaholm-2025-")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = Path(mentor("calendar", "maja", "--invite", "--to", TO).out.strip())
    assert again.name == f"{path.stem}-2.ics"
    assert mentor("purge", "maja", "--yes", "Maja Åholm").status == 0
    assert list(path.parent.iterdir()) == []


def test_what_is_wrong_is_one_line(mentor: Mentor, file: Path) -> None:
    for words in (("--invite",), ("maja", "--invite", "--names"), ("--invite", "--all")):
        said = mentor("calendar", *words)
        assert said.status == 2
        assert said.problem == "An invitation is for one mentee: mentor calendar NAME --invite"
    assert mentor("calendar", "maja", "--to", TO).problem.startswith("--to is the address")
    for to in ("maja", "a@b.dk\r\nX:y", "Maja <a@b.dk>", "å@b.dk"):
        assert mentor("calendar", "maja", "--invite", "--to", to).problem.startswith("--to is not")
    assert mentor("calendar", "Ole", "--invite").status == 4
    missing = mentor("calendar", "maja", "--invite", "-o", "/nowhere/at/all.ics")
    assert missing.status == 3
    for _every in range(30):
        talk = change(file)
        if talk.planned_on is None:
            break
        change(file, planned_on=None)
    none = mentor("calendar", "maja", "--invite")
    assert (none.status, none.problem) == (
        2,
        "No talk with Maja Åholm is planned from today on.",
    )
