"""How the first screen opens: with the names of the mentees, and soon after with all the rest.

The names need no record but the mentee's own, so that the first paint waits for nothing else.
`tui.app.first_screen` has what the app asks of a screen that opens like this.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import monotonic

from screens.frame.places import FROM_THE_LIST
from screens.home.lists import HomeLists

AT_ONCE, BETWEEN = 32, 0.001
"""So many mentees it reads at once, and waits for keys so many seconds before it goes on."""
SAID_FROM, SAID_AGAIN = 0.5, 0.3
"""After so many seconds it says how far it has come, and so many seconds later again."""


class Opening:
    """How far the first screen has opened, and which mentee the cursor is put on."""

    def __init__(
        self,
        lists: HomeLists,
        lay: Callable[[], Awaitable[None]],
        show_all: Callable[[], None],
    ) -> None:
        """Make it for a screen and its lists.

        `lay` puts the widgets on the screen where it was left without them, see `unseen`;
        `show_all` reads and shows all of both lists: the mentees and Today.
        """
        self._lists = lists
        self._lay = lay
        self._show_all = show_all
        self.names_only = True
        """Whether the names alone are shown, until `complete`."""
        self.unseen = False
        """Whether another screen was opened in front before this one had anything on it."""
        self._is_reading = False
        """Whether what is not shown yet is being read."""
        self._say_at = 0.0
        """When it says next how far it has come, by the monotonic clock."""
        self._stood_on = ""
        """The mentee that the cursor stood on when that began."""
        self._stay = False
        """Whether the cursor stays where it is, although a talk was cut off elsewhere."""

    def stand_on(self, mentee_id: str) -> None:
        """Open with the cursor on this mentee, even where another one's talk was cut off."""
        self._lists.keep_position(mentee_id)
        self._stay = True

    def begin(self) -> None:
        """Put the cursor on the mentee whose talk was cut off, or else where it stood last."""
        if self.unseen:
            return
        self._lists.return_to_position()
        self._lists.mentees.focus()
        self._go_to_cut_off()

    def wait(self) -> None:
        """Make nothing of the first screen yet: another one opens in front of it at once."""
        self.unseen = True

    async def make(self) -> None:
        """Put on the first screen what `wait` has left out: all that the names need."""
        if self.unseen:
            self.unseen = False
            await self._lay()
            self.begin()

    def answers_early(self, key: str) -> bool:
        """Return whether a key can be answered while the names alone are shown."""
        return key in FROM_THE_LIST

    def complete(self, *, stay: bool = False) -> None:
        """Show everything, when all has been read. `stay` leaves the cursor where it is.

        It is read bit by bit, so that keys are answered meanwhile, however many mentees there are.
        """
        self._stay = self._stay or stay
        if self.names_only and not self._is_reading:
            self._is_reading, self._stood_on = True, self._lists.mentees.row_id
            self._say_at = monotonic() + SAID_FROM
            self._read_on()

    def finish(self) -> None:
        """Read what is left and show everything before anything else: it is looked for."""
        if self.names_only:
            while not self._lists.read_ahead(AT_ONCE):
                pass
            self._end()

    def _read_on(self) -> None:
        if not self.names_only:
            return
        if not self._lists.read_ahead(AT_ONCE):
            if monotonic() >= self._say_at:
                self._say_at = monotonic() + SAID_AGAIN
                self._lists.show_reading()
            self._lists.box.set_timer(BETWEEN, self._read_on)
            return
        self._end()

    def _end(self) -> None:
        self.names_only = self._is_reading = False
        # The user may have moved on in the names.
        self._stay = self._stay or self._lists.mentees.row_id != self._stood_on
        self._show_all()
        self._go_to_cut_off()

    def _go_to_cut_off(self) -> None:
        cut_off = self._lists.cut_off
        if cut_off is not None and not self._stay:
            self._lists.mentees.go_to(cut_off.mentee.id)
