"""How many values hypothesis draws for a test that is made for each kind of record."""

from __future__ import annotations

from hypothesis import settings


def few() -> int:
    """Return a fifth of what is usual: for each of five kinds and more, that is enough."""
    return settings.get_profile(settings.get_current_profile_name()).max_examples // 5
