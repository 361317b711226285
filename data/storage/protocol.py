"""What the store asks of whatever keeps the documents.

Everything here speaks of documents, which are JSON objects in named tables. Nothing knows a record
class, so that documents could be kept in another way without the store noticing.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import field
from typing import Any, Final, NamedTuple, Protocol

from data.frozen import immutable
from data.storage.problems import Notice

Doc = dict[str, Any]
"""A JSON object. Dates are ISO strings."""
Docs = MutableMapping[str, Doc]
"""Document id (a string of digits) -> document."""
Tables = dict[str, Docs]
"""Table name -> its documents."""


class Reference(NamedTuple):
    """The documents that a field names by their ids: one, a list of them, or as keys."""

    tables: tuple[str, ...]
    """The tables one of which has them."""
    at: str = ""
    """If the field is a list of objects, the field within them."""


@immutable
class Rules:
    """How the documents of one table are merged."""

    texts: frozenset[str] = frozenset()
    """Its fields of long text. Two edits of such a text are merged."""
    decisions: tuple[frozenset[str], ...] = ()
    """Fields that are one decision: two changes clash even if each is in another field of it."""
    moments: frozenset[str] = frozenset()
    """Fields with a time. If two sessions made the same record, that of the first one stays."""
    owners: Mapping[str, str] = field(default_factory=dict)
    """Field -> table with the document that it names, and that ours belongs to.

    A document is not made if somebody has deleted that one meanwhile, and that one is not deleted
    while ours is there.
    """
    refers: Mapping[str, Reference] = field(default_factory=dict)
    """The other fields that name documents. One that was made is not taken back while ours is
    there."""


TableRules = Mapping[str, Rules]
"""Table name -> its rules. A table need not have any."""
NO_RULES: Final = Rules()
"""The rules of a table that has none."""

BOOKKEEPING = frozenset({"rev", "created_at", "changed_at", "changed_by"})
"""Fields of every document that tell of its last change, and that never clash.

When a change is saved, `rev` becomes one more than it is in the file, and the others are written as
they are given.
"""

MARKS: Final = "deletions"
"""The table with a mark for each deletion for good, which has the id of the deletion."""


class DocChange(NamedTuple):
    """What happens to one document."""

    table: str
    id: str
    before: Doc | None
    """The document as the one who made the change saw it; None if it is new."""
    after: Doc | None
    """What it is to become; None if it is deleted."""
    together: bool = False
    """Whether it belongs to a deletion that is made whole or not at all.

    If one of the changes of a commit that say so clashes, none of them is made.
    """
    if_unused: bool = False
    """Whether it is deleted only if no other document refers to it."""
    sees: Mapping[str, Doc] | None = None
    """The people whom it names, by id, as the one who made the change saw them. Only where it
    matters who they are taken for: see `data.storage.postgres.access`."""


@immutable
class Clash:
    """A field that another session had changed too, so that ours could not simply be written."""

    table: str
    id: str
    field: str
    mine: Any
    """The value that was to be written."""
    theirs: Any
    """The value that the file held."""
    by: str
    """The login name of the one who wrote that."""
    merged: bool
    """True if the document holds both texts now. Otherwise it holds `theirs`, and it is up to the
    caller to keep `mine`."""


class ForGood(Protocol):
    """Documents that somebody has deleted for good: no session may keep or write them any more."""

    @property
    def id(self) -> str:
        """The random id of this deletion."""

    @property
    def at(self) -> str:
        """When it was made: ISO local time with its offset."""

    @property
    def by(self) -> str:
        """The login name of the one who made it."""

    @property
    def who(self) -> str:
        """The name by which colleagues know that one; "" if no server says it."""

    @property
    def kind(self) -> str:
        """What was deleted, in a word of those who asked for it."""

    def knows(self, id: str) -> bool:
        """Whether an id is that of something deleted, or of what it belonged to."""

    def takes(self, table: str, id: str, line: bytes) -> bool:
        """Whether a document is gone, by its table, its id and its JSON."""

    def takes_change(self, change: DocChange) -> bool:
        """Whether a change is about something that is deleted."""


class Commit(NamedTuple):
    """Changes that have been saved."""

    seq: int
    """Its number: one more than that of the commit before it."""
    at: str
    """When it was made: ISO local time with its offset."""
    by: str
    """The login name of the one who made it."""
    own: bool
    """Whether this session made it."""
    changes: tuple[DocChange, ...]
    """What became of the documents, which may be something else than was asked for."""
    clashes: tuple[Clash, ...] = ()
    """What clashed; only of an own commit."""
    replaced: bool = False
    """Whether another file has come in the place of the one that was read, as when a backup is
    restored; the changes are what differs."""
    notices: tuple[Notice, ...] = ()
    """What the user is to be told of that file, or of one that could not be used and was written
    anew."""
    for_good: tuple[ForGood, ...] = ()
    """What was deleted for good with it. The documents are among the changes, unless this session
    did not have them."""


@immutable
class Draft:
    """A text that was being typed, and was not committed, when its session died."""

    table: str
    id: str
    field: str
    base: str
    """What the field held when the typing began, or the state of it that has been saved since."""
    text: str
    """What it held at the end."""
    by: str
    """The login name of the typist."""
    at: str
    """When the typing began: ISO local time with its offset."""
    owner: str = ""
    """The id of the mentee that the record belongs to; "" for none."""
    new: Doc | None = None
    """The document without that text, if the record had never been saved."""


@immutable
class Presence:
    """Another session that has the file open."""

    session: str
    """Its id."""
    by: str
    """The login name of its user."""
    since: str
    """When it came to where it is: ISO local time with its offset."""
    where: str
    """Where it is: the id of a mentee, perhaps with "/" and that of a talk; "" for nowhere."""
    name: str = ""
    """The name by which colleagues know its user; "" if no server says it."""


@immutable
class Happening:
    """What somebody did to a document, or several edits of it that belong together."""

    table: str
    id: str
    mentee_id: str
    """The mentee whose document it is."""
    at: str
    """When: ISO local time with its offset."""
    by: str
    """The login name of the one who did it."""
    kind: str
    """"new", "set", or "del" where it was deleted."""
    fields: Mapping[str, tuple[Any, Any] | None]
    """Field -> its value before and after; None where that is too long to be kept."""


class News(Protocol):
    """A line on which it is told that others have saved something."""

    def fileno(self) -> int:
        """Return the file descriptor that can be read when there is something to `poll`.

        It is -1 while the line is broken.
        """


class Backend(Protocol):
    """Keeps the documents.

    All calls but `is_living` come from one thread. They may wait for the disk, so that must not be
    the thread of the event loop.
    """

    def load(self) -> Tables:
        """Return all documents.

        Raises:
            StorageError: They cannot be read, or must not be used.
        """

    def commit(self, changes: Sequence[DocChange], rules: TableRules) -> tuple[Commit, ...]:
        """Save changes, all of them or none.

        A field is written if the file still holds the value that it had in `before`. If it does
        not, the two changes are merged. Other fields of the document are left as they are.

        Args:
            changes: What is to be saved.
            rules: How the documents of each table are merged.

        Returns:
            What others have saved since the last call, and then this commit.

        Raises:
            NotSaved: It could not be saved, and nothing has changed. It can be tried again.
        """

    def poll(self) -> tuple[Commit, ...]:
        """Return what others have saved since the last call.

        Raises:
            StorageError: That cannot be found out now.
        """

    @property
    def news(self) -> News | None:
        """What tells when there is something to `poll`; None if only looking can tell."""

    def presence(self) -> Sequence[Presence]:
        """Return the other sessions that have the file open."""

    def announce(self, where: str) -> None:
        """Let the other sessions know where this one is: the id of a mentee, or "" for nowhere."""

    @property
    def session(self) -> str:
        """The id of this session; empty while the file is not open."""

    def is_living(self, session: str) -> bool:
        """Return whether the session with this id still has the file open. Any thread may ask."""

    def history(self, mentee_id: str) -> Sequence[Happening]:
        """Return what happened to a mentee and what belongs to them, oldest first.

        It knows what has been saved. Any thread may ask.

        Raises:
            StorageError: It cannot be read.
        """

    def idle(self) -> None:
        """Tidy up, if that is worth it. Called when nothing has happened for a while."""

    def close(self) -> None:
        """Tidy up and close. What fails then can be mended later, and is not raised."""


class BeingTyped(NamedTuple):
    """A field that somebody types in, as it is now."""

    key: tuple[str, str, str]
    """The table and the id of the record, and the name of the field."""
    base: str
    """What the field showed when the typing began."""
    text: str
    """What it shows now."""
    owner: str = ""
    """The id of what the record belongs to and is deleted with; "" for nothing."""
    new: Doc | None = None
    """The rest of the document, as long as it has never been saved."""


class TypingLog(Protocol):
    """Keeps what is typed from one key to the next, until it has been committed."""

    def keep(self, typed: BeingTyped) -> None:
        """Note what a field shows now. Returns at once; a thread writes it."""

    def barrier(self, timeout: float) -> bool:
        """Wait until all that was kept so far has been written, so that it survives SIGKILL.

        Returns:
            Whether it has, after `timeout` seconds at the most.
        """

    def committed(self, table: str, id: str, field: str, text: str) -> None:
        """Note that a text which was kept has been committed, so that it can be forgotten."""

    def forget(self, gone: ForGood) -> None:
        """Forget what is typed in records that were deleted for good, in the file too.

        Returns at once; a thread does it.
        """
