"""Style sheets are parsed once, and what is kept of them is read only where it can be trusted."""

from __future__ import annotations

import json
import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.css.stylesheet import Stylesheet

from tests.bench.population import fill
from tests.tools.pty import Terminal
from tests.tui.cli.tools import ROOT
from tui.app import kept_styles
from tui.app.kept_styles import MOST, KeptStyles
from tui.terminal.textual_private import PARSE, parse_by

SOURCE = ("Grid { color: red; }", ("grid.py", "Grid.DEFAULT_CSS"), True, 0, "Grid", {"one": "red"})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state/styles.json"


def run(file: Path, source: tuple[object, ...] = SOURCE, says: str = "rule") -> tuple[Any, bool]:
    """Run once: what the style sheet says, and whether it had to be parsed."""
    styles, asked = KeptStyles(file), []

    def parse() -> list[Any]:
        asked.append(source)
        return [says]

    found = styles.parsed(source, parse)
    styles.write()
    return found, bool(asked)


def test_it_is_parsed_once_and_kept_for_its_user_alone(file: Path) -> None:
    assert run(file) == (["rule"], True)
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.stat().st_mtime_ns
    assert run(file) == (["rule"], False)
    assert file.stat().st_mtime_ns == before, "nothing new, nothing written"


@pytest.mark.parametrize("part", range(len(SOURCE)))
def test_one_that_has_changed_is_parsed(file: Path, part: int) -> None:
    run(file)
    changed: list[object] = list(SOURCE)
    changed[part] = "other"
    assert run(file, tuple(changed), "other rule") == (["other rule"], True)
    assert run(file) == (["rule"], False)


def pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file, 0o600)


def damage(text: str) -> list[str]:
    number = json.dumps({**json.loads(text), "body": 3})
    halves = [text[: len(text) // 2], text.replace("A", "B"), number, "[" * 200_000]
    return [*halves, "", "[]", "{}", "\0", "null", "3"]


@pytest.mark.parametrize("number", range(10))
def test_a_damaged_file_is_not_used(file: Path, number: int) -> None:
    run(file)
    file.write_text(damage(file.read_text("utf-8"))[number], "utf-8")
    assert run(file) == (["rule"], True)
    assert run(file) == (["rule"], False)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.chmod(0o640),
        lambda file: file.chmod(0o602),
        lambda file: file.rename(file.with_name("other")) and file.symlink_to("other"),
        pipe,
    ],
)
def test_a_file_that_others_can_change_is_not_used(
    file: Path, spoil: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(file)
    spoil(file)
    monkeypatch.setattr(pickle, "loads", None)
    assert KeptStyles(file).parsed(SOURCE, lambda: ["rule"]) == ["rule"]


def test_another_textual_parses_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(file)
    monkeypatch.setattr(kept_styles, "_parser", lambda: "another")
    assert run(file, says="other") == (["other"], True)
    monkeypatch.setattr(kept_styles, "_parser", str)
    assert run(file, says="unknown") == (["unknown"], True)


def test_two_sessions_keep_what_both_have_parsed(file: Path) -> None:
    one, other = KeptStyles(file), KeptStyles(file)
    one.parsed(("one",), lambda: ["one"])
    other.parsed(("other",), lambda: ["other"])
    one.write()
    other.write()
    assert not run(file, ("one",))[1]
    assert not run(file, ("other",))[1]


def test_it_does_not_grow_for_ever(file: Path) -> None:
    styles = KeptStyles(file)
    for number in range(MOST):
        styles.parsed((number,), lambda: ["rule"])
    styles.write()
    run(file)
    assert len(json.loads(json.loads(file.read_text("utf-8"))["body"])) == 1


def test_what_is_kept_says_what_is_parsed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = (ROOT / "tui/app/styles.tcss").read_text("utf-8")
    variables = dict.fromkeys(("background", "foreground", "panel", "accent", "error"), "red")
    variables |= dict.fromkeys(("primary", "text-muted"), "blue")

    def rules() -> list[str]:
        stylesheet = Stylesheet(variables=variables)
        stylesheet.add_source(sheet)
        return [rule.css for rule in stylesheet.rules]

    monkeypatch.setattr(Stylesheet, PARSE.__name__, PARSE)
    parsed = rules()
    for _run in range(2):
        styles = KeptStyles(file)
        parse_by(styles.parsed)
        assert rules() == parsed
        styles.write()
    assert len(parsed) > 10


def test_a_second_start_writes_nothing_and_looks_the_same(tmp_path: Path) -> None:
    file = tmp_path / "ten.json"
    fill(file, 3)
    environ = {"HOME": str(tmp_path), "MENTOR_FILE": str(file), "MENTOR_LANG": "en"}
    seen: list[object] = []
    kept = tmp_path / ".local/state/mentorrollen/styles.json"
    for _run in range(2):
        with Terminal([sys.executable, "-m", "tui"], env=environ, cwd=ROOT) as terminal:
            terminal.wait_for("F1 ")
            terminal.rest()
            seen.append((terminal.screen(), terminal.cell(3, 2)))
            terminal.key("\x11")
            assert terminal.wait_exit() == 0
        seen.append(kept.stat().st_mtime_ns)
    assert seen[:2] == seen[2:]
