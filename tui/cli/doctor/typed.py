"""`mentor doctor --typed`: shows texts that were being typed and are on this computer alone.

They come back by themselves when the records can be opened. Until then, and where a login is no
mentor any more, this is the way to them. Nothing is changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

from data.i18n import _, ngettext
from data.paths import is_stand_in
from data.queries.clashes import what_of
from data.records import Conflict
from data.storage.typed.drafts import LeftDrafts
from data.store.conflicts import conflicts_of_draft
from data.store.opening_team import own_file
from tui.cli.base import say_json, say_wrapped
from tui.cli.call import Status


def show_typed(path: Path, *, as_json: bool) -> NoReturn:
    """Print the texts that sessions left which have ended, and end with its status.

    Args:
        path: The record file, or the stand-in of a server.
        as_json: Whether to print JSON.
    """
    found, in_open_sessions = _texts(path)
    if as_json:
        say_json([{"what": what_of(one), "text": one.mine} for one in found])
        raise SystemExit(Status.DONE)
    for one in found:
        say_wrapped(what_of(one))
        for line in one.mine.split("\n"):
            say_wrapped(line, "  ")
    if in_open_sessions:
        said = ngettext(
            "{number} text is not saved yet in a session that is open; it is shown there.",
            "{number} texts are not saved yet in sessions that are open; they are shown there.",
            in_open_sessions,
        )
        say_wrapped(said.format(number=in_open_sessions))
    elif not found:
        say_wrapped(_("No texts are on this computer alone."))
    raise SystemExit(Status.DONE)


def _texts(path: Path) -> tuple[list[Conflict], int]:
    """Return the texts, as the conflicts that would keep them, and how many open sessions have."""
    beside = path if is_stand_in(path) else own_file(path) or path
    left = LeftDrafts(beside, looking=True, known=dict)
    try:
        drafts, in_open_sessions = left.recovered(), left.open_texts
    finally:
        left.close()
    return [one for draft in drafts for one in conflicts_of_draft(draft)], in_open_sessions
