"""SQL that is shown, asked about and run; and what is said where the server refuses."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from data.i18n import N_, _
from data.paths import is_address, named_records
from data.storage.problems import ErrorKind, StorageError
from tui.cli.base import say_whole
from tui.cli.call import Call, Problem, Status
from tui.cli.sure import sure

if TYPE_CHECKING:
    from data.storage.postgres.address import Address

_REFUSALS: Final[Mapping[str, str]] = {
    "MR010": N_(
        "The database {place} has not the encoding UTF8. Make another one: createdb --encoding"
        " UTF8 --template template0 NAME"
    ),
    "MR011": N_(
        "The tables are in {place} already. Nothing has been changed. For tables of an earlier"
        " version: mentor server upgrade"
    ),
    "MR012": N_(
        "The server has no login {login}. Make it first: CREATE ROLE {quoted} LOGIN;"
    ),
    "MR012 rename": N_(
        "The server has no login {login}. Check the spelling: it is the name that {old} got there"
        " with ALTER ROLE {quoted_old} RENAME TO ...;"
    ),
    "MR013": N_("Another member of {team} has the name {name}. Give a fuller one: --name"),
    "MR014": N_(
        "{login} can read everything in the database, or let itself, also what is private. A member"
        " needs a login without SUPERUSER, BYPASSRLS, REPLICATION and CREATEROLE, which is in no"
        " role that has more rights than its own."
    ),
    "MR015": N_(
        "There are records of a login {login} in {team} from before. If it is the same person, so"
        " that they are to read them again: --again"
    ),
    "MR016": N_("The server {place} is too old: PostgreSQL 13 or newer is needed."),
    "MR017": N_(
        "On {place} somebody can log in as mentorrollen_owner, mentorrollen_reader or"
        " mentorrollen_member. Nobody may: ALTER ROLE ... NOLOGIN NOSUPERUSER NOBYPASSRLS;"
    ),
    "MR018": N_("The tables in {place} have changed meanwhile. Try again."),
    "MR019": N_(
        "{old} is still a login of the server. Only a login that has been renamed there can be"
        ' taken over: ALTER ROLE {quoted_old} RENAME TO {quoted};'
    ),
    "MR020": N_(
        "Somebody is logged in on {place} as {login}. Nothing has been changed; let them end the"
        " program first."
    ),
    "MR021": N_(
        "{login} has records on {place} already. If it is the same person as {old}, so that they"
        " are to have both: --again"
    ),
    "MR022": N_(
        "{old} and {login} have each written in the same private record on {place}. Nothing has"
        " been changed. Let {login} delete one of the two, which came of copying a file twice."
    ),
    "42501": N_(
        "Your login may not do that on {place}. It takes a superuser, or the login that prepared"
        " the database: one with CREATEROLE that owns it."
    ),
    "55P03": N_(
        "Somebody has kept the tables in {place} busy for 10 seconds. Nothing has been changed;"
        " try again."
    ),
}  # fmt: skip


def address_of(text: str) -> Address:
    """Return the address that a text names. Raises `StorageError`."""
    # help and usage name no server
    from data.storage.postgres.address import parse

    return parse(text)


def server_in_use(call: Call) -> Address:
    """Return the server that the records are on, which has the tables of this program.

    Raises:
        Problem: None is named, or it is not prepared.
        StorageError: It cannot be reached, or has tables of another version.
    """
    # help and usage ask no server
    from data.storage.postgres.schema import VERSION

    server = _named_server(call)
    found = version_of(server)
    if found != VERSION:
        kind = ErrorKind.NEWER if found > VERSION else ErrorKind.OLD_TABLES
        raise StorageError(kind, name=server.shown)
    return server


def _named_server(call: Call) -> Address:
    text = named_records(call.file, os.environ, call.settings.file)
    if not is_address(text):
        line = _("No server is named. Name it: --file postgresql://HOST/DATABASE")
        raise Problem(line, Status.FILE)
    return address_of(text)


def ask(script: str, question: str, *, yes: bool) -> None:
    """Show SQL, and ask whether it is to be run. Raises `Problem` unless the answer is yes."""
    if not yes:
        say_whole(script)
    confirm(question, yes=yes)


def run_when_sure(
    address: Address,
    script: str,
    *,
    yes: bool,
    check: Callable[[list[tuple[Any, ...]]], None] = lambda _rows: None,
    **said: str,
) -> list[tuple[Any, ...]]:
    """Show SQL, ask whether it is to be run, run it, and return the rows that it gives.

    What the server would refuse is found out before anything is shown or asked.

    Args:
        address: The server.
        script: The SQL.
        yes: Whether it is run without being shown and asked about.
        check: Raises `Problem` where the rows say that there is nothing to do.
        said: What a sentence about a refusal may name, as for `run`.

    Raises:
        Problem: The server refuses it, or the answer is not yes.
        StorageError: The server cannot be reached.
    """
    if not yes:
        # help and usage run nothing
        from data.storage.postgres.schema import trial

        check(run(address, trial(script), **said))
    ask(script, _("Run this in {place}?").format(place=address.shown), yes=yes)
    rows = run(address, script, **said)
    check(rows)
    return rows


def confirm(question: str, *, yes: bool) -> None:
    """Ask whether to go on. Raises `Problem` unless the answer is yes, or `--yes` has said so."""
    if yes or sure(question):
        return
    if sys.stdin.isatty():
        raise Problem(_("Nothing has been changed."))
    raise Problem(_("Nothing has been changed. To do it without being asked: --yes"))


def run(address: Address, script: str, **said: str) -> list[tuple[Any, ...]]:
    """Run SQL and return the rows that it gives.

    Args:
        address: The server.
        script: The SQL.
        said: What a sentence about a refusal may name: login, team, name.

    Raises:
        Problem: The server refuses it; what it says tells what to do.
        StorageError: The server cannot be reached.
    """
    administering = _administering()
    try:
        rows: list[tuple[Any, ...]] = administering.run(address, script)
    except administering.Refused as problem:
        why = problem.why.value
        if "old" in said and f"{why} rename" in _REFUSALS:
            why = f"{why} rename"
        said_of = _(_REFUSALS[why]).format(place=address.shown, **said)
        raise Problem(said_of, Status.FILE) from problem
    except StorageError as problem:
        raise _or_unprepared(problem) from problem
    return rows


def version_of(address: Address) -> int:
    """Return the version of the tables that a server has. It raises what `run` raises."""
    administering = _administering()
    try:
        return int(administering.version_of(address))
    except administering.Refused as problem:
        raise Problem(
            _(_REFUSALS[problem.why.value]).format(place=address.shown), Status.FILE
        ) from problem
    except StorageError as problem:
        raise _or_unprepared(problem) from problem


def _or_unprepared(problem: StorageError) -> Exception:
    """Return the problem, or what an administrator does where there are no tables."""
    if problem.kind is not ErrorKind.NO_TABLES:
        return problem
    line = _("{place} is not prepared for the program yet. Do that first: mentor server init")
    return Problem(line.format(place=problem.name), Status.FILE)


def _administering() -> Any:
    """Return what runs SQL. Raises `StorageError` where psycopg is not installed."""
    try:
        # only a server needs psycopg, which takes time to load
        from data.storage.postgres import administering
    except ImportError as error:
        raise StorageError(ErrorKind.NO_PSYCOPG, who='pip install "mentorrollen[team]"') from error
    return administering
