"""The files that the screens of a workplace show: read in a thread, and again when they change."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Sequence
from pathlib import Path

from data.clock import today
from data.paths import is_stand_in
from data.published.figures import Counted, counted
from data.published.finding import Stamp, found_files, stamp_of
from data.published.on_server import filed_by
from data.published.overview import Filed, Overview, overview
from data.storage.postgres.visiting import COORDINATOR, Watch, shown_server


class WorkplaceFiles:
    """What is published in files and folders, as it was read last."""

    def __init__(self, named: Sequence[Path]) -> None:
        """Begin with nothing read.

        Args:
            named: The files and folders; none where nobody has named any.
        """
        self.named = tuple(named)
        self.heard: list[Callable[[], None]] = []
        """Called when something else has been read: the screens that show it."""
        self._filed: list[Filed] | None = None
        self._stamp: tuple[Stamp, tuple[int, ...]] | None = None
        self._page: Overview | None = None
        self._counted: Counted | None = None
        self._looks = False
        """Whether the files are being looked at."""
        self._files = tuple(one for one in self.named if not is_stand_in(one))
        self._servers = tuple(
            Watch(one, COORDINATOR, filed_by) for one in self.named if is_stand_in(one)
        )

    @property
    def is_read(self) -> bool:
        """Whether they have been read."""
        return self._filed is not None

    @property
    def page(self) -> Overview:
        """The page of what was read, as it is today."""
        if self._page is None or self._page.day != today():
            self._page, self._counted = overview(self._filed or (), today()), None
        return self._page

    @property
    def counted(self) -> Counted:
        """What is counted of the page."""
        page = self.page
        if self._counted is None:
            self._counted = counted(page)
        return self._counted

    async def look(self) -> None:
        """Read the files if they are others than they were, and say so to those who show them.

        A drive may be slow, or not answer: it is waited for in a thread. While it is, this does
        nothing: one look that is cut short by the next would never come to an end.
        """
        if self._looks:
            return
        self._looks = True
        try:
            await self._read_if_new()
        finally:
            self._looks = False

    async def _read_if_new(self) -> None:
        stamp = await to_thread(self._looked)
        if stamp == self._stamp:
            return
        filed = await to_thread(found_files, self._files)
        self._filed = [*filed, *(one for server in self._servers for one in _filed(server))]
        self._stamp, self._page = stamp, None
        for tell in tuple(self.heard):
            tell()

    def _looked(self) -> tuple[Stamp, tuple[int, ...]]:
        """Return what changes when something else would be read. Waits for drives and servers."""
        return stamp_of(self._files), tuple(server.look() for server in self._servers)

    @property
    def ended(self) -> str:
        """Why nothing of what is on a server can be shown, where that is all; "" if it can."""
        if self._files or any(one.found or not one.why for one in self._servers):
            return ""
        return next((one.why for one in self._servers), "")

    @property
    def on_server(self) -> bool:
        """Whether they are on a server."""
        return bool(self._servers)

    def close(self) -> None:
        """Close the lines to servers. It may wait for one that is being asked."""
        for server in self._servers:
            server.close()


def _filed(server: Watch[Filed]) -> list[Filed]:
    """Return what was read of a server last, and why it could not be read again."""
    away = [Filed(shown_server(server.path), why=server.why)] if server.why else []
    return [*server.found, *away]
