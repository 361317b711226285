"""What is said of released documents, on the screen and by commands."""

from __future__ import annotations

from collections.abc import Iterable

from data.dates import show_date
from data.i18n import _
from data.released.on_server import Holder, Received
from data.text import clean


def when_text(one: Holder | Received) -> str:
    """Return when something was released, as a date; "–" where it does not say so."""
    return show_date(one.at.date()) if one.at is not None else "–"


def holder_line(one: Holder) -> str:
    """Return who has the status, since when and from whom."""
    said = _("{name} has the status of {date}, released by {mentor}.")
    return said.format(name=plain(one.name), date=when_text(one), mentor=one.by)


def released_text(one: Received) -> str:
    """Return when something was released to the user, and by whom."""
    return _("Released {date} by {mentor}").format(date=when_text(one), mentor=one.by)


def received_line(one: Received) -> str:
    """Return what was released to the user, when and by whom."""
    said = _("{title}: released {date} by {mentor}")
    return said.format(title=one.title, date=when_text(one), mentor=one.by)


def names_text(names: Iterable[str]) -> str:
    """Return the names of managers, as one text."""
    return ", ".join(map(plain, names))


def plain(text: str) -> str:
    """Return a name that others have written in one line, without what steers a terminal."""
    return clean(text, lines=False)


def no_manager_text() -> str:
    """Say that there is nobody to release anything to."""
    return _("Your team has no manager on the server yet. Those who look after it can make one.")


def nothing_text() -> str:
    """Say to a manager that there is nothing yet, and what leads to something."""
    return _(
        "No status has been released to you yet. When mentor and mentee have agreed on one, it can"
        " be released to you. Then it is here."
    )
