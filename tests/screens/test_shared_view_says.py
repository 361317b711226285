"""What is said in the shared view is true of what is hidden too, and names none of it."""

from __future__ import annotations

from textual.pilot import Pilot

from data.clock import now, today
from data.i18n import _, ngettext
from data.method.visibility import is_private
from data.privacy import canaries as c
from data.privacy.canaries import Planted, plant
from data.records import Answer, Conflict, Mentee, Note, NoteKind, Talk, TalkState, Task
from data.store.change import Change
from data.store.store import Store
from screens.actions.screen import ActionsScreen
from screens.frame.places import BY_NAME, load
from screens.note.screen import NoteScreen
from screens.overview.screen import OverviewScreen
from screens.plan.screen import PlanScreen
from screens.search.screen import SearchScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go, mentee
from tests.screens.talk import tools
from tui.app import MentorApp

SIZE = (120, 70)
REPLY = f"{c.ALL}-svar-paa-tvivl"


def alone(store: Store) -> Mentee:
    """Return a new mentee with two tasks, a private note and a private tip."""
    ida = Mentee(name="Ida Ny", start=today())
    one = Task(mentee_id=ida.id, title="Buret", type="fugle")
    other = Task(mentee_id=ida.id, title="Voliere", type="fugle", order=1.0)
    tip = Note(mentee_id=ida.id, text=c.TIP, kind=NoteKind.TIP, at=now(), task_id=other.id)
    records = (ida, one, other, tip, Note(mentee_id=ida.id, text=c.NOTE, at=now()))
    store.commit([Change.created(record) for record in records], undoable=False)
    return ida


async def test_the_overview_says_that_no_notes_are_shared(app: MentorApp, store: Store) -> None:
    ida = alone(store)
    hint, shared = _("No notes yet: n writes one."), _("No shared notes here: n writes one.")
    async with app.run_test(size=SIZE) as keys:
        await go(app, keys, OverviewScreen, name="Ida")
        assert c.NOTE in screen_text(app)
        await keys.press("f6")
        await keys.pause()
        assert shared in screen_text(app)
        assert hint not in screen_text(app)

        # The same words where there is nothing to hide, or they would tell that there is.
        store.commit([Change.deleted(note) for note in store.of(Note, ida.id)])
        await keys.pause()
        assert shared in screen_text(app)
        await keys.press("f6")
        await keys.pause()
        assert hint in screen_text(app)


async def test_older_notes_are_counted_as_shared_ones(app: MentorApp, store: Store) -> None:
    ida = alone(store)
    notes = [Note(mentee_id=ida.id, text=f"{n}", private=False, at=now()) for n in range(8)]
    store.commit([Change.created(note) for note in notes], undoable=False)
    async with app.run_test(size=SIZE) as keys:
        await go(app, keys, OverviewScreen, name="Ida")
        older = ngettext("{number} older note", "{number} older notes", 4)
        assert older.format(number=4) in screen_text(app)
        await keys.press("f6")
        await keys.pause()
        older = ngettext("{number} older shared note", "{number} older shared notes", 2)
        assert older.format(number=2) in screen_text(app)


async def test_a_search_speaks_of_the_shared_view_only(app: MentorApp, store: Store) -> None:
    alone(store)
    async with app.run_test(size=SIZE) as keys:
        await keys.pause()
        await app.push_screen(SearchScreen(app.context))
        await keys.press(*"kanarie", "f6")
        await keys.pause()
        assert _("Nothing found in shared view") in screen_text(app)
        await keys.press("f6")
        await keys.pause()
        assert c.NOTE in screen_text(app)


async def test_the_plan_says_that_nothing_shared_is_known(app: MentorApp, store: Store) -> None:
    alone(store)
    async with app.run_test(size=SIZE) as keys:
        await go(app, keys, PlanScreen, "2", "f6", "r", name="Ida")
        await keys.pause()
        said = screen_text(app)
        assert _("Nothing shared from earlier tasks of this type") in said
        assert _("Nothing yet from earlier tasks of this type") not in said


async def test_a_doubt_has_no_name_in_what_is_said_of_it(app: MentorApp, store: Store) -> None:
    planted = plant(store, mentee(store), now())
    async with app.run_test(size=SIZE) as keys:
        screen = await go(app, keys, ActionsScreen, "7")
        screen.go_to(planted.shared_doubt.id)
        await keys.press("d")
        await keys.pause()
        await keys.press(*REPLY, "ctrl+s", "f6")
        await keys.pause()
        doubt = store.get(Note, planted.shared_doubt.id)
        assert doubt is not None
        assert doubt.answer == REPLY
        assert c.ALL not in screen_text(app)
        await keys.press("u")
        await keys.pause()
        assert _("Undone: {what} (U redoes)").partition(":")[0] in screen_text(app)
        assert c.ALL not in screen_text(app)


async def test_a_shared_doubt_is_said_to_stay_hidden(app: MentorApp, store: Store) -> None:
    planted = plant(store, mentee(store), now())
    async with app.run_test(size=SIZE) as keys:
        await keys.pause()
        await app.push_screen(NoteScreen(app.context, note_id=planted.shared_doubt.id))
        await keys.press("f4", "f4")
        await keys.pause()
        text = _("Shared with the mentee; shared view still hides a doubt or question")
        assert text in screen_text(app)
        await keys.press("f6")
        await keys.pause()
        assert _("Doubts and questions are hidden in shared view: F6 exits") in screen_text(app)


async def test_wellbeing_cannot_be_shared(app: MentorApp, store: Store) -> None:
    plant(store, mentee(store), now())
    async with app.run_test(size=tools.SIZE) as keys:
        await tools.enter(app, keys)
        await tools.go(app, keys, "wellbeing")
        assert _("private") in screen_text(app)
        await keys.press("f4")
        await keys.pause()
        assert _("What is said about wellbeing is always private") in screen_text(app)


async def test_a_mentee_with_nothing_but_private_notes_is_not_said_to_have_none(
    app: MentorApp, store: Store
) -> None:
    ida = Mentee(name="Ida Ny", start=today())
    note = Note(mentee_id=ida.id, text=c.NOTE, at=now())
    talk = Talk(mentee_id=ida.id, number=1, state=TalkState.RUNNING, started_at=now())
    store.commit([Change.created(one) for one in (ida, note, talk)], undoable=False)
    async with app.run_test(size=SIZE) as keys:
        await tools.enter(app, keys, ida)
        await tools.go(app, keys, "since")
        assert c.NOTE in screen_text(app)
        await keys.press("f6")
        await keys.pause()
        text = _("Nothing yet: no tasks in the plan, and no shared notes or actions.")
        assert text in screen_text(app)


# -- that there is something to hide --------------------------------------------------------------


async def _looks(app: MentorApp, keys: Pilot[int], planted: Planted) -> dict[str, str]:
    """Return what each place of a mentee shows, and steps of the talk under way."""
    shown = {}
    for name in BY_NAME:
        await app.push_screen(load(name)(app.context, planted.mentee.id))
        await keys.pause()
        shown[name] = screen_text(app)
        app.pop_screen()
    screen = await tools.enter(app, keys, planted.mentee)
    for step in ("occupied", "since", "wellbeing"):
        await tools.go(app, keys, step)
        if step == "wellbeing":
            await keys.press("f4")
            await keys.pause()
        rail = [f"{one.key}: {one.filled}" for one in screen.rail.steps]
        shown[f"talk: {step}"] = "\n".join([*rail, screen_text(app)])
    await keys.press("escape")
    await keys.pause()
    return shown


async def test_the_shared_view_is_the_same_whether_there_is_anything_private(
    app: MentorApp, store: Store
) -> None:
    planted = plant(store, mentee(store), now())
    store.commit([Change.edited(planted.running, task_ids=())], undoable=False)
    # Else a question would be seen as it was asked, which is not private.
    answers = [Change.edited(one, question="") for one in store.all(Answer) if is_private(one)]
    store.commit(answers, undoable=False)
    every: list[Note | Answer | Conflict] = [*store.all(Note), *store.all(Answer)]
    every += store.all(Conflict)
    private = [one for one in every if one.mentee_id == planted.mentee.id and is_private(one)]
    async with app.run_test(size=SIZE) as keys:
        await keys.pause()
        await keys.press("f6")
        there = await _looks(app, keys, planted)
        store.commit([Change.deleted(one) for one in private], undoable=False)
        for place, shown in (await _looks(app, keys, planted)).items():
            assert shown.splitlines() == there[place].splitlines(), place


async def test_the_answer_to_a_shared_doubt_that_becomes_a_tip_is_still_hidden(
    app: MentorApp, store: Store
) -> None:
    planted = plant(store, mentee(store), now())
    answered = Change.edited(planted.shared_doubt, answered_on=today(), answer=REPLY)
    store.commit([answered], undoable=False)
    async with app.run_test(size=SIZE) as keys:
        screen = await go(app, keys, ActionsScreen, "7")
        screen.go_to(planted.shared_doubt.id)
        await keys.press("f3", "enter")
        await keys.pause()
        (tip,) = (one for one in store.all(Note) if one.text == REPLY)
        assert tip.kind is NoteKind.TIP
        await go(app, keys, OverviewScreen, "1")
        shown = screen_text(app)
        assert c.SHARED_DOUBT in shown
        assert REPLY in shown
        await keys.press("f6")
        await keys.pause()
        shown = screen_text(app)
        assert c.SHARED_DOUBT not in shown
        assert REPLY not in shown


async def test_no_other_mentee_is_named_in_the_shared_view(app: MentorApp, store: Store) -> None:
    alone(store)
    nadia = Mentee(name="Nadia Skov")
    store.commit([Change.created(nadia)], undoable=False)
    told = _("note about {name}").format(name=nadia.name)
    store.commit([Change.edited(nadia, team="Nord")], told)
    async with app.run_test(size=SIZE) as keys:
        await go(app, keys, OverviewScreen, name="Ida")
        await keys.press("f6", "u")
        await keys.pause()
        assert _("Undo?") in screen_text(app)
        assert "Nadia" not in screen_text(app)
        await keys.press("j")
        await keys.pause()
        assert _("Undone (U redoes)") in screen_text(app)
        assert "Nadia" not in screen_text(app)
        await keys.press("U")
        await keys.pause()
        assert _("Redo?") in screen_text(app)
        assert "Nadia" not in screen_text(app)
        await keys.press("j", "n", "ctrl+t", "pagedown", "enter")
        await keys.pause()
        assert _("Other mentees are hidden in shared view: F6 exits it first") in screen_text(app)
        assert "Nadia" not in screen_text(app)
        await keys.press("f6", "ctrl+t", "pagedown", "enter")
        await keys.pause()
        assert "Nadia" in screen_text(app)


async def test_words_that_are_hidden_are_not_shared_unseen(app: MentorApp, store: Store) -> None:
    plant(store, mentee(store), now())
    async with app.run_test(size=tools.SIZE) as keys:
        await tools.enter(app, keys)
        await tools.go(app, keys, "help")
        await keys.press("f6", "f4")
        await keys.pause()
        assert c.ALL not in screen_text(app)
        said = _("What is noted here is hidden in shared view: F6 exits it first")
        assert said in screen_text(app)
