"""What others see of one's mentees, as they see it: the published file itself, read again."""

from __future__ import annotations

import os
from asyncio import to_thread
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from data.i18n import _
from data.paths import is_stand_in
from data.privacy.published import readers_now
from data.published.kept import kept
from data.published.own import (
    NothingThere,
    own_place,
    place_line,
    read_own,
    turned_on_elsewhere,
)
from data.published.read import NotReadable
from data.published.schema import Published
from data.published.words import lines_of
from data.storage.problems import StorageError
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
        self._of_server: tuple[Published, str] | Exception | None = None
        """What a server has said last, or why it did not; None before that."""

    def _readers_of(self, path: Path) -> str:
        found = path.stat()
        now = found.st_ino, found.st_ctime_ns
        if self._readers[0] != now:
            self._readers = (now, readers_now(path))
        return self._readers[1]

    def on_mount(self) -> None:
        """Ask the server, if that is where it is."""
        super().on_mount()
        self.ask_server()

    def bring_up_to_date(self, *, everything: bool = False) -> None:
        """Show what is there now; of a server, once it has been asked again."""
        super().bring_up_to_date(everything=everything)
        if everything:
            self.ask_server()

    @work(exclusive=True)
    async def ask_server(self) -> None:
        """Read what is published on a server, which is waited for in a thread, and show it."""
        path = published_file(self.context.file)
        if path is not None and is_stand_in(path):
            self._of_server = await to_thread(_asked, path)
            self.show_records()

    def _found(self, path: Path) -> tuple[Published, str]:
        """Return what is published, and in words who can read it. Raises what reading raises."""
        if not is_stand_in(path):
            return read_own(path), self._readers_of(path)
        if isinstance(self._of_server, Exception):
            raise self._of_server
        assert self._of_server is not None  # noqa: S101 - else it is being read
        return self._of_server

    def headline(self) -> Title:
        """Return the screen's name."""
        return Title(_("What others see"))

    def parts(self) -> list[tuple[str, str]]:
        """Return what the file says, in words, and below it what it is."""
        path = published_file(self.context.file)
        if path is None:
            return _nothing()
        if is_stand_in(path) and self._of_server is None:
            return [(QUIET, _("Reading …"))]
        try:
            published, readers = self._found(path)
            first, *mentees = lines_of(published)
        except NothingThere:
            return _nothing()
        except (NotReadable, OSError, StorageError) as problem:
            text = _("What you publish is not in order: {why} Ctrl+P, “{name}”, writes it again.")
            return [(PLAIN, text.format(why=problem, name=_("Publish counts: on")))]
        parts = [(HEADING, first)]
        for line in mentees:
            parts += [(PLAIN, ""), (PLAIN, line)]
        about = [
            place_line(path),
            _("Who can read it: {names}").format(names=readers),
            *filter(None, (turned_on_elsewhere(path, kept(os.environ)),)),
            _("Ctrl+P, “{name}”, removes it.").format(name=_("Publish counts: off")),
        ]
        for line in about:
            parts += [(PLAIN, ""), (QUIET, line)]
        return parts


def published_file(file: Path | None) -> Path | None:
    """Return where counts of a data file are published; None where they are not."""
    return None if file is None else own_place(file, kept(os.environ))


def _nothing() -> list[tuple[str, str]]:
    text = _("Nothing is published. Ctrl+P, “{name}”, shows what others would see, and asks.")
    return [(PLAIN, text.format(name=_("Publish counts: on")))]


def _asked(path: Path) -> tuple[Published, str] | Exception:
    """Return what is published on a server, and who can read it; or why that cannot be read."""
    try:
        return read_own(path), readers_now(path)
    except (NotReadable, StorageError) as problem:
        return problem
