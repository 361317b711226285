"""The address of a server with records: what libpq understands, and the team behind a "#".

    postgresql://db.example.org/mentor          any address of libpq, with several hosts, too
    postgresql://db.example.org/mentor#north    the team, where a login has several
    service=mentor                              a name of pg_service.conf

A password in it is refused: settings, arguments and the environment are read by others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from data.frozen import immutable
from data.storage.problems import ErrorKind, StorageError

URI: Final = ("postgresql://", "postgres://")
"""How an address begins."""
SERVICE: Final = "service="
"""How one begins that names a service of pg_service.conf."""
_SECRET: Final = frozenset({"password", "sslpassword", "oauth_client_secret"})
"""Parameters of libpq that hold a password."""
_PORT: Final = "5432"
_LOGIN: Final = 4
"""The place of the login in an identity."""


@immutable
class Address:
    """A server, and the team whose records are meant."""

    conninfo: str
    """What libpq is given: an URI, or keywords with values. No password is in it."""
    team: str = ""
    """The team; "" where none is named."""
    shown: str = ""
    """Host and database, for sentences."""
    identity: str = ""
    """What it is about, whatever else is set: service, first host, port, database, login, team."""
    hosts: tuple[str, ...] = ()
    """The hosts that it names; a path is a folder of sockets, none is this computer."""
    login: str = ""
    """The login; "" where none is named."""

    def is_where(self, other: Address) -> bool:
        """Return whether another address is about the same, be it by another login."""
        return self._without_login == other._without_login

    @property
    def _without_login(self) -> list[str]:
        parts = self.identity.split("\n")
        return [*parts[:_LOGIN], *parts[_LOGIN + 1 :]]

    @property
    def whole(self) -> str:
        """Host, database and team, as a path is shown."""
        return f"{self.shown}#{self.team}" if self.team else self.shown


def parse(text: str) -> Address:
    """Return the address that a text names.

    Args:
        text: As it stands in the settings, in `MENTOR_FILE` or behind `--file`.

    Raises:
        StorageError: It is none (`BAD_ADDRESS`), or there is a password in it
            (`PASSWORD_IN_ADDRESS`). The text itself is not repeated.
    """
    whole, hash, team = text.strip().rpartition("#")
    if not hash:
        whole, team = team, ""
    is_uri = whole.startswith(URI)
    if is_uri:
        team = unquote(team)
    if not all(part.isprintable() for part in (whole, team)) or (hash and not team.strip()):
        raise StorageError(ErrorKind.BAD_ADDRESS)
    values = _of_uri(whole) if is_uri else dict(_of_words(whole))
    if _SECRET & set(values):
        raise StorageError(ErrorKind.PASSWORD_IN_ADDRESS)
    if not is_uri and (not whole.startswith(SERVICE) or whole.split(maxsplit=1)[0] == SERVICE):
        raise StorageError(ErrorKind.BAD_ADDRESS)
    hosts = tuple(one for one in values.get("host", "").split(",") if one)
    ports = values.get("port", "").split(",")
    if not all(port.isascii() and (port.isdigit() or not port) for port in ports):
        raise StorageError(ErrorKind.BAD_ADDRESS)
    login = values.get("user", "")
    named = values.get("dbname", ""), login, team.strip()
    host, port = (hosts or ("",))[0], ports[0] or _PORT
    identity = "\n".join((values.get("service", ""), host, port, *named))
    return Address(whole, team.strip(), _shown(values, hosts), identity, hosts, login)


def _shown(values: dict[str, str], hosts: tuple[str, ...]) -> str:
    """Return what an address is called in sentences."""
    if "service" in values:
        return values["service"]
    names = [one for one in hosts if not one.startswith(("/", "@"))]
    port = values.get("port", "")
    host = names[0] if names else "localhost"
    host += f":{port}" if port.isdigit() and port != _PORT and len(hosts) < 2 else ""
    return f"{host}/{values['dbname']}" if values.get("dbname") else host


def _of_uri(whole: str) -> dict[str, str]:
    """Return the parameters of an URI. Raises `StorageError`."""
    rest = whole.partition("://")[2]
    rest, _question, query = rest.partition("?")
    place, _slash, dbname = rest.partition("/")
    login, at, place = place.rpartition("@")
    user, colon, _password = login.partition(":")
    if colon:
        raise StorageError(ErrorKind.PASSWORD_IN_ADDRESS)
    if "/" in dbname or (at and not user):
        raise StorageError(ErrorKind.BAD_ADDRESS)
    hosts, ports = [], []
    for one in place.split(","):
        host, port = _host(one)
        hosts.append(unquote(host))
        ports.append(port)
    values = {"user": unquote(user), "dbname": unquote(dbname)}
    values |= {"host": ",".join(hosts), "port": ",".join(ports).strip(",")}
    for pair in filter(None, query.split("&")):
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise StorageError(ErrorKind.BAD_ADDRESS)
        values[unquote(name)] = unquote(value)
    return {name: value for name, value in values.items() if value or name in _SECRET}


def _host(one: str) -> tuple[str, str]:
    """Return host and port; an IPv6 address stands in brackets. Raises `StorageError`."""
    if one.startswith("["):
        host, bracket, rest = one[1:].partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise StorageError(ErrorKind.BAD_ADDRESS)
        return host, rest.removeprefix(":")
    host, _colon, port = one.partition(":")
    return host, port


def _of_words(whole: str) -> Iterator[tuple[str, str]]:
    """Yield the parameters of "name=value name=value". Raises `StorageError`.

    Values in quotation marks are left to libpq: few need them, and a name is enough here.
    """
    for word in whole.split():
        name, equals, value = word.partition("=")
        if not equals or not name.isidentifier() or "'" in value or "\\" in value:
            raise StorageError(ErrorKind.BAD_ADDRESS)
        yield name, value
