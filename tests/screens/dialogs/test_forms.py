"""Dialogs under real keys: what is typed stays, one goes on with Enter, saves with F10."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from textual import events

from data.clock import today
from data.dates import DateProblem, echo_date
from data.i18n import _
from data.typed_dates import parse_date
from screens.dialogs.form import Field, FormDialog
from screens.dialogs.pick import PickDialog
from screens.frame.entries import dates_from
from tests.screens.conftest import screen_text
from tests.screens.dialogs.support import ITEMS, focused, opened
from tui.app import MentorApp
from tui.terminal.keys import BurstPaste
from widgets.grid import lettered
from widgets.note_area import NoteArea


def form(**options: Any) -> FormDialog:
    fields = [
        Field("name", "Navn", required="Skriv et navn"),
        Field("day", "Dag", check=dates_from(None).check),
        Field(
            "kind", "Slags", "b", "choice", lettered(("a", "Alfa"), ("b", "Beta"), ("c", "Cæsar"))
        ),
        Field("text", "Tekst", "første\nanden", "lines"),
    ]
    return FormDialog("En formular", fields, **options)


async def test_enter_goes_on_and_f10_saves(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(app, pilot, form())
        await pilot.press(*"Æble", "enter", *"i morgen", "enter", "c", "tab", *" tredje", "f10")

    assert answers == [
        {"name": "Æble", "day": "i morgen", "kind": "c", "text": "første\nanden tredje"}
    ]


async def test_enter_in_the_last_field_saves(app: MentorApp) -> None:
    dialog = FormDialog("Navn", [Field("a", "A"), Field("b", "B")])
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(app, pilot, dialog)
        await pilot.press("x", "enter", "y", "enter")

    assert answers == [{"a": "x", "b": "y"}]


async def test_a_field_says_how_it_is_understood_and_takes_nothing_wrong(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(app, pilot, form())
        await pilot.press("x", "tab", *"31-2", "f10")

        assert answers == []
        with pytest.raises(DateProblem) as problem:
            parse_date("31-2", today())
        assert str(problem.value) in screen_text(app)
        assert "31-2" in screen_text(app)
        await pilot.press("ctrl+u", *"28-2")
        day = parse_date("28-2", today())
        assert day
        assert echo_date(day, today()) in screen_text(app)
        await pilot.press("f10")

    assert answers[0]["day"] == "28-2"


async def test_a_missing_text_is_asked_for_where_it_is_missing(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = form()
        answers = await opened(app, pilot, dialog)
        await pilot.press("tab", "tab", "tab", "f10")

        assert answers == []
        assert dialog.inputs["name"].has_focus
        assert "! Skriv et navn" in screen_text(app)
        await pilot.press("x", "f10")

    assert answers[0]["name"] == "x"


async def test_what_is_wrong_with_all_together_keeps_all(app: MentorApp) -> None:
    def validate(texts: Mapping[str, str]) -> str:
        return "" if texts["kind"] == "a" else "Kun Alfa"

    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(app, pilot, form(validate=validate))
        await pilot.press("x", "f10")
        assert answers == []
        assert "! Kun Alfa" in screen_text(app)
        await pilot.press("tab", "tab", "a", "f10")

    assert answers[0]["name"] == "x"
    assert answers[0]["kind"] == "a"


async def test_escape_asks_again_where_text_would_go(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(app, pilot, form())
        await pilot.press("x", "escape")
        assert answers == []
        assert _("Esc again closes without saving; Ctrl+S or F10 saves") in screen_text(app)
        await pilot.press("y", "escape")
        assert answers == [], "typing on takes the first Esc back"
        await pilot.press("escape")

    assert answers == [None]


async def test_escape_leaves_at_once_where_nothing_was_typed(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(app, pilot, form())
        await pilot.press("tab", "tab", "escape")

    assert answers == [None]


async def test_a_paste_of_several_lines_submits_nothing(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = form()
        answers = await opened(app, pilot, dialog)
        focused(app).post_message(events.Paste("første\r\nanden\x1b[31m\ttredje"))
        await pilot.pause()
        assert dialog.texts()["name"] == "første anden"
        assert dialog.texts()["day"] == "tredje", "what stands behind a tab is the next field's"
        await pilot.press("ctrl+u", "tab", "tab")
        focused(app).post_message(events.Paste("en\r\nto\n"))
        await pilot.pause()
        assert dialog.texts()["text"] == "første\nandenen\nto\n"
        assert answers == []


@pytest.mark.parametrize(
    ("paste", "text"),
    [
        (events.Paste, "Ida Holm\t28-2\tBeta\tførste ord"),
        (BurstPaste, "Ida Holm\t28-2\tBeta\tførste ord"),
        (BurstPaste, "Ida Holm\n28-2\nb\nførste ord\n"),
    ],
)
async def test_a_pasted_tab_leads_to_the_next_field_as_a_typed_one(
    app: MentorApp, paste: type[events.Paste], text: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = form()
        answers = await opened(app, pilot, dialog)
        focused(app).post_message(paste(text))
        await pilot.pause()
        texts = dialog.texts()
        assert (texts["name"], texts["day"], texts["kind"]) == ("Ida Holm", "28-2", "b")
        assert texts["text"].endswith("andenførste ord")
        assert dialog.inputs["text"].has_focus
        await pilot.pause()
        assert "4" in dialog.notice_bar.text
        assert answers == [], "nothing is saved by a paste"


async def test_what_is_pasted_and_has_no_field_or_no_choice_is_said(app: MentorApp) -> None:
    dialog = FormDialog("To", [Field("a", "A"), Field("b", "B")])
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, dialog)
        focused(app).post_message(events.Paste("x\ty\tz z"))
        await pilot.pause()
        assert dialog.texts() == {"a": "x", "b": "y"}
        await pilot.pause()
        assert "z z" in dialog.notice_bar.text


async def test_pasted_lines_that_become_one_are_said(app: MentorApp) -> None:
    said = _("Pasted on one line: line breaks and tabs are blanks here")
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = form()
        await opened(app, pilot, dialog)
        focused(app).post_message(events.Paste("Ida Holm\n28-2"))
        await pilot.pause()
        await pilot.pause()
        assert dialog.texts()["name"] == "Ida Holm 28-2"
        assert said in screen_text(app)
        await pilot.press("escape", "escape")
        await opened(app, pilot, PickDialog("Hvem?", ITEMS))
        focused(app).post_message(events.Paste("Anne\tBeck"))
        await pilot.pause()
        await pilot.pause()
        assert said in screen_text(app)
        await pilot.press("enter")


async def test_a_long_text_is_read_from_its_beginning_until_it_is_gone_on_with(
    app: MentorApp,
) -> None:
    text = "\n".join(f"linje {number}" for number in range(30))
    dialog = FormDialog("Lang", [Field("name", "Navn"), Field("text", "Tekst", text, "lines")])
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, dialog)
        area = dialog.inputs["text"]
        assert isinstance(area, NoteArea)
        assert "linje 0" in screen_text(app)
        assert "linje 29" not in screen_text(app)
        await pilot.press("tab")
        await pilot.pause()
        assert area.cursor_location == area.document.end
        assert "linje 29" in screen_text(app)
        await pilot.press("up", "shift+tab", "tab")
        assert area.cursor_location[0] == 28, "where it was put it stays"


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_a_form_with_many_fields_keeps_its_keys_in_sight(
    app: MentorApp, size: tuple[int, int]
) -> None:
    fields = [Field(f"{number}", f"Felt {number}") for number in range(20)]
    dialog = FormDialog("Mange", fields)
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, dialog)
        for number in range(20):
            shown = screen_text(app)
            assert f"Felt {number} " in shown
            assert f"F10/Ctrl+S {_('Save')}" in shown
            assert app.cursor_position == focused(app).content_region.offset
            await pilot.press("tab")
            await pilot.pause()


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_a_long_message_hides_no_key_of_a_full_form(
    app: MentorApp, size: tuple[int, int]
) -> None:
    fields = [Field(f"{number}", f"Felt {number}") for number in range(30)]
    dialog = FormDialog("Mange", fields)
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, dialog)
        dialog.say("Det her er en lang besked om noget, der er sket, imens man skrev. " * 2)
        await pilot.pause()
        await pilot.pause()
        assert dialog.notice_bar.size.height > 1
        assert f"F10/Ctrl+S {_('Save')}" in screen_text(app)


@pytest.mark.parametrize("size", [(60, 20), (80, 24)], ids=str)
@pytest.mark.parametrize("fields", [1, 9])
async def test_every_word_of_long_texts_is_there_before_any_key(
    app: MentorApp, size: tuple[int, int], fields: int
) -> None:
    words = [f"ord{number:02}" for number in range(22)]
    long = [
        Field(f"{number}", f"Felt {number}", " ".join(words), "lines") for number in range(fields)
    ]
    dialog = FormDialog("Lang", long)
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot, dialog)
        shown = screen_text(app)
        assert [word for word in words if word not in shown] == []
        for area in dialog.query(NoteArea):
            lines = area.wrapped_document.lines
            longest = max(len(part) for line in lines for part in line)
            assert longest <= area.scrollable_content_region.width
