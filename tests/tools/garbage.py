"""Whole apps are made and dropped by the thousand; they are cleared away after every few of them.

To look for garbage as often as is usual takes a quarter of the time, and to look for it never takes
2 GB. So it is looked for between tests, when a few apps have been made. What is left then, such as
modules and the tests themselves, is set aside and not looked at again, unless an app is among it
that may still go; one that has outlived two of these times is there for good. The program sets
aside what it loads at its start as well, which would keep apps for good; here it does not.
"""

from __future__ import annotations

import gc
from typing import Any, Final
from weakref import WeakSet

from textual.app import App

APPS: Final = 5
TESTS: Final = 40
"""After so many apps or tests it is looked for garbage."""

_set_aside = gc.freeze
_made = App.__init__
_alive: WeakSet[App[Any]] = WeakSet()
_were_alive: WeakSet[App[Any]] = WeakSet()
"""The apps that were there the last time."""
_apps = 0
_tests = 0


def collect_between_tests() -> None:
    """Leave the looking for garbage to `before_a_test`."""
    gc.set_threshold(200_000, 1000, 1000)
    vars(gc).update(freeze=lambda: None)
    setattr(App, "__init__", _counted)  # noqa: B010 - as mypy would have it otherwise


def _counted(app: App[Any], *args: Any, **kwargs: Any) -> None:
    global _apps  # noqa: PLW0603 - one for each process
    _apps += 1
    _alive.add(app)
    _made(app, *args, **kwargs)


def before_a_test() -> None:
    """Clear away what the last few tests have dropped."""
    global _apps, _tests, _were_alive  # noqa: PLW0603 - one for each process
    _tests += 1
    if _apps >= APPS or _tests >= TESTS:
        _apps = _tests = 0
        gc.collect()
        if all(app in _were_alive for app in _alive):
            _set_aside()
        _were_alive = WeakSet(_alive)
