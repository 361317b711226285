"""`mentor calendar`: talks, sparrings and the manager's dates as a file for a calendar."""

from __future__ import annotations

import os
import sys

import click

from data.documents.calendars import give_out, has_nobody, write_calendar
from data.documents.files import NotWritten
from data.i18n import _
from data.paths import documents_folder
from data.records import Mentee
from data.store.store import Store
from tui.cli.base import command, find_mentee, name_argument, say_whole
from tui.cli.call import Call, Problem, Status
from tui.cli.read import days_option, no_mentees

OUTPUT = "-"
"""What stands for the standard output in place of a file."""


def calendar_command() -> click.Command:
    """Make `mentor calendar`."""
    return command(
        "calendar",
        _calendar,
        _(
            "Write talks, sparrings and the manager's dates to a calendar file, and print"
            " where it is."
        ),
        name_argument(required=False),
        click.Option(
            ["--all"], is_flag=True, help=_("All mentees, which is the default without NAME.")
        ),
        click.Option(
            ["-o", "--output", "where"],
            default="",
            metavar=_("FILE"),
            help=_("A file, a folder, or - for the output (default: the folder of documents)."),
        ),
        click.Option(["--names"], is_flag=True, help=_("Name mentees and tasks in the calendar.")),
        days_option(_("Only new dates at most so many days ahead (default: all).")),
    )


def _calendar(
    call: Call, *, name: str | None, all: bool, where: str, names: bool, days: int | None
) -> None:
    if name and all:
        raise Problem(_("Give either NAME or --all."))
    with call.open() if call.path.exists() else call.read() as store:
        mentee = _whose(store, name)
        if where == OUTPUT:
            found = give_out(store, mentee, names=names, days=days)
            sys.stdout.flush()
            sys.stdout.buffer.write(found.data)
            sys.stdout.buffer.flush()
            return
        folder = documents_folder(call.settings.documents, os.environ)
        try:
            path = write_calendar(store, mentee, folder, where=where, names=names, days=days)
        except NotWritten as refused:
            raise Problem(str(refused), Status.FILE) from refused
    say_whole(str(path))


def _whose(store: Store, name: str | None) -> Mentee | None:
    """Return the mentee of that name; None for all. Raises `Problem` where there is nobody."""
    if name is not None:
        return find_mentee(store, name)
    if has_nobody(store):
        raise Problem(no_mentees(store), Status.NO_MENTEE)
    return None
