"""What a talk can ask besides the guide's questions, by keys (R35, R42, R44, R50, R76)."""

from __future__ import annotations

from textual.pilot import Pilot

from data.clock import today
from data.i18n import _
from data.library import text
from data.records import Agreement, Answer, Mentee, Question, Talk, TalkState, Tip
from data.store.change import Change
from data.store.store import Store
from screens.library.culture import CultureScreen
from screens.talk.screen import TalkScreen
from tests.screens.conftest import screen_text
from tests.screens.talk.tools import enter, go, write
from tui.app import MentorApp

Keys = Pilot[int]


def mentee(store: Store, name: str = "Emil") -> Mentee:
    return next(one for one in store.all(Mentee) if one.name.startswith(name))


async def begin(app: MentorApp, pilot: Keys, name: str = "Emil") -> TalkScreen:
    """Begin the next talk of a mentee who has none under way."""
    return await enter(app, pilot, mentee(app.store, name))


def said(store: Store, key: str) -> Answer:
    talk = next(one for one in store.all(Talk) if one.state is TalkState.RUNNING)
    return next(
        one
        for one in store.of(Answer, talk.mentee_id)
        if one.talk_id == talk.id and one.key.startswith(key)
    )


def only_maja_has_ended(store: Store) -> None:
    """Put the example's unfinished talk aside, so that the talk begun here is the only one."""
    for talk in store.all(Talk):
        if talk.state is TalkState.RUNNING:
            store.commit([Change.edited(talk, state=TalkState.ARCHIVED)], "x")


async def test_one_key_asks_a_question_thought_of_now(app: MentorApp) -> None:
    only_maja_has_ended(app.store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(app, pilot)
        await go(app, pilot, "works")
        await pilot.press("ctrl+o", "pagedown", "enter")
        await pilot.pause()
        await write(pilot, "Hvad hjalp")
        await pilot.press("f10")
        await pilot.pause()
        await write(pilot, "Kollegerne")
        await pilot.pause()
        answer = said(app.store, "asked:")

        assert screen.pane.step.question == "Hvad hjalp"
        assert (answer.question, answer.mentee) == ("Hvad hjalp", "Kollegerne")


async def test_a_closed_question_is_asked_with_a_soft_word(app: MentorApp) -> None:
    only_maja_has_ended(app.store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(app, pilot)
        await go(app, pilot, "works")
        await pilot.press("ctrl+o", "pagedown", "enter")
        await pilot.pause()
        await write(pilot, "Kan du lide det")
        await pilot.pause()
        word = _("This can be answered with yes or no. What open question could follow?")
        assert word[:40] in screen_text(app)
        await pilot.press("f10")
        await pilot.pause()

        assert screen.pane.step.question == "Kan du lide det"


async def test_an_own_question_is_a_step_and_keeps_its_words_when_edited(app: MentorApp) -> None:
    only_maja_has_ended(app.store)
    own = Question(text="Hvad undrer dig?")
    app.store.commit([Change.created(own)], "x")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(app, pilot)
        await go(app, pilot, "own")
        await write(pilot, "Tempoet")
        await pilot.pause()
        app.store.commit([Change.edited(own, text="Hvad savner du?")], "x")
        await pilot.pause()

        assert screen.pane.step.question == "Hvad undrer dig?"
        assert said(app.store, "own:").question == "Hvad undrer dig?"


async def test_a_question_taken_away_under_a_draft_leaves_its_answer(app: MentorApp) -> None:
    only_maja_has_ended(app.store)
    own = Question(text="Hvad undrer dig?")
    app.store.commit([Change.created(own)], "x")
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        await go(app, pilot, "own")
        await write(pilot, "Tempoet")
        await pilot.pause()
        there = app.store.get(Question, own.id)
        assert there is not None
        app.store.commit([Change.deleted(there)], "x")
        await pilot.pause()

        assert "Tempoet" in screen_text(app)
        assert said(app.store, "own:").mentee == "Tempoet"


async def test_the_opening_card_shows_the_culture_until_it_is_gone_through(app: MentorApp) -> None:
    only_maja_has_ended(app.store)
    emil = mentee(app.store)
    app.store.commit([Change.edited(emil, culture_seen_on=None)], "x")
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        assert text("da", "sparring_culture")[:30] in " ".join(screen_text(app).split())
        await pilot.press("ctrl+o", "down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CultureScreen)
        await pilot.press("d", "escape")
        await pilot.pause()

        assert mentee(app.store).culture_seen_on == today()
        assert text("da", "sparring_culture")[:30] not in screen_text(app)


async def test_the_opening_card_tells_the_time_and_the_managers_word(app: MentorApp) -> None:
    only_maja_has_ended(app.store)
    emil = mentee(app.store)
    agreement = Agreement(
        mentee_id=emil.id, hours_mentee="2 timer", manager_confirmed_on=today(), agreed_on=today()
    )
    app.store.commit([Change.created(agreement)], "x")
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)

        assert _("mentee {time}").format(time="2 timer") in screen_text(app)


async def test_three_words_are_private_and_optional(app: MentorApp) -> None:
    only_maja_has_ended(app.store)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(app, pilot)
        await go(app, pilot, "wellbeing")
        await pilot.press("ctrl+o", "down", "enter")
        await pilot.pause()
        await pilot.press("space", "f10")
        await pilot.pause()
        answer = said(app.store, "wellbeing")
        line = _("I know what is expected of me")
        seen = line in screen_text(app)
        await pilot.press("f6")
        await pilot.pause()
        hidden = line not in screen_text(app)
        await pilot.press("ctrl+o", "down", "enter")
        await pilot.pause()

        assert (list(answer.pulse), answer.private, seen, hidden) == (["role"], True, True, True)
        assert isinstance(app.screen, TalkScreen), "no form of private words in the shared view"


async def test_what_the_mentor_learned_becomes_a_tip(app: MentorApp) -> None:
    only_maja_has_ended(app.store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(app, pilot)
        await go(app, pilot, "close")
        await pilot.press("f3", "6")
        await pilot.pause()
        assert app.store.all(Tip) == []
        screen.pane.enter("mentor")
        await write(pilot, "Vent lidt")
        await pilot.press("f3", "enter")
        await pilot.pause()
        await pilot.press("f10")
        await pilot.pause()

        assert [tip.text for tip in app.store.all(Tip)] == ["Vent lidt"]
