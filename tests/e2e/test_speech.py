"""Speech mode on a real pty: how much is said, where the cursor is, and that nothing gets lost."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.records import Note
from data.store.opening import open_store
from tests.tools.listener import Listener
from tests.tools.spoken import DRAWN, QUIET
from tests.tools.tour import visit
from tests.tools.typist import KEYS, Typist


class Ear:
    """Somebody who presses keys and hears what comes of them."""

    def __init__(self, typist: Typist) -> None:
        self.terminal = typist.terminal
        self.listener = Listener(self.terminal)
        self.terminal.rest(quiet=QUIET)

    def press(self, keys: str) -> tuple[str, ...]:
        """Press keys by name; return what is said after the last of them."""
        for name in keys.split():
            self.listener.heard()
            self.terminal.do(KEYS.get(name, name.replace("_", " ")), quiet=QUIET)
        return self.listener.heard()


@contextmanager
def ear(
    folder: Path,
    size: tuple[int, int] = (80, 24),
    env: Mapping[str, str | None] | None = None,
    *,
    language: str = "da",
) -> Iterator[Ear]:
    """Open the program on the example, in speech mode."""
    environ = {"MENTOR_SPEECH": "1", **(env or {})}
    with visit(folder / "records", language, size, environ) as typist:
        yield Ear(typist)


@pytest.mark.parametrize("language", ["da", "en"])
def test_little_is_said_and_what_matters_first(tmp_path: Path, language: str) -> None:
    """How many utterances a key may take, and what the first one begins with."""
    row = {"da": "Trin: ", "en": "Training step: "}[language]
    all_fields = {"da": "Alle felter: Trin", "en": "All fields: Training step"}[language]
    month = {"da": "måned", "en": "month"}[language]
    with ear(tmp_path, language=language) as heard:
        start = heard.listener.heard()
        assert 1 <= len(start) <= 6
        assert "Emil Kragh" in " ".join(start[:2])
        for keys, most, first in (
            ("down", 1, "Maja Holm"),
            ("enter 2 right", 1, row),
            ("e", 1, all_fields),
            ("esc esc t", 4, ""),
            ("pagedown", 3, ""),
            ("f3", 2, ""),
            ("esc", 1, ""),
            ("esc n", 2, "Note"),
            ("esc enter 3 p 32/13 enter", 1, ""),
            ("enter", 1, ""),
        ):
            said = heard.press(keys)
            assert 1 <= len(said) <= most, (keys, said)
            assert said[0].startswith(first), (keys, said)
        assert month in said[0], "refused once more, it is said once more"


def test_nothing_is_said_of_a_date_while_it_is_typed(tmp_path: Path) -> None:
    with ear(tmp_path) as heard:
        heard.press("down enter 3 p")
        for letter in "32/13":
            assert heard.press(letter) == (letter,)
        assert heard.press("backspace") == ()
        assert heard.press("enter") != ()


def test_a_field_that_one_leaves_says_what_is_wrong_with_its_text(tmp_path: Path) -> None:
    with ear(tmp_path) as heard:
        said = heard.press("a Ida tab 32/13 tab")
        assert len(said) == 1
        assert re.match(r"Der findes ingen måned 13\. Nyuddannet: nej", said[0])


def test_the_end_of_what_is_found_is_heard(tmp_path: Path) -> None:
    with ear(tmp_path) as heard:
        assert heard.press("/ Nadi a")[0] == "a"
        assert heard.press("down")[0].startswith("Nadia Berg")


def test_nothing_is_said_twice(tmp_path: Path) -> None:
    with ear(tmp_path) as heard:
        said = " ".join(heard.press("a f6"))
        assert said.count("Skjult i fælles visning") == 1, said
        heard.press("f6 esc esc down t pagedown pagedown Godt esc esc")
        asked = heard.press("f5")
        assert [one for one in asked if "ikke afsluttet" in one], asked
        assert len(asked) == len(set(asked)), asked


@pytest.mark.parametrize(
    "env",
    [
        *({"TERM": "screen"}, {"TERM": "linux"}, {"TERM": "xterm"}, {"TERM": "vt220"}),
        *({"NO_COLOR": "1"}, {"LANG": "C", "LC_ALL": "C"}),
    ],
    ids=lambda env: "-".join(env.values()),
)
def test_every_terminal_is_told_the_same(tmp_path: Path, env: dict[str, str]) -> None:
    with ear(tmp_path, env=env) as heard:
        assert "Maja Holm" in heard.press("down")[0]
        assert heard.press("enter 2 down")[0].startswith("Underretning")
        heard.press("t pagedown")
        heard.press("Godt")
        felt = heard.listener.felt()
        assert (felt.line, felt.at, felt.shown) == ("Godt", 4, True)
        assert not DRAWN.search(heard.terminal.screen())
        assert heard.terminal.emulator.unknown == []


def test_a_braille_line_has_the_words_and_nothing_beside_them(tmp_path: Path) -> None:
    with ear(tmp_path, (40, 24)) as heard:
        heard.press("down t pagedown pagedown")
        text = "Jeg blev i tvivl, og så ringede jeg til Birgitte om det."
        heard.press(text.replace(" ", "_"))
        felt = heard.listener.felt()
        rows = [line.rstrip() for line in heard.terminal.screen().splitlines()]
        typed = [row for row in rows if row and row in text]

        assert typed, rows
        assert felt.line == typed[-1]
        assert felt.at == len(typed[-1])
        assert " ".join(typed) == text, rows


def test_the_cursor_stays_where_it_matters_in_any_window(tmp_path: Path) -> None:
    with ear(tmp_path) as heard:
        heard.press("down")
        for size in ((60, 20), (40, 10), (20, 5), (120, 40), (80, 24)):
            heard.terminal.resize(*size)
            heard.terminal.rest(quiet=QUIET)
            heard.press("up down")
            felt = heard.listener.felt()
            assert felt.shown
            if size >= (40, 10):
                assert felt.line.startswith("Maja Holm"), size
                assert felt.at == 0
            assert not DRAWN.search(heard.terminal.screen())


def test_it_can_be_switched_on_and_off_while_the_program_runs(tmp_path: Path) -> None:
    with ear(tmp_path, env={"MENTOR_SPEECH": None}) as heard:
        assert DRAWN.search(heard.terminal.screen())
        heard.press("down ctrl+p Taletilstand enter")
        assert not DRAWN.search(heard.terminal.screen())
        assert "Maja Holm" in heard.listener.felt().line
        assert heard.press("down")[0].startswith("Nadia Berg")
        heard.press("ctrl+p Taletilstand enter")
        assert DRAWN.search(heard.terminal.screen())


def test_a_hidden_screen_says_so_and_nothing_else(tmp_path: Path) -> None:
    with ear(tmp_path) as heard:
        heard.press("down")
        said = heard.press("ctrl+l")
        assert "skjult" in " ".join(said)
        assert "Maja" not in heard.terminal.screen()
        assert "Maja Holm" in " ".join(heard.press("enter"))


def test_private_words_below_a_dialog_go_in_the_shared_view(tmp_path: Path) -> None:
    with ear(tmp_path) as heard:
        heard.press("down n")
        heard.press("Hemmeligt_ord f3")
        assert "Hemmeligt" in heard.terminal.screen()
        heard.press("f6")
        assert "Hemmeligt" not in heard.terminal.screen()
        heard.press("esc")
        assert "Hemmeligt" not in heard.terminal.screen()
        heard.press("f6 f3 ctrl+l")
        assert "Hemmeligt" not in heard.terminal.screen()


def test_one_comes_back_from_an_editor_to_the_words_of_it(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "Skrevet i en editor" > "$1"\n')
    editor.chmod(0o700)
    with ear(tmp_path, env={"VISUAL": str(editor), "EDITOR": str(editor)}) as heard:
        heard.press("down t pagedown pagedown ctrl+e")
        heard.terminal.wait_for("Skrevet i en editor")
        heard.terminal.rest(quiet=QUIET)
        felt = heard.listener.felt()
        assert felt.line == "Skrevet i en editor"
        assert felt.shown
        assert not DRAWN.search(heard.terminal.screen())


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_every_letter_that_was_heard_is_there_after_the_end(tmp_path: Path, end: int) -> None:
    words = "Hun vil gerne prøve selv"
    with ear(tmp_path) as heard:
        terminal = heard.terminal
        heard.press("down n")
        terminal.key(words)
        terminal.wait_for(words)
        if end == signal.SIGHUP:
            terminal.hangup()
        else:
            terminal.kill(end)
        terminal.wait_exit(reading=end != signal.SIGHUP)
    opened = open_store(tmp_path / "records/mentor.json", by="birgitte", threaded=True)
    try:
        assert words in {note.text for note in opened.store.all(Note)}
    finally:
        opened.close()


def test_a_plan_without_tasks_says_which_key_adds_one(tmp_path: Path) -> None:
    with ear(tmp_path) as heard:
        said = heard.press("a Ida tab mandag f10 2")
        assert "Plan: Her er ingen opgave: a tilføjer en" in said


@pytest.mark.parametrize("keys", ["down f1", "down enter 3 up enter", "down enter 5 down x"])
def test_where_one_is_is_said_once_and_no_whole_page_with_it(tmp_path: Path, keys: str) -> None:
    with ear(tmp_path) as heard:
        said = heard.press(f"{keys} f5")
        assert "Alt er gemt." in " ".join(said)
        assert len(set(said)) == len(said)
        assert max(map(len, said)) < 250, said


def test_a_place_says_how_what_is_typed_there_is_read(tmp_path: Path) -> None:
    with ear(tmp_path) as heard:
        assert "1/8, mandag, +2u, uge 32" in heard.press("a Ida tab f5")


def test_a_question_that_a_key_does_not_answer_is_asked_again(tmp_path: Path) -> None:
    with ear(tmp_path) as heard:
        heard.press("down enter 5 down x")
        for key in ("u", "u", "ø"):
            said = heard.press(key)
            assert len(said) == 1, said
            assert said[0].endswith("j ja, n nej")
            assert "Slet" in heard.listener.felt().line
