"""Settings from files for all users, one's own and the environment; and cron's environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from data.paths import settings_file, settings_files
from data.settings import Settings, load_settings
from tests.tui.cli.tools import ROOT, Mentor

OWN_FILE = "There is no data file yet: "


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def for_all(text: str) -> Path:
    """Write the settings for all users of the computer."""
    return write(settings_files(os.environ)[0], text)


def test_each_setting_says_where_it_comes_from(
    mentor: Mentor, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = for_all('language = "da"\ntalk_days = 3\nfile = "~/team/mentor.json"\n')
    write(settings_file(os.environ), "talk_days = 5\n")
    monkeypatch.delenv("MENTOR_FILE")
    found = {row["setting"]: row for row in json.loads(mentor("settings", "--format", "json").out)}
    assert set(found) == {one.name for one in fields(Settings)}
    assert found["language"]["value"] == "da"
    assert found["language"]["from"] == str(shared)
    assert found["talk_days"]["value"] == 5
    assert found["talk_days"]["from"].endswith("mentorrollen/settings.toml")
    assert found["talk_days"]["from"] != str(shared)
    assert found["file"] == {"setting": "file", "value": "~/team/mentor.json", "from": str(shared)}
    assert found["rest_days"]["from"] == "Standard"
    monkeypatch.setenv("MENTOR_LANG", "en")
    monkeypatch.setenv("MENTOR_FILE", "/elsewhere.json")
    said = mentor("settings").out
    assert 'MENTOR_LANG:\n  language = "en"\n' in said
    assert 'MENTOR_FILE:\n  file = "/elsewhere.json"\n' in said
    assert said.index("Default:") < said.index("  mouse = (not set)\n")


def test_the_data_file_may_be_named_for_all(
    mentor: Mentor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for_all('file = "team.json"\n')
    monkeypatch.delenv("MENTOR_FILE")
    team = Path(os.environ["HOME"]) / "team.json"
    team.parent.mkdir(parents=True, exist_ok=True)
    assert mentor("list").problem == f"There is no file {team}."
    assert mentor("add", "Maja Holm", "--start", "1/12", "--file", str(team)).status == 0
    assert "Maja Holm" in mentor("list").out


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_example_sets_nothing_and_names_everything(
    mentor: Mentor, tmp_path: Path, language: str
) -> None:
    text = mentor("settings", "--example", "--lang", language).out
    assert tomllib.loads(text) == {}
    lines = [line.removeprefix("# ") for line in text.splitlines() if " = " in line]
    path = write(tmp_path / "all.toml", "\n".join(lines))
    assert set(tomllib.loads(path.read_text())) == {one.name for one in fields(Settings)}
    assert load_settings(path).notices == ()


def in_cron(*arguments: str, home: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command as cron does: with hardly any environment."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "HOME": str(home), **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_in_cron_language_and_file_are_those_of_the_settings(tmp_path: Path) -> None:
    home = tmp_path / "home"
    team = home / "team" / "mentor.json"
    team.parent.mkdir(mode=0o700, parents=True)
    dirs = {"XDG_CONFIG_DIRS": str(tmp_path / "etc")}
    without = in_cron("due", home=home, **dirs)
    assert without.stderr.startswith(f"mentor: {OWN_FILE}~/.local/share/mentorrollen/mentor.json")
    assert without.returncode == 0
    assert in_cron("due", "--quiet", home=home, **dirs).stdout == ""
    assert in_cron("due", "--quiet", home=home, **dirs).stderr == ""
    shared = settings_files({"HOME": str(home), **dirs})[0]
    write(shared, f'language = "da"\nfile = "{team}"\n')
    named = in_cron("due", "--quiet", home=home, **dirs)
    assert named.returncode == 3, "a file that is named and not there is no quiet matter"
    assert named.stderr == f"mentor: Der er ingen fil {team}.\n"
    # nothing that is due: a mentorship that begins much later
    assert (
        in_cron("add", "Maja", "--start", "1/8/2031", "--sure", home=home, **dirs).returncode == 0
    )
    assert in_cron("due", home=home, **dirs).stdout == "Intet kræver opmærksomhed.\n"
    quiet = in_cron("due", "--quiet", "--format", "json", home=home, **dirs)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    assert not (home / ".local/share/mentorrollen/mentor.json").exists()


@pytest.mark.parametrize("command", ["list", "due", "retention"])
def test_a_file_that_is_not_there_is_named(
    mentor: Mentor, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.delenv("MENTOR_FILE")
    found = mentor(command)
    assert found.status == 0
    assert found.err.startswith(f"mentor: {OWN_FILE}")
    assert found.err.endswith("mentor.json.\n")
