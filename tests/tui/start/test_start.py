"""What the program loads when it starts, seen from outside."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.bench.population import fill
from tests.bench.terminal import PEER, compile_all
from tests.tools.pty import Terminal

ROOT = Path(__file__).parents[3]
LATER = {
    *("click", "psycopg", "data.storage.postgres"),
    *("data.library.questionset", "data.library.texts", "data.method.talk.questions"),
    *("data.store.left_notes", "tui.terminal.editor", "tui.terminal.left_by_editor"),
}
"""What most sessions do not need, or not before another screen is opened."""


def test_the_app_loads_nothing_for_connections_that_it_never_makes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tui", "--lang", "en"]
    environ = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    with Terminal(command, env=environ) as terminal:
        terminal.wait_for("There are no mentees yet")
        loaded = Path(f"/proc/{terminal.pid}/maps").read_text("utf-8")
    assert "libpython" in loaded or "python" in loaded, "the maps of another process"
    assert "_ssl" not in loaded


def test_the_first_screen_takes_no_more_memory_than_textual_alone(tmp_path: Path) -> None:
    """Both load Textual; the difference is what is ours: 0.45 to 0.6 MB.

    Each run has records of its own, for what a session before it has left is read, too. Which pages
    of a library are in memory is up to the system, and makes 0.1 MB more or less.
    """
    compile_all()  # to compile a module takes more memory than to load it
    more = [_memory_beyond_textual(tmp_path / f"{turn}") for turn in range(3)]
    assert median(more) < 1.0, f"{more}: see `python -X importtime`, and tracemalloc"


def _memory_beyond_textual(home: Path) -> float:
    """Return how many MB more a first start takes at most than Textual's smallest app."""
    home.mkdir()
    file = home / "ten.json"
    fill(file, 10)
    # Without arguments, which would load click.
    environ = {"HOME": str(home), "MENTOR_FILE": str(file), "MENTOR_LANG": "da"}

    def taken(command: list[str], shown: str) -> float:
        with Terminal(command, env=environ, cwd=ROOT) as terminal:
            terminal.wait_for(shown)
            terminal.rest()
            return terminal.peak_memory_mb()

    return taken([sys.executable, "-m", "tui"], "F1 ") - taken([*PEER], "first line")


def test_what_the_first_screen_seldom_shows_is_loaded_later() -> None:
    code = (
        "import screens.home.listing, screens.home.texts, sys, tui.app.run\n"
        f"assert not {LATER!r} & sys.modules.keys(), {LATER!r} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_the_terminal_is_asked_nothing(tmp_path: Path) -> None:
    """What it answers over a slow line could come when the shell reads again."""
    command = [sys.executable, "-m", "tui", "--lang", "en"]
    environ = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    with Terminal(command, env=environ) as terminal:
        terminal.wait_for("There are no mentees yet")
        terminal.do("\x11")
        terminal.wait_exit()
    assert b"\x1b[?1049l" in terminal.raw
    assert (
        re.findall(rb"\x1b\[[?>=]?[\d;]*(?:\$p|[cn])|\x1b\[\?u|\x1b\][^\a\x1b]*\?", terminal.raw)
        == []
    )


def test_others_can_still_load_it() -> None:
    code = (
        "from tui.cli.screen import without_tls\n"
        "with without_tls(): import asyncio\n"
        "assert asyncio.base_events.ssl is None\n"
        "import ssl; ssl.create_default_context()\n"
        "with without_tls(): assert sys.modules['ssl'] is ssl"
    )
    subprocess.run([sys.executable, "-c", f"import sys\n{code}"], cwd=ROOT, check=True)
