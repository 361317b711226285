"""The files that the screens of a workplace show: read in a thread, and again when they change."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Sequence
from pathlib import Path

from data.clock import today
from data.published.figures import Counted, counted
from data.published.finding import Stamp, found_files, stamp_of
from data.published.overview import Filed, Overview, overview


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
        self._stamp: Stamp | None = None
        self._page: Overview | None = None
        self._counted: Counted | None = None
        self._looks = False
        """Whether the files are being looked at."""

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
        stamp = await to_thread(stamp_of, self.named)
        if stamp == self._stamp:
            return
        self._filed = await to_thread(found_files, self.named)
        self._stamp, self._page = stamp, None
        for tell in tuple(self.heard):
            tell()
