"""A newer version of the workplace's library: offered in Today, taken, kept, undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.library import duties, questions
from data.library.shared import use_shared
from data.queries.entry_words import compared, library_due
from data.records import Person
from data.settings import Settings
from data.store.store import Store
from data.workplace.offers import offers, with_taken
from data.workplace.use import InUse
from screens.frame.context import Context
from screens.workplace.newer import NewerScreen
from tests.data.workplace.library_folder import DUTIES, HEAD, QUESTIONS, put
from tests.screens.conftest import screen_text
from tui.app import MentorApp
from tui.app.library_watch import look

REWORDED = QUESTIONS.replace("Hvad fylder hos dig lige nu?", "Hvad har fyldt siden sidst?")


@pytest.fixture
def session(store: Store, path: Path, library: InUse) -> MentorApp:
    return MentorApp(Context(store, Settings(), file=path, library=library))


def change(folder: Path, library: InUse, *, version: str = "2") -> None:
    """Write a newer version with another wording, another duty and no rhythm; look at it."""
    put(folder, "library.toml", HEAD.replace('"1"', f'"{version}"'))
    put(folder, "questions/10.toml", REWORDED)
    put(folder, "duties.toml", DUTIES.replace("Vise kaffemaskinen", "Vise køkkenet"))
    (folder / "rhythms.toml").unlink(missing_ok=True)
    assert library.look()


def asked(key: str = "occupied") -> str:
    return questions("da").step(key).text


def names(library: InUse) -> list[str]:
    return [one.entry.key for one in offers(library.found.copy)]


async def test_today_says_so_and_enter_leads_there(
    session: MentorApp, folder: Path, library: InUse
) -> None:
    change(folder, library)
    async with session.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Biblioteket: ny version, 3 ændringer" in screen_text(session)
        await pilot.press("tab", "end", "p", "d")
        assert session.screen is session.screen_stack[0], "it is neither snoozed nor done"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(session.screen, NewerScreen)
        shown = screen_text(session)
        assert "Version 2" in shown
        assert "Vise kaffemaskinen" in shown
        assert "Vise køkkenet" in shown


async def test_what_is_ticked_is_taken_and_u_puts_it_back(
    session: MentorApp, folder: Path, library: InUse
) -> None:
    change(folder, library)
    async with session.run_test(size=(80, 24)) as pilot:
        session.push_screen(NewerScreen(session.context))
        await pilot.pause()
        await pilot.press("space", "f10")
        await pilot.pause()
        assert "2 ændringer er taget (u fortryder)" in screen_text(session)
        assert asked() == "Hvad har fyldt siden sidst?"
        assert names(library) == ["coffee"]
        await pilot.press("u")
        await pilot.pause()
        assert asked() == "Hvad fylder hos dig lige nu?"
        assert names(library) == ["coffee", "occupied", "nordby"]


async def test_what_was_undone_is_taken_again_with_shift_u(
    session: MentorApp, folder: Path, library: InUse
) -> None:
    change(folder, library)
    async with session.run_test(size=(80, 24)) as pilot:
        session.push_screen(NewerScreen(session.context))
        await pilot.pause()
        await pilot.press("x", "space", "f10", "u", "u", "U")
        await pilot.pause()
        assert "Gentaget (u fortryder)" in screen_text(session)
        assert names(library) == ["occupied", "nordby"], "the duty is kept, as at first"
        await pilot.press("U")
        await pilot.pause()
        assert names(library) == ["occupied"]
        await pilot.press("u", "home", "x", "U")
        await pilot.pause()
        assert "intet at gentage" in screen_text(session), "another answer came in between"


async def test_what_another_session_has_answered_is_not_counted(
    session: MentorApp, folder: Path, library: InUse
) -> None:
    change(folder, library)
    async with session.run_test(size=(80, 24)) as pilot:
        session.push_screen(NewerScreen(session.context))
        await pilot.pause()
        other = InUse(folder, library.path)
        other.change(lambda copy: with_taken(copy, offers(copy)[:2]))
        use_shared(library.values())
        await pilot.press("f10")
        await pilot.pause()
        assert "1 ændring er taget (u fortryder)" in screen_text(session)
        await pilot.press("u")
        await pilot.pause()
        assert len(names(library)) == 1
        other.look()
        other.change(lambda copy: with_taken(copy, offers(copy)))
        await pilot.press("f10")
        await pilot.pause()
        assert "allerede besvaret et andet sted" in screen_text(session)
        assert "Du bruger version 2" in screen_text(session)


async def test_its_help_is_about_it(session: MentorApp, folder: Path, library: InUse) -> None:
    change(folder, library)
    async with session.run_test(size=(80, 24)) as pilot:
        session.push_screen(NewerScreen(session.context))
        await pilot.press("question_mark")
        await pilot.pause()
        assert "punkt for punkt" in " ".join(screen_text(session).split())
        assert "fif og materialer" not in screen_text(session)


async def test_its_title_begins_with_the_version(
    session: MentorApp, folder: Path, library: InUse
) -> None:
    change(folder, library)
    long = HEAD.replace('"1"', '"2026.11"').replace("Nordby", "for Nordby og Omegns Kommuner")
    put(folder, "library.toml", long)
    assert library.look()
    async with session.run_test(size=(60, 20)) as pilot:
        session.push_screen(NewerScreen(session.context))
        await pilot.pause()
        assert "Version 2026.11" in screen_text(session).splitlines()[0]


async def test_all_are_taken_with_one_key_and_today_says_no_more(
    session: MentorApp, folder: Path, library: InUse
) -> None:
    change(folder, library)
    async with session.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("tab", "end", "enter")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Du bruger version 2" in screen_text(session)
        await pilot.press("escape")
        await pilot.pause()
        assert "Biblioteket: ny version" not in screen_text(session)
        assert "Vise køkkenet" in {one.text for one in duties("da")}
        again = InUse(folder, library.path)
        assert again.found.copy is not None
        assert again.found.copy.used.version == "2"
        assert offers(again.found.copy) == ()


async def test_what_is_kept_is_not_offered_until_it_changes_again(
    session: MentorApp, folder: Path, library: InUse
) -> None:
    change(folder, library)
    async with session.run_test(size=(80, 24)) as pilot:
        session.push_screen(NewerScreen(session.context))
        await pilot.pause()
        for _time in range(3):
            await pilot.press("home", "x")
            await pilot.pause()
        assert "Intet er nyere" in screen_text(session)
        assert asked() == "Hvad fylder hos dig lige nu?"
        put(folder, "library.toml", HEAD.replace('"1"', '"3"'))
        assert library.look()
        assert names(library) == []
        put(folder, "questions/10.toml", REWORDED.replace("siden sidst", "i denne uge"))
        assert library.look()
        assert names(library) == ["occupied"]


async def test_a_version_that_goes_back_is_called_so_and_is_taken_with_its_people(
    session: MentorApp, store: Store, folder: Path, library: InUse
) -> None:
    people = '[[person]]\nkey = "kim"\nname = "Kim Eksempel"\nplace = "lokale {}"\n'
    put(folder, "library.toml", HEAD.replace('"1"', '"2"'))
    put(folder, "people.toml", people.format(9))
    assert library.look()
    async with session.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        put(folder, "library.toml", HEAD)
        put(folder, "people.toml", people.format(2))
        assert library.look()
        due = library_due(library.found.copy)
        assert due is not None
        assert "gået tilbage til version 1" in due.why
        session.push_screen(NewerScreen(session.context))
        await pilot.pause()
        [kim] = [one for one in store.all(Person) if one.shared_key]
        assert kim.contact == "lokale 9"
        await pilot.press("f10")
        await pilot.pause()
        [kim] = [one for one in store.all(Person) if one.shared_key]
        assert kim.contact == "lokale 2"


async def test_people_come_by_themselves_when_the_folder_changes(
    session: MentorApp, store: Store, folder: Path, library: InUse
) -> None:
    async with session.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        [kim] = [one for one in store.all(Person) if one.shared_key]
        put(folder, "people.toml", '[[person]]\nkey = "kim"\nname = "Kim"\nplace = "lokale 7"\n')
        look(session, library, session.call_from_thread)
        while library.is_looked_at:
            await pilot.pause(0.01)
        await pilot.pause()
        [kim] = [one for one in store.all(Person) if one.shared_key]
        assert (kim.name, kim.contact) == ("Kim", "lokale 7")
        assert names(library) == []


async def test_it_is_heard_with_both_wordings(
    session: MentorApp, folder: Path, library: InUse
) -> None:
    change(folder, library)
    async with session.run_test(size=(80, 24)) as pilot:
        screen = NewerScreen(session.context)
        session.push_screen(screen)
        await pilot.pause()
        await pilot.press("down")
        said = screen.names(screen.grid.body.spoken()).line
        assert "Spørgsmål; nu: Hvad fylder hos dig lige nu?; nyt: Hvad har fyldt" in said
        await pilot.press("f10")
        await pilot.pause()
        said = screen.names(screen.grid.body.spoken()).line
        assert said.startswith("Du bruger version 2"), "and not that a list is empty"


async def test_without_a_library_the_screen_says_how_one_gets_it(store: Store, path: Path) -> None:
    app = MentorApp(Context(store, Settings(), file=path))
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(NewerScreen(app.context))
        await pilot.pause()
        assert "Intet bibliotek fra en arbejdsplads er i brug" in screen_text(app)


def test_of_a_long_text_only_the_lines_that_differ_are_shown(folder: Path, library: InUse) -> None:
    text = "# Sådan\n\nEn\n\nTo\n\nTre\n"
    put(folder, "texts/your_data.md", text)
    assert library.look()
    library.change(lambda copy: with_taken(copy, offers(copy)))
    put(folder, "texts/your_data.md", text.replace("To", "Mere"))
    assert library.look()
    [found] = compared(offers(library.found.copy)[0])
    assert (found.before, found.after) == ("…\nTo\n…", "…\nMere\n…")
