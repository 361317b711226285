"""How a session joins the others on a server: who it is there, and what it hears of."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from data.i18n import _
from data.storage.history import NOT_TOLD, TABLES, fields_told, joined
from data.storage.postgres.line import Line, Question, Rows
from data.storage.postgres.reading import from_server
from data.storage.postgres.schema import VERSION
from data.storage.problems import ErrorKind, StorageError
from data.storage.protocol import Happening, Presence

if TYPE_CHECKING:
    from data.storage.postgres.address import Address

_VERSION: Final = "SELECT version FROM mentorrollen.meta"
_MEMBER: Final = """
SELECT session_user::text, team, name, channel FROM mentorrollen.memberships()
WHERE kind = %s
"""
_KINDS: Final = "SELECT kind FROM mentorrollen.memberships() WHERE %s IN ('', team)"
_NONE: Final = {
    "mentor": ErrorKind.NO_MEMBER,
    "coordinator": ErrorKind.NO_COORDINATOR,
    "manager": ErrorKind.NO_MANAGER,
}
"""Kind of member -> what it means that the login is none."""
_ONLY: Final = {
    frozenset({"coordinator"}): ErrorKind.ONLY_COORDINATOR,
    frozenset({"manager"}): ErrorKind.ONLY_MANAGER,
    frozenset({"coordinator", "manager"}): ErrorKind.ONLY_VISITOR,
}
"""What a login is that is no mentor -> what it is told."""


_TOLD_OF: Final = TABLES | {"released"}
"""The tables that have a history, and what stands for a status that a manager was given."""


class Member(NamedTuple):
    """A login as a member of a team."""

    login: str
    team: str
    name: str
    """The name by which colleagues know the person."""
    channel: str
    """The channel that tells when the login gets, or loses, something to see."""


def member_of(line: Line, team: str, kind: str = "mentor") -> Member:
    """Return who the login is in a team.

    Args:
        line: The line to the server.
        team: The team; "" for the one team that the login is a member of.
        kind: As what: "mentor", "coordinator" or "manager".

    Raises:
        StorageError: The tables are older or newer than the program, or the login is in no team, or
            in several and none was named.
    """
    try:
        versions, rows = line.ask_at_once((_VERSION, ()), (_MEMBER, (kind,)))
    except StorageError:
        if line.is_whole:
            _check(line, line.ask(_VERSION))  # another version may have no such function
        raise
    _check(line, versions)
    found = [Member(*row) for row in rows if team in {"", row[1]}]
    if not found:
        kinds = frozenset(one for (one,) in line.ask(_KINDS, team)) if kind == "mentor" else None
        why = _ONLY.get(kinds, _NONE[kind]) if kinds else _NONE[kind]
        raise StorageError(why, name=line.address.shown, who=team_in_words(line.address, team))
    if len(found) > 1:
        # few are in several
        from data.text import danish_key

        teams = ", ".join(sorted((one.team for one in found), key=danish_key))
        raise StorageError(ErrorKind.SEVERAL_TEAMS, name=line.address.shown, who=teams)
    return found[0]


def team_in_words(address: Address, team: str) -> str:
    """Return how a sentence names a team of a server; any team of it, where none is named."""
    if team:
        return _("the team {team} of {server}").format(team=team, server=address.shown)
    return _("any team of {server}").format(server=address.shown)


def _check(line: Line, versions: Rows) -> None:
    """Raise `StorageError` if the tables are of another version than the program's."""
    ((version,),) = versions
    if version != VERSION:
        kind = ErrorKind.NEWER if version > VERSION else ErrorKind.OLD_TABLES
        raise StorageError(kind, name=line.address.shown)


def live(line: Line, session: str, *more: Question) -> None:
    """Take the lock by which others know that a session lives; it goes with the line.

    It is shared, and not waited for: the server may not know yet that the session's last line is
    broken, and whoever knows of the session could keep the lock from it.

    Args:
        line: The line to the server.
        session: The id of the session.
        more: Statements that are run after that, each for itself.
    """
    line.ask_at_once(
        ("SELECT pg_try_advisory_lock_shared(hashtextextended(%s, 0))", (session,)), *more
    )


def lives(line: Line, session: str) -> bool:
    """Return whether a session of the same login lives. It raises what `Line.ask` raises."""
    ((found,),) = line.ask("SELECT mentorrollen.lives(%s)", session)
    return bool(found)


def to_listen(channels: Iterable[str]) -> list[Question]:
    """Return the statements that have one told what comes on channels.

    Their names are made by the server: letters and digits.
    """
    found = sorted(channels)
    if not all(channel.isalnum() for channel in found):
        raise StorageError(ErrorKind.FAULT)
    return [(f'LISTEN "{channel}"', ()) for channel in found]


def others_of(line: Line, team: str, session: str, names: dict[str, str]) -> list[Presence]:
    """Return the sessions of a team that one may know of, without the own one.

    `names` gets what colleagues call the mentors of the team, by login; who was one keeps a name.
    """
    rows, mentors = line.ask_at_once(
        ("SELECT session, login, since, place FROM mentorrollen.present(%s)", (team,)),
        ("SELECT login, name FROM mentorrollen.mentors_of(%s)", (team,)),
    )
    names.update((login, str(name)) for login, name in mentors)
    return [
        Presence(id, login, since, place, names.get(login, ""))
        for id, login, since, place in rows
        if id != session and _is_time(since)
    ]


def _is_time(text: str) -> bool:
    """Whether a text is a time that can be compared with others: with its offset."""
    with suppress(ValueError):
        return datetime.fromisoformat(text).tzinfo is not None
    return False


def history_of(line: Line, team: str, mentee: str) -> list[Happening]:
    """Return what happened to a mentee and what belongs to them, oldest first."""
    rows = line.ask(
        "SELECT tbl, id, at, by, kind, fields FROM mentorrollen.history_of(%s, %s)", team, mentee
    )
    found = []
    for table, id, at, by, kind, told in rows:
        if table not in _TOLD_OF or not _is_time(at):
            continue
        with suppress(*NOT_TOLD):  # a colleague may have stored something else there
            fields = fields_told(from_server(told))
            found.append(Happening(table, id, mentee, at, by, kind, fields))
    return joined(found)
