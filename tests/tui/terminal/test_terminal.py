"""What the environment tells about the terminal."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tui.terminal.kind import (
    TerminalKind,
    charset,
    colour_system,
    prepare_environment,
    refusal,
    wants_ascii,
    wants_mouse,
)


def prepared(**environ: str) -> dict[str, str]:
    prepare_environment(environ)
    return environ


def test_nothing_moves_and_esc_waits_longer_over_a_network() -> None:
    local, remote = prepared(TERM="xterm"), prepared(TERM="xterm", SSH_CONNECTION="a 1 b 22")
    assert local["TEXTUAL_ANIMATIONS"] == "none"
    assert local["TEXTUAL_DISABLE_KITTY_KEY"] == "1"
    assert int(local["ESCDELAY"]) <= 25
    assert int(local["ESCDELAY"]) < int(remote["ESCDELAY"]) <= 100


def test_esc_waits_hardly_at_all_where_sequences_come_whole() -> None:
    over_ssh = {"TERM": "screen", "SSH_CONNECTION": "a 1 b 22"}
    assert int(prepared(TMUX="/tmp/tmux-1000/default,1,0", **over_ssh)["ESCDELAY"]) <= 25
    assert int(prepared(STY="12.pts-1.host", **over_ssh)["ESCDELAY"]) <= 25


def test_what_the_user_has_chosen_stays() -> None:
    chosen = prepared(ESCDELAY="25", TEXTUAL_ANIMATIONS="full", NO_COLOR="")
    assert (chosen["ESCDELAY"], chosen["TEXTUAL_ANIMATIONS"]) == ("25", "full")


def test_a_shells_copy_of_the_size_is_forgotten() -> None:
    assert not {"COLUMNS", "LINES"} & set(prepared(COLUMNS="80", LINES="24"))


def test_the_settings_are_made_before_textual_is_there() -> None:
    code = "import sys, tui.terminal; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "tmux-256color"}, "256"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "truecolor"),
        ({"TERM": "xterm-direct"}, "truecolor"),
        ({"TERM": "xterm-kitty"}, "256"),
        ({"TERM": "xterm-ghostty"}, "256"),
        ({"TERM": "alacritty"}, "256"),
        ({"TERM": "foot-extra"}, "256"),
        ({"TERM": "wezterm"}, "256"),
        ({"TERM": "contour"}, "256"),
        ({"TERM": "alacritty-direct"}, "truecolor"),
        ({"TERM": "konsole-direct"}, "truecolor"),
        ({"TERM": "rxvt-unicode"}, "standard"),
        ({"TERM": "xterm"}, "standard"),
        ({"TERM": "linux"}, "standard"),
        ({"TERM": "putty"}, "standard"),
        ({"TERM": "vt100"}, "none"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "none"),
        ({"TERM": "xterm-mono"}, "none"),
        ({"TERM": "screen-256color-bce"}, "256"),
        ({"TERM": "xterm-256color", "TEXTUAL_COLOR_SYSTEM": "standard"}, "standard"),
        ({"TERM": "xterm-256color", "TEXTUAL_COLOR_SYSTEM": "auto"}, "256"),
        ({}, "standard"),
    ],
)
def test_colours(environ: dict[str, str], colours: str) -> None:
    assert colour_system(environ) == colours


@pytest.mark.parametrize("term", ["xterm-direct", "screen-256color-bce", "xterm"])
def test_textual_sends_the_colours_that_the_theme_is_chosen_for(term: str) -> None:
    assert prepared(TERM=term)["TEXTUAL_COLOR_SYSTEM"] == colour_system({"TERM": term})


def test_full_and_empty_are_told_apart_in_every_charset() -> None:
    ascii_only = TerminalKind.of({"TERM": "xterm", "LANG": "en_US.ASCII"})
    assert ascii_only.encode("●●○○ ███░░") == b"**oo ###.."


def test_a_font_of_few_glyphs_is_sent_ascii_though_its_charset_has_more() -> None:
    console = TerminalKind.of({"TERM": "linux", "LANG": "da_DK.UTF-8"})
    assert console.encode("▎●○ æøå · ▂…").decode() == "|*o æøå - -."
    assert TerminalKind.of({"TERM": "xterm"}).encode("▎").decode() == "▎"


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_that_can_do_nothing_is_refused_with_what_to_do(term: str) -> None:
    line = refusal({"TERM": term}, is_terminal=True)
    assert line is not None
    assert "--plain" in line
    assert "\n" not in line


def test_no_terminal_is_refused_and_any_other_is_not() -> None:
    line = refusal({"TERM": "xterm"}, is_terminal=False)
    assert line is not None
    assert "--plain" in line
    assert refusal({"TERM": "vt100"}, is_terminal=True) is None


def test_the_mouse_is_asked_for_only_where_it_costs_nothing() -> None:
    remote = {"SSH_TTY": "/dev/pts/1"}
    assert wants_mouse({}, None)
    assert not wants_mouse(remote, None)
    assert wants_mouse(remote, asked=True)
    assert not wants_mouse({}, asked=False)


@pytest.mark.parametrize(
    ("environ", "codec"),
    [
        ({}, "utf-8"),
        ({"LANG": "C"}, "utf-8"),
        ({"LANG": "da_DK.UTF-8"}, "utf-8"),
        ({"LANG": "da_DK.utf8", "LC_ALL": "da_DK.ISO-8859-1"}, "iso8859-1"),
        ({"LC_CTYPE": "da_DK.ISO8859-15@euro"}, "iso8859-15"),
        ({"LANG": "da_DK.CP1252"}, "cp1252"),
        ({"LANG": "da_DK.no-such"}, "utf-8"),
    ],
)
def test_the_locale_names_the_charset(environ: dict[str, str], codec: str) -> None:
    assert charset(environ) == codec


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("en_US.ASCII", b'+-+|++ |#.- x . - "x" ?? ?? a ???'),
        ("da_DK.ISO-8859-1", b'+-+|++ |#.- x . - "x" ?? ?? a \xe6\xf8\xe5'),
        ("da_DK.CP1252", b"+-+|++ |#.- x \x85 \x96 \x93x\x94 ?? ?? a \xe6\xf8\xe5"),
    ],
)
def test_what_a_charset_lacks_takes_as_many_cells(locale: str, shown: bytes) -> None:
    kind = TerminalKind.of({"TERM": "xterm", "LANG": locale})
    assert kind.encode("┌─┐│└┘ ▌█░▔ ✓ … – “x” 漢 🙂 a\u030a æøå") == shown


@pytest.mark.parametrize(
    ("term", "erases", "shifts", "columns"),
    [
        ("xterm-256color", True, True, True),
        ("linux", True, True, True),
        ("screen-256color", False, True, True),
        ("tmux-256color", False, True, True),
        ("vt220", False, True, False),
        ("vt100", False, False, False),
        ("no-such-terminal", False, False, False),
    ],
)
def test_no_terminal_is_sent_what_it_does_not_know(
    term: str, erases: bool, shifts: bool, columns: bool
) -> None:
    abilities = TerminalKind.of({"TERM": term}).abilities
    assert (abilities.paints_erased, abilities.shifts, abilities.columns) == (
        *(erases, shifts, columns),
    )


def test_letters_alone_are_drawn_where_the_charset_has_no_more_or_it_is_asked_for() -> None:
    latin = {"LANG": "da_DK.ISO-8859-1"}
    assert wants_ascii(latin, None)
    assert not wants_ascii(latin, asked=False)
    assert not wants_ascii({"LANG": "da_DK.UTF-8"}, None)
    assert wants_ascii({"LANG": "da_DK.UTF-8"}, asked=True)
