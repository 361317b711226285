"""The rail of steps, the question, and the texts under it."""

from __future__ import annotations

from textual.app import App, ComposeResult

from widgets.question_card import Card, QuestionCard
from widgets.step_rail import RailStep, StepRail
from widgets.word_fields import WordField, WordFields

STEPS = [RailStep(str(n), f"Step {n}", filled=n < 3) for n in range(20)]


class Shown(App[None]):
    """The three widgets under each other."""

    CSS = "StepRail { height: 6; } QuestionCard { height: 4; }"

    def compose(self) -> ComposeResult:
        self.rail, self.card, self.words = StepRail(), QuestionCard(), WordFields()
        self.told: list[str] = []
        yield self.rail
        yield self.card
        yield self.words

    def on_word_fields_typed(self, event: WordFields.Typed) -> None:
        self.told.append(event.key)


def lines(app: App[None]) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


async def test_the_rail_marks_the_step_and_ticks_the_filled_ones() -> None:
    app = Shown()
    async with app.run_test(size=(40, 20)) as pilot:
        app.rail.show(STEPS[:5], "1")
        await pilot.pause()
        assert lines(app)[:5] == [
            " Step 0        ✓",
            "▎Step 1        ✓",
            " Step 2        ✓",
            " Step 3",
            " Step 4",
        ]


async def test_the_step_at_hand_is_in_sight_on_a_low_rail() -> None:
    app = Shown()
    async with app.run_test(size=(40, 20)) as pilot:
        for at in (0, 7, 19, 3):
            app.rail.show(STEPS, str(at))
            await pilot.pause()
            seen = lines(app)[:6]
            assert any(line.startswith(f"▎Step {at}") for line in seen), seen


async def test_a_click_asks_for_the_step_under_it() -> None:
    app = Shown()
    picked: set[str] = set()

    def picking(message: object) -> None:
        if isinstance(message, StepRail.Picked):
            picked.add(message.key)

    async with app.run_test(size=(40, 20), message_hook=picking) as pilot:
        app.rail.show(STEPS, "19")
        await pilot.pause()
        await pilot.click(StepRail, offset=(3, 1))
        assert picked == {"15"}


async def test_user_text_on_a_card_is_no_markup() -> None:
    app = Shown()
    async with app.run_test(size=(60, 20)) as pilot:
        app.card.show(Card("1 of 6", "What of [red]x[/]?", "a hint", ("a probe",)))
        await pilot.pause()
        assert lines(app)[6:9] == ["1 of 6", "What of [red]x[/]?", "a hint"]
        app.card.show(app.card.card, probing=True)
        await pilot.pause()
        assert lines(app)[8] == "· a probe"


async def test_texts_tell_what_is_typed_and_an_opening_alone_is_nothing() -> None:
    app = Shown()
    async with app.run_test(size=(40, 24)) as pilot:
        app.words.show([WordField("a", "A"), WordField("b", "B", opening="I think ")])
        app.words.enter("b")
        await pilot.pause()
        assert app.words.text("b") == ""
        await pilot.press("x")
        await pilot.pause()
        assert app.told == ["b"]
        assert app.words.take() == [("b", "", "I think x")]
        assert app.words.take() == []
        await pilot.press("backspace")
        await pilot.pause()
        assert app.words.take() == [("b", "I think x", "")]


async def test_showing_the_same_words_again_keeps_the_cursor() -> None:
    app = Shown()
    fields = [WordField("a", "A", "one two")]
    async with app.run_test(size=(40, 24)) as pilot:
        app.words.show(fields)
        app.words.enter("a")
        await pilot.press("home")
        await pilot.press("z")
        await pilot.pause()
        app.words.show([WordField("a", "A", "zone two")])
        await pilot.press("y")
        await pilot.pause()
        assert app.words.text("a") == "zyone two"


async def test_the_line_at_hand_is_the_one_with_the_cursor() -> None:
    app = Shown()
    async with app.run_test(size=(40, 24)) as pilot:
        app.words.show([WordField("a", "A", "first\n  second  \nthird")])
        app.words.enter("a")
        await pilot.pause()
        await pilot.press("up")
        assert app.words.line == "second"
