"""What `mentor doctor` says of a server with records: the way there, the login, and the tables."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from data.i18n import N_, _, ngettext
from data.storage.postgres.address import Address
from data.storage.postgres.extra import require_psycopg
from data.storage.problems import NO_MENTOR, ErrorKind, StorageError
from data.storage.protocol import Tables
from data.storage.upkeep.findings import Check, Weight
from data.store.opening_server import not_opened
from tui.cli.doctor.surroundings import Line

if TYPE_CHECKING:
    from data.storage.postgres.health import Health

MINUTE: Final = 60
"""From so many seconds on, a difference between two clocks is said."""
_KINDS: Final = {
    "mentor": N_("mentor"),
    "coordinator": N_("coordinator"),
    "manager": N_("manager"),
}


def look_at(path: Path, server: Address) -> tuple[list[Line], Tables | None]:
    """Return what there is to say of a server, and the documents that the login may see there.

    They are None if they cannot be read.

    Args:
        path: The stand-in of the server.
        server: Its address.
    """
    try:
        require_psycopg()
        from data.storage.postgres.health import examine  # loads psycopg, which may not be there

        health = examine(server)
    except StorageError as problem:
        return [_refused(not_opened(problem, path))], None
    lines = list(lines_of(health, server))
    if health.problem is not None:
        lines.append(_refused(not_opened(health.problem, path)))
        return lines, None
    return _with_records(lines, path)


def _with_records(lines: list[Line], path: Path) -> tuple[list[Line], Tables | None]:
    # only where the records can be read
    from data.store.opening import open_store
    from tui.cli.call import parting, server_rules

    try:
        opened = open_store(
            path, threaded=False, reading=True, parting=parting, on_server=server_rules
        )
    except StorageError as problem:
        return [*lines, _refused(problem)], None
    try:
        number = len(opened.restored)
        if number:
            text = ngettext(
                "{number} text that was being typed is not saved yet; the program saves it when"
                " it opens.",
                "{number} texts that were being typed are not saved yet; the program saves them"
                " when it opens.",
                number,
            )
            lines.append(Line("drafts", Weight.NOTE, text.format(number=number)))
        tables = opened.store.documents.tables
        return lines, {name: dict(docs) for name, docs in tables.items()}
    finally:
        opened.close()


def _refused(problem: StorageError) -> Line:
    if problem.kind in NO_MENTOR - {ErrorKind.NO_MEMBER}:  # nothing is wrong with that
        return Line("member", Weight.NOTE, str(problem))
    return Line(Check.REFUSED.value, Weight.SERIOUS, str(problem))


def lines_of(health: Health, server: Address) -> Iterator[Line]:
    """Yield what there is to say of a server that lets the login in."""
    text = _("Server: {name}, PostgreSQL {version}. It answers within {number} ms.")
    number = ceil(health.milliseconds)
    said = text.format(name=server.whole, version=health.version, number=number)
    yield Line("server", Weight.FINE, said)
    yield _who(health)
    yield _encryption(health)
    yield _clock(health)
    yield from _rights(health)
    yield from _durable(health)


def _who(health: Health) -> Line:
    """Say who the login is on the server."""
    if not health.memberships:
        text = _("Your login is {login}; it is in no team.")
        return Line("login", Weight.NOTE, text.format(login=health.login))
    teams = "; ".join(
        _("{team}: {kind} ({name})").format(team=team, kind=_(_KINDS.get(kind, kind)), name=name)
        for team, kind, name in health.memberships
    )
    text = _("Your login is {login}. Teams: {teams}.")
    return Line("login", Weight.FINE, text.format(login=health.login, teams=teams))


def _encryption(health: Health) -> Line:
    """Say whether others can read what goes over the line."""
    if health.tls:
        text = _("The line to the server is encrypted: {version}.")
        return Line("encryption", Weight.FINE, text.format(version=health.tls))
    if health.kerberos:
        text = _("The line to the server is encrypted: {version}.")
        return Line("encryption", Weight.FINE, text.format(version="GSSAPI"))
    if health.is_local:
        text = _("The server is on this computer: nothing goes over a network.")
        return Line("encryption", Weight.FINE, text)
    text = _(
        "The line to the server is not encrypted: others on the network can read what is saved. "
        "Write ?sslmode=verify-full behind the address, and ask those who look after the server "
        "for its certificate."
    )
    return Line("encryption", Weight.SERIOUS, text)


def _clock(health: Health) -> Line:
    """Say whether the two clocks agree: the times of changes are this computer's."""
    seconds = round(abs(health.ahead))
    if seconds <= MINUTE:
        text = _("The clocks of the server and of this computer agree.")
        return Line("clock", Weight.FINE, text)
    text = ngettext(
        "The clock of this computer differs from the server's by {number} second: times of changes"
        " are wrong. Ask those who look after this computer to set it.",
        "The clock of this computer differs from the server's by {number} seconds: times of changes"
        " are wrong. Ask those who look after this computer to set it.",
        seconds,
    )
    return Line("clock", Weight.SERIOUS, text.format(number=seconds))


def _rights(health: Health) -> Iterator[Line]:
    """Yield what the login may do that a mentor need not."""
    if health.superuser:
        text = _(
            "The login {login} is a superuser, for whom nothing on the server is closed. Ask those"
            " who look after the server for one of your own without such rights."
        )
    elif health.bypasses:
        text = _(
            "The login {login} sees what is closed to others (BYPASSRLS). Ask those who look after"
            " the server to take that right away."
        )
    elif health.owner:
        text = _(
            "The login {login} may act as the owner of the tables, and so see everything. Ask "
            "those who look after the server to take that right away."
        )
    else:
        text = _("The login {login} has no more rights than it needs.")
        yield Line("rights", Weight.FINE, text.format(login=health.login))
        return
    yield Line("rights", Weight.SERIOUS, text.format(login=health.login))


def _durable(health: Health) -> Iterator[Line]:
    """Yield what would be lost if the server died."""
    if health.fsync == "off" or health.synchronous == "off":
        setting = "fsync" if health.fsync == "off" else "synchronous_commit"
        text = _(
            "What has just been saved can be lost if the server dies: {setting} is off. Ask those "
            "who look after the server to turn it on."
        )
        yield Line("durable", Weight.SERIOUS, text.format(setting=setting))
    else:
        text = _("What is saved is on the server's disk (synchronous_commit is {value}).")
        yield Line("durable", Weight.FINE, text.format(value=health.synchronous))
