"""The whole guide, with a list of its headings."""

from __future__ import annotations

from data.i18n import _, language
from data.library import guide, guide_source
from screens.frame.reading import HeadingsScreen
from screens.frame.title import Title
from widgets.grid import Row
from widgets.reading import HEADING, PLAIN, QUIET


class GuideScreen(HeadingsScreen):
    """The headings of the guide, and the text under the one that the cursor is on."""

    def headline(self) -> Title:
        """Return the screen's name."""
        return Title(_("The guide"))

    def rows(self) -> list[Row]:
        """Return a row for each heading."""
        return [Row(one.key, {"title": one.title}) for one in guide(language())]

    def parts(self) -> list[tuple[str, str]]:
        """Return the guide's text under the heading that the cursor is on."""
        width = max(min(self.app.size.width - 33, 74), 24)
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
