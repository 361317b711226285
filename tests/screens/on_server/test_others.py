"""Who else has the same open on a server: by the name that colleagues use, not the login."""

from __future__ import annotations

from data.clock import now
from data.records import Mentee, Talk, TalkState
from data.storage.postgres import forgetting
from data.storage.upkeep.going import Wanted
from data.store.change import Change
from tests.data.storage.postgres.team_server import TeamServer
from tests.screens.on_server.test_access_ends import press, words
from tests.tools.hurry import until
from tui.app import MentorApp


async def test_a_colleague_who_has_it_open_is_named(app: MentorApp, team: TeamServer) -> None:
    hers = team.opened("met", threaded=True)
    async with app.run_test(size=(80, 24)) as keys:
        (maja,) = hers.store.all(Mentee)
        hers.store.announce(maja.id)
        await until(lambda: any(one.where for one in app.store.others))
        await press(app, keys, ("enter",))
        assert "Also open with Mette Vind since" in words(app)
    hers.close()


async def test_a_colleague_who_deletes_somebody_for_good_is_named(
    app: MentorApp, team: TeamServer
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        (maja,) = app.store.all(Mentee)
        hers = team.backend("met")
        hers.load()
        wanted = Wanted("mentee", frozenset({maja.id}), frozenset({("mentees", maja.id)}))
        forgetting.forget(hers, forgetting.going(hers, wanted).deletion, maja.id)
        hers.close()
        await until(lambda: not app.store.all(Mentee))
        await keys.pause()
        assert "Mette Vind has deleted Maja Holm for good." in words(app)


async def test_a_colleague_who_ends_the_talk_is_named(app: MentorApp, team: TeamServer) -> None:
    hers = team.opened("met", threaded=True)
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await press(app, keys, ("enter", "t", *"ord"))

        def under_way() -> list[Talk]:
            hers.store.pump()
            return [one for one in hers.store.all(Talk) if one.state is TalkState.RUNNING]

        await until(under_way)
        (talk,) = under_way()
        await until(lambda: any(one.name for one in app.store.others))
        hers.store.commit([Change.edited(talk, state=TalkState.HELD, ended_at=now())])
        await until(lambda: "Mette Vind has ended the talk." in words(app))
    hers.close()
