"""How the command line starts: language, settings, help, weight, and on a terminal."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.pty import Terminal
from tests.tui.cli.tools import NOW, ROOT, Mentor, process
from tui.cli.call import Call, Status
from tui.cli.program import COMMANDS, program

# -- language, settings, help ---------------------------------------------------------------------


@pytest.mark.parametrize("words", [("--speech", "%s"), ("%s", "--speech"), ("%s",)])
@pytest.mark.parametrize("name", ["demo", "overview"])
def test_speech_is_asked_for_before_or_after_the_command(words: tuple[str, ...], name: str) -> None:
    group, args = program(), [word.replace("%s", name) for word in words]
    with group.make_context("mentor", args) as context:
        found, sub, rest = group.resolve_command(context, [name, *args[args.index(name) + 1 :]])
        assert sub is not None
        with sub.make_context(found, rest, parent=context) as inner:
            assert inner.ensure_object(Call).speech == ("--speech" in words)


def test_the_language_is_chosen_in_order(
    mentor: Mentor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mentor("add", "Maja", "--start", "1-8-2025")

    def speaks() -> str:
        return "da" if "uge 17" in mentor("list").out else "en"

    assert speaks() == "en"
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    assert speaks() == "da"
    settings = tmp_path / "config/mentorrollen/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('language = "en"\n')
    assert speaks() == "en"
    monkeypatch.setenv("MENTOR_LANG", "da")
    assert speaks() == "da"
    assert "week 17" in mentor("list", "--lang", "en").out
    assert "week 17" in mentor("--lang=en", "list").out


def test_a_fault_in_the_settings_is_said_and_hinders_nothing(
    mentor: Mentor, tmp_path: Path
) -> None:
    mentor("add", "Maja", "--start", "1/8")
    settings = tmp_path / "config/mentorrollen/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("stale_day = 3\n")
    shown = mentor("list")
    assert shown.status == 0
    assert shown.out.startswith("Maja")
    assert shown.err == (
        "mentor: settings.toml, line 1: “stale_day” is not a setting; did you mean “stale_days”?"
        " The line does not count.\n"
    )


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_command_has_its_help(mentor: Mentor, language: str) -> None:
    whole = mentor("--help", "--lang", language)
    assert whole.status == 0
    assert ("Brug:" if language == "da" else "Usage:") in whole.out
    for name in COMMANDS:
        assert f"  {name} " in whole.out
        own = mentor(name, "--help", "--lang", language)
        assert own.status == 0
        # a demo has a file of its own, settings are of none, and a copy names two places
        without = {"copy", "demo", "settings"}
        assert ("--file" in own.out) == (name not in without)
        assert max(map(len, own.out.splitlines())) <= 80
        words = own.out + whole.out
        english = ("Usage:", "Options", "Commands", "Show this", "The record file")
        assert language == "en" or not any(word in words for word in english)


def test_the_version_is_said(file: Path) -> None:
    assert process(file, "--version").stdout.startswith(b"mentorrollen 0.")


def test_options_may_stand_before_or_after_the_command(mentor: Mentor, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir(mode=0o700)
    path = str(folder / "x.json")
    assert mentor("--file", path, "add", "Bo", "--start", "1/8").status == 0
    assert "Bo" in mentor("list", "--file", path).out


# -- weight ---------------------------------------------------------------------------------------


def test_a_note_needs_no_screen_and_little_else() -> None:
    heavy = ("textual", "rich", "tinydb", "tomllib", "asyncio", "subprocess", "data.method")
    code = (
        "import sys\nfrom tui.cli.main import run\nrun(['note', 'Maja', 'Hej'])\n"
        f"print(*(name for name in {heavy!r} if name in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "MENTOR_FILE": "/nonexistent/x.json"},
        check=True,
    )
    assert done.stderr.splitlines()[-1] == ""


@pytest.mark.parametrize("command", [["list"], ["due"], ["show", "Maja"], ["note", "Maja", "Hej"]])
def test_a_plain_command_waits_for_no_database_and_no_screen(
    mentor: Mentor, file: Path, command: list[str]
) -> None:
    mentor("add", "Maja", "--start", "1-8-2025")
    heavy = ("textual", "rich", "tinydb", "tomlkit", "wcwidth", "asyncio", "shutil", "lzma")
    code = (
        "import sys\nfrom tui.cli.main import run\nfrom tui.start.later import Later\n"
        f"status = run({command!r})\n"
        f"loaded = {{n for n, module in sys.modules.items() if not isinstance(module, Later)}}\n"
        f"print(*(name for name in {heavy!r} if name in loaded), file=sys.stderr)\n"
        "sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "MENTOR_FILE": str(file), "MENTOR_NOW": NOW},
        check=True,
    )
    assert done.stderr.splitlines()[-1] == ""


LOADED_BY_A_NOTE = """
import sys
from tui.cli.main import run
from tui.start.later import Later

status = run(["note", "Maja", "Hej"])
ours = [module for name, module in sys.modules.items() if name.split(".")[0] in {"data", "tui"}]
classes = {one for module in ours for one in vars(module).values() if isinstance(one, type)}
made = {getattr(vars(one).get("__init__"), "__code__", None): one.__qualname__ for one in classes}
compiled = [name for code, name in made.items() if code and code.co_filename == "<string>"]
print(*(n for n, one in sys.modules.items() if not isinstance(one, Later)), file=sys.stderr)
print(*compiled, file=sys.stderr)
sys.exit(status)
"""


def test_a_note_that_is_saved_loads_only_what_saves_it(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja", "--start", "1-8-2025")
    done = subprocess.run(
        [sys.executable, "-c", LOADED_BY_A_NOTE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "MENTOR_FILE": str(file), "MENTOR_NOW": NOW, "MENTOR_LANG": "da"},
        check=True,
    )
    *_said, loaded, compiled = done.stderr.splitlines()
    modules = set(loaded.split())
    assert "data.store.store" in modules, "what is loaded cannot be seen"
    of_the_library = {"shutil", "bz2", "lzma", "locale", "textwrap", "calendar", "tempfile"}
    of_ours = {"data.dates", "data.queries", "data.storage.recovery", "data.storage.upkeep.doctor"}
    assert not modules & (of_the_library | of_ours)
    assert not [name for name in modules if name.startswith("data.method")]
    # A class whose methods are compiled when it is loaded takes half a millisecond or more.
    assert compiled == "", "use @immutable or @changing of data/frozen.py"


# -- on a terminal --------------------------------------------------------------------------------


def on_a_terminal(tmp_path: Path, *arguments: str, **environ: str) -> Terminal:
    env = {"HOME": str(tmp_path), "MENTOR_NOW": NOW, **environ}
    return Terminal([sys.executable, "-m", "tui", *arguments], env=env, cwd=ROOT)


def test_it_opens_on_the_screen_and_leaves_a_private_file(tmp_path: Path) -> None:
    with on_a_terminal(tmp_path) as terminal:
        terminal.wait_for("F1")
        terminal.key(b"\x11")
        assert terminal.wait_exit() == 0
        assert not terminal.raw_mode()
    own = tmp_path / ".local/share/mentorrollen"
    assert stat.S_IMODE(own.stat().st_mode) == 0o700
    assert stat.S_IMODE((own / "mentor.json").stat().st_mode) == 0o600


def test_a_simple_terminal_is_told_what_it_can_have(tmp_path: Path) -> None:
    with on_a_terminal(tmp_path, TERM="dumb") as terminal:
        assert terminal.wait_exit() == 2
        assert b"mentor today --plain" in b" ".join(terminal.raw.split())
        assert b"\x1b" not in terminal.raw


def test_a_file_that_cannot_be_opened_on_the_screen(tmp_path: Path) -> None:
    with on_a_terminal(tmp_path, "--file", str(tmp_path / "no/x.json")) as terminal:
        assert terminal.wait_exit() == 3
        assert "There is no folder" in terminal.screen()
        assert b"\x1b[?1049h" not in terminal.raw


def test_the_example_is_thrown_away(tmp_path: Path) -> None:
    own = tmp_path / ".local/share/mentorrollen"
    dead = own / "demo-999999999-xxxxxxxx"
    dead.mkdir(parents=True)
    with on_a_terminal(tmp_path, "demo") as terminal:
        terminal.wait_for("Maja Holm")
        (copy,) = own.glob("demo-*")
        assert stat.S_IMODE(copy.stat().st_mode) == 0o700
        terminal.key(b"\x11")
        assert terminal.wait_exit() == 0
    assert list(own.iterdir()) == []


def test_a_problem_that_nobody_can_read_has_its_status(file: Path) -> None:
    line = f"exec {sys.executable} -m tui show Nobody 2>&-"
    environ = {**os.environ, "MENTOR_FILE": str(file.parent / "none" / "x.json")}
    done = subprocess.run(["sh", "-c", line], cwd=ROOT, env=environ, check=False)
    assert done.returncode == Status.FILE
