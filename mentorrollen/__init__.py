"""The one package that is installed: `mentor` and `python -m mentorrollen` begin here.

The code imports its rooms by short names, such as `data`, that others use too. In the wheel the
four rooms are in this package, so that none of their files can meet those of another package; in
the repository they are beside it. `main` makes their folder the first that is searched, before any
other room of the same name: one in the working folder, in `PYTHONPATH` or of another package.
"""

from __future__ import annotations

import os
import sys
from typing import Final

ROOMS: Final = ("data", "widgets", "screens", "tui")
"""The top-level packages of the code."""


def main() -> None:
    """Run the command line of this process with the rooms that belong to this package."""
    find_rooms_first()
    try:
        if "_MENTOR_COMPLETE" in os.environ:
            # a shell waits for what Tab may offer: only what answers it is loaded
            from tui.completion.answer import main as run
        else:
            # only now is it found
            from tui.cli.main import main as run
    except ImportError as error:  # another version is being installed at this moment
        sys.stderr.write(f"{_said_missing(error.name or str(error))}\n")
        sys.exit(70)  # as `tui.cli.call.Status.FAULT`
    run()


def _said_missing(name: str) -> str:
    """Return the line that a part of the program is missing; what translates it may be, too."""
    named = [os.environ.get(one, "") for one in ("MENTOR_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    if next((one for one in named if one), "").startswith("da"):
        return f"mentor: En del af programmet mangler: {name}. Prøv igen om lidt."
    return f"mentor: A part of the program is missing: {name}. Try again in a moment."


def find_rooms_first() -> None:
    """Put the folder with the rooms first on the path; what was loaded by their names is let go."""
    here = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - loads nothing
    inside = os.path.isdir(os.path.join(here, ROOMS[0]))  # noqa: PTH112, PTH118 - likewise
    folder = here if inside else os.path.dirname(here)  # noqa: PTH120 - likewise
    if sys.path[:1] != [folder]:
        sys.path.insert(0, folder)
    for name, module in list(sys.modules.items()):
        # another package has been loaded by a path file, before the program begins
        if name.partition(".")[0] in ROOMS and not _is_in(folder, module):
            del sys.modules[name]


def _is_in(folder: str, module: object) -> bool:
    """Whether a module was loaded from below a folder."""
    origin = getattr(getattr(module, "__spec__", None), "origin", None)
    return isinstance(origin, str) and origin.startswith(folder + os.sep)
