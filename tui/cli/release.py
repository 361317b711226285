"""`mentor release` and `mentor released`: the status of a mentee for the managers of a team.

Only where the records are on a server: it keeps what is released, and shows it to nobody else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from data.i18n import _, ngettext
from data.paths import is_stand_in
from tui.cli.base import WholeNumber, command, find_mentee, name_argument, say_json, say_wrapped
from tui.cli.call import Call, Problem, Status
from tui.cli.wrapping import width

if TYPE_CHECKING:
    from data.documents.model.document import Document
    from data.records import Mentee
    from data.released.on_server import Received, Standing
    from data.store.store import Store


def release_command() -> click.Command:
    """Make `mentor release`."""
    text = _(
        "Release the status of a mentee to the managers of your team, when you have agreed on it"
        " with the mentee; or withdraw it. Only with records on a server. It is shown first, with"
        " who gets it."
    )
    options = (
        name_argument(required=False),
        click.Option(
            ["--to", "logins"],
            multiple=True,
            metavar=_("LOGIN"),
            help=_("The manager, by login or name (default: all managers of the team)."),
        ),
        click.Option(["--list", "listed"], is_flag=True, help=_("Show who has what.")),
        click.Option(["--withdraw"], is_flag=True, help=_("Withdraw it.")),
        click.Option(["--yes"], is_flag=True, help=_("Show it and release it without asking.")),
    )
    return command("release", _release, text, *options, reading=True)


def released_command() -> click.Command:
    """Make `mentor released`."""
    # help names the formats
    from data.documents.writers.formats import FORMATS

    text = _(
        "For a manager: list what mentors have released to you; with a NUMBER of the list show it,"
        " or write it to a file."
    )
    options = (
        click.Argument(["number"], type=WholeNumber(), required=False, metavar=_("[NUMBER]")),
        click.Option(
            ["--to", "form"],
            type=click.Choice([key for key in FORMATS if key not in {"csv", "json"}]),
            help=_("Write it in this format (default: by the ending of FILE, else docx)."),
        ),
        click.Option(
            ["-o", "--output", "where"],
            default="",
            metavar=_("FILE"),
            help=_("Write it to a file, or into a folder."),
        ),
    )
    return command("released", _released, text, *options, reading=True)


def _server(call: Call, name: str | None = None) -> Path:
    """Return the stand-in of the server that the records are on. Raises `Problem` without one.

    Args:
        call: The use of the command line.
        name: The mentee whose status it is about, as it was typed; None for no one.
    """
    if is_stand_in(call.path):
        return call.path
    # only where it is refused
    import shlex

    text = _("Only what is on a server can be released. As a file it is: {command}")
    command = f"mentor export {shlex.quote(name) if name else _('NAME')} leader"
    raise Problem(text.format(command=command), Status.FILE)


# mentor release


def _release(
    call: Call,
    *,
    name: str | None,
    logins: tuple[str, ...],
    listed: bool,
    withdraw: bool,
    yes: bool,
) -> None:
    # help and usage ask no server
    from data.released.on_server import standing

    path = _server(call, name)
    if listed and withdraw:
        raise Problem(_("Give either --list or --withdraw."))
    if not name and not listed:
        raise Problem(_("Whose status is it? mentor release NAME"))
    with call.read() as store:
        mentee = find_mentee(store, name) if name else None
        found = standing(path)
        if listed:
            _list(call, store, found, mentee)
        elif mentee is not None and withdraw:
            _withdraw(path, mentee, found, logins)
        elif mentee is not None:
            _hand_out(path, store, mentee, found, logins, yes=yes)


def _chosen(found: Standing, logins: Sequence[str]) -> list[str]:
    """Return the logins of the managers that are named; of all where none is."""
    # help and usage ask no server
    from data.released.words import names_text, no_manager_text
    from data.text import name_key

    if not found.managers:
        raise Problem(no_manager_text(), Status.FILE)
    chosen = []
    for wanted in logins or found.managers:
        fits = [wanted] if wanted in found.managers else []
        fits = fits or [
            login for login, name in found.managers.items() if name_key(name) == name_key(wanted)
        ]
        if not fits:
            said = _("No manager of the team is called that. There are: {names}.")
            raise Problem(said.format(names=names_text(_names(found))))
        chosen += fits
    return list(dict.fromkeys(chosen))


def _names(found: Standing) -> list[str]:
    return [
        name if name == login else _("{name} ({login})").format(name=name, login=login)
        for login, name in found.managers.items()
    ]


def _hand_out(
    path: Path, store: Store, mentee: Mentee, found: Standing, logins: Sequence[str], *, yes: bool
) -> None:
    """Show the status and who gets it, ask unless `--yes` was given, and release it."""
    # help and usage release nothing
    import shlex

    # likewise
    from data.released.on_server import release
    from data.released.status import NotReleased, status_of
    from data.released.words import names_text

    chosen = _chosen(found, logins)
    try:
        document = status_of(store, mentee)
    except NotReleased as refused:
        raise Problem(str(refused), Status.FOUND) from refused
    names = names_text(found.managers[login] for login in chosen)
    _say_document(document)
    click.echo()
    say_wrapped(_("Who can read it: {names}").format(names=names))
    if not yes:
        _ask()
    release(path, mentee.id, chosen, document)
    say_wrapped(_("Released to {names}.").format(names=names))
    taken = _("To withdraw it: {command}")
    named = shlex.quote(_unmistakable(store, mentee))
    say_wrapped(taken.format(command=f"mentor release {named} --withdraw"))


def _unmistakable(store: Store, mentee: Mentee) -> str:
    """Return what names a mentee and nobody else in a command: the id where the name is not."""
    # help and usage name nobody
    from data.records import Mentee as Kind
    from data.text import words_key

    keys = [words_key(one.name) for one in store.all(Kind)]
    return mentee.name if keys.count(words_key(mentee.name)) == 1 else mentee.id


def _ask() -> None:
    # only where it is asked
    from tui.cli.sure import sure

    if sure(_("Release it to them?")):
        return
    if sys.stdin.isatty():
        raise Problem(_("Nothing has been changed."))
    raise Problem(_("Nothing has been changed. To do it without being asked: --yes"))


def _withdraw(path: Path, mentee: Mentee, found: Standing, logins: Sequence[str]) -> None:
    # help and usage take nothing back
    from data.released.on_server import withdraw
    from data.released.words import names_text

    gone = withdraw(path, mentee.id, _chosen(found, logins) if logins else None)
    if gone:
        say_wrapped(_("Withdrawn from {names}.").format(names=names_text(gone)))
        return
    say_wrapped(_("Nothing about {name} is released.").format(name=mentee.name))


def _list(call: Call, store: Store, found: Standing, mentee: Mentee | None) -> None:
    """Show who has the status of which mentee."""
    # help and usage list nothing
    from data.records import Mentee as Kind
    from data.released.words import holder_line

    shown = [one for one in found.holders if mentee is None or one.mentee_id == mentee.id]
    named = {one.id: one.name for one in store.all(Kind)}
    if call.as_json:
        say_json(
            [
                {
                    "mentee": named.get(one.mentee_id, ""),
                    "manager": one.login,
                    "name": one.name,
                    "by": one.by,
                    "at": one.at.isoformat() if one.at else None,
                }
                for one in shown
            ]
        )
        return
    for one in shown:
        say_wrapped(f"{named.get(one.mentee_id, '')}: {holder_line(one)}")
    if not shown:
        say_wrapped(_("Nothing is released."))


# mentor released


def _released(call: Call, *, number: int | None, form: str | None, where: str) -> None:
    # help and usage ask no server
    from data.released.on_server import received

    found = received(_server(call))
    if number is None:
        if form or where:
            raise Problem(_("Which one? mentor released NUMBER"))
        _say_received(call, found)
        return
    if not 1 <= number <= len(found):
        raise Problem(_("There is no number {number} in the list.").format(number=number))
    one = found[number - 1]
    if one.document is None:
        raise Problem(one.why, Status.FILE)
    if form or where:
        _write(call, one.document, form or "", where)
    elif call.as_json:
        _say_json([one], whole=True)
    else:
        _say_document(one.document)


def print_received(call: Call) -> None:
    """List what was released to the user. Raises `StorageError`."""
    # help and usage ask no server
    from data.released.on_server import received

    _say_received(call, received(_server(call)))


def _say_received(call: Call, found: Sequence[Received]) -> None:
    """List what was released to the user, with the numbers by which it is shown."""
    # help and usage list nothing
    from data.released.words import nothing_text, received_line

    if call.as_json:
        _say_json(found)
        return
    for number, one in enumerate(found, 1):
        say_wrapped(f"{number}. {received_line(one)}")
    if not found:
        say_wrapped(nothing_text())
        return
    text = ngettext("To read it: {command}", "To read one: {command}", len(found))
    say_wrapped(text.format(command="mentor released 1"))


def _say_json(found: Sequence[Received], *, whole: bool = False) -> None:
    # only where JSON is asked for
    import json

    # likewise
    from data.released.as_json import text_of

    values = [
        {
            "title": one.title,
            "by": one.by,
            "at": one.at.isoformat() if one.at else None,
            **({"document": json.loads(text_of(one.document))} if whole and one.document else {}),
        }
        for one in found
    ]
    say_json(values[0] if whole else values)


def _say_document(document: Document) -> None:
    """Print a document as text, as wide as the terminal."""
    # help and usage show none
    from data.documents.model.lines import WIDTH, text_of

    click.echo(text_of(document, min(width(sys.stdout), WIDTH)), nl=False)


def _write(call: Call, document: Document, format: str, where: str) -> None:
    # help and usage write nothing
    from data.documents.files import NotWritten, write_document
    from data.documents.names import page_name
    from data.documents.writers.formats import FormatError
    from data.paths import documents_folder

    # likewise
    from tui.cli.base import say_whole

    folder = documents_folder(call.settings.documents, os.environ)
    try:
        made = write_document(document, page_name(document), folder, where=where, format=format)
    except NotWritten as refused:
        raise Problem(str(refused), Status.FILE) from refused
    except FormatError as refused:
        raise Problem(str(refused)) from refused
    say_whole(str(made))
