"""What is tied together is seen on both (R13, R22, R45, R83, R85), and CPR numbers in forms."""

from __future__ import annotations

from datetime import timedelta

from textual.pilot import Pilot

from data.clock import now, today
from data.i18n import _
from data.method.plan.changes import new_task
from data.method.visibility import Reader, seen
from data.method.words import word
from data.queries.views import mentee_view
from data.records import Answer, Introduction, Note, NoteKind, Person, Source, Talk, TalkState, Task
from data.store.change import Change
from data.store.store import Store
from screens.actions.screen import ActionsScreen
from screens.people.screen import PeopleScreen
from screens.plan.details import parts
from screens.plan.screen import PlanScreen
from screens.talk.series import TalksScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go, mentee
from tui.app import MentorApp

Keys = Pilot[int]


def told(store: Store, task: Task, reader: Reader = Reader.MENTOR) -> str:
    view = seen(mentee_view(store, mentee(store)), reader)
    return "\n".join(part.text for part in parts(view, task, limit=14))


def test_an_answer_tied_to_two_tasks_is_seen_on_both(store: Store) -> None:
    maja = mentee(store)
    one, two, other = store.of(Task, maja.id)[:3]
    talk = store.of(Talk, maja.id)[0]
    answer = Answer(
        mentee_id=maja.id,
        talk_id=talk.id,
        key="occupied",
        mentee="Optaget af roen",
        task_ids=(one.id, two.id),
    )
    store.commit([Change.created(answer)], "x")

    assert "Optaget af roen" in told(store, one)
    assert "Optaget af roen" in told(store, two)
    assert "Optaget af roen" not in told(store, other)


def test_a_private_answer_is_not_on_the_task_in_the_shared_view(store: Store) -> None:
    maja = mentee(store)
    task = store.of(Task, maja.id)[0]
    answer = Answer(
        mentee_id=maja.id,
        talk_id=store.of(Talk, maja.id)[0].id,
        key="wellbeing",
        mentee="Kanariefugl",
        task_ids=(task.id,),
        private=True,
    )
    store.commit([Change.created(answer)], "x")

    assert "Kanariefugl" in told(store, task)
    assert "Kanariefugl" not in told(store, task, Reader.SHARED)


def test_a_potential_tells_who_pointed_it_out(store: Store) -> None:
    task = store.of(Task, mentee(store).id)[0]
    store.commit(
        [Change.edited(task, potential="Kan blive tovholder", potential_source=Source.MANAGER)], "x"
    )
    (task,) = (one for one in store.of(Task, task.mentee_id) if one.id == task.id)

    by = _("identified by: {who}").format(who=word(Source.MANAGER).lower())
    assert f"Kan blive tovholder ({by})" in told(store, task)


def test_a_row_tells_which_talk_it_came_from(store: Store) -> None:
    view = mentee_view(store, mentee(store))
    talk = view.talks[0]
    task = new_task(view, "Ny rolleopgave", origin=talk.id)
    store.commit([Change.created(task)], "x")

    assert _("talk {number}").format(number=talk.number) in told(store, task)


async def test_an_introduction_names_the_sparring_with_the_person(app: MentorApp) -> None:
    store, maja = app.store, mentee(app.store)
    person = Person(name="Zenia Zander")
    task = Task(mentee_id=maja.id, title="Partshøring", sparring_with=person.id)
    meeting = Introduction(mentee_id=maja.id, person_id=person.id)
    store.commit([Change.created(one) for one in (person, task, meeting)], "x")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await go(app, pilot, PeopleScreen, "5")
        assert screen.grid.go_to(f"introduction:{meeting.id}")
        await pilot.pause()

        assert _("sparring: {tasks}").format(tasks="Partshøring") in screen_text(app)


async def test_minutes_set_aside_stand_beside_minutes_used(app: MentorApp) -> None:
    store, maja = app.store, mentee(app.store)
    there = [*store.of(Answer, maja.id), *store.of(Talk, maja.id)]
    store.commit(map(Change.deleted, there), "x")
    began = now() - timedelta(days=3)
    held = Talk(
        mentee_id=maja.id,
        number=1,
        state=TalkState.HELD,
        minutes=30,
        started_at=began,
        ended_at=began + timedelta(minutes=20),
    )
    cancelled = Talk(mentee_id=maja.id, number=2, minutes=30, state=TalkState.CANCELLED)
    store.commit([Change.created(held), Change.created(cancelled)], "x")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, TalksScreen, "3")

        text = _("{spent} of {planned} min set aside were used").format(spent=20, planned=30)
        assert text in screen_text(app)


async def test_a_doubt_has_its_answer_and_the_tip_is_the_answer(app: MentorApp) -> None:
    store, maja = app.store, mentee(app.store)
    doubt = Note(mentee_id=maja.id, kind=NoteKind.DOUBT, text="Må jeg det?", at=now())
    store.commit([Change.created(doubt)], "x")
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await go(app, pilot, ActionsScreen, "7")
        assert screen.grid.go_to(f"doubt:{doubt.id}")
        await pilot.press("f3")
        await pilot.pause()
        assert not [one for one in store.of(Note, maja.id) if one.text == "Ja, med en aftale"]
        await pilot.press("d")
        await pilot.pause()
        await pilot.press(*"Ja,", "space", *"med", "space", *"en", "space", *"aftale", "f10")
        await pilot.pause()
        answered = store.get(Note, doubt.id)
        assert answered is not None
        assert (answered.text, answered.answer) == ("Må jeg det?", "Ja, med en aftale")
        assert answered.answered_on == today()
        assert _("Answer: {text}").format(text=answered.answer) in screen.detail.plain
        await pilot.press("f3", "enter")
        await pilot.pause()

        tips = [one for one in store.of(Note, maja.id) if one.text == "Ja, med en aftale"]
        assert [one.kind for one in tips] == [NoteKind.TIP]
        assert store.get(Note, doubt.id) == answered
        await pilot.press("u")
        await pilot.pause()
        assert not [one for one in store.of(Note, maja.id) if one.text == "Ja, med en aftale"]


async def test_a_doubt_answered_without_words_says_that_the_tip_needs_them(app: MentorApp) -> None:
    store, maja = app.store, mentee(app.store)
    doubt = Note(mentee_id=maja.id, kind=NoteKind.DOUBT, text="Må jeg det?", at=now())
    store.commit([Change.created(doubt)], "x")
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await go(app, pilot, ActionsScreen, "7")
        assert screen.grid.go_to(f"doubt:{doubt.id}")
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("f10")
        await pilot.pause()
        await pilot.press("f3")
        await pilot.pause()
        assert _("The tip is the answer: write it first with e") in screen_text(app)


async def test_a_cpr_number_in_a_form_is_warned_about_and_can_be_saved(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await pilot.press("a")
        await pilot.pause()
        await pilot.press(*"010203-1234")
        await pilot.pause()
        warned = _("Possible CPR number: remove it") in screen_text(app)
        await pilot.press("f10")
        await pilot.pause()

        assert warned
        titles = [task.title for task in app.store.of(Task, mentee(app.store).id)]
        assert "010203-1234" in titles
