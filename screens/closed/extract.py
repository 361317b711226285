"""An extract from the list of mentees: all that is kept, for the mentee who asks for it."""

from __future__ import annotations

import os
from asyncio import to_thread
from functools import partial
from typing import Any

from data.clock import today
from data.dates import show_date
from data.documents.files import NotWritten
from data.documents.written_files import note_files
from data.i18n import _
from data.method.hold import answer_by
from data.paths import documents_folder, shown_path
from data.privacy.extract import (
    Where,
    extract_of,
    ids_about,
    look,
    note_asked,
    write_extract,
)
from data.storage.problems import StorageError
from screens.dialogs.ask import AskDialog
from screens.dialogs.wait import in_thread
from screens.frame.base import BaseScreen


async def write_all_that_is_kept(screen: BaseScreen[Any], mentee_id: str) -> None:
    """Ask, set a hold, and write the folder; say where it is and by when to answer."""
    mentee, store, path = screen.context.mentee(mentee_id), screen.store, screen.context.file
    if mentee is None or path is None:
        return
    waits = mentee.extract_asked_on is not None and mentee.extract_given_on is None
    on = mentee.extract_asked_on if waits and mentee.extract_asked_on else today()
    text = _(
        "A folder with every field of every record, private notes too, in words and as JSON. "
        "From now on nothing about {name} is deleted, and the answer is due by {date}."
    )
    dialog = AskDialog(
        _("Write all that is kept about {name}?").format(name=mentee.name),
        text.format(name=mentee.name, date=show_date(answer_by(on))),
        undoable=False,
    )
    if not await screen.app.push_screen_wait(dialog):
        return
    asked = _("Extract: {name}").format(name=mentee.name)
    screen.commit([note_asked(mentee, on)], asked)
    store.flush()
    where = Where(path, os.environ, documents_folder(screen.context.settings.documents, os.environ))
    title = _("Looking through everything …")
    try:
        known = ids_about(store, mentee)
        looked = await in_thread(screen.app, title, partial(look, mentee_id, known, where))
        now = screen.context.mentee(mentee_id)
        if looked is None or now is None:
            return
        made = await to_thread(write_extract, extract_of(store, now, where, looked))
    except (NotWritten, StorageError) as problem:
        screen.say(str(problem), problem=True)
        return
    note_files(store, now, made.iterdir(), "extract", whole=True)
    said = _("Written: {path}. To be answered by {date}")
    shown = f"{shown_path(made, os.environ)}/"
    screen.say(said.format(path=shown, date=show_date(answer_by(on))))
