"""No image of the program's memory on the disk: it has the words of the notes in it.

Where a process is killed by a fault, Linux writes its memory to a file, or hands it to a program
that keeps it (core(5)). A limit of 0 bytes stops the first, and not the second; one of 1 byte stops
both, for the kernel takes it to mean that. Programs that are started from here, such as an editor,
get the same limit.
"""

from __future__ import annotations

import resource
from typing import Final

_LIMIT: Final = 1
_SET_DUMPABLE: Final = 4
"""`PR_SET_DUMPABLE` of prctl(2)."""


def prevent_core_dumps() -> None:
    """Have no memory of this process, and of those that it starts, written to the disk.

    Never raises: where the system refuses, the program goes on.
    """
    try:
        _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        if hard == 0:  # it cannot be raised to 1, and does not count where a program gets the image
            _have_no_image()
        else:
            resource.setrlimit(resource.RLIMIT_CORE, (_LIMIT, _LIMIT))
    except (OSError, ValueError):
        return


def _have_no_image() -> None:
    """Have no image made of this process alone: a program that it starts begins anew.

    Not done everywhere: it takes six times as long as all else here, and keeps its user from
    looking into the process.
    """
    # only where the limit cannot be set
    import ctypes

    try:
        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    except (OSError, AttributeError):
        return
