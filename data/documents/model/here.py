"""What holds on this computer, for the text that tells a mentee about their data.

The settings and the file that is open say it. The program notes it when it opens a file, as it
notes its language; a document asks here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from data.frozen import immutable


@immutable
class Here:
    """After how long data is due for deletion here and gone, and who can read it."""

    private_days: int = 0
    """How many days after the close private notes are due for deletion."""
    rest_days: int = 183
    """How many days after the close all else is due."""
    backup_days: int | None = 56
    """After how many days a deleted record is in no backup any more; None where the program does
    not make the backups: those of a server."""
    readers: Callable[[str], Sequence[str]] = lambda _about: ()
    """Returns who can read what is kept about a mentee, a sentence each; it gets the mentee's name
    as it is in the names of files. Nothing where nobody can say."""


class _State:
    """What was noted last."""

    here = Here()


def set_here(here: Here) -> None:
    """Note what holds here, from now on."""
    _State.here = here


def here() -> Here:
    """Return what holds here."""
    return _State.here
