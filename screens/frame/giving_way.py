"""What a screen does when whom it is about was deleted for good."""

from __future__ import annotations

from typing import Any

from textual.screen import ModalScreen, Screen

from data.store.store import Event


def gives_way(screen: Screen[Any], about: str, event: Event) -> bool:
    """Have a screen go, with the dialogs over it, if it is about somebody who was deleted for good.

    Until then it would show what must be nowhere. One behind another screen goes in its turn.

    Args:
        screen: The screen.
        about: The id of the mentee whom it is about; "" for one that stays.
        event: What has happened.

    Returns:
        Whether it goes.
    """
    if not about or not any(one.knows(about) for one in event.for_good):
        return False
    stack = screen.app.screen_stack
    at = stack.index(screen) if screen in stack else 0
    if at == 0 or not all(isinstance(above, ModalScreen) for above in stack[at + 1 :]):
        return False
    stack[at - 1].pop_until_active()
    return True
