"""Files to choose from while a path is typed: the folder of documents first."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple

from data.clock import now
from data.documents.importing.only_to_read import name_to_read
from data.documents.importing.reading import ENDINGS, typed_path
from data.text import danish_key

_MOST: Final = 200


class Offered(NamedTuple):
    """A file or folder that a typed path may become."""

    text: str
    """What would be typed for it; that of a folder ends with "/"."""
    name: str
    changed: date | None
    """The day on which a file was last changed; None for a folder."""


def offered(typed: str, folder: Path) -> list[Offered]:
    """Return what a typed path may become: files that can be read, newest first, then folders.

    Documents that do not come back stand below the other files.

    Args:
        typed: What has been typed. Without "/" it is looked for in the folder of documents first,
            then in the home folder.
        folder: The folder of documents.
    """
    before, slash, begun = typed.rpartition("/")
    if slash:
        return _in_folder(typed_path(before + slash), before + slash, begun)
    home = Path.home()
    if typed.startswith("~"):
        return [Offered("~/", "~/", None)] if typed == "~" else []
    return [
        *_in_folder(folder, _short(folder, home), begun),
        *(_in_folder(home, "~/", begun) if folder != home else ()),
    ]


def completed(typed: str, found: Sequence[Offered]) -> str:
    """Return a typed path with what all that is offered have in common; itself if that is less."""
    if not found:
        return typed
    texts = [one.text for one in found]
    first, last = min(texts), max(texts)
    same = next((n for n, one in enumerate(first) if one != last[n : n + 1]), len(first))
    if "/" not in typed and len(found) > 1:
        return typed  # what is offered may be in several folders
    return first[:same] if same > len(typed) or "/" not in typed else typed


def chosen_path(typed: str, folder: Path) -> Path:
    """Return the path that a typed text names, in the folder of documents if it says no folder."""
    path = typed_path(typed.strip())
    inside = folder / path
    return inside if not path.is_absolute() and inside.exists() else path


def _short(folder: Path, home: Path) -> str:
    """Return a folder as it is typed, with "~" for the home folder."""
    if folder.is_relative_to(home):
        inner = folder.relative_to(home).as_posix()
        return "~/" if inner == "." else f"~/{inner}/"
    return f"{folder.as_posix().rstrip('/')}/"


def _in_folder(folder: Path, lead: str, begun: str) -> list[Offered]:
    files: list[tuple[float, Offered]] = []
    folders: list[Offered] = []
    for entry in _entries(folder):
        name = entry.name
        hidden = name.startswith(".") and not begun.startswith(".")
        if hidden or not name.casefold().startswith(begun.casefold()):
            continue
        try:
            if entry.is_dir():
                folders.append(Offered(f"{lead}{name}/", f"{name}/", None))
            elif name.rpartition(".")[2].casefold() in ENDINGS and entry.is_file():
                at = entry.stat().st_mtime
                day = datetime.fromtimestamp(at, now().tzinfo).date()
                files.append((at, Offered(lead + name, name, day)))
        except (OSError, ValueError, OverflowError):
            continue
    files.sort(key=lambda one: (bool(name_to_read(one[1].name)), -one[0], one[1].name))
    folders.sort(key=lambda one: danish_key(one.name))
    return [*(one for _at, one in files), *folders][:_MOST]


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            yield from found
    except (OSError, ValueError):
        return
