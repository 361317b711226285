"""Who else has the same open: everybody once, as they log in, and oneself as another window."""

from __future__ import annotations

import pytest

from data.i18n import set_language
from data.storage.protocol import Presence
from screens.frame.others import who_since


def session(by: str, time: str) -> Presence:
    return Presence(session=f"{by}{time}", by=by, since=f"2026-11-29T{time}:00+01:00", where="1")


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def test_everybody_is_named_once_with_the_first_time_and_in_no_capitals() -> None:
    there = [session("bodil", "13:05"), session("bodil", "13:02"), session("root", "14:00")]
    assert who_since(there, "met") == "bodil since 13:02, root since 14:00"


def test_oneself_is_another_window() -> None:
    there = [session("met", "13:05"), session("bodil", "13:02"), session("met", "13:01")]
    said = "you in another window since 13:01, bodil since 13:02"
    assert who_since(there, "met") == said
