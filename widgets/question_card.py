"""A card that shows a question of a talk, with a hint and with probes for more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from widgets.glyphs import glyphs
from widgets.marked import Marked


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows. All of it is plain text, never markup."""

    heading: str = ""
    """Which question this is, and of how many."""
    question: str = ""
    """The question itself, word for word."""
    hint: str = ""
    """What the question is for, or how to ask it."""
    probes: tuple[str, ...] = ()
    """Open questions that help the mentee to say more."""
    notes: tuple[str, ...] = ()
    """Short lines under the hint, such as the task that the answer is about."""


class QuestionCard(Marked):
    """Shows a `Card`: with its hint, or with its probes, since both would take too much room.

    Where it has no room for all of that, its last line ends in a mark, with the key that shows it.
    """

    DEFAULT_CSS = """
    QuestionCard { height: auto; max-height: 60%; }
    """

    def __init__(self, key: str = "") -> None:
        """Make an empty card; `key` shows the whole card, as it is written."""
        super().__init__(Content(""), mark=key)
        self.card = Card()
        """The card that is shown."""
        self.probing = False
        """Whether its probes are shown."""

    def show(self, card: Card, *, probing: bool = False) -> None:
        """Show a card: with its probes if `probing`, with its hint otherwise."""
        if (card, probing) != (self.card, self.probing):
            self.card, self.probing = card, probing
            self.update(self._content())

    @property
    def whole(self) -> str:
        """All that is shown, as text, a line for each part."""
        return self._content().plain

    def _content(self) -> Content:
        """Return the card as it is drawn, a part of it on each line."""
        card = self.card
        lines: list[Content] = []
        if card.heading:
            lines.append(Content.styled(card.heading, "$text-muted"))
        if card.question:
            lines.append(Content.styled(card.question, "bold"))
        if self.probing:
            lines.extend(_bullets(card.probes))
        elif card.hint:
            lines.append(Content.styled(card.hint, "$text-muted"))
        lines.extend(Content(note) for note in card.notes)
        return Content("\n").join(lines)


def _bullets(texts: Sequence[str]) -> list[Content]:
    """Return each text as a line with a dot in front of it."""
    return [Content(f"{glyphs('·')} {text}") for text in texts]
