"""Reads the library's TOML files. An error says in which file and where in it the fault is.

It also knows what the library of the workplace gives, where there is one (`data.library.shared`).
That is here, and not with those values, for every start asks and few workplaces have a library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from data.frozen import immutable

BOTH: Final = "both"
"""The folder of files with what is the same in every language: keys, days, references."""

_ROOT: Final = Path(__file__).parent
_KEPT: Final[dict[Path, bytes]] = {}
"""The files that are kept in memory, compressed."""
_Choice = TypeVar("_Choice", bound=StrEnum)
_Made = TypeVar("_Made")


class _InUse:
    """The library of the workplace that this process uses."""

    ask: Callable[[], Any] | None = None
    """Reads it when it is first asked for; None once that is done, or where there is none."""
    found: Any = None
    made: Final[dict[Any, tuple[Any, Any]]] = {}
    """What has been made of a library and of what is built in, with that library."""


def use_as_shared(library: Any) -> None:
    """Use a library of the workplace from now on, as `data.library.shared.use_shared` says."""
    _InUse.made.clear()
    if callable(library):
        _InUse.found, _InUse.ask = None, library
    else:
        _InUse.found, _InUse.ask = library, None


def in_use() -> Any:
    """Return the `Shared` that is in use, or None: for `data.library.shared.shared`."""
    if _InUse.ask is not None:
        ask, _InUse.ask = _InUse.ask, None
        _InUse.found = ask()
    return _InUse.found


def with_shared(built_in: _Made, key: object, add: Callable[[_Made, Any], _Made]) -> _Made:
    """Return what is built in with what the library of the workplace gives.

    Args:
        built_in: What is built in.
        key: What it is, and in which language: it is made once for each.
        add: Makes it, of what is built in and of the `Shared` in use.
    """
    library = in_use()
    if library is None:
        return built_in
    # A session reads a newer library in a thread: what is made of another one does not count.
    of, made = _InUse.made.get(key, (None, built_in))
    found: _Made = made if of is library else add(built_in, library)
    _InUse.made[key] = (library, found)
    return found


class LibraryError(ValueError):
    """A library file is wrong or missing; the message names the file, the place and the fault."""


@immutable
class Section:
    """One table of a TOML file, with its place in the file for messages about faults."""

    place: str
    """The file, and the path of the table in it, as in `da/questions.toml: step[3]`."""
    values: Mapping[str, object]

    def fault(self, key: str, what: str) -> LibraryError:
        """Return the error to raise for a fault of `key`, described by `what`."""
        return LibraryError(f"{self.place}: {key}: {what}")

    def only(self, *allowed: str) -> None:
        """Raise LibraryError for a key that is not allowed, so that a misspelt key is noticed."""
        for key in self.values:
            if key not in allowed:
                raise self.fault(key, f"is not known here; known are {', '.join(allowed)}")

    def text(self, key: str, default: str | None = None) -> str:
        """Return the text at `key`, or `default`. Without a default, it must not be empty."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.fault(key, "must be a text")
        if default is None and not value.strip():
            raise self.fault(key, "must not be empty")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts at `key`; empty if there is none."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.fault(key, "must be a list of texts")
        return tuple(value)

    def flag(self, key: str) -> bool:
        """Return the bool at `key`; False if there is none."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.fault(key, "must be true or false")
        return value

    def whole(self, key: str) -> int:
        """Return the whole number at `key`."""
        value = self.maybe_whole(key)
        if value is None:
            raise self.fault(key, "must be a whole number")
        return value

    def maybe_whole(self, key: str) -> int | None:
        """Return the whole number at `key`, or None if there is none."""
        value = self.values.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise self.fault(key, "must be a whole number")
        return value

    def choice(self, key: str, kind: type[_Choice]) -> _Choice:
        """Return the member of `kind` named at `key`."""
        return self.as_choice(key, self.text(key), kind)

    def choices(self, key: str, kind: type[_Choice]) -> tuple[_Choice, ...]:
        """Return the members of `kind` listed at `key`."""
        return tuple(self.as_choice(key, one, kind) for one in self.texts(key))

    def as_choice(self, key: str, value: str, kind: type[_Choice]) -> _Choice:
        """Return the member of `kind` called `value`, which was found at `key`."""
        try:
            return kind(value)
        except ValueError:
            known = ", ".join(kind)
            raise self.fault(key, f"{value!r} is none of {known}") from None

    def section(self, key: str) -> Section:
        """Return the table at `key`."""
        return self._section(key, self.values.get(key))

    def maybe_section(self, key: str) -> Section:
        """Return the table at `key`; an empty one if there is none."""
        return self._section(key, self.values.get(key, {}))

    def sections(self, key: str) -> tuple[Section, ...]:
        """Return the list of tables at `key`; empty if there is none."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.fault(key, "must be a list of tables")
        return tuple(self._section(f"{key}[{index}]", one) for index, one in enumerate(value, 1))

    def names(self) -> tuple[str, ...]:
        """Return the keys in the order of the file."""
        return tuple(self.values)

    def _section(self, key: str, value: object) -> Section:
        if not isinstance(value, dict):
            raise self.fault(key, "must be a table")
        return Section(f"{self.place}: {key}", value)


@cache
def load(folder: str, name: str, root: Path = _ROOT) -> Section:
    """Read `<folder>/<name>.toml`, once; `folder` is a language or `BOTH`.

    Raises LibraryError if there is no such file, or if it is not TOML.
    """
    # half of all runs of the program need no text of the library
    import tomllib

    place = f"{folder}/{name}.toml"
    try:
        return Section(place, tomllib.loads(raw(folder, name, root)))
    except FileNotFoundError:
        raise LibraryError(f"{place}: there is no such file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LibraryError(f"{place}: {error}") from error


def raw(folder: str, name: str, root: Path = _ROOT) -> str:
    """Return what a file holds. Raises OSError, and UnicodeDecodeError where it is no text."""
    path = root / folder / f"{name}.toml"
    if path not in _KEPT:
        return path.read_bytes().decode()
    import zlib  # an open session alone keeps files

    return zlib.decompress(_KEPT[path]).decode()


def keep() -> Iterator[None]:
    """Keep all files in memory from now on, one at each step, for when they are replaced."""
    import zlib  # an open session alone keeps them

    for path in sorted(_ROOT.glob("*/*.toml")):
        with suppress(OSError):  # then it is read when it is wanted, as ever
            _KEPT[path] = zlib.compress(path.read_bytes(), 1)
        yield
