"""Notes that were open in an editor when the line broke, and are taken up by the next start.

Such a note lies in a folder of its own beside the records (`data.run_folder`): its text, which the
editor saves, and what the note is about, as a document of the record file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

from data.i18n import _
from data.records import Mentee, Note
from data.run_folder import ABOUT
from data.storage.problems import StorageError
from data.store.change import Change
from data.store.codec import decode, encode
from data.store.store import Store
from data.text import lines

SAVE_SECONDS = 2.0
"""How long saving may take; the folder stays where it takes longer."""
TEXT = "mentor.txt"
"""The name of the file that the editor opens."""


def keep_about(folder: Path, note: Note) -> None:
    """Keep what a note is about beside its text. Raises `OSError`."""
    about = folder / ABOUT
    about.touch(0o600)
    about.write_text(json.dumps({"id": note.id, **encode(note)}), "utf-8")


def take_up(
    store: Store, folders: Iterable[Path], read: Callable[[Path], str], *, reading: bool = False
) -> list[str]:
    """Save the notes that editors have left, and delete their folders.

    A text that is no note, or of which nobody knows any more whom it is about, stays where it is.

    Args:
        store: The records.
        folders: The folders of editors that have been left behind.
        read: Returns the text of a file as the editor left it; may raise `OSError`.
        reading: Only say what there is.

    Returns:
        A sentence about each folder.
    """
    said = []
    for folder in folders:
        note = _note_in(store, folder, read)
        mentee = store.get(Mentee, note.mentee_id) if note is not None else None
        if note is None or mentee is None:
            text = _(
                "The connection was lost while a text was open in the editor; look in {folder}"
            )
            said.append(text.format(folder=folder))
        elif reading:
            text = _("A note about {name} was left in the editor; it is saved from {folder}")
            said.append(text.format(name=mentee.name, folder=folder))
        elif _saved(store, note):
            rmtree(folder, ignore_errors=True)
            text = _("The note about {name} that was left in the editor is saved")
            said.append(text.format(name=mentee.name))
    return said


def _note_in(store: Store, folder: Path, read: Callable[[Path], str]) -> Note | None:
    """Return the note that lies in a folder; None where there is none that can be taken up."""
    try:
        doc = json.loads((folder / ABOUT).read_text("utf-8"))
        note = decode(Note, str(doc.pop("id")), doc)
        written = lines(read(folder / TEXT))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return replace(store.get(Note, note.id) or note, text=written) if written else None


def _saved(store: Store, note: Note) -> bool:
    if store.get(Note, note.id) is not None:
        return True  # it was saved, and there was no time left to delete the folder
    with suppress(StorageError):
        store.commit([Change.created(note)], _("Note"))
        return store.flush(SAVE_SECONDS)
    return False
