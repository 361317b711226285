"""What a workplace adds to the library: its own texts, questions for talks, and tips.

None of it names a mentee, because all mentors of the file share it.
"""

from __future__ import annotations

from dataclasses import field
from typing import ClassVar

from data.frozen import frozen
from data.records.base import PASSING, Record, text_field


@frozen
class OwnText(Record):
    """A text of the library, as the workplace has rewritten it (R42, R79)."""

    table: ClassVar[str] = "texts"

    key: str
    """The key of the text in `data.library.TEXTS`."""
    text: str = text_field()
    """The new wording. If it is empty, the library's own wording is used again."""


@frozen
class Question(Record):
    """A question that the workplace has added. It is a step of every talk (R43, R44)."""

    table: ClassVar[str] = "questions"

    text: str
    """The question, word for word."""
    set_name: str = ""
    """The name of a set. The questions of a set can be switched on and off together."""
    probes: tuple[str, ...] = ()
    """Open questions that help the mentee to say more."""
    order: float = field(default=0.0, metadata=PASSING)
    """Its place among the questions: they are sorted by this number."""
    active: bool = True
    """Whether it is asked; if not, it is kept for later."""


@frozen
class Tip(Record):
    """Advice from experience with a type of task, offered with the tasks of every mentee (R63)."""

    table: ClassVar[str] = "tips"

    text: str = text_field()
    task_type: str = ""
    """The type of task that it is about; empty if it helps with every task."""
