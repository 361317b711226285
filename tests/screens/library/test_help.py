"""Help and the guide: the keys of the screen by name, its part of the guide, nothing in English."""

from __future__ import annotations

import pytest

from data.i18n import _, set_language
from data.library import guide, screen_help
from screens.dialogs.form import FormDialog
from screens.dialogs.help import HelpDialog
from screens.dialogs.palette import commands
from screens.frame.help_keys import key_lines
from screens.library.guide import GuideScreen
from screens.library.help import HelpScreen
from screens.note.screen import NoteScreen
from screens.people.screen import PeopleScreen
from screens.roles.screen import RolesScreen
from screens.talk.screen import TalkScreen
from tests.screens.places import go, mentee
from tui.app import MentorApp

TOOLKITS = (
    "Page Left",
    "Focus Next",
    "Focus Previous",
    "Copy selected text",
    "Scroll Up",
    "Quit the app",
)


@pytest.mark.parametrize("digit", "12345670")
async def test_help_has_the_keys_of_each_screen_in_the_users_language(
    app: MentorApp, digit: str
) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        page = await go(app, pilot, HelpScreen, digit, "question_mark")
        shown = {"da": page.pane.plain}
        app.action_language()
        await pilot.pause()
        shown["en"] = page.pane.plain

    for language, text in shown.items():
        set_language(language)
        assert not any(words in text for words in TOOLKITS)
        for label in (_("Undo"), _("Search"), _("Shared view"), _("Expectations")):
            assert label in text
    assert "Space" not in shown["da"]
    assert "Undo" not in shown["da"]
    assert "Fortryd" not in shown["en"]


async def test_a_screens_own_keys_come_first_and_each_has_one_line(app: MentorApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        lines = key_lines(screen)

    keys = [names for names, _what in lines]
    assert keys[:2] == ["d", "a"]
    assert "?, F1" in keys
    assert len({what for _keys, what in lines}) == len(lines)


async def test_the_key_that_opens_help_closes_it(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, PeopleScreen, "5")
        for key in ("f1", "question_mark", "escape"):
            await pilot.press("f1")
            assert isinstance(app.screen, HelpScreen)
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, PeopleScreen)


async def test_help_begins_with_what_the_guide_says_of_the_screen(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await go(app, pilot, HelpScreen, "4", "f1")
        assert page.pane.plain.startswith(screen_help("da", "roles")[:40])
        await pilot.press("b")
        await pilot.pause()
        opened = app.screen
        assert isinstance(opened, GuideScreen)
        assert opened.headings.row_id == "whodoeswhat"
        title = next(one.title for one in guide("da") if one.key == "whodoeswhat")
        assert title in opened.pane.plain


async def test_a_note_from_help_is_about_what_the_screen_behind_stands_on(
    app: MentorApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, HelpScreen, "4", "f1")
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, NoteScreen)
        assert app.screen.standing_on()[0] == mentee(app.store).id


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_the_whole_guide_can_be_read_by_heading(
    app: MentorApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await go(app, pilot, HelpScreen, "4", "f1")
        await pilot.press("b", "home")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, GuideScreen)
        for section in guide("da"):
            assert screen.headings.row_id == section.key
            assert section.title in screen.pane.plain
            await pilot.press("down")
            await pilot.pause()
        await pilot.press("enter")
        assert screen.pane.has_focus
        await pilot.press("escape")
        await pilot.pause()
        assert screen.headings.body.has_focus, "first back to the headings"
        assert isinstance(app.screen, GuideScreen)


async def test_f1_in_a_dialog_tells_its_keys_and_keeps_what_was_typed(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, PeopleScreen, "5")
        await pilot.press("e")
        await pilot.pause()
        form = app.screen
        assert isinstance(form, FormDialog)
        before = form.texts()
        await pilot.press("f1")
        await pilot.pause()
        page = app.screen
        assert isinstance(page, HelpDialog)
        for word in ("F10", "Gem", "Esc", "fx 1/8", screen_help("da", screen.HELP_TOPIC)[:30]):
            assert word in page.pane.plain
        await pilot.press("f1")
        await pilot.pause()
        back = app.screen
        assert isinstance(back, FormDialog)
        assert back is form
        assert back.texts() == before


async def test_help_names_no_key_that_would_be_typed_or_means_something_else(
    app: MentorApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        note = await go(app, pilot, NoteScreen, "n")
        names = [keys for keys, _what in key_lines(note)]
        assert "/" not in names
        assert not any("↑" in keys for keys in names)
        await pilot.press("escape", "t", "pagedown")
        await pilot.pause()
        talk = app.screen
        assert isinstance(talk, TalkScreen)
        assert not any("↑" in keys for keys, _what in key_lines(talk)), "one is writing"
        await pilot.press("tab")
        await pilot.pause()
        assert ("↑ ↓ ← →", _("Move the cursor")) in key_lines(talk)


async def test_the_commands_begin_with_the_screens_own(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        assert [command.key for command in commands(screen, ())][:2] == ["d", "a"]


async def test_a_note_and_a_search_can_be_had_by_name_while_writing(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, RolesScreen, "4")
        await pilot.press("t", "x", "ctrl+p", *_("Note"), "enter")
        await pilot.pause()
        assert isinstance(app.screen, NoteScreen)
