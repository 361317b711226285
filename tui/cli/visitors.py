"""What there is on a server for a coordinator or a manager who is no mentor."""

from __future__ import annotations

from collections.abc import Callable

from data.paths import is_stand_in
from data.storage.problems import ErrorKind, StorageError
from tui.cli.call import Call


def kinds_of(call: Call, problem: StorageError) -> list[str]:
    """Return as what the user is a member on the server of the records.

    Raises:
        StorageError: What is given: there is no server, or the user is nothing on it.
    """
    if not is_stand_in(call.path):
        raise problem
    # psycopg may not be there without a server
    from data.storage.postgres.visiting import COORDINATOR, MANAGER, kinds_at
    from data.store.opening_server import NotOpened

    try:
        kinds = kinds_at(call.path)
    except StorageError as again:  # as what it was told of already
        raise problem from again
    if not kinds and problem.kind is ErrorKind.NO_MEMBER:
        # whether the user is to be a mentor, or was a manager, nobody knows
        nothing = StorageError(ErrorKind.IN_NO_TEAM, name=problem.name, who=problem.who)
        raise (
            NotOpened(nothing, problem.kept) if isinstance(problem, NotOpened) else nothing
        ) from problem
    if not {COORDINATOR, MANAGER} & set(kinds):
        raise problem
    return kinds


def open_for_others(call: Call, problem: StorageError, open_page: Callable[..., int]) -> int:
    """Open what there is for one who is no mentor; its exit status.

    Args:
        call: The use of the command line.
        problem: Why there are no records to open.
        open_page: Opens one page alone, by its name among the places.

    Raises:
        StorageError: What is given, where there is nothing.
    """
    # as above
    from data.storage.postgres.visiting import COORDINATOR, MANAGER

    kinds = kinds_of(call, problem)
    manages = call.path if MANAGER in kinds else None
    if COORDINATOR in kinds:
        return open_page(call, "workplace", [call.path], manages=manages)
    return open_page(call, "received", manages, manages=manages)
