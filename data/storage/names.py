"""The names of the files that belong to a record file."""

from __future__ import annotations

from data.frozen import immutable


@immutable
class Names:
    """The names of a record file and of all that belongs to it, in the same folder."""

    record: str
    """The record file itself: all documents as of some commit."""

    @property
    def journal(self) -> str:
        """The journal: the commits since then."""
        return self.record + ".journal"

    @property
    def history(self) -> str:
        """The history: who changed what and when, see `data.storage.history`."""
        return self.record + ".history"

    @property
    def lock(self) -> str:
        """The file that sessions lock. It holds 16 characters, see `data.storage.lock`."""
        return self.record + ".lock"

    @property
    def reserve(self) -> str:
        """A file that only takes up room; it is deleted when the disk is full."""
        return self.record + ".reserve"

    @property
    def backups(self) -> str:
        """The folder of backups."""
        return self.record + ".backups"

    @property
    def quarantine(self) -> str:
        """The folder of what was damaged or did not belong. Nothing in it is deleted by itself."""
        return self.record + ".quarantine"

    @property
    def deletions(self) -> str:
        """The list of what was deleted for good, see `data.storage.purge_list`."""
        return self.record + ".deletions.log"

    @property
    def deleting(self) -> str:
        """What is being deleted for good just now. Whoever opens the file finishes that first."""
        return self.record + ".deleting"

    @property
    def sessions(self) -> str:
        """The folder of files of open sessions: who they are, and what is being typed in them."""
        return self.record + ".sessions"

    @property
    def temporary(self) -> str:
        """How the names of half-written files begin."""
        return self.record + ".new."
