"""The text of a published file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from data.published.schema import FORMAT, HEAD, MENTEE, Field, Published, fits


def text_of(published: Published) -> str:
    """Return the text of the file: JSON, one mentee on each line.

    Raises:
        ValueError: A value is none that may stand there.
    """
    head = {"format": FORMAT, "written": published.written, "capacity": published.capacity}
    start = _json(head.items(), HEAD)[:-1]
    rows = (
        _json(((name, getattr(one, name)) for name in MENTEE), MENTEE) for one in published.mentees
    )
    listed = ",\n".join(rows)
    inside = f"\n{listed}\n" if listed else ""
    return f'{start}, "mentees": [{inside}]}}\n'


def _json(values: Iterable[tuple[str, Any]], fields: Mapping[str, Field]) -> str:
    """Return an object as JSON, with nothing that its fields may not have."""
    found = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in values
    }
    for name, value in found.items():
        plain = int(value) if isinstance(value, int) and type(value) is not bool else value
        if not fits(fields[name], plain):
            raise ValueError(name)
        found[name] = plain
    return json.dumps(found, ensure_ascii=False)
