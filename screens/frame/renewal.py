"""When a screen shows the records again: at once, or what others have changed in one go."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import ClassVar, Protocol

from textual.timer import Timer

from data.records import BY_TABLE, Mentee, MenteeRecord
from data.store.store import Event, Store
from screens.frame.notices import Notices

GATHER_SECONDS = 0.5
"""What others change within that long after they were shown is shown together."""
_OF_MENTEES = frozenset(
    table for table, kind in BY_TABLE.items() if kind is Mentee or issubclass(kind, MenteeRecord)
)
"""The tables in which each record belongs to a mentee."""


class _Screen(Protocol):
    """What is needed of the screen."""

    GIVES_WAY: ClassVar[bool]
    store: Store
    notices: Notices

    @property
    def in_sight(self) -> bool: ...
    def bring_up_to_date(self) -> None: ...
    def show_records(self) -> None: ...
    def give_way(self) -> None: ...
    def show_title(self) -> None: ...
    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer: ...


class Renewal:
    """Knows whether a screen shows what is stored, and has it shown where it does not.

    What is changed here is shown at once. Others may write at any time, many of them together: the
    first that comes is shown at once too, and what follows soon after with the next renewal.
    """

    def __init__(self, screen: _Screen) -> None:
        """Make that of a screen, which shows nothing yet."""
        self.is_due = True
        """Whether records have changed that the screen may show."""
        self.about = ""
        """The id of the mentee of whom alone it shows records; "" where it may show any."""
        self.show_news: Callable[[], None] = screen.show_records
        """Shows what others have changed, of which perhaps nothing is seen on the screen."""
        self._screen = screen
        self._shown_at = 0
        """The revision of the records that are shown."""
        self._later: Timer | None = None
        self._next_at = 0.0
        """When what others change may be shown again, by the monotonic clock."""

    def show(self, show: Callable[[], None] | None = None) -> None:
        """Have the records shown, by `show` if given; give way if whom it is about is gone."""
        self.is_due, self._shown_at = False, self._screen.store.revisions.last
        if self._is_about_nobody():
            self._screen.give_way()
        else:
            (show or self._screen.show_records)()
            self._screen.notices.look_again()

    def _is_about_nobody(self) -> bool:
        """Whether somebody else has deleted the mentee whom alone the screen is about."""
        there = not self.about or self._screen.store.get(Mentee, self.about) is not None
        return self._screen.GIVES_WAY and not there

    def take(self, event: Event) -> None:
        """Have the records shown that have changed, if the screen may show them."""
        if not event.own and not self._concerns(event):
            return
        self.is_due = True
        if not self._screen.in_sight:
            return
        if event.own or event.clashes or event.replaced:
            self._screen.bring_up_to_date()
        elif self._later is None:
            wait = self._next_at - monotonic()
            if wait > 0:
                self._later = self._screen.set_timer(wait, self._show_of_others)
            else:
                self._show_of_others()

    def _concerns(self, event: Event) -> bool:
        """Whether what others have changed may be seen: records of this mentee, or of none."""
        if not self.about or not event.tables <= _OF_MENTEES:
            return True
        return self._screen.store.revisions.of(self.about) > self._shown_at

    def _show_of_others(self) -> None:
        self._later = None
        if self.is_due and self._screen.in_sight:
            self.show(self.show_news)
            self._screen.show_title()
        self._next_at = monotonic() + GATHER_SECONDS
