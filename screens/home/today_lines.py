"""Today as lines: what is due for each mentee, in one order, and each line made only once.

With a thousand mentees Today has some thousand lines, of which a change alters a few: those of one
mentee are taken out and put in where they belong, and all others stay as they are.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from data.cell_width import cell_width
from data.method.today.due import place_of
from data.method.today.fold import FOLD_FROM, Fold, folded_of_many, is_for_all
from data.method.today.rows import Due
from screens.home.rows import due_row
from screens.home.widest import Widest, Widths, widest
from widgets.grid_model import Row

_Place = tuple[bool, date, int, str]
_PLACE = attrgetter("place")
_MEASURED = ("when", "who", "why")
"""The cells of a line whose widest text decides how wide a column is."""


class _Line(NamedTuple):
    """A line of Today, and all that is worked out of it."""

    place: _Place
    """What the lines are sorted by: no two are the same."""
    mentee_id: str
    line: Due | Fold
    row: Row
    widths: Widths
    """How wide its cells of `_MEASURED` are."""


class ShownLines(NamedTuple):
    """The lines of Today as they are shown."""

    rows: list[Row]
    folds: Mapping[str, Fold]
    """Those of them that stand for several, by key."""
    number: int
    """How many rows of Today they stand for in all."""
    widths: Widths
    """The widths of the widest texts of when, who and why among them."""


class TodayLines:
    """The rows of Today about all mentees, in order."""

    def __init__(self, day: date) -> None:
        """Begin with nothing due. `day` is today: on another day a new one of these is made."""
        self._count = 0
        self._day = day
        self._of: dict[str, tuple[list[Due], list[_Line]]] = {}
        """What is due for a mentee, and its lines."""
        self._lines: list[_Line] = []
        """The lines of all mentees, in order, but for those that stand for all mentees."""
        self._for_all: dict[str, list[Due]] = {}
        """What may share one line with that of other mentees, by mentee."""
        self._shared: list[_Line] | None = []
        """The lines of that; None if they are to be made anew."""
        self._folds: dict[str, Fold] = {}
        self._widest = Widest(len(_MEASURED))
        self._same: dict[Widths, Widths] = {}
        """Widths that there have been: lines that are as wide share them."""
        self._many = False
        """Whether there are so many rows that those of one sort are folded."""
        self._opened: dict[str, tuple[Fold, list[_Line]]] = {}
        """The lines of what opened folds stand for."""

    # -- taking in what changed ---------------------------------------------------------------

    def take(self, renewed: Mapping[str, Sequence[Due] | None]) -> None:
        """Take in what is due for some mentees, in place of what was; None for nothing."""
        gone = [line for id in renewed for line in self._of.get(id, ((), ()))[1]]
        for id in renewed:
            self._count -= len(self._of.pop(id, ((), ()))[0])
        # Afterwards, for what one of them had may belong to another now.
        for id, dues in renewed.items():
            self._take_for_all(id, dues or ())
            if dues:
                self._of[id] = (list(dues), [])
                self._count += len(dues)
        many = self._count >= FOLD_FROM
        if many == self._many:
            self._replace(gone, renewed)
        else:
            # That happens only where there are few.
            self._many = many
            self._make_all()

    def _take_for_all(self, id: str, dues: Iterable[Due]) -> None:
        found = [due for due in dues if is_for_all(due)]
        if found != self._for_all.get(id, []):
            self._shared = None
            self._for_all[id] = found
        if not found:
            self._for_all.pop(id, None)

    def _replace(self, gone: Iterable[_Line], renewed: Iterable[str]) -> None:
        for line in gone:
            del self._lines[bisect_left(self._lines, line.place, key=_PLACE)]
            self._widest.take(line.widths)
            self._folds.pop(line.line.key, None)
        for id in renewed:
            for line in self._make(id):
                insort(self._lines, line, key=_PLACE)

    def _make_all(self) -> None:
        self._folds.clear()
        self._widest = Widest(len(_MEASURED))
        self._lines = sorted((line for id in self._of for line in self._make(id)), key=_PLACE)

    def _make(self, id: str) -> list[_Line]:
        """Make the lines of a mentee's own rows."""
        if id not in self._of:
            return []
        dues = self._of[id][0]
        own = [due for due in dues if not is_for_all(due)]
        found = folded_of_many(own) if self._many else own
        lines = [self._line(one) for one in found]
        self._of[id] = (dues, lines)
        for line in lines:
            self._widest.add(line.widths)
            if isinstance(line.line, Fold):
                self._folds[line.line.key] = line.line
        return lines

    def _line(self, of: Due | Fold, *, inside: bool = False) -> _Line:
        first = of.first if isinstance(of, Fold) else of
        row = due_row(of, self._day, inside=inside)
        measured = tuple(cell_width(row.cells[key]) for key in _MEASURED)
        widths = self._same.setdefault(measured, measured)
        return _Line(place_of(first, self._day), of.mentee_id, of, row, widths)

    def due(self, key: str) -> Due | None:
        """Return the row of Today with a key; None without one.

        All rows are looked through: it is asked for one at a time, and keys of thousands take much
        memory.
        """
        about = key.split(":")[1] if ":" in key else ""
        return next((due for due in self if due.about == about and due.key == key), None)

    def __len__(self) -> int:
        """Return how many rows of Today there are."""
        return self._count

    def __iter__(self) -> Iterator[Due]:
        """Yield all rows of Today, in no order."""
        for dues, _lines in self._of.values():
            yield from dues

    # -- showing ------------------------------------------------------------------------------

    def shown(self, opened: Collection[str], mentee_ids: Collection[str] | None) -> ShownLines:
        """Return the lines as the list shows them.

        Args:
            opened: The keys of the folds that the user has opened: their rows follow them.
            mentee_ids: The mentees that the list is narrowed to; None for all.
        """
        if mentee_ids is None:
            if self._shared is None:
                self._shared = self._shared_by(self._for_all)
            lines, number, folds = self._lines, self._count, self._folds
            shared, widths = self._shared, self._widest.widths
        else:
            lines, number = self._narrowed(mentee_ids)
            folds = {one.line.key: one.line for one in lines if isinstance(one.line, Fold)}
            shared = self._shared_by(id for id in self._for_all if id in mentee_ids)
            widths = widest((line.widths for line in lines), len(_MEASURED))
        if shared:
            lines = sorted([*lines, *shared], key=_PLACE)
            found = ((one.line.key, one.line) for one in shared if isinstance(one.line, Fold))
            folds = {**folds, **dict(found)}
        more = {key: self._inside(folds[key]) for key in opened if key in folds}
        self._opened = {key: (folds[key], inside) for key, inside in more.items()}
        if more:
            lines = [one for line in lines for one in (line, *more.get(line.line.key, ()))]
        added = chain(shared, *more.values())
        widths = widest((widths, *(line.widths for line in added)), len(_MEASURED))
        return ShownLines([line.row for line in lines], folds, number, widths)

    def _narrowed(self, mentee_ids: Collection[str]) -> tuple[list[_Line], int]:
        """Return the lines of some mentees' own rows, and how many rows they have in all."""
        theirs = [self._of[id][0] for id in self._of if id in mentee_ids]
        count = sum(map(len, theirs))
        if self._many and count < FOLD_FROM:
            own = (due for dues in theirs for due in dues if not is_for_all(due))
            return sorted((self._line(due) for due in own), key=_PLACE), count
        return [line for line in self._lines if line.mentee_id in mentee_ids], count

    def _shared_by(self, mentee_ids: Iterable[str]) -> list[_Line]:
        """Return the lines that mentees share."""
        dues = [due for id in mentee_ids for due in self._for_all[id]]
        dues.sort(key=lambda due: place_of(due, self._day))
        return [self._line(one) for one in folded_of_many(dues)]

    def _inside(self, fold: Fold) -> list[_Line]:
        """Return the lines of what a fold stands for."""
        known, lines = self._opened.get(fold.key, (None, []))
        if known is fold:
            return lines
        return [self._line(due, inside=True) for due in fold.dues]
