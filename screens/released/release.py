"""`R` on the status for the manager: release it to managers of the team, or take it back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final, Protocol

from textual.binding import Binding, BindingType

from data.documents.model.document import Document
from data.i18n import N_, _
from data.records import Mentee
from data.released.on_server import Holder, Standing, release, standing, withdraw
from data.released.status import NotReleased, status_of
from data.released.words import names_text, no_manager_text, plain
from data.storage.problems import StorageError
from screens.dialogs.pick import Item, PickDialog
from screens.frame.base import BaseScreen
from screens.frame.commands import Commands

_ALL: Final = "all"
_BACK: Final = "back"
_TO: Final = "to:"
"""What the id of an item begins with that stands for one manager; the login follows."""


class ShowsStatus(Protocol):
    """The page of a status, which shows who has it."""

    @property
    def mentee(self) -> Mentee | None:
        """Whose status it is, as the store has them now."""

    def know_holders(self, holders: Sequence[Holder]) -> None:
        """Show who has the status."""


class Releases(Commands):
    """Releasing the status that the page shows."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding(
            "R",
            "do('release')",
            N_("Release"),
            tooltip=N_("Release to the managers, or withdraw"),
        )
    ]

    def __init__(self, screen: BaseScreen[None], page: ShowsStatus) -> None:
        self._screen = screen
        self._page = page

    def offers(self, name: str) -> bool:
        """Offer it only where the records are on a server."""
        return self._screen.store.on_server and self._path is not None

    @property
    def _path(self) -> Path | None:
        return self._screen.context.file

    async def look(self) -> None:
        """Find out who has the status, and show it. Nothing is said where that cannot be asked."""
        mentee, path = self._page.mentee, self._path
        if mentee is None or path is None or not self.offers("release"):
            return
        try:
            found = await asyncio.to_thread(standing, path)
        except StorageError:
            return
        self._page.know_holders(_of(found, mentee))

    async def release(self) -> None:
        """Ask to whom, and release it; or take it back."""
        mentee, path = self._page.mentee, self._path
        if mentee is None or path is None:
            return
        self._screen.say(_("Asking the server …"))
        try:
            found = await asyncio.to_thread(standing, path)
            self._screen.notices.hush()
            await self._choose(path, mentee, found)
        except StorageError as problem:
            self._screen.say(str(problem), problem=True)

    async def _choose(self, path: Path, mentee: Mentee, found: Standing) -> None:
        holders = _of(found, mentee)
        if not found.managers and not holders:
            self._screen.say(no_manager_text(), problem=True)
            return
        document, why = self._document(mentee)
        if document is None and not holders:
            self._screen.say(why, problem=True)
            return
        items = _items(found if document is not None else Standing({}, ()), holders)
        title = _("Release the status: who is to read it?")
        picked = await self._screen.app.push_screen_wait(PickDialog(title, items))
        if picked is None:
            return
        if picked.id == _BACK:
            gone = await asyncio.to_thread(withdraw, path, mentee.id, None)
            self._screen.say(_("Withdrawn from {names}.").format(names=names_text(gone)))
            self._page.know_holders(())
            return
        document, why = self._document(mentee)  # it may have changed meanwhile
        if document is None:
            self._screen.say(why, problem=True)
            return
        login = picked.id.removeprefix(_TO)
        logins = list(found.managers) if picked.id == _ALL else [login]
        then = await asyncio.to_thread(release, path, mentee.id, logins, document)
        names = names_text(found.managers[one] for one in logins)
        self._screen.say(_("Released to {names}.").format(names=names))
        self._page.know_holders(_of(then, mentee))

    def _document(self, mentee: Mentee) -> tuple[Document | None, str]:
        """Return what is released, or None and why not."""
        try:
            return status_of(self._screen.store, mentee), ""
        except NotReleased as refused:
            return None, str(refused)


def _of(found: Standing, mentee: Mentee) -> list[Holder]:
    return [one for one in found.holders if one.mentee_id == mentee.id]


def _items(found: Standing, holders: Sequence[Holder]) -> list[Item]:
    """Return what can be chosen: each manager, all of them, and to take it back."""
    items = [Item(f"{_TO}{login}", plain(name)) for login, name in found.managers.items()]
    if len(items) > 1:
        items.append(Item(_ALL, _("All managers of the team")))
    if holders:
        names = names_text(one.name for one in holders)
        items.append(Item(_BACK, _("Withdraw it from {names}").format(names=names)))
    return items
