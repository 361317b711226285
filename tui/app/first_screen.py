"""What the app asks of a first screen that opens in two steps.

At the start the names of the mentees are painted at once, and what takes time is worked out when
they stand on the screen. A key that only needs a name, such as Enter on a mentee, is answered
before that. Only the first screen knows of this; all others open in one step.
"""

from __future__ import annotations

import gc
from typing import Protocol, runtime_checkable

from screens.frame.context import Context
from tui.start.early_list import Glimpse


class OpeningInSteps(Protocol):
    """How far the first screen has opened."""

    def stand_on(self, mentee_id: str, /) -> None:
        """Open with the cursor on this mentee, whom the user chose before the screen was there."""

    unseen: bool
    """Whether another screen opens in front of it at once, so that nothing is made of it yet."""

    def wait(self) -> None:
        """Make nothing of the first screen yet: another one opens in front of it at once."""

    async def make(self) -> None:
        """Make what `wait` has left out."""

    def answers_early(self, key: str, /) -> bool:
        """Return whether a key can be answered before the rest is shown."""

    def complete(self, *, stay: bool = False) -> None:
        """Show the rest.

        `stay` leaves the cursor where it is: keys are waiting that were meant for what is there.
        """


@runtime_checkable
class OpensInSteps(Protocol):
    """A first screen that shows the names first, and the rest when it is told to."""

    @property
    def opening(self) -> OpeningInSteps:
        """The part of it that knows how far it has opened."""


def go_on_from(glimpse: Glimpse, opening: OpeningInSteps, context: Context) -> None:
    """Have the first screen open as the keys want it that were pressed while it was loaded.

    Where one of them opens another screen, `glimpse.place`, in front of it, it waits.
    """
    if glimpse.chosen:
        opening.stand_on(glimpse.chosen)
        if glimpse.place and context.mentee(glimpse.chosen) is not None:
            opening.wait()


def look_for_garbage() -> None:
    """Look for garbage from now on, but not among what was made at the start (`tui.app.run`)."""
    gc.freeze()
    gc.enable()
