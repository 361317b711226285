"""All notes about a mentee by day, under real keys."""

from __future__ import annotations

from datetime import timedelta

from data.clock import now, today
from data.i18n import _
from data.method.talk.by_day import TALK, VOICES, Voice
from data.method.view import held_on
from data.records import Answer, Note, NoteKind, Talk, TalkState, Task
from data.store.change import Change
from data.store.store import Store
from screens.note.by_day import NotesScreen
from screens.note.screen import NoteScreen
from screens.search.screen import SearchScreen
from screens.talk.read import TalkReadScreen
from tests.screens.conftest import screen_text
from tests.screens.places import again, go, mentee
from tui.app import MentorApp


async def test_sixty_notes_can_be_read_one_by_one_the_newest_first(
    app: MentorApp, store: Store
) -> None:
    texts = {f"note {n:02}": n for n in range(60)}
    for text, days in texts.items():
        store.commit(
            [
                Change.created(
                    Note(
                        mentee_id=mentee(store).id,
                        text=f"{text} first line\nand {text} to its end",
                        at=now() - timedelta(days=days),
                    )
                )
            ]
        )
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NotesScreen, "N")
        listed = [one.on for one in screen._written.values() if one.on]
        assert listed == sorted(listed, reverse=True)
        seen = set()
        for _step in range(len(screen._written)):
            one = screen.written
            assert one is not None
            if one.text.startswith("note "):
                assert f"and {one.text[:7]} to its end" in screen_text(app)
                seen.add(one.text[:7])
            await pilot.press("down")
        assert seen == set(texts)


async def test_a_filter_leaves_one_voice_one_kind_or_one_task(app: MentorApp, store: Store) -> None:
    task = store.of(Task, mentee(store).id)[0]
    praise = Note(
        mentee_id=mentee(store).id,
        text="ros til dig",
        at=now(),
        kind=NoteKind.PRAISE,
        task_id=task.id,
    )
    store.commit([Change.created(praise)])
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NotesScreen, "N")
        everything = len(screen._written)
        await pilot.press("v", *_(VOICES[Voice.MENTEE]), "enter")
        await pilot.pause()
        assert 0 < len(screen._written) < everything
        assert {one.voice for one in screen._written.values()} == {Voice.MENTEE}
        await pilot.press("v", *"sagt i samtaler", "enter")
        await pilot.pause()
        assert {one.kind for one in screen._written.values()} == {TALK}
        await pilot.press("v", *task.title, "enter")
        await pilot.pause()
        assert all(task.id in one.task_ids for one in screen._written.values())
        assert "ros til dig" in screen_text(app)


async def test_enter_opens_the_note_or_the_talk_at_the_sentence(
    app: MentorApp, store: Store
) -> None:
    note = Note(mentee_id=mentee(store).id, text="et notat", at=now())
    store.commit([Change.created(note)])
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NotesScreen, "N")
        screen.grid.go_to(f"{note.id}:{Voice.MENTOR}")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, NoteScreen)
        assert app.screen.note.id == note.id
        await pilot.press("escape")
        await pilot.pause()

        said = next(one for one in screen._written.values() if one.kind == TALK)
        screen.grid.go_to(said.id)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, TalkReadScreen)
        assert app.screen.pane.marked == f"answer:{said.record.id}"


async def test_e_edits_a_note_and_says_where_the_words_of_a_talk_are_corrected(
    app: MentorApp, store: Store
) -> None:
    note = Note(mentee_id=mentee(store).id, text="et notat", at=now())
    store.commit([Change.created(note)])
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NotesScreen, "N")
        assert f"e {_('Edit')}" in screen_text(app)
        screen.grid.go_to(f"{note.id}:{Voice.MENTOR}")
        await pilot.press("e", *" mere", "escape")
        await pilot.pause()
        assert again(store, note).text == "et notat mere"

        said = next(one for one in screen._written.values() if one.kind == TALK)
        screen.grid.go_to(said.id)
        await pilot.press("e")
        await pilot.pause()
        assert app.screen is screen
        assert _("Said in a talk: Enter opens it, and e corrects it there") in screen_text(app)


async def test_the_shared_view_lists_nothing_private(app: MentorApp, store: Store) -> None:
    note = Note(mentee_id=mentee(store).id, text="KANARIE-privat", at=now(), private=True)
    store.commit([Change.created(note)])
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, NotesScreen, "N")
        assert "KANARIE" in screen_text(app)
        await pilot.press("f6")
        await pilot.pause()
        assert "KANARIE" not in screen_text(app)


async def test_a_hit_in_an_old_talk_opens_that_sentence(app: MentorApp, store: Store) -> None:
    person = mentee(store)
    talk = Talk(
        mentee_id=person.id,
        number=90,
        state=TalkState.HELD,
        ended_at=now() - timedelta(days=200),
        planned_on=today() - timedelta(days=200),
    )
    old = Answer(mentee_id=person.id, talk_id=talk.id, key="works", mentee="zebra i en gammel tale")
    new = Note(mentee_id=person.id, text="zebra i et nyt notat", at=now())
    store.commit([Change.created(one) for one in (new, talk, old)])
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, SearchScreen, "slash", *"zebra")
        assert list(screen._hits) == [new.id, old.id], "the newest first"
        day = held_on(talk)
        assert day is not None
        assert _("today") in screen_text(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, TalkReadScreen)
        assert app.screen.pane.marked == f"answer:{old.id}"
        assert "zebra i en gammel tale" in screen_text(app)
