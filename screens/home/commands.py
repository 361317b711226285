"""What can be done on the first screen, with what the cursor of its lists stands on.

What a command needs is loaded when the command is first used, so that the program starts soon.
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from data.clock import now
from data.i18n import N_, _, language
from data.method.all_mentors import sees_all_mentors, why_not_all_mentors
from data.method.lending import borrowed
from data.method.visibility import shows_all
from data.records import Loan, Mentee
from screens.frame.base import BaseScreen
from screens.frame.commands import Commands
from screens.frame.places import load, open_place
from screens.home.lists import HomeLists


class HomeCommands(Commands):
    """Commands of the first screen."""

    def __init__(self, screen: BaseScreen[None], lists: HomeLists) -> None:
        self.screen = screen
        self.lists = lists


class AddMentee(HomeCommands):
    """A new mentee."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("a", "do('add')", N_("Add"), tooltip=N_("Add mentee")),
    ]

    async def add(self) -> None:
        """Ask who the new mentee is, and go to its overview."""
        from screens.mentee.form import add_mentee, welcome  # loaded when first used

        screen = self.screen
        mentee_id = await add_mentee(screen)
        mentee = screen.context.mentee(mentee_id) if mentee_id else None
        if mentee is None:
            return
        self.lists.mentees.go_to(mentee_id)
        open_place(screen.app, screen.context, "overview", mentee_id)
        if isinstance(screen.app.screen, BaseScreen):
            screen.app.screen.say(welcome(mentee))


class OnMentee(HomeCommands):
    """What is done with the mentee under the cursor."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("e", "do('edit')", N_("Edit"), tooltip=N_("Edit mentee")),
        Binding("x", "do('close')", N_("Close mentorship")),
        Binding("r", "do('reopen')", N_("Reopen")),
    ]

    def offers(self, name: str) -> bool:
        """Offer them on a mentee's own line, and to close only what is not closed."""
        if self.lists.in_today or not self.lists.mentee_id:
            return False
        return {"close": not self.lists.closed, "reopen": self.lists.closed}.get(name, True)

    async def edit(self) -> None:
        """Edit the mentee's fields."""
        from screens.mentee.form import edit_mentee  # loaded when first used

        await edit_mentee(self.screen, self.lists.mentee_id)

    async def close(self) -> None:
        """Close the mentorship, and read what the mentee can do now."""
        from screens.mentee.ending import close_mentee  # loaded when first used

        mentee_id = self.lists.mentee_id
        if await close_mentee(self.screen, mentee_id):
            from screens.mentee.closing import ClosingScreen  # loaded when first opened

            self.screen.app.push_screen(ClosingScreen(self.screen.context, mentee_id))

    def reopen(self) -> None:
        """Take a closed mentorship up again."""
        from screens.mentee.ending import reopen_mentee  # loaded when first used

        reopen_mentee(self.screen, self.lists.mentee_id)


class OnToday(HomeCommands):
    """What is done with the line of Today under the cursor, without leaving the list (R3)."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("d", "do('mark_done')", N_("Done")),
        Binding("p", "do('put_off')", N_("Snooze")),
    ]

    def offers(self, name: str) -> bool:
        """Offer them while the cursor is on a line of Today."""
        due, fold = self.lists.due, self.lists.fold
        return fold is not None or (due is not None and bool(due.mentee_id))

    async def mark_done(self) -> None:
        """Mark what the line is about as done today."""
        # loaded when first used
        from screens.home.today import mark_all_done, mark_done

        due, view, fold = self.lists.due, self.lists.view, self.lists.fold
        if fold is not None:
            await mark_all_done(self.screen, fold, self.lists.views)
        elif due is not None and view is not None:
            await mark_done(self.screen, due, view)

    async def put_off(self) -> None:
        """Keep the line off the list until a day that is asked for."""
        from screens.home.today import put_all_off, put_off  # loaded when first used

        due, view, fold = self.lists.due, self.lists.view, self.lists.fold
        if fold is not None:
            await put_all_off(self.screen, fold, self.lists.views)
        elif due is not None and view is not None:
            await put_off(self.screen, due, view)


class WhichList(HomeCommands):
    """Which of the lists the cursor is in, and which mentees are listed."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "do('other_list')", N_("Switch list"), key_display="Tab"),
        Binding("v", "do('closed')", N_("Closed or active mentorships"), show=False),
    ]

    def offers(self, name: str) -> bool:
        """Offer the other list where there is one."""
        return name != "other_list" or (bool(self.lists.views) and not self.lists.closed)

    def other_list(self) -> None:
        """Go from the mentees to Today, or back."""
        (self.lists.mentees if self.lists.in_today else self.lists.today).focus()

    def closed(self, mentee_id: str = "") -> None:
        """List the closed mentorships, or those under way again; and go to a mentee there."""
        back_to = self.lists.change_list()
        back_to = mentee_id or back_to
        self.screen.show_records()
        self.lists.mentees.go_to(back_to)
        self.screen.show_title()
        self.lists.mentees.focus()


class ImportMentees(HomeCommands):
    """New mentees from the rows of a file."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("W", "do('import_mentees')", N_("Import rows of mentees"), show=False)
    ]

    async def import_mentees(self) -> None:
        """Ask for a file with rows of mentees, and add them; the cursor goes to the first."""
        # loaded when first used, with all that reads files
        from data.documents.taking_in import looking_at_mentees
        from data.method.visibility import shows_all
        from screens.plan.import_form import import_file

        screen = self.screen
        otherwise = _("To add another with that name: a on the home screen")
        taken_in = await import_file(
            screen,
            screen.context,
            _("Import rows of mentees"),
            lambda file: looking_at_mentees(screen.store, file, otherwise=otherwise),
            lists=shows_all(screen.context.reader),
        )
        if taken_in is None:
            return
        new = [one.after.id for one in taken_in.changes if isinstance(one.after, Mentee)]
        if new:
            self.lists.mentees.go_to(new[0])
            self.lists.mentees.focus()


class ExampleData(HomeCommands):
    """The example that one can look round with."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("E", "do('example')", N_("Example data: add or remove"), show=False)
    ]

    async def example(self) -> None:
        """Take the example in; or else out again, with all that was added to it."""
        # loaded when first used
        from data.queries.worked_example import (
            has_example,
            load_example,
            names_in,
            remove_example,
        )
        from screens.dialogs.ask import AskDialog

        screen = self.screen
        if not has_example(screen.store):
            title = _("Add the example data?")
            why = _("Three made-up mentees are added to the list; E removes them again.")
            if screen.store.on_server:
                colleagues = _(
                    "Until then the made-up people are proposed to your colleagues, too."
                )
                why = f"{why} {colleagues}"
            elif screen.context.of_team:
                why = f"{why} {_('Until then the team sees them, too.')}"
            if await screen.app.push_screen_wait(AskDialog(title, why)):
                made = load_example(now(), language(), names_in(screen.store))
                screen.commit(made, _("example data"))
                said = _("Example data added: Enter opens a mentee, E removes it again")
                screen.say(said)
                self.lists.mentees.focus()
            return
        title = _("Remove the example data?")
        explanation = _("Its mentees are removed, with everything you have written about them.")
        if await screen.app.push_screen_wait(AskDialog(title, explanation)):
            screen.commit(remove_example(screen.store), _("example data removed"))
            screen.say(_("Example data removed (u undoes)"))


class Workplace(HomeCommands):
    """What is about the other mentors, too."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("V", "do('workplace')", N_("All mentors of the workplace"), show=False)
    ]

    def offers(self, name: str) -> bool:
        """Offer the page to one who may see it."""
        return sees_all_mentors(self.screen.context.coordinates)

    def why_not(self, name: str, *arguments: object) -> str:
        """Say who sees the page."""
        return why_not_all_mentors(self.screen.context.coordinates)

    def workplace(self) -> None:
        """Open the page of all mentors, made of what they publish."""
        self.screen.app.push_screen(load("workplace")(self.screen.context))


class OnData(HomeCommands):
    """What is done with all that is kept about the mentee under the cursor."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding(
            "B",
            "do('hold')",
            N_("Hold"),
            show=False,
            tooltip=N_("Hold: delete nothing, or end it"),
        ),
        Binding(
            "A",
            "do('extract')",
            N_("Access to data"),
            show=False,
            tooltip=N_("Write all that is kept (access, extract)"),
        ),
        Binding(
            "O",
            "do('hand_over')",
            N_("Hand over"),
            show=False,
            tooltip=N_("Hand over to another mentor"),
        ),
        Binding(
            "L",
            "do('lend')",
            N_("Lend"),
            show=False,
            tooltip=N_("Lend to another mentor, or give back"),
        ),
        Binding("X", "do('delete')", N_("Delete for good"), show=False),
    ]

    def offers(self, name: str) -> bool:
        """Offer them on a mentee's own line; private words are among what they show."""
        if name != "hold" and not shows_all(self.screen.context.reader):
            return False
        if name == "delete" and not (self.lists.closed or self._is_copy):
            return False
        return not self.lists.in_today and bool(self.lists.mentee_id)

    def why_not(self, name: str, *arguments: object) -> str:
        """Say what comes before a mentee can be deleted for good."""
        if name != "delete" or self.lists.closed or self._is_copy:
            return ""
        return _("Close the mentorship first (x); v shows the closed ones, and X deletes there")

    @property
    def _is_copy(self) -> bool:
        """Whether the mentee is one who was lent by another mentor."""
        return borrowed(self.screen.store.of(Loan, self.lists.mentee_id)) is not None

    async def lend(self) -> None:
        """Lend the mentee until a day, or give back one who was lent."""
        from screens.closed.lend import lend_or_give_back  # loaded when first used

        await lend_or_give_back(self.screen, self.lists.mentee_id)

    async def hold(self) -> None:
        """Put the mentee on hold, or end that."""
        from screens.closed.hold import change_hold  # loaded when first used

        await change_hold(self.screen, self.lists.mentee_id)

    async def extract(self) -> None:
        """Write all that is kept about the mentee, and set a hold."""
        from screens.closed.extract import write_all_that_is_kept  # loaded when first used

        await write_all_that_is_kept(self.screen, self.lists.mentee_id)

    async def hand_over(self) -> None:
        """Write the mentorship as one file for the next mentor."""
        from screens.closed.hand_over import hand_over  # loaded when first used

        await hand_over(self.screen, self.lists.mentee_id)

    def delete(self) -> None:
        """Say what would go of the mentee for good, and ask for the name."""
        from screens.closed.delete import DeletionScreen  # loaded when first used

        screen = self.screen
        screen.app.push_screen(DeletionScreen(screen.context, self.lists.mentee_id))
