"""Values as JSON that people may see on a terminal, and programs read."""

from __future__ import annotations

import json

from data.text import UNWANTED


def json_text(value: object, indent: int = 2) -> str:
    r"""Return a value as JSON in which all that may steer a terminal is written as `\uXXXX`.

    Whoever reads the JSON gets the same value. Such a character stands inside strings only, for of
    all that JSON has between them the line end alone is one, and it is wanted.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return UNWANTED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
