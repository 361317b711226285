"""The driver on a real terminal: what crosses the line, and what happens when the line is bad."""

from __future__ import annotations

import base64
import sys
import time
from collections.abc import Iterator

import pytest

from tests.tools.pty import Terminal

F2, F3, F4, F5, F6, F7, F8, F9 = (
    *("\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~"),
    *("\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~"),
)
COMMAND = [sys.executable, "-m", "tests.tui.apps", "probe"]


def start() -> Terminal:
    terminal = Terminal(COMMAND)
    terminal.wait_for("navn")
    terminal.rest()
    return terminal


@pytest.fixture
def own() -> Iterator[Terminal]:
    """A program of the test's own, for those that end it or want to see how it began."""
    with start() as terminal:
        yield terminal


@pytest.fixture(scope="module")
def shared() -> Iterator[Terminal]:
    with start() as terminal:
        yield terminal


@pytest.fixture
def terminal(shared: Terminal) -> Terminal:
    """A program that other tests have used, made as at its start."""
    shared.do(F9)
    assert [shared.emulator.line(y).strip() for y in (0, 1, 23)] == [
        "╭─ status ─╮",
        "ready",
        "navn",
    ]
    return shared


# -- what crosses the line ---------------------------------------------------------------------


def test_a_letter_costs_a_byte(terminal: Terminal) -> None:
    terminal.press("\x1b[F")
    before = terminal.bytes_out
    text = "en helt almindelig note om dagen"
    for letter in text:
        terminal.key(letter)
        terminal.settle(0.03)
    assert terminal.bytes_out - before <= 1.5 * len(text)
    assert "ready" + text in terminal.screen()


def test_a_letter_inside_a_line_pushes_the_rest_along(terminal: Terminal) -> None:
    terminal.press("x" * 30 + "y" * 20 + "\x1b[D" * 20)
    answer = terminal.press("å")
    assert answer.bytes <= 20
    assert "x" * 30 + "å" + "y" * 20 in terminal.screen()
    assert terminal.press("\x7f").bytes <= 20
    assert "x" * 30 + "y" * 20 in terminal.screen()


def test_nothing_crosses_while_nothing_happens(terminal: Terminal) -> None:
    before = terminal.cpu_seconds()
    assert terminal.idle(1.5) == 0
    assert terminal.cpu_seconds() - before < 0.2


def test_nothing_is_asked_that_costs_traffic(own: Terminal) -> None:
    for mode in (b"?1000h", b"?1003h", b"?1004h", b"?2048", b">1u", b"]22;"):
        assert mode not in own.raw


def test_clipboard_and_bell_reach_the_terminal(terminal: Terminal) -> None:
    terminal.key(F3)
    text = base64.b64encode("æøå".encode()).decode()
    terminal.wait_until(lambda: f"52;c;{text}" in terminal.emulator.strings)
    assert terminal.raw.endswith(b"\x07")


# -- the cursor --------------------------------------------------------------------------------


def test_the_terminals_cursor_is_where_one_types(terminal: Terminal) -> None:
    terminal.press("\x1b[H")
    terminal.press("ab")
    assert terminal.cursor == (2, 1, True)
    terminal.press("\t")
    assert terminal.cursor == (4, 23, True)
    terminal.press(F7)
    assert not terminal.cursor[2]
    terminal.press("\t")
    assert terminal.cursor[2]


def test_the_cursor_is_given_back(own: Terminal) -> None:
    own.press(F7)
    own.key("\x11")
    assert own.wait_exit() == 0
    assert own.cursor[2]
    assert not own.raw_mode()
    assert "navn" not in own.screen()


# -- what nobody foresaw -----------------------------------------------------------------------


def test_what_is_not_understood_goes_through_and_the_screen_is_painted_afresh(
    own: Terminal,
) -> None:
    before = own.screen()
    own.raw.clear()
    own.key(F2)
    own.wait_until(lambda: b"\x1b[5;6r\x1b[1L\x1b[r" in own.raw)
    own.settle()
    assert b"navn" in own.raw
    assert own.screen() == before


def test_a_mistake_in_the_driver_ends_the_program_and_says_so(own: Terminal) -> None:
    own.key(F8)
    assert own.wait_exit() == 1
    assert not own.raw_mode()
    assert "IndexError" in own.screen()


# -- a terminal that is not ready --------------------------------------------------------------


def test_a_stalled_terminal_holds_up_nothing_and_is_up_to_date_at_once(own: Terminal) -> None:
    own.press("\x1b[200~" + "ord " * 350 + "\x1b[201~")
    own.stall(F5)
    time.sleep(1.0)  # a stall is a time without reading, and nothing else
    for _ in range(40):
        own.type_unread("skrevet i stilhed ")
    own.type_unread("slut" + F4)
    before = own.bytes_out
    own.wait_for("beats")
    own.wait_for("slut")
    own.settle()
    beats = int(own.emulator.line(0).split()[1])
    assert beats >= 20
    assert own.bytes_out - before < 16_000  # what was in flight, and one frame


def test_nothing_is_shown_before_the_barrier_lets_it(terminal: Terminal) -> None:
    terminal.key(F6)
    terminal.wait_for("barrier")
    started = time.perf_counter()
    terminal.key("x")
    terminal.wait_for("readyx")
    assert time.perf_counter() - started >= 0.18


# -- keys --------------------------------------------------------------------------------------


def test_letters_of_another_charset_are_typed(terminal: Terminal) -> None:
    terminal.press("\x1b[F")
    for byte in " åøæ é".encode("cp1252"):
        terminal.press(bytes([byte]))
    terminal.wait_for("ready åøæ é")


def test_every_printable_latin_letter_is_text(terminal: Terminal) -> None:
    printable = [chr(code) for code in (*range(0x20, 0x7F), *range(0xA1, 0x100)) if code != 0xAD]
    terminal.press("\t\x1b[F")
    for letter in printable:
        terminal.key(letter)
    terminal.settle()
    terminal.wait_until(lambda: terminal.screen().splitlines()[-1].rstrip().endswith("þÿ"))
    assert "status" in terminal.emulator.line(0)


def test_answers_and_cut_keys_in_mid_word_are_not_typed(terminal: Terminal) -> None:
    terminal.press("\x1b[F")
    terminal.press("mid\x1b[?62;22ct i \x1b]11;rgb:1e1e/1e1e/1e1e\x07et\x1b[24;80R")
    terminal.press("\x1b")
    terminal.press("[?1;2c")
    terminal.press("\x1b[")
    terminal.press("D")
    terminal.press("!")
    assert terminal.emulator.line(1).rstrip() == "readymidt i e!t"


def test_alt_and_a_letter_types_nothing(terminal: Terminal) -> None:
    """Where the terminal tells it from Esc and then the letter."""
    alt = "\x1b[27;3;120~\x1b[229;3u\x1b[45;3u"
    terminal.press("\x1b[F" + alt)
    terminal.press("\t\x1b[F" + alt)
    assert terminal.emulator.line(1).rstrip() == "ready"
    assert terminal.emulator.line(23).rstrip() == "navn"


def test_a_letter_close_behind_esc_is_typed(terminal: Terminal) -> None:
    """Many terminals send Alt and a letter so too: no letter may be lost to that."""
    terminal.press("\x1b[F\x1bx\x1bå")
    terminal.wait_for("readyxå")


def test_pastes_keep_their_lines_and_submit_nothing(terminal: Terminal) -> None:
    terminal.press("\x1b[F\x1b[200~ en\r\nto\x1b[201~")
    assert [terminal.emulator.line(y).rstrip() for y in (1, 2)] == ["ready en", "to"]
    terminal.press("\t")
    terminal.press("\x1b[F\x1b[200~ en\rto\x1b[201~")
    assert terminal.emulator.line(23).rstrip() == "navn en to"
    terminal.press(" uden klammer kommer der lige så\rmange ord på en gang ind")
    assert terminal.emulator.line(23).rstrip().endswith("lige så mange ord på en gang ind")
    assert "submitted" not in terminal.screen()


def test_fifty_kilobytes_are_pasted_in_a_moment(terminal: Terminal) -> None:
    text = "Et afsnit om rollen, som er skrevet et andet sted. " * 1000
    for brackets in (("\x1b[200~", "\x1b[201~"), ("", "")):
        started = time.perf_counter()
        terminal.key("\x1b[F" + brackets[0])
        terminal.key(text + "SLUT")
        terminal.key(brackets[1])
        terminal.wait_for("SLUT")
        assert time.perf_counter() - started < 8
        terminal.press("\x1a")
        terminal.wait_gone("SLUT")


def test_a_paste_that_never_ends_is_ended_by_redrawing(terminal: Terminal) -> None:
    terminal.press("\x1b[F\x1b[200~ halv")
    assert "halv" not in terminal.screen()
    terminal.key(F5)
    terminal.wait_for("ready halv")
    terminal.key("x")
    terminal.wait_for("ready halvx")


def test_undo_after_a_long_paste_gives_the_text_back(terminal: Terminal) -> None:
    lines = "\r".join(f"linje {number}" for number in range(60))
    terminal.press(f"\x1b[F\x1b[200~{lines}\x1b[201~")
    terminal.wait_for("linje 59")
    terminal.key("\x1a")
    terminal.wait_gone("linje 59")
    assert terminal.emulator.line(1).rstrip() == "ready"


# -- other terminals ---------------------------------------------------------------------------

MORE_TERMS = ("xterm-256color", "screen-256color", "putty", "vt220", "ansi", "rxvt-unicode")
"""For the long run."""


@pytest.mark.parametrize(
    "term",
    [
        *("xterm", "screen", "tmux-256color", "linux", "vt100", "no-such-terminal"),
        *(pytest.param(term, marks=pytest.mark.soak) for term in MORE_TERMS),
    ],
)
def test_it_can_be_used_on(term: str) -> None:
    with Terminal(COMMAND, env={"TERM": term}) as terminal:
        terminal.wait_for("navn")
        terminal.press("\x1b[F og mere")
        terminal.wait_for("ready og mere")
        assert not terminal.emulator.unknown
        terminal.key("\x11")
        assert terminal.wait_exit() == 0
        assert "navn" not in terminal.screen()


@pytest.mark.parametrize(
    "locale", ["da_DK.ISO-8859-1", "en_US.ISO8859-15", "C.UTF-8", "C", "POSIX"]
)
def test_the_locale_decides_which_characters_are_sent(locale: str) -> None:
    with Terminal(COMMAND, env={"LC_ALL": locale, "LANG": locale}) as terminal:
        terminal.wait_until(lambda: b"navn" in terminal.raw)
        terminal.settle()
        terminal.press("\x1b[Fæøå")
        codec = "utf-8" if "8859" not in locale else "iso8859-15"
        assert "æøå".encode(codec) in terminal.raw.replace(b"\x1b[@", b"")
        assert ("╭─ status ─╮" if codec == "utf-8" else "+- status -+").encode() in terminal.raw
