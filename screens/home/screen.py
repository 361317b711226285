"""The first screen: the mentees, and Today, which is what the mentor may want to look at (R3)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Input, Static

from data.clock import today
from data.i18n import N_, _
from data.method.today.due import Due, all_due
from data.method.view import MenteeView
from data.queries.views import due_limits, mentee_view, mentees
from data.records import Task
from data.text import match_names
from screens.frame.context import Context
from screens.frame.everywhere import TO_PLACES
from screens.frame.places import PLACES, open_place
from screens.frame.title import Title
from screens.home.commands import HomeCommands
from screens.home.names import day_title, mentee_columns, name_row
from screens.home.rows import (
    cut_off_text,
    due_columns,
    due_row,
    due_what,
    empty_text,
    latest_cut_off,
    mentee_detail,
    mentee_row,
    nobody_text,
)
from widgets.grid import Grid, Row
from widgets.line_input import LineInput

ROOMY = 76
"""From this width on, there is room for a picture of the progress."""


class HomeScreen(HomeCommands):
    """Two lists: the mentees and Today. Tab goes from one to the other."""

    HELP_TOPIC = "home"
    LEADS_TO_MENTEE = True
    NAMES_FIRST: ClassVar[bool] = True
    """Whether the first paint has the names alone, and what takes time waits for it."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", N_("Add")),
        Binding("t", "do('talk')", N_("Talk")),
        Binding("s", "settle", N_("Settle")),
        Binding("p", "put_off", N_("Put off")),
        Binding("e", "edit", N_("Edit")),
        Binding("x", "close_course", N_("Close")),
        Binding("r", "reopen", N_("Take up again")),
        Binding("slash", "filter", N_("Find"), priority=True, id="search"),
        Binding("tab,shift+tab", "other_list", N_("Other list"), key_display="Tab"),
        Binding("v", "closed", N_("Closed courses, or running ones"), show=False),
        Binding("b", "app.library", N_("The library"), show=False),
        Binding("d", "example", N_("Worked example: take it in or out"), show=False),
        Binding("down", "filter_move(1)", show=False),
        Binding("up", "filter_move(-1)", show=False),
        *TO_PLACES,  # the first screen names them among its own
    ]

    DEFAULT_CSS = """
    HomeScreen #home-banner, HomeScreen #home-empty { height: auto; padding: 0 1; }
    HomeScreen #home-banner { text-style: bold; }
    HomeScreen #home-empty { height: 1fr; padding: 1 2; }
    HomeScreen #home-filter { margin: 0 1; }
    HomeScreen #home-lists { height: 1fr; }
    HomeScreen #home-detail { height: 2; padding: 0 1; color: $text-muted; }
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.banner = Static(Content(""), id="home-banner")
        self.filter = LineInput(id="home-filter")
        self.empty = Static(Content(""), id="home-empty")
        self.today = Grid(id="today")
        self.detail = Static(Content(""), id="home-detail")
        self.closed = False
        self._picture = False
        self._names_only = self.NAMES_FIRST
        self._stands = False
        self._left = False
        self.dues: dict[str, Due] = {}
        self._shown_on = date.min

    def body(self) -> ComposeResult:
        """Lay the two lists, and the line that has more about the one under the cursor."""
        yield self.banner
        yield self.filter
        yield self.empty
        with Container(id="home-lists"):
            yield self.mentees
            yield self.today
        yield self.detail

    def on_mount(self) -> None:
        """Stand on the mentee whose talk was cut off, or where one stood last."""
        self.filter.display = False
        super().on_mount()
        self.mentees.go_to(self.context.positions.get("home", ("", ""))[0])
        self.mentees.focus()
        self._to_cut_off()

    def stand_on(self, row_id: str) -> None:
        """Stand on a mentee; a talk that was cut off does not lead away from it."""
        self.context.positions["home"] = (row_id, "")
        self._stands = True

    def on_screen_suspend(self) -> None:
        """Know that another screen has been in front."""
        self._left = True

    def on_screen_resume(self) -> None:
        """Show what has changed meanwhile, and what was not shown before this screen was left."""
        if not self._names_only:
            super().on_screen_resume()
        elif self._left:
            self.complete(stay=True)

    def answers_early(self, key: str) -> bool:
        """Whether a key leads to another screen by nothing but the name under the cursor."""
        return key == "enter" or any(key == place.key for place in PLACES)

    def complete(self, *, stay: bool = False) -> None:
        """Show the rest; called when the names stand on the screen."""
        if self._names_only:
            self._names_only = False
            self._stands = self._stands or stay
            self.show_records()
            self._to_cut_off()

    def _to_cut_off(self) -> None:
        cut_off = self._cut_off()
        if cut_off is not None and not self._stands:
            self.mentees.go_to(cut_off.mentee.id)

    def headline(self) -> Title:
        """Return the day."""
        return Title(_("Closed courses") if self.closed else day_title(today()))

    # -- showing ------------------------------------------------------------------------------

    def show_records(self) -> None:
        """Show both lists anew; at the start the names alone, which need no records."""
        self._shown_on = today()
        if self._names_only and (found := mentees(self.store)):
            rows = [name_row(one, today()) for one in found]
            self.mentees.show(rows, mentee_columns(rows, closed=False))
            self.empty.display = self.banner.display = False
            return
        shown = [mentee_view(self.store, one) for one in mentees(self.store, closed=self.closed)]
        self.views = {view.mentee.id: view for view in shown}
        limits = due_limits(self.context.settings)
        dues = [] if self.closed else all_due(shown, today(), limits)
        self.dues = {due.key: due for due in dues}
        self._show_lists()
        self._show_banner()
        self.refresh_bindings()

    def _show_lists(self) -> None:
        typed = self.filter.value.strip() if self.filter.display else ""
        views = list(self.views.values())
        if typed:
            views = [views[i] for i in match_names([one.mentee.name for one in views], typed)]
        self._picture = self._has_room
        rows = [mentee_row(view, today(), picture=self._picture) for view in views]
        columns = mentee_columns(rows, closed=self.closed)
        if not rows:
            rows = [Row("", {"name": nobody_text(typed, closed=self.closed)}, heading=True)]
        self.mentees.show(rows, columns)
        ids = {view.mentee.id for view in views}
        due = [due_row(one, today()) for one in self.dues.values() if one.mentee_id in ids]
        title = _("Today ({number})").format(number=len(due))
        due_shown = due or [Row("", {"when": _("Nothing calls for you today.")}, heading=True)]
        self.today.show(due_shown, due_columns(due, title))
        nothing = not self.store_has_mentees
        self.empty.display = nothing
        self.empty.update(Content(empty_text() if nothing else ""))
        self.query_one("#home-lists").display = not nothing
        self.today.display = not self.closed
        self._share_height()
        self._show_detail()

    @property
    def store_has_mentees(self) -> bool:
        """Whether there is any mentee, of a running or a closed course."""
        return bool(self.views or mentees(self.store) or mentees(self.store, closed=True))

    def _show_banner(self) -> None:
        lines = [_("{notice} (Esc)").format(notice=one) for one in self.context.notices]
        cut_off = self._cut_off()
        if cut_off is not None:
            lines.append(cut_off_text(cut_off, today()))
        self.banner.display = bool(lines)
        self.banner.update(Content("\n".join(lines)))

    def _cut_off(self) -> MenteeView | None:
        return latest_cut_off(self.views.values())

    def _show_detail(self) -> None:
        due = self.due
        if due is not None:
            text = f"{due.mentee}: {due_what(due)}\n{due.why}"
        elif (view := self.views.get(self.mentee_id)) is not None:
            text = mentee_detail(view, today())
        else:
            text = ""
        self.detail.update(Content(text), layout=False)

    def _share_height(self) -> None:
        """Give the mentees the lines they need, and Today at least half where it needs them."""
        room = self.query_one("#home-lists").size.height
        if not room:
            return
        need = len(self.mentees.body.rows) + 2
        other = len(self.today.body.rows) + 1 if self.today.display else 0
        self.mentees.styles.height = max(min(need, room - min(other, room // 2)), 3)

    def on_resize(self, _event: events.Resize) -> None:
        """Use the new width and share the new height between the lists."""
        if self._picture != self._has_room and not self._names_only:
            self._show_lists()
        self.call_after_refresh(self._share_height)

    @property
    def _has_room(self) -> bool:
        return self.app.size.width >= ROOMY

    @on(events.Key)
    def _look_at_the_clock(self) -> None:
        """Show another day's list where midnight has passed."""
        if self._shown_on != today():
            self.show_records()

    @on(Grid.Moved)
    def _moved(self) -> None:
        if self.mentees.row_id:
            self.context.positions["home"] = (self.mentees.row_id, "")
        self._show_detail()

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Tell of the line under the cursor of the list that has the focus now."""
        self._show_detail()

    # -- where one stands ---------------------------------------------------------------------

    @property
    def _in_today(self) -> bool:
        return self.focused is self.today.body

    @property
    def due(self) -> Due | None:
        """The line of Today under the cursor, while the focus is there."""
        return self.dues.get(self.today.row_id) if self._in_today else None

    @property
    def mentee_id(self) -> str:
        """The mentee under the cursor of the list that has the focus, or ""."""
        due = self.due
        return due.mentee_id if due else self.mentees.row_id

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee, and the task that a line of Today is about."""
        due = self.due
        task = self.store.get(Task, due.record_id) if due and due.record_id else None
        return self.mentee_id, task.id if task else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done to the line under the cursor."""
        on_mentee = bool(self.mentee_id) and not self._in_today
        offered = {
            "settle": self.due is not None,
            "put_off": self.due is not None,
            "edit": on_mentee,
            "close_course": on_mentee and not self.closed,
            "reopen": on_mentee and self.closed,
            "filter_move": self.filter.has_focus,
            "other_list": bool(self.views) and not self.closed,
        }
        return offered.get(action, super().check_action(action, parameters))

    def action_other_list(self) -> None:
        """Go to the other list."""
        (self.mentees if self._in_today else self.today).focus()

    @on(Grid.Opened, "#mentees")
    def _open_mentee(self) -> None:
        mentee_id = self.mentees.row_id
        if self.context.mentee(mentee_id) is not None:
            self._end_filter()
            open_place(self.app, self.context, "overview", mentee_id)

    @on(Grid.Opened, "#today")
    def _open_due(self) -> None:
        from screens.home.today import open_due

        due = self.dues.get(self.today.row_id)
        if due is not None:
            open_due(self, due)

    # -- finding ------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Narrow the lists by name; a second time, search everything for what was typed."""
        if self.filter.has_focus:
            self._search_everything()
            return
        self.filter.placeholder = _("Part of a name; / searches everything")
        self.filter.display = True
        self.filter.focus()
        self.say(_("Enter opens, arrows choose, / searches everything, Esc shows all"))

    @on(Input.Changed, "#home-filter")
    def _narrow(self) -> None:
        self._show_lists()
        if self.mentees.body.rows:
            self.mentees.go_to(self.mentees.body.rows[0].id)

    @on(Input.Submitted, "#home-filter")
    def _found(self) -> None:
        if self.mentees.row_id in self.views:
            self._open_mentee()
        else:
            self._search_everything()

    def action_filter_move(self, way: int) -> None:
        """Move among the names that fit."""
        self.mentees.body.action_move(way, 0)

    def _search_everything(self) -> None:
        self.context.positions["search"] = (self.filter.value.strip(), "")
        self._end_filter()
        from screens.search.screen import SearchScreen  # loaded when first opened

        self.app.push_screen(SearchScreen(self.context))

    def _end_filter(self) -> None:
        if self.filter.display:
            self.mentees.focus()
            self.filter.display = False
            self.filter.value = ""
            self._show_lists()

    def action_back(self) -> None:
        """Show all mentees again, then the running courses; put notices away."""
        if self.filter.display:
            self._end_filter()
        elif self.closed:
            self.action_closed()
        elif self.context.notices:
            self.context.notices.clear()
            self._show_banner()

    def action_closed(self) -> None:
        """Show the closed courses, or the running ones again."""
        self.closed = not self.closed
        self.show_records()
        self.show_title()
        self.mentees.focus()
