"""The whole guide, with a list of its headings."""

from __future__ import annotations

from collections.abc import Sequence

from data.i18n import _, language
from data.library import guide, guide_source
from screens.frame.proposed import PAGE
from screens.frame.reading import HeadingsScreen
from screens.frame.title import Title
from widgets.grid import Row
from widgets.reading import HEADING, PLAIN, QUIET

_UNWRAPPED = 10_000
"""A width in columns at which no paragraph is broken."""


class GuideScreen(HeadingsScreen):
    """The headings of the guide, and the text under the one that the cursor is on."""

    DOCUMENT = PAGE

    def headline(self) -> Title:
        """Return the screen's name."""
        return Title(_("The guide"))

    def rows(self) -> list[Row]:
        """Return a row for each heading."""
        return [Row(one.key, {"title": one.title}) for one in guide(language())]

    def parts(self) -> list[tuple[str, str]]:
        """Return the guide's text under the heading that the cursor is on."""
        return self._parts(max(min(self.app.size.width - 33, 74), 24))

    def page_text(self) -> tuple[str, Sequence[tuple[str, str]]]:
        """Return the section under the cursor with its source, in whole paragraphs."""
        parts = self._parts(_UNWRAPPED)
        title = parts[0][1] if parts else self.headline().text
        return title, [(kind if kind == HEADING else PLAIN, text) for kind, text in parts]

    def _parts(self, width: int) -> list[tuple[str, str]]:
        for section in guide(language()):
            if section.key == self.headings.row_id:
                return [
                    (HEADING, section.title),
                    (PLAIN, ""),
                    (PLAIN, section.plain(width)),
                    (PLAIN, ""),
                    (QUIET, guide_source(language())),
                ]
        return []
