"""Deleting a mentee for good: a page that says what goes and what stays, and asks for the name."""

from __future__ import annotations

import os
from asyncio import to_thread
from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from data.i18n import N_, _
from data.method.hold import is_held
from data.paths import documents_folder
from data.privacy.lending import NotGivenBack, refuse_unreturned
from data.privacy.purge import Planned, all_of, carry_out, longest_texts, look_through, planned_with
from data.privacy.purge_words import files_of, goes, heading, stays
from data.records import Loan
from data.storage.problems import StorageError
from data.storage.reasons import said_of
from data.storage.snapshot import Unsound
from data.store.hold import OnHold
from data.text import spelling_key, words_key
from screens.dialogs.form import FormDialog
from screens.dialogs.form_fields import Field
from screens.frame.context import Context
from screens.frame.reading import BACK, MenteePage
from widgets.keys import DONE
from widgets.reading import HEADING, PLAIN, QUIET

DELETE = N_("Delete for good")
"""What F10 does here."""


_LONGEST = 52
"""How many letters of a file's name are shown: so many have room in a narrow window."""


class DeletionScreen(MenteePage):
    """Says what would go of a mentee, and deletes it when the whole name has been typed."""

    HELP_TOPIC = "home"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "delete", DELETE, key_display=DONE),
        BACK,
    ]

    def __init__(self, context: Context, mentee_id: str) -> None:
        """Make the page; what would go is looked for when it opens."""
        super().__init__(context, mentee_id)
        self._planned: Planned | None = None
        self._problem = ""
        self._busy = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to delete only what is not on hold."""
        mentee = self.mentee
        if action == "delete" and mentee is not None and (is_held(mentee) or self._lent):
            return False
        return super().check_action(action, parameters)

    @property
    def _lent(self) -> NotGivenBack | None:
        """Why a copy that was borrowed cannot be deleted yet; None where it can."""
        mentee = self.mentee
        try:
            if mentee is not None:
                refuse_unreturned(self.store, mentee)
        except NotGivenBack as why:
            return why
        return None

    def page_title(self) -> str:
        """Return what the page is called."""
        return _(DELETE)

    def show_records(self) -> None:
        """Look again, unless the mentee is gone: by this page, or by somebody else."""
        super().show_records()
        self.refresh_bindings()  # a hold, by whomever, takes F10 away, and its end brings it back
        if self.mentee is not None and not self._busy:
            self.look_through()

    @work(exclusive=True)
    async def look_through(self) -> None:
        """Find out what would go, and show it."""
        mentee, path = self.mentee, self.context.file
        if mentee is None or path is None:
            return
        self.store.flush()
        wanted = all_of(self.store, mentee)
        try:
            there = self.store.documents.tables
            looking = partial(look_through, path, wanted, by=self.store.by, present=there)
            goings = await to_thread(looking)
            self._planned = planned_with(path, goings, self.store, wanted, os.environ)
            self._problem = ""
        except (OSError, StorageError, Unsound) as problem:
            self._planned, self._problem = None, said_of(problem)
        self.pane.show(self.parts())

    def parts(self) -> list[tuple[str, str]]:
        """Return what goes and what stays."""
        mentee = self.mentee
        if mentee is None:
            return []
        if is_held(mentee):
            return [(PLAIN, str(OnHold(mentee)))]
        if self._lent is not None:
            return [(PLAIN, str(self._lent))]
        if self._planned is None:
            return [(QUIET, self._problem or _("Looking through everything …"))]
        found = [(HEADING, heading(mentee.name, self._planned)), (PLAIN, "")]
        found += [(PLAIN, f"- {line}") for line in goes(self._planned)]
        for folder, names in files_of(self._planned, os.environ):
            found.append((PLAIN, f"- {folder}"))
            found += [(PLAIN, f"    {_cut(one)}") for one in names]
        found.append((PLAIN, ""))
        loans, server = self.store.of(Loan, mentee.id), self._planned.server
        for sentence in stays(private_only=False, loans=loans, server=server):
            found += [(PLAIN, sentence), (PLAIN, "")]
        return found

    @work(exclusive=True, group="delete")
    async def action_delete(self) -> None:
        """Ask for the whole name, and delete."""
        mentee, planned, path = self.mentee, self._planned, self.context.file
        if mentee is None or planned is None or path is None:
            return
        name = spelling_key(mentee.name)

        def problem(texts: Mapping[str, str]) -> str:
            typed = words_key(texts["name"])
            text = _("That is not the name {name}")
            return "" if typed == " ".join(name.split()) else text.format(name=mentee.name)

        field = Field("name", _("The whole name"), hint=mentee.name, kept=False)
        title = _("Delete {name} for good?").format(name=mentee.name)
        dialog = FormDialog(title, [field], validate=problem, done=DELETE)
        if await self.app.push_screen_wait(dialog) is None:
            return
        self._busy = True
        self.say(_("Deleting for good …"))
        words = [mentee.name, *longest_texts(self.store, mentee)]
        folder = documents_folder(self.context.settings.documents, os.environ)
        try:
            report = await to_thread(
                partial(carry_out, path, planned, os.environ, documents=folder, words=words)
            )
        except OnHold as held:  # by somebody else, while the name was typed
            self.notices.refuse(held)
            return
        except (OSError, StorageError) as refused:
            self.say(said_of(refused), problem=True)
            return
        finally:
            self._busy = False
        if report.found and self.is_attached:
            text = _("A name or a text of it still stands in what is about others: {files}")
            self.say(text.format(files=", ".join(report.found)), problem=True)


def _cut(name: str) -> str:
    """Return a file's name; of a long one the start and the end, where its day and kind are."""
    if len(name) <= _LONGEST:
        return name
    half = _LONGEST // 2
    return f"{name[: half - 1]}…{name[-half:]}"
