"""All mentors of a workplace on one page: what needs help first, for a coordinator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from data.dates import show_date
from data.i18n import N_, _
from data.published.finding import place_of
from data.published.overview import Mentor
from data.published.overview_words import no_folder_text, nobody_text
from screens.frame.commands import Commands
from screens.frame.context import Context
from screens.frame.keys import leads_back
from screens.frame.title import Title
from screens.workplace.overview_base import HIGH, WorkplaceList
from screens.workplace.overview_files import WorkplaceFiles
from screens.workplace.overview_mentor import MentorScreen
from screens.workplace.overview_rows import (
    MENTOR,
    banner_text,
    file_id,
    file_in_full,
    mentor_columns,
    mentor_in_full,
    mentor_rows,
)
from widgets.grid import Grid
from widgets.line_input import LineInput
from widgets.spoken import Spoken

LOOK_SECONDS = 5.0
"""How often the files are looked at; what has not changed is not read again."""


class WorkplaceScreen(WorkplaceList):
    """The mentors, and below them the files to look at, and what there is in all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash", "do('find')", N_("Find"), tooltip=N_("Find mentor"), priority=True, id="search"
        ),
        Binding("w", "do('write')", N_("Write document"), id="write"),
        Binding("down", "do('move_found', 1)", show=False),
        Binding("up", "do('move_found', -1)", show=False),
        Binding("escape", "back", N_("Back")),
    ]

    def __init__(self, context: Context, named: Sequence[Path] | None = None) -> None:
        """Make the page of what is in the files and folders that are `named`.

        None stands for the server that the records are on, or the folder of the settings.
        """
        found = place_of(context.file, context.settings) if named is None else named
        super().__init__(context, WorkplaceFiles(found))
        self.line = LineInput(id="workplace-filter")
        self.line.display = False
        self._mentors: Mapping[str, Mentor] = {}
        """The mentors that are listed, by the ids of their rows."""
        self.grid.opens = lambda: bool(self._mentors)
        self.commands = (_FindMentor(self), *self.commands)

    def body(self) -> ComposeResult:
        """Put the line to type in above the list, while it is used."""
        yield self.line
        yield from super().body()

    def on_mount(self) -> None:
        """Read the files, and look at them again now and then."""
        super().on_mount()
        self.look()
        self.set_interval(LOOK_SECONDS, self.look)

    def on_unmount(self) -> None:
        """Let go of the server, if there is one: in a thread, which may have to wait for it."""
        super().on_unmount()
        if self.files.on_server:
            Thread(target=self.files.close, daemon=True).start()

    @work
    async def look(self) -> None:
        """Read the files again where they have changed."""
        await self.files.look()

    def headline(self) -> Title:
        """Return what the page is called, and its day."""
        return Title(
            f"{_('All mentors')} · {show_date(self.files.page.day)}", about=_("All mentors")
        )

    # -- showing ------------------------------------------------------------------------------

    def instead(self) -> str:
        """Return what is said in place of the list, such as how there comes to be one."""
        if said := super().instead():
            return said
        page = self.files.page
        if page.mentors or page.doubted:
            return ""
        if not self.files.named:
            return no_folder_text()
        return nobody_text(on_server=self.files.on_server)

    def show_records(self) -> None:
        """Show the mentors."""
        self.show_empty(self.instead())
        if self.empty.display:
            return
        page, counts = self.files.page, self.files.counted
        self.show_banner(banner_text(page, counts))
        # else a small screen has no room for a single mentor while one types
        self.banner.display = self.app.size.height >= HIGH or not self.line.display
        width = self.app.size.width
        self._mentors = {f"{MENTOR}{one.path}": one for one in page.mentors}
        self.show_rows([*mentor_rows(page, counts, self.typed)], mentor_columns(width))

    def on_resize(self, event: events.Resize) -> None:
        """Show as many columns as there is room for."""
        super().on_resize(event)
        if self.files.is_read:
            self.show_records()

    def said_of(self, row_id: str) -> Sequence[str]:
        """Return a mentor, a file or a figure in full."""
        if row_id in self._mentors:
            return mentor_in_full(self._mentors[row_id])
        for one in self.files.page.doubted:
            if row_id == file_id(one):
                return file_in_full(one)
        row = next((one for one in self.grid.body.rows if one.id == row_id), None)
        return (row.said("mentor"),) if row else ()

    @property
    def mentor(self) -> Mentor | None:
        """The mentor under the cursor; None where the cursor is on something else."""
        return self._mentors.get(self.grid.row_id)

    def names(self, spoken: Spoken) -> Spoken:
        """Return also the mentor that the typed part of a name has found."""
        found = super().names(spoken)
        return replace(found, line=self.grid.body.spoken().line) if self.line.has_focus else found

    # -- finding ------------------------------------------------------------------------------

    @property
    def typed(self) -> str:
        """The part of a name that the list is narrowed to, or ""."""
        return self.line.value.strip() if self.line.display else ""

    @on(Input.Changed)
    def _narrow(self) -> None:
        if self.line.display:
            self.show_records()
            if rows := self.grid.body.rows:
                self.grid.go_to(rows[0].id)

    @on(Input.Submitted)
    @on(Grid.Opened)
    def _open(self) -> None:
        mentor = self.mentor
        if mentor is None:
            self.say(_("Enter opens a mentor"))
            return
        self.close_finder()
        self.app.push_screen(MentorScreen(self.context, self.files, mentor.path))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no way back where this is all that there is, and shows everybody."""
        if action == "back":
            return leads_back(self) or self.line.display
        return super().check_action(action, parameters)

    def close_finder(self) -> bool:
        """Take the line away and show everybody again. Return whether it was there."""
        if not self.line.display:
            return False
        self.grid.focus()
        self.line.display = False
        self.line.value = ""
        self.notices.hush()
        self.show_records()
        return True

    def action_back(self) -> None:
        """Show everybody again; then go back."""
        if not self.close_finder():
            super().action_back()


class _FindMentor(Commands):
    """The line that narrows the list to the names that fit what is typed."""

    def __init__(self, screen: WorkplaceScreen) -> None:
        self._screen = screen

    def offers(self, name: str) -> bool:
        """Offer the arrows while one types; elsewhere they belong to the list."""
        screen = self._screen
        return (name == "find" or screen.line.has_focus) and not screen.empty.display

    def find(self) -> None:
        """Type part of a name."""
        line = self._screen.line
        line.placeholder = _("Part of a name")
        line.display = True
        self._screen.show_records()
        line.focus()
        self._screen.say(_("Enter opens, arrows choose, Esc shows all"))

    def move_found(self, way: int) -> None:
        """Move the cursor among the names that fit: down by 1, or up by -1."""
        self._screen.grid.body.action_move(way, 0)
