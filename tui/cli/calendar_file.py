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
from tui.cli.call import Call, Problem, Status, complain
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
        click.Option(
            ["--invite"],
            is_flag=True,
            help=_("An invitation to the next talk, to be sent to the mentee by hand."),
        ),
        click.Option(
            ["--to"],
            default="",
            metavar=_("ADDRESS"),
            help=_("The mentee's mail address, for the invitation."),
        ),
    )


def _calendar(
    call: Call,
    *,
    name: str | None,
    all: bool,
    where: str,
    names: bool,
    days: int | None,
    invite: bool,
    to: str,
) -> None:
    if name and all:
        raise Problem(_("Give either NAME or --all."))
    if invite:
        if name is None or names or days is not None:
            raise Problem(_("An invitation is for one mentee: mentor calendar NAME --invite"))
        _invite(call, name, to, where)
        return
    if to:
        raise Problem(_("--to is the address of an invitation: --invite"))
    with call.open() if call.path.exists() else call.read() as store:
        mentee = _whose(store, name)
        if where == OUTPUT:
            _put_out(give_out(store, mentee, names=names, days=days).data)
            return
        folder = documents_folder(call.settings.documents, os.environ)
        try:
            path = write_calendar(store, mentee, folder, where=where, names=names, days=days)
        except NotWritten as refused:
            raise Problem(str(refused), Status.FILE) from refused
    say_whole(str(path))


def _invite(call: Call, name: str, to: str, where: str) -> None:
    """Write an invitation to the next talk. Raises `Problem` where none is planned."""
    # an invitation is seldom asked for
    from data.documents.invitations import invitation, next_talk, write_invitation
    from data.own_address import AddressProblem, is_address, own_address

    if to and not is_address(to):
        raise Problem(_("--to is not an address. One address: name@example.org"))
    try:
        sender = own_address(call.settings.mail)
    except AddressProblem as problem:
        raise Problem(str(problem)) from problem
    with call.open() if call.path.exists() else call.read() as store:
        mentee = find_mentee(store, name)
        talk = next_talk(store, mentee)
        if talk is None:
            text = _("No talk with {name} is planned from today on.")
            raise Problem(text.format(name=mentee.name))
        folder = documents_folder(call.settings.documents, os.environ)
        try:
            data = invitation(store, mentee, talk, sender=sender, to=to)
            if not to:
                complain(
                    _("The invitation names no address to go to. To give it one: --to ADDRESS")
                )
            if where == OUTPUT:
                _put_out(data)
                return
            path = write_invitation(store, mentee, talk, data, folder, where=where)
        except NotWritten as refused:
            raise Problem(str(refused), Status.FILE) from refused
    say_whole(str(path))


def _put_out(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _whose(store: Store, name: str | None) -> Mentee | None:
    """Return the mentee of that name; None for all. Raises `Problem` where there is nobody."""
    if name is not None:
        return find_mentee(store, name)
    if has_nobody(store):
        raise Problem(no_mentees(store), Status.NO_MENTEE)
    return None
