"""Other sessions that have the same open, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from data.i18n import _
from data.storage.protocol import Presence


def who_since(sessions: Iterable[Presence], own: str) -> str:
    """Return who has it open, and since when: "Bodil Holm since 13:02".

    A file knows their login names only, a server also the names that colleagues use.

    Everybody is named once, however many windows they have, with the time of the first of them.

    Args:
        sessions: The other sessions.
        own: The login name of the user, who is not told it.
    """
    first: dict[str, datetime] = {}
    names: dict[str, str] = {}
    for one in sessions:
        since = datetime.fromisoformat(one.since)
        first[one.by] = min(since, first.get(one.by, since))
        names[one.by] = one.name or one.by
    return ", ".join(_one(names[by], since, own=by == own) for by, since in first.items())


def _one(name: str, since: datetime, *, own: bool) -> str:
    text = _("you in another window since {time}") if own else _("{name} since {time}")
    return text.format(name=name, time=since.strftime("%H:%M"))
