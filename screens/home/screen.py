"""The first screen: the mentees, and Today, which is what the mentor may want to look at (R3)."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from data.clock import today
from data.i18n import N_, _
from data.method.visibility import visible
from data.records import Conflict
from data.store.store import Event
from screens.frame.base import BaseScreen
from screens.frame.calendar_file import CalendarCommand
from screens.frame.context import Context
from screens.frame.everywhere import TO_PLACES
from screens.frame.places import open_place
from screens.frame.title import Title
from screens.home.commands import (
    AddMentee,
    ExampleData,
    ImportMentees,
    OnData,
    OnMentee,
    OnToday,
    WhichList,
    Workplace,
)
from screens.home.finder import FindCommands, Finder
from screens.home.lists import HomeLists
from screens.home.names import day_title
from screens.home.opening import Opening
from widgets.grid import Grid
from widgets.marked import Instead
from widgets.spoken import Spoken
from widgets.wrapping import wrap_within

ENOUGH_LINES = 12
"""Lines from which there is room for more about the line under the cursor than it says itself."""


class HomeScreen(BaseScreen[None]):
    """Two lists, the mentees and Today, with a banner above and more about one line below.

    It lays the screen and passes on what happens to the parts: the lists, the finder, the opening
    and the commands.
    """

    HELP_TOPIC = "home"
    DOCUMENT = "mentees"
    CHOOSES_MENTEE = True
    LEADS_TO_MENTEE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *AddMentee.KEYS,
        Binding(
            "t", "do('talk')", N_("Talk"), tooltip=N_("Start or resume talk")
        ),  # as everywhere, but named among its own
        *OnToday.KEYS,
        *OnMentee.KEYS,
        *FindCommands.KEYS,
        *WhichList.KEYS,
        Binding("b", "app.library", N_("The library"), show=False),
        *OnData.KEYS,
        *ImportMentees.KEYS,
        *ExampleData.KEYS,
        *CalendarCommand.KEYS_FOR_ALL,
        *Workplace.KEYS,
        *TO_PLACES,  # the first screen names them among its own
    ]

    DEFAULT_CSS = """
    HomeScreen #home-banner { height: auto; padding: 0 1; text-style: bold; }
    HomeScreen #home-filter { margin: 0 1; }
    HomeScreen #home-lists { height: 1fr; }
    HomeScreen #home-detail { height: 2; padding: 0 1; color: $text-muted; }
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.renewal.show_news = self._show_news
        self.banner = Static(Content(""), id="home-banner")
        self._told: str | None = None
        """What the banner says; None before it was first shown."""
        self.empty = Instead(id="home-empty")
        self.detail = Static(Content(""), id="home-detail")
        self.lists = HomeLists(self)
        self.finder = Finder(self, self.lists, self._show_lists)
        self.opening = Opening(self.lists, self._lay_late, self.show_records)
        self._which = WhichList(self, self.lists)
        self.commands = (
            AddMentee(self, self.lists),
            OnMentee(self, self.lists),
            OnToday(self, self.lists),
            FindCommands(self.finder, self.lists),
            self._which,
            OnData(self, self.lists),
            ImportMentees(self, self.lists),
            ExampleData(self, self.lists),
            Workplace(self, self.lists),
            CalendarCommand(self),
            *self.commands,
        )
        self._was_left = False
        """Whether another screen has been in front."""

    def body(self) -> ComposeResult:
        """Lay the two lists, and the line that has more about the one under the cursor."""
        yield self.banner
        yield self.finder.line
        yield self.empty
        yield self.lists.box
        yield self.detail

    def headline(self) -> Title:
        """Return the day; in the list of closed mentorships, what the list is."""
        return Title(_("Closed mentorships") if self.lists.closed else day_title(today()))

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee, and the task that a line of Today is about."""
        return self.lists.mentee_id, self.lists.task_id

    def names(self, spoken: Spoken) -> Spoken:
        """Return the line of a list, and what stands above the lists."""
        above = str(self.banner.content) if self.banner.display else ""
        if self.finder.is_open and self.finder.line.has_focus:
            spoken = replace(spoken, line=self.lists.mentees.body.spoken().line)
        if self.empty.display:
            parts = self.empty.plain.split("\n\n")
            texts = ("; ".join(map(str.strip, part.strip().split("\n"))) for part in parts)
            said = (text.replace(".; ", ". ") for text in (above, *texts) if text)
            return Spoken(_("No mentees yet"), tuple(said))
        return replace(spoken, above=(above,) if above else ())

    # -- opening ------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay the screen, unless another one is opened in front of it before it is seen."""
        if not self.opening.unseen:
            yield from super().compose()

    async def _lay_late(self) -> None:
        await self.mount_all(super().compose())
        self.bring_up_to_date(everything=True)

    async def _come_back(self) -> None:
        await self.opening.make()
        self.opening.complete(stay=True)

    def on_mount(self) -> None:
        """Put the cursor on the mentee with whom the user will most likely go on."""
        super().on_mount()
        self.opening.begin()

    def on_screen_suspend(self) -> None:
        """Note that another screen comes in front."""
        self._was_left = True

    def on_screen_resume(self) -> None:
        """Show what changed meanwhile; all of it where this screen was left before it was shown."""
        if not self.opening.names_only:
            super().on_screen_resume()
        elif self.opening.unseen:
            if self._was_left:
                self.call_next(self._come_back)
        elif self._was_left:
            self.opening.complete(stay=True)

    # -- showing ------------------------------------------------------------------------------

    def show_records(self) -> None:
        """Show both lists anew; at the start only the names, which need no other records."""
        if self.opening.unseen:
            return
        if self.opening.names_only and self.lists.show_names():
            self.empty.display = self.banner.display = False
            return
        self.lists.read()
        self._show_lists()
        self._show_banner()
        self.refresh_bindings()

    def _show_news(self) -> None:
        """Draw the lists again only where something in them is new."""
        if self.opening.names_only or self.lists.read():
            self.show_records()
        else:
            self._show_banner()
            self._show_detail()

    def _show_lists(self) -> None:
        from screens.home.texts import empty_text  # nothing but names is shown before

        if self.finder.typed:
            self.opening.finish()
        self.lists.show(self.finder.typed)
        nobody = not self.lists.has_mentees
        if nobody or self.empty.display:  # to show the same again lays out the whole screen
            lost, on_server = self.store.lost_access, self.store.on_server
            why, of_team = lost.why_nobody, self.context.of_team
            said = empty_text(of_team=of_team, on_server=on_server, why=why, out=lost.of_team)
            self.empty.show(said if nobody else "")
        self.empty.display = nobody
        self.detail.display = self._has_detail
        were_shown, self.lists.box.display = self.lists.box.display, not nobody
        if self.lists.box.display and not were_shown:
            self.call_after_refresh(self.lists.mentees.focus)
        self.lists.share_height()
        # Once more when what came or went above the lists, such as the line to find, is laid out.
        self.call_after_refresh(self.lists.share_height)
        self._show_detail()

    def _show_banner(self) -> None:
        from screens.home.texts import banner_text  # nothing but names is shown before

        clashes = [one for one in self.store.all(Conflict) if not one.settled]
        number = len(visible(clashes, self.context.reader))
        cut_off, others = self.lists.cut_off, self.store.others
        text = banner_text(
            self.context.notices, cut_off, today(), others, own=self.store.by, clashes=number
        )
        if text != self._told:  # to show the same again lays out the whole screen
            self._told = text
            self.banner.display = bool(text)
            self.banner.update(Content(text))

    def _on_store(self, event: Event) -> None:
        super()._on_store(event)
        if event.others and self.in_sight and not self.opening.names_only:
            self._show_banner()  # whether the talk that was cut off is open in another session

    def _show_detail(self) -> None:
        from screens.home.texts import detail_text  # nothing but names is shown before

        due = self.lists.fold or self.lists.due
        text = detail_text(due, self.lists.glance, today(), cut=self.lists.is_cut)
        lines = wrap_within(text, max(self.app.size.width - 2, 1), 2)
        self.detail.update(Content("\n".join(lines)), layout=False)

    @property
    def _has_detail(self) -> bool:
        """Whether there is room for a line about a mentee, and a mentee."""
        return self.size.height >= ENOUGH_LINES and not self.empty.display

    def on_resize(self, event: events.Resize) -> None:
        """Use the new width, and share the new height between the lists."""
        self.detail.display = self._has_detail
        if not self.lists.fit_the_width and not self.opening.names_only:
            self._show_lists()
        self.call_after_refresh(self.lists.share_height)

    @on(Grid.Moved)
    def _cursor_moved(self) -> None:
        self.lists.keep_position()
        self._show_detail()

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Show more about the line under the cursor of the list that has the focus now."""
        self._show_detail()

    # -- going on -----------------------------------------------------------------------------

    @on(Grid.Opened, "#mentees")
    def _open_mentee(self) -> None:
        mentee_id = self.lists.mentees.row_id
        if self.context.mentee(mentee_id) is not None:
            self.finder.close()
            open_place(self.app, self.context, "overview", mentee_id)

    @on(Grid.Opened, "#today")
    def _open_due(self) -> None:
        from screens.home.today import open_due  # loaded when first used

        key = self.lists.today.row_id
        if key in self.lists.folds:
            self.lists.open_fold(key)
            self._show_lists()
        elif (due := self.lists.dues.due(key)) is not None:
            open_due(self, due)

    # By their names, as `Input` is loaded by what types.
    def on_input_changed(self) -> None:
        """Narrow the lists to the names that fit what is typed."""
        self.finder.narrow()

    def on_input_submitted(self) -> None:
        """Open the mentee that is left, else search everything."""
        if self.lists.mentees.row_id in self.lists.views:
            self._open_mentee()
        else:
            self.finder.search_everything()

    def action_back(self) -> None:
        """Show all mentees again, then those of mentorships under way; then put notices away."""
        if self.finder.is_open:
            self.finder.close()
        elif self.lists.closed:
            self._which.closed()
        elif self.context.notices:
            self.context.notices.clear()
            self._show_banner()
