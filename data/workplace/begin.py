"""Has a run of the program use the library of the workplace. It loads nothing of it by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from data.library.source import use_as_shared

if TYPE_CHECKING:
    from data.library.shared import Shared
    from data.workplace.taken import Copy
    from data.workplace.use import InUse

LOOK_SECONDS: Final = 2.0
"""How long a command waits for the folder of the library."""


def use_library(folder: Path, environ: Mapping[str, str], say: Callable[[str], None]) -> None:
    """Use the library of a folder: the copy of it is read when its texts are first asked for.

    Args:
        folder: The library folder that the settings name.
        environ: The environment of the program, which says where the copy is.
        say: Is then told what the problem is, in one line; "" where there is none.
    """

    def read() -> Shared | None:
        found = library_of(folder, environ)
        values = found.values()
        say(found.problem)
        return values

    use_as_shared(read)


def library_of(folder: Path, environ: Mapping[str, str]) -> InUse:
    """Return the library of a folder, of which nothing has been read yet."""
    # a command that asks for no text of the library loads nothing that reads one
    from data.workplace.taken import copy_file
    from data.workplace.use import InUse

    return InUse(folder, copy_file(environ))


def looked_at(folder: Path, environ: Mapping[str, str]) -> Copy | None:
    """Look whether a folder has changed. Return the copy in use; None where none can be had now."""
    library = library_of(folder, environ)
    looking = Thread(target=library.look, name="library", daemon=True)
    looking.start()
    looking.join(LOOK_SECONDS)  # its drive may not answer
    return None if looking.is_alive() else library.found.copy
