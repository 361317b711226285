"""The program's own code, kept in memory, so that an open session outlives a new installation.

A module is loaded when a screen first needs it. Were it read from the disk then, a session under
which another version has been installed would mix old modules with new ones, or find none. So what
has not been loaded yet is kept, as compressed bytecode: 2.7 MB of memory and 0.08 s of the
processor, where loading all of it would take 12 MB and 0.22 s.
"""

from __future__ import annotations

import marshal
import sys
import zlib
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from importlib.abc import Loader

ROOMS: Final = ("data", "widgets", "screens", "tui")
"""The packages of the program."""
OF_LIBRARIES: Final = (
    *("textual/document", "textual/_text_area_theme", "textual/_tree_sitter", "textual/_wrap"),
    *("textual/suggester", "textual/validation", "textual/widgets/_input", "tinydb", "tomlkit"),
    *("textual/widgets/_text_area", "textual/widgets/text_area"),
)
"""What of libraries is loaded late: modules and packages, as paths without ending.

`tests/tui/start/test_kept_code.py` finds what is missing here."""
_NOT_KEPT: Final = ("tui.cli.", "data.example.")
"""What an open session does not come to need: the commands, and the example data."""
_HEAD: Final = 16
"""How many bytes of a file with bytecode come before the code."""
_LEVEL: Final = 1
"""How hard to compress: more would take three times as long for a sixth less memory."""


class _Kept:
    """A module as it is kept."""

    __slots__ = ("code", "is_package", "path")

    def __init__(self, path: Path, code: bytes) -> None:
        self.path = path
        self.code = code
        self.is_package = path.name == "__init__.py"


class KeptCode:
    """Keeps the code of modules that are not loaded yet, and loads them from it.

    It has what Python asks of those who find modules and of those who load them. The classes in
    `importlib.abc` that say so would take 0.1 MB of every session.
    """

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._modules: dict[str, _Kept] = {}

    def keep(self) -> Iterator[None]:
        """Keep all that is not loaded, a module at each step; from the end on it is what loads.

        What cannot be read is not kept, and is looked for on the disk as ever.
        """
        for name, path in _modules():
            if name not in sys.modules and not name.startswith(_NOT_KEPT):
                code = _bytecode(name, path)
                if code is not None:
                    self._modules[name] = _Kept(path, zlib.compress(code, _LEVEL))
                yield
        if self._modules:
            sys.meta_path.insert(0, self)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how to load a module that is kept; None for any other (Python calls this)."""
        kept = self._modules.get(name)
        if kept is None:
            return None
        spec = ModuleSpec(
            name, cast("Loader", self), origin=str(kept.path), is_package=kept.is_package
        )
        spec.has_location = True
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(str(kept.path.parent))
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Have Python make the module (Python calls this)."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Run a module's code in it (Python calls this). It stays kept, should that fail."""
        kept = self._modules[module.__name__]
        code = marshal.loads(zlib.decompress(kept.code))  # noqa: S302 - written by this process
        exec(code, module.__dict__)  # noqa: S102 - what a loader is for
        del self._modules[module.__name__]


def _modules() -> Iterator[tuple[str, Path]]:
    """Yield the name and the file of each module that may be loaded late."""
    rooms = Path(__file__).parents[2]
    for room in ROOMS:
        yield from _below(room, rooms / room)
    libraries = Path(sys.modules["textual"].__file__ or "").parents[1]
    for part in OF_LIBRARIES:
        yield from _below(part.replace("/", "."), libraries / part)


def _below(name: str, path: Path) -> Iterator[tuple[str, Path]]:
    """Yield the module or package at a path without ending, and all that is below it."""
    module = path.with_suffix(".py")
    if module.is_file():
        yield name, module
        return
    if not (package := path / "__init__.py").is_file():
        return
    yield name, package
    for one in sorted(path.iterdir()):
        if one.suffix == ".py" and not one.name.startswith("__"):
            yield f"{name}.{one.stem}", one
        elif one.is_dir() and one.name.isidentifier() and one.name != "__pycache__":
            yield from _below(f"{name}.{one.name}", one)


def _bytecode(name: str, path: Path) -> bytes | None:
    """Return the bytecode of a module, from the file that has it if that is of this source."""
    try:
        found, made_of = Path(cache_from_source(str(path))).read_bytes(), path.stat()
        if found[:8] == MAGIC_NUMBER + bytes(4):
            when, size = (
                int.from_bytes(found[8:12], "little"),
                int.from_bytes(found[12:16], "little"),
            )
            if when == int(made_of.st_mtime) & 0xFFFFFFFF and size == made_of.st_size & 0xFFFFFFFF:
                return found[_HEAD:]
    except (OSError, NotImplementedError):
        pass  # it has not been compiled, or lies where this user cannot read it
    try:
        code = SourceFileLoader(name, str(path)).get_code(name)
    except (OSError, SyntaxError, ImportError):
        return None
    return marshal.dumps(code) if code is not None else None
