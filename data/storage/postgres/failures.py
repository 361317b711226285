"""What an error of the server means to the user.

The server says what is wrong in its own language; SQLSTATE is the same in all. While a connection
is made, libpq passes on the words alone. What is not known by them is therefore asked for once
more, by a connection that is told to say SQLSTATE too.
"""

from __future__ import annotations

import ctypes
import re
import select
import shlex
import sys
import time
from contextlib import suppress
from typing import Final

import psycopg
from psycopg import pq

from data.storage.postgres.connecting import passed_over, password_place
from data.storage.problems import ErrorKind, StorageError

_STATES: Final = {
    "28P01": ErrorKind.PASSWORD,
    "3D000": ErrorKind.NO_DATABASE,
    "53100": ErrorKind.SERVER_FULL,
    "53200": ErrorKind.SERVER_MEMORY,
    "53300": ErrorKind.TOO_MANY,
    "25006": ErrorKind.SERVER_READ_ONLY,
    "55P03": ErrorKind.SERVER_BUSY,  # somebody else has held it for too long
    "42501": ErrorKind.NO_ACCESS,
    "42P01": ErrorKind.NO_TABLES,
    "3F000": ErrorKind.NO_TABLES,
    "42883": ErrorKind.OLD_TABLES,
    "42703": ErrorKind.OLD_TABLES,
    "MR002": ErrorKind.NO_ACCESS,
    "57014": ErrorKind.SERVER_SLOW,
    "57P05": ErrorKind.SERVER_AWAY,  # nothing was asked for too long
}
"""SQLSTATE -> what it means."""
_CLASSES: Final = {
    "08": ErrorKind.SERVER_AWAY,
    "28": ErrorKind.SERVER_REFUSES,
    "57": ErrorKind.SERVER_STOPPING,
    "25": ErrorKind.SERVER_AWAY,  # what was begun was left for too long
}
"""The first two characters of SQLSTATE -> what the others of its class mean."""
_WITHOUT_PASSWORD: Final = ("peer", "ident", "certificate", "trust", "oauth")
"""Ways to be known to a server without a password."""
_OPTION: Final = ("invalid connection option", "invalid uri query parameter")
"""What libpq says of an option that it does not know."""
_WORDS: Final = (
    ("no password supplied", ErrorKind.NO_PASSWORD),
    ("gssapi authentication failed", ErrorKind.KERBEROS),
    *((f"{way} authentication failed", ErrorKind.SERVER_REFUSES) for way in _WITHOUT_PASSWORD),
    ("authentication failed for user", ErrorKind.PASSWORD),
    ("root certificate file", ErrorKind.ROOT_FILE),
    ("private key file  has group", ErrorKind.KEY_FILE),
    ("private key file  must be owned", ErrorKind.KEY_FILE),
    ("private key file", ErrorKind.TLS_FILE),
    ("certificate file", ErrorKind.TLS_FILE),
    ("certificate does not match", ErrorKind.TLS_FILE),
    ("local user with id", ErrorKind.NO_ACCOUNT),
    ("look up local user id", ErrorKind.NO_ACCOUNT),
    ("channel binding", ErrorKind.TLS),
    ("certificate", ErrorKind.CERTIFICATE),
    ("no pg_hba.conf entry", ErrorKind.SERVER_REFUSES),
    ("ssl", ErrorKind.TLS),
    ("gss", ErrorKind.KERBEROS),
    ("kerberos", ErrorKind.KERBEROS),
    ("definition of service", ErrorKind.NO_SERVICE),
    ("service file", ErrorKind.NO_SERVICE),
    *((words, ErrorKind.NO_OPTION) for words in _OPTION),
    ("invalid port number", ErrorKind.BAD_ADDRESS),
    ("invalid integer value", ErrorKind.NO_OPTION),
    ("could not parse network address", ErrorKind.BAD_ADDRESS),
    ("invalid scram", ErrorKind.BAD_ADDRESS),
    ("could not match", ErrorKind.BAD_ADDRESS),
    ("too many c", ErrorKind.TOO_MANY),
    ("remaining connection slots", ErrorKind.TOO_MANY),
    ("the database system is", ErrorKind.SERVER_STOPPING),
    ("session is read-only", ErrorKind.SERVER_READ_ONLY),
    ("could not translate host name", ErrorKind.SERVER_UNKNOWN),
    ("failed to resolve host", ErrorKind.SERVER_UNKNOWN),
    ("connection refused", ErrorKind.SERVER_AWAY),
    ("timeout expired", ErrorKind.SERVER_AWAY),
    ("timed out", ErrorKind.SERVER_AWAY),
    ("no such file or directory", ErrorKind.SERVER_AWAY),
    ("network is unreachable", ErrorKind.SERVER_AWAY),
    ("no route to host", ErrorKind.SERVER_AWAY),
    ("closed the connection", ErrorKind.SERVER_AWAY),
    ("connection reset", ErrorKind.SERVER_AWAY),
    ("broken pipe", ErrorKind.SERVER_AWAY),
    ("the connection is closed", ErrorKind.SERVER_AWAY),
    ("the connection is lost", ErrorKind.SERVER_AWAY),
)
"""What libpq and a server without translations say, in small letters -> what it means. Of several
hosts each says something: the first in this order counts, for what the user can do something about
comes before what passes."""
_BAD_VALUE: Final = re.compile(r"invalid \"?\w{1,64}\"? value:")
"""What libpq says of a value that an option cannot have; the option is named."""
_FILE: Final = re.compile(r"file \"([^\"\n]{1,4096})\"")
_ROOT_FILE: Final = "~/.postgresql/root.crt"
_FILES: Final = frozenset({ErrorKind.ROOT_FILE, ErrorKind.KEY_FILE, ErrorKind.TLS_FILE})
"""What is wrong with a file of the user's own; it is named."""
_STATE: Final = re.compile(r":  ([0-9A-Z]{5}): ")
_NAMED: Final = {
    ErrorKind.SERVER_UNKNOWN: re.compile(r"host (?:name )?[\"']([^\"'\s]{1,255})[\"']"),
    ErrorKind.NO_OPTION: re.compile(
        r"(?:(?:option|parameter):? \"|invalid \"?(?=\w{1,64}\"? value:))(\w{1,64})"
    ),
}
"""Kind -> where libpq names what is meant of the address. Nothing else of its words is shown."""
_QUOTED: Final = re.compile(r"([\"']).*?\1")
"""Names in what libpq says, which may hold any word."""
_SECONDS: Final = 5.0
"""For how long the server is asked why it has refused a connection."""


def as_problem(error: psycopg.Error, shown: str) -> StorageError:
    """Return an error of psycopg as one that can be shown to the user.

    Nothing of what the server says is in it, since records may be: its SQLSTATE at the most.

    Args:
        error: What psycopg has raised.
        shown: Host and database, as they are shown.
    """
    kind, state = _meaning(error)
    if kind is ErrorKind.NO_PASSWORD and (path := _passed_over(error.pgconn)):
        return StorageError(ErrorKind.OPEN_PASSWORDS, name=shown, who=path)
    if kind is ErrorKind.PASSWORD:
        return StorageError(kind, name=shown, who=password_place(_words(error.pgconn)))
    if kind in _FILES:
        path = next(iter(_FILE.findall(str(error))), _ROOT_FILE)
        quoted = shlex.quote(path) if kind is ErrorKind.KEY_FILE else path
        return StorageError(kind, name=shown, who=quoted)
    if kind in _NAMED:
        found = dict.fromkeys(_NAMED[kind].findall(str(error)))
        return StorageError(kind, name=shown, who=", ".join(found) or shown)
    return StorageError(kind, name=shown, who=state)


def _passed_over(made: pq.abc.PGconn | None) -> str:
    """Return the password file that there is and libpq was not given; "" for none."""
    return passed_over(_words(made).get("passfile", ""))


def _words(made: pq.abc.PGconn | None) -> dict[str, str]:
    """Return what a connection was to be made with, each by its name, without what is empty."""
    info = made.info if made is not None else []
    return {one.keyword.decode(): one.val.decode("utf-8", "replace") for one in info if one.val}


def _meaning(error: psycopg.Error) -> tuple[ErrorKind, str]:
    """Return what an error means, and its SQLSTATE."""
    state = error.sqlstate or ""
    if state:
        return _of_state(state), state
    if isinstance(error, psycopg.errors.ConnectionTimeout):
        return ErrorKind.SERVER_AWAY, ""
    if not isinstance(error, psycopg.OperationalError):
        return _of_address(error), ""
    made = error.pgconn
    said = _QUOTED.sub("", str(error)).casefold()
    if made is not None and made.needs_password and "no password supplied" in said:
        return ErrorKind.NO_PASSWORD, ""
    known = ErrorKind.NO_OPTION if _BAD_VALUE.search(str(error)) else _in_words(said, made)
    if known is not None:
        return known, ""
    state = _asked_again(made) if made is not None else ""
    kind = _of_state(state) if state else ErrorKind.SERVER_AWAY
    if kind is ErrorKind.SERVER_REFUSES and made is not None and made.used_password:
        kind = ErrorKind.PASSWORD  # as the server asks another one for it, such as LDAP
    return kind, state


def _in_words(said: str, made: pq.abc.PGconn | None) -> ErrorKind | None:
    """Return what is meant by words without the names in them; None if they are not known."""
    for words, kind in _WORDS:
        if words in said:
            return _refused(made) if words == "no pg_hba.conf entry" else kind
    return None


def _of_address(error: psycopg.Error) -> ErrorKind:
    """Return what it means that psycopg itself refuses: the address, or what it is asked for."""
    if not isinstance(error, psycopg.ProgrammingError):
        return ErrorKind.SERVER_AWAY
    is_option = any(words in str(error).casefold() for words in _OPTION)
    return ErrorKind.NO_OPTION if is_option else ErrorKind.BAD_ADDRESS


def _refused(made: pq.abc.PGconn | None) -> ErrorKind:
    """Return why a server lets nobody in like this: it may be for the lack of encryption."""
    modes = [one.val for one in made.info if one.keyword == b"sslmode"] if made is not None else []
    is_open = bool(modes) and modes[0] in {b"disable", b"allow"}
    return ErrorKind.TLS if is_open else ErrorKind.SERVER_REFUSES


def _of_state(state: str) -> ErrorKind:
    known = _STATES.get(state) or _CLASSES.get(state[:2])
    return known or ErrorKind.SERVER_ERROR


def _asked_again(failed: pq.abc.PGconn) -> str:
    """Return the SQLSTATE with which a server refuses a connection; "" if it cannot be had.

    Args:
        failed: The connection that has failed, for what it was to be made with.
    """
    with suppress(Exception):  # whatever fails here, there are the words yet
        words = [(one.keyword, one.val) for one in failed.info if one.val is not None]
        made = pq.PGconn.connect_start(_conninfo(words))
        try:
            _say_states(made)
            found = _STATE.search(_refusal(made))
            return found[1] if found else ""
        finally:
            made.finish()
    return ""


def _refusal(made: pq.abc.PGconn) -> str:
    """Wait until a connection has failed, and return what is said of it; "" if it has not."""
    end = time.monotonic() + _SECONDS
    status = pq.PollingStatus.WRITING
    while status in {pq.PollingStatus.READING, pq.PollingStatus.WRITING}:
        reads = [made.socket] if status == pq.PollingStatus.READING else []
        writes = [] if reads else [made.socket]
        left = end - time.monotonic()
        if left <= 0 or not any(select.select(reads, writes, [], left)):
            return ""
        status = pq.PollingStatus(made.connect_poll())
    return made.error_message.decode("utf-8", "replace")


def _conninfo(words: list[tuple[bytes, bytes]]) -> bytes:
    quoted = ((name, value.replace(b"\\", rb"\\").replace(b"'", rb"\'")) for name, value in words)
    return b" ".join(b"%s='%s'" % pair for pair in quoted)


def _say_states(made: pq.abc.PGconn) -> None:
    """Have libpq say the SQLSTATE of errors on a connection: psycopg has no function for it."""
    if pq.__impl__ == "python":
        from psycopg.pq.misc import find_libpq_full_path  # only where libpq is the system's own

        library = find_libpq_full_path()
    else:
        library = sys.modules[pq.PGconn.__module__].__file__  # is linked with libpq
    say = ctypes.CDLL(library).PQsetErrorVerbosity
    say.argtypes = [ctypes.c_void_p, ctypes.c_int]
    say(made.pgconn_ptr, 2)  # type: ignore[attr-defined]  # PQERRORS_VERBOSE
