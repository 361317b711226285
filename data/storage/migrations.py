"""Bringing the tables of an earlier format to the present one.

There is one step for each format, a function from tables to tables: step `n` leads from format `n`
to format `n + 1`. Format 0 is a TinyDB file that this program did not write. Before the first step
the file as it was is kept in quarantine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from data.storage.protocol import Tables

Step = Callable[[Tables], Tables]


def _from_plain(tables: Tables) -> Tables:
    """Take in a plain TinyDB file: all its tables but the empty default one."""
    return {name: docs for name, docs in tables.items() if docs}


STEPS: Mapping[int, Step] = {0: _from_plain}


def upgrade(tables: Tables, start: int, goal: int) -> Tables:
    """Return tables brought from one format to another, one step at a time.

    Raises:
        KeyError: A step is missing.
    """
    for number in range(start, goal):
        tables = STEPS[number](tables)
    return tables
