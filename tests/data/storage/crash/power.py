"""A disk that remembers what has not been synced, and what a power cut could leave of it.

It lets every call but syncs through to the real disk and keeps a model beside it: for each file
what is synced and which writes are not, for each folder which names are not. `states` yields the
folder trees that a power cut at this moment could leave: unsynced writes lost, halved, zeroed or in
another order; unsynced names lost from the end, from the beginning, or one of them only.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from data.storage.disk import Disk

Tree = dict[str, bytes]
"""Path from the folder -> content."""
_Op = tuple[int, bytes | None]
"""Place and bytes of a write, or length and None of a cut."""


@dataclass
class _File:
    synced: bytes = b""
    pending: list[_Op] = field(default_factory=list)

    def content(self, ops: list[_Op]) -> bytes:
        data = bytearray(self.synced)
        for at, part in ops:
            if part is None:
                data[at:] = b"\0" * (at - len(data))
            else:
                data.extend(b"\0" * (at - len(data)))
                data[at : at + len(part)] = part
        return bytes(data)

    def left(self, how: str) -> bytes:
        ops = self.pending
        if how == "lost":
            ops = []
        elif how == "half" and ops and ops[-1][1]:
            at, part = ops[-1]
            assert part is not None
            ops = [*ops[:-1], (at, part[: len(part) // 2])]
        elif how == "later half" and ops and ops[-1][1]:
            at, part = ops[-1]
            assert part is not None
            ops = [*ops[:-1], (at + len(part) // 2, part[len(part) // 2 :])]
        elif how == "zeros":
            ops = [(at, part and b"\0" * len(part)) for at, part in ops]
        elif how == "first missing":
            ops = ops[1:]
        return self.content(ops)


_Change = tuple[str, str, _File]
"""add, del or "ren <old path>"; path; file."""
HOWS = ("all", "lost", "half", "later half", "zeros", "first missing")


class PowerDisk(Disk):
    """Forwards to the real disk and keeps the model of what would survive a power cut."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files: dict[int, _File] = {}
        self._names: dict[str, _File] = {}
        self._durable: dict[str, _File] = {}
        self._pending: dict[str, list[_Change]] = {}
        self._mutex = threading.RLock()
        self.on_change: Callable[[], None] = lambda: None
        for name in ("open", "pwrite", "fsync", "fdatasync", "ftruncate", "fallocate"):
            setattr(self, name, getattr(self, f"_{name}"))
        for name in ("mkdir", "rename", "link", "unlink"):
            setattr(self, name, getattr(self, f"_{name}"))

    # -- the model ----------------------------------------------------------------------------

    def _path(self, name: Any, fd: int | None) -> str:
        base = _where(fd) if fd is not None else self.root
        return str((base / str(name)).relative_to(self.root))

    def _note(self, kind: str, path: str, file: _File) -> None:
        self._apply(self._names, kind, path, file)
        self._pending.setdefault(str(Path(path).parent), []).append((kind, path, file))

    def _file(self, fd: int) -> _File:
        return self._files.setdefault(os.fstat(fd).st_ino, _File())

    # -- the calls ----------------------------------------------------------------------------

    def _open(self, path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        with self._mutex:
            fd = os.open(path, flags, mode, dir_fd=dir_fd)
            if flags & os.O_CREAT:
                file = self._files[os.fstat(fd).st_ino] = _File()
                self._note("add", self._path(path, dir_fd), file)
                self.on_change()
            return fd

    def _pwrite(self, fd: int, data: Any, at: int) -> int:
        with self._mutex:
            done = os.pwrite(fd, data, at)
            self._file(fd).pending.append((at, bytes(data)[:done]))
            self.on_change()
            return done

    def _ftruncate(self, fd: int, length: int) -> None:
        with self._mutex:
            os.ftruncate(fd, length)
            self._file(fd).pending.append((length, None))
            self.on_change()

    def _fallocate(self, fd: int, at: int, length: int) -> None:
        os.posix_fallocate(fd, at, length)

    def _sync(self, fd: int) -> None:
        with self._mutex:
            target = _where(fd)
            if target.is_dir():
                self._flush(str(target.relative_to(self.root)))
            else:
                file = self._file(fd)
                file.synced, file.pending = file.content(file.pending), []

    def _flush(self, folder: str) -> None:
        for kind, path, file in self._pending.pop(folder, []):
            self._apply(self._durable, kind, path, file)

    @staticmethod
    def _apply(names: dict[str, _File], kind: str, path: str, file: _File) -> None:
        if kind == "del":
            names.pop(path, None)
            return
        if kind.startswith("ren "):
            # One change of the folder: both names change, or neither.
            names.pop(kind.removeprefix("ren "), None)
        names[path] = file

    def _fsync(self, fd: int) -> None:
        self._sync(fd)

    def _fdatasync(self, fd: int) -> None:
        self._sync(fd)

    def _mkdir(self, name: str, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
        os.mkdir(name, mode, dir_fd=dir_fd)

    def _rename(self, old: str, new: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
        with self._mutex:
            os.rename(old, new, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
            source, target = self._path(old, src_dir_fd), self._path(new, dst_dir_fd)
            self._note(f"ren {source}", target, self._names[source])
            self.on_change()

    def _link(
        self, old: str, new: str, *, src_dir_fd: int, dst_dir_fd: int, follow_symlinks: bool
    ) -> None:
        with self._mutex:
            os.link(
                old,
                new,
                src_dir_fd=src_dir_fd,
                dst_dir_fd=dst_dir_fd,
                follow_symlinks=follow_symlinks,
            )
            file = self._names[self._path(old, src_dir_fd)]
            self._note("add", self._path(new, dst_dir_fd), file)
            self.on_change()

    def _unlink(self, name: str, *, dir_fd: int) -> None:
        with self._mutex:
            os.unlink(name, dir_fd=dir_fd)
            path = self._path(name, dir_fd)
            self._note("del", path, self._names.get(path, _File()))
            self.on_change()

    # -- what may be left ---------------------------------------------------------------------

    def _trees(self) -> Iterator[dict[str, _File]]:
        dirty = [folder for folder, ops in self._pending.items() if ops]
        everything = {folder: list(self._pending[folder]) for folder in dirty}
        choices: list[dict[str, list[_Change]]] = [everything, {}]
        for folder in dirty:
            ops = self._pending[folder]
            for count in range(len(ops)):
                choices.append({**everything, folder: ops[:count]})
                choices.append({folder: ops[: count + 1]})
                choices.append({**everything, folder: ops[:count] + ops[count + 1 :]})
        for choice in choices:
            names = dict(self._durable)
            for ops in choice.values():
                for kind, path, file in ops:
                    self._apply(names, kind, path, file)
            yield names

    def states(self) -> Iterator[tuple[bytes, Tree]]:
        """Yield every tree that a power cut now could leave, with a mark that tells it."""
        files = {
            id(file): file for names in (self._names, self._durable) for file in names.values()
        }
        dirty = [number for number, file in files.items() if file.pending]
        ways: list[dict[int, str]] = [dict.fromkeys(dirty, how) for how in HOWS]
        ways += [{number: how} for number in dirty for how in ("lost", "half")]
        for names in self._trees():
            for way in ways:
                tree = {path: file.left(way.get(id(file), "all")) for path, file in names.items()}
                yield _mark(tree), tree


def _where(fd: int) -> Path:
    return Path(f"/proc/self/fd/{fd}").readlink()


def _mark(tree: Tree) -> bytes:
    digest = sha256()
    for path in sorted(tree):
        digest.update(path.encode() + b"\0" + sha256(tree[path]).digest())
    return digest.digest()


def lay_out(tree: Tree, folder: Path) -> None:
    """Make the tree real."""
    folder.mkdir(mode=0o700, parents=True)
    for name, data in tree.items():
        path = folder / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o600)
