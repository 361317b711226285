"""The manual page has every command and option in both languages, and is clean roff."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from data.i18n import _, set_language
from tui.cli.manual import main, page
from tui.cli.program import COMMANDS, STATUSES, program

PAGES = {"en": "man1/mentor.1", "da": "da/man1/mentor.1"}
BOTH = pytest.mark.parametrize("language", PAGES)


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764400000")
    main(tmp_path)
    return tmp_path


def shown(path: Path, language: str) -> str:
    """Return the page as a reader sees it; what cannot be shown fails."""
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed")
    command = ["groff", "-k", "-ww", "-man", "-P-cbou", "-Tutf8", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b"", language
    return done.stdout.decode()


@BOTH
def test_every_command_and_option_is_in_it(language: str) -> None:
    text = page(language, "2025-11-29").replace("\\-", "-")
    sections = re.findall(r'^\.SS "(.+)"$', text, re.MULTILINE)
    assert [*dict.fromkeys(one.split()[0] for one in sections)] == list(COMMANDS)
    whole = program()
    for name in COMMANDS:
        command = whole.get_command(click.Context(whole), name)
        assert command is not None
        for option in (one for one in command.params if isinstance(one, click.Option)):
            assert f"\\fB{', '.join(option.opts)}" in text, (name, option.name)


@BOTH
def test_it_is_clean(pages: Path, language: str) -> None:
    seen = shown(pages / PAGES[language], language)
    for word in ("--newly-qualified", "~/.config/mentorrollen/settings.toml", '"$(mentor'):
        assert word in seen, "it can be copied as it stands"
    set_language(language)
    for number in re.findall(r"\d+", _(STATUSES)):
        assert re.search(rf"^ +{number} +\w", seen, re.MULTILINE)


def test_it_is_in_its_language(pages: Path) -> None:
    danish = shown(pages / PAGES["da"], "da")
    assert re.search(r"^NAVN\n +mentor - læringsplan", danish, re.MULTILINE)
    assert "Første arbejdsdag" in danish
    assert re.search(
        r"^NAME\n +mentor - learning plan", shown(pages / PAGES["en"], "en"), re.MULTILINE
    )
    assert "2025-11-29" in danish


@BOTH
def test_whatis_finds_it(pages: Path, language: str) -> None:
    if shutil.which("lexgrog") is None:
        pytest.skip("man-db is not installed")
    subprocess.run(["lexgrog", pages / PAGES[language]], check=True, capture_output=True)
