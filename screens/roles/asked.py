"""What is asked before a role is given away with which the user has access to the mentee."""

from __future__ import annotations

from collections.abc import Sequence

from data.clock import today
from data.i18n import _
from data.method.view import MenteeView
from data.queries.own_person import asked_before_leaving, left_with
from data.store.change import Change
from screens.dialogs.ask import AskDialog
from screens.frame.entries import said_of_new
from screens.mentee.grid import GridScreen


async def may_leave(screen: GridScreen, seen: MenteeView, changes: Sequence[Change]) -> bool:
    """Return whether changes of roles may be made. Call it from a worker.

    The user is asked where they end the own access to the mentee on the server: nothing is there
    afterwards with which to undo that.

    Args:
        screen: Asks, and says that nothing was changed.
        seen: The mentee as the user saw it.
        changes: The changes.
    """
    name = left_with(screen.store, seen, changes, today())
    if not name:
        return True
    title, said = asked_before_leaving(name, seen.mentee.name)
    if await screen.app.push_screen_wait(AskDialog(title, said, undoable=False)):
        return True
    screen.say(_("Nothing was changed."))
    return False


async def give_role(
    screen: GridScreen, seen: MenteeView, changes: Sequence[Change], what: str
) -> None:
    """Commit who has a role, unless the user thinks better of it; say which person is new."""
    if await may_leave(screen, seen, changes):
        screen.commit(changes, what)
        if said := said_of_new(changes):
            screen.say(said)
