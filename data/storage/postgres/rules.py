"""What the caller knows of its documents, which are all that is known here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from data.frozen import immutable
from data.storage.protocol import Doc, Docs, TableRules
from data.storage.split.parts import Parting


class Actor(NamedTuple):
    """Somebody who acts as mentor of a mentee."""

    role: str
    """The id of the document that says so."""
    name: str
    """The name that colleagues know the person by, as `name_key` has it."""
    shown: str
    """That name as they write it; "" for somebody made up, who is to have no login."""
    is_main: bool
    """Whether it is the main mentor."""
    until: str | None
    """The last day as an ISO date; None if there is none."""


@immutable
class ServerRules:
    """What is to be known of documents to keep them on a server."""

    parting: Parting
    """What of a document only its author may see."""
    merging: TableRules
    """How documents are merged."""
    acting_table: str
    """The table whose documents decide who acts as mentor of a mentee."""
    acting: Callable[[str, Docs, Docs], Sequence[Actor]]
    """Returns who acts as mentor of a mentee, given the mentee's id, that table, and the people."""
    people_table: str
    """The table of people."""
    made_of: Callable[[str, str, Doc], tuple[str, str] | None]
    """Returns table and id of the document of whose id the id of a document is made, by table, id
    and content; None if it is not made of one."""
    of_mentees: frozenset[str]
    """The tables whose documents are about one mentee each, always; the mentees are among them."""
    name_key: Callable[[str], str]
    """Returns what two names have in common that are the same to a reader."""
