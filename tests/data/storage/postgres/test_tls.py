"""A line with TLS: it is taken where all is right, and what is wrong is said in one line."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.i18n import set_language
from data.storage.postgres.address import Address
from data.storage.postgres.line import Line
from data.storage.problems import ErrorKind, StorageError
from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.postgres import Server
from tests.tools.prepared import prepared
from tests.tools.tls import NO_TLS, Authority, Certificate, programs_with_tls

ONLY_TLS = "host all postgres 127.0.0.1/32 trust\nhostssl all all 127.0.0.1/32 trust\n"


@dataclass
class Tls:
    """A server with TLS, and one who makes certificates."""

    server: Server
    team: TeamServer
    authority: Authority

    def use(self, one: Certificate) -> None:
        """Have the server show a certificate from now on."""
        self.server.stop()
        for name, path in (("server.crt", one.certificate), ("server.key", one.key)):
            there = self.server.data / name
            there.write_bytes(path.read_bytes())
            there.chmod(0o600)
            if self.server.user is not None:
                found = pwd.getpwnam(self.server.user)
                os.chown(there, found.pw_uid, found.pw_gid)
        self.server.settings = {**self.server.settings, "ssl": "on"}
        self.server.start()

    def without(self) -> None:
        """Have the server do without TLS."""
        self.server.stop()
        self.server.settings = {**self.server.settings, "ssl": "off"}
        self.server.start()

    def address(self, mode: str, trusted: Certificate | None = None) -> Address:
        """The address for a mode of TLS, and whom the mentor trusts."""
        root = trusted or self.authority.own
        at = f"localhost:{self.server.port}/{self.team.database}"
        text = f"postgresql://met@{at}?sslmode={mode}&hostaddr=127.0.0.1"
        return Address(f"{text}&sslrootcert={root.certificate}", "", "localhost/records")


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tls]:
    programs = programs_with_tls()
    if programs is None:
        pytest.skip(NO_TLS)
    authority = Authority(tmp_path_factory.mktemp("tls") / "authority")
    with Server(hba=ONLY_TLS, programs=programs) as server:
        team = TeamServer(server, prepared(server))
        team.grant("met")
        yield Tls(server, team, authority)


def problem_of(address: Address) -> StorageError:
    """What is wrong with connecting."""
    line = Line(address)
    with pytest.raises(StorageError) as raised:
        line.connect()
    return raised.value


def assert_one_line(problem: StorageError, english: str, danish: str) -> None:
    """The sentence says this in both languages, and nothing of what the library says."""
    for language, words in (("en", english), ("da", danish)):
        set_language(language)
        said = str(problem)
        assert words.casefold() in said.casefold()
        assert "\n" not in said
        assert "localhost/records" in said
        assert "OpenSSL" not in said


def test_a_line_with_a_right_certificate_is_encrypted(tls: Tls) -> None:
    tls.use(tls.authority.certificate("localhost"))
    line = Line(tls.address("verify-full"))
    line.connect()
    ((is_encrypted, version),) = line.ask(
        "SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
    )
    line.close()
    assert is_encrypted
    assert version == "TLSv1.3"


@pytest.mark.parametrize("wrong", ["another name", "expired", "by itself", "nobody known"])
def test_a_certificate_that_is_not_right_is_refused(tls: Tls, wrong: str, tmp_path: Path) -> None:
    authority = tls.authority
    trusted = None
    if wrong == "another name":
        tls.use(authority.certificate("db.example"))
    elif wrong == "expired":
        tls.use(authority.certificate("localhost", days=-1))
    elif wrong == "by itself":
        tls.use(authority.by_itself("localhost"))
    else:
        tls.use(authority.certificate("localhost"))
        trusted = Authority(tmp_path / "other").own
    problem = problem_of(tls.address("verify-full", trusted))
    assert problem.kind is ErrorKind.CERTIFICATE
    assert_one_line(problem, "certificate", "certifikat")


def test_a_server_without_tls_is_refused_where_it_is_required(tls: Tls) -> None:
    tls.without()
    problem = problem_of(tls.address("require"))
    assert problem.kind is ErrorKind.TLS
    assert_one_line(problem, "TLS", "TLS")


def test_a_line_without_tls_is_refused_by_a_server_that_requires_it(tls: Tls) -> None:
    tls.use(tls.authority.certificate("localhost"))
    problem = problem_of(tls.address("disable"))
    assert problem.kind is ErrorKind.TLS
    assert_one_line(problem, "TLS", "TLS")


def test_a_line_that_is_refused_without_tls_is_taken_with_it_where_it_is_preferred(
    tls: Tls,
) -> None:
    tls.use(tls.authority.certificate("localhost"))
    line = Line(tls.address("prefer"))
    line.connect()
    assert line.ask("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") == [(True,)]
    line.close()
