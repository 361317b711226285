"""The way in: bytes from the terminal, cut into what can be told apart for certain.

Terminals send letters, keys and answers to questions down one line, and the network cuts them
anywhere. `KeyStream` waits for the rest of what has begun, drops what nobody asked for, and never
takes part of a sequence for typed text. It has no clock of its own: the caller passes the time.
"""

from __future__ import annotations

import re
from typing import Final

from data.frozen import immutable

PATIENCE: Final = 2.0
"""Seconds for the rest of a sequence to come, once it cannot be a key by itself."""

PASTE_PATIENCE: Final = 3.0
"""Seconds of silence after which a paste without an end is taken as it is."""

SHORTEST_BURST: Final = 32
"""Characters in one read that nobody can have typed: a paste without brackets."""

BURST_PATIENCE: Final = 0.03
"""Seconds of silence that end such a paste."""

LETTER_PATIENCE: Final = 0.05
"""Seconds for the rest of a UTF-8 character; after that its bytes are letters of their own.

A terminal that has sent UTF-8 before is waited for with `PATIENCE`: there the rest is on its way.
"""

_PASTE_START: Final = "\x1b[200~"
_PASTE_END: Final = "\x1b[201~"

_COMPLETE: Final = re.compile(
    r"\x1b(?:"
    r"\[\[[A-E]"  # function keys of the Linux console
    r"|\[[<=>?]?[\d;:]*[ -/]*[@-Z\\-~]"
    r"|O\d?[A-DFHIMP-Sa-d]"
    r"|(?:\]\d|P[\d>+$!]|_G)[^\x07\x1b]*(?:\x07|\x1b\\)"
    r")",
    re.DOTALL,
)
_BEGUN: Final = re.compile(
    r"\x1b(?:\[(?:\[|[<=>?]?[\d;:]*[ -/]*)?|O\d?"
    r"|(?:\]\d|P[\d>+$!]|_G)[^\x07\x1b]{0,4096}\x1b?|[\]P_])?\Z",
    re.DOTALL,
)
_BROKEN: Final = re.compile(
    r"\A\x1b(?:\[\[|\[[<=>?]?[\d;:]+[ -/]*|(?:\]\d|P[\d>+$!]|_G)[^\x07\x1b]*)", re.DOTALL
)
"""A sequence up to where it ceases to be one; it says enough to be no Esc with keys after it."""
_TYPED_AFTER: Final = re.compile(r"\x1b\[[^A-IMO-SZa-d\d;:<=>?\[ -/\x1b]")
"""Esc, a bracket and a letter: no terminal has a key that is sent so."""

_AT_ONCE: Final = frozenset({b"\x1b\t", b"\x1b[J", b"\x1b[K", b"\x1b[L"})
"""Keys of st and the Linux console that may as well be Esc and what is typed after it.

They are keys where they come by themselves and at once: nobody types so fast.
"""

_STRING: Final = re.compile(r"\x1b[\]P_]")
_LATE_REST: Final = re.compile(r"\[[<=>?]?[\d;:]*[ -/]*[@-~]|O[A-DFHP-S]|\]\d+;[^\x1b]*(?:\x1b\\)?")
"""What follows an Esc that came so early that it was taken for the key."""

_PRESSED: Final = re.compile(r"\x1b(?:\[[\d;]*[A-DFH]|\[\d+(?:;\d+)?~|O[A-DFHP-S])")
"""A key inside a paste: terminals take escape characters out of pasted text, so it is over."""

_ENDS_EARLY: Final = re.compile(r"\x1b\[\d+\$")
"""Keys of rxvt that look like the start of an answer."""

_MODIFIED: Final = re.compile(r"\x1b\[(?:27;(?P<bits>\d+);(?P<code>\d+)~|(?P<u>\d+);(?P<m>\d+)u)")


@immutable
class Typed:
    """Characters, or one key's whole sequence."""

    text: str


@immutable
class Pasted:
    """Text that was pasted; its lines end with a newline."""

    text: str


@immutable
class Burst:
    """Text faster than anybody types: pasted without brackets, or typed while the line stood."""

    text: str


@immutable
class Escape:
    """The Esc key."""


@immutable
class Alt:
    """A character with the Alt key held."""

    character: str


Token = Typed | Pasted | Burst | Escape | Alt


class Letters:
    """UTF-8 that never fails: a byte that does not fit is read as Windows-1252."""

    def __init__(self) -> None:
        self._pending = b""
        self.utf8: bool | None = None
        """Whether the last letter beyond ASCII was UTF-8; None before the first."""

    @property
    def waiting(self) -> bool:
        """Whether part of a character has come."""
        return bool(self._pending)

    def decode(self, data: bytes, *, final: bool = False) -> str:
        """Return the characters so far; with `final` nothing is held back."""
        data, self._pending = self._pending + data, b""
        out = []
        while data:
            try:
                out.append(self._fitting(data))
                break
            except UnicodeDecodeError as error:
                out.append(self._fitting(data[: error.start]))
                rest = data[error.start :]
                is_cut = error.reason == "unexpected end of data" and self.utf8 is not False
                if is_cut and not final:
                    self._pending = rest
                    break
                self.utf8 = False
                out.append(rest[:1].decode("cp1252", "ignore"))
                data = rest[1:]
        return "".join(out)

    def _fitting(self, data: bytes) -> str:
        text = data.decode()
        if not text.isascii():
            self.utf8 = True
        return text


class KeyStream:
    """Bytes in, tokens out. Call `feed` with what was read and `tick` at `due`."""

    def __init__(self, escape_delay: float) -> None:
        self.letters = Letters()
        self._escape_delay = escape_delay
        self._begun = ""
        self._paste: list[str] | None = None
        self._burst: list[str] = []
        self._early_escape: float | None = None
        self.due: float | None = None
        """When to call `tick`, or None while nothing is waiting."""

    def feed(self, data: bytes, now: float) -> list[Token]:
        """Return what `data` completes."""
        tokens: list[Token] = []
        if self.due is None and data in _AT_ONCE:
            self._early_escape = None
            return [Typed(data.decode())]
        self._take(self.letters.decode(data), now, tokens)
        self._set_due(now)
        return tokens

    def tick(self, now: float) -> list[Token]:
        """Return what turns out to be complete because nothing followed it."""
        if self.due is None or now < self.due:
            return []
        tokens: list[Token] = []
        if self.letters.waiting:
            self._take(self.letters.decode(b"", final=True), now, tokens)
        self._end_burst(tokens)
        if self._paste is not None:
            self._end_paste(tokens)
            self._begun = self._begun if len(self._begun) > 1 else ""
        elif self._begun:
            begun, self._begun = self._begun, ""
            if begun == "\x1b":
                tokens.append(Escape())
                self._early_escape = now
            elif len(begun) == 2 or begun[1] == "O":
                tokens += [Escape(), Typed(begun[1:])]
            elif _ENDS_EARLY.fullmatch(begun):
                tokens.append(Typed(begun))
        self._set_due(now)
        return tokens

    def reset(self) -> list[Token]:
        """Give up waiting: what was pasted so far is a paste, half a sequence is nothing."""
        tokens: list[Token] = []
        self._end_burst(tokens)
        self._end_paste(tokens)
        self._begun, self.due = "", None
        return tokens

    # -- inside ---------------------------------------------------------------------------------

    def _set_due(self, now: float) -> None:
        if self._paste is not None:
            self.due = now + PASTE_PATIENCE
        elif self.letters.waiting:
            self.due = now + (PATIENCE if self.letters.utf8 else LETTER_PATIENCE)
        elif self._burst:
            self.due = now + BURST_PATIENCE
        elif self._begun:
            alone = len(self._begun) <= 2 and self._begun != "\x1b["
            alone = alone or self._begun[1] == "O" or _ENDS_EARLY.fullmatch(self._begun) is not None
            self.due = now + (self._escape_delay if alone else PATIENCE)
        else:
            self.due = None

    def _end_burst(self, tokens: list[Token]) -> None:
        if self._burst:
            tokens.append(Burst(_lines("".join(self._burst))))
            self._burst = []

    def _end_paste(self, tokens: list[Token]) -> None:
        if self._paste is not None:
            text, self._paste = "".join(self._paste), None
            if text:
                tokens.append(Pasted(_lines(text)))

    def _take(self, text: str, now: float, tokens: list[Token]) -> None:
        text, self._begun = self._begun + text, ""
        text = self._belated(text, now)
        while text:
            if self._paste is not None:
                text = self._take_pasted(text, self._paste, tokens)
            elif text[0] != "\x1b":
                plain, escape, rest = text.partition("\x1b")
                self._take_plain(plain, tokens)
                text = escape + rest
            else:
                self._end_burst(tokens)
                text = self._take_sequence(text, tokens)

    def _take_plain(self, plain: str, tokens: list[Token]) -> None:
        fast = self._burst or len(plain) >= SHORTEST_BURST
        if fast and all(each.isprintable() or each in "\r\n\t" for each in plain):
            self._burst.append(plain)
        else:
            self._end_burst(tokens)
            tokens.append(Typed(plain))

    def _belated(self, text: str, now: float) -> str:
        """Put the Esc back before the rest of its sequence, which the network held up."""
        early, self._early_escape = self._early_escape, None
        if early is None or not text or now - early > PATIENCE:
            return text
        whole = "\x1b" + text
        is_rest = _LATE_REST.fullmatch(text) and not _TYPED_AFTER.match(whole)
        return whole if is_rest else text

    def _take_pasted(self, text: str, paste: list[str], tokens: list[Token]) -> str:
        pasted, end, rest = text.partition(_PASTE_END)
        key = _PRESSED.search(pasted)
        if key is not None:
            paste.append(pasted[: key.start()])
            self._end_paste(tokens)
            return text[key.start() :]
        if end:
            paste.append(pasted)
            self._end_paste(tokens)
            return rest
        kept = pasted
        for length in range(min(len(pasted), len(_PASTE_END) - 1), 0, -1):
            if _PASTE_END.startswith(pasted[-length:]):
                kept, self._begun = pasted[:-length], pasted[-length:]
                break
        paste.append(kept)
        return ""

    def _take_sequence(self, text: str, tokens: list[Token]) -> str:
        """Take the sequence that `text` begins with; what is left."""
        match = None if _TYPED_AFTER.match(text) else _COMPLETE.match(text)
        if match is None:
            if _BEGUN.match(text):
                self._begun = text
                return ""
            if broken := _BROKEN.match(text):
                return text[broken.end() :]
            tokens.append(Escape())  # and what follows it are keys of their own
            return text[1:]
        sequence, rest = match[0], text[match.end() :]
        if sequence == _PASTE_START:
            self._paste = []
        elif sequence == _PASTE_END:
            pass
        elif _STRING.match(sequence) is None:
            tokens.append(_modified(sequence) or Typed(sequence))
        return rest


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _modified(sequence: str) -> Token | None:
    """Read a key with modifiers (xterm's and kitty's form) as the key that all terminals send."""
    match = _MODIFIED.fullmatch(sequence)
    if match is None:
        return None
    code, bits = int(match["code"] or match["u"]), int(match["bits"] or match["m"]) - 1
    if not 0 < code < 0x110000:
        return Typed("")
    character = chr(code)
    if bits & 4 and character.isascii() and character.isalpha():
        return Typed(chr(ord(character.upper()) & 0x1F))
    if code == 27:
        return Escape()
    return Alt(character) if bits & 2 and character.isprintable() else Typed(character)
