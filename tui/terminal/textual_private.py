"""All that the program takes from inside Textual, in one place.

What is here has no public name, and another release may have it otherwise. Each thing says what it
is, why it is needed, and what breaks without it; `tests/test_textual_private.py` fails in words
where one is missing, and where one is used outside of this file.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any
from weakref import WeakSet

# What: Textual's reader of terminal input.
# Why: it makes the `Key` and mouse messages, under the names that bindings use.
# Without it: no key and no mouse; it would take a table and a reader of the mouse of our own.
from textual import keys, screen

# What: the keys that terminals' sequences stand for ("\x1b[A" -> Keys.Up), of some 300 sequences.
# Why: our `KeyStream` cuts the input into sequences; which key each of them is, Textual knows best.
# Without it: a sequence that is no key is typed into the text as letters.
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._context import visible_screen_stack
from textual._xterm_parser import XTermParser
from textual.app import App, ReturnType
from textual.css.stylesheet import Stylesheet
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.worker import WorkerFailed


class SequenceReader:
    """Whole sequences of a terminal in, Textual's messages out."""

    def __init__(self) -> None:
        self._parser = XTermParser()

    def read(self, sequence: str) -> Iterable[Message]:
        """Return the messages that a letter, or one key's whole sequence, stands for."""
        return self._parser.feed(sequence)


def is_known(sequence: str) -> bool:
    """Return whether a sequence stands for a key."""
    return sequence in ANSI_SEQUENCES_KEYS


def is_named_key(sequence: str) -> bool:
    """Return whether a sequence stands for a key with a name, and for no other sequence."""
    return isinstance(ANSI_SEQUENCES_KEYS.get(sequence), tuple)


# What: `textual.screen.key_to_character`, by which screens ask what each of their keys types.
# Why: for keys such as Enter it searches the names of all characters there are, and so reads 0.8 MB
# of tables into the memory at every start.
# Without it: the program takes that much more memory, and is as it was.
_ANY_KEY = keys.key_to_character
_TYPES = {"space": " ", "question_mark": "?", "exclamation_mark": "!", "colon": ":"}
_TYPES_NOTHING = frozenset({"enter", "escape", "tab", "up", "down", "home", "end"}) | {
    *("pageup", "pagedown", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10"),
    "slash",  # Textual looks for it by another name than it has there, and finds nothing
}


def character_of(key: str) -> str | None:
    """Return the character that a key types; None for a key that types none."""
    return None if key in _TYPES_NOTHING else _TYPES.get(key) or _ANY_KEY(key)


vars(screen)["key_to_character"] = character_of


# What: three methods of `Screen`. `_compositor_refresh` draws what has changed on it; by
# `_screen_resized` it lays out what is on it when it is told its size; `_on_timer_update` does both
# in a moment, where `_layout_required` says so. `App._batch_count` is not 0 while what is drawn is
# not shown (`App.batch_update`).
# Why: a screen that opens was drawn before its bars and panes knew their sizes, and once more with
# them. At the start, while nothing was shown, it was laid out and drawn three times.
# Without it: an early key is answered later, by 4% of the start, and screens take some 5% more
# bytes.
DRAW = Screen._compositor_refresh
LAY_OUT = Screen._screen_resized
TICK = Screen._on_timer_update
_drawn = WeakSet[Screen[Any]]()
_ticked = WeakSet[Screen[Any]]()
_held_back = WeakSet[Screen[Any]]()
"""Screens that would have been drawn while nothing was shown."""


def _draw_what_is_shown(self: Screen[Any]) -> None:
    if self.app._batch_count:
        _held_back.add(self)
    elif self in _ticked or self in _drawn or not self._layout_required:
        _drawn.add(self)
        DRAW(self)


def _lay_out_once(self: Screen[Any], size: Size) -> None:
    soon = self in _held_back and self not in _drawn and self._layout_required
    if not soon or size != self.outer_size:
        LAY_OUT(self, size)


def _tick(self: Screen[Any]) -> None:
    _ticked.add(self)
    TICK(self)


for _method, _ours in ((DRAW, _draw_what_is_shown), (LAY_OUT, _lay_out_once), (TICK, _tick)):
    setattr(Screen, _method.__name__, _ours)


# What: `Stylesheet._parse_rules`, by which a style sheet is read, and what it reads it with and
# keeps it in: `_variables` and `_parse_cache`.
# Why: it takes 5% of the start, and comes to the same at each.
# Without it: the start takes that much longer.
PARSE = Stylesheet._parse_rules
Parsed = Callable[[tuple[object, ...], Callable[[], list[Any]]], list[Any]]
"""Returns what a style sheet says, by all that decides it; the second argument reads it."""


def parse_by(parsed: Parsed) -> None:
    """Have all style sheets read by this."""
    signature = inspect.signature(PARSE)

    def parse(self: Stylesheet, *given: Any, **named: Any) -> list[Any]:
        call = signature.bind(self, *given, **named)
        call.apply_defaults()
        source = call.args[1:]
        if source not in self._parse_cache:
            self._parse_cache[source] = parsed(
                (*source, self._variables), lambda: PARSE(self, *source)
            )
        return self._parse_cache[source]

    setattr(Stylesheet, PARSE.__name__, parse)


class EndsWithoutPicture(App[ReturnType]):
    """A base for apps that end on an error without Textual's picture of it.

    Textual draws the error with the values of all variables, which would put on the screen what
    users have written. Here the error is kept in `crash`, for the caller of `run` to raise again
    when the terminal is as it was.
    """

    crash: Exception | None = None
    """What ended the app although nobody had foreseen it."""

    def lacks(self, error: ImportError) -> bool:
        """Whether the app goes on without a module that could not be loaded, and has said so."""
        return False

    # What: the method that Textual calls on an error that nobody has caught, be it in a worker.
    # Why: a worker that lacks a module has ended by then, and the app can go on. Without it: the
    # session ends when a library was removed under it.
    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else None
        if not (isinstance(cause, ImportError) and self.lacks(cause)):
            super()._handle_exception(error)

    # What: the method that Textual calls on an error that nobody has caught, once `_exception` is
    # set. Why: it is where the picture is drawn. Without it: the picture is on the screen, and
    # with it private words; the report of `tui.cli.main` is not written.
    def _fatal_error(self) -> None:
        self.crash = self._exception
        if isinstance(self.crash, WorkerFailed) and isinstance(self.crash.error, Exception):
            self.crash = self.crash.error
        self.exit(return_code=1)


# What: the `Screen._compositor`, which puts together what a screen shows; the screens that are seen
# behind it, `App._background_screens`, and where it looks for them, `visible_screen_stack`.
# Why: to read the words on a screen. Textual's picture of it has them too, and takes much longer;
# `mentor doctor --canary` looks at hundreds of screens.
# Without it: that picture, and a command that is so much slower.
def words_on(app: App[Any]) -> list[str]:
    """Return the lines of what the screen in front shows, as wide as the screen."""
    visible_screen_stack.set(app._background_screens)
    shown = app.screen._compositor.render_full_update()
    return ["".join(part.text for part in line) for line in shown.strips]
