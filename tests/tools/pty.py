"""A user's terminal without the user: runs a program on a pty, types keys, shows and counts.

Nothing in here knows the program. Bytes are counted as they would cross the network, and the screen
is what a terminal emulator makes of them. Output is read only inside a call, so a terminal that has
stopped reading is one that nobody calls.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import sys
import termios
import time
import tty
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.tools.emulator import Cell, Emulator

_ANSWERS: Final = (
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[>0?c"), b"\x1b[>1;3600;0c"),
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[\?2048\$p"), b"\x1b[?2048;0$y"),
)
"""What a common modern terminal answers to the questions full-screen programs ask at start."""

_INHERITED: Final = ("PATH", "HOME", "VIRTUAL_ENV", "PYTHONPATH", "TMPDIR", "LOCPATH")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back after a key: times in milliseconds since the call, and bytes."""

    first_ms: float | None
    last_ms: float | None
    bytes: int


class Terminal:
    """A program on a pty of its own session, seen from the outside.

    `env` is added to a small clean environment (TERM=xterm-256color, C.UTF-8); a value of None
    takes a name out. `ignore_hangup` starts the program as `nohup` does; `block_hangup` as a parent
    that masks SIGHUP does. Without `alternate` the terminal has no other screen, as GNU screen.
    """

    def __init__(
        self,
        argv: Sequence[str],
        cols: int = 80,
        rows: int = 24,
        env: Mapping[str, str | None] | None = None,
        *,
        cwd: Path | None = None,
        answers: bool = True,
        ignore_hangup: bool = False,
        block_hangup: bool = False,
        alternate: bool = True,
    ) -> None:
        self.emulator = Emulator(cols, rows, alternate=alternate)
        self.raw = bytearray()
        self.bytes_out = 0
        self.returncode: int | None = None
        self._answers = answers
        self.master, slave = os.openpty()
        _set_size(self.master, cols, rows)
        command = list(argv)
        if ignore_hangup:
            command = ["/bin/sh", "-c", "trap '' HUP; exec \"$@\"", "sh", *command]
        if cwd is not None:
            command = ["/bin/sh", "-c", 'cd "$0" && exec "$@"', str(cwd), *command]
        path = os.ttyname(slave)
        self.started = time.perf_counter()
        self.pid = os.posix_spawnp(
            command[0],
            command,
            _environment(env or {}),
            # A session leader that opens a terminal gets it as its controlling terminal.
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, path, os.O_RDWR, 0),
                (os.POSIX_SPAWN_DUP2, 0, 1),
                (os.POSIX_SPAWN_DUP2, 0, 2),
            ],
            setsid=True,
            setsigmask=[signal.SIGHUP] if block_hangup else [],
            setsigdef=[signal.SIGINT, signal.SIGQUIT, signal.SIGPIPE],
        )
        self._slave = slave

    # -- typing ---------------------------------------------------------------------------------

    def key(self, keys: str | bytes) -> None:
        """Type: one or more keys as the bytes a terminal sends for them."""
        data = keys.encode() if isinstance(keys, str) else keys
        while data:  # a pty takes a few kB at a time; go on reading, or both ends wait
            _readable, writable, _ = select.select([], [self.master], [], 0.05)
            if writable:
                data = data[os.write(self.master, data[:1024]) :]
            self._read(0)

    def type_unread(self, keys: str) -> None:
        """Type without reading what comes back."""
        os.write(self.master, keys.encode())

    def stall(self, keys: str, limit: float = 20.0) -> None:
        """Type `keys` again and again without reading, until the program can write no more."""
        end = time.perf_counter() + limit
        unread, unchanged = 0, 0
        while unchanged < 4:
            os.write(self.master, keys.encode())
            time.sleep(0.1)
            before, unread = unread, self._unread()
            unchanged = unchanged + 1 if unread == before and unread else 0
            if time.perf_counter() > end:
                self._fail("the terminal takes everything")

    def clog(self) -> None:
        """Fill the line to the brim: until it is read, nobody can write a byte."""
        fd = os.open(os.ttyname(self._slave), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        with contextlib.suppress(BlockingIOError):
            while True:
                os.write(fd, b"\r")
        os.close(fd)

    def _unread(self) -> int:
        waiting = fcntl.ioctl(self.master, termios.FIONREAD, b"\0" * 4)
        return int.from_bytes(waiting, sys.byteorder)

    def press(self, keys: str | bytes, quiet: float = 0.15, limit: float = 10.0) -> Answer:
        """Type, and read until the answer is over."""
        self.key(keys)
        return self.settle(quiet, limit)

    def resize(self, cols: int, rows: int) -> None:
        """Change the window's size, as dragging its corner does."""
        self.emulator.resize(cols, rows)
        _set_size(self.master, cols, rows)

    # -- looking --------------------------------------------------------------------------------

    def settle(self, quiet: float = 0.15, limit: float = 10.0) -> Answer:
        """Read until nothing has come for `quiet` seconds (at first: half a second)."""
        start = time.perf_counter()
        first: float | None = None
        last: float | None = None
        count = 0
        while (now := time.perf_counter()) - start < limit:
            wait = max(quiet, 0.5) - (now - start) if last is None else quiet - (now - last)
            got = self._read(max(wait, 0.0))
            if got is None or (not got and wait <= 0):
                break  # only a look says so: it may be this process that had to wait
            if got:
                last = time.perf_counter()
                first = first or last
                count += got
        return Answer(
            None if first is None else (first - start) * 1e3,
            None if last is None else (last - start) * 1e3,
            count,
        )

    def rest(self, limit: float = 20.0, *, quiet: float = 0.03) -> None:
        """Read until the program has nothing left to do: all its threads sleep.

        They sleep, and none has run or waited for a processor within the last `quiet` seconds; how
        busy the machine is does not matter. A program that waits for a timer sleeps too.
        """
        before, since = -1, time.perf_counter()
        end = since + limit
        while (got := self._read(0.005)) is not None:
            now, awake = self._work_done()
            at = time.perf_counter()
            if got or awake or now != before:
                before, since = now, at
            elif at - since >= quiet:
                return  # only a look says so: it may be this process that had to wait
            if at > end:
                self._fail(f"still at work after {limit:.0f} s")

    def do(self, keys: str | bytes, *, limit: float = 20.0, quiet: float = 0.03) -> None:
        """Type, and read until the program has dealt with it (`rest`).

        A key of its own, such as Esc, that the program waits on a while needs a longer `quiet`.
        """
        before, _awake = self._work_done()
        self.key(keys)
        end = time.perf_counter() + 1.0  # bytes that the program need not see wake nobody
        while self._work_done()[0] == before and time.perf_counter() < end:
            if self._read(0.002) is None:
                return
        self.rest(limit, quiet=quiet)

    def _work_done(self) -> tuple[int, bool]:
        """How long the threads have run and waited for a processor; whether one does just now."""
        total, awake = 0, False
        tasks = f"/proc/{self.pid}/task"
        with contextlib.suppress(OSError):  # the program has ended meanwhile
            for task in os.listdir(tasks):  # noqa: PTH208 - asked a hundred times a second
                with contextlib.suppress(OSError):  # the thread has
                    state = _content(f"{tasks}/{task}/stat").rpartition(b")")[2].split()[0]
                    ran, waited = _content(f"{tasks}/{task}/schedstat").split()[:2]
                    awake = awake or state not in {b"S", b"I", b"Z"}
                    total += int(ran) + int(waited)
        return total, awake

    def wait_until(self, condition: Callable[[], bool], limit: float = 20.0) -> float:
        """Read until `condition()` holds, or fail; seconds since the start."""
        end = time.perf_counter() + limit
        while not condition():
            if self._read(0.05) is None and not condition():
                self._fail("the program went away")
            if time.perf_counter() > end:
                self._fail(f"waited {limit:.0f} s in vain")
        return time.perf_counter() - self.started

    def wait_for(self, text: str, limit: float = 20.0) -> float:
        """Read until `text` stands on the screen; seconds since the start."""
        return self.wait_until(lambda: text in self.emulator.text(), limit)

    def wait_gone(self, text: str, limit: float = 20.0) -> float:
        """Read until `text` no longer stands on the screen."""
        return self.wait_until(lambda: text not in self.emulator.text(), limit)

    def screen(self) -> str:
        """The screen as lines of text, after all that has come so far."""
        while self._read(0):
            pass
        return self.emulator.text()

    def cell(self, x: int, y: int) -> Cell:
        """One cell: its text and style."""
        return self.emulator.cell(x, y)

    @property
    def cursor(self) -> tuple[int, int, bool]:
        """The terminal's cursor: column, row, shown."""
        return self.emulator.cursor

    def idle(self, seconds: float) -> int:
        """Bytes that come in `seconds` without a key."""
        end, before = time.perf_counter() + seconds, self.bytes_out
        while (left := end - time.perf_counter()) > 0 and self._read(left) is not None:
            pass
        return self.bytes_out - before

    def raw_mode(self) -> bool:
        """Whether the terminal is in raw mode (no echo, no line editing)."""
        return not termios.tcgetattr(self.master)[tty.LFLAG] & termios.ICANON

    # -- the end --------------------------------------------------------------------------------

    def hangup(self) -> None:
        """What the kernel does when the connection drops: the pty closes, SIGHUP goes out."""
        os.close(self._slave)
        os.close(self.master)
        self.master = self._slave = -1

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode is None

    def wait_exit(self, limit: float = 10.0, *, reading: bool = True) -> int:
        """Wait for the end; the exit status (minus the signal's number). `reading=False`: a stalled
        terminal goes on stalling."""
        end = time.perf_counter() + limit
        while self.alive:
            if time.perf_counter() > end:
                self._fail(f"still running after {limit:.0f} s")
            if self.master < 0 or not reading or self._read(0.02) is None:
                time.sleep(0.01)
        while reading and self.master >= 0 and self._read(0):
            pass
        assert self.returncode is not None
        return self.returncode

    def cpu_seconds(self) -> float:
        """Processor time used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_memory_mb(self) -> float:
        """The largest resident memory so far."""
        status = Path(f"/proc/{self.pid}/status").read_text("utf-8")
        found = re.search(r"VmHWM:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0

    def close(self) -> None:
        """Kill the program if it still runs, and let go of the pty."""
        self.kill()
        if self.returncode is None:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
            self.returncode = -signal.SIGKILL
        if self.master >= 0:
            self.hangup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # -- inside ---------------------------------------------------------------------------------

    def _read(self, wait: float) -> int | None:
        """Read what is there within `wait` seconds; the number of bytes, or None at the end."""
        readable, _, _ = select.select([self.master], [], [], max(0.0, wait))
        if not readable:
            return 0 if self.alive else None
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return None
        if not data:
            return None
        self.bytes_out += len(data)
        self.raw += data
        if self._answers:
            for question, answer in _ANSWERS:
                for _ in question.findall(data):
                    os.write(self.master, answer)
        self.emulator.feed(data)
        return len(data)

    def _fail(self, why: str) -> None:
        raise AssertionError(f"{why}; the screen:\n{self.emulator.text()}")


def _content(path: str) -> bytes:
    """Read a small file of the kernel's."""
    file = os.open(path, os.O_RDONLY)
    try:
        return os.read(file, 4096)
    finally:
        os.close(file)


def _set_size(fd: int, cols: int, rows: int) -> None:
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))


def _environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    environ = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    environ |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    for name, value in changes.items():
        if value is None:
            environ.pop(name, None)
        else:
            environ[name] = value
    return environ
