"""The guided talk as one of the places."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, NoReturn

from data.i18n import _
from tui.cli.plain.desk import Desk
from tui.cli.plain.moves import Leave
from tui.cli.plain.place import Place
from tui.cli.plain.words import which
from tui.cli.plain_talk.talk import PlainTalk


class TalkPlace(Place):
    """The talk with a mentee; a word after a full stop leaves it for another place."""

    name: ClassVar = "talk"

    def __init__(
        self, desk: Desk, mentee_id: str, *, short: bool = False, extra: bool = False
    ) -> None:
        super().__init__(desk, mentee_id)
        self._short, self._extra = short, extra

    @property
    def prompt(self) -> str:
        """The talk has its own prompts."""
        return _("Talk")

    @property
    def takes(self) -> str:
        """The talk has its own help."""
        return ""

    def say(self) -> None:
        """Say nothing: the talk says by itself where it is."""

    def take(self, line: str) -> None:
        """Take no line: the talk takes them."""

    def visit(self) -> NoReturn:
        """Begin the talk or go on with it; leave when it has ended.

        Raises `Stopped` where it is stopped, and `GoTo` where another place is gone to.
        """
        self.desk.look()
        mentee = self.view.mentee
        PlainTalk(
            self.desk.store,
            mentee,
            self.desk.limits,
            short=self._short,
            extra=self._extra,
            elsewhere=self._leave_for,
        ).run()
        raise Leave

    def _leave_for(self, typed: str) -> tuple[str, Callable[[], NoReturn]] | None:
        """Return what follows the name of another place, and what goes there; None for none."""
        name, rest = which(typed, {name: leads.word for name, leads in self.desk.leads.items()})
        if not name or name == self.name:
            return None
        mentee_id = self.mentee_id if self.desk.leads[name].of_mentee else ""
        return rest, partial(self.desk.go_to, name, mentee_id)
