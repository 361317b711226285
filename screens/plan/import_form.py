"""Importing a filled-in form: choose the file, look at what it would change, and import it."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

from data.clock import today
from data.documents.importing.content import ReadFile
from data.documents.importing.paths import chosen_path
from data.documents.importing.preview import HEADINGS, Preview
from data.documents.taking_in import ImportProblem, looking_at, read_file
from data.i18n import N_, _
from data.method.visibility import shows_all
from data.paths import documents_folder
from screens.dialogs.base import Dialog
from screens.dialogs.edit_record import Asker
from screens.dialogs.file import FileDialog
from screens.dialogs.wait import in_thread
from screens.frame.context import Context
from screens.plan.view import PlanView
from widgets.keys import DONE
from widgets.reading import HEADING, PLAIN, QUIET, ReadingPane

Prepare = Callable[[ReadFile], Callable[[], Preview] | None]
"""Takes what was read of a file, and gathers what it is held against; None if that is gone.

What it returns makes the preview, and may be called in another thread.
"""


class Look:
    """What a file would change, held against the records."""

    def __init__(self, context: Context, file: ReadFile, prepare: Prepare) -> None:
        self.context, self.file, self.prepare = context, file, prepare
        self._seen: tuple[int, date] | None = None
        self.is_gone = False
        """Whether that which the file is about has been deleted."""

    @property
    def is_fresh(self) -> bool:
        """Whether nothing has changed since the file was held against the records."""
        return self._seen == self._now

    @property
    def _now(self) -> tuple[int, date]:
        return self.context.store.revisions.last, today()

    async def preview(self, app: App[Any]) -> Preview | None:
        """Return what it changes now; None if it `is_gone`, or the user gave it up.

        Raises:
            ImportProblem: It is no form of that kind.
        """
        now = self._now
        look = self.prepare(self.file)
        self.is_gone = look is None
        if look is None:
            return None
        found = await in_thread(app, _("Looking what the file changes …"), look)
        if found is not None:
            self._seen = now
        return found


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

    def __init__(self, looked: Look, preview: Preview) -> None:
        """Make a dialog.

        Args:
            looked: The file, and the records that it was held against.
            preview: What the form would change.
        """
        super().__init__(preview.form)
        self.looked = looked
        self.preview = preview
        self.pane = ReadingPane()
        self.looks_again = False

    def body(self) -> ComposeResult:
        """Show the preview."""
        yield self.pane

    def on_mount(self) -> None:
        """Fill in the text, and give it the focus so that it can be scrolled at once."""
        self.pane.show(self._parts())
        self.pane.focus()
        if self.preview.unread:
            self.say(self._refusal, problem=True)

    def fit(self) -> None:
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
        if self.looked.is_fresh:
            self._take()
        elif not self.looks_again:
            self.looks_again = True
            self.run_worker(self._look_again())

    async def _look_again(self) -> None:
        """Look what the file would change now; import it if that is the same."""
        try:
            now = await self.looked.preview(self.app)
        except ImportProblem as wrong:
            self.say(str(wrong), problem=True)
            return
        finally:
            self.looks_again = False
        if now is None:
            if self.looked.is_gone:
                self.dismiss(None)
        elif now.entries != self.preview.entries:
            self.preview = now
            self.pane.show(self._parts())
            self.pane.to_top()
            self.say(_("Somebody has changed this meanwhile: look again, then import"))
        else:
            self.preview = now
            self._take()

    def _take(self) -> None:
        if self.preview.unread:
            self.say(self._refusal, problem=True)
        else:
            self.dismiss(None if self.preview.does_nothing else self.preview)


async def import_form(plan: PlanView, asker: Asker) -> None:
    """Ask for a filled-in form, show what it would change, and import it as one step of undo.

    Args:
        plan: The plan from which it is done; any form about its mentee can be chosen.
        asker: Commits what is imported, and says what came of it.
    """
    prepare = partial(_prepare, plan.context, plan.mentee_id)
    lists = shows_all(plan.reader)
    await import_file(asker, plan.context, _("Import a filled-in form"), prepare, lists=lists)


def _prepare(context: Context, mentee_id: str, file: ReadFile) -> Callable[[], Preview] | None:
    mentee = context.mentee(mentee_id)
    return looking_at(context.store, mentee, file) if mentee is not None else None


async def import_file(
    asker: Asker, context: Context, title: str, prepare: Prepare, *, lists: bool
) -> Preview | None:
    """Ask for a file, show what it would change, and import it as one step of undo.

    Args:
        asker: Opens the dialogs, commits what is imported, and says what came of it.
        context: What every screen is given.
        title: What the dialog that asks for the file is called, translated.
        prepare: Gathers what the file is held against.
        lists: Whether files are listed, as `FileDialog` takes it.

    Returns:
        What was imported; None if nothing was.
    """
    chosen = await _chosen(asker, context, title, prepare, lists=lists)
    if chosen is None:
        return None
    preview = await asker.app.push_screen_wait(PreviewDialog(*chosen))
    if preview is None:
        return None
    asker.commit(preview.changes, preview.step)
    said = _("Imported: {what} ({form}). u undoes it.")
    asker.say(said.format(form=preview.form, what=preview.summary()))
    return preview


async def _chosen(
    asker: Asker, context: Context, title: str, prepare: Prepare, *, lists: bool
) -> tuple[Look, Preview] | None:
    """Return the chosen file, and what it would change; None if none was chosen.

    While a file cannot be read, the reason is shown and another can be chosen.
    """
    folder = documents_folder(context.settings.documents, os.environ)
    typed = problem = ""
    while True:
        dialog = FileDialog(title, folder, typed=typed, problem=problem, lists=lists)
        answer = await asker.app.push_screen_wait(dialog)
        if answer is None:
            return None
        typed, problem = answer, ""
        path = chosen_path(typed, folder)
        try:
            # A thread reads it: what reads Word files takes a while to load.
            file = await in_thread(asker.app, _("Reading the file …"), partial(read_file, path))
            if file is None:
                continue
            look = Look(context, file, prepare)
            preview = await look.preview(asker.app)
        except ImportProblem as wrong:
            problem = str(wrong)
            continue
        if preview is not None:
            return look, preview
        if look.is_gone:
            return None
