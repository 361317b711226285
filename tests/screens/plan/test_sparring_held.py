"""Sparring that was held does not stand in the plan as one to come."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.clock import today
from data.dates import show_near
from data.method.plan.agreed import SinceAgreed
from screens.plan.columns import row
from tests.data.method.build import bare, task


@pytest.mark.parametrize(
    ("planned", "held", "shown"),
    [
        (0, None, "{planned}"),
        (0, 0, "✓ {held}"),
        (-3, -1, "✓ {held}"),
        (2, -1, "{planned}"),
    ],
)
def test_the_cell_says_when_sparring_is_or_was(planned: int, held: int | None, shown: str) -> None:
    on = today() + timedelta(days=planned)
    held_on = None if held is None else today() + timedelta(days=held)
    one = task(sparring_on=on, sparring_held_on=held_on)
    cells = row(bare(one), one, today(), SinceAgreed()).cells
    days = {"planned": show_near(on, today()), "held": show_near(held_on or on, today())}
    assert cells["sparring_on"] == shown.format(**days)
