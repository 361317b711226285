"""Documents sent to the printer: by `lp`, as every Unix with a printer has it."""

from __future__ import annotations

import shutil
import subprocess

from data.documents.model.document import Document
from data.documents.writers.formats import FormatError, written
from data.i18n import _
from tui.cli.base import say
from tui.cli.call import Problem, Status

PRINTABLE = ("pdf", "txt", "md")
"""Formats that a printer takes."""


def send_to_printer(document: Document, printer: str, format: str) -> None:
    """Print a document on paper, and say that it was sent.

    Args:
        document: The document.
        printer: The name of the printer; "" for the usual one.
        format: The key of a format; "" for PDF, or text where PDF cannot be made.

    Raises:
        Problem: There is no printer, or it refuses the document.
    """
    lp = shutil.which("lp")
    if lp is None:
        text = _(
            "There is no printer here: the command lp is missing. Write a file and print that."
        )
        raise Problem(text, Status.FILE)
    if format and format not in PRINTABLE:
        text = _("A printer cannot take {format}. Choose one of these: {others}.")
        raise Problem(text.format(format=format, others=", ".join(PRINTABLE)))
    # no title: everybody sees the queue of a printer
    destination = ["-d", printer] if printer else []
    sent = subprocess.run(
        [lp, "-t", "mentorrollen", *destination],
        input=_content(document, format),
        capture_output=True,
        check=False,
    )
    if sent.returncode:
        said = (sent.stderr or sent.stdout).decode(errors="replace").strip().split("\n")[0]
        raise Problem(_("The printer refused it: {why}").format(why=said), Status.FILE)
    say(_("Sent to the printer.") if not printer else _("Sent to {name}.").format(name=printer))


def _content(document: Document, format: str) -> bytes:
    if format:
        try:
            return written(document, format)
        except FormatError as lacking:
            raise Problem(str(lacking)) from lacking
    try:
        return written(document, "pdf")
    except FormatError:
        return written(document, "txt")
