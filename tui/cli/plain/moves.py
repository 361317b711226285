"""How places of a plain command are left, and what is known of a place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Visited(Protocol):
    """A place, as the run knows it that goes from one to the other."""

    mentee_id: str
    """The mentee that a line is about which answers nothing; or ""."""
    task_id: str
    """The task that it is about; or ""."""

    @property
    def name(self) -> str:
        """The name of the command that leads there; "" for what is opened from a list."""

    @property
    def COMMANDS(self) -> Mapping[str, str]:  # noqa: N802 - as the places have it
        """What can be written after a full stop there: name -> msgid."""

    def do(self, command: str, rest: str) -> None:
        """Carry out one of the `COMMANDS`; `rest` is what was written after it."""

    def again(self) -> None:
        """Take in what has changed, and say what is to be said of it."""

    def visit(self) -> None:
        """Say what there is, and take lines. Raises `Leave`, `GoTo` or `Stopped` in the end."""


class Leave(Exception):
    """The place is left for the one before it."""


class GivenUp(Exception):
    """A question is left, and the place goes on."""


class GoTo(Exception):
    """Another place is gone to."""

    def __init__(self, place: Visited) -> None:
        super().__init__()
        self.place = place
