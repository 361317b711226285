"""The library: what is shared by all mentees, to be read, copied, and adapted by the workplace.

It holds texts (R42, R79), questions (R43, R44), tips (R63), and a list of where the materials are
found (R75, R87).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from data.i18n import N_, _, language
from data.library import text_title
from data.queries.own_texts import reset_text
from screens.dialogs.ask import AskDialog
from screens.frame.context import Context
from screens.frame.proposed import PAGE
from screens.frame.reading import HeadingsScreen
from screens.frame.title import Title
from screens.library.shelves import EDITABLE, Paragraph, shelf_parts, shelves
from widgets.grid import Grid, Row


class LibraryScreen(HeadingsScreen):
    """The headings of the library ("shelves"), and what belongs to the one under the cursor."""

    HELP_TOPIC = "library"
    DOCUMENT = PAGE
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", N_("Edit")),
        Binding("x", "reset", N_("Restore library text"), show=False),
        Binding("b", "guide", N_("The guide")),
    ]

    def __init__(self, context: Context, shelf: str = "") -> None:
        super().__init__(context, shelf or context.positions.get("library", ("", ""))[0])

    def headline(self) -> Title:
        """Return the screen's name."""
        return Title(_("The library"))

    # -- showing ------------------------------------------------------------------------------

    @property
    def shelf(self) -> str:
        """The key of the heading under the cursor."""
        return self.headings.row_id

    def rows(self) -> list[Row]:
        """Return a row for each shelf."""
        return [Row(one.key, {"title": one.title()}) for one in shelves()]

    def parts(self) -> Sequence[Paragraph]:
        """Return what is on the shelf under the cursor."""
        return shelf_parts(self.store, self.shelf)

    @on(Grid.Moved)
    def _moved(self) -> None:
        self.context.positions["library"] = (self.shelf, "")
        self.refresh_bindings()

    # -- keys -----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to edit a shelf only if the workplace may change what is on it."""
        if action == "edit":
            return self.shelf in (*EDITABLE, "questions", "tips")
        if action == "reset":
            return self.shelf in EDITABLE
        return super().check_action(action, parameters)

    def open_heading(self) -> None:
        """Open the list of questions or tips, or read what else is on the shelf."""
        if self.shelf in ("questions", "tips"):
            self.action_edit()
        else:
            self.action_other_side()

    def action_edit(self) -> None:
        """Open the list of questions or tips, or edit the text that is on the shelf."""
        if self.shelf == "questions":
            from screens.library.questions import QuestionsScreen

            self.app.push_screen(QuestionsScreen(self.context))
        elif self.shelf == "tips":
            from screens.library.tips import TipsScreen

            self.app.push_screen(TipsScreen(self.context))
        else:
            from screens.library.text import TextScreen

            self.app.push_screen(TextScreen(self.context, self.shelf))

    @work
    async def action_reset(self) -> None:
        """Put the library's own text in the place of the workplace's. It can be undone."""
        key = self.shelf
        reset = reset_text(self.store, key)
        if not reset:
            self.say(_("This is already the library's text"))
            return
        title = _("Restore the library's text?")
        if await self.app.push_screen_wait(AskDialog(title)):
            self.commit(reset, text_title(language(), key))

    def action_guide(self) -> None:
        """Open the guide."""
        from screens.library.guide import GuideScreen

        self.app.push_screen(GuideScreen(self.context))
