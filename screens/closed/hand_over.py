"""A hand-over from the list of mentees: the mentorship as one file for the next mentor."""

from __future__ import annotations

import os
from asyncio import to_thread
from functools import partial
from typing import Any

from data.documents.files import NotWritten, write_new
from data.documents.names import handover_name
from data.documents.written_files import note_files
from data.i18n import _, ngettext
from data.method.retention import private_of
from data.paths import documents_folder, shown_path
from data.privacy.bundle import ENDING, bundle_of, odd_text
from data.privacy.loan_files import role_instead, why_not_handed_over
from data.queries.views import mentee_view
from data.storage.problems import StorageError
from screens.dialogs.ask import AskDialog
from screens.frame.base import BaseScreen


async def hand_over(screen: BaseScreen[Any], mentee_id: str) -> None:
    """Ask, and write the bundle; say where it is, and what stays here."""
    mentee, store = screen.context.mentee(mentee_id), screen.store
    if mentee is None:
        return
    if why := why_not_handed_over(store, mentee):
        screen.say(why, problem=True)
        return
    private = len(private_of(mentee_view(store, mentee)))
    text = _(
        "One file with all that is shared: plan, talks, roles, people, expectations, actions and "
        "history. Add it there with mentor receive. Nothing is deleted here."
    )
    stays = ngettext(
        "1 private record stays here.", "{count} private records stay here.", private
    ).format(count=private)
    title = _("Hand {name} over to another mentor?").format(name=mentee.name)
    left = stays if private else "", odd_text(store, mentee), role_instead(store)
    explanation = " ".join(filter(None, (text, *left)))
    if not await screen.app.push_screen_wait(AskDialog(title, explanation, undoable=False)):
        return
    store.flush()
    try:
        data = bundle_of(store, mentee)
        folder = documents_folder(screen.context.settings.documents, os.environ)
        path = folder / (handover_name(store, mentee) + ENDING)
        made = await to_thread(partial(write_new, path, data, make_folder=True))
    except (NotWritten, StorageError) as problem:
        screen.say(str(problem), problem=True)
        return
    note_files(store, mentee, [made], "handover")
    screen.say(_("Written: {path}").format(path=shown_path(made, os.environ)))
