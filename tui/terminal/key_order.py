"""Each key is handed on when the one before it has been dealt with.

A widget gets its keys through a queue of its own, while keys with priority are dealt with at once,
and a focus or a dialog that a key asks for comes a moment later. Keys that arrive in one burst, as
they do over a slow line, could so overtake each other: letters typed before PageDown would end up
in the text after it, and those typed after `n` would be commands.

Keys typed while the line stood still come as one `BurstPaste`. Where there is nothing to write in
they are commands until there is: `n` and a whole note, say.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Final
from weakref import ref

from textual import events
from textual.app import App, ScreenStackError
from textual.message_pump import MessagePump
from textual.screen import Screen

from tui.terminal.keys import BurstPaste

PATIENCE: Final = 0.25
"""Seconds after which it is looked what became of a key, and again after as many."""
LONGEST: Final = 2.0
"""Seconds after which a key counts as dealt with, whatever became of it."""
LOOK_AGAIN: Final = 0.005
"""Seconds between two looks at a screen that is about to be there."""
MOST_COMMANDS: Final = 6
"""Keys of a burst that may be commands. Where they have opened no text it is somebody's paste, gone
astray, and the rest of it does nothing."""


class _Passed(events.Event):
    """Follows a key from widget to widget; where it arrives, the key has been before."""

    def __init__(self, order: KeyOrder, number: int, rounds: int) -> None:
        super().__init__()
        self.order = order
        self.number = number
        self.rounds = rounds


class KeyOrder:
    """The keys of an app that wait for the one being dealt with."""

    def __init__(self, app: App[Any], hand_on: Callable[[events.Event], Awaitable[None]]) -> None:
        """Keep the keys of `app` in order; `hand_on` is what it does with one."""
        self._app = app
        self._hand_on = hand_on
        self._waiting: deque[events.Key | events.Paste] = deque()
        self.rested: Callable[[], None] | None = None
        """Called when all keys that came have been dealt with."""
        self._number = 0
        """Of the key being dealt with; grows."""
        self._busy = False
        self._held = False
        self._commands = 0
        """Keys of a burst that have been commands."""
        self._watch: asyncio.TimerHandle | None = None
        """Goes on when a key got lost with its widget."""
        self._until = 0.0
        """When the key being dealt with counts as dealt with, by the loop's clock."""
        self._bearer: MessagePump | None = None
        """What has been handed the message that follows the key."""
        self._screen: Callable[[], Screen[Any] | None] = lambda: None
        """Return the screen that has settled and takes keys; None where there is none yet."""

    @property
    def waiting_key(self) -> str | None:
        """The key that is to be dealt with next; "" for a paste, None where nothing waits."""
        first = self._waiting[0] if self._waiting else None
        return first.key if isinstance(first, events.Key) else None if first is None else ""

    @property
    def is_busy(self) -> bool:
        """Whether a key is being dealt with, or waits."""
        return self._busy or bool(self._waiting)

    def hold(self) -> None:
        """Let the keys wait: what they are meant for is not there yet."""
        self._held = True

    def let_go(self) -> None:
        """Deal with the keys that have waited, and from now on with each as it comes."""
        self._held = False
        self._app.call_later(self._begin)

    async def take(self, event: events.Event) -> bool:
        """Take care of an event that has reached the app; False where it is none of ours."""
        if isinstance(event, _Passed):
            if event.order is self and event.number == self._number:
                self._follow(event.number, event.rounds - 1)
            return True
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            return False
        self._waiting.append(event)
        if not self._busy and not self._held:
            await self._next()
        return True

    async def _begin(self) -> None:
        """Deal with the keys that have waited, unless one that came since has begun that."""
        if not self._busy:
            await self._next()

    async def _next(self) -> None:
        """Deal with the next key, when the screen that it is meant for is there."""
        was_busy, self._busy = self._busy, bool(self._waiting)
        if not self._busy:
            if was_busy and self.rested is not None:
                self.rested()
            return
        self._number += 1
        number = self._number
        self._until = asyncio.get_running_loop().time() + LONGEST
        screen = self._app.screen
        if not screen.is_mounted:
            self._watch = asyncio.get_running_loop().call_later(
                LOOK_AGAIN, self._app.call_later, self._go_on, number
            )
            return
        if screen is not self._screen():
            # What a screen asks for when it comes, such as the focus, comes a round behind it.
            self._screen = ref(screen)
            self._look_in(PATIENCE, number)
            self._follow(number, 1)
            return
        event = self._first()
        await self._hand_on(event)
        self._look_in(PATIENCE, number)
        # What a key has a widget say, such as that Enter was pressed in it, comes a round behind.
        letter = isinstance(event, events.Key) and event.is_printable
        self._follow(number, 1 if letter else 2)

    def _first(self) -> events.Key | events.Paste:
        """Take the event that comes first; of a burst that no text takes, its first key."""
        event = self._waiting.popleft()
        if not isinstance(event, BurstPaste) or _takes_text(self._app):
            self._commands = 0
            return event
        key, rest = event.split()
        self._commands += 1
        if rest is None or self._commands == MOST_COMMANDS:
            self._commands = 0
        else:
            self._waiting.appendleft(rest)
        return key

    def _follow(self, number: int, rounds: int) -> None:
        """Go on when so many rounds through the widgets' queues have come to their end."""
        try:
            self._bearer = self._app.focused or self._app.screen
        except ScreenStackError:
            return  # the app has ended behind this key, and no other one comes
        if rounds == 0 or not self._bearer.post_message(_Passed(self, number, rounds)):
            self._app.call_later(self._go_on, number)

    def _look_in(self, seconds: float, number: int) -> None:
        """Look in so many seconds what became of key `number`."""
        self._watch = asyncio.get_running_loop().call_later(seconds, self._look, number)

    def _look(self, number: int) -> None:
        """Go on where key `number` went with its widget, or has been waited for long enough.

        Otherwise the computer is busy: the next key would go to what stands there still.
        """
        lost = self._bearer is not None and not self._bearer.is_attached
        if lost or asyncio.get_running_loop().time() >= self._until:
            self._app.call_later(self._go_on, number)
        else:
            self._look_in(PATIENCE, number)

    async def _go_on(self, number: int) -> None:
        """Go on after key `number`, unless that has happened."""
        if number == self._number and self._busy:
            if self._watch is not None:
                self._watch.cancel()
                self._watch = None
            await asyncio.sleep(0)  # a worker that the key started gets its turn
            await self._next()


def _takes_text(app: App[Any]) -> bool:
    """Whether what has the focus takes pasted text; our own fields say so by taking it."""
    return hasattr(app.focused, "on_paste")
