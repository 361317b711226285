"""`mentor server init`, `upgrade`, `grant`, `revoke`, `rename` and `list`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import click

from data.i18n import N_, _, ngettext
from data.storage.postgres import schema
from data.storage.problems import ErrorKind, StorageError
from data.text import SortKey, danish_key, line, name_key
from tui.cli.base import command, group, say_json, say_whole, say_wrapped
from tui.cli.call import Call, Problem, Status
from tui.cli.server.made import say_made
from tui.cli.server.running import (
    address_of,
    ask,
    confirm,
    run,
    run_when_sure,
    server_in_use,
    version_of,
)

_LONGEST_LOGIN: Final = 63
"""So many bytes the name of a login of PostgreSQL has at the most."""
_LONGEST_NAME: Final = 100
_KINDS: Final[Mapping[str, str]] = {
    "mentor": N_("mentor"),
    "coordinator": N_("coordinator"),
    "manager": N_("manager"),
}


def server_command() -> click.Group:
    """Make `mentor server` with its own commands."""
    text = _(
        "For administrators: prepare a database server for the records of teams, and say who is in"
        " which team. What is done is shown first."
    )
    return group(
        "server",
        text,
        command("init", _init, _("Prepare an empty database."), *_about_sql(address=True)),
        command(
            "upgrade",
            _upgrade,
            _("Bring the tables up to the version of the program."),
            *_about_sql(address=True),
        ),
        _grant_command(),
        _revoke_command(),
        _rename_command(),
        command("list", _list, _("List the members of all teams."), reading=True),
    )


def _grant_command() -> click.Command:
    return command(
        "grant",
        _grant,
        _("Make a login of the server a member of a team, which is made if there is none."),
        click.Argument(["login"], metavar=_("LOGIN")),
        click.Argument(["kind"], type=click.Choice(schema.KINDS)),
        _team_option(),
        click.Option(
            ["--name"],
            metavar=_("NAME"),
            help=_(
                "How colleagues write the name (default: as it is in the team now, or the login)."
            ),
        ),
        click.Option(
            ["--mentees-of"],
            metavar=_("LOGIN"),
            help=_("Whose mentees the mentor is to see, too, such as those of one who has left."),
        ),
        click.Option(
            ["--again"],
            is_flag=True,
            help=_("It is the same person as the one who had the login in the team before."),
        ),
        *_about_sql(),
    )


def _revoke_command() -> click.Command:
    return command(
        "revoke",
        _revoke,
        _("Take a membership of a team from a login, or all it has there; open sessions lose it."),
        click.Argument(["login"], metavar=_("LOGIN")),
        click.Argument(["kind"], type=click.Choice(schema.KINDS), required=False),
        _team_option(),
        *_about_sql(),
    )


def _rename_command() -> click.Command:
    return command(
        "rename",
        _rename,
        _("After a login was renamed on the server: what it had in all teams is its own again."),
        click.Argument(["old"], metavar=_("OLD")),
        click.Argument(["new"], metavar=_("NEW")),
        click.Option(
            ["--again"],
            is_flag=True,
            help=_("Also where the new name has records already: it is the same person."),
        ),
        *_about_sql(),
    )


def _team_option() -> click.Option:
    return click.Option(["--team"], metavar=_("TEAM"), required=True, help=_("The team."))


def _about_sql(*, address: bool = False) -> list[click.Parameter]:
    """Return the parameters of a command that runs SQL."""
    found: list[click.Parameter] = [
        click.Option(
            ["--print", "printed"], is_flag=True, help=_("Only print the SQL, and run nothing.")
        ),
        click.Option(["--yes"], is_flag=True, help=_("Run it without showing it and asking.")),
    ]
    if address:
        found.insert(0, click.Argument(["address"], metavar=_("ADDRESS")))
    return found


# Tables


def _init(_call: Call, *, address: str, printed: bool, yes: bool) -> None:
    server = address_of(address)
    script = schema.init_script()
    if printed:
        say_whole(script)
        return
    run(server, schema.check_script())
    if not yes:
        say_made(server.shown, script)
    confirm(_("Make this in {place}?").format(place=server.shown), yes=yes)
    run(server, script)
    said = _("{place} is prepared. Make somebody a member of a team: {command}")
    say_wrapped(said.format(place=server.shown, command="mentor server grant"))


def _upgrade(_call: Call, *, address: str, printed: bool, yes: bool) -> None:
    server = address_of(address)
    found = version_of(server)
    if found > schema.VERSION:
        raise StorageError(ErrorKind.NEWER, name=server.shown)
    if found == schema.VERSION:
        said = _("{place} is up to date: version {version}.")
        say_wrapped(said.format(place=server.shown, version=found))
        return
    script = schema.upgrade_script(found)
    if printed:
        say_whole(script)
        return
    ask(script, _("Run this in {place}?").format(place=server.shown), yes=yes)
    run(server, script)
    said = _("{place} has been brought up from version {before} to {version}.")
    say_wrapped(said.format(place=server.shown, before=found, version=schema.VERSION))


# Members


def _grant(
    call: Call,
    *,
    login: str,
    kind: str,
    team: str,
    name: str | None,
    mentees_of: str | None,
    again: bool,
    printed: bool,
    yes: bool,
) -> None:
    # help and usage need no id
    from data.records import new_id
    from data.storage.generation import time_now

    team = _named(team, "--team", _LONGEST_NAME)
    if name is not None:
        name = _named(name, "--name", _LONGEST_NAME)
    login = _login(login)
    if mentees_of is not None and kind != "mentor":
        raise Problem(_("Mentees are seen by mentors only: leave --mentees-of out."))
    script = schema.grant_script(
        team,
        login,
        kind,
        name=name,
        person=new_id(),
        at=time_now(),
        again=again,
        mentees_of=None if mentees_of is None else _login(mentees_of),
    )
    if printed:
        say_whole(script)
        return
    server = server_in_use(call)
    new_team = _new_team(team, [one for (one,) in run(server, schema.teams_script())])
    if new_team and not yes:
        say_wrapped(new_team)
    quoted = schema.identifier(login)
    rows = run_when_sure(
        server, script, yes=yes, login=login, quoted=quoted, team=team, name=name or login
    )
    if new_team and yes:
        say_wrapped(new_team)
    said = _("{login} is a member of {team}: {kind}.")
    say_wrapped(said.format(login=login, team=team, kind=_(_KINDS[kind])))
    if mentees_of is not None:
        ((count, stays),) = rows
        _say_given(count, login, mentees_of, stays=stays)


def _new_team(team: str, there: Sequence[str]) -> str:
    """Return what is said of a team that is made; "" where it is there.

    Raises:
        Problem: There is one that differs only in capitals or spaces.
    """
    if team in there:
        return ""
    if not there:
        return _("{team} is a new team, the first one.").format(team=team)
    for one in there:
        if name_key(one) == name_key(team):
            # only where it is written otherwise
            from shlex import quote

            said = _("There is a team {name} already. Write it so: --team {written}")
            raise Problem(said.format(name=one, written=quote(one)))
    said = _("{team} is a new team. There are already: {teams}")
    return said.format(team=team, teams=", ".join(there))


def _say_given(count: int, login: str, other: str, *, stays: bool) -> None:
    """Say how many mentees of another one a mentor sees now.

    Where that one is no mentor of the team any more, it is said what the new one does next.
    """
    said = ngettext(
        "{login} sees {number} mentee of {other} now.",
        "{login} sees {number} mentees of {other} now.",
        count,
    )
    say_wrapped(said.format(login=login, number=count, other=other))
    if count and not stays:
        said = _(
            "The roles still name the one before: {login} opens each mentee, presses 4, and"
            " chooses the new name."
        )
        say_wrapped(said.format(login=login))


def _revoke(
    call: Call, *, login: str, kind: str | None, team: str, printed: bool, yes: bool
) -> None:
    team = _named(team, "--team", _LONGEST_NAME)
    login = _login(login)
    script = schema.revoke_script(team, login, kind)
    if printed:
        say_whole(script)
        return
    server = server_in_use(call)

    def check(rows: list[tuple[Any, ...]]) -> None:
        if not rows[0][0]:
            said = _("{login} was not that in {team}. Who is in which team: mentor server list")
            raise Problem(said.format(login=login, team=team), Status.FILE)

    ((_taken, left_alone),) = run_when_sure(
        server, script, yes=yes, check=check, login=login, team=team
    )
    say_wrapped(_("Taken away. {login} has lost it, open sessions too.").format(login=login))
    if left_alone:
        said = ngettext(
            "{number} mentee can be seen by nobody now, or by a co-mentor until the last day alone."
            " Let a colleague see it: {command}",
            "{number} mentees can be seen by nobody now, or by a co-mentor until the last day"
            " alone. Let a colleague see them: {command}",
            left_alone,
        )
        todo = f"mentor server grant LOGIN mentor --team {team} --mentees-of {login}"
        say_wrapped(said.format(number=left_alone, command=todo))


def _rename(call: Call, *, old: str, new: str, again: bool, printed: bool, yes: bool) -> None:
    old, new = _login(old), _login(new)
    if old == new:
        raise Problem(_("Both names are {name}.").format(name=old))
    script = schema.rename_script(old, new, again=again)
    if printed:
        say_whole(script)
        return
    server = server_in_use(call)
    quoted, quoted_old = schema.identifier(new), schema.identifier(old)

    def check(rows: list[tuple[Any, ...]]) -> None:
        if not rows[0][0]:
            said = _("{place} has nothing of {login}. Who is in which team: mentor server list")
            raise Problem(said.format(place=server.shown, login=old), Status.FILE)

    ((teams,),) = run_when_sure(
        server,
        script,
        yes=yes,
        check=check,
        login=new,
        quoted=quoted,
        old=old,
        quoted_old=quoted_old,
    )
    said = ngettext(
        "What {old} had in {number} team is {new}'s now. The history goes on naming {old}.",
        "What {old} had in {number} teams is {new}'s now. The history goes on naming {old}.",
        teams,
    )
    say_wrapped(said.format(old=old, new=new, number=teams))


def _list(call: Call) -> None:
    server = server_in_use(call)
    rows = sorted(run(server, schema.members_script()), key=_by_team_and_name)
    if call.as_json:
        keys = ("team", "login", "kind", "name", "can_log_in")
        say_json([dict(zip(keys, row, strict=True)) for row in rows])
        return
    if not rows:
        say_wrapped(_("Nobody is a member of a team yet."))
    before = ""
    for team, login, kind, name, can_log_in in rows:
        if team != before:
            say_wrapped(team)
            before = team
        who = name if name == login else f"{name} ({login})"
        said = f"{who}: {_(_KINDS[kind])}"
        if not can_log_in:
            gone = _(
                "{member}; the server has no such login any more. If it was renamed: {rename}; if"
                " it is gone: {revoke}"
            )
            revoke = f"mentor server revoke {login} --team {team}"
            rename = f"mentor server rename {login} NEW"
            said = gone.format(member=said, rename=rename, revoke=revoke)
        say_wrapped(f"  {said}", "    ")


def _by_team_and_name(row: tuple[Any, ...]) -> tuple[SortKey, SortKey, str, str]:
    team, login, kind, name, _can_log_in = row
    return danish_key(team), danish_key(name), login, kind


def _named(given: str, option: str, longest: int) -> str:
    """Return a name as it is kept. Raises `Problem` where it is empty or too long."""
    found = line(given)
    if not found:
        raise Problem(_("{option} is empty.").format(option=option))
    if len(found) > longest:
        text = _("{option} is longer than {number} characters.")
        raise Problem(text.format(option=option, number=longest))
    return found


def _login(given: str) -> str:
    """Return the name of a login. Raises `Problem` where no login can have it."""
    if not given or "\0" in given or len(given.encode()) > _LONGEST_LOGIN:
        raise Problem(_("No login of the server can have the name {name}.").format(name=given))
    return given
