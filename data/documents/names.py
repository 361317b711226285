"""The names of the files of documents, such as `plan-maja-holm-2026-11-28`.

A name has small letters of the English alphabet, digits and "-" only, and begins with a letter: so
it stays in its folder, is no option of a command, and survives mail programs and zip files.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from data.clock import today
from data.documents.kinds import kind_of, kinds
from data.documents.model.document import Confidence, Document
from data.i18n import N_, _
from data.queries.mentees import numbers
from data.records import Mentee, Talk
from data.store.store import Store

_LONGEST: Final = 60
"""How many letters of a mentee's name there are in a file's name."""
_BLANK: Final = N_("form")
_CALENDAR: Final = N_("calendar")
_INVITATION: Final = N_("invitation")
_PRIVATE: Final = N_("contains-private-notes")
_HANDOVER: Final = N_("handover")
_LOAN: Final = N_("loan")
_RETURN: Final = N_("return")
_MENTEE: Final = N_("mentee-{number}")
_LETTERS: Final = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ð": "d"}
    | {"þ": "th", "ł": "l", "đ": "d", "œ": "oe", "ı": "i"}
)


def document_name(
    store: Store, document: Document, mentee: Mentee | None = None, talk: Talk | None = None
) -> str:
    """Return the name of a document's file, without its ending.

    Args:
        store: The records, to tell mentees apart who have one name.
        document: The document.
        mentee: Whom it is about, if it is about anybody.
        talk: The talk that it is about, if it is about one.
    """
    private = document.confidence is Confidence.PRIVATE
    parts = [
        _file_word(document),
        str(talk.number) if talk else "",
        mentee_word(store, mentee) if mentee else "",
        today().isoformat(),
        _(_PRIVATE) if private else "",
    ]
    return "-".join(filter(None, parts))


def _file_word(document: Document) -> str:
    """Return what the name begins with; the title for a text of the program, such as the guide."""
    words = {kind.key: kind.file_word for kind in kinds()}
    return _(words[document.what]) if document.what in words else word_of(document.title) or "page"


def form_name(what: str) -> str:
    """Return the name of the file of a blank form, by the key of its kind, without its ending."""
    return f"{_(kind_of(what).file_word)}-{_(_BLANK)}"


def calendar_name(store: Store, mentee: Mentee | None) -> str:
    """Return the name of the file of a calendar, without its ending; None for all mentees.

    It has no date: written again, it is the same calendar.
    """
    return "-".join(filter(None, [_(_CALENDAR), mentee_word(store, mentee) if mentee else ""]))


def invitation_name(store: Store, mentee: Mentee, day: date) -> str:
    """Return the name of the file of an invitation to a talk on a day, without its ending."""
    return f"{_(_INVITATION)}-{mentee_word(store, mentee)}-{day.isoformat()}"


def folder_name(store: Store, mentee: Mentee, *, private: bool = False) -> str:
    """Return the name of the folder with all documents about a mentee."""
    parts = [mentee_word(store, mentee), today().isoformat(), _(_PRIVATE) if private else ""]
    return "-".join(filter(None, parts))


def handover_name(store: Store, mentee: Mentee) -> str:
    """Return the name of the file of a hand-over, without its ending."""
    return f"{_(_HANDOVER)}-{mentee_word(store, mentee)}-{today().isoformat()}"


def loan_name(store: Store, mentee: Mentee) -> str:
    """Return the name of the file that lends, without its ending."""
    return f"{word_of(_(_LOAN))}-{mentee_word(store, mentee)}-{today().isoformat()}"


def return_name(store: Store, mentee: Mentee) -> str:
    """Return the name of the file that gives back, without its ending."""
    return f"{word_of(_(_RETURN))}-{mentee_word(store, mentee)}-{today().isoformat()}"


def mentee_word(store: Store, mentee: Mentee) -> str:
    """Return a mentee's name as part of a file's name.

    The mentee's number stands after it if another one has the same; and alone if no letter of the
    name is of those that files are called by.
    """
    word = word_of(mentee.name)
    number = numbers(store).get(mentee.id, 0)
    if not word:
        return _(_MENTEE).format(number=number)
    alike = sum(word_of(one.name) == word for one in store.all(Mentee))
    return f"{word}-{number}" if alike > 1 else word


def word_of(name: str) -> str:
    """Return a name in letters that files are called by, at most `_LONGEST` of them."""
    small = unicodedata.normalize("NFC", name).lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", small).encode("ascii", "ignore").decode()
    word = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(word) <= _LONGEST:
        return word
    return word[: _LONGEST + 1].rpartition("-")[0] or word[:_LONGEST]


def page_name(document: Document) -> str:
    """Return the name of the file of a text that is about nobody, without its ending."""
    return f"{word_of(document.title) or document.what}-{today().isoformat()}"
