"""What was written out of the program, as the base for merging when it comes back filled in."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import ClassVar

from data.frozen import frozen
from data.records.base import MenteeRecord


@frozen
class Written(MenteeRecord):
    """A document that was given out: a plan, the roles or the expectations of a mentee.

    Its id is the mark in the document. When a filled-in form comes back with it, the digests tell
    which values were changed in the form, and which ones here. It holds no words.
    """

    table: ClassVar[str] = "written"
    UNDOABLE: ClassVar[bool] = False

    what: str
    """The key of the kind of document, such as "plan"."""
    at: datetime | None = None
    """When it was written."""
    digests: dict[str, str] = field(default_factory=dict)
    """Id of a record, "." and a field of it -> digest of the value that was given out. A field
    that was empty has no digest; see `data.documents.importing.given_values`."""
    taken: tuple[str, ...] = ()
    """What has been imported of it since: id of a record, ".", a field of it, "=" and the digest of
    the value. A form that still holds it brings nothing new."""


@frozen
class DocumentFile(MenteeRecord):
    """A file that was written about a mentee, to be found again when it is to be deleted."""

    table: ClassVar[str] = "files"
    UNDOABLE: ClassVar[bool] = False

    path: str
    """Where it was written to. It may have been moved or deleted since."""
    what: str = ""
    """The key of the kind of document, such as "plan"."""
    at: datetime | None = None
    """When it was written."""
    whole: bool = False
    """Whether it has what is for the mentor alone, too."""
