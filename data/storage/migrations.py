"""The way up from each earlier form of the file: pure functions from tables to tables.

Step `n` leads from form `n` to form `n + 1`. Form 0 is a TinyDB file that this program did not
write. The file as it was is kept aside before the first step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from data.storage.protocol import Tables

Step = Callable[[Tables], Tables]


def _from_plain(tables: Tables) -> Tables:
    """Take in a plain TinyDB file: its tables are ours, without the empty default one."""
    return {name: docs for name, docs in tables.items() if docs}


STEPS: Mapping[int, Step] = {0: _from_plain}


def upgrade(tables: Tables, start: int, goal: int) -> Tables:
    """Lead tables from one form to another, one step at a time. Raises KeyError without a way."""
    for number in range(start, goal):
        tables = STEPS[number](tables)
    return tables
