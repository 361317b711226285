"""What mentors have released to the user, as the screens that show it read it from the server."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable
from pathlib import Path

from data.released.on_server import Received, received_by
from data.storage.postgres.visiting import MANAGER, Watch


class Releases:
    """What is released to the user, as it was read last."""

    def __init__(self, path: Path) -> None:
        """Begin with nothing read of the server that `path` stands in for."""
        self._watch = Watch(path, MANAGER, received_by)
        self._looks = False
        """Whether the server is being asked."""
        self.found: list[Received] | None = None
        """The documents, the newest first; None before they have been read."""
        self.why = ""
        """Why they could not be read again, one sentence; "" if they could."""
        self.heard: list[Callable[[], None]] = []
        """Called when something else has been read: the screens that show it."""

    async def look(self) -> None:
        """Read them if they may be others by now, and say so to those who show them.

        A server may take long: it is waited for in a thread, and asked one thing at a time.
        """
        if self._looks:
            return
        self._looks = True
        before = self._watch.changes
        try:
            changed = await to_thread(self._watch.look) != before
        finally:
            self._looks = False
        if changed:
            self.found, self.why = self._watch.found, self._watch.why
            for tell in tuple(self.heard):
                tell()

    def about(self, mentee_id: str) -> Received | None:
        """Return what is released about a mentee; None for nothing (any more)."""
        return next((one for one in self.found or () if one.mentee_id == mentee_id), None)

    def close(self) -> None:
        """Close the line to the server. It may wait for what is being asked."""
        self._watch.close()
