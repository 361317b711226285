"""What a server's refusal means to the user, as a real server and libpq say it."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from data.i18n import set_language
from data.server_sentences import SENTENCES, WAITING
from data.storage.postgres.address import Address
from data.storage.postgres.administering import run
from data.storage.postgres.failures import as_problem
from data.storage.postgres.line import Line
from data.storage.problems import ErrorKind, StorageError
from tests.tools.postgres import Server, free_port
from tests.tools.tls import Authority, Certificate

HBA = """
host all locked 127.0.0.1/32 scram-sha-256
host all postgres,full,nobody_known,reader 127.0.0.1/32 trust
"""


@pytest.fixture(scope="module")
def strict() -> Iterator[Server]:
    """A server that asks a login for a password, and keeps others out."""
    with Server({"max_connections": "20"}, hba=HBA) as server:
        server.execute("CREATE ROLE locked LOGIN PASSWORD 'right'")
        server.execute("CREATE ROLE stranger LOGIN")
        server.execute("CREATE ROLE reader LOGIN")
        server.execute("CREATE ROLE full LOGIN CONNECTION LIMIT 0")
        yield server


def refused(address: str) -> StorageError:
    """How a connection is refused, as the user is told."""
    with pytest.raises(psycopg.Error) as caught:
        psycopg.connect(address, connect_timeout=10)
    return as_problem(caught.value, "db.dk/mentor")


@pytest.mark.parametrize(
    ("login", "options", "kind"),
    [
        ("locked", {}, ErrorKind.NO_PASSWORD),
        ("locked", {"password": "wrong"}, ErrorKind.PASSWORD),
        ("full", {}, ErrorKind.TOO_MANY),
        ("nobody_known", {}, ErrorKind.SERVER_REFUSES),
        ("stranger", {}, ErrorKind.SERVER_REFUSES),
        ("stranger", {"sslmode": "disable"}, ErrorKind.TLS),
        ("postgres", {"sslmode": "require"}, ErrorKind.TLS),
        ("postgres", {"gssencmode": "require"}, ErrorKind.KERBEROS),
        ("postgres", {"no_option": "1"}, ErrorKind.NO_OPTION),
        ("postgres", {"channel_binding": "require"}, ErrorKind.TLS),
        ("postgres", {"hostaddr": "here"}, ErrorKind.BAD_ADDRESS),
        ("postgres", {"target_session_attrs": "standby"}, ErrorKind.SERVER_AWAY),
    ],
)
def test_a_server_that_lets_nobody_in(
    strict: Server, login: str, options: dict[str, str], kind: ErrorKind
) -> None:
    assert refused(strict.address(login=login, **options)).kind is kind


@pytest.mark.parametrize(
    "option",
    ["sslmode", "ssl_min_protocol_version", "target_session_attrs", "keepalives_idle"],
)
def test_an_option_that_cannot_have_such_a_value_is_named(strict: Server, option: str) -> None:
    problem = refused(strict.address(login="postgres", **{option: "perhaps"}))
    assert (problem.kind, problem.who) == (ErrorKind.NO_OPTION, option)


@contextmanager
def beginning_tls() -> Iterator[str]:
    """The address of a port that says yes to TLS: libpq reads its own files then."""

    def serve(listening: socket.socket) -> None:
        while True:
            try:
                line, _who = listening.accept()
            except OSError:
                return
            with line, suppress(OSError):
                line.recv(8)
                line.sendall(b"S")
                line.recv(4096)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,), daemon=True)
        thread.start()
        port = listening.getsockname()[1]
        yield f"host=127.0.0.1 port={port} user=ida dbname=x gssencmode=disable"
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Certificate, Certificate]:
    """Two certificates with their keys, which nobody else can read."""
    authority = Authority(tmp_path_factory.mktemp("tls") / "made")
    found = authority.own, authority.by_itself("ida")
    for one in found:
        one.key.chmod(0o600)
    return found


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ("no root", ErrorKind.ROOT_FILE),
        ("no certificate in the root", ErrorKind.ROOT_FILE),
        ("an open key", ErrorKind.KEY_FILE),
        ("no key", ErrorKind.TLS_FILE),
        ("a folder", ErrorKind.TLS_FILE),
        ("another key", ErrorKind.TLS_FILE),
        ("no certificate", ErrorKind.TLS_FILE),
    ],
)
def test_what_is_wrong_with_a_file_of_ones_own_is_no_matter_of_the_network(
    made: tuple[Certificate, Certificate], wrong: str, kind: ErrorKind, tmp_path: Path
) -> None:
    own, other = made
    file = tmp_path / "own file"
    cert, key, root = own.certificate, own.key, own.certificate
    if wrong == "no root":
        root = file
    elif wrong == "no certificate in the root":
        root = file
        file.write_text("nothing")
    elif wrong == "an open key":
        key = file
        file.write_bytes(own.key.read_bytes())
        file.chmod(0o644)
    elif wrong == "no key":
        key = file
    elif wrong == "a folder":
        key = file
        file.mkdir()
    elif wrong == "another key":
        key = other.key
    else:
        cert = file
        file.write_text("nothing")
    files = f"sslrootcert='{root}' sslcert='{cert}' sslkey='{key}'"
    with beginning_tls() as address:
        problem = refused(f"{address} sslmode=verify-full {files}")
    assert problem.kind is kind
    named = other.key if wrong == "another key" else file
    assert problem.who == (f"'{named}'" if kind is ErrorKind.KEY_FILE else str(named))


@pytest.mark.parametrize(
    ("said", "kind", "who"),
    [
        ("local user with ID 65111 does not exist", ErrorKind.NO_ACCOUNT, ""),
        ("could not look up local user ID 65111: Network is down", ErrorKind.NO_ACCOUNT, ""),
        (
            "could not get home directory to locate root certificate file",
            ErrorKind.ROOT_FILE,
            "~/.postgresql/root.crt",
        ),
        (
            'private key file "/k" must be owned by the current user or root',
            ErrorKind.KEY_FILE,
            "/k",
        ),
    ],
)
def test_what_libpq_lacks_on_this_computer(said: str, kind: ErrorKind, who: str) -> None:
    """As libpq has it in its texts: it takes another account than that of the tests."""
    problem = as_problem(psycopg.OperationalError(f"connection is bad: {said}"), "db")
    assert (problem.kind, problem.who) == (kind, who)


def test_a_database_that_is_not_there(strict: Server) -> None:
    problem = refused(strict.address("none", "locked", password="right"))

    assert problem.kind is ErrorKind.NO_DATABASE
    assert str(problem) == (
        "The server db.dk/mentor has no such database. Check the address of the server."
    )


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    assert refused(f"postgresql://127.0.0.1:{free_port()}/x").kind is ErrorKind.SERVER_AWAY
    assert refused(f"postgresql:///x?host={tmp_path}").kind is ErrorKind.SERVER_AWAY
    for host in ("none.invalid", "ssl.gss.kerberos.invalid"):
        problem = refused(f"postgresql://{host}/x")
        assert (problem.kind, problem.who) == (ErrorKind.SERVER_UNKNOWN, host)
    for name in ("none_of_that_name", "ssl"):
        assert refused(f"service={name}").kind is ErrorKind.NO_SERVICE


def test_what_is_not_known_of_an_address_is_named_and_nothing_else_of_it() -> None:
    for address in ("postgresql://secret@127.0.0.1/x?no_such=secret", "host=secret no_such=secret"):
        problem = refused(address)
        assert (problem.kind, problem.who) == (ErrorKind.NO_OPTION, "no_such")
        assert "secret" not in str(problem)


@pytest.mark.parametrize("how", ["mode", "folder"])
def test_a_password_file_that_others_can_read_is_told_of_and_libpq_says_nothing(
    strict: Server,
    how: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    passwords = tmp_path / "pgpass"
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    if how == "mode":
        passwords.write_text("*:*:*:*:right\n")
        passwords.chmod(0o644)
    else:
        passwords.mkdir()
    line = Line(Address(strict.address(login="locked"), "", "db"))
    with pytest.raises(StorageError) as caught:
        line.connect()
    assert (caught.value.kind, caught.value.who) == (ErrorKind.OPEN_PASSWORDS, str(passwords))
    with pytest.raises(StorageError) as administering:
        run(Address(strict.address(login="locked"), "", "db"), "SELECT 1")
    assert administering.value.kind is ErrorKind.OPEN_PASSWORDS
    assert capfd.readouterr() == ("", "")
    if how == "mode":
        passwords.chmod(0o600)
        line.connect()
        line.close()


@pytest.mark.parametrize("named", ["by a service", "by a service of PGSERVICE", "by the address"])
def test_the_password_file_that_is_named_is_the_one_that_counts(
    strict: Server, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, own = tmp_path / "usual", tmp_path / "own words"
    for path in (usual, own):
        path.write_text("*:*:*:*:right\n")
    usual.chmod(0o644)
    own.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(usual))
    services = tmp_path / "services"
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    at = f"host=127.0.0.1\nport={strict.port}\nuser=locked\ndbname=postgres\n"
    services.write_text(f"[other]\n{at}[mine]\n# passfile=x\n{at}passfile={own}\n")
    address = "service=mine"
    if named == "by a service of PGSERVICE":
        monkeypatch.setenv("PGSERVICE", "mine")
        address = ""
    elif named == "by the address":
        address = f"service=other passfile='{own}'"
    line = Line(Address(address, "", "db"))
    line.connect()
    line.close()

    own.chmod(0o640)
    with pytest.raises(StorageError) as caught:
        line.connect()
    assert (caught.value.kind, caught.value.who) == (ErrorKind.OPEN_PASSWORDS, f"'{own}'")


def test_what_the_usual_password_file_is_does_not_matter_to_an_unknown_service(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "nowhere"))
    with pytest.raises(StorageError) as caught:
        Line(Address("service=mine", "", "mine")).connect()
    assert caught.value.kind is ErrorKind.NO_SERVICE


def test_a_server_that_never_answers_is_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(psycopg.Error) as caught:
            psycopg.connect(f"postgresql://127.0.0.1:{port}/x", connect_timeout=2)
    assert as_problem(caught.value, "db").kind is ErrorKind.SERVER_AWAY


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("SELECT * FROM mentorrollen.meta", ErrorKind.NO_TABLES),
        ("CREATE ROLE more", ErrorKind.NO_ACCESS),
        ("SELECT no_function()", ErrorKind.OLD_TABLES),
        ("DO $$ BEGIN RAISE disk_full; END $$", ErrorKind.SERVER_FULL),
        ("DO $$ BEGIN RAISE admin_shutdown; END $$", ErrorKind.SERVER_STOPPING),
        ("DO $$ BEGIN RAISE SQLSTATE '53200'; END $$", ErrorKind.SERVER_MEMORY),
        ("DO $$ BEGIN RAISE SQLSTATE '55P03'; END $$", ErrorKind.SERVER_BUSY),
        ("DO $$ BEGIN RAISE query_canceled; END $$", ErrorKind.SERVER_SLOW),
        ("DO $$ BEGIN RAISE SQLSTATE 'MR002'; END $$", ErrorKind.NO_ACCESS),
        ("BEGIN READ ONLY; CREATE SCHEMA x", ErrorKind.SERVER_READ_ONLY),
    ],
)
def test_what_a_server_refuses(strict: Server, statement: str, kind: ErrorKind) -> None:
    with psycopg.connect(strict.address(login="reader"), autocommit=True) as line:
        with pytest.raises(psycopg.Error) as caught:
            line.execute(statement.encode())
        assert as_problem(caught.value, "db").kind is kind


def test_a_line_that_is_cut_is_away(strict: Server) -> None:
    with psycopg.connect(strict.address(login="reader"), autocommit=True) as line:
        strict.execute("SELECT pg_terminate_backend(%s)", line.info.backend_pid)
        with pytest.raises(psycopg.Error) as caught:
            line.execute("SELECT 1")
        assert as_problem(caught.value, "db").kind is ErrorKind.SERVER_STOPPING
        with pytest.raises(psycopg.Error) as caught:
            line.execute("SELECT 1")
        assert as_problem(caught.value, "db").kind is ErrorKind.SERVER_AWAY


@contextmanager
def refusing_in_swedish(state: str, said: str) -> Iterator[int]:
    """A port on which each connection is refused as a server with translated messages does."""

    def serve(listening: socket.socket) -> None:
        while True:
            try:
                line, _who = listening.accept()
            except OSError:
                return
            with line:
                while struct.unpack("!ii", line.recv(8))[1] in {80877103, 80877104}:
                    line.sendall(b"N")  # no TLS, no GSSAPI
                line.recv(4096)
                fields = {"S": "FATALT", "V": "FATAL", "C": state, "M": said, "R": "InitPostgres"}
                body = b"".join(f"{key}{value}".encode() + b"\0" for key, value in fields.items())
                line.sendall(b"E" + struct.pack("!i", len(body) + 5) + body + b"\0")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,), daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("53300", ErrorKind.TOO_MANY),
        ("57P03", ErrorKind.SERVER_STOPPING),
        ("3D000", ErrorKind.NO_DATABASE),
        ("28P01", ErrorKind.PASSWORD),
        ("28000", ErrorKind.SERVER_REFUSES),
        ("XX000", ErrorKind.SERVER_ERROR),
    ],
)
def test_a_refusal_in_another_language_is_known_by_its_number(state: str, kind: ErrorKind) -> None:
    said = "ledsen, för många klienter redan"
    with refusing_in_swedish(state, said) as port:
        problem = refused(f"postgresql://ida@127.0.0.1:{port}/x")
    assert problem.kind is kind
    assert said not in str(problem)


def test_every_problem_of_a_server_has_one_line_in_both_languages() -> None:
    kinds = [ErrorKind(value) for value in SENTENCES]
    english = [str(StorageError(kind, name="db.dk/mentor", who="x")) for kind in kinds]
    set_language("da")
    try:
        danish = [str(StorageError(kind, name="db.dk/mentor", who="x")) for kind in kinds]
    finally:
        set_language("en")

    assert len(kinds) == 49
    assert not any("{" in said or "\n" in said for said in (*english, *danish))
    assert not set(english) & set(danish)
    assert set(WAITING) < set(SENTENCES)


@pytest.mark.parametrize("language", ["en", "da"])
def test_what_is_waited_for_is_said_in_the_one_line_that_there_is(language: str) -> None:
    set_language(language)
    try:
        said = [
            StorageError(ErrorKind(kind), name="db.dk/mentor").while_waiting for kind in WAITING
        ]
    finally:
        set_language("en")
    assert [one for one in said if len(one) > 68] == []
    if language == "en":
        assert said[0] == "The server is away. The program keeps trying."
