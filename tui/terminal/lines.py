"""One line of the screen turned into another, in the fewest bytes: what small changes need.

Widths that terminals disagree on are fenced: the cursor is placed anew behind them. A letter typed
inside a line, or taken out of it, pushes the rest along.
"""

from __future__ import annotations

from operator import is_not, ne, or_
from typing import Final

from data.cell_width import is_narrow
from tui.terminal.cells import Row, is_sure, most_columns
from tui.terminal.pen import Pen

SHORTEST_ERASED: Final = 12
"""Blanks in the middle of a line from which erasing and stepping over beats writing them."""

LONGEST_BRIDGE: Final = 4
"""Unchanged cells that are written again rather than stepped over."""

FEWEST_PUSHED: Final = 12
"""Cells that are pushed along rather than written again."""


def changed_cells(line: Row, glass: Row) -> bytes:
    """Return 1 for each cell that differs, else 0."""
    return bytes(map(or_, map(ne, line.text, glass.text), map(is_not, line.style, glass.style)))


def change_line(pen: Pen, y: int, line: Row, glass: Row) -> str:
    """Return the cheapest way to turn one line of the screen into another."""
    changed = [x for x, differs in enumerate(changed_cells(line, glass)) if differs]
    if not changed:
        return ""
    if line.wide or glass.wide or not is_narrow("".join(line.text)):
        changed = _whole_clusters(line, glass, changed)
    best_pen = pen.twin()
    best = _rewrite(best_pen, y, line, changed)
    for attempt in (_inserted, _deleted) if _may_shift(pen, line, glass) else ():
        other_pen = pen.twin()
        other = attempt(other_pen, y, line, glass, changed)
        if other is not None and len(other) < len(best):
            best, best_pen = other, other_pen
    pen.become(best_pen)
    return best


def _rewrite(pen: Pen, y: int, line: Row, changed: list[int]) -> str:
    out: list[str] = []
    tail = _tail(pen, line)
    if sum(x >= tail for x in changed) <= len("\x1b[K"):
        tail = len(line.text)
    erased = [x for x in changed if x >= tail]
    for start, end in _runs(line, [x for x in changed if x < tail]):
        out.append(_run(pen, y, line, start, end))
    if erased:
        out.append(pen.move(erased[0], y))
        out.append(pen.restyle(line.style[tail]))
        out.append("\x1b[K")
    return "".join(out)


def _tail(pen: Pen, line: Row) -> int:
    """Return where the blanks begin that end the line, if they can be erased."""
    style = line.style[-1]
    tail = len(line.text)
    if pen.erasable(style):
        while tail and line.text[tail - 1] == " " and line.style[tail - 1] is style:
            tail -= 1
    return tail


def _run(pen: Pen, y: int, line: Row, start: int, end: int) -> str:
    """Write the cells from `start` to `end`."""
    out: list[str] = []
    x = start
    while x < end:
        style, stop = line.style[x], x + 1
        blank = line.text[x] == " "
        while stop < end and line.style[stop] is style and (line.text[stop] == " ") == blank:
            stop += 1
        out.append(pen.move(x, y))
        out.append(pen.restyle(style))
        if blank and stop - x >= SHORTEST_ERASED and pen.erases(style):
            out.append(f"\x1b[{stop - x}X")
        else:
            out.append(_text(pen, y, line, x, stop))
        x = stop
    return "".join(out)


def _text(pen: Pen, y: int, line: Row, start: int, stop: int) -> str:
    """Write cells of one style where the cursor stands."""
    text = "".join(line.text[start:stop])
    cols = len(line.text)
    if is_narrow(text):
        pen.wrote(stop, cols)
        return text
    out: list[str] = []
    for x in range(start, stop):
        cluster = line.text[x]
        if not cluster:
            continue
        out.append(pen.move(x, y))
        width = 2 if x + 1 < cols and not line.text[x + 1] else 1
        if not is_sure(cluster):
            out.append(" " * width)
            pen.x = None
            out.append(pen.move(x, y))
        out.append(cluster)
        is_settled = len(cluster) == 1 and is_sure(cluster)
        pen.x = x + width if x + width < cols and is_settled else None
    return "".join(out)


# -- shifting -----------------------------------------------------------------------------------


def is_pushed(pen: Pen, line: Row, glass: Row) -> bool:
    """Whether much of a line has only moved by a cell, as behind a letter that is typed in it."""
    changed = changed_cells(line, glass)
    first, last = changed.find(1), changed.rfind(1)
    if last - first < FEWEST_PUSHED or not _may_shift(pen, line, glass):
        return False
    moves = ((first, first + 1), (first + 1, first))
    return any(_moved(glass, at, line, to, last - first) for at, to in moves)


def _may_shift(pen: Pen, line: Row, glass: Row) -> bool:
    return pen.abilities.shifts and not (line.wide or glass.wide)


def _inserted(pen: Pen, y: int, line: Row, glass: Row, changed: list[int]) -> str | None:
    """Push one cell in: what a letter typed inside a line does. None: it is not that."""
    first, last = changed[0], changed[-1]
    if not _moved(glass, first, line, first + 1, last - first):
        return None
    if not _plain_from(line, first) or not _plain_from(glass, first):
        return None
    out = []
    if not _uniform(glass, last):
        out += [pen.move(last, y), "\x1b[P"]
    out += [pen.move(first, y), "\x1b[@"]
    out.append(_run(pen, y, line, first, first + 1))
    return "".join(out)


def _deleted(pen: Pen, y: int, line: Row, glass: Row, changed: list[int]) -> str | None:
    """Take one cell out: what Backspace inside a line does. None: it is not that."""
    first, last = changed[0], changed[-1]
    if not _moved(glass, first + 1, line, first, last - first):
        return None
    if not _plain_from(line, first) or not _plain_from(glass, first):
        return None
    # What a deletion leaves at the line's end differs between terminals: push it off again.
    out = [pen.move(first, y), "\x1b[P", pen.move(last, y), "\x1b[@"]
    out.append(_run(pen, y, line, last, last + 1))
    return "".join(out)


def _plain_from(row: Row, start: int) -> bool:
    return is_narrow("".join(row.text[start:]))


def _runs(line: Row, changed: list[int]) -> list[tuple[int, int]]:
    """Gather changed columns into stretches, over gaps that are cheaper to write than to jump."""
    runs: list[tuple[int, int]] = []
    for x in changed:
        if runs and _bridges(line, runs[-1][1], x):
            runs[-1] = (runs[-1][0], x + 1)
        else:
            runs.append((x, x + 1))
    return runs


def _bridges(line: Row, start: int, end: int) -> bool:
    if start == end:
        return True
    style = line.style[start - 1]
    return (
        end - start <= LONGEST_BRIDGE
        and all(other is style for other in line.style[start:end])
        and is_narrow("".join(line.text[start:end]))
    )


def _moved(old: Row, at: int, new: Row, to: int, count: int) -> bool:
    """Whether `count` cells of `old` stand in `new`, from `to` on."""
    return (
        old.text[at : at + count] == new.text[to : to + count]
        and old.style[at : at + count] == new.style[to : to + count]
    )


def _uniform(row: Row, start: int) -> bool:
    """Whether all cells from `start` to the end are alike."""
    text, style = row.text[start], row.style[start]
    return all(other == text for other in row.text[start:]) and all(
        other is style for other in row.style[start:]
    )


def _whole_clusters(line: Row, glass: Row, changed: list[int]) -> list[int]:
    """Widen `changed` to whole wide characters, and to what an unsure one may have spilt over."""
    cols = len(line.text)
    wanted = set(changed)
    for x in changed:
        if not line.text[x]:
            wanted.add(x - 1)
    for x in sorted(wanted):
        spill = max(most_columns(line.text[x]), most_columns(glass.text[x]))
        wanted.update(range(x, min(cols, x + spill)))
    for x in sorted(wanted):
        if not line.text[x]:
            wanted.add(x - 1)
        if x + 1 < cols and not line.text[x + 1]:
            wanted.add(x + 1)
    return sorted(wanted)
