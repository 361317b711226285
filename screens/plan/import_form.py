"""Importing a filled-in form: choose the file, look at what it would change, and import it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from functools import partial
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.documents.importing.content import ReadFile
from data.documents.importing.paths import chosen_path
from data.documents.importing.preview import HEADINGS, Preview
from data.documents.taking_in import ImportProblem, look_at, read_file
from data.i18n import N_, _
from data.method.visibility import shows_all
from data.paths import documents_folder
from screens.dialogs.base import Dialog
from screens.dialogs.edit_record import Asker
from screens.dialogs.file import FileDialog
from screens.frame.context import Context
from screens.plan.view import PlanView
from widgets.keys import DONE
from widgets.reading import HEADING, PLAIN, QUIET, ReadingPane

SLOW: Final = 0.5
"""After how many seconds of reading the user is told that it goes on."""
Look = Callable[[ReadFile], Preview | None]
"""Takes what was read of a file, and returns what it would change now; None if nothing can be."""


class PreviewDialog(Dialog[Preview]):
    """Shows what a form would change. The answer is the preview if it is to be imported.

    If the records have changed since, so that the form would change something else now, that is
    shown first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", N_("Import"), priority=True),
        Binding("f10,ctrl+s", "take", N_("Import"), show=False, priority=True, key_display=DONE),
    ]
    DEFAULT_CSS = """
    PreviewDialog ReadingPane { height: auto; }
    """

    def __init__(self, preview: Preview, again: Callable[[], Preview | None]) -> None:
        """Make a dialog.

        Args:
            preview: What the form would change.
            again: Returns what it would change now; None if whom it is about has been deleted.
        """
        super().__init__(preview.form)
        self.preview = preview
        self.again = again
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
        """Import it, unless a cell cannot be read, there is nothing new, or it has changed."""
        try:
            now = self.again()
        except ImportProblem as wrong:
            self.say(str(wrong), problem=True)
            return
        if now is None:
            self.dismiss(None)
            return
        if now.entries != self.preview.entries:
            self.preview = now
            self.pane.show(self._parts())
            self.pane.to_top()
            self.say(_("Somebody has changed this meanwhile: look again, then import"))
        elif self.preview.unread:
            self.say(self._refusal, problem=True)
        else:
            self.dismiss(None if self.preview.does_nothing else self.preview)


async def import_form(plan: PlanView, asker: Asker) -> None:
    """Ask for a filled-in form, show what it would change, and import it as one step of undo.

    Args:
        plan: The plan from which it is done; any form about its mentee can be chosen.
        asker: Commits what is imported, and says what came of it.
    """
    look = partial(_look, plan.context, plan.mentee_id)
    lists = shows_all(plan.reader)
    await import_file(asker, plan.context, _("Import a filled-in form"), look, lists=lists)


def _look(context: Context, mentee_id: str, file: ReadFile) -> Preview | None:
    """Return what a file would change now; None if the mentee has been deleted."""
    mentee = context.mentee(mentee_id)
    return look_at(context.store, mentee, file) if mentee is not None else None


async def import_file(
    asker: Asker, context: Context, title: str, look: Look, *, lists: bool
) -> Preview | None:
    """Ask for a file, show what it would change, and import it as one step of undo.

    Args:
        asker: Opens the dialogs, commits what is imported, and says what came of it.
        context: What every screen is given.
        title: What the dialog that asks for the file is called, translated.
        look: Takes what was read of a file, and returns what it would change now.
        lists: Whether files are listed, as `FileDialog` takes it.

    Returns:
        What was imported; None if nothing was.
    """
    again = await _chosen(asker, context, title, look, lists=lists)
    first = again() if again is not None else None
    if again is None or first is None:
        return None
    preview = await asker.app.push_screen_wait(PreviewDialog(first, again))
    if preview is None:
        return None
    asker.commit(preview.changes, preview.step)
    asker.say(_("Imported: {what}. u undoes it.").format(what=preview.summary()))
    return preview


async def _chosen(
    asker: Asker, context: Context, title: str, look: Look, *, lists: bool
) -> Callable[[], Preview | None] | None:
    """Return what tells what the chosen file would change now; None if none was chosen.

    While a file cannot be read, the reason is shown and another can be chosen.
    """
    folder = documents_folder(context.settings.documents, os.environ)
    typed = problem = ""
    while True:
        dialog = FileDialog(title, folder, typed=typed, problem=problem, lists=lists)
        answer = await asker.app.push_screen_wait(dialog)
        if answer is None:
            return None
        typed = answer
        # A thread reads it: what reads Word files takes a while to load.
        reading = asyncio.create_task(asyncio.to_thread(read_file, chosen_path(typed, folder)))
        done, _waits = await asyncio.wait({reading}, timeout=SLOW)
        if not done:
            asker.say(_("Reading the file …"))
        try:
            again = partial(look, await reading)
            again()
        except ImportProblem as wrong:
            problem = str(wrong)
        else:
            return again
