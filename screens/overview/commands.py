"""What can be done on the overview."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from data.i18n import N_, _
from data.text import first_line
from screens.frame.commands import Commands
from screens.mentee.base import MenteeScreen
from screens.overview.shown import ShownLines


class OverviewCommands(Commands):
    """Edit the mentee, read what it can do now, delete a note, close the mentorship."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("e", "do('edit')", N_("Edit"), tooltip=N_("Edit mentee")),
        Binding("s", "do('can_now')", N_("Can do now"), show=False),
        Binding("x", "do('delete')", N_("Delete note, or close mentorship"), show=False),
    ]

    def __init__(self, screen: MenteeScreen, shown: ShownLines) -> None:
        self._screen = screen
        self._shown = shown

    async def edit(self) -> None:
        """Edit the mentee's fields, and whether the mentorship is paused."""
        from screens.mentee.form import edit_mentee  # loaded when first used

        await edit_mentee(self._screen, self._screen.mentee_id)

    def can_now(self) -> None:
        """Read what the mentee can do now and could not before (R6)."""
        self._screen.app.push_screen(self._what_it_can_do())

    async def delete(self) -> None:
        """Delete the note under the cursor; on any other line, close the mentorship."""
        # loaded when first used
        from screens.dialogs.ask import AskDialog
        from screens.dialogs.edit_record import delete_record
        from screens.mentee.ending import close_mentee

        screen, note = self._screen, self._shown.note
        if note is None:
            if await close_mentee(screen, screen.mentee_id):
                screen.app.switch_screen(self._what_it_can_do())
            return
        question = AskDialog(_("Delete the note?"), first_line(note.text))
        await delete_record(screen, screen.store, note, question, _("note deleted"))

    def _what_it_can_do(self) -> Screen[None]:
        from screens.mentee.closing import ClosingScreen  # loaded when first opened

        return ClosingScreen(self._screen.context, self._screen.mentee_id)
