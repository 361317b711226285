"""Disks that fail: at the n-th call, with an error of the operating system or by sudden death."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from data.storage.disk import Disk

CHANGING = (
    "pwrite",
    "fsync",
    "fdatasync",
    "ftruncate",
    "fallocate",
    "fchmod",
    "mkdir",
    "rename",
    "link",
    "unlink",
)
"""Calls that change something, or promise that it will last."""


def _nothing(fd: object) -> None:
    """Sync nothing: what a process has written survives it without that."""


class QuickDisk(Disk):
    """Syncs nothing. For tests in which the power stays on."""

    fsync = staticmethod(_nothing)
    fdatasync = staticmethod(_nothing)


QUICK = QuickDisk()


class Killed(BaseException):
    """The process has been killed: nothing it does from here on reaches the disk."""


class HookedDisk(QuickDisk):
    """Calls `hook(name)` before each changing call; `open` counts where it creates a file."""

    def __init__(self) -> None:
        for name in CHANGING:
            setattr(self, name, self._hooked(name, getattr(QuickDisk, name)))
        real = os.open

        def opened(path: Any, flags: int, *args: Any, **names: Any) -> int:
            if flags & os.O_CREAT:
                self.hook("create")
            return real(path, flags, *args, **names)

        self.open = opened

    def _hooked(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **names: Any) -> Any:
            self.hook(name)
            return real(*args, **names)

        return call

    def hook(self, name: str) -> None:
        """Do something before a call."""


class CountingDisk(HookedDisk):
    """Only counts."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[str] = []

    def hook(self, name: str) -> None:
        self.calls.append(name)


class DyingDisk(HookedDisk):
    """Dies before the n-th changing call."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.left = at

    def hook(self, name: str) -> None:
        self.left -= 1
        if self.left <= 0:
            raise Killed(name)


class FailingDisk(HookedDisk):
    """Fails with an error at the n-th changing call, and at the ones after it for `times` calls."""

    def __init__(self, at: int, error: int, times: int = 1) -> None:
        super().__init__()
        self.at = at
        self.error = error
        self.times = times
        self.count = 0
        self.failed: list[str] = []

    def hook(self, name: str) -> None:
        self.count += 1
        if self.at <= self.count < self.at + self.times:
            self.failed.append(name)
            raise OSError(self.error, os.strerror(self.error))
