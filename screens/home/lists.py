"""The two lists of the first screen, the mentees and Today, and what the cursor in them is on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from textual.containers import Container

from data.clock import today
from data.i18n import language
from data.method.view import MenteeView
from data.queries.views import (
    due_limits,
    mentee_view,
    mentees,
    people_of,
    view_with_texts_later,
)
from data.records import Mentee, Task
from data.store.store import Store
from data.text import match_names
from screens.frame.base import BaseScreen
from screens.home.names import columns_as_wide, mentee_columns, name_row
from widgets.grid import Grid, Row

# A key pressed at once opens its screen before anything but the names is shown here. What is due
# is not loaded until then.
if TYPE_CHECKING:
    from data.method.today.fold import Fold
    from data.method.today.rows import Due
    from screens.home.listing import Listing
    from screens.home.today_lines import TodayLines

ROOMY = 76
"""From this width of the screen on, there is room for a picture of the progress."""
POSITION = "home"
"""The name under which the context remembers on which mentee the cursor stood."""


class Views(Mapping[str, MenteeView]):
    """The views of the mentees that are listed, by id, each made when it is asked for."""

    def __init__(self, store: Store, listed: Mapping[str, Mentee]) -> None:
        self._store = store
        self.listed = listed

    def __getitem__(self, mentee_id: str) -> MenteeView:
        return mentee_view(self._store, self.listed[mentee_id])

    def __iter__(self) -> Iterator[str]:
        return iter(self.listed)

    def __len__(self) -> int:
        return len(self.listed)

    def __contains__(self, mentee_id: object) -> bool:
        return mentee_id in self.listed


class HomeLists:
    """The list of the mentees above Today, and the records that they show.

    The lists are read in `read` and drawn in `show`; a key that narrows them only draws them anew.
    """

    def __init__(self, screen: BaseScreen[None]) -> None:
        """Make the lists of a screen, which lays out `box`."""
        self.mentees = Grid(id="mentees")
        self.today = Grid(id="today")
        self.box = Container(self.mentees, self.today, id="home-lists")
        self.closed = False
        """Whether the mentees of closed mentorships are listed, instead of those under way."""
        self.views = Views(screen.context.store, {})
        """The mentees that are listed, by id; empty while only their names are shown."""
        self.folds: Mapping[str, Fold] = {}
        """The lines of Today that stand for several, by key."""
        self._opened: set[str] = set()
        """Keys of those that the user has opened."""
        self._screen = screen
        self._context = screen.context
        self._made_for: object = None
        """What the kept rows depend on beside the records."""
        self._pictures = False
        """Whether the progress is drawn as a picture too."""
        self._stood_on: dict[bool, str] = {}
        """Where the cursor stood last in each of the two lists."""
        self._listings: dict[bool, Listing] = {}
        """By whether they are of closed mentorships."""

    # -- showing ------------------------------------------------------------------------------

    def show_names(self) -> bool:
        """Show the names of the mentees alone, which needs no other record than theirs.

        Returns False, and shows nothing, where there is nobody to show.
        """
        found = mentees(self._context.store)
        rows = [name_row(mentee, today()) for mentee in found]
        if rows:
            self.mentees.show(rows, mentee_columns(rows, closed=False))
        return bool(rows)

    def read_ahead(self, most: int) -> bool:
        """Read what `read` will want of so many mentees. Return whether nothing is left."""
        self._fit_to_what_they_depend_on()
        return self._listing.read_ahead(most)

    def show_reading(self) -> None:
        """Say in the place of Today how far reading has come."""
        from screens.home.rows import due_columns  # see above
        from screens.home.texts import reading_texts

        title, text = reading_texts(*self._listing.read_so_far)
        self.today.show([Row("", {"when": text}, heading=True)], due_columns(0, 0, 0, title))
        self.share_height()

    def read(self) -> bool:
        """Read the mentees and what is due from the store, for `show`.

        Only those are read again whose records have changed; all of them where the day, the
        settings, the language, the reader or the width is another one.

        Returns:
            Whether there is anything new to show.
        """
        self._fit_to_what_they_depend_on()
        listing = self._listing
        is_new = listing.read()
        if self.views.listed is not listing.mentees:
            self.views = Views(self._context.store, listing.mentees)
        return is_new

    def _fit_to_what_they_depend_on(self) -> None:
        """Forget all rows where the day, the settings or the like are other ones."""
        context = self._context
        made_for = (
            today(),
            due_limits(context.settings),
            language(),
            context.reader,
            self._is_roomy,
        )
        if made_for != self._made_for:
            self._made_for, self._pictures = made_for, self._is_roomy
            self._listings.clear()

    @property
    def _listing(self) -> Listing:
        """What is kept of the mentees that are listed now."""
        found = self._listings.get(self.closed)
        if found is None:
            from screens.home.listing import Listing  # see above

            found = Listing(self._context, closed=self.closed, pictures=self._pictures)
            self._listings[self.closed] = found
        return found

    def show(self, typed: str) -> None:
        """Show what was read: all of it, or only the mentees whose names `typed` fits."""
        if not self.fit_the_width:
            self.read()
        ids = None
        if typed:
            listed = list(self.views)
            names = [mentee.name for mentee in self.views.listed.values()]
            ids = [listed[index] for index in match_names(names, typed)]
        self._show_mentees(ids, typed)
        self._show_today(None if ids is None else set(ids))

    def _show_mentees(self, ids: Collection[str] | None, typed: str) -> None:
        from screens.home.texts import nobody_text  # see above

        rows, widths = self._listing.rows(ids)
        columns = columns_as_wide(widths, closed=self.closed)
        nobody = Row("", {"name": nobody_text(typed, closed=self.closed)}, heading=True)
        self.mentees.show(rows or [nobody], columns)

    def _show_today(self, mentee_ids: set[str] | None) -> None:
        from screens.home.rows import due_columns  # see above
        from screens.home.texts import nothing_text, today_title

        shown = self._listing.today.shown(self._opened, mentee_ids)
        self.folds = shown.folds
        nothing = Row("", {"when": nothing_text(len(self.dues))}, heading=True)
        title = today_title(shown.number, len(self.dues))
        when, who, why = shown.widths
        self.today.show(shown.rows or [nothing], due_columns(when, who, why, title))
        self.today.display = not self.closed

    def open_fold(self, key: str) -> None:
        """Show the lines that the one under the cursor stands for, or fold them again."""
        self._opened ^= {key}

    @property
    def _is_roomy(self) -> bool:
        return self._screen.app.size.width >= ROOMY

    @property
    def fit_the_width(self) -> bool:
        """Whether the rows were drawn for a screen as wide as it is now."""
        return self._pictures == self._is_roomy

    def share_height(self) -> None:
        """Give the mentees the lines they need, and Today at least half where it needs them."""
        room = self.box.size.height
        if not room:
            return
        least = len(self.today.body.rows) + 1 if self.today.display else 0
        need = self.mentees.body.lines_wanted(max(room - least - 1, 0)) + 1
        other = self.today.body.lines_wanted(room // 2) if self.today.display else 0
        least = min(3, max(room - 2, 2))  # where there are few lines: one name, and one of Today
        self.mentees.styles.height = max(min(need, room - min(other, room // 2)), least)

    # -- what there is ------------------------------------------------------------------------

    @property
    def has_mentees(self) -> bool:
        """Whether there is any mentee at all, listed now or not."""
        store = self._context.store
        return bool(self.views or store.all(Mentee))

    @property
    def cut_off(self) -> MenteeView | None:
        """The listed mentee whose talk was cut off; the latest where there are several."""
        return self._glance(self._listing.cut_off)

    def _glance(self, mentee_id: str) -> MenteeView | None:
        """Return a listed mentee without reading the notes and answers, which are most of it."""
        store, mentee = self._context.store, self.views.listed.get(mentee_id)
        return view_with_texts_later(store, mentee, people_of(store)) if mentee else None

    # -- where the cursor is ------------------------------------------------------------------

    @property
    def in_today(self) -> bool:
        """Whether the focus is in Today."""
        return self._screen.focused is self.today.body

    @property
    def is_cut(self) -> bool:
        """Whether some text of the line under the cursor is cut off in its list."""
        return (self.today if self.in_today else self.mentees).body.is_cut

    @property
    def due(self) -> Due | None:
        """The line of Today under the cursor, while the focus is there."""
        return self.dues.due(self.today.row_id) if self.in_today else None

    @property
    def dues(self) -> TodayLines:
        """The rows of Today about all mentees that are listed now."""
        return self._listing.today

    @property
    def fold(self) -> Fold | None:
        """The line of Today under the cursor that stands for several, while the focus is there."""
        return self.folds.get(self.today.row_id) if self.in_today else None

    @property
    def mentee_id(self) -> str:
        """The mentee that the line under the cursor is about, in the list with the focus, or ""."""
        line = self.fold or self.due
        return line.mentee_id if line else self.mentees.row_id

    @property
    def view(self) -> MenteeView | None:
        """The mentee that the line under the cursor is about, with all its records."""
        found = self.views.get(self.mentee_id)
        mentee = self._context.mentee(self.mentee_id) if found is None else None
        return found if mentee is None else mentee_view(self._context.store, mentee)

    @property
    def glance(self) -> MenteeView | None:
        """That mentee again, to show now and not to keep: no notes are read for that."""
        return self._glance(self.mentee_id)

    @property
    def task_id(self) -> str:
        """The task that a line of Today under the cursor is about, or ""."""
        due = self.due
        task = self._context.store.get(Task, due.record_id) if due and due.record_id else None
        return task.id if task else ""

    def change_list(self) -> str:
        """List the closed mentorships, or those under way again.

        Returns:
            The mentee on whom the cursor stood in that list; "" if it has not been shown.
        """
        self._stood_on[self.closed] = self.mentees.row_id
        self.closed = not self.closed
        return self._stood_on.get(self.closed, "")

    def keep_position(self, mentee_id: str = "") -> None:
        """Remember that the cursor stands on a mentee: this one, or else the one under it."""
        mentee_id = mentee_id or self.mentees.row_id
        if mentee_id:
            self._context.positions[POSITION] = (mentee_id, "")

    def return_to_position(self) -> None:
        """Put the cursor on the mentee where it stood last."""
        self.mentees.go_to(self._context.positions.get(POSITION, ("", ""))[0])
