"""What is released to managers: the status that mentor and mentee have agreed on, and no more."""

from __future__ import annotations

from data.documents.kinds.leader import is_agreed
from data.documents.model.document import Document
from data.documents.sources import document_of
from data.i18n import _
from data.method.visibility import Reader, seen
from data.queries.views import mentee_view
from data.records import Mentee
from data.store.store import Store

STATUS = "leader"
"""The key of the kind of document that is released."""


class NotReleased(Exception):
    """The status cannot be released; `str()` is one line that says why."""


def status_of(store: Store, mentee: Mentee) -> Document:
    """Return the status of a mentee, to be released: what is written to a file, to the letter.

    Raises:
        NotReleased: The mentee has not agreed on it as it is now.
    """
    if not is_agreed(seen(mentee_view(store, mentee), Reader.WRITTEN)):
        said = _("Agree on the status with {name} first: Ctrl+P, Status for the manager, d.")
        raise NotReleased(said.format(name=mentee.name))
    return document_of(store, STATUS, mentee)
