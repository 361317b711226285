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
    from collections.abc import Iterator, Mapping, Sequence

    from data.copying.as_known import AsKnown
    from data.copying.ends import Source, Target, Unseeing
    from data.copying.on_server import ServerTarget
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
        click.Option(
            ["--private-only"],
            is_flag=True,
            help=_("Copy only what you keep private, where a colleague has copied the rest."),
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
    private_only: bool,
) -> None:
    # loaded only for this command
    from data.copying.whole import HoldsOthers, NotHeld, TakenAway
    from data.storage.postgres.servers import records_path, server_of, shown_records

    at, to = (records_path(one, os.environ) for one in (source, target))
    _check(at, to, private_only=private_only)
    shown = shown_records(to, os.environ)
    how = {"dry_run": dry_run, "as_held": replace}
    try:
        found, called = (_copy_own if private_only else _copy_all)(at, to, how)
    except (HoldsOthers, NotHeld, TakenAway) as problem:
        raise Problem(_refused(problem, at, to), Status.FILE) from problem
    _say(found, shown, dry_run=dry_run, private_only=private_only)
    if server_of(at) is not None:
        say_wrapped(
            _("It is what you see there: mentees you have a role for, and what you keep private.")
        )
    if called:
        say_wrapped(called)
    for line in _unseeing(found.unseeing):
        say_wrapped(line)
    if found.others:
        say_wrapped(_("What others keep private is not copied; it is theirs."))
    if found.outdated:
        text = ngettext(
            "{count} record has been changed in {source} since the copying began, and is not in"
            " {name} as it is now. Copy again to where there are no records, while nobody writes.",
            "{count} records have been changed in {source} since the copying began, and are not in"
            " {name} as they are now. Copy again to where there are no records, while nobody"
            " writes.",
            found.outdated,
        )
        said = text.format(count=found.outdated, source=shown_records(at, os.environ), name=shown)
        raise Problem(said, Status.FILE)


def _unseeing(found: Unseeing) -> Iterator[str]:
    """Yield what is said of those who have a role as mentor, and get no access on a server."""
    # only what is copied to a server says this
    from data.text import clean

    if found.without:
        text = _(
            "No access on the server, as no mentor of the team there has that name: {names}. Ask"
            " those who look after it for: mentor server grant. Then copy again."
        )
        yield text.format(names=", ".join(clean(one, lines=False) for one in found.without))
    if found.by_login:
        text = ngettext(
            "No access on the server, as this is a login there and not a name: {names}. If it is"
            " that person, give them the role by their name: open the mentee there, press 4.",
            "No access on the server, as these are logins there and not names: {names}. If it is"
            " they, give them the role by their name: open the mentee there, press 4.",
            len(found.by_login),
        )
        pairs = (f"{login} ({name})" for login, name in found.by_login.items())
        yield text.format(names=", ".join(clean(one, lines=False) for one in pairs))


def _check(at: Path, to: Path, *, private_only: bool) -> None:
    """Raise `Problem` where nothing can be copied from one place to another."""
    # loaded only for this command
    from data.storage.postgres.servers import server_of, shown_records

    if at.resolve() == to.resolve():
        raise Problem(_("Both are {name}.").format(name=shown_records(to, os.environ)))
    if server_of(at) is None and not at.is_file():
        raise Problem(_("There is no file {name}.").format(name=at), Status.FILE)
    if server_of(to) is None and not to.parent.is_dir():
        raise Problem(_("There is no folder {name}.").format(name=to.parent), Status.FILE)
    if private_only and server_of(to) is None:
        raise Problem(_("--private-only is for a team on a server."), Status.FILE)


def _copy_all(at: Path, to: Path, how: Mapping[str, bool]) -> tuple[Copied, str]:
    """Return what was copied, and what is to be said of the user's name."""
    # loaded only for this command
    from contextlib import closing

    # likewise
    from data.copying.whole import copy
    from tui.cli.progress import Progress

    with closing(_source(at)) as one, closing(_target(to)) as other, Progress() as progress:
        known = _as_known(at, one, to, other)
        found = copy(known or one, other, **how, tell=progress.tell)
    return found, _called(known) if known else ""


def _as_known(at: Path, source: Source, to: Path, target: Target) -> AsKnown | None:
    """Return the source with the user called as on the server; None where nobody needs it."""
    # only what is copied is loaded
    from data.storage.postgres.servers import server_of

    if server_of(at) is not None or server_of(to) is None:
        return None
    # only from a file to a server
    from typing import cast

    # likewise
    from data.copying.as_known import AsKnown
    from data.logins import user_name
    from data.queries.own_person import account_name

    team = cast("ServerTarget", target)
    own = team.only_own((account_name(), user_name(os.geteuid())))
    return AsKnown(source, own, team.name)


def _called(known: AsKnown) -> str:
    """Return what the user is to know about their name; "" where it is the same in both."""
    # only from a file to a server
    from data.text import clean

    text = ""
    if known.was:
        text = _("You are {was} in the file and {name} on the server: the copy calls you {name}.")
    elif known.is_missing:
        text = _(
            "No person in the file is {name}, as you are called on the server. Where a role as"
            " mentor is yours, give it to {name} there: open the mentee, press 4."
        )
    return text.format(was=clean(known.was, lines=False), name=clean(known.name, lines=False))


def _copy_own(at: Path, to: Path, how: Mapping[str, bool]) -> tuple[Copied, str]:
    # few have a colleague who has copied the rest
    from contextlib import closing

    # likewise
    from data.copying.own import copy_own
    from data.method.parting import PARTING

    with closing(_source(at)) as one, closing(_team(to)) as other:
        return copy_own(one, other, PARTING, **how), ""


def _refused(problem: Exception, at: Path, to: Path) -> str:
    """Return what keeps records from being copied, and what to do."""
    # only where something does
    from data.copying.whole import NotHeld, TakenAway
    from data.storage.postgres.servers import server_of, shown_records
    from data.storage.snapshot import is_team_file

    shown = shown_records(to, os.environ)
    if isinstance(problem, NotHeld):
        return _not_held(problem.fields, shown)
    command = "mentor copy"
    text = _("{name} holds other records than those: copy to where there are none.")
    if isinstance(problem, TakenAway):
        text = _(
            "Some of what was copied to {name} is not there any more: somebody has deleted it"
            " meanwhile. To copy it again: {command}"
        )
    elif server_of(to) is not None and server_of(at) is None and is_team_file(at):
        command = "mentor copy --private-only"
        text = _(
            "{name} holds other records than those. If a colleague has copied them, what you"
            " keep private comes there with: {command}"
        )
    return text.format(name=shown, command=command)


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
    from data.storage.postgres.servers import server_of

    if server_of(path) is not None:
        return _team(path)
    # only where it is a file
    from data.copying.files import FileTarget
    from data.method.parting import PARTING

    return FileTarget(path, PARTING)


def _team(path: Path) -> ServerTarget:
    # likewise
    from data.storage.postgres.extra import require_psycopg
    from data.storage.postgres.servers import server_of

    require_psycopg()
    # only where psycopg is installed
    from data.copying.on_server import ServerTarget
    from data.method.acting import SERVER_RULES

    address = server_of(path)
    assert address is not None  # noqa: S101 - asked by whoever calls
    return ServerTarget(path, address, SERVER_RULES)


def _say(found: Copied, shown: str, *, dry_run: bool, private_only: bool) -> None:
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
    if found.changed:
        text = ngettext(
            "{count} of them has been changed there meanwhile by somebody.",
            "{count} of them have been changed there meanwhile by somebody.",
            found.changed,
        )
        say_wrapped(text.format(count=found.changed))
    if found.replaced:
        text = ngettext(
            "In {count} field {sign} is in place of what cannot be held there.",
            "In {count} fields {sign} is in place of what cannot be held there.",
            found.replaced,
        )
        say_wrapped(text.format(count=found.replaced, sign=_SIGN))
    said = _("The history came along. Texts that are being typed and are not saved yet did not.")
    if private_only:
        said = _("What is about a mentee shows as soon as you have a role for them there.")
    say_wrapped(said)
