"""A page that is heard: its lines one at a time, without those that are empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.widget import Widget

from data.i18n import _
from widgets.spoken import HEARD, Spoken, listed

Line = tuple[str, bool]
"""A line of a page, and whether it is a heading."""
TENTH = 10
"""How many lines the page keys go, on a page without headings."""


class HeardLines:
    """Where on a page somebody listens. It is used only where the app is heard (`HEARD`)."""

    def __init__(self, owner: Widget, lines: Callable[[], Sequence[Line]]) -> None:
        """Begin at the top of the page of `owner`; `lines` returns what is on it now."""
        self._owner = owner
        self._lines = lines
        self.at = 0
        """The line that is said, counted from 0 among those that are not empty."""

    @property
    def wanted(self) -> bool:
        """Whether the page is heard."""
        return self._owner.app.has_class(HEARD)

    def _all(self) -> list[Line]:
        return [(text.strip(), heading) for text, heading in self._lines() if text.strip()]

    def move(self, lines: int) -> None:
        """Go so many lines on, or (below 0) back."""
        self.at = max(0, min(self.at + lines, len(self._all()) - 1))
        self._owner.refresh()

    def to_edge(self, way: int) -> None:
        """Go to the last line (`way` is 1) or the first (-1)."""
        self.move(way * len(self._all()))

    def to_heading(self, way: int) -> None:
        """Go to the next heading (`way` is 1) or the previous one (-1)."""
        lines = self._all()
        headings = [number for number, (_text, heading) in enumerate(lines) if heading]
        if way > 0:
            found = next((one for one in headings if one > self.at), len(lines) - 1)
        else:
            found = next((one for one in reversed(headings) if one < self.at), 0)
        self.move((found if headings else self.at + way * TENTH) - self.at)

    def spoken(self) -> Spoken:
        """Return the line, and which of how many it is."""
        lines = self._all()
        if not lines:
            return Spoken(_("The page is empty"), may_come=True)
        at = min(self.at, len(lines) - 1)
        text, heading = lines[at]
        place = _("{number} of {all}").format(number=at + 1, all=len(lines))
        return Spoken(listed([text, _("heading") if heading else "", place]))
