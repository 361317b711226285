"""What has reminders sent by itself is shown, written on yes, and taken back whole."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.reminders import crontab, timer
from data.reminders.program import NotInstalled, started_by
from tests.tui.cli.remind.support import Machine, Post, stand_in
from tests.tui.cli.tools import NOW, Mentor

OTHERS = b"# mine\nMAILTO=bodil\n\n5 5 * * * date +\\%F  # remind --install\r\n0 0 * * * x\xff\n"


def files(folder: Path) -> dict[Path, bytes]:
    return {one: one.read_bytes() if one.is_file() else b"" for one in folder.rglob("*")}


@pytest.fixture(autouse=True)
def _answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))


def test_a_line_in_the_crontab_is_shown_first_and_written_on_yes(
    mentor: Mentor, post: Post, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.table.write_bytes(OTHERS)
    said = mentor("remind", "--install")
    assert said.status == 2
    assert said.err == ("mentor: Nothing has been changed. To do it without being asked: --yes\n")
    (line,) = [one for one in said.out.splitlines() if one.startswith("0 7 * * 1-5 ")]
    assert machine.table.read_bytes() == OTHERS
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    assert mentor("remind", "--install").status == 2
    assert machine.table.read_bytes() == OTHERS
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert line in mentor("remind", "--install").out
    assert machine.table.read_bytes() == f"{line}\n".encode() + OTHERS
    assert post.mails == []


@pytest.mark.parametrize("before", [OTHERS, b"", None, OTHERS.rstrip(b"\n")])
def test_it_is_taken_back_and_the_lines_of_others_are_as_they_were(
    mentor: Mentor, post: Post, machine: Machine, before: bytes | None
) -> None:
    if before is not None:
        machine.table.write_bytes(before)
    for more in ((), ("--weekly",), ()):
        assert mentor("remind", "--install", "--yes", *more).status == 0
    found = machine.table.read_bytes().removesuffix(before or b"").decode().splitlines()
    assert sorted(one.split("/")[0] for one in found) == ["0 7 * * 1 ", "0 7 * * 1-5 "]
    said = mentor("remind", "--uninstall")
    assert said.status == 0
    assert all(line in said.out for line in found)
    assert (machine.table.read_bytes() if machine.table.exists() else None) == (before or None)
    assert mentor("remind", "--uninstall").out == "No reminders are installed here.\n"


def test_cron_sends_what_the_line_says(
    mentor: Mentor, post: Post, machine: Machine, example: Path
) -> None:
    assert mentor("remind", "--install", "--yes", "--days", "3", "--lang", "da").status == 0
    (line,) = machine.table.read_text().splitlines()
    command = line.split(maxsplit=5)[5].replace(r"\%", "%")
    folders = {name: os.environ[name] for name in os.environ if name.startswith("XDG_")}
    bare = {"HOME": os.environ["HOME"], "PATH": f"{post.folder}:/usr/bin:/bin", "MENTOR_NOW": NOW}
    for _twice in range(2):
        done = subprocess.run(
            ["/bin/sh", "-c", command], env=bare | folders, capture_output=True, check=False
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    (mail,) = post.mails
    assert "kræver opmærksomhed" in mail["Subject"]
    assert f"--file {example}" in line


def test_what_has_a_meaning_in_a_crontab_or_a_unit_is_taken_by_the_letter() -> None:
    words = ["/opt/a b/100%/mentor", "--file", '/home/é/$HOME\'s "x"%n\\y']
    line = crontab.line(words, week=False)
    shown = line.split(maxsplit=5)[5].replace(r"\%", "%")
    printed = shown.replace("'/opt/a b/100%/mentor'", r"printf '%s\n'")
    said = subprocess.run(["/bin/sh", "-c", printed], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines() == words[1:]
    assert line.count("%") == line.count(r"\%")
    service, _timer = timer.files({"HOME": "/h"}, words, week=False).values()
    assert (
        'ExecStart="/opt/a b/100%%/mentor" --file "/home/é/$$HOME\'s \\"x\\"%%n\\\\y"\n' in service
    )


def test_a_crontab_that_cannot_be_read_is_not_written(
    mentor: Mentor, post: Post, machine: Machine
) -> None:
    machine.table.write_bytes(OTHERS)
    stand_in(
        machine.folder,
        "crontab",
        f"[ $1 = -l ] && {{ echo 'not allowed' >&2; exit 1; }}; cat > '{machine.table}'",
    )
    said = mentor("remind", "--install", "--yes")
    assert (said.status, said.err) == (3, "mentor: crontab refused: not allowed\n")
    assert mentor("remind", "--uninstall").status == 3
    assert machine.table.read_bytes() == OTHERS


def test_a_timer_is_shown_first_written_on_yes_and_taken_back_whole(
    mentor: Mentor, post: Post, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.has_timers()
    config = Path(os.environ["XDG_CONFIG_HOME"])
    said = mentor("remind", "--install")
    assert said.status == 2
    assert "OnCalendar=Mon..Fri 07:00" in said.out
    assert "/mentor remind --mail --lang en --file " in said.out
    assert not config.exists()
    config.mkdir()
    (config / "other").write_text("mine")
    before = files(config)
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))
    assert mentor("remind", "--install").status == 0
    assert mentor("remind", "--install", "--weekly", "--yes").status == 0
    made = {one.name: one for one in config.rglob("mentor-remind*")}
    assert sorted(made) == [
        "mentor-remind-weekly.service",
        "mentor-remind-weekly.timer",
        "mentor-remind.service",
        "mentor-remind.timer",
    ]
    assert made["mentor-remind.timer"].read_text() in said.out
    assert "--mail --weekly" in made["mentor-remind-weekly.service"].read_text()
    assert machine.asked == [
        "--user daemon-reload",
        "--user enable --now mentor-remind.timer",
        "--user daemon-reload",
        "--user enable --now mentor-remind-weekly.timer",
    ]
    assert not machine.table.exists()
    ran = Path(os.environ["XDG_DATA_HOME"]) / "systemd/timers/stamp-mentor-remind.timer"
    link = config / "systemd/user/timers.target.wants/mentor-remind.timer"
    for one in (ran, link):  # what systemd itself makes
        one.parent.mkdir(parents=True)
    ran.touch()
    link.symlink_to(made["mentor-remind.timer"])
    assert "mentor-remind-weekly.timer" in mentor("remind", "--uninstall").out
    assert files(config) == before
    assert not ran.parent.parent.exists()
    assert "--user disable --now mentor-remind.timer" in machine.asked


def test_a_timer_that_does_not_start_leaves_nothing(
    mentor: Mentor, post: Post, machine: Machine
) -> None:
    machine.has_timers(starts=False)
    said = mentor("remind", "--install", "--yes")
    assert said.status == 3
    assert said.err == ("mentor: systemctl refused, and nothing was installed: Unit is masked.\n")
    assert not Path(os.environ["XDG_CONFIG_HOME"]).joinpath("systemd").exists()


def test_files_of_somebody_else_are_left(mentor: Mentor, post: Post, machine: Machine) -> None:
    machine.has_timers()
    path = Path(os.environ["XDG_CONFIG_HOME"]) / "systemd/user/mentor-remind.timer"
    path.parent.mkdir(parents=True)
    path.write_text("[Timer]\n")
    said = mentor("remind", "--install", "--yes")
    assert said.status == 3
    assert "Nothing was installed." in said.err
    assert mentor("remind", "--uninstall").out == "No reminders are installed here.\n"
    assert files(path.parent) == {path: b"[Timer]\n"}


def test_without_timers_and_crontab_it_is_one_line(
    mentor: Mentor, post: Post, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    (machine.folder / "crontab").unlink()
    monkeypatch.setenv("PATH", f"{machine.folder}:{post.folder}")
    said = mentor("remind", "--install", "--yes")
    assert said.status == 3
    assert said.problem.startswith("There is neither a timer of systemd nor a crontab here")
    assert mentor("remind", "--uninstall").out == "No reminders are installed here.\n"


def test_without_sendmail_it_is_said_and_installed_all_the_same(
    mentor: Mentor, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.reminders.mail.FOLDERS", ())
    monkeypatch.setenv("PATH", f"{machine.folder}")
    said = mentor("remind", "--install", "--yes")
    assert said.status == 0
    assert machine.table.read_text().count("\n") == 1
    assert "the command sendmail is missing" in said.err


def test_a_path_that_no_line_can_hold_is_refused() -> None:
    with pytest.raises(NotInstalled):
        started_by(os.environ, ["--file", "/a\n* * * * * rm -r ~"])


@pytest.mark.parametrize(
    "words", [("--install", "--uninstall"), ("--install", "--print"), ("--mail", "--print")]
)
def test_what_excludes_each_other_is_refused(mentor: Mentor, words: tuple[str, str]) -> None:
    said = mentor("remind", *words)
    assert said.status == 2
    assert said.problem.startswith("Give either")
