"""The quick note: few keys, nothing lost, nothing private in sight of the mentee."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from data.clock import today
from data.dates import show_near
from data.i18n import _
from data.records import Action, Mentee, Note, NoteKind, Person, Task
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from screens.dialogs.form import FormDialog
from screens.dialogs.pick import PickDialog
from screens.home.screen import HomeScreen
from screens.note.screen import NoteScreen
from tests.screens.conftest import AppOn, screen_text
from tui.app import MentorApp

LONG = "x" * 5_000


@pytest.fixture
def first() -> type[HomeScreen]:
    """These tests begin where a user does."""
    return HomeScreen


def maja(store: Store) -> Mentee:
    return next(one for one in store.all(Mentee) if one.name == "Maja Holm")


def new_notes(store: Store, before: list[Note]) -> list[Note]:
    known = {note.id for note in before}
    return [note for note in store.all(Note) if note.id not in known]


async def test_two_keys_besides_the_text_make_a_private_note(app: MentorApp, store: Store) -> None:
    before = store.all(Note)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "n", *"god dag", "escape")

        (note,) = new_notes(store, before)
        assert (note.text, note.mentee_id, note.private) == ("god dag", maja(store).id, True)
        assert note.at
        assert isinstance(app.screen, HomeScreen)
        assert _("Note about {name} saved").format(name="Maja Holm") in screen_text(app)


async def test_feedback_on_a_task_takes_three_keys(app: MentorApp, store: Store) -> None:
    task = store.of(Task, maja(store).id)[0]
    before = store.all(Note)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(NoteScreen(app.context, maja(store).id, task.id))
        await pilot.pause()
        assert task.title in screen_text(app)
        await pilot.press("ctrl+r", "ctrl+r", *"klart", "f10")

    (note,) = new_notes(store, before)
    assert (note.kind, note.task_id) == (NoteKind.FEEDBACK, task.id)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=str)
async def test_whether_it_is_private_stands_first_whatever_the_task_is_called(
    app: MentorApp, store: Store, size: tuple[int, int]
) -> None:
    task = store.of(Task, maja(store).id)[0]
    store.commit([Change.edited(task, title="Børnefaglig undersøgelse " * 10)])
    async with app.run_test(size=size) as pilot:
        app.push_screen(NoteScreen(app.context, maja(store).id, task.id))
        await pilot.pause()
        line = screen_text(app).splitlines()[1].strip()
        assert line.startswith(_("Private"))
        assert line.endswith("…")
        await pilot.press("f4")
        await pilot.pause()
        assert screen_text(app).splitlines()[1].strip().startswith(_("Shared (with the mentee)"))


async def test_the_first_character_is_in_the_store_at_once(app: MentorApp, store: Store) -> None:
    before = store.all(Note)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "h")
        assert [note.text for note in new_notes(store, before)] == ["h"]
        await pilot.press("e", "j")
        assert [note.text for note in new_notes(store, before)] == ["hej"]


async def test_what_was_typed_is_back_after_the_program_is_killed(
    app: MentorApp, store: Store, path: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"det sidste ord")
        store.flush()
        # Another process opens the file as it stands on disk now, with this one still in the note.
        other = open_store(path, by="birgitte", threaded=False)
        texts = [note.text for note in other.store.all(Note)]
        other.close()

    assert "det sidste ord" in texts


async def test_nothing_typed_makes_nothing(app: MentorApp, store: Store) -> None:
    before = store.all(Note)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "escape", "n", "space", "escape", "n", "a", "backspace", "escape")

    assert new_notes(store, before) == []


async def test_one_undo_takes_the_whole_note_back(app: MentorApp, store: Store) -> None:
    before = store.all(Note)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"en to tre", "escape", "u")
        assert new_notes(store, before) == []

        await pilot.press("U")
        assert [note.text for note in new_notes(store, before)] == ["en to tre"]


async def test_f4_shares_and_ctrl_t_chooses_whom_and_what_it_is_about(
    app: MentorApp, store: Store
) -> None:
    before = store.all(Note)
    task = store.of(Task, maja(store).id)[2]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"om Maja", "f4", "ctrl+t", "pagedown", "enter", *"maj", "enter")
        await pilot.press("ctrl+t", *task.title[:9].lower(), "enter", *"!", "escape")

    (note,) = new_notes(store, before)
    assert note.text == "om Maja!"
    assert (note.private, note.mentee_id, note.task_id) == (False, maja(store).id, task.id)


F3_ACTION = ("f3", "enter")
"""The keys that make an action of the line."""


async def test_f3_makes_an_action_of_the_line_under_the_cursor(
    app: MentorApp, store: Store
) -> None:
    before = {action.id for action in store.all(Action)}
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "n", *"talk", "enter", *"- ring til Pia", "f3", "enter")
        assert isinstance(app.screen, FormDialog)
        await pilot.press("tab", *"maj", "tab", *"+1u", "f10", *"!", "escape")

    (action,) = [action for action in store.all(Action) if action.id not in before]
    assert (action.what, action.mentee_id) == ("ring til Pia", maja(store).id)
    assert (action.who, action.due) == ("mentee", today() + timedelta(days=7))
    assert "talk\n- ring til Pia!" in [note.text for note in store.all(Note)]


async def test_what_is_typed_after_f3_is_the_agreement_and_makes_nobody(
    app: MentorApp, store: Store
) -> None:
    before, people = {one.id for one in store.all(Action)}, store.all(Person)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "n", *"Hun virker træt", *F3_ACTION)
        await pilot.press("ctrl+u", *"ringe til Pia", "f10", "escape")

    (action,) = [action for action in store.all(Action) if action.id not in before]
    assert (action.what, action.who) == ("ringe til Pia", "")
    assert store.all(Person) == people


async def test_a_new_person_is_made_only_after_a_question(app: MentorApp, store: Store) -> None:
    people = {one.id for one in store.all(Person)}
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "n", *"ringe", *F3_ACTION, "tab", *"Xenia Ny", "f10")
        assert isinstance(app.screen, FormDialog)
        assert {one.id for one in store.all(Person)} == people
        await pilot.press("f10", "escape")
    (new,) = [one for one in store.all(Person) if one.id not in people]
    assert new.name == "Xenia Ny"


async def test_a_possible_cpr_number_is_named_and_never_stopped(
    app: MentorApp, store: Store
) -> None:
    before = store.all(Note)
    warning = _("Possible CPR number: remove it")
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.press("n", *"010190-1234")
        assert warning in screen_text(app)
        await pilot.press("backspace")
        assert warning not in screen_text(app)
        await pilot.press("4", "escape")

    assert [note.text for note in new_notes(store, before)] == ["010190-1234"]


async def test_a_private_note_is_not_in_sight_in_shared_view(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"hemmelig", "f6")
        await pilot.pause()
        assert "hemmelig" not in screen_text(app)

        said = _("The note is hidden in shared view: F6 exits it first")
        for key in ("f4", "ctrl+r"):
            await pilot.press(key)
            assert "hemmelig" not in screen_text(app)
            assert said in screen_text(app)
        assert [note.private for note in store.all(Note) if note.text == "hemmelig"] == [True]

        await pilot.press("f6", "f4", "f6")
        await pilot.pause()
        assert "hemmelig" in screen_text(app)
        await pilot.press(*" nu delt", "escape")

    assert "hemmelig nu delt" in [note.text for note in store.all(Note) if not note.private]


async def test_a_note_begun_in_shared_view_is_shared(app: MentorApp, store: Store) -> None:
    before = store.all(Note)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6", "n", *"sammen", "escape")

    assert [note.private for note in new_notes(store, before)] == [False]


async def test_a_note_about_sparring_marks_due_sparring_as_held(
    app: MentorApp, store: Store
) -> None:
    task = store.of(Task, maja(store).id)[0]
    due = today() - timedelta(days=1)
    store.commit([Change.edited(task, sparring_on=due, sparring_held_on=None)])
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(NoteScreen(app.context, maja(store).id, task.id))
        await pilot.pause()
        await pilot.press("ctrl+r", *"drøftet", "escape")

        held = store.get(Task, task.id)
        assert held
        assert held.sparring_held_on == today()
        await pilot.press("u", "y")  # no mentee is in front here, so it asks whose step it is
        held = store.get(Task, task.id)
        assert held
        assert held.sparring_held_on is None


async def test_where_no_mentee_is_known_one_is_asked_for_first(
    app: MentorApp, store: Store
) -> None:
    before = store.all(Note)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(NoteScreen(app.context))
        await pilot.pause()
        assert isinstance(app.screen, PickDialog)
        await pilot.press(*"emil", "enter", *"hej", "escape")

    (note,) = new_notes(store, before)
    mentee = store.get(Mentee, note.mentee_id)
    assert mentee
    assert (mentee.name, note.text) == ("Emil Kragh", "hej")


async def test_with_no_mentee_at_all_it_says_so(empty: Store, app_on: AppOn) -> None:
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"abc")
        assert _("There are no mentees yet") in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)

    assert empty.all(Note) == []


async def test_any_text_is_kept_as_it_was_typed(app: MentorApp, store: Store) -> None:
    texts = ["[red]x[/]", "=1+1", "æøå ÆØÅ", "[@click=app.quit]", LONG]
    before = store.all(Note)
    async with app.run_test(size=(80, 24)) as pilot:
        for text in texts:
            await pilot.press("n")
            assert isinstance(app.screen, NoteScreen)
            app.screen.area.insert(text)
            await pilot.press("escape")

    assert {note.text for note in new_notes(store, before)} == set(texts)


async def test_an_old_note_can_be_gone_on_with(app: MentorApp, store: Store) -> None:
    old = Note(mentee_id=maja(store).id, text="før", private=False)
    store.commit([Change.created(old)])
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(NoteScreen(app.context, note_id=old.id))
        await pilot.pause()
        await pilot.press(*" og nu", "escape")

    note = store.get(Note, old.id)
    assert note
    assert note.text == "før og nu"


async def test_the_file_holds_no_note_that_was_emptied(
    app: MentorApp, store: Store, path: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"fortryd", *["backspace"] * 7, "escape")
    store.close()

    assert "fortryd" not in json.dumps(json.loads(path.read_text("utf-8")))


async def test_a_note_can_be_about_another_day(app: MentorApp, store: Store) -> None:
    before = store.all(Note)
    friday = today() - timedelta(days=3)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "n", *"god dag", "ctrl+g", "ctrl+u", *"fre", "f10")
        await pilot.pause()
        (note,) = new_notes(store, before)
        assert note.at
        assert note.at.date() == friday
        assert show_near(friday, today()) in screen_text(app)

        await pilot.press(*" mere", "ctrl+g", "ctrl+u", *"i morgen", "f10")
        assert isinstance(app.screen, FormDialog)  # that day has not come
        await pilot.press("escape", "escape", "escape")
        await pilot.pause()
    (note,) = new_notes(store, before)
    assert note.text == "god dag mere"
    assert note.at
    assert note.at.date() == friday


async def test_the_day_can_be_given_before_a_word_is_written(app: MentorApp, store: Store) -> None:
    before = store.all(Note)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("down", "n", "ctrl+g", "ctrl+u", *"i går", "f10", *"sent", "escape")
        await pilot.pause()
    (note,) = new_notes(store, before)
    assert note.at
    assert (note.text, note.at.date()) == ("sent", today() - timedelta(days=1))


async def test_without_anybody_to_write_about_only_the_way_back_is_offered(
    empty: Store, app_on: AppOn
) -> None:
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, NoteScreen)
        *_above, keys = screen_text(app).splitlines()
        assert f"Esc {_('Back')}" in keys, "the keys are at the bottom"
        assert "F3" not in screen_text(app)
        assert _("Save") not in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)
