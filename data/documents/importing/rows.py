"""The rows of a plan that comes back, and which task each of them is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from data.documents.importing.content import CellText, Grid
from data.documents.importing.given_values import APART, NUMBER, Base, digest_of
from data.documents.importing.plan_columns import plan_columns
from data.documents.importing.preview import EntryKind, Gathered, quoted
from data.i18n import _
from data.method.plan.fields import OWN, field_of
from data.method.plan.fields import text_of as shown_text
from data.method.view import MenteeView
from data.records import Task
from data.text import line, name_key

TITLE = "title"
_NAMES = (TITLE, NUMBER)
_ENOUGH = 2
"""How many cells of a row in a form without a mark must be as they are in its task."""


@dataclass
class FormRow:
    """A row of the plan, put together from all tables that have a part of it."""

    place: str
    cells: dict[str, CellText] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """Return the text in a column; "" if it is empty or there is no such column."""
        cell = self.cells.get(key)
        return cell.text if cell is not None else ""

    @property
    def title(self) -> str:
        """The title of the task, in one line."""
        return line(self.text(TITLE))

    @property
    def number(self) -> str:
        """The number of the task, without the full stop behind it."""
        return self.text(NUMBER).strip().rstrip(".")


def is_plan(grid: Grid, own: Sequence[str] = ()) -> bool:
    """Return whether a table is one of a plan: tasks, and something about them."""
    (keys,) = plan_columns([grid.headings], own)
    return TITLE in keys and sum(map(bool, keys)) > 1


def has_own_columns(grid: Grid, own: Sequence[str]) -> bool:
    """Return whether a table is one of a plan with own columns, whatever those are called."""
    (keys,) = plan_columns([grid.headings], own)
    return {*_NAMES} <= {*keys} and any(key.startswith(OWN) for key in keys)


def rows_of(grids: Sequence[Grid], view: MenteeView, out: Gathered) -> list[FormRow]:
    """Return the rows of all tables of a plan, and say which columns are not known.

    A wide plan stands on paper as several tables, each with the numbers and titles of the rows. A
    table with columns that were there above is another one, and may count its rows from 1 again.
    """
    titles = {name_key(task.title) for task in view.tasks}
    rows: list[FormRow] = []
    above: set[str] = set()
    columns = plan_columns([grid.headings for grid in grids], view.mentee.columns)
    for grid, keys in zip(grids, columns, strict=True):
        _say_unknown(grid, keys, out)
        more = {*keys} - {"", *_NAMES}
        goes_on = bool(more) and not more & above
        above |= more
        numbers = {row.number for row in rows}
        there: set[int] = set()
        above_here = len(rows)
        for row in _rows_of_one(grid, keys):
            if not goes_on and row.number in numbers:
                row.cells.pop(NUMBER, None)
            place = _same(rows[:above_here], row, there)
            if place is None:
                there.add(len(rows))
                rows.append(row)
                continue
            there.add(place)
            _join(rows[place], row, titles, out)
    return rows


def _say_unknown(grid: Grid, keys: Sequence[str], out: Gathered) -> None:
    for place, (heading, key) in enumerate(zip(grid.headings, keys, strict=True)):
        filled = any(row.cell(place).strip() for row in grid.rows)
        if key or not filled:
            continue
        if heading.strip():
            text = _("The column “{column}” is not in the plan.")
            out.say(EntryKind.UNPLACED, text.format(column=quoted(heading)))
        else:
            text = _("Column {number} has no heading.")
            out.say(EntryKind.UNPLACED, text.format(number=place + 1))


def _rows_of_one(grid: Grid, keys: Sequence[str]) -> Iterator[FormRow]:
    for row in grid.rows:
        found = FormRow(grid.row_place(row))
        for place, key in enumerate(keys):
            text = row.cell(place).strip()
            if key and text:
                found.cells[key] = CellText(text, grid.place(row, place))
        if set(found.cells) - {NUMBER} or (found.cells and not found.number.isdecimal()):
            yield found


def _same(rows: Sequence[FormRow], row: FormRow, taken: set[int]) -> int | None:
    """Return the place of the row, read from a table above, that this one goes on with."""
    free = [place for place in range(len(rows)) if place not in taken]
    for place in free:
        if row.number and rows[place].number == row.number:
            return place
    alike = [one for one in free if row.title and name_key(rows[one].title) == name_key(row.title)]
    return next((one for one in alike if rows[one].title == row.title), next(iter(alike), None))


def _join(row: FormRow, other: FormRow, titles: set[str], out: Gathered) -> None:
    """Add the cells of another part of a row. If the title was edited in one part, that counts.

    Where both say something else, what stands below has no place.
    """
    for key, cell in other.cells.items():
        before = row.cells.get(key)
        edited = key == TITLE and before is not None and name_key(before.text) in titles
        if before is None or edited:
            row.cells[key] = cell
        elif key not in _NAMES and cell.text != before.text:
            text = _("“{words}” is left out, as something else stands above it in the file.")
            out.say(EntryKind.UNPLACED, text.format(words=quoted(cell.text)), cell.place)


class Matching:
    """Finds the task that each row is."""

    def __init__(self, rows: Sequence[FormRow], view: MenteeView, base: Base) -> None:
        self.rows, self.view, self.base = rows, view, base
        self.tasks: list[Task | None] = [None] * len(rows)
        """For each row its task; None for a new one."""
        self._free = {task.id: task for task in view.tasks}
        self._by_title()
        self._by_taken_title()
        if base.known:
            self._by_number()

    def was_deleted(self, row: FormRow) -> bool:
        """Whether a row was a task when the form was given out, and has been deleted since."""
        return self.base.was_of_another({one.id for one in self.view.tasks}, TITLE, row.title)

    def _pair(self, place: int, task: Task) -> None:
        self.tasks[place] = task
        del self._free[task.id]

    def _by_title(self) -> None:
        """Pair rows with tasks of the same title; of several such, the one with its number.

        Titles with the same letters come first: "Bor" is not "Bør", where both are tasks.
        """
        numbers = {task.id: number for number, task in self._numbered()}
        for letters, exact in product((True, False), repeat=2):
            key = line if letters else name_key
            alike: dict[str, list[Task]] = {}
            for task in self._free.values():
                alike.setdefault(key(task.title), []).append(task)
            for place, row in enumerate(self.rows):
                if self.tasks[place] is not None or not name_key(row.title):
                    continue
                same = alike.get(key(row.title), [])
                found = (one for one in same if not exact or numbers.get(one.id) == row.number)
                if task_of_row := next(found, None):
                    same.remove(task_of_row)
                    self._pair(place, task_of_row)

    def _by_taken_title(self) -> None:
        """Pair what is left with the task that the same row became when it was imported before."""
        for place, row in enumerate(self.rows):
            if self.base.taken and self.tasks[place] is None and row.title:
                free = self._free.values()
                was = (one for one in free if self.base.was_taken(one.id, TITLE, row.title))
                if task := next(was, None):
                    self._pair(place, task)

    def _numbered(self) -> Iterator[tuple[str, Task]]:
        """Yield number and task, as they were numbered when the form was given out."""
        if not self.base.known:
            yield from ((str(number), task) for number, task in enumerate(self.view.tasks, 1))
            return
        numbers = {
            digest_of(str(number)): str(number) for number in range(len(self.base.known) + 1)
        }
        for task in self.view.tasks:
            if number := numbers.get(self.base.digests.get(f"{task.id}.{NUMBER}", "")):
                yield number, task

    def _by_number(self) -> None:
        """Pair what is left by number, where the task's own title stands nowhere in the file.

        Only a form that was given out from this plan has its numbers: the third row of a blank
        form, or of a file of another program, is not the third task.
        """
        titles = {name_key(row.title) for row in self.rows}
        by_number = {number: task for number, task in self._numbered() if task.id in self._free}
        for place, row in enumerate(self.rows):
            task = by_number.get(row.number)
            if self.tasks[place] is None and task is not None and task.id in self._free:
                was_title = self.base.was(task.id, TITLE, row.title)
                edited = name_key(task.title) not in titles and self._is_edited(row, task)
                if was_title or edited:
                    self._pair(place, task)

    def _is_edited(self, row: FormRow, task: Task) -> bool:
        """Whether a row with another title is this task.

        A form without a mark may be a blank one in which some titles of the plan were written. So
        most of what else stands in such a row must be as it is in the task; few cells are enough
        where the other rows still have what was given out with them.
        """
        if self.base.certain:
            return True
        filled, same = self._alike(row, task)
        if same >= _ENOUGH and same * 2 > filled:
            return True
        return same * 2 >= filled and self._rows_are_as_given()

    def _alike(self, row: FormRow, task: Task) -> tuple[int, int]:
        """Return how many cells of a row have values of the task's, and how many the same."""
        fields = [(field_of(key), cell) for key, cell in row.cells.items() if key not in _NAMES]
        same = [
            name_key(shown_text(field, task, self.view)) == name_key(cell.text)
            for field, cell in fields
            if field.kind not in APART
        ]
        return len(same), sum(same)

    def _rows_are_as_given(self) -> bool:
        """Whether rows that have kept their titles have most of what was given out with them."""
        given = same = 0
        for row, task in zip(self.rows, self.tasks, strict=True):
            if task is not None and task.id in self.base.known:
                keys = (key.partition(".") for key in self.base.digests)
                given += sum(id == task.id and name not in _NAMES for id, _dot, name in keys)
                same += self._alike(row, task)[1]
        return same >= _ENOUGH and same * 2 > given
