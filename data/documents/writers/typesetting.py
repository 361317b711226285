"""typst in a process of its own, which alone ends where typst cannot bear a text.

A panic of typst is more than an error of Python, and a fault of it ends its process. That is not
the one in which somebody is typing.
"""

from __future__ import annotations

import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from data.core_dumps import prevent_core_dumps

SECONDS: Final = 30
"""For how long a document may be set: the longest of those that are read takes one or two."""
_MOST_MEMORY: Final = 2 << 30
"""How many bytes the process may have of its own; a plan of hundreds of tasks takes a tenth."""
LACKING: Final = 3
"""The status where typst cannot be loaded."""


def main() -> None:
    """Set what stands on the standard input, in the language of typst; write a PDF to the output.

    What the process says otherwise, on its stderr, is for nobody: a text may be quoted there.
    """
    prevent_core_dumps()
    signal.alarm(SECONDS + 5)  # whoever would end this process may be gone
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))
    with suppress(OSError):  # where memory runs short, this process is ended first
        Path("/proc/self/oom_score_adj").write_text("1000")
    try:
        import typst  # an extra of the program
    except ImportError:
        sys.exit(LACKING)
    code = sys.stdin.buffer.read()
    try:
        found = _compiled(typst, code, pdf_standards=["ua-1"])
    except typst.TypstError:
        # A text has a character that no font on this machine has: then it is tagged all the same.
        found = _compiled(typst, code)
    sys.stdout.buffer.write(found)


def _compiled(typst: Any, code: bytes, **options: object) -> bytes:
    found = typst.compile(code, format="pdf", **options)
    assert isinstance(found, bytes)  # noqa: S101 - one file, for all pages
    return found
