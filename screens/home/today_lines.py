"""Today as lines: what is due for each mentee, in one order, and each line made only once.

With a thousand mentees Today has some thousand lines, of which a change alters a few. The others
are the same values as before, which the grid compares by identity.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import itemgetter

from data.cell_width import cell_width
from data.method.today.due import place_of
from data.method.today.fold import Fold, folded
from data.method.today.rows import Due
from screens.home.rows import due_row
from widgets.grid_model import Row

_Place = tuple[bool, date, int, str]
_Made = tuple[Due | Fold, Row, int, int]
"""A line, its row, and how wide its first and its second text are."""


class TodayLines:
    """The rows of Today about all mentees, in order."""

    def __init__(self) -> None:
        self._placed: list[tuple[_Place, Due]] = []
        self._folds: dict[str, Fold] = {}
        self._made: dict[tuple[str, bool, int], _Made] = {}
        """By the key of a line, whether it is inside an opened fold, and `Row.whole_from`."""
        self._width_of: dict[str, int] = {}
        """How wide a text of why is."""

    def forget(self) -> None:
        """Forget everything, for the day or the language is another one."""
        for kept in (self._placed, self._folds, self._made, self._width_of):
            kept.clear()

    def take(self, renewed: Mapping[str, Sequence[Due] | None], today: date) -> None:
        """Take in what is due for some mentees, in place of what was; None for nothing."""
        if not renewed:
            return
        kept = [one for one in self._placed if one[1].mentee_id not in renewed]
        kept += [(place_of(due, today), due) for dues in renewed.values() for due in dues or ()]
        # Sorting what is nearly in order takes little more than a look at each.
        kept.sort(key=itemgetter(0))
        self._placed = kept

    @property
    def dues(self) -> list[Due]:
        """All rows of Today, in order."""
        return [due for _place, due in self._placed]

    def lines(self, dues: Sequence[Due], opened: Collection[str]) -> list[Due | Fold]:
        """Return rows as lines, many of one sort folded; see `data.method.today.fold`."""
        lines = list(folded(dues, opened, self._folds))
        if len(self._folds) > 2 * len(self._placed):
            self._folds.clear()
        self._folds.update((line.key, line) for line in lines if isinstance(line, Fold))
        return lines

    def rows(
        self, lines: Iterable[Due | Fold], today: date, inside: Collection[str]
    ) -> tuple[list[Row], int, int]:
        """Return lines as rows of text.

        Args:
            lines: The lines.
            today: The day.
            inside: The keys of those that an opened fold stands for.

        Returns:
            The rows, and the widths of the widest first and second text among them.
        """
        lines = list(lines)
        longest = max((self._why_width(line) for line in lines), default=0)
        if len(self._made) > 4 * len(self._placed) + 100:
            self._made.clear()
        made = [self._row(line, today, line.key in inside, longest) for line in lines]
        return (
            [row for _line, row, _when, _who in made],
            max((when for _line, _row, when, _who in made), default=0),
            max((who for _line, _row, _when, who in made), default=0),
        )

    def _why_width(self, line: Due | Fold) -> int:
        why = line.why
        width = self._width_of.get(why)
        if width is None:
            if len(self._width_of) > 4 * len(self._placed) + 100:
                self._width_of.clear()
            width = self._width_of[why] = cell_width(why)
        return width

    def _row(self, line: Due | Fold, today: date, inside: bool, longest: int) -> _Made:
        key = (line.key, inside, longest)
        made = self._made.get(key)
        if made is None or made[0] is not line:
            row = replace(due_row(line, today, inside=inside), whole_from=longest)
            widths = cell_width(row.cells["when"]), cell_width(row.cells["who"])
            made = self._made[key] = (line, row, *widths)
        return made
