"""`mentor` without a command."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from data.storage.problems import ErrorKind, StorageError
from tui.cli.call import Call, Status, kinds_of


def bare(call: Call) -> int:
    """Open the app, or print what needs attention today where there is no terminal."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        # each way loads what it needs, and not what the other does
        from tui.cli.screen import open_app

        return open_app(call)
    # as above
    from tui.cli.read import print_today

    try:
        print_today(call)
    except StorageError as problem:
        if problem.kind is not ErrorKind.NO_MEMBER or (kinds := kinds_of(call)) is None:
            raise
        return _print_for_others(call, kinds, problem)
    return Status.DONE


def _print_for_others(call: Call, kinds: Sequence[str], problem: StorageError) -> int:
    """Print what there is for a coordinator or a manager who is no mentor.

    Raises:
        StorageError: What is given, where there is nothing.
    """
    # few have their records on a server
    from data.storage.postgres.visiting import COORDINATOR, MANAGER

    if not {COORDINATOR, MANAGER} & set(kinds):
        raise problem
    if COORDINATOR in kinds:
        # as above
        from tui.cli.overview import print_overview

        print_overview(call, [call.path])
    if MANAGER in kinds:
        # as above
        from tui.cli.release import print_received

        print_received(call)
    return Status.DONE
