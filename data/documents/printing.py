"""Documents sent to the printer: by `lp`, as every Unix with a printer has it."""

from __future__ import annotations

import shutil
import subprocess
from typing import Final

from data.documents.model.document import Document
from data.documents.writers.formats import FormatError, written
from data.i18n import _
from data.other_program import answer_of, why_it_failed
from data.storage.reasons import reason

PRINTABLE: Final = ("pdf", "txt", "md")
"""Formats that a printer takes."""
_PATIENCE: Final = 2.0
"""For how many seconds the print service may say nothing of which printers there are."""
_LONGEST: Final = 60.0
"""For how many seconds it may take a document."""


class NotPrinted(Exception):
    """A document was not sent to a printer. `str()` says why, in a line."""


def why_no_printer() -> str:
    """Return why nothing can be printed on this computer, in a sentence; "" if it can."""
    if shutil.which("lp") is not None:
        return ""
    return _("There is no printer here: the command lp is missing. Write a file and print that.")


def printers() -> list[str]:
    """Return the names of the printers that the print service knows.

    There are none where it is missing, or does not answer within some seconds.
    """
    lpstat = shutil.which("lpstat")
    if lpstat is None:
        return []
    try:
        asked = subprocess.run([lpstat, "-e"], capture_output=True, check=False, timeout=_PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return []
    names = asked.stdout.decode(errors="replace").split("\n") if not asked.returncode else []
    return [name for name in map(str.strip, names) if name and not name.startswith("-")]


def print_document(document: Document, printer: str = "", format: str = "") -> str:
    """Print a document on paper, and return the format in which it was sent.

    Args:
        document: The document.
        printer: The name of the printer; "" for the usual one.
        format: The key of a format; "" for PDF, or text where PDF cannot be made.

    Raises:
        FormatError: A printer does not take the format, or it lacks what it needs here.
        NotPrinted: There is no printer, or it refuses the document.
    """
    if why := why_no_printer():
        raise NotPrinted(why)
    if format and format not in PRINTABLE:
        text = _("A printer cannot take {format}. Choose one of these: {others}.")
        raise FormatError(text.format(format=format, others=", ".join(PRINTABLE)))
    format, content = _content(document, format)
    # no title: everybody sees the queue of a printer
    command = ["lp", "-t", "mentorrollen", *(["-d", printer] if printer else [])]

    def refused(why: str) -> NotPrinted:
        return NotPrinted(_("The printer refused it: {why}").format(why=why))

    sent = answer_of(
        command,
        content,
        seconds=_LONGEST,
        silent=NotPrinted(_("The printer does not answer; nothing was printed.")),
        refused=lambda error: refused(reason(error)),
    )
    if sent.returncode:
        raise refused(why_it_failed(sent))
    return format


def _content(document: Document, format: str) -> tuple[str, bytes]:
    if format:
        return format, written(document, format)
    try:
        return "pdf", written(document, "pdf")
    except FormatError:
        return "txt", written(document, "txt")
