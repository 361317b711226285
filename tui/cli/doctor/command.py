"""`mentor doctor`: the health of the data file, and of what is around it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from data.i18n import N_, _, ngettext
from data.logins import user_name
from data.paths import documents_folder
from data.storage.protocol import Tables
from data.storage.upkeep.findings import Check, Finding, Weight
from tui.cli.base import command, say_json, say_wrapped
from tui.cli.call import Call, Problem, Status, parting
from tui.cli.doctor.surroundings import Line, surroundings

if TYPE_CHECKING:
    from data.storage.postgres.address import Address

_WEIGHTS = {
    Weight.FINE: N_("OK"),
    Weight.NOTE: N_("Notice"),
    Weight.MENDABLE: N_("Can be repaired"),
    Weight.SERIOUS: N_("Problem"),
}


def doctor_command() -> click.Command:
    """Make `mentor doctor`."""
    option = click.Option(
        ["--repair"], is_flag=True, help=_("Repair what can be repaired; originals are kept.")
    )
    canary = click.Option(
        ["--canary"],
        is_flag=True,
        help=_("Instead: look on a throw-away copy for private words where none may be."),
    )
    everybody = click.Option(
        ["--all", "everybody"],
        is_flag=True,
        help=_("Instead: count, for root, how the files of all users are."),
    )
    typed = click.Option(
        ["--typed"],
        is_flag=True,
        help=_("Instead: show texts that were being typed and are on this computer alone."),
    )
    text = _("Check data file or server, backups, permissions and terminal. Says what to do.")
    return command("doctor", _doctor, text, option, canary, everybody, typed, reading=True)


def _doctor(call: Call, repair: bool, canary: bool, everybody: bool, typed: bool) -> None:
    if everybody:
        if repair or canary or typed or call.file:
            raise Problem(_("--all goes with no other option than --format and --lang."))
        # only where it is asked for: other users have one file
        from tui.cli.doctor.all_users import look_at_all

        look_at_all(as_json=call.as_json)
    if canary:
        # only where it is asked for: it loads the whole program
        from tui.cli.canary.look import look_for_canaries

        look_for_canaries(call, repair=repair)
    path = call.path
    if typed:
        if repair:
            raise Problem(_("Give either --repair or --typed."))
        # only where it is asked for: it reads what other sessions have left
        from tui.cli.doctor.typed import show_typed

        show_typed(path, as_json=call.as_json)
    server = _server_of(path)
    if repair and server is None:
        _mend(path)
    documents = documents_folder(call.settings.documents, os.environ)
    found = [*_file(path), *_records(path)] if server is None else _server(path, server)
    lines = [*found, *_unfinished(documents, repair=repair)]
    lines += [*surroundings(call), *_published(call)]
    if call.as_json:
        say_json([{"check": x.check, "weight": x.weight.value, "text": x.text} for x in lines])
    else:
        for line in lines:
            say_wrapped(f"{_(_WEIGHTS[line.weight])}: {line.text}")
        if any(line.weight is Weight.MENDABLE for line in lines):
            say_wrapped(_("To repair what can be repaired: mentor doctor --repair"))
    raise SystemExit(_status(lines))


def _published(call: Call) -> list[Line]:
    # only here is it looked at: it reads a file that few have
    from tui.cli.doctor.published import published

    return published(call)


def _server_of(path: Path) -> Address | None:
    # most records are in a file
    from data.storage.postgres.servers import server_of

    return server_of(path)


def _server(path: Path, server: Address) -> list[Line]:
    """Say how a server is, and what the records there are."""
    # likewise
    from tui.cli.doctor.server import look_at

    lines, tables = look_at(path, server)
    return [*lines, *_counted(tables), *_fields(tables)] if tables is not None else lines


def _status(lines: list[Line]) -> Status:
    if any(line.check == Check.REFUSED for line in lines):
        return Status.FILE
    asking = {Weight.MENDABLE, Weight.SERIOUS}
    return Status.FOUND if any(line.weight in asking for line in lines) else Status.DONE


def _mend(path: Path) -> None:
    # only where the file is to be mended
    from data.storage.upkeep.doctor import repair

    # most files are of one user alone
    from data.store.opening_team import own_file

    own = own_file(path)
    for one in (path, *([own] if own is not None else [])):
        if one.parent.is_dir():
            for notice in repair(one):
                say_wrapped(str(notice))


def _file(path: Path) -> list[Line]:
    # `mentor fold` examines nothing
    from data.storage.upkeep.doctor import examine
    from data.store.codec import table_rules

    if not path.exists() and not path.parent.exists():
        return [Line("no_file", Weight.NOTE, _("There is no file yet: {name}.").format(name=path))]
    # most files are of one user alone
    from data.storage.snapshot import is_team_file
    from data.store.opening_team import own_file

    own = own_file(path)
    # records of a team file may refer to what somebody keeps private
    rules = None if is_team_file(path) else table_rules()
    lines = [_said(finding) for finding in examine(path, rules)]
    if own is not None:
        text = _(
            "What you keep private of the team file is in {own}. Other users cannot open it; "
            "server administrators technically can."
        )
        lines += [Line("own_file", Weight.FINE, text.format(own=own))]
        lines += [_said(finding) for finding in examine(own)]
    return lines


def _unfinished(folder: Path, *, repair: bool) -> list[Line]:
    """Say what was left unfinished in the folder of documents; `repair` removes it first."""
    # `mentor fold` looks at no documents
    from data.documents.unfinished import leftovers, tidy

    if repair:
        tidy(folder)
    return [_said(Finding(Check.LEFTOVER, str(path))) for path in leftovers(folder)]


def _said(finding: Finding) -> Line:
    return Line(finding.check.value, finding.weight, str(finding))


def _records(path: Path) -> list[Line]:
    """Say what the records are. Of a file that cannot be read `_file` has said so."""
    # `mentor fold` looks into no file
    from data.storage.problems import StorageError
    from data.storage.snapshot import Unsound, is_team_file, read_tables
    from data.store.opening_team import look_into

    left: dict[str, int] = {}
    try:
        if is_team_file(path):
            looked = look_into(path, parting())
            tables, left = looked.tables, looked.left
        else:
            tables = read_tables(path)
    except (StorageError, OSError, Unsound):
        return []
    return [*_counted(tables), *_fields(tables), *_left(left)]


def _left(left: dict[str, int]) -> list[Line]:
    """Say whose private texts are in a team file, from before they were kept apart."""
    text = _(
        "Private texts of {who} that are still in the team file: {count}. They are moved when "
        "{who} opens it; until then other programs can read them there."
    )
    return [
        Line(
            "left_private",
            Weight.NOTE,
            f"{text.format(who=who or _('somebody'), count=count)}{_was(who)}",
        )
        for who, count in left.items()
    ]


def _was(who: str) -> str:
    """Return what to do if a login that is no longer there was the user's; "" for one that is."""
    # only where somebody has written before the file was a team's
    import pwd

    if not who:
        return ""
    try:
        pwd.getpwnam(who)
    except KeyError:
        text = _("There is no user {who} any more; if it was you: mentor rename-login {who} {me}")
        return " " + text.format(who=who, me=user_name(os.geteuid()))
    return ""


def _counted(tables: Tables) -> list[Line]:
    """Say how many records there are, and how many conflicts wait."""
    # `mentor fold` looks into no file
    from data.queries.counts import counts
    from data.store.database import database

    found = counts(database(tables))
    text = _(
        "Mentees: {mentees} (closed: {closed}). Talks held: {talks}. Notes: {notes}. People:"
        " {people}."
    ).format(
        mentees=found.mentees,
        closed=found.closed,
        talks=found.talks_held,
        notes=found.notes,
        people=found.people,
    )
    lines = [Line("records", Weight.FINE, text)]
    if found.conflicts:
        text = _("Unresolved conflicts: {number}. ! in the program shows them.")
        lines.append(Line("conflicts", Weight.NOTE, text.format(number=found.conflicts)))
    return lines


def _fields(tables: Tables) -> list[Line]:
    """Say which values in the records cannot be read: the file may have been edited by hand."""
    # `mentor fold` examines nothing
    from data.queries.unreadable import unreadable

    found = unreadable(tables)
    if not found:
        return []
    places = ", ".join(f"{table} {id}: {', '.join(names)}" for table, id, names in found[:3])
    text = ngettext(
        "{number} record has values that cannot be read ({places}). Correct them in the file.",
        "{number} records have values that cannot be read ({places}). Correct them in the file.",
        len(found),
    )
    return [
        Line("fields", Weight.SERIOUS, text.format(number=len(found), places=places)),
    ]
