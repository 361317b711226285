"""A network that swallows: it forwards lines to a server, and cuts one where a test says so.

    with Proxy(server.port) as proxy: proxy.cut = Cut(b"token", Where.AFTER, How.SILENCE)

The line is cut on which the token is sent next, in the request or its answer.
"""

from __future__ import annotations

import select
import socket
import struct
import threading
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Final, Self


class Where(StrEnum):
    """At which moment the line is cut."""

    BEFORE = "before"
    """The request does not come to the server."""
    HALF = "half"
    """Half of it does."""
    AFTER = "after"
    """It does, and the answer does not come back."""
    HALF_ANSWER = "half_answer"
    """Half of the answer does."""
    LATE_FIRST = "late_first"
    """The request comes to the server just before the session sends it again on a new line."""
    LATE_LAST = "late_last"
    """It comes there just after that."""


class How(StrEnum):
    """What the session notices of it."""

    SILENCE = "silence"
    RESET = "reset"
    END = "end"


@dataclass(frozen=True, slots=True)
class Cut:
    """Where and how a line is cut."""

    token: bytes
    where: Where
    how: How


_RESETS: Final = struct.pack("ii", 1, 0)
_SIZE: Final = 1 << 20


class Proxy:
    """Forwards what comes to a port of this computer to another one."""

    def __init__(self, port: int) -> None:
        """Listen, and forward to that port once it has been entered."""
        self.cut: Cut | None = None
        """The cut that is to be made; None once it has been."""
        self.cuts = 0
        """How many have been made."""
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._ends = threading.Event()
        self._threads: list[threading.Thread] = []
        self._held: tuple[Cut, socket.socket, bytes] | None = None
        self._silent: list[socket.socket] = []

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ends.set()
        for one in self._threads:
            one.join(30)
        for line in (self._listening, *self._silent):
            line.close()

    def _start(self, run: object, *values: socket.socket) -> None:
        thread = threading.Thread(target=run, args=values, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._ends.is_set():
            if select.select([self._listening], [], [], 0.1)[0]:
                client, _address = self._listening.accept()
                try:
                    server = socket.create_connection(("127.0.0.1", self._to), 5)
                except OSError:
                    client.close()
                    continue
                self._start(self._forward, client, server)

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        try:
            while not self._ends.is_set():
                for one in select.select([client, server], [], [], 0.1)[0]:
                    data = one.recv(_SIZE)
                    if not data:
                        return
                    if one is server:
                        client.sendall(data)
                    elif self._is_stopped_at(data, client, server):
                        return
        except OSError:
            pass  # one of the two has gone
        finally:
            for one in (client, server):
                if one not in self._silent:
                    one.close()

    def _is_stopped_at(self, data: bytes, client: socket.socket, server: socket.socket) -> bool:
        """Send a request on; return whether the line has been cut at it."""
        cut = self.cut
        if cut is None or cut.token not in data:
            self._send_on(data, client, server)
            return False
        self.cut = None
        self.cuts += 1
        self._let_go()
        if cut.where is Where.HALF:
            server.sendall(data[: len(data) // 2])
        elif cut.where in {Where.AFTER, Where.HALF_ANSWER}:
            server.sendall(data)
            answer = server.recv(_SIZE)
            if cut.where is Where.HALF_ANSWER:
                client.sendall(answer[: len(answer) // 2])
        elif cut.where in {Where.LATE_FIRST, Where.LATE_LAST}:
            self._held = cut, server, data
            self._silent.append(server)
        if cut.how is How.SILENCE:
            self._silent += [client, server]
        elif cut.how is How.RESET:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESETS)
        return True

    def _let_go(self) -> None:
        """Close the lines of cuts that nobody waits for any more: a server has room for so many."""
        while len(self._silent) > 6:
            self._silent.pop(0).close()

    def _send_on(self, data: bytes, client: socket.socket, server: socket.socket) -> None:
        """Send a request on, and with it what was held back until it came a second time."""
        held = self._held
        if held is None or held[0].token not in data:
            server.sendall(data)
            return
        self._held = None
        cut, late, request = held
        if cut.where is Where.LATE_FIRST:
            late.sendall(request)
            late.recv(_SIZE)
            server.sendall(data)
        else:
            server.sendall(data)
            client.sendall(server.recv(_SIZE))
            late.sendall(request)
            late.recv(_SIZE)
