"""Where one is in a plain command: a list, or a record with its fields."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from data.method.view import MenteeView
from tui.cli.plain.desk import Desk
from tui.cli.plain.moves import GivenUp


class Place(ABC):
    """A place: it says what there is, and takes lines until it is left."""

    name: ClassVar[str] = ""
    """The name of the command that leads here; "" for what is opened from a list."""
    COMMANDS: ClassVar[Mapping[str, str]] = {}
    """What can be written after a full stop here: name -> msgid."""

    def __init__(self, desk: Desk, mentee_id: str = "", task_id: str = "") -> None:
        """`mentee_id` and `task_id` say what a line is about that answers nothing; or ""."""
        self.desk = desk
        self.mentee_id = mentee_id
        self.task_id = task_id
        self._was_said = False

    @property
    def view(self) -> MenteeView:
        """The mentee's records as they are now. Raises `Problem` if the mentee is gone."""
        return self.desk.view_of(self.mentee_id)

    @property
    @abstractmethod
    def prompt(self) -> str:
        """What is said before a line is awaited: where one is, in a word or two."""

    @property
    @abstractmethod
    def takes(self) -> str:
        """What can be written here, to the one who asks by `?`."""

    @abstractmethod
    def say(self) -> None:
        """Say what there is."""

    @abstractmethod
    def take(self, line: str) -> None:
        """Do what a line means here; "" for an empty one. May raise `Leave` or `GoTo`."""

    def do(self, command: str, rest: str) -> None:
        """Carry out one of the `COMMANDS`; `rest` is what was written after it."""
        raise NotImplementedError(command)

    def again(self) -> None:  # noqa: B027 - most places have nothing to say
        """Take in what has changed, and say what is to be said of it."""

    def visit(self) -> None:
        """Say what there is, and take lines. Raises `Leave`, `GoTo` or `Stopped` in the end."""
        self.desk.look()
        if self._was_said:
            self.again()
        else:
            self._was_said = True
            self.say()
            self.desk.say_help_is_there()
        while True:
            try:
                line = self.desk.ask(self.prompt, self.takes)
                with self.desk.asking():
                    self.take(line)
            except GivenUp:
                continue
