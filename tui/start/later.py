"""Modules that others ask for when they are loaded, and that the program needs later or never.

Python's own modules and Textual import at their beginning what only some of their functions use: a
reader of URLs for paths, Textual's own list of commands for an app that has another one. Loading
them takes an eighth of the time of the start. Here a `Later` stands for each of them, and loads the
module when something of it is used.

What stands here is true of releases. `tests/tui/start/test_later.py` says in words what is no
longer asked for, and what has come to be used at every start, so that it may be taken out.
"""

from __future__ import annotations

import _locale
import _pickle
import _random
import sys
import typing
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any, Final

MODULES: Final[Mapping[str, tuple[str, ...]]] = {
    "ast": ("literal_eval",),
    "asyncio.sslproto": (),
    "calendar": ("monthrange",),
    "difflib": ("SequenceMatcher", "get_close_matches"),
    "mimetypes": (),
    "platformdirs": ("user_downloads_path",),
    "rich.panel": ("Panel",),
    "rich.table": ("Table",),
    "rich.tree": ("Tree",),
    "shutil": ("rmtree",),
    "tempfile": (),
    "textual.command": (
        *("CommandListItem", "CommandPalette", "SimpleProvider", "DiscoveryHit", "Hit", "Hits"),
    ),
    "textual.pilot": ("Pilot",),
    "textwrap": ("wrap",),
    "tokenize": (),
    "traceback": ("extract_stack",),
    "urllib.parse": ("quote_from_bytes", "urlparse"),
    "uuid": ("uuid4",),
}
"""Module -> what others take out of it by name when they are loaded, and only ever call."""

_IN_TYPING: Final = (
    *("Coroutine", "Final", "Literal", "ParamSpec", "Protocol", "Self", "TypeAlias", "TypeGuard"),
    *("TypedDict", "get_args", "runtime_checkable"),
)
"""What Textual takes from `typing_extensions`, and every Python that the program runs on has."""


class Later(ModuleType):
    """Stands for a module that is loaded when something of it is used."""

    def __init__(self, name: str, called: tuple[str, ...] = (), **known: object) -> None:
        """Stand for the module of that name.

        Args:
            name: The module.
            called: What of it can be had without loading it, as it is only ever called.
            known: What of it is known without loading it, by name.
        """
        super().__init__(name)
        self.__dict__.update({one: _Called(name, one) for one in called} | known)

    def __getattr__(self, name: str) -> Any:
        """Load the module, and return what it has by that name."""
        if name.startswith("__"):  # what is looked for in all modules that there are
            raise AttributeError(name)
        return getattr(load(self.__name__), name)


class _Called:
    """Stands for a function or a class of a module that is loaded when it is called."""

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    @property
    def _real(self) -> Any:
        return getattr(load(self._module), self._name)

    def __call__(self, *args: Any, **values: Any) -> Any:
        return self._real(*args, **values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def __getitem__(self, kind: Any) -> Any:
        return self._real[kind]

    def __mro_entries__(self, _bases: tuple[Any, ...]) -> tuple[Any, ...]:
        return (self._real,)

    def __instancecheck__(self, value: object) -> bool:
        return isinstance(value, self._real)


def load(name: str) -> ModuleType:
    """Load a module that something else may stand for, and return it."""
    if isinstance(sys.modules.get(name), Later):
        sys.modules.pop(name, None)  # another thread may have been quicker
    return import_module(name)


def put_off() -> None:
    """Have each module loaded later that has not been loaded yet."""
    known = _known()
    for name in MODULES.keys() | known.keys():
        if name not in sys.modules:
            sys.modules[name] = Later(name, MODULES.get(name, ()), **known.get(name, {}))


class _NodeVisitor:
    """Stands for `ast.NodeVisitor`, from which `inspect` derives a class when it is loaded."""

    def visit(self, node: object) -> object:
        """Do what the real one does."""
        return load("ast").NodeVisitor.visit(self, node)

    def generic_visit(self, node: object) -> object:
        """Do what the real one does."""
        return load("ast").NodeVisitor.generic_visit(self, node)


def _known() -> dict[str, dict[str, object]]:
    """Return what of some modules others use at once, although they are loaded later."""
    return {
        "ast": {"NodeVisitor": _NodeVisitor},
        "locale": {"getencoding": _locale.getencoding},
        "pickle": {"dumps": _pickle.dumps, "loads": _pickle.loads},
        "random": {"getrandbits": _random.Random().getrandbits},
        # Textual derives a class from it, of which nothing is made without its list of commands.
        "textual.command": {"Provider": type("Provider", (), {})},
        "typing_extensions": {name: getattr(typing, name) for name in _IN_TYPING},
    }
