"""The thread that reads the terminal, so that keys are taken while the app is busy."""

from __future__ import annotations

import os
import select
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable

from textual import constants
from textual.message import Message

from tui.terminal.keys import KeyReader


class KeyThread:
    """Reads keys between `start` and `end`."""

    def __init__(
        self,
        fd: int,
        take: Callable[[Message], None],
        when_gone: Callable[[], None],
        when_failed: Callable[[Exception], None],
    ) -> None:
        """All three are called in the thread.

        `take` gets each message, `when_gone` is told that the terminal is gone, and `when_failed`
        gets what ended the thread although nobody had foreseen it.
        """
        self._fd = fd
        self._take = take
        self._when_gone = when_gone
        self._when_failed = when_failed
        self._nudge = _Nudge()
        self._thread: threading.Thread | None = None

    def start(self, early: bytes) -> None:
        """Begin to read; the bytes in `early` have been read from the terminal already."""
        self._thread = threading.Thread(target=self._run, args=(early,), name="keys")
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether it has been started, and not been told to end."""
        return self._thread is not None

    def reset(self) -> None:
        """Forget half a paste or half a key."""
        self._nudge.give("reset")

    def end(self) -> None:
        """End the thread, and wait for its end."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._nudge.give("end")
            thread.join()
            self._nudge.clear()

    def _run(self, early: bytes) -> None:
        try:
            self._read(early)
        except Exception as error:
            self._when_failed(error)

    def _read(self, early: bytes) -> None:
        """Read until told to end. The end of the terminal is the end of reading."""
        reader = KeyReader(constants.ESCAPE_DELAY)
        self._take_all(reader.feed(early, time.monotonic()))
        while True:
            due = reader.due
            wait = None if due is None else max(0.0, due - time.monotonic())
            readable, _, _ = select.select([self._fd, self._nudge.fd], [], [], wait)
            if self._nudge.fd in readable:
                if self._nudge.take() == "end":
                    return
                self._take_all(reader.reset())
            elif self._fd in readable:
                data = self._bytes()
                if not data:
                    self._when_gone()
                    return
                self._take_all(reader.feed(data, time.monotonic()))
            else:
                self._take_all(reader.tick(time.monotonic()))

    def _take_all(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self._take(message)

    def _bytes(self) -> bytes:
        try:
            return os.read(self._fd, 65536)
        except OSError:
            return b""


class _Nudge:
    """A word to the thread, which sleeps until something is readable."""

    def __init__(self) -> None:
        self.fd, self._start = os.pipe()
        self._words: deque[str] = deque()

    def give(self, word: str) -> None:
        self._words.append(word)
        os.write(self._start, b".")

    def take(self) -> str:
        os.read(self.fd, 1)
        return self._words.popleft()

    def clear(self) -> None:
        """Take back what was said to a thread that had ended already."""
        while self._words:
            self.take()
