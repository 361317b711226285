"""The names of the files beside a record file."""

from __future__ import annotations

from data.frozen import immutable


@immutable
class Names:
    """The names of all files that belong to the record file named `record`."""

    record: str

    @property
    def journal(self) -> str:
        """The commits since the record file was written."""
        return self.record + ".journal"

    @property
    def lock(self) -> str:
        """What sessions lock; always empty."""
        return self.record + ".lock"

    @property
    def reserve(self) -> str:
        """Room on the disk that is given up when the disk is full."""
        return self.record + ".reserve"

    @property
    def backups(self) -> str:
        """Folder of earlier generations."""
        return self.record + ".backups"

    @property
    def quarantine(self) -> str:
        """Folder of all that was damaged or did not belong; nothing here is ever deleted."""
        return self.record + ".quarantine"

    @property
    def sessions(self) -> str:
        """Folder of what open sessions say of themselves, and of texts being typed."""
        return self.record + ".sessions"

    @property
    def temporary(self) -> str:
        """What the names of half-written files begin with."""
        return self.record + ".new."
