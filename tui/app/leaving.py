"""Leaving the program: when all is saved, or when the user says so where it cannot be."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Any

from textual.app import App
from textual.screen import Screen

from data.i18n import _, ngettext
from data.storage.problems import NO_MENTOR
from data.store.store import SaveState, SaveStatus
from data.store.unsaved import LeftBehind
from screens.frame.context import Context
from screens.frame.unfinished import UnfinishedTexts
from widgets.grid import Grid

REST_SECONDS = 1.0
"""How long leaving waits for what the keys before it asked for."""
LEAVE_SECONDS = 5.0
"""How long leaving waits for the disk before it asks; longer than another session is waited for."""
LOOK_AGAIN_SECONDS = 0.02


class Leaving:
    """Asks the records and the screens of an app whether it may end."""

    def __init__(self, app: App[Any], context: Context, unfinished: UnfinishedTexts) -> None:
        self._app = app
        self._context = context
        self._store = context.store
        self._unfinished = unfinished
        self._under_way = False

    async def may_leave(self) -> bool:
        """Return whether to leave, when all is saved or the user was asked; once at a time."""
        if self._under_way:
            return False
        self._under_way = True
        try:
            await self._come_to_rest()
            self._unfinished.sweep()
            self._store.commit_typing()
            return await self._is_all_saved() or await self._leave_anyway()
        finally:
            self._under_way = False

    async def _come_to_rest(self) -> None:
        """Let the keys before this one have their effect, so that it is saved with the rest."""
        end = monotonic() + REST_SECONDS
        while monotonic() < end:
            nodes = self._app.screen.walk_children(with_self=True)
            filled_in = any(map(_is_filled_in, self._app.screen_stack))
            ending = self._unfinished.has_open and not filled_in
            if not ending and not any(node.message_queue_size for node in nodes):
                return
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def _is_all_saved(self) -> bool:
        """Whether all is saved, when what was on its way to the disk has had time to arrive."""
        end = monotonic() + LEAVE_SECONDS
        while self._store.unsaved and self._store.status.state is not SaveState.FAILED:
            if monotonic() > end:
                break
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        return not self._store.unsaved

    async def _leave_anyway(self) -> bool:
        # only where something could not be saved
        from data.server_sentences import and_then
        from screens.dialogs.ask import AskDialog

        left = LeftBehind(0, True) if self._context.demo else self._store.left_behind()
        why = str(self._store.status.problem or "")
        said = and_then(why, kept_text(left, self._store.status))
        dialog = AskDialog(_question(left), said, undoable=False)
        answer = await self._app.push_screen_wait(dialog)
        return answer is True


def _question(left: LeftBehind) -> str:
    if not left.is_lost:
        return _("Not saved. Quit anyway?")
    if left.texts:
        return _("Not saved. Quit anyway and lose the other changes?")
    return _("Not saved. Quit anyway and lose what is not saved?")


def kept_text(left: LeftBehind, status: SaveStatus) -> str:
    """Return what is said of typed texts that come back at the next start; "" without any.

    `status` says why they are not saved: whoever is no mentor any more cannot start there.
    """
    if not left.texts:
        return ""
    if status.problem is not None and status.problem.kind in NO_MENTOR:
        text = ngettext(
            "{count} text that you typed is kept on this computer: mentor doctor --typed shows it.",
            "{count} texts that you typed are kept on this computer: mentor doctor --typed shows "
            "them.",
            left.texts,
        )
        return text.format(count=left.texts)
    text = ngettext(
        "{count} text that you typed is kept on this computer and comes back at the next start.",
        "{count} texts that you typed are kept on this computer and come back at the next start.",
        left.texts,
    )
    return text.format(count=left.texts)


def _is_filled_in(screen: Screen[Any]) -> bool:
    """Whether a form or a cell is open there."""
    return screen.is_modal or any(grid.editing for grid in screen.query(Grid))
