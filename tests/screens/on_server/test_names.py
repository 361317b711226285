"""Colleagues on a server are called by their names, and what is not shown is not called empty."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.i18n import _, set_language
from data.queries.called import called
from data.queries.clash_words import what_became
from data.queries.history import told
from data.records import Conflict, Mentee, Note, Task
from data.storage.protocol import Clash
from data.store.change import Change
from data.store.store import Store
from screens.conflicts.screen import ConflictsScreen
from screens.frame.places import load
from screens.frame.who_reads import why_not
from tests.screens.on_server.test_access_ends import words
from tests.tools.hurry import until
from tui.app import MentorApp


@pytest.fixture(params=["da", "en"])
def language(request: pytest.FixtureRequest) -> None:
    set_language(request.param)


def conflict(task: Task, *, of_id: str = "", of_field: str = "title", theirs: str = "") -> Conflict:
    """Return a conflict about a task, or what was one, which Mette has edited."""
    return Conflict(
        of_table="tasks",
        of_id=of_id or task.id,
        of_field=of_field,
        mine="min titel",
        theirs=theirs,
        by="met",
        mentee_id=task.mentee_id,
    )


async def test_history_names_who_did_it(language: None, app: MentorApp, mette: Store) -> None:
    (task,) = mette.all(Task)
    mette.commit([Change.edited(task, title="En anden titel")])
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await app.push_screen(load("history")(app.context, task.mentee_id))
        await until(lambda: "Mette Vind ·" in words(app))
        assert "met ·" not in words(app).replace("Mette Vind ·", "")
        happened = app.store.history(task.mentee_id)
        assert {one.by for one in happened} == {"met"}, "as it is stored"
        assert {one.by for one in told(app.store, happened)} == {"Mette Vind"}


async def test_what_has_gone_is_not_said_to_be_nothing(
    language: None, app: MentorApp, mette: Store
) -> None:
    (task,) = mette.all(Task)
    gone = conflict(task, of_id="none", theirs="hendes titel")
    app.store.commit([Change.created(gone), Change.created(replace(gone, id="2", theirs=""))])
    async with app.run_test(size=(120, 40)) as keys:
        await keys.pause()
        screen = ConflictsScreen(app.context)
        await app.push_screen(screen)
        await keys.pause()
        for id in (gone.id, "2"):
            screen.grid.go_to(id)
            await keys.pause()
            said = screen.pane.plain
            where = _("What the text belonged to is not shown to you any more; copy it from here")
            assert where in said
            assert _("(nothing)") not in said
            assert _("Theirs (saved now)") not in said
            assert ("hendes titel" in said) is (id == gone.id)
            assert "Mette Vind, " in said
            assert "min titel" in said


async def test_what_was_emptied_is_still_nothing(
    language: None, app: MentorApp, mette: Store
) -> None:
    (task,) = mette.all(Task)
    about = conflict(task, of_field="description")
    app.store.commit([Change.created(about)])
    async with app.run_test(size=(120, 40)) as keys:
        await keys.pause()
        screen = ConflictsScreen(app.context)
        await app.push_screen(screen)
        await keys.pause()
        assert _("(nothing)") in screen.pane.plain
        assert _("Theirs (saved now)") in screen.pane.plain


def test_those_whom_nobody_names_keep_their_login(language: None, store: Store) -> None:
    assert called(store, "met") == "Mette Vind"
    assert called(store, "anna") == "anna"
    clash = Clash("tasks", "1", "title", theirs="x", mine="y", by="met", merged=True)
    assert what_became(store, [clash], "").startswith("Mette Vind")


def test_a_note_that_a_colleague_wrote_last_names_the_colleague(
    language: None, app: MentorApp, mette: Store
) -> None:
    (maja,) = mette.all(Mentee)
    note = Note(mentee_id=maja.id, text="ord", private=False, changed_by="met")
    app.context.of_team = True
    assert "Mette Vind" in why_not(note, app.context, private=True)
