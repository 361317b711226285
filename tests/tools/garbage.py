"""Whole apps are made and dropped by the thousand; they are cleared away after every few tests.

To look for garbage as often as is usual takes a quarter of the time, and to look for it never takes
2 GB. So it is looked for between tests, among what tests have made: what was loaded before the
first one is set aside. The program sets aside what it loads at its start as well, which in a test
run would keep each app for good; here it does not.
"""

from __future__ import annotations

import gc
from typing import Final

EVERY: Final = 5
"""Tests."""

_set_aside = gc.freeze
_tests = 0


def collect_between_tests() -> None:
    """Leave the looking for garbage to `after_a_test`."""
    gc.set_threshold(200_000, 1000, 1000)
    vars(gc).update(freeze=lambda: None)


def after_a_test() -> None:
    """Clear away what the last few tests have dropped."""
    global _tests  # noqa: PLW0603 - one for each process
    _tests += 1
    if _tests % EVERY == 1:
        gc.collect()
    if _tests == 1:
        _set_aside()
