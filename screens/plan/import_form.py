"""Importing a filled-in form: choose the file, look at what it would change, and import it."""

from __future__ import annotations

import asyncio
import os
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.documents.importing.paths import chosen_path
from data.documents.importing.preview import HEADINGS, Preview
from data.documents.taking_in import ImportProblem, look_at, read_file
from data.i18n import N_, _
from data.method.visibility import shows_all
from data.paths import documents_folder
from screens.dialogs.base import Dialog
from screens.dialogs.edit_record import Asker
from screens.dialogs.file import FileDialog
from screens.plan.view import PlanView
from widgets.reading import HEADING, PLAIN, QUIET, ReadingPane

SLOW: Final = 0.5
"""After how many seconds of reading the user is told that it goes on."""


class PreviewDialog(Dialog[bool]):
    """Shows what a form would change. The answer is True if it is to be imported."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", N_("Import"), priority=True),
    ]
    DEFAULT_CSS = """
    PreviewDialog ReadingPane { height: auto; }
    """

    def __init__(self, preview: Preview) -> None:
        """Make a dialog for a preview."""
        super().__init__(preview.form)
        self.preview = preview
        self.pane = ReadingPane()

    def body(self) -> ComposeResult:
        """Show the preview."""
        yield self.pane

    def on_mount(self) -> None:
        """Fill in the text, and give it the focus so that it can be scrolled at once."""
        self.pane.show(self._parts())
        self.pane.focus()
        if self.preview.unread:
            self.say(self._refusal, problem=True)

    def on_resize(self) -> None:
        """Limit the height of the text to the screen; it scrolls if it is longer."""
        self.pane.styles.max_height = self.room

    def _parts(self) -> list[tuple[str, str]]:
        parts = [(QUIET, self.preview.summary())]
        for kind, heading in HEADINGS.items():
            entries = self.preview.of(kind)
            if entries:
                parts += [(PLAIN, ""), (HEADING, _(heading))]
                parts += [(PLAIN, entry.line) for entry in entries]
        return parts

    @property
    def _refusal(self) -> str:
        return _("Correct these cells in the file first; nothing has been imported")

    def action_take(self) -> None:
        """Import it, unless a cell cannot be read or there is nothing new."""
        if self.preview.unread:
            self.say(self._refusal, problem=True)
        else:
            self.dismiss(not self.preview.does_nothing)


async def import_form(plan: PlanView, asker: Asker) -> None:
    """Ask for a file, show what it would change, and import it as one step of undo.

    Args:
        plan: The plan from which it is done; any form about its mentee can be chosen.
        asker: Commits what is imported, and says what came of it.
    """
    preview = await _chosen(plan, asker)
    if preview is None or not await plan.app.push_screen_wait(PreviewDialog(preview)):
        return
    asker.commit(preview.changes, preview.step)
    asker.say(_("Imported: {what}. u undoes it.").format(what=preview.summary()))


async def _chosen(plan: PlanView, asker: Asker) -> Preview | None:
    """Return what the chosen file would change; None if none was chosen.

    While a file cannot be read, the reason is shown and another can be chosen.
    """
    context = plan.context
    folder = documents_folder(context.settings.documents, os.environ)
    typed = problem = ""
    while True:
        dialog = FileDialog(
            _("Import a filled-in form"),
            folder,
            typed=typed,
            problem=problem,
            lists=shows_all(plan.reader),
        )
        answer = await plan.app.push_screen_wait(dialog)
        mentee = context.mentee(plan.mentee_id)
        if answer is None or mentee is None:
            return None
        typed = answer
        # A thread reads it: what reads Word files takes a while to load.
        reading = asyncio.create_task(asyncio.to_thread(read_file, chosen_path(typed, folder)))
        done, _waits = await asyncio.wait({reading}, timeout=SLOW)
        if not done:
            asker.say(_("Reading the file …"))
        try:
            return look_at(context.store, mentee, await reading)
        except ImportProblem as wrong:
            problem = str(wrong)
