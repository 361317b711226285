"""A backup restored under an open program is told once; a clash is found and settled with keys."""

from __future__ import annotations

from pathlib import Path

from data.clock import now
from data.i18n import _
from data.records import Conflict, Mentee, Note, Task
from data.storage.restore import list_backups, restore
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from screens.conflicts.screen import ConflictsScreen
from screens.dialogs.form import FormDialog
from screens.note.screen import NoteScreen
from tests.screens.conftest import AppOn, screen_text
from tests.screens.places import mentee
from tests.screens.two_sessions.world import until
from tui.app import MentorApp


async def test_a_restore_is_said_once_and_the_typing_stays(
    app: MentorApp, store: Store, path: Path
) -> None:
    maja = mentee(store)
    store.flush()
    with_backup = open_store(path, by="bo", threaded=False)
    with_backup.store.commit([Change.edited(maja, title="Socialrådgiver i praktik")])
    with_backup.close()
    note = Note(mentee_id=maja.id, text="", at=now())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.push_screen(NoteScreen(app.context, maja.id))
        await pilot.press(*"Det her skriver jeg")
        await pilot.pause()
        store.flush()
        newest = list_backups(path)
        assert newest
        restore(path, newest[-1].name, by="bo")
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
        assert "BO, " in text
        assert _("Theirs (stands there now)") in text
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
