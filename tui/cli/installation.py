"""Which version of what runs here, where it is, and whether it is compiled. Loads no Textual."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import cache_from_source, find_spec
from pathlib import Path
from typing import Final

from data.i18n import _
from data.storage.upkeep.findings import Weight

_ROOM: Final = Path(__file__).parents[1]
"""One of the folders with the program's own code."""


def about() -> list[str]:
    """Return the lines of `mentor --version`."""
    return [
        f"mentorrollen {version('mentorrollen')}",
        f"Python {platform.python_version()}, Textual {version('textual')}",
        _("Installed in {folder}.").format(folder=_ROOM.parent),
    ]


def findings() -> Iterator[tuple[str, Weight, str]]:
    """Yield what `mentor doctor` says: the check, its weight, and the text."""
    program, libraries, folder = about()
    yield "version", Weight.FINE, f"{program}. {libraries}. {folder}"
    textual = find_spec("textual")
    rooms = [_ROOM, *(Path(one) for one in (textual and textual.submodule_search_locations) or ())]
    slow = [room for room in rooms if not _is_compiled(room) and not _will_be(room)]
    if slow:
        text = _(
            "The program is compiled again at every start, which takes up to twice as long: its "
            "files are not compiled, and you may not write beside them. Whoever installed it can "
            "repair that: {command}"
        )
        command = f"{sys.executable} -m compileall -q {' '.join(map(str, _folders(slow)))}"
        yield "compiled", Weight.NOTE, text.format(command=command)


def _is_compiled(room: Path) -> bool:
    """Whether the code of a folder is there as this Python runs it."""
    try:
        return Path(cache_from_source(str(room / "__init__.py"))).exists()
    except NotImplementedError:  # this Python keeps no such files
        return True


def _will_be(room: Path) -> bool:
    """Whether it is at the next start: this user may write there."""
    return not sys.dont_write_bytecode and os.access(room, os.W_OK)


def _folders(rooms: list[Path]) -> list[Path]:
    """Return what is to be compiled: the folders that hold all rooms, all libraries."""
    folders = dict.fromkeys(room.parent for room in rooms)
    return [one for one in folders if folders.keys().isdisjoint(one.parents)]
