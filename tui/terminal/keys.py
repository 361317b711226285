"""From tokens to Textual's messages: keys, pastes, mouse and reports, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from textual.events import Key, Paste
from textual.keys import KEY_NAME_REPLACEMENTS
from textual.message import Message

from tui.terminal.input import Alt, Burst, Escape, KeyStream, Pasted, Token
from tui.terminal.textual_private import SequenceReader, is_known, is_named_key

_MOUSE_OR_FOCUS: Final = re.compile(r"\x1b\[(?:<\d+;-?\d+;-?\d+[Mm]|[IO])")
"""Sequences besides keys that are for us. Any other is an answer to another program."""

_OTHERWISE: Final = {
    # st, before a program has asked for other sequences
    **{"\x1b[P": "delete", "\x1b[2K": "shift+delete", "\x1b[2J": "shift+home"},
    **{"\x1b[K": "shift+end", "\x1b[J": "ctrl+end", "\x1b[L": "ctrl+insert"},
    # rxvt
    **{"\x1b[7^": "ctrl+home", "\x1b[8^": "ctrl+end", "\x1bOb": "ctrl+down"},
    # Shift and F3 to F10: PuTTY, rxvt, the Linux console; F3 in xterm
    **{f"\x1b[{sent}~": f"f{n}" for n, sent in enumerate((25, 26, 28, 29, 31, 32, 33, 34), 13)},
    "\x1b[1;2R": "shift+f3",
    # the Linux console
    "\x1b\t": "shift+tab",
}
"""Keys that Textual does not know, takes for others, or for letters."""
_NAMED: Final = {"\r": "enter", "\t": "tab"}


class BurstPaste(Paste):
    """Text that may have been pasted, and may as well have been typed while the line stood still.

    Widgets take it as any paste. Whoever knows that nothing is there to take it
    (`tui.terminal.key_order`) can take it apart into the keys that it then was.
    """

    as_typed = True
    """A line break in it is the Enter that one has typed, as `widgets.line_input` asks."""

    def split(self) -> tuple[Key, BurstPaste | None]:
        """Return the first key, and what followed it."""
        first, rest = self.text[0], self.text[1:]
        character = "\r" if first == "\n" else first
        return Key(_name(character), character), BurstPaste(rest) if rest else None


BurstPaste.handler_name = Paste.handler_name


class KeyReader:
    """Bytes of the terminal in, messages for the app out."""

    def __init__(self, escape_delay: float) -> None:
        self._stream = KeyStream(escape_delay)
        self._sequences = SequenceReader()

    @property
    def due(self) -> float | None:
        """When to call `tick`, or None while nothing is waiting."""
        return self._stream.due

    def reset(self) -> Iterator[Message]:
        """Yield what was held back, and wait for nothing more."""
        yield from self._messages(self._stream.reset())

    def feed(self, data: bytes, now: float) -> Iterator[Message]:
        """Yield what `data`, read at the time `now`, completes."""
        yield from self._messages(self._stream.feed(data, now))

    def tick(self, now: float) -> Iterator[Message]:
        """Yield what has waited long enough."""
        yield from self._messages(self._stream.tick(now))

    def _messages(self, tokens: list[Token]) -> Iterator[Message]:
        for token in tokens:
            if isinstance(token, Pasted):
                yield Paste(token.text)
            elif isinstance(token, Burst):
                yield BurstPaste(token.text)
            elif isinstance(token, Escape):
                yield Key("escape", "\x1b")
            elif isinstance(token, Alt):
                yield from self._alt(token.character)
            elif token.text in _OTHERWISE:
                yield Key(_OTHERWISE[token.text], None)
            elif token.text and (token.text[0] != "\x1b" or _is_known(token.text)):
                yield from self._sequences.read(token.text)

    def _alt(self, character: str) -> Iterator[Message]:
        """A key that a binding may know; it carries no character, so it is never typed."""
        sequence = "\x1b" + character
        if is_named_key(sequence):
            yield from self._sequences.read(sequence)
            return
        name = _name(character)
        if name.isupper() and len(name) == 1:
            name = f"shift+{name.lower()}"
        yield Key(f"alt+{name}", None)


def _is_known(sequence: str) -> bool:
    return is_known(sequence) or _MOUSE_OR_FOCUS.fullmatch(sequence) is not None


def _name(character: str) -> str:
    """Return the name of the key that types a character, as bindings have it."""
    if character in _NAMED or character.isalnum():
        return _NAMED.get(character, character)
    name = unicodedata.name(character, character)
    name = name.lower().replace("-", "_").replace(" ", "_") if len(name) > 1 else name
    return KEY_NAME_REPLACEMENTS.get(name, name)
