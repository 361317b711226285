"""The learning goals that a dead session left in the form of their task, one goal a line.

In their own grid each goal is a cell. There it is offered what was typed in its line.
"""

from __future__ import annotations

from collections.abc import Sequence

from data.frozen import immutable
from data.method.plan.changes import lines_of_goals
from data.store.filling import TextEdit


@immutable
class LeftLine:
    """What was typed in the line of one goal."""

    edit: TextEdit
    """What stood in the line, and what was typed in it."""
    rest: TextEdit | None
    """What the form is left with when the line is taken out; None for nothing."""


def left_line(lines: TextEdit, goals: Sequence[str], place: int | None) -> LeftLine | None:
    """Return what was typed for one goal; None where its line was left alone or deleted.

    Args:
        lines: What stood in the form's field of goals, and what was typed in it.
        goals: The texts of the task's goals now, in order.
        place: Which of them is asked about; None for a new goal: the first that was typed.
    """
    before, typed = ([one.strip() for one in text.split("\n") if one.strip()] for text in lines)
    came_from = lines_of_goals(before, typed)
    if place is None:
        if None not in came_from:
            return None
        at, was = came_from.index(None), ""
        typed_here = typed.pop(at)
    else:
        known = lines_of_goals(before, goals)[place]
        if known is None or known not in came_from:
            return None
        at, was = came_from.index(known), before[known]
        typed_here, typed[at] = typed[at], was
    if typed_here == was:
        return None
    return LeftLine((was, typed_here), None if typed == before else (lines[0], "\n".join(typed)))
