"""`mentor remind`: one mail a day with counts and dates, and none where nothing is due."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from data.logins import user_name
from data.own_address import host
from data.paths import data_dir
from data.records import Action, Duty, Mentee, Person, Task
from data.reminders import mail as mailing
from data.reminders.sent import NAME
from data.store.opening import open_store
from tests.tui.cli.remind.support import Post, is_clean, stand_in
from tests.tui.cli.tools import NOW, ROOT, Mentor

pytestmark = pytest.mark.usefixtures("example")


def typed_words(file: Path) -> set[str]:
    """Return names, titles and texts of the records, each long enough to be found by itself."""
    opened = open_store(file, threaded=False)
    try:
        store = opened.store
        found = {word for one in store.all(Mentee) for word in one.name.split()}
        found |= {one.title for one in store.all(Task)} | {one.text for one in store.all(Duty)}
        found |= {one.what for one in store.all(Action)} | {one.name for one in store.all(Person)}
    finally:
        opened.close()
    return {word for word in found if len(word) > 3}


def test_one_mail_a_day_whoever_asks_twice(
    mentor: Mentor, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _twice in range(2):
        said = mentor("remind", "--mail", "--lang", "da")
        assert (said.status, said.out, said.err) == (0, "", "")
    assert len(post.mails) == 1
    (mail,) = post.mails
    assert is_clean(post.raw[0])
    assert not any(header.defects for header in mail.values())
    assert mail["Subject"] == "mentor: 10 ting kræver opmærksomhed, 24-11-2025"
    assert mail["To"].startswith(f"{user_name(os.geteuid())}@")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith(f"@{host()}>")
    assert mail["Date"].datetime.isoformat().startswith(NOW)
    assert "I dag, 24-11-2025: 10 ting kræver opmærksomhed." in mail.get_content()
    assert post.words == ["-t -oi"]
    monkeypatch.setattr("data.clock._State.clock", None)
    monkeypatch.setenv("MENTOR_NOW", "2025-11-25T08:05")
    assert mentor("remind", "--mail").status == 0
    assert len(post.mails) == 2


def test_what_is_printed_is_what_is_sent_and_no_word_of_a_record(
    mentor: Mentor, post: Post, example: Path
) -> None:
    for more in ((), ("--days", "60"), ("--weekly",)):
        out = mentor("remind", *more).out
        assert out == mentor("remind", "--print", *more).out
        assert out
        assert not [word for word in typed_words(example) if word in out]
        Path(data_dir(os.environ) / NAME).unlink(missing_ok=True)
        mentor("remind", "--mail", *more)
        assert post.mails[-1].get_content().split() == out.split()
        assert "Which they are: mentor due" in out


def test_names_are_in_it_where_the_settings_say_so(
    mentor: Mentor, post: Post, settings: Path
) -> None:
    settings.write_text('mail_names = true\nmail = "bodil@example.org"\n')
    assert "Maja Holm:\n" in mentor("remind").out
    assert mentor("remind", "--mail").err == ""
    (mail,) = post.mails
    assert mail["To"] == "bodil@example.org"
    assert "Maja Holm:\r\n" in mail.get_content()
    assert "Maja" not in mail["Subject"]


def test_the_digest_of_the_week_comes_once_a_week_beside_the_daily_mail(
    mentor: Mentor, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in ("2025-11-24", "2025-11-26", "2025-12-01"):
        monkeypatch.setattr("data.clock._State.clock", None)
        monkeypatch.setenv("MENTOR_NOW", f"{day}T08:05")
        mentor("remind", "--mail", "--weekly")
        mentor("remind", "--mail")
    found = [mail.get_content().split(":")[0] for mail in post.mails]
    weeks = [one for one in found if one.startswith("The week from")]
    assert weeks == ["The week from 24-11-2025", "The week from 01-12-2025"]
    assert len(found) == 5
    assert "Wed 26-11-2025: Sparring (1); Action (1)" in post.mails[0].get_content()


def test_the_week_to_come_has_seven_days(mentor: Mentor, post: Post) -> None:
    mentor("add", "Bo", "--start", "2025-12-01", "--sure")
    assert "01-12-2025" in mentor("remind", "--days", "7").out
    assert "01-12-2025" not in mentor("remind", "--weekly").out


def test_what_has_come_of_it_is_said_where_somebody_looks(
    mentor: Mentor, post: Post, settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.write_text('mail = "bodil@example.org"\n')
    monkeypatch.setattr("tui.cli.remind.command.is_seen", lambda: True)
    assert mentor("remind", "--mail").out == "Sent to bodil@example.org\n"
    assert "sent already today" in mentor("remind", "--mail").out
    mentor("remind", "--mail", "--weekly")
    assert "sent already this week" in mentor("remind", "--mail", "--weekly").out
    assert len(post.mails) == 2


def test_where_nothing_is_due_nothing_is_sent_and_nothing_made(
    mentor: Mentor, post: Post, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = example.with_name("other.json")
    open_store(other, threaded=False).close()
    monkeypatch.setenv("MENTOR_FILE", str(other))
    for use in (("remind",), ("remind", "--mail"), ("remind", "--mail", "--weekly")):
        said = mentor(*use)
        assert (said.status, said.out, said.err) == (0, "", "")
    assert post.mails == []
    assert not data_dir(os.environ).exists()


def test_somebody_without_a_data_file_hears_nothing(
    mentor: Mentor, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MENTOR_FILE")
    for use in (("remind",), ("remind", "--mail")):
        said = mentor(*use)
        assert (said.status, said.out, said.err) == (0, "", "")
    assert post.mails == []


def test_what_was_not_sent_is_not_noted(mentor: Mentor, post: Post) -> None:
    post.refuses()
    said = mentor("remind", "--mail")
    assert (said.status, said.problem) == (3, "sendmail refused the reminder: no such relay")
    post.works()
    assert mentor("remind", "--mail").status == 0
    assert len(post.mails) == 1


def test_without_sendmail_it_is_one_line(
    mentor: Mentor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(mailing, "FOLDERS", ())
    said = mentor("remind", "--mail")
    assert said.status == 3
    assert said.problem == "This computer sends no mail: the command sendmail is missing."


def test_sendmail_is_found_beside_the_path(
    mentor: Mentor, post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(mailing, "FOLDERS", (str(post.folder),))
    assert mentor("remind", "--mail").status == 0
    assert len(post.mails) == 1


def test_a_sendmail_that_hangs_is_left(
    mentor: Mentor, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(post.folder, "sendmail", "exec sleep 60")
    monkeypatch.setattr(mailing, "PATIENCE", 0.2)
    said = mentor("remind", "--mail")
    assert (said.status, said.problem) == (3, "sendmail does not answer, so no reminder was sent.")


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\\nBcc: b@example.org",
        "a@example.org, b@example.org",
        "Bo <a@example.org>",
        "ål@example.org",
        "\\u0000@example.org",
        *("a b", "@example.org", "a@", "a@-x", "a@x..y", f"{'a' * 65}@x"),
    ],
)
def test_an_address_that_is_none_or_more_is_refused(
    mentor: Mentor, post: Post, settings: Path, address: str
) -> None:
    settings.write_text(f'mail = "{address}"\n')
    said = mentor("remind", "--mail")
    assert said.status == 2
    assert said.problem.startswith("The setting mail is not an address.")
    assert post.mails == []


def test_the_day_it_was_sent_is_kept_for_its_user_alone_and_names_nobody(
    mentor: Mentor, post: Post
) -> None:
    before = os.umask(0)
    try:
        mentor("remind", "--mail")
        mentor("remind", "--mail", "--weekly")
    finally:
        os.umask(before)
    assert len(post.mails) == 2
    path = data_dir(os.environ) / NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.read_text().split() == ["2025-11-24", "2025-W48"]


@pytest.mark.parametrize("found", [b"", b"\0" * 64, b"2025-1", b"\xff" * 900])
def test_a_damaged_note_of_the_day_only_sends_once_more(
    mentor: Mentor, post: Post, found: bytes
) -> None:
    mentor("remind", "--mail")
    (data_dir(os.environ) / NAME).write_bytes(found)
    for _twice in range(2):
        assert mentor("remind", "--mail").status == 0
    assert len(post.mails) == 2


def test_a_link_in_its_place_is_not_followed(mentor: Mentor, post: Post, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine")
    data_dir(os.environ).mkdir(parents=True, mode=0o700)
    link = data_dir(os.environ) / NAME
    link.symlink_to(other)
    said = mentor("remind", "--mail")
    assert said.status == 3
    assert said.problem.startswith(f"{link} is a link that somebody else may have placed.")
    assert other.read_text() == "mine"
    assert post.mails == []


def test_two_at_once_send_one(post: Post, example: Path) -> None:
    env = {**os.environ, "MENTOR_FILE": str(example), "MENTOR_NOW": NOW, "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "tui", "remind", "--mail"]
    four = [subprocess.Popen(command, cwd=ROOT, env=env) for _each in range(4)]
    assert [one.wait(timeout=60) for one in four] == [0] * 4
    assert len(post.mails) == 1


def test_it_is_either_mailed_or_printed(mentor: Mentor, post: Post) -> None:
    assert mentor("remind", "--mail", "--print").problem.startswith("Give either")
    assert post.mails == []
