"""What a coordinator or a manager who is no mentor is shown without a terminal."""

from __future__ import annotations

from data.storage.postgres.visiting import COORDINATOR, MANAGER
from data.storage.problems import StorageError
from tui.cli.call import Call, Status
from tui.cli.overview import print_overview
from tui.cli.release import print_received
from tui.cli.visitors import kinds_of


def print_for_others(call: Call, problem: StorageError) -> int:
    """Print what there is for one who is no mentor.

    Raises:
        StorageError: What is given, where there is nothing.
    """
    kinds = kinds_of(call, problem)
    if COORDINATOR in kinds:
        print_overview(call, [call.path])
    if MANAGER in kinds:
        print_received(call)
    return Status.DONE
