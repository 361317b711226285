"""All that stands on the overview, for a screen of a certain size."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from data.cell_width import cell_width
from data.frozen import immutable
from data.method.limits import Limits
from data.method.view import MenteeView
from data.method.visibility import Reader
from screens.overview.lines import BAR, Line, Section, mentorship, notes, sections
from screens.overview.pictures import learned_to_used, mentorship_by_week
from widgets.grid import Column, Row

LABELS = ((110, 40), (76, 24), (0, 18))
"""How wide the labels are: from which width of the screen on, and how many cells."""
ROOMY = 30
"""From this height of the screen on, more of what is to come is named, and more tasks are drawn."""
TASKS = 5
"""How many tasks are drawn on any screen before the user asks for all, or one fewer: see `HEAD`."""
HEAD = 4
"""How many lines say how far the mentorship is; what comes next keeps its room where one more names
who agreed on the plan."""
SHORT_BAR = 5
WORDY = 40
"""How many cells a line's text needs for a bar of the usual length, and its words."""
STEP_WORDS = 24
"""How many cells are kept behind the weeks, for what they come to in words."""


@immutable
class Room:
    """How much room there is on a screen."""

    width: int
    height: int

    @property
    def label(self) -> int:
        """Cells of a line's label."""
        return next(cells for least, cells in LABELS if self.width >= least)

    @property
    def text(self) -> int:
        """Cells of a line's text."""
        return self.width - self.label - 6

    @property
    def bar(self) -> int:
        """Cells of a bar: where there is little room it goes to the words behind it."""
        return BAR if self.text >= WORDY else SHORT_BAR

    @property
    def weeks(self) -> int:
        """Cells for all the weeks of a picture."""
        return self.text - STEP_WORDS - 2

    @property
    def tasks(self) -> int:
        """How many tasks are drawn."""
        return max(TASKS, self.height - ROOMY)

    @property
    def is_high(self) -> bool:
        """Whether more than the next one of each sort can be named."""
        return self.height >= ROOMY

    def holds(self, line: Line) -> bool:
        """Return whether nothing of a line is cut off."""
        return cell_width(line.label) <= self.label and cell_width(line.text) <= self.text


def whole_page(
    view: MenteeView,
    today: date,
    limits: Limits,
    reader: Reader,
    room: Room,
    *,
    all_tasks: bool,
) -> list[Section]:
    """Return all sections, from how far the mentorship is to the notes that the reader may see."""
    head = mentorship(view, today, bar=room.bar)
    most = None if all_tasks else room.tasks - max(len(head.lines) - HEAD, 0)
    return [
        head,
        mentorship_by_week(view, today, room.weeks, most=most),
        *sections(view, today, limits, reader, roomy=room.is_high),
        learned_to_used(view, today, limits.unused_days),
        notes(view, today, reader),
    ]


def rows(page: Sequence[Section], room: Room) -> list[Row]:
    """Return the page as the rows of a grid, whose ids are those of the lines.

    What the signs of a picture mean comes before what it is called, where both have no room.
    """
    found = []
    for section in page:
        title = f"{section.title}: " if section.legend else section.title
        if section.legend and cell_width(title + section.legend) > room.width - 2:
            title = ""
        cells = {"label": title, "text": section.legend}
        found.append(Row(f"heading:{section.title}", cells, heading=True))
        for line in section.lines:
            cells = {"label": line.label, "text": line.text, "key": line.key}
            tones = {"label": line.tone, "text": line.tone, "key": "muted"}
            words = {"text": line.words or line.text, "key": ""}
            found.append(Row(line.id, cells, tones=tones, words=words))
    return found


def columns(room: Room) -> tuple[Column, ...]:
    """Return the columns of the grid: label, text, and the key that opens the same as Enter."""
    return Column("label", "", room.label), Column("text", "", 20, flex=1), Column("key", "", 1)
