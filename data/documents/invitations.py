"""An invitation to the next talk, as a file that the mentor sends to the mentee.

What it says is noted as given out, like an event of a calendar: when the talk is moved, the next
invitation moves it in the mentee's calendar too.
"""

from __future__ import annotations

from pathlib import Path

from data.clock import now, today
from data.documents.calendars import event_of_talk, given_out, summary
from data.documents.files import NotWritten, target, write_new
from data.documents.names import invitation_name
from data.documents.written_files import note_files
from data.i18n import _
from data.queries.own_person import mentor_name
from data.queries.views import mentee_view
from data.records import Mentee, Talk
from data.store.store import Store


def next_talk(store: Store, mentee: Mentee) -> Talk | None:
    """Return the talk that an invitation would be to: the next one that is planned."""
    return mentee_view(store, mentee).next_talk(today())


def invitation(
    store: Store,
    mentee: Mentee,
    talk: Talk,
    *,
    sender: str,
    to: str = "",
    patience: float = 10.0,
) -> bytes:
    """Return an invitation to a talk that has a day, and store what it says.

    Args:
        store: The records.
        mentee: Who is invited.
        talk: The talk.
        sender: The mail address of the mentor.
        to: The mail address of the mentee; "" if it is not known.
        patience: How long what it says may take to be stored, in seconds.

    Raises:
        NotSaved: What it says could not be stored.
        NotWritten: Another session has taken the talk off the plan meanwhile.
    """
    from data.documents.ical import writing  # loads the library

    found = given_out(store, lambda: event_of_talk(store, mentee, talk), patience)
    entry, view = found[0] if found else (None, None)
    if entry is None or entry.cancelled:
        raise NotWritten(_("The talk is not planned any more."))
    mentor = mentor_name(store, mentee_view(store, mentee))
    return writing.invitation(
        entry,
        summary(entry, view, names=False),
        now(),
        writing.Party(mentor, sender),
        writing.Party(mentee.name, to),
    )


def write_invitation(
    store: Store, mentee: Mentee, talk: Talk, data: bytes, folder: Path, *, where: str = ""
) -> Path:
    """Write an invitation to a new file that only its user may read, and return its path.

    Args:
        store: The records.
        mentee: Who is invited.
        talk: The talk.
        data: The invitation.
        folder: The folder of documents. It is made if need be.
        where: The file that the user named, or a folder; "" for the folder of documents.

    Raises:
        NotWritten: The file could not be written.
    """
    name = invitation_name(store, mentee, talk.planned_on or today())
    path, _format = target(name, folder, where=where, format="ics")
    found = write_new(path, data, make_folder=not where or where.endswith("/"))
    note_files(store, mentee, [found], "calendar")
    return found
