"""What a terminal sends, however the network cuts it, becomes the keys that were pressed."""

from __future__ import annotations

import pytest
from textual.events import Key, Paste
from textual.message import Message

from tui.terminal.keys import KeyReader


def read(*pieces: bytes | float, delay: float = 0.1) -> list[str]:
    """Feed pieces of bytes; a number lets that many seconds pass. The keys, and `"text"` pasted."""
    reader, now, messages = KeyReader(delay), 0.0, list[Message]()
    for piece in (*pieces, 10.0):
        if isinstance(piece, bytes):
            messages += reader.feed(piece, now)
            continue
        end = now + piece
        while reader.due is not None and reader.due <= end:
            now = reader.due
            messages += reader.tick(now)
        now = end
    return [_told(message) for message in messages]


def _told(message: Message) -> str:
    if isinstance(message, Paste):
        return repr(message.text)
    if isinstance(message, Key):
        return message.character if message.is_printable and message.character else message.key
    return type(message).__name__


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        # xterm, PuTTY, the Linux console, screen and tmux, rxvt
        (b"\x1bOP", ["f1"]),
        (b"\x1b[11~", ["f1"]),
        (b"\x1b[[A", ["f1"]),
        (b"\x1b[15~", ["f5"]),
        (b"\x1b[21~", ["f10"]),
        (b"\x1b[A\x1bOB", ["up", "down"]),
        (b"\x1bOD", ["left"]),
        (b"\x1b[1;5D", ["ctrl+left"]),
        (b"\x1b[H\x1b[F", ["home", "end"]),
        (b"\x1b[1~\x1b[4~", ["home", "end"]),
        (b"\x1b[5~\x1b[6~", ["pageup", "pagedown"]),
        (b"\x1b[3~", ["delete"]),
        (b"\x1b[Z", ["shift+tab"]),
        (b"\x1b[3$", ["shift+delete"]),
        (b"\x1b[3;2~", ["shift+delete"]),
        (b"\x1b[7~\x1b[8~", ["home", "end"]),
        (b"\x1b[7^\x1b[8^", ["ctrl+home", "ctrl+end"]),
        (b"\x1bOa\x1bOb\x1bOc\x1bOd", ["ctrl+up", "ctrl+down", "ctrl+right", "ctrl+left"]),
        (b"\x1bOM", ["enter"]),
        (b"\x1b[E", ["kp_begin"]),
        # st, where a program has not asked for other sequences
        (b"\x1b[P", ["delete"]),
        (b"\x1b[2K", ["shift+delete"]),
        (b"\x1b[2J", ["shift+home"]),
        (b"\x1b[K", ["shift+end"]),
        (b"\x1b[J", ["ctrl+end"]),
        (b"\x1b[L", ["ctrl+insert"]),
        (b"\x1b[4h\x1b[4l\x1b[M", []),
        # the Linux console
        (b"\x1b[[B\x1b[[C\x1b[[D\x1b[[E", ["f2", "f3", "f4", "f5"]),
        (b"\x1b\t", ["shift+tab"]),
        (b"\x1b[G", []),
        # Shift and a key of the top row: never a letter
        (b"\x1b[25~\x1b[26~\x1b[28~\x1b[29~", ["f13", "f14", "f15", "f16"]),
        (b"\x1b[31~\x1b[32~\x1b[33~\x1b[34~", ["f17", "f18", "f19", "f20"]),
        (b"\x1b[1;2P\x1b[1;2R\x1b[21;2~", ["shift+f1", "shift+f3", "shift+f10"]),
        (b"\r\t\x7f", ["enter", "tab", "backspace"]),
        (b"\x08", ["backspace"]),
        (b"\x1a\x11", ["ctrl+z", "ctrl+q"]),
        (b"\n", ["ctrl+j"]),
        ("æøå ÆØÅ é@{[€".encode(), list("æøå ÆØÅ é@{[€")),
        # keys with modifiers as some terminals are set to send them
        (b"\x1b[27;2;13~", ["enter"]),
        (b"\x1b[13;2u", ["enter"]),
        (b"\x1b[27;5;105~", ["tab"]),
        (b"\x1b[115;5u", ["ctrl+s"]),
        (b"\x1b[230;1u", ["æ"]),
        (b"\x1b[27u", []),
    ],
)
def test_a_key_is_known_in_every_terminal(sent: bytes, keys: list[str]) -> None:
    assert read(sent) == keys


@pytest.mark.parametrize("sent", [b"\x1b[A", b"\x1bOP", b"\x1b[15~", b"\x1b[1;5D", "å".encode()])
def test_a_key_cut_in_two_by_a_slow_line_is_still_one_key(sent: bytes) -> None:
    whole = read(sent)
    for cut in range(1, len(sent)):
        wait = 0.03 if sent[0] > 127 else 0.4
        assert read(sent[:cut], wait, sent[cut:], delay=0.5) == whole


def test_the_rest_of_a_key_that_comes_after_esc_was_taken_is_not_typed() -> None:
    assert read(b"\x1b", 0.15, b"[A") == ["escape", "up"]
    assert read(b"\x1b", 0.15, b"[?62;22c") == ["escape"]
    assert read(b"\x1b", 0.15, b"]11;rgb:1e1e/1e1e/1e1e\x1b\\") == ["escape"]
    assert read(b"\x1b[", 0.5, b"A") == ["up"]


def test_what_is_typed_after_esc_is_typed() -> None:
    assert read(b"\x1b", 0.15, b"[") == ["escape", "["]
    assert read(b"\x1b", 0.15, b"OK da") == ["escape", *"OK da"]
    assert read(b"\x1b", 5.0, b"[A") == ["escape", "[", "A"]


@pytest.mark.parametrize(
    "reply",
    [
        b"\x1b[?62;22c",
        b"\x1b[>1;3600;0c",
        b"\x1b[24;80R",
        b"\x1b[0n",
        b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
        b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
        b"\x1bP>|xterm(390)\x1b\\",
        b"\x1b[?1u",
        b"\x1b[8;24;80t",
        b"\x1b[?996;1n",
        b"\x1b_Gi=1;OK\x1b\\",
        b"\x1b[?2026;2$y",
        b"\x1b[48;24;80;480;800t",
    ],
)
def test_an_answer_that_comes_late_is_never_typed(reply: bytes) -> None:
    assert read(b"a" + reply + b"b") == ["a", "b"]
    for cut in range(1, len(reply)):
        assert read(b"a", reply[:cut], 0.05, reply[cut:] + b"b") == ["a", "b"], cut


def test_the_mouse_comes_through() -> None:
    assert read(b"\x1b[<0;3;4M\x1b[<0;3;4m") == ["MouseDown", "MouseUp"]


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("åøæ".encode("cp1252"), ["å", "ø", "æ"]),
        ("åbnød".encode("cp1252"), list("åbnød")),
        (b"\x80\x9f", ["€", "Ÿ"]),
        (b"a\x81b", ["a", "b"]),
        (b"\xff\xfe", ["ÿ", "þ"]),
    ],
)
def test_letters_of_another_charset_are_letters(sent: bytes, keys: list[str]) -> None:
    assert read(sent) == keys
    assert read(*(bytes([byte]) for byte in sent)) == keys
    assert read(*(piece for byte in sent for piece in (bytes([byte]), 0.2))) == keys


def test_after_one_letter_of_another_charset_the_next_comes_at_once() -> None:
    reader = KeyReader(0.1)
    assert [_told(message) for message in reader.feed(b"\xe5b", 0)] == ["å", "b"]
    assert [_told(message) for message in reader.feed(b"\xf8", 1)] == ["ø"]


def test_a_letter_that_a_slow_line_cuts_in_two_stays_whole_in_a_paste() -> None:
    sent = "\x1b[200~på en måde\x1b[201~".encode()
    for cut in range(1, len(sent)):
        assert read(sent[:cut], 1.0, sent[cut:], delay=2.0) == ["'på en måde'"], cut
    text = "Et langt stykke tekst, som kommer i flere bidder: å"
    sent = text.encode()
    assert read("æ".encode(), 1.0, sent[:-1], 1.0, sent[-1:]) == ["æ", repr(text)]


def test_a_stray_byte_does_not_make_utf8_letters_two() -> None:
    assert read(b"\xff!", "æ".encode(), b"\xc3", 0.4, b"\xa5") == ["ÿ", "!", "æ", "å"]


@pytest.mark.parametrize("key", "jkxOPX]_^[åÅ1:-")
def test_a_key_that_follows_esc_is_never_lost(key: str) -> None:
    """However soon it comes, and whatever comes after it."""
    for gap in (0.0, 0.01, 0.2):
        for after in ("", "j", "å", "kk"):
            sent: list[bytes | float] = [b"\x1b", gap, key.encode(), gap, after.encode()]
            assert read(*sent, delay=0.06) == ["escape", key, *after], (gap, after)
        assert read(b"\x1b" + key.encode() + b"j") == ["escape", key, "j"]


def test_a_key_that_may_be_esc_and_letters_is_one_only_where_nothing_else_comes() -> None:
    assert read(b"\x1b[Jens") == ["escape", "[", *"Jens"]
    assert read(b"\x1b", 0.2, b"[J") == ["escape", "[", "J"]
    assert read(b"x\x1b\t") == ["x", "escape", "tab"]


def test_esc_is_esc_at_once_when_another_key_follows() -> None:
    reader = KeyReader(0.1)
    assert [_told(message) for message in reader.feed(b"\x1bj", 0)] == ["escape", "j"]
    assert not list(reader.feed(b"\x1b", 1))
    assert [_told(message) for message in reader.feed(b"\r", 1.01)] == ["escape", "enter"]


def test_alt_and_a_letter_is_a_key_without_a_letter() -> None:
    reader = KeyReader(0.1)
    for sent in (b"\x1b[27;3;120~", b"\x1b[120;3u", b"\x1b[1;3A"):
        for message in reader.feed(sent, 0):
            assert isinstance(message, Key)
            assert message.key.startswith("alt+"), sent
            assert not message.is_printable


def test_esc_alone_and_twice_is_esc() -> None:
    assert read(b"\x1b") == ["escape"]
    assert read(b"\x1b\x1b") == ["escape", "escape"]
    assert read(b"\x1b\x1b[A") == ["escape", "up"]


def test_a_paste_is_one_paste() -> None:
    assert read(b"\x1b[200~a\r\nb\rc\x00\x1b[201~d") == ["'a\\nb\\nc'", "d"]
    sent = "x\x1b[200~flere\rlinjer æ\x1b[201~y".encode()
    for cut in range(1, len(sent)):
        assert read(sent[:cut], sent[cut:]) == ["x", "'flere\\nlinjer æ'", "y"], cut


def test_a_paste_whose_end_is_lost_ends_by_itself() -> None:
    assert read(b"\x1b[200~halv", 4.0, b"x") == ["'halv'", "x"]


def test_a_key_ends_a_paste_whose_end_is_lost() -> None:
    assert read(b"\x1b[200~halv", b"\x1b[15~", b"x") == ["'halv'", "f5", "x"]
    assert read(b"\x1b[200~en\x1b[200~to\x1b[201~") == ["'en'", "'to'"]


def test_the_end_of_a_paste_without_a_beginning_is_nothing() -> None:
    assert read(b"a\x1b[201~b") == ["a", "b"]


def test_starting_afresh_gives_what_was_held_back() -> None:
    reader = KeyReader(0.1)
    assert not list(reader.feed(b"\x1b[200~halv", 0))
    assert [_told(message) for message in reader.reset()] == ["'halv'"]
    assert reader.due is None
    assert [_told(message) for message in reader.feed(b"x", 1)] == ["x"]


def test_a_paste_without_brackets_is_a_paste_too() -> None:
    text = "Et langt stykke tekst som ingen kan skrive så hurtigt.\rTo linjer."
    assert read(text.encode()) == [repr(text.replace("\r", "\n"))]
    sent = text.encode() * 100
    pieces = [sent[at : at + 4096] for at in range(0, len(sent), 4096)]
    assert read(*pieces) == [repr(text.replace("\r", "\n") * 100)]


def test_fast_typing_is_not_a_paste() -> None:
    assert read(b"jj\rk") == ["j", "j", "enter", "k"]


def test_broken_sequences_are_dropped_and_the_next_key_is_read() -> None:
    assert read("\x1b[12åx".encode()) == ["å", "x"]
    assert read("\x1bOåx".encode()) == ["escape", "O", "å", "x"]
    assert read(b"\x1b]52;c;" + b"x" * 5000, 3.0, b"a") == ["a"]
    assert read(b"\x1b[999;999;999X" + b"a") == ["a"]
