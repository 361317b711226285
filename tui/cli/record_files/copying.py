"""`mentor copy FROM TO`: all records from one place to another, a file or a team on a server."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from data.i18n import _, ngettext
from tui.cli.base import command, say_wrapped
from tui.cli.call import Call, Problem, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.copying.ends import Source, Target
    from data.copying.whole import Copied, Field

_SIGN: Final = "\N{REPLACEMENT CHARACTER}"
_NAMED: Final = 3
"""So many places are named in a line."""


def copy_command() -> click.Command:
    """Make `mentor copy`."""
    text = _(
        "Copy all records from a file or a server to another, and compare each there. What was "
        "interrupted goes on where it stopped; nothing changes in FROM."
    )
    return command(
        "copy",
        _copy,
        text,
        click.Argument(["source"], metavar=_("FROM")),
        click.Argument(["target"], metavar=_("TO")),
        click.Option(["--dry-run"], is_flag=True, help=_("Only say what would be copied.")),
        click.Option(
            ["--replace"],
            is_flag=True,
            help=_(
                "Copy texts with letters that a server cannot hold with {sign} in their place."
            ).format(sign=_SIGN),
        ),
        with_file=False,
    )


def _copy(
    call: Call,  # noqa: ARG001
    *,
    source: str,
    target: str,
    dry_run: bool,
    replace: bool,
) -> None:
    # loaded only for this command
    from data.copying.whole import HoldsOthers, NotHeld, copy
    from data.storage.postgres.servers import records_path, server_of, shown_records
    from tui.cli.progress import Progress

    at, to = (records_path(one, os.environ) for one in (source, target))
    shown = shown_records(to, os.environ)
    if at.resolve() == to.resolve():
        raise Problem(_("Both are {name}.").format(name=shown))
    if server_of(at) is None and not at.is_file():
        raise Problem(_("There is no file {name}.").format(name=at), Status.FILE)
    if server_of(to) is None and not to.parent.is_dir():
        raise Problem(_("There is no folder {name}.").format(name=to.parent), Status.FILE)
    opened: list[Source | Target] = []
    try:
        one = _source(at)
        opened.append(one)
        other = _target(to)
        opened.append(other)
        with Progress() as progress:
            found = copy(one, other, dry_run=dry_run, replace=replace, tell=progress.tell)
    except NotHeld as problem:
        raise Problem(_not_held(problem.fields, shown), Status.FILE) from problem
    except HoldsOthers as problem:
        text = _("{name} holds other records than those: copy to where there are none.")
        raise Problem(text.format(name=shown), Status.FILE) from problem
    finally:
        for end in opened:
            end.close()
    _say(found, shown, dry_run=dry_run)
    if server_of(at) is not None:
        say_wrapped(
            _("It is what you see there: mentees you have a role for, and what you keep private.")
        )
    if found.others:
        say_wrapped(_("What others keep private is not copied; it is theirs."))


def _not_held(fields: Sequence[Field], shown: str) -> str:
    """Return what is said of letters that a server cannot hold: where they are, what to do."""
    text = _(
        "{name} cannot hold some letters (such as NUL) in {places}. Nothing has been copied. To"
        " have {sign} in their place: {command}"
    )
    places = [_place(one) for one in fields[:_NAMED]]
    if (more := len(fields) - _NAMED) > 0:
        places.append(ngettext("and {number} more", "and {number} more", more).format(number=more))
    command = "mentor copy --replace"
    return text.format(name=shown, places="; ".join(places), sign=_SIGN, command=command)


def _place(one: Field) -> str:
    """Return where a field is: whose record of which kind and day, and what it is called."""
    # only where a text cannot be held
    from datetime import date

    # likewise
    from data.dates import show_date
    from data.queries.field_names import field_name, table_name
    from data.text import clean

    try:
        day = show_date(date.fromisoformat(one.made_at[:10]))
    except ValueError:
        day = ""
    kind = f"{table_name(one.table)} {day}".rstrip()
    name = field_name(one.table, one.name) or one.name
    found = f"{kind} ({name})" if name != table_name(one.table) else kind
    return clean(f"{one.mentee}: {found}" if one.mentee else found, lines=False)


def _source(path: Path) -> Source:
    # only what is copied is loaded, and psycopg only for a server
    from data.storage.postgres.extra import require_psycopg
    from data.storage.postgres.servers import server_of

    address = server_of(path)
    if address is None:
        # only where it is a file
        from data.copying.files import FileSource
        from data.method.parting import PARTING

        return FileSource(path, PARTING)
    require_psycopg()
    # only where psycopg is installed
    from data.copying.on_server import ServerSource
    from data.method.acting import SERVER_RULES

    return ServerSource(path, address, SERVER_RULES)


def _target(path: Path) -> Target:
    # likewise
    from data.storage.postgres.extra import require_psycopg
    from data.storage.postgres.servers import server_of

    address = server_of(path)
    if address is None:
        # only where it is a file
        from data.copying.files import FileTarget
        from data.method.parting import PARTING

        return FileTarget(path, PARTING)
    require_psycopg()
    # only where psycopg is installed
    from data.copying.on_server import ServerTarget
    from data.method.acting import SERVER_RULES

    return ServerTarget(path, address, SERVER_RULES)


def _say(found: Copied, shown: str, *, dry_run: bool) -> None:
    if dry_run:
        text = ngettext(
            "{count} record would be copied to {name}; {there} are there already.",
            "{count} records would be copied to {name}; {there} are there already.",
            found.count,
        )
        say_wrapped(text.format(count=found.count, name=shown, there=found.there))
        say_wrapped(_("Nothing has been changed."))
        return
    total = found.count + found.there
    text = ngettext(
        "{count} record is in {name} and was compared. {there} were there before.",
        "{count} records are in {name} and were compared. {there} were there before.",
        total,
    )
    say_wrapped(text.format(count=total, name=shown, there=found.there))
    if found.replaced:
        text = ngettext(
            "In {count} field {sign} is in place of what cannot be held there.",
            "In {count} fields {sign} is in place of what cannot be held there.",
            found.replaced,
        )
        say_wrapped(text.format(count=found.replaced, sign=_SIGN))
    said = _("The history came along. Texts that are being typed and are not saved yet did not.")
    say_wrapped(said)
