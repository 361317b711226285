"""The example on a server: it says what colleagues see, and nobody in it is to have a login."""

from __future__ import annotations

from data.i18n import _
from data.records import Mentee
from data.store.store import Store
from tests.screens.on_server.test_access_ends import words
from tui.app import MentorApp


async def test_it_says_what_colleagues_see_and_asks_no_login_for_the_made_up(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("E")
        await keys.pause()
        said = _("Until then the made-up people are proposed to your colleagues, too.")
        assert said in words(app)
        await keys.press("y")
        assert store.flush()
        await keys.pause()
        assert sum(one.example for one in store.all(Mentee)) == 3
        assert "gets no access" not in words(app)
