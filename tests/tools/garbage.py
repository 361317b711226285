"""Whole apps are made and dropped by the thousand; they are cleared away after every few tests.

To look for garbage as often as is usual takes a quarter of the time, and to look for it never takes
2 GB. So it is looked for between tests. What the first of them have loaded is set aside, and not
looked at again. The program sets aside what it loads at its start as well, which would keep apps
for good; here it does not.
"""

from __future__ import annotations

import gc
from typing import Final

EVERY: Final = 5
"""Tests."""
SET_ASIDE: Final = 60
"""Tests, after which nothing is set aside any more: now and then an app of theirs is kept too."""

_set_aside = gc.freeze
_tests = 0


def collect_between_tests() -> None:
    """Leave the looking for garbage to `before_a_test`."""
    gc.set_threshold(200_000, 1000, 1000)
    vars(gc).update(freeze=lambda: None)


def before_a_test() -> None:
    """Clear away what the last few tests have dropped."""
    global _tests  # noqa: PLW0603 - one for each process
    if _tests % EVERY == 0:
        gc.collect()
        if _tests <= SET_ASIDE:
            _set_aside()
    _tests += 1
