"""What others see of one's mentees, as they see it: the published file itself, read again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

from data.i18n import _
from data.paths import shown_path
from data.privacy.published import readers_now
from data.published.kept import kept
from data.published.read import NotReadable, read
from data.published.words import lines_of
from screens.frame.context import Context
from screens.frame.proposed import PAGE
from screens.frame.reading import BACK, ReadingScreen
from screens.frame.title import Title
from widgets.reading import HEADING, PLAIN, QUIET


class PublishedScreen(ReadingScreen):
    """Shows the published file, where it is and who can read it."""

    HELP_TOPIC = "published"
    DOCUMENT = PAGE
    BINDINGS: ClassVar[list[BindingType]] = [BACK]

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._readers: tuple[object, str] = (None, "")
        """Who can read the file, and what the file was then: all users are asked about."""

    def _readers_of(self, path: Path) -> str:
        found = path.stat()
        now = found.st_ino, found.st_ctime_ns
        if self._readers[0] != now:
            self._readers = (now, readers_now(path))
        return self._readers[1]

    def headline(self) -> Title:
        """Return the screen's name."""
        return Title(_("What others see"))

    def parts(self) -> list[tuple[str, str]]:
        """Return what the file says, in words, and below it what it is."""
        path = published_file(self.context.file)
        if path is None:
            text = _(
                "Nothing is published. Ctrl+P, “{name}”, shows what others would see, and asks."
            )
            return [(PLAIN, text.format(name=_("Publish counts: on")))]
        try:
            first, *mentees = lines_of(read(path))
            readers = self._readers_of(path)
        except (NotReadable, OSError) as problem:
            text = _("What you publish is not in order: {why} Ctrl+P, “{name}”, writes it again.")
            return [(PLAIN, text.format(why=problem, name=_("Publish counts: on")))]
        parts = [(HEADING, first)]
        for line in mentees:
            parts += [(PLAIN, ""), (PLAIN, line)]
        about = [
            _("File: {path}").format(path=shown_path(path, os.environ)),
            _("Who can read it: {names}").format(names=readers),
            _("Ctrl+P, “{name}”, removes it.").format(name=_("Publish counts: off")),
        ]
        for line in about:
            parts += [(PLAIN, ""), (QUIET, line)]
        return parts


def published_file(file: Path | None) -> Path | None:
    """Return the file in which counts of a data file are published; None where they are not."""
    found = kept(os.environ)
    if file is None or not found.is_of(file) or not found.places:
        return None
    return Path(found.places[-1])
