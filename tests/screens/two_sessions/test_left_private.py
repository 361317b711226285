"""What a dead session left of a form is not told in the shared view, if the mentor was alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from data.method import visibility
from data.privacy.canaries import ALL
from data.records import Note, NoteKind, Unfinished
from screens.actions.screen import ActionsScreen
from screens.frame.unfinished import form_id
from screens.note.screen import NoteScreen
from tests.screens.conftest import screen_text
from tests.screens.two_sessions.dead import session
from tests.screens.two_sessions.opening import Open, Records, Stand, in_grid, in_plan, in_talk
from tests.screens.two_sessions.world import Keys, fill_in, form_in, write_elsewhere
from tui.app import MentorApp

IN_PEOPLE = in_grid(ActionsScreen, "action", "a")


async def _from_a_note(app: MentorApp, pilot: Keys, records: Records) -> None:
    await app.push_screen(NoteScreen(app.context, records["mentee"].id))
    await pilot.press(*"Bange", "f3", "enter")
    await pilot.pause()


LEFT: dict[str, tuple[Stand, str, Open]] = {
    "a note": (_from_a_note, "what", IN_PEOPLE),
    "an answer": (in_talk("wellbeing", "", "ctrl+end", "f3", "enter"), "what", IN_PEOPLE),
    "a form": (IN_PEOPLE, "what", IN_PEOPLE),
    "a goal": (
        in_talk("next", "", "f3", "4", words="Ring"),
        "text",
        in_talk("next", "", "f3", "4", words="Ring"),
    ),
    "a tip": (in_talk("close", "", "f3", "6"), "text", in_talk("close", "", "f3", "6")),
}


@pytest.mark.parametrize("what", LEFT)
async def test_what_the_mentor_typed_alone_is_offered_to_the_mentor_alone(
    path: Path, records: Records, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    begin, key, again = LEFT[what]
    async with session(path) as (app, pilot):
        await begin(app, pilot, records)
        await fill_in(app, pilot, key, " KANARIE")

    async def told(*, shared: bool) -> str:
        async with session(path) as (app, pilot):
            app.context.shared_view = shared
            await again(app, pilot, records)
            await pilot.pause()
            form = form_in(app)
            return "\n".join([screen_text(app), *form.texts().values()])

    assert ALL not in await told(shared=True)
    with monkeypatch.context() as mutated:
        mutated.setattr(visibility, "shows_all", lambda _reader: True)
        assert ALL in await told(shared=True)
    assert ALL in await told(shared=False)


async def test_what_both_saw_typed_is_taken_up_in_the_shared_view(
    path: Path, records: Records
) -> None:
    for _session in range(2):
        async with session(path) as (app, pilot):
            app.context.shared_view = True
            await IN_PEOPLE(app, pilot, records)
            if _session:
                assert "Set af begge" in form_in(app).texts()["what"]
            else:
                await fill_in(app, pilot, "what", ("S", *"et", "space", *"af", "space", *"begge"))
                (left,) = app.store.all(Unfinished)
                assert not left.private


async def test_what_is_typed_on_without_the_mentee_becomes_private(
    path: Path, records: Records
) -> None:
    async with session(path) as (app, pilot):
        app.context.shared_view = True
        await IN_PEOPLE(app, pilot, records)
        await fill_in(app, pilot, "what", "S")
        app.context.shared_view = False
        await fill_in(app, pilot, "what", "K")
        assert [left.private for left in app.store.all(Unfinished)] == [True]


async def test_a_cell_is_not_gone_on_with_in_the_shared_view(path: Path, records: Records) -> None:
    def cell(app: MentorApp) -> str:
        return screen_text(app)

    async with session(path) as (app, pilot):
        await in_plan("enter", "end", *ALL)(app, pilot, records)
    for shared in (True, False):
        async with session(path) as (app, pilot):
            app.context.shared_view = shared
            await in_plan()(app, pilot, records)
            await pilot.pause()
            assert (ALL in cell(app)) is not shared


async def test_a_dialog_that_is_hidden_says_nothing_more(path: Path, records: Records) -> None:
    async with session(path) as (app, pilot):
        await in_grid(ActionsScreen, "action", "e")(app, pilot, records)
        await fill_in(app, pilot, "what", f" {ALL}")
    write_elsewhere(path, records["action"], what="Nyt")
    async with session(path) as (app, pilot):
        await in_grid(ActionsScreen, "action", "e")(app, pilot, records)
        await pilot.pause()
        assert ALL in screen_text(app)
        await pilot.press("f6", "tab", "shift+tab", "ctrl+n")
        await pilot.pause()
        assert ALL not in screen_text(app)


def test_a_form_about_a_doubt_is_private_though_both_look_on(path: Path, records: Records) -> None:
    doubt = Note(mentee_id=records["mentee"].id, kind=NoteKind.DOUBT, private=False)
    assert form_id("doubt", doubt).about_private
    assert not form_id("note", replace(doubt, kind=NoteKind.NOTE)).about_private
