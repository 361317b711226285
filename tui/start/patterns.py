"""Regular expressions that are compiled when something is first looked for.

Textual and Rich compile some 80 of them when they are loaded, which takes as long as reading a
seventh of their modules. Most are for what this program never does, or does later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

_compile: Final = re.compile


class LatePattern:
    """What `re.compile` returns, but compiled when it is first used."""

    def __init__(self, pattern: Any, flags: Any = 0) -> None:
        """Keep what `re.compile` takes."""
        self.pattern = pattern
        self._flags = flags

    # What `re` itself asks of a pattern that is given to one of its functions.
    __class__ = property(lambda _self: re.Pattern)

    def __getattr__(self, name: str) -> Any:
        """Return what the pattern has by that name."""
        return getattr(self.compiled(), name)

    def compiled(self) -> re.Pattern[Any]:
        """Return the pattern. From now on its methods are this one's own."""
        pattern = _compile(self.pattern, self._flags)
        self.__dict__.update({name: getattr(pattern, name) for name in _METHODS})
        return pattern


_METHODS: Final = ("match", "search", "fullmatch", "finditer", "findall", "split", "sub", "subn")


def _late(name: str) -> Callable[..., Any]:
    def method(self: LatePattern, *args: Any, **values: Any) -> Any:
        return getattr(self.compiled(), name)(*args, **values)

    return method


for _name in _METHODS:
    # Such a method may be taken out of the pattern, as Textual does, without its being compiled.
    setattr(LatePattern, _name, _late(_name))


@contextmanager
def compiled_later() -> Iterator[None]:
    """Have what is loaded meanwhile compile its patterns when they are used."""
    vars(re)["compile"] = LatePattern
    try:
        yield
    finally:
        vars(re)["compile"] = _compile
