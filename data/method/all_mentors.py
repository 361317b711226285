"""Who may see all mentors of the team on one page, by the counts that each publishes.

In files that is whoever can read the folder. On a server it is a coordinator of the team, whom the
administrator makes one.
"""

from __future__ import annotations

from data.i18n import _


def sees_all_mentors(coordinates: bool | None) -> bool:
    """Return whether the page of all mentors is offered.

    Args:
        coordinates: Whether the user is a coordinator on the server of the records; None where that
            is not known yet, or there is no server.
    """
    return coordinates is not False


def why_not_all_mentors(coordinates: bool | None) -> str:
    """Return why the page is not offered, and what to do; "" where it is. Takes what is above."""
    if sees_all_mentors(coordinates):
        return ""
    return _(
        "Only a coordinator sees all mentors of the team. Those who look after the server can make"
        " you one; then start the program again"
    )
