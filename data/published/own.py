"""What the user has published, read where others read it: in its file, or on the server."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from data.i18n import _
from data.paths import is_stand_in, shown_path
from data.published.kept import Kept
from data.published.read import NotReadable, parse, read
from data.published.schema import Published
from data.settings import Settings
from data.storage.problems import StorageError


class NothingThere(NotReadable):
    """The server has nothing of the user's, whatever is known of it on this computer."""


def own_place(path: Path, known: Kept) -> Path | None:
    """Return where counts of a data file are published; None where they are not.

    What is on a server may have been turned on or off on another computer, so that has to be asked:
    see `read_own`.

    Args:
        path: The data file, or the stand-in of a server.
        known: What is known on this computer (`data.published.kept`).
    """
    if is_stand_in(path):
        return path
    return Path(known.places[-1]) if known.is_of(path) and known.places else None


def read_own(path: Path) -> Published:
    """Return what is published at a place.

    Args:
        path: The file, or the stand-in of a server.

    Raises:
        NothingThere: The server has nothing of the user's.
        NotReadable: It cannot be read.
    """
    if not is_stand_in(path):
        return read(path)
    text = _on_server(path)
    if text is None:
        raise NothingThere(_("Nothing of yours is published there."))
    return replace(parse(text.encode()), owner=os.geteuid())


def text_at(path: Path) -> str:
    """Return the JSON text of what is published at a place. Raises `NotReadable` and OSError."""
    return path.read_text("utf-8") if not is_stand_in(path) else _on_server(path) or "null"


def _on_server(path: Path) -> str | None:
    # few have their records on a server
    from data.published import on_server

    try:
        return on_server.own(path)
    except StorageError as problem:
        raise NotReadable(str(problem)) from problem


def place_line(path: Path) -> str:
    """Return one line that names the place: a file, or a server."""
    if is_stand_in(path):
        return _("Server: {name}").format(name=shown_place(path))
    return _("File: {path}").format(path=shown_place(path))


def shown_place(path: Path) -> str:
    """Return a place as sentences name it: a path, or host, database and team."""
    # few have their records on a server
    from data.storage.postgres.servers import shown_records

    return shown_records(path, os.environ) if is_stand_in(path) else shown_path(path, os.environ)


def turned_on_elsewhere(path: Path, known: Kept) -> str:
    """Return one line if what a server has was turned on on another computer; "" otherwise.

    Args:
        path: Where it is published (`own_place`).
        known: What is known on this computer.
    """
    if not is_stand_in(path) or known.is_of(path):
        return ""
    said = _("It was turned on on another computer. To have this one renew it, too: {command}")
    return said.format(command="mentor publish on")


def for_files_only(settings: Settings) -> str:
    """Return one line if the settings name a group or a folder, which mean nothing on a server."""
    if not settings.publish_group and not settings.publish_folder:
        return ""
    return _(
        "publish_group and publish_folder are for files: on a server, those who read it are the"
        " coordinators of your team."
    )
