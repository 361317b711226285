"""Text fields that are being typed in: what is not committed yet, and what it began with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.frozen import immutable
from data.store.undo import TextKey


@immutable
class Typed:
    """A text that waits to be committed."""

    base: str
    """What the typist saw in the field when the typing began: the change's `before`."""
    text: str
    what: str
    """The name of the step of undo."""
    stored: str
    """What the field would read without this typing."""


class Typing:
    """The texts of one session."""

    def __init__(self) -> None:
        self.waiting: dict[TextKey, Typed] = {}
        self._last: dict[TextKey, str] = {}
        """What was typed last in each field that is being typed in."""

    def type(self, key: TextKey, text: str, what: str, *, stored: str, given: str) -> Typed:
        """Note what a field reads now.

        `stored` is what it reads in memory, `given` what it read in the typist's record. Somebody
        else's text may have come into memory without the typist's widget showing it yet. What is
        typed then continues the widget's text; taking it for an edit of the one in memory would
        delete the other's words.
        """
        known = self.waiting.get(key)
        if known is None:
            base = _nearest(text, (stored, self._last.get(key, given)))
            typed = Typed(base, text, what, stored)
        else:
            typed = replace(known, text=text, what=what)
        self.waiting[key] = typed
        self._last[key] = text
        return typed

    def arrived(self, key: TextKey, stored: str) -> None:
        """Note that the field would read something else now without the typing."""
        if key in self.waiting:
            self.waiting[key] = replace(self.waiting[key], stored=stored)

    def take(self) -> dict[TextKey, Typed]:
        """Return what waits, which then waits no more."""
        taken, self.waiting = self.waiting, {}
        return taken

    def end(self) -> None:
        """Forget what was typed last: no field is being typed in."""
        self._last.clear()


def _nearest(text: str, seen: Sequence[str]) -> str:
    """Return the one of the texts seen that `text` was made of by the smallest edit.

    It was an edit, so that the text itself cannot be the one.
    """
    edited = [candidate for candidate in dict.fromkeys(seen) if candidate != text]
    if len(edited) > 1:
        return min(edited, key=lambda candidate: _edit(candidate, text))
    return edited[0] if edited else text


def _edit(before: str, after: str) -> int:
    """Return how many characters one edit in one place must have taken out and put in."""
    shorter = min(len(before), len(after))
    start = 0
    while start < shorter and before[start] == after[start]:
        start += 1
    end = 0
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return len(before) + len(after) - 2 * (start + end)
