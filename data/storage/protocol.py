"""The small protocol between the store and the bytes.

Everything here speaks of documents (JSON objects) in named tables; nothing knows a record class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from data.frozen import immutable

Doc = dict[str, Any]
"""A JSON object. Dates are ISO strings."""
Tables = dict[str, dict[str, Doc]]
"""Table name -> document id (digits) -> document."""
TextFields = Mapping[str, frozenset[str]]
"""Table name -> names of its fields of long text, whose edits are merged."""


BOOKKEEPING = frozenset({"rev", "created_at", "changed_at", "changed_by"})
"""Fields of every document that never clash: on each change `rev` becomes the file's `rev` + 1, and
the other three are written as given."""


@dataclass(frozen=True, slots=True)  # made at every commit: the quicker sort
class DocChange:
    """What happens to one document. `before` None: it is new; `after` None: it is deleted."""

    table: str
    id: str
    before: Doc | None
    after: Doc | None


@immutable
class Clash:
    """A field that somebody else had changed meanwhile, so that ours could not simply be written.

    `merged` is True where both texts are in the document now; otherwise the document holds
    `theirs`, and the caller keeps `mine`.
    """

    table: str
    id: str
    field: str
    mine: Any
    theirs: Any
    by: str
    """Login name of the other."""
    merged: bool


@dataclass(frozen=True, slots=True)  # made at every commit: the quicker sort
class Commit:
    """A durable list of changes, as it was applied."""

    seq: int
    at: str
    """ISO local time with offset."""
    by: str
    own: bool
    """Made by this session."""
    changes: tuple[DocChange, ...]
    clashes: tuple[Clash, ...] = ()


@immutable
class Draft:
    """Text that was typed and not committed when its session died."""

    table: str
    id: str
    field: str
    base: str
    """The text that the typing began with."""
    text: str
    by: str
    at: str


@immutable
class Presence:
    """Another session that has the file open."""

    session: str
    by: str
    """Login name."""
    since: str
    """When it came to where it is: ISO local time with offset."""
    where: str
    """What it told last: the id of a mentee, or empty."""


class Backend(Protocol):
    """Where the documents are kept. All calls may wait for the disk; none is for the event loop."""

    def load(self) -> Tables:
        """Return all documents. Raises `StorageError`."""

    def commit(self, changes: Sequence[DocChange], texts: TextFields) -> tuple[Commit, ...]:
        """Make changes durable and return what others committed meanwhile, then our own commit.

        A field is written where the file still holds its `before`; other fields of the document
        are left as others made them. Raises `NotSaved`, and then nothing has changed.
        """

    def poll(self) -> tuple[Commit, ...]:
        """Return what other sessions have committed since the last call."""

    def presence(self) -> Sequence[Presence]:
        """Return the other sessions that have the file open."""

    def announce(self, where: str) -> None:
        """Let the others know where this session is: the id of a mentee, or empty."""

    @property
    def session(self) -> str:
        """The id of this session among those that have the file open; empty while it has not."""

    def is_living(self, session: str) -> bool:
        """Whether the session with this id still has the file open; any thread may ask."""

    def idle(self) -> None:
        """Fold if it is worth it; called when nothing has happened for a while."""

    def close(self) -> None:
        """Fold and let go. Raises nothing that a user could mend later with `mentor doctor`."""


class TypingLog(Protocol):
    """Keeps typed text from one key to the next, for the time between two commits."""

    def keep(self, table: str, id: str, field: str, base: str, text: str) -> None:
        """Note that the field reads `text` now. Returns at once; a thread writes it."""

    def barrier(self, timeout: float) -> bool:
        """Wait until all that was kept so far is written (survives SIGKILL); False on time-out."""

    def committed(self, table: str, id: str, field: str, text: str) -> None:
        """Note that this text has been committed."""
