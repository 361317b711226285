"""Lending a mentorship from the list of mentees, and giving back one that was lent."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.clock import today
from data.documents.files import NotWritten
from data.documents.names import loan_name, return_name
from data.i18n import N_, _, ngettext
from data.method.lending import borrowed, lent, loan_text
from data.method.retention import private_of
from data.paths import documents_folder, shown_path
from data.privacy.bundle import ENDING, odd_text
from data.privacy.lending import give_back, lent_bundle, new_loan
from data.privacy.loan_files import why_not_lent, write_back, write_lent
from data.queries.own_person import known_name
from data.queries.views import mentee_view
from data.records import Loan, Mentee
from data.storage.problems import StorageError
from data.text import line
from screens.dialogs.ask import AskDialog
from screens.dialogs.form import Filled, FormDialog
from screens.dialogs.form_fields import Field
from screens.frame.base import BaseScreen
from screens.frame.entries import dates_from


async def lend_or_give_back(screen: BaseScreen[Any], mentee_id: str) -> None:
    """Lend a mentee to another mentor; or give the mentee back, where it is a copy."""
    mentee = screen.context.mentee(mentee_id)
    if mentee is None:
        return
    loan = borrowed(screen.store.of(Loan, mentee.id))
    if loan is not None:
        await _give_back(screen, mentee, loan)
    elif why := why_not_lent(screen.store, mentee):
        screen.say(why, problem=True)
    elif await _means_one_more(screen, mentee):
        await _lend(screen, mentee)


async def _means_one_more(screen: BaseScreen[Any], mentee: Mentee) -> bool:
    """Ask about one who is out already; True where the mentee is not."""
    out = lent(screen.store.of(Loan, mentee.id))
    if not out:
        return True
    title = _("Lend one more copy of {name}?").format(name=mentee.name)
    text = _("{name} is {lent} already.").format(name=mentee.name, lent=loan_text(out))
    question = AskDialog(title, text, undoable=False)
    meant: bool | None = await screen.app.push_screen_wait(question)
    return bool(meant)


async def _lend(screen: BaseScreen[Any], mentee: Mentee) -> None:
    """Ask until when and to whom, and write the bundle."""
    dates = dates_from(mentee.start)

    def problem(texts: Mapping[str, str]) -> str:
        day = dates.read(texts["until"])
        if day is None:
            return _("Say until when it is lent")
        return _("That day has passed") if day < today() else ""

    fields = [
        Field("until", _("Until"), check=dates.check, kept=False),
        Field("who", _("To whom"), kept=False),
    ]
    title = _("Lend {name} to another mentor").format(name=mentee.name)
    dialog = FormDialog(title, fields, validate=problem, done=N_("Lend"))
    texts: Filled | None = await screen.app.push_screen_wait(dialog)
    until = dates.read(texts["until"]) if texts is not None else None
    if texts is None or until is None:
        return
    store = screen.store
    store.flush()
    try:
        loan = new_loan(store, mentee, line(texts["who"]), until, today())
        data = lent_bundle(store, mentee, loan, known_name(store))
        path = _path(screen, loan_name(store, mentee))
        made = write_lent(store, mentee, loan, path, data, make_folder=True)
    except (NotWritten, StorageError) as wrong:
        screen.say(str(wrong), problem=True)
        return
    written = _("Written: {path}").format(path=shown_path(made, os.environ))
    screen.say(f"{written}. {_stays(screen, mentee)}".rstrip(". "))


def _stays(screen: BaseScreen[Any], mentee: Mentee) -> str:
    private = len(private_of(mentee_view(screen.store, mentee)))
    text = ngettext("1 private record stays here.", "{count} private records stay here.", private)
    said = text.format(count=private) if private else "", odd_text(screen.store, mentee)
    return " ".join(filter(None, said))


def _path(screen: BaseScreen[Any], name: str) -> Path:
    folder = documents_folder(screen.context.settings.documents, os.environ)
    return folder / (name + ENDING)


async def _give_back(screen: BaseScreen[Any], mentee: Mentee, loan: Loan) -> None:
    """Ask, write what has changed, and offer to delete the copy for good."""
    store = screen.store
    title = _("Give {name} back to {lender}?").format(name=mentee.name, lender=loan.who)
    text = _("One file with what has changed, to be added there with mentor receive.")
    explanation = f"{text} {_stays(screen, mentee)}".rstrip()
    if not await screen.app.push_screen_wait(AskDialog(title, explanation, undoable=False)):
        return
    store.flush()
    try:
        back = give_back(store, mentee, loan)
        path = _path(screen, return_name(store, mentee))
        made = write_back(store, loan, back, path, back.data, make_folder=True)
    except (NotWritten, StorageError) as wrong:
        screen.say(str(wrong), problem=True)
        return
    screen.say(_("Written: {path}").format(path=shown_path(made, os.environ)))
    title = _("Delete your copy of {name} for good?").format(name=mentee.name)
    text = _("Your private notes about {name} go with it. It can also be done later: X.")
    question = AskDialog(title, text.format(name=mentee.name), undoable=False)
    if await screen.app.push_screen_wait(question):
        from screens.closed.delete import DeletionScreen  # loaded when first used

        screen.app.push_screen(DeletionScreen(screen.context, mentee.id))
