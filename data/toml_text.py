"""TOML that people have written, read with care: whatever a text holds, it is values or one fault.

`tomllib` takes some texts that nothing else could go on with: tables in tables a thousand deep,
numbers of a thousand digits, and keys so long that it would be at them for minutes.
"""

from __future__ import annotations

import re
from typing import Any, Final

DEEPEST: Final = 32
"""How deep tables and lists may stand in one another: many times what any file here needs."""
_LARGEST: Final = 1 << 63
"""TOML's whole numbers have 64 bits."""
_PART: Final = r"(?:[A-Za-z0-9_-]++|\"[^\"\n]*+\"|'[^'\n]*+')"
_TOO_LONG: Final = re.compile(
    rf"(?<![A-Za-z0-9_-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{DEEPEST}}}",
)
"""A key of more parts than that, which `tomllib` makes as many tables of."""


class NotToml(Exception):
    """A text is not TOML, or no file that people write."""

    def __init__(self, line: int, said: str = "", *, is_too_deep: bool = False) -> None:
        super().__init__(said)
        self.line = line
        """The line of the first fault, from 1."""
        self.is_too_deep = is_too_deep
        """Whether tables stand deeper in one another than `DEEPEST`."""


def toml_values(text: str) -> dict[str, Any]:
    """Return the values of a TOML text.

    Raises:
        NotToml: There is none, and where; `str()` is what `tomllib` says, in English.
    """
    import tomllib  # loaded when first needed: most starts read no such file

    last = max(1, len(text.splitlines()))
    if found := _TOO_LONG.search(text):
        raise NotToml(text.count("\n", 0, found.start()) + 1, is_too_deep=True)
    try:
        values = tomllib.loads(text)
    except RecursionError as error:
        raise NotToml(last, is_too_deep=True) from error
    except ValueError as error:  # not only a TOMLDecodeError: a number may have too many digits
        # The exception tells the line only in its message, and not for a fault at the end.
        place = re.search(r"at line (\d+)", str(error))
        raise NotToml(int(place[1]) if place else last, str(error)) from error
    _check(values, last)
    return values


def _check(values: dict[str, Any], last: int) -> None:
    """Raise `NotToml` where tables stand too deep, or a number is none of TOML's."""
    layer: list[Any] = [values]
    for _depth in range(DEEPEST):
        inner: list[Any] = []
        for one in layer:
            inner += one.values() if isinstance(one, dict) else one
        if any(isinstance(one, int) and not -_LARGEST <= one < _LARGEST for one in inner):
            raise NotToml(last)
        layer = [one for one in inner if isinstance(one, dict | list)]
    if layer:
        raise NotToml(last, is_too_deep=True)
