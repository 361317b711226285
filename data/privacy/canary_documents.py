"""Looks for canaries in what leaves the program: documents, forms, calendar, hand-over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.clock import today
from data.documents.calendars import write_calendar
from data.documents.files import write_new
from data.documents.kinds import ALL, kinds
from data.documents.model.document import Document
from data.documents.model.source import About, DocumentKind
from data.documents.names import document_name, folder_name, form_name, handover_name, loan_name
from data.documents.records import everything, with_records
from data.documents.sources import blank_form, document_of
from data.documents.whole_folder import documents_about, write_all
from data.documents.writers.formats import FORMATS, FormatError, formats_for, written
from data.i18n import N_, _, language
from data.privacy.bundle import ENDING, bundle_of
from data.privacy.canaries import Planted
from data.privacy.lending import lent_bundle, new_loan
from data.privacy.looking import Looked, canaries_in_bytes, canaries_in_file
from data.records import Talk
from data.store.store import Store

DOCUMENTS: Final = N_("Documents")
OUT: Final = N_("What leaves the program")
Tell = Callable[[str], None]
"""Called with what is looked at now."""


def readable(store: Store, planted: Planted) -> frozenset[str]:
    """Return the formats in which a canary is found that is really there.

    What is private is written for that, as its mentor may ask for it; it stays in memory. A format
    that is not among them cannot be written here, or not be looked into.
    """
    notes = document_of(store, "notes", planted.mentee, private=True)
    all_of_it = everything(store, planted.mentee, private=True)
    found = {"csv"}  # no kind that may have what is private is one table; it is plain text
    for format in FORMATS:
        try:
            content = written(all_of_it if format == "json" else notes, format)
        except FormatError:
            continue
        if canaries_in_bytes(content, format):
            found.add(format)
    return frozenset(found)


def look_at_documents(
    store: Store, planted: Planted, folder: Path, looked: Looked, tell: Tell
) -> None:
    """Write every document in every format into a folder, in the language in use, and look.

    Args:
        store: The records, with the canaries.
        planted: Where they are.
        folder: The folder of documents.
        looked: Notes what was looked at.
        tell: Called with what is looked at now.
    """
    can = readable(store, planted)
    looked.left_out |= set(FORMATS) - can
    paper = _Paper(store, planted, folder, looked, can)
    for kind in kinds():
        tell(kind.name)
        for talk in _talks(kind, planted):
            mentee = planted.mentee if kind.about in (About.MENTEE, About.TALK) else None
            document = document_of(store, kind.key, mentee, talk)
            document = with_records(store, document, mentee, talk)
            paper.look(document, kind.word, document_name(store, document, mentee, talk))
        if kind.blank is not None:
            paper.look(blank_form(store, kind.key), _BLANK, form_name(kind.key))
    tell(_("All documents in one folder"))
    paper.look_at_all()
    paper.look_at_others()


_BLANK: Final = N_("Blank forms")
_ALL: Final = N_("All documents in one folder")
_RECORDS: Final = N_("All records (JSON)")
_CALENDAR: Final = N_("Calendar file")
_BUNDLE: Final = N_("Hand-over")
_LOAN: Final = N_("Loan")


def _talks(kind: DocumentKind, planted: Planted) -> list[Talk] | list[None]:
    """Return the talks that a kind can be about, of those with canaries."""
    if kind.about is not About.TALK:
        return [None]
    talks = (planted.held, planted.running, planted.to_come)
    return [talk for talk in talks if talk.state in kind.talks]


@dataclass(frozen=True, slots=True)
class _Paper:
    """What is written, and where to."""

    store: Store
    planted: Planted
    folder: Path
    looked: Looked
    can: frozenset[str]
    """The formats that can be written and looked into."""

    def look(self, document: Document, place: str, name: str) -> None:
        """Write a document in every format that can hold it, and look at the files."""
        for format in formats_for(document):
            if format.key in self.can:
                content = written(document, format.key)
                path = self.folder / f"{name}.{format.key}"
                self._look(place, write_new(path, content, make_folder=True))

    def look_at_all(self) -> None:
        """Look at the folder with every document about a mentee, and at all records as JSON."""
        name = folder_name(self.store, self.planted.mentee)
        for format in sorted(self.can - {"json"}):
            documents = documents_about(self.store, self.planted.mentee, format)
            if documents:
                folder = write_all(self.folder / name, documents, format, make_folder=True)
                for path in sorted(folder.iterdir()):
                    self._look(_ALL, path)
        records = written(everything(self.store, self.planted.mentee), "json")
        self._look(_RECORDS, write_new(self.folder / f"{name}-{ALL}.json", records))

    def look_at_others(self) -> None:
        """Look at the calendar, of one and of all, and at the bundles for other mentors."""
        mentee = self.planted.mentee
        for whom in (mentee, None):
            for names in (False, True):
                path = write_calendar(self.store, whom, self.folder, names=names)
                self._look(_CALENDAR, path, OUT)
        path = self.folder / f"{handover_name(self.store, mentee)}{ENDING}"
        self._look(_BUNDLE, write_new(path, bundle_of(self.store, mentee)), OUT)
        loan = new_loan(self.store, mentee, "", today(), today())
        path = self.folder / f"{loan_name(self.store, mentee)}{ENDING}"
        self._look(_LOAN, write_new(path, lent_bundle(self.store, mentee, loan, "")), OUT)

    def _look(self, place: str, path: Path, group: str = DOCUMENTS) -> None:
        which = f"{path.suffix[1:]}, {language()}"
        self.looked.note(group, place, canaries_in_file(path), which)
