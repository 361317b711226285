"""What still has a record that was deleted, in words: said before anybody is asked."""

from __future__ import annotations

from data.i18n import _
from data.storage.kept.policy import longest_days


def still_has_it(*, on_server: bool) -> str:
    """Return what has a record for a while when it has been deleted, and what takes it there, too.

    `on_server` says that the records are on a server, whose backups the program does not make.
    """
    if on_server:
        return _(
            "The server still has it in its history, and in its backups for as long as those are"
            " kept; mentor forget deletes it from the history."
        )
    text = _("Backups keep it for up to {days} days; mentor forget deletes it there, too.")
    return text.format(days=longest_days())
