"""The line that narrows the first screen's lists to the names that fit what is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from data.i18n import N_, _
from screens.frame.base import BaseScreen
from screens.frame.commands import Commands
from screens.home.lists import HomeLists

if TYPE_CHECKING:
    from widgets.line_input import LineInput


class Finder:
    """The line in which the user types part of a name. It is shown only while it is used."""

    def __init__(
        self, screen: BaseScreen[None], lists: HomeLists, show_lists: Callable[[], None]
    ) -> None:
        """Make the line, hidden; `show_lists` draws the lists, narrowed to what is `typed`."""
        self._line: LineInput | None = None
        self._screen = screen
        self._lists = lists
        self._show_lists = show_lists

    @property
    def line(self) -> LineInput:
        """The line. It is made when it is laid, which may be after another screen has opened."""
        if self._line is None:
            from widgets.line_input import LineInput  # another screen may open without any

            self._line = LineInput(id="home-filter")
            self._line.display, self._line.disabled = False, True
        return self._line

    @property
    def is_open(self) -> bool:
        """Whether the line is on the screen."""
        return self._line is not None and self._line.display

    @property
    def typed(self) -> str:
        """The part of a name that the lists are narrowed to, or ""."""
        return self.line.value.strip() if self.is_open else ""

    def open(self) -> None:
        """Put the line on the screen, to be typed in."""
        self.line.placeholder = _("Part of a name; / searches everything")
        self.line.display, self.line.disabled = True, False
        self.line.focus()
        self._screen.say(_("Enter opens, arrows choose, / searches everything, Esc shows all"))

    def narrow(self) -> None:
        """Show the names that match what was typed, with the cursor on the first.

        Does nothing once the line is closed: emptying it then must not move the cursor.
        """
        if not self.is_open:
            return
        self._show_lists()
        rows = self._lists.mentees.body.rows
        if rows:
            self._lists.mentees.go_to(rows[0].id)

    def close(self) -> None:
        """Take the line away and show all names again."""
        if self.is_open:
            self._lists.mentees.focus()
            # disabled, or it would get the focus unseen where there is no list to have it
            self.line.display, self.line.disabled = False, True
            self.line.value = ""
            self._screen.notices.hush()
            self._show_lists()

    def search_everything(self) -> None:
        """Open the search screen, with what was typed here as the words to search for."""
        from screens.search.screen import SearchScreen  # loaded when first opened

        begun = self.line.value.strip()
        self.close()
        self._screen.app.push_screen(SearchScreen(self._screen.context, begun))


class FindCommands(Commands):
    """The keys of the finder."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding(
            "slash", "do('find')", N_("Find"), tooltip=N_("Find mentee"), priority=True, id="search"
        ),
        Binding("down", "do('move_found', 1)", show=False),
        Binding("up", "do('move_found', -1)", show=False),
    ]

    def __init__(self, finder: Finder, lists: HomeLists) -> None:
        self._finder = finder
        self._lists = lists

    def offers(self, name: str) -> bool:
        """Offer the arrows while one types; elsewhere they belong to the lists."""
        return name == "find" or self._finder.line.has_focus

    def find(self) -> None:
        """Narrow the lists by name; a second time, search everything for what was typed."""
        if self._finder.line.has_focus:
            self._finder.search_everything()
        else:
            self._finder.open()

    def move_found(self, way: int) -> None:
        """Move the cursor among the names that fit: down by 1, or up by -1."""
        self._lists.mentees.body.action_move(way, 0)
