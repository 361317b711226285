"""What can be done with the mentee or the line of Today under the first screen's cursor."""

from __future__ import annotations

from textual import work

from data.clock import now
from data.i18n import _, language
from data.method.today.due import Due
from data.method.view import MenteeView
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.places import open_place
from widgets.grid import Grid


class HomeCommands(BaseScreen[None]):
    """The commands; each imports what it needs when it is used, so that the program starts soon."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.mentees = Grid(id="mentees")
        self.views: dict[str, MenteeView] = {}

    @property
    def mentee_id(self) -> str:
        """The mentee that the cursor of either list stands on, or ""."""
        return self.mentees.row_id

    @property
    def due(self) -> Due | None:
        """The line of Today under the cursor, while it has the focus."""
        return None

    # -- mentees ------------------------------------------------------------------------------

    @work
    async def action_add(self) -> None:
        """Add a mentee, and go to its overview."""
        from screens.mentee.form import add_mentee, welcome

        mentee_id = await add_mentee(self)
        mentee = self.context.mentee(mentee_id) if mentee_id else None
        if mentee is None:
            return
        self.mentees.go_to(mentee_id)
        open_place(self.app, self.context, "overview", mentee_id)
        if isinstance(self.app.screen, BaseScreen):
            self.app.screen.say(welcome(mentee))

    @work
    async def action_edit(self) -> None:
        """Edit the mentee's fields."""
        from screens.mentee.form import edit_mentee

        await edit_mentee(self, self.mentee_id)

    @work
    async def action_close_course(self) -> None:
        """Close the mentee's course."""
        from screens.mentee.form import close_mentee

        mentee_id = self.mentee_id
        if await close_mentee(self, mentee_id):
            from screens.mentee.closing import ClosingScreen

            self.app.push_screen(ClosingScreen(self.context, mentee_id))

    def action_reopen(self) -> None:
        """Take the mentee's course up again."""
        from screens.mentee.form import reopen_mentee

        reopen_mentee(self, self.mentee_id)

    @work
    async def action_example(self) -> None:
        """Take the worked example in, or out again with all that was added to it."""
        from data.queries.worked_example import has_example, load_example, remove_example
        from screens.dialogs.ask import AskDialog

        if not has_example(self.store):
            self.commit(load_example(now(), language()), _("worked example"))
            self.say(_("The worked example is here: Enter opens a mentee, d takes it out again"))
            self.mentees.focus()
            return
        title = _("Take the worked example out?")
        explanation = _("Its mentees go, with all that you have written about them.")
        if await self.app.push_screen_wait(AskDialog(title, explanation)):
            self.commit(remove_example(self.store), _("worked example taken out"))

    # -- today --------------------------------------------------------------------------------

    @work
    async def action_settle(self) -> None:
        """Settle the line of Today as done today."""
        from screens.home.today import settle_due

        due = self.due
        if due is not None and due.mentee_id in self.views:
            await settle_due(self, due, self.views[due.mentee_id])

    @work
    async def action_put_off(self) -> None:
        """Keep the line off the list until a day."""
        from screens.home.today import put_off_due

        due = self.due
        if due is not None and due.mentee_id in self.views:
            await put_off_due(self, due, self.views[due.mentee_id])
