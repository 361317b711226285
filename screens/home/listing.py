"""What the first screen shows of the mentees that are under way, or of those that are closed.

It is kept: a change of records costs as much as the mentees that it is about, however many there
are beside them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from data.clock import today
from data.method.mentors import is_for
from data.method.today.due import Due, due_items
from data.method.view import MenteeView
from data.queries.kept import KeptOfMentees
from data.queries.views import due_limits, mentees, people_of, view_with_texts_later
from data.records import Mentee
from data.store.store import Store
from screens.frame.context import Context
from screens.home.names import row_widths
from screens.home.rows import cut_off_at, mentee_row
from screens.home.today_lines import TodayLines
from screens.home.widest import Widest, Widths, widest
from widgets.grid_model import Row


class _Listed(NamedTuple):
    """What the two lists show of one mentee."""

    row: Row
    widths: Widths
    dues: list[Due]
    cut_off: float | None
    """When its talk began that was cut off, in seconds; None where none was."""


class Listing:
    """The mentees that are listed, their rows, and what is due for them.

    Rows are made for one day, one language, one reader and the settings of when it was made.
    """

    def __init__(self, context: Context, *, closed: bool, pictures: bool) -> None:
        """Begin without mentees, until `read`.

        Args:
            context: The store and the settings.
            closed: Whether it is of the closed mentorships.
            pictures: Whether the progress is drawn as a picture too.
        """
        self.mentees: Mapping[str, Mentee] = {}
        """The mentees in order, by id."""
        self._context = context
        self._store = context.store
        self._closed = closed
        self._pictures = pictures
        self._day = today()
        self._limits = due_limits(context.settings)
        self._whose = _whose_today(context.store)
        self.today = TodayLines(self._day)
        self._found: tuple[Mentee, ...] = ()
        self._found_closed: tuple[Mentee, ...] = ()
        self._closed_at = 0
        """The revision of the records when they were read."""
        self._kept = KeptOfMentees(context.store, self._listed_of)
        self._widths: dict[str, Widths] = {}
        """The widths of the row of each mentee."""
        self._widest = Widest(len(row_widths(Row("", {}))))
        self._cut_off: dict[str, float] = {}
        """The mentees whose talk was cut off, and when it began."""
        self._library: Due | None = None
        """The row of Today about a newer version of the workplace's library."""

    def read_ahead(self, most: int) -> bool:
        """Read what `read` will want of so many mentees. Return whether nothing is left."""
        return self._kept.work_ahead(mentees(self._store, closed=self._closed), most)

    @property
    def read_so_far(self) -> tuple[int, int]:
        """How many of the mentees have been read, and how many there are."""
        return len(self._kept), len(mentees(self._store, closed=self._closed))

    def read(self) -> bool:
        """Read what has changed since it was read last. Return whether anything shown is new."""
        found = mentees(self._store, closed=self._closed)
        if self._whose != (whose := _whose_today(self._store)):
            self._whose = whose
            self._kept.forget()
            self._found_closed = ()
        renewed = self._kept.renew(found)
        for id, listed in renewed.items():
            self._take(id, listed)
        self.today.take({id: one.dues if one else None for id, one in renewed.items()})
        has_new = not self._closed and (self._read_closed(found) | self._read_library())
        same = found is self._found
        if not same:
            self._found, self.mentees = found, {mentee.id: mentee for mentee in found}
        return bool(renewed) or not same or has_new

    def _read_library(self) -> bool:
        """Read whether the workplace's library has a newer version. Return whether that is new."""
        library = self._context.library
        if library is None:
            return False
        from data.queries.entry_words import library_due  # few workplaces have one

        due = library_due(library.found.copy)
        if due == self._library:
            return False
        self._library = due
        self.today.take({"": [due] if due else None})
        return True

    def _read_closed(self, open_ones: Sequence[Mentee]) -> bool:
        """Read what is due about the data of closed mentorships. Return whether any may be new."""
        found = mentees(self._store, closed=True)
        revisions = self._store.revisions
        changed, self._closed_at = set(revisions.changed_since(self._closed_at)), revisions.last
        if found is self._found_closed and changed.isdisjoint(one.id for one in found):
            return False
        gone = {one.id for one in self._found_closed} - {one.id for one in open_ones}
        self._found_closed = found
        people = people_of(self._store)
        views = (view_with_texts_later(self._store, mentee, people) for mentee in found)
        dues = {view.mentee.id: self._dues_of(view) for view in views}
        self.today.take({**dict.fromkeys(gone), **dues})
        return True

    def _take(self, id: str, listed: _Listed | None) -> None:
        if id in self._widths:
            self._widest.take(self._widths.pop(id))
        self._cut_off.pop(id, None)
        if listed is not None:
            self._widths[id] = listed.widths
            self._widest.add(listed.widths)
            if listed.cut_off is not None:
                self._cut_off[id] = listed.cut_off

    def _listed_of(self, view: MenteeView) -> _Listed:
        row = mentee_row(view, self._day, picture=self._pictures)
        dues = self._dues_of(view)
        return _Listed(row, row_widths(row), dues, cut_off_at(view))

    def _dues_of(self, view: MenteeView) -> list[Due]:
        """Return the rows of Today about a mentee: none where others act as the mentor."""
        is_own = is_for(view, self._whose, self._day)
        return due_items(view, self._day, self._limits) if is_own else []

    def rows(self, mentee_ids: Collection[str] | None) -> tuple[list[Row], Widths]:
        """Return the rows of some mentees, or of all for None, and the widths of the widest."""
        listed = self._kept.values(self.mentees if mentee_ids is None else mentee_ids)
        rows = [one.row for one in listed]
        widths = self._widest.widths
        if mentee_ids is not None:
            widths = widest((one.widths for one in listed), len(widths))
        return rows, widths

    @property
    def cut_off(self) -> str:
        """The mentee whose talk was cut off, the latest where there are several; or ""."""
        # Of those that began at one time it is the first in the list.
        latest = max(self._cut_off.values(), default=None)
        found = [id for id, at in self._cut_off.items() if at == latest]
        return min(found, key=list(self.mentees).index) if len(found) > 1 else "".join(found)


def _whose_today(store: Store) -> frozenset[str]:
    """Return whose Today is shown, as `own_person.whose_today` does."""
    if not store.of_team:
        return frozenset()
    # few mentors have a team file
    from data.queries.own_person import whose_today

    return whose_today(store)
