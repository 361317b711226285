"""A question in full, what it is for, and open questions to go on with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widgets import Static

from widgets.glyphs import glyphs


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says. User text in it is never markup."""

    heading: str = ""
    """Where in the row of questions this one stands."""
    question: str = ""
    hint: str = ""
    probes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Short lines under the hint, such as which task the answer is about."""


class QuestionCard(Static):
    """Shows a `Card`; the probes come out when asked for, in the place of the hint."""

    DEFAULT_CSS = """
    QuestionCard { height: auto; max-height: 60%; }
    """

    def __init__(self) -> None:
        super().__init__(Content(""))
        self.card = Card()
        self.probing = False

    def show(self, card: Card, *, probing: bool = False) -> None:
        """Show a card, with its probes or without."""
        if (card, probing) != (self.card, self.probing):
            self.card, self.probing = card, probing
            self.update(self._content())

    def _content(self) -> Content:
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
    return [Content(f"{glyphs('·')} {text}") for text in texts]
