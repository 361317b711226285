"""One use of the command line: the file, the language, how it ends. Nothing here loads click."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from data.frozen import changing
from data.i18n import _
from data.paths import (
    data_dir,
    data_file,
    is_address,
    is_stand_in,
    make_private_folder,
    named_records,
    shown_path,
)
from data.run_folder import texts_left_behind
from data.settings import Settings
from data.storage.problems import ErrorKind, StorageError
from data.store.store import Store
from data.text import clean
from tui.cli.wrapping import width, wrapped

if TYPE_CHECKING:
    from data.storage.postgres.rules import ServerRules
    from data.storage.split.parts import Parting
    from data.store.events import Event
    from data.store.opening import OpenedStore


class Status(IntEnum):
    """Exit statuses."""

    DONE = 0
    FOUND = 1
    """A check found something."""
    USAGE = 2
    """Wrong usage or bad input."""
    FILE = 3
    """The file cannot be used."""
    NO_MENTEE = 4
    UNPRINTED = 5
    """It has been done, but what was to be printed could not be written."""
    FAULT = 70
    """The program itself failed (EX_SOFTWARE of sysexits.h)."""


class Problem(Exception):
    """What keeps a command from being done; `str()` is one line that says what to do."""

    def __init__(self, line: str, status: Status = Status.USAGE) -> None:
        super().__init__(line)
        self.status = status


@changing
class Call:
    """One use of the command line: its shared options."""

    settings: Settings = field(default_factory=Settings)
    file: str | None = None
    as_json: bool = False
    quiet: bool = False
    """Whether nothing is to be said where there is nothing to say."""
    origins: Mapping[str, Path] = field(default_factory=dict)
    """The file that each setting comes from, where one sets it."""
    remarks: tuple[str, ...] = ()
    """What is to be said about the settings."""
    library: Path | None = None
    """The folder of the workplace's library, where there is one."""
    speech: bool = False
    """Whether speech mode was asked for on the command line."""
    deleted: bool = False
    """Whether something was deleted for good since the records were opened, which they hold yet."""
    folder: Path = Path()
    """While the records are open, the folder for files with what the user is writing."""

    @property
    def heard(self) -> bool:
        """Whether the screen is said instead of drawn: `--speech`, MENTOR_SPEECH, the settings."""
        said = os.environ.get("MENTOR_SPEECH", "")
        return self.speech or (said == "1" if said in {"0", "1"} else self.settings.speech)

    @property
    def path(self) -> Path:
        """The record file, or the stand-in of a server. Raises `StorageError` and OSError."""
        text = named_records(self.file, os.environ, self.settings.file)
        if not is_address(text):
            return data_file(self.file, os.environ, self.settings.file)
        # most records are in a file
        from data.storage.postgres.servers import stand_in

        return stand_in(text, os.environ)

    @property
    def as_named(self) -> str:
        """The address of the server, or the record file as the user would type it.

        Raises `StorageError` and OSError, as for an address with a password in it.
        """
        path, text = self.path, named_records(self.file, os.environ, self.settings.file)
        return text.strip() if is_address(text) else shown_path(path, os.environ)

    @property
    def record_file(self) -> Path:
        """The record file, where nothing else will do: of a server `StorageError` is raised."""
        self.refuse_server()
        return self.path

    def refuse_server(self, kind: ErrorKind | None = None) -> None:
        """Raise `StorageError` of a kind if the records are on a server (`refuse_server`)."""
        if is_stand_in(self.path):
            # most records are in a file
            from data.storage.postgres.servers import refuse_server

            refuse_server(self.path, kind)

    @property
    def lacks_file(self) -> bool:
        """Whether there is no record file, and nothing to restore one from."""
        return not self.path.exists() and not _leftovers(self.path)

    @contextmanager
    def open(self, *, reading: bool = False) -> Iterator[Store]:
        """Open the records, making the file where it is the user's own. Raises `StorageError`.

        What opening had to mend is said on stderr.
        """
        # help and usage open no file
        from data.store.opening import open_store

        if self.path.is_dir():
            raise Problem(
                _("{name} is a folder; name a file in it.").format(name=self.path), Status.FILE
            )
        if self.path.parent == data_dir(os.environ):
            make_private_folder(self.path.parent)
        opened = open_store(
            self.path, threaded=False, reading=reading, parting=parting, on_server=server_rules
        )
        try:
            for notice in opened.notices:
                complain(str(notice))
            if not reading:
                complain(opened.said_restored)
            for said in _left_in_editor(opened, reading=reading):
                complain(said)
            self.folder = opened.folder
            opened.store.subscribe(_say_notices)
            yield opened.store
        finally:
            try:
                if self.settings.publish and not self.deleted:
                    self._renew_published(opened, reading=reading)
            finally:
                opened.close()
            if self.deleted:
                self.deleted = False
                self.renew_published()

    def _renew_published(self, opened: OpenedStore, *, reading: bool) -> None:
        """Renew what is published, if something was changed; say why where it cannot be."""
        if reading and not opened.store.revisions.last:
            return
        # most mentors publish nothing
        from data.clock import today
        from data.published.renew import renew

        complain(renew(opened.store, self.path, os.environ, today()))

    def renew_published(self) -> None:
        """Renew what is published of the records as they are on the disk now."""
        if not self.settings.publish:
            return
        # most mentors publish nothing
        from data.clock import today
        from data.published.renew import renew

        try:
            with self.read() as store:
                complain(renew(store, self.path, os.environ, today()))
        except StorageError as problem:  # what was done is done all the same
            complain(str(problem))

    @contextmanager
    def read(self) -> Iterator[Store]:
        """Open the records to look at them: a file that is not there is not made."""
        if not self.lacks_file:
            with self.open(reading=True) as store:
                yield store
        elif self.path.parent == data_dir(os.environ):
            if not self.quiet:
                line = _("There is no data file yet: {name}.")
                complain(line.format(name=shown_path(self.path, os.environ)))
            # help and usage open no file
            from data.store.opening import empty_store

            yield empty_store()
        else:
            raise Problem(_("There is no file {name}.").format(name=self.path), Status.FILE)


def _say_notices(event: Event) -> None:
    """Say what saving has told, such as who gets no access on a server."""
    for notice in event.notices:
        complain(str(notice))


def _left_in_editor(opened: OpenedStore, *, reading: bool) -> list[str]:
    folders = [one for folder in opened.folders for one in texts_left_behind(folder)]
    if not folders:
        return []
    # seldom is there one
    from data.store.left_notes import take_up
    from tui.terminal.left_by_editor import read_left

    return take_up(opened.store, folders, read_left, reading=reading)


def _leftovers(path: Path) -> bool:
    """Whether a missing record file has left a journal or backups to restore it from."""
    return path.with_name(path.name + ".journal").exists() or (
        path.with_name(path.name + ".backups").exists()
    )


def parting() -> Parting:
    """Return what of a document is private, for a team file."""
    # only a team file asks
    from data.method.parting import PARTING

    return PARTING


def server_rules() -> ServerRules:
    """Return what a server is to know of the documents."""
    # only a server asks
    from data.method.acting import SERVER_RULES

    return SERVER_RULES


def complain(line: str) -> None:
    """Say one line on stderr, if there is one; a terminal gets it in lines that fit it."""
    if sys.stderr is None or not line:
        return
    said = f"mentor: {' '.join(clean(line, lines=False).split())}"
    if sys.stderr.isatty():
        said = "\n".join(wrapped(said, width(sys.stderr)))
    sys.stderr.write(f"{said}\n")
    sys.stderr.flush()
