"""`mentor` without a command."""

from __future__ import annotations

import sys

from tui.cli.call import Call, Status


def bare(call: Call) -> int:
    """Open the app, or print what needs attention today where there is no terminal."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        # each way loads what it needs, and not what the other does
        from tui.cli.screen import open_app

        return open_app(call)
    # as above
    from tui.cli.read import print_today

    print_today(call)
    return Status.DONE
