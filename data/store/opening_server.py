"""Opening the records on a server: the line to it, and what of the user's own lies beside it here.

What is typed and what is open in an editor lies beside the stand-in of the server, in the user's
own folder, until it has been saved there.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from data.i18n import ngettext
from data.paths import make_private_folder
from data.run_folder import texts_folder, texts_left_behind
from data.storage.postgres.extra import require_psycopg
from data.storage.problems import NO_MENTOR, ErrorKind, Notice, NoticeKind, StorageError
from data.storage.typed.drafts import LeftDrafts

if TYPE_CHECKING:
    from data.storage.postgres.address import Address
    from data.storage.postgres.backend import PostgresBackend
    from data.storage.postgres.rules import ServerRules


class NotOpened(StorageError):
    """The records on a server cannot be opened; `str()` also says what is kept here until then."""

    def __init__(self, problem: StorageError, kept: int) -> None:
        """Take why, and how many texts lie here that are not on the server."""
        super().__init__(problem.kind, name=problem.name, who=problem.who, path=problem.path)
        self.kept = kept

    def __str__(self) -> str:
        if not self.kept:
            return super().__str__()
        text = ngettext(
            "{count} text that was being typed is kept, and comes back with the server.",
            "{count} texts that were being typed are kept, and come back with the server.",
            self.kept,
        )
        if self.kind in NO_MENTOR:
            text = ngettext(
                "{count} text that was being typed is kept: mentor doctor --typed shows it.",
                "{count} texts that were being typed are kept: mentor doctor --typed shows them.",
                self.kept,
            )
        # only where there is a problem
        from data.server_sentences import and_then

        return and_then(super().__str__(), text.format(count=self.kept))


def server_backend(
    path: Path, server: Address, rules: ServerRules, *, threaded: bool, reading: bool
) -> PostgresBackend:
    """Return the records on a server, to which the line is open.

    Args:
        path: The stand-in of the server.
        server: Its address.
        rules: What is to be known of the documents.
        threaded: Whether it is a session on the screen, which hears of what others do.
        reading: True if nothing will be changed.

    Raises:
        StorageError: The server cannot be reached, or does not let the user in.
    """
    require_psycopg()
    # only where records are on a server
    from data.storage.postgres.backend import PostgresBackend
    from data.storage.postgres.joining import team_in_words
    from data.storage.postgres.put_back import follow_list

    backend = PostgresBackend(server, rules, listening=threaded)
    try:
        backend.open()
    except StorageError as problem:
        backend.close()
        if problem.kind is ErrorKind.NO_ACCESS:  # to the tables, or the functions
            who = team_in_words(server, server.team)
            raise StorageError(ErrorKind.NO_MEMBER, name=problem.name, who=who) from problem
        raise
    if not reading:
        with suppress(OSError):  # the editor says so when it is started
            make_private_folder(texts_folder(path))
        with suppress(OSError, StorageError):  # the next opening tries it again
            count = follow_list(path, backend)
            if count:
                told = Notice(NoticeKind.CLEANED, name=server.whole, count=count)
                backend.notices.append(told)
    return backend


def not_opened(problem: StorageError, path: Path) -> StorageError:
    """Return why a server could not be opened, with how many texts of dead sessions wait here.

    Args:
        problem: Why.
        path: The stand-in of the server.
    """
    kept = len(texts_left_behind(texts_folder(path)))
    with suppress(OSError):
        left = LeftDrafts(path, looking=True, known=dict)
        try:
            kept += len(left.recovered())
        finally:
            left.close()
    return NotOpened(problem, kept)
