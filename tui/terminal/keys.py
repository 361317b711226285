"""From tokens to Textual's messages: keys, pastes, mouse and reports, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.message import Message

from tui.terminal.input import Alt, Burst, Escape, KeyStream, Pasted, Token

_WELCOME: Final = re.compile(
    r"\x1b\[(?:<\d+;-?\d+;-?\d+[Mm]"  # the mouse
    r"|[IO]"  # the window's focus
    r"|\?(?:2026|2048);\d\$y|48;[\d:;]+t)"  # what the driver asks about
)
"""Sequences besides keys that Textual waits for. Any other is an answer to another program."""


class BurstPaste(Paste):
    """Text that may have been pasted, and may as well have been typed while the line stood still.

    Widgets take it as any paste. Whoever knows that nothing is there to take it
    (`tui.terminal.key_order`) can take it apart into the keys that it then was.
    """

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
        self._parser = XTermParser()

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
            elif token.text and (token.text[0] != "\x1b" or _is_known(token.text)):
                yield from self._parser.feed(token.text)

    def _alt(self, character: str) -> Iterator[Message]:
        """A key that a binding may know; it carries no character, so it is never typed."""
        sequence = "\x1b" + character
        if isinstance(ANSI_SEQUENCES_KEYS.get(sequence), tuple):
            yield from self._parser.feed(sequence)
            return
        name = _name(character)
        if name.isupper() and len(name) == 1:
            name = f"shift+{name.lower()}"
        yield Key(f"alt+{name}", None)


def _is_known(sequence: str) -> bool:
    return sequence in ANSI_SEQUENCES_KEYS or _WELCOME.fullmatch(sequence) is not None


def _name(character: str) -> str:
    """Return the name of the key that types a character."""
    named = {"\r": "enter", "\t": "tab"}.get(character)
    return named or (character if character.isalnum() else _character_to_key(character))
