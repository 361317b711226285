"""A backup restored under an open program is told once; a clash is found and settled with keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from data.clock import Clock, now, set_clock, today
from data.i18n import _
from data.records import Answer, Conflict, Mentee, Note, Person, Talk, TalkState, Task
from data.storage.upkeep.restore import list_backups, restore
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from screens.conflicts.screen import ConflictsScreen
from screens.dialogs.form import FormDialog
from screens.note.screen import NoteScreen
from screens.plan.screen import PlanScreen
from screens.talk.open import open_talk
from screens.talk.screen import TalkScreen
from screens.talk.series import TalksScreen
from tests.screens.conftest import AppOn, screen_text
from tests.screens.places import go, mentee
from tests.screens.two_sessions.world import form_in, until
from tui.app import MentorApp


def make_backup(store: Store, path: Path) -> str:
    """Make a backup of what the store holds, and return its name."""
    store.commit([Change.created(Person(name="Karla"))], undoable=False)
    store.flush()
    open_store(path, by="bo", threaded=False).close()
    return list_backups(path)[0].name


async def test_a_restore_is_said_once_and_the_typing_stays(
    app: MentorApp, store: Store, path: Path
) -> None:
    maja = mentee(store)
    make_backup(store, path)
    note = Note(mentee_id=maja.id, text="", at=now())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.push_screen(NoteScreen(app.context, maja.id))
        await pilot.press(*"Det her skriver jeg")
        await pilot.pause()
        store.flush()
        newest = list_backups(path)
        assert newest
        restore(path, newest[0].name, by="bo")
        await until(
            pilot,
            lambda: (
                _("A backup was restored")[:10] in screen_text(app)
                or ("sikkerhedskopi" in screen_text(app))
            ),
        )
        assert isinstance(app.screen, NoteScreen)
        assert app.screen.area.text == "Det her skriver jeg"
        await pilot.press(*" videre")
        await pilot.pause()
        store.flush()
        assert [n.text for n in store.of(Note, maja.id) if "skriver jeg" in n.text] == [
            "Det her skriver jeg videre"
        ]
        assert store.all(Conflict) == []
    assert note.id


async def test_a_clash_is_found_named_and_settled_by_editing(store: Store, app_on: AppOn) -> None:
    maja = mentee(store)
    task = Task(mentee_id=maja.id, title="Deres titel")
    clash = Conflict(
        of_table="tasks",
        of_id=task.id,
        of_field="title",
        mine="Min titel",
        theirs="Deres titel",
        by="bo",
        mentee_id=maja.id,
    )
    store.commit([Change.created(task), Change.created(clash)], undoable=False)
    app = app_on(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.push_screen(ConflictsScreen(app.context))
        await pilot.pause()
        text = screen_text(app)
        assert "bo, " in text
        assert _("Theirs (saved now)") in text
        await pilot.press("a")
        await pilot.pause()
        found = store.get(Task, task.id)
        assert found
        assert found.title == "Deres titel / Min titel"
        await pilot.press("u", "y")
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, FormDialog)
        await pilot.press("end", *"!", "f10")
        await pilot.pause()
        found = store.get(Task, task.id)
        assert found
        assert found.title == "Deres titel / Min titel!"
        kept = store.get(Conflict, clash.id)
        assert kept
        assert kept.settled
    assert store.all(Mentee)


async def in_talk_with(app: MentorApp, pilot: Pilot[int], talk: Talk) -> TalkScreen:
    """Open the talk over Talks, and write in it what Maja says."""
    below = TalksScreen(app.context, talk.mentee_id)
    app.push_screen(below)
    await pilot.pause()
    open_talk(below, talk.mentee_id, talk.id)
    await pilot.pause()
    await pilot.press("enter", *"Det siger Maja")
    await pilot.pause()
    assert isinstance(app.screen, TalkScreen)
    assert app.store.flush()
    return app.screen


def back_to(path: Path, name: str = "") -> str:
    """Restore a backup as `mentor backup restore` does; the newest one if none is named."""
    before = restore(path, name or list_backups(path)[0].name, by="bo")
    assert before is not None
    return before.name


def said_in(app: MentorApp, talk: Talk) -> list[str]:
    return [one.mentee for one in app.store.of(Answer, talk.mentee_id) if one.talk_id == talk.id]


@pytest.mark.parametrize("there", ["planned", "missing", "held"])
async def test_a_talk_stays_under_way_in_a_file_that_was_restored(
    app: MentorApp, store: Store, path: Path, there: str
) -> None:
    maja = mentee(store)
    talk = Talk(mentee_id=maja.id, number=40, planned_on=today())
    if there == "held":
        held = replace(talk, state=TalkState.HELD, started_at=now(), ended_at=now(), no_next=True)
        store.commit([Change.created(held)], undoable=False)
    elif there == "planned":
        store.commit([Change.created(talk)], undoable=False)
    backup = make_backup(store, path)
    if there == "held":
        seen = store.get(Talk, talk.id)
        assert seen is not None
        store.commit([Change.edited(seen, state=TalkState.PLANNED)], undoable=False)
    elif there == "missing":
        store.commit([Change.created(talk)], undoable=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        set_clock(Clock(datetime(2026, 11, 23, 9, 30)))  # noqa: DTZ001 - the clock adds the offset
        screen = await in_talk_with(app, pilot, talk)
        back_to(path, backup)
        await until(pilot, lambda: "sikkerhedskopi" in screen_text(app), "that it is said")
        said = " ".join(screen_text(app).split())
        assert app.screen is screen
        await pilot.press("space", *"nu")
        await pilot.pause()
        assert store.flush()
        assert "Det siger Maja nu" in said_in(app, talk)
        assert store.all(Conflict) == []
        await pilot.press("escape")
        await pilot.pause()
        found = store.get(Talk, talk.id)
        assert found is not None
        goes_on = _("Talk {number} is saved as it is; t resumes it").format(number=40)
        assert "23-11-2026 08:05" in said, "when the backup was changed last, not now"
        held_now = _("Talk {number} has been held; what you wrote is on its page")
        assert (goes_on in screen_text(app)) is (there != "held")
        assert (held_now.format(number=40) in screen_text(app)) is (there == "held")
        assert found.state is (TalkState.HELD if there == "held" else TalkState.RUNNING)


async def test_a_form_that_is_open_keeps_what_is_typed_and_names_the_backup(
    app: MentorApp, store: Store, path: Path
) -> None:
    maja = mentee(store)
    task = min(store.of(Task, maja.id), key=lambda one: one.order)
    backup = make_backup(store, path)
    store.commit([Change.edited(task, title="Ny titel")], "x")
    store.flush()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await go(app, pilot, PlanScreen, "2")
        await pilot.press("e")
        await pilot.pause()
        form = form_in(app)
        await pilot.press(*" her")
        await pilot.pause()
        typed = form.texts()["title"]
        store.flush()
        back_to(path, backup)
        await until(pilot, lambda: "sikkerhedskopi" in screen_text(app), "that it is said")
        assert app.screen is form
        assert form.texts()["title"] == typed
        await pilot.press("f10")
        await pilot.pause()
        store.flush()
        await pilot.pause()
        assert store.all(Conflict) == []
        found = store.get(Task, task.id)
        assert found is not None
        assert found.title == "Ny titel her"
        assert _("Somebody else") not in screen_text(app)
        assert "birgitte" not in screen_text(app)
