"""`mentor` without a command."""

from __future__ import annotations

import sys

from data.storage.problems import NO_MENTOR, StorageError
from tui.cli.call import Call, Status


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
        if problem.kind not in NO_MENTOR:
            raise
        # few are members of a team and no mentors
        from tui.cli.visitors_printed import print_for_others

        return print_for_others(call, problem)
    return Status.DONE
