"""Every document about a mentee, in one folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from data.documents.files import write_folder
from data.documents.given import give, take_back
from data.documents.kinds import kinds
from data.documents.model.document import Document
from data.documents.model.source import About, DocumentKind
from data.documents.names import document_name
from data.documents.sources import default_talk, document_of
from data.documents.writers.formats import formats_for, written
from data.records import Mentee, Talk
from data.store.store import Store

Named = tuple[str, Document]
"""What the file of a document is called without its ending, and the document."""


def documents_about(
    store: Store, mentee: Mentee, format: str, *, private: bool = False
) -> list[Named]:
    """Return each document about a mentee that a format can hold; a summary of each talk, too.

    Args:
        store: The records.
        mentee: Whom they are about.
        format: The key of a format.
        private: Whether the mentor wants them with what is private, to keep.
    """
    found = []
    for kind in kinds():
        whom = None if kind.about is About.NOBODY else mentee
        for talk in _talks(store, kind, mentee):
            document = document_of(store, kind.key, whom, talk, private=private)
            if format in (one.key for one in formats_for(document)):
                found.append((document_name(store, document, whom, talk), document))
    return found


def number_about(store: Store, mentee: Mentee) -> int:
    """Return how many documents about a mentee there are, whichever format holds them."""
    return sum(len(_talks(store, kind, mentee)) for kind in kinds())


def _talks(store: Store, kind: DocumentKind, mentee: Mentee) -> list[Talk] | list[None]:
    """Return the talks that a kind has a document about; [None] for one about no talk."""
    if kind.about in (About.MENTEE, About.NOBODY):
        return [None]
    if kind.about is not About.TALK:
        return []
    talk = default_talk(store, kind, mentee)
    if talk is None or kind.key == "prep":
        return [talk] if talk else []
    return [one for one in store.of(Talk, mentee.id) if one.state in kind.talks]


def give_all(store: Store, mentee: Mentee, documents: Sequence[Named]) -> list[Named]:
    """Return the documents with their marks, as `given.give`: call it just before writing them."""
    return [(name, give(store, mentee, document)) for name, document in documents]


def take_all_back(store: Store, documents: Sequence[Named]) -> None:
    """Forget that they were given out, where they could not be written after all."""
    for _name, document in documents:
        take_back(store, document)


def folder_path(name: str, folder: Path, where: str = "") -> Path:
    """Return the folder that the user means.

    Args:
        name: What it is called (`names.folder_name`), where `where` does not name it.
        folder: The folder of documents.
        where: What the user typed: the folder itself, or one to make it in, that is there or ends
            with "/"; "" for the folder of documents.
    """
    path = Path(where).expanduser() if where else folder
    return path / name if not where or where.endswith("/") or path.is_dir() else path


def write_all(
    path: Path,
    documents: Sequence[Named],
    format: str,
    *,
    make_folder: bool,
    tell: Callable[[int], None] = lambda _number: None,
) -> Path:
    """Write documents into a new folder, all or none of them, and return its path.

    Args:
        path: The folder; if its name is taken, it ends with `-2`.
        documents: The documents.
        format: The key of a format that can hold them.
        make_folder: Whether the folder above it is made if it is not there.
        tell: Called with the number of each document, from 1, before it is written.

    Raises:
        FormatError: The format lacks what it needs here.
        NotWritten: It could not be written; nothing of it is there.
    """

    def files() -> Iterator[tuple[str, bytes]]:
        for number, (name, document) in enumerate(documents, 1):
            tell(number)
            yield f"{name}.{format}", written(document, format)

    return write_folder(path, files(), make_folder=make_folder)
