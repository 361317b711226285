"""Other sessions that have the same open, in words."""

from __future__ import annotations

from datetime import datetime

from data.i18n import _
from data.storage.protocol import Presence


def who_since(one: Presence) -> str:
    """Return who has it open, and since when: "BODIL since 13:02"."""
    time = datetime.fromisoformat(one.since).strftime("%H:%M")
    return _("{name} since {time}").format(name=one.by.upper(), time=time)
