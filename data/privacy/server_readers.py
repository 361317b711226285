"""Who can read the records on a server: asked of the server itself, and said in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from data.dates import show_date
from data.i18n import _, ngettext
from data.method.acting import SERVER_RULES
from data.storage.postgres.servers import server_of
from data.store.opening_server import server_backend
from data.text import SortKey, danish_key

if TYPE_CHECKING:
    from data.storage.postgres.line import Line

_ADMINISTRATORS: Final = """
SELECT rolname FROM pg_roles one WHERE rolcanlogin AND (
  rolsuper OR rolbypassrls OR rolreplication OR EXISTS (
    SELECT FROM pg_roles WHERE pg_has_role(one.oid, oid, 'MEMBER') AND rolname IN (
      'mentorrollen_owner', 'mentorrollen_reader', 'pg_read_all_data', 'pg_read_server_files')))
ORDER BY rolname
"""
_ENCRYPTED: Final = """
SELECT CASE WHEN ssl THEN version ELSE '' END,
  inet_server_addr() IS NULL OR inet_server_addr() <<= '127.0.0.0/8' OR inet_server_addr() = '::1'
FROM pg_stat_ssl WHERE pid = pg_backend_pid()
"""
_ACCESS: Final = "SELECT login, name, until FROM mentorrollen.access_to(%s, %s)"
_COORDINATORS: Final = """
SELECT login, name FROM mentorrollen.colleagues_of(%s, 'coordinator')
WHERE EXISTS (SELECT FROM mentorrollen.own_published(%s))
"""
_MANAGERS: Final = """
SELECT DISTINCT r.manager, coalesce(m.name, r.manager) AS name
FROM mentorrollen.released_about(%s) r
LEFT JOIN mentorrollen.colleagues_of(%s, 'manager') m ON m.login = r.manager
WHERE %s IN ('', r.mentee)
"""


@dataclass(frozen=True, slots=True)
class OnServer:
    """Who can read records on a server."""

    shown: str
    """The server, as it is shown."""
    login: str
    """The login of the user there."""
    mentors: tuple[tuple[str, str, date | None], ...]
    """Login, name and last day of those who see the mentee; none if it was not asked about one."""
    coordinators: tuple[tuple[str, str], ...]
    """Login and name of those who read the counts that the user publishes; none without any."""
    managers: tuple[tuple[str, str], ...]
    """Login and name of those who have a status of the mentee, or of any of the user's."""
    administrators: tuple[str, ...]
    """The logins that can read everything there."""
    encryption: str
    """The version of TLS on the line; "" if it is not encrypted."""
    is_local: bool
    """Whether the server is on this computer, so that nothing passes a network."""


def readers_on_server(path: Path, mentee_id: str = "") -> OnServer | None:
    """Return who can read records; None for those in a file. Any thread may call it.

    Args:
        path: The record file, or the stand-in of a server.
        mentee_id: The mentee; "" for all.

    Raises:
        StorageError: The server cannot be asked.
    """
    server = server_of(path)
    if server is None:
        return None
    backend = server_backend(path, server, SERVER_RULES, threaded=False, reading=True)
    try:
        return backend.with_line(
            lambda line, _mirror: _asked(line, server.whole, backend.team, backend.by, mentee_id)
        )
    finally:
        backend.close()


def _asked(line: Line, shown: str, team: str, login: str, mentee_id: str) -> OnServer:
    mentors = line.ask(_ACCESS, team, mentee_id) if mentee_id else []
    coordinators = line.ask(_COORDINATORS, team, team)
    managers = line.ask(_MANAGERS, team, team, mentee_id)
    administrators = tuple(str(name) for (name,) in line.ask(_ADMINISTRATORS))
    ((encryption, is_local),) = line.ask(_ENCRYPTED)
    found = ((str(one), str(name), until) for one, name, until in mentors)
    return OnServer(
        shown,
        login,
        tuple(sorted(found, key=_by_name)),
        tuple(sorted(((str(one), str(name)) for one, name in coordinators), key=_by_name)),
        tuple(sorted(((str(one), str(name)) for one, name in managers), key=_by_name)),
        administrators,
        str(encryption),
        bool(is_local),
    )


def _by_name(one: tuple[str, str] | tuple[str, str, date | None]) -> tuple[SortKey, str]:
    login, name = one[:2]
    return danish_key(name), login


def server_in_words(found: OnServer) -> Iterator[str]:
    """Yield who can read it, a paragraph each."""
    if found.mentors:
        text = _("The records on the server {server}: {names}.")
        names = ", ".join(_mentor(*one, me=found.login) for one in found.mentors)
        yield text.format(server=found.shown, names=names)
    else:
        yield rule_of_server(found.shown)
    yield _keeps_private()
    yield from _others_in_words(found)
    if found.administrators:
        text = _(
            "Those who look after the server can read everything on it, what is private too:"
            " {names}, and whoever has its files, a copy of it (pg_dump, a replica) or a backup."
        )
        yield text.format(names=", ".join(found.administrators))
    else:
        yield _administrators_can()
    if found.encryption:
        yield _("The line to the server is encrypted ({tls}).").format(tls=found.encryption)
    elif not found.is_local:
        yield _(
            "The line to the server is not encrypted: those who look after the network can read"
            " along. Ask for TLS (sslmode=verify-full in the address)."
        )


def _others_in_words(found: OnServer) -> Iterator[str]:
    """Yield what those read who are no mentors."""
    if found.managers:
        text = _("The status that was released to them, as managers: {names}.")
        yield text.format(names=_people(found.managers))
    if found.coordinators:
        text = _("The counts and dates that you publish, without names, as coordinators: {names}.")
        yield text.format(names=_people(found.coordinators))
    others = [(login, name) for login, name, _until in found.mentors if login != found.login]
    if others:
        text = ngettext(
            "Whether {names} publishes counts and dates, without names, for the coordinators of the"
            " team, cannot be seen from here: ask them.",
            "Whether {names} publish counts and dates, without names, for the coordinators of the"
            " team, cannot be seen from here: ask them.",
            len(others),
        )
        yield text.format(names=_people(others))


def _people(found: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{name} ({login})" for login, name in found)


def rules_of_server(shown: str) -> Iterator[str]:
    """Yield the rules of who reads records on a server, as it is shown. It is not asked."""
    yield rule_of_server(shown)
    yield _keeps_private()
    yield _(
        "A manager of the team reads the status that a mentor has released to them, and a"
        " coordinator counts and dates without names, where a mentor publishes them."
    )
    yield _administrators_can()


def rule_of_server(shown: str) -> str:
    """Return the rule of which mentors read records on a server, as it is shown."""
    text = _("The records on the server {server}: of each mentee those who act as mentor of them.")
    return text.format(server=shown)


def _keeps_private() -> str:
    return _("What one of them keeps private on the server, no colleague can read.")


def _administrators_can() -> str:
    return _(
        "Those who look after the server can read everything on it, what is private too, and so"
        " can whoever has its files, a copy of it (pg_dump, a replica) or a backup."
    )


def _mentor(login: str, name: str, until: date | None, *, me: str) -> str:
    if login == me:
        return _("{name} (you)").format(name=name)
    if until is None:
        return f"{name} ({login})"
    text = _("{name} ({login}, until {date})")
    return text.format(name=name, login=login, date=show_date(until))


def server_as_json(found: OnServer) -> dict[str, object]:
    """Return who can read it as JSON values."""
    return {
        "server": found.shown,
        "mentors": [
            {"login": login, "name": name, "until": until.isoformat() if until else None}
            for login, name, until in found.mentors
        ],
        "managers": [{"login": login, "name": name} for login, name in found.managers],
        "coordinators": [{"login": login, "name": name} for login, name in found.coordinators],
        "administrators": list(found.administrators),
        "encryption": found.encryption,
    }
