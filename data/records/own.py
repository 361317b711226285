"""What a workplace makes its own in the library: texts, questions for talks, tips without names."""

from __future__ import annotations

from typing import ClassVar

from data.frozen import frozen
from data.records.base import Record, text_field


@frozen
class OwnText(Record):
    """A text of the library as the workplace has rewritten it (R42, R79)."""

    table: ClassVar[str] = "texts"

    key: str
    """Key of the text in `data.library.TEXTS`."""
    text: str = text_field()
    """Empty: the library's own words hold again."""


@frozen
class Question(Record):
    """A question of one's own; while it is asked it is a step of every talk (R43, R44)."""

    table: ClassVar[str] = "questions"

    text: str
    set_name: str = ""
    """Questions of one name can be switched on and off together."""
    probes: tuple[str, ...] = ()
    """Open questions to go on with."""
    order: float = 0.0
    active: bool = True


@frozen
class Tip(Record):
    """Experience with a type of task, shared by all mentees; it knows of none of them (R63)."""

    table: ClassVar[str] = "tips"

    text: str = text_field()
    task_type: str = ""
    """Empty: it holds for every task."""
