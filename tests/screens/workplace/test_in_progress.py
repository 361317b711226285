"""What is in progress keeps its wording when a newer version of the library is taken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.clock import now, today
from data.i18n import language
from data.library import duties, questions, rhythms
from data.library.questionset import QUESTIONS, as_begun, begun_with, built_in_questions
from data.library.shared import Shared, use_shared
from data.library.talk_rhythms import rhythm
from data.library.templates import PlanTemplate
from data.method.mentorship.roles import new_mentee_records
from data.method.talk.lifecycle import start_talk
from data.queries.views import mentee_view, talk_words
from data.records import Duty, Mentee, Talk, Task
from data.settings import Settings
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from data.workplace.offers import offers, with_taken
from data.workplace.use import InUse
from screens.frame.context import Context
from tests.data.workplace.library_folder import DUTIES, HEAD, RHYTHMS, TEMPLATE, put
from tests.data.workplace.library_folder import QUESTIONS as ASKED
from tests.screens.conftest import screen_text
from tui.app import MentorApp

OLD, NEW = "Hvad fylder hos dig lige nu?", "Hvad har fyldt siden sidst?"


def take_another(folder: Path, library: InUse) -> None:
    """Take a version in which everything is worded otherwise, or gone."""
    put(folder, "library.toml", HEAD.replace('"1"', '"2"'))
    put(folder, "questions/10.toml", ASKED.replace(OLD, NEW).replace("borgermøde", "netværksmøde"))
    put(folder, "duties.toml", DUTIES.replace("Vise kaffemaskinen", "Vise køkkenet"))
    put(folder, "rhythms.toml", RHYTHMS.replace("= 1 }", "= 2 }"))
    put(folder, "plans/first-weeks.toml", TEMPLATE.replace("Hilse på", "Gå en runde"))
    assert library.look()
    library.change(lambda copy: with_taken(copy, offers(copy)))
    assert questions("da").step("occupied").text == NEW


def values(library: InUse) -> Shared:
    found = library.values()
    assert found is not None
    return found


def maja(store: Store) -> Mentee:
    return next(one for one in store.all(Mentee) if one.name.startswith("Maja"))


async def test_a_talk_that_runs_asks_what_it_asked_before(
    store: Store, path: Path, folder: Path, library: InUse
) -> None:
    app = MentorApp(Context(store, Settings(), file=path, library=library))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "t", "f8", "f8", "f8")
        await pilot.pause()
        await pilot.press(*"ord")
        await pilot.pause()
        take_another(folder, library)
        for screen in app.screen_stack:
            screen.bring_up_to_date(everything=True)  # type: ignore[attr-defined]
        [talk] = [one for one in store.all(Talk) if one.state == "running"]
        words = talk_words(store, talk)
        assert words.step("occupied").text == OLD
        assert "borgermøde" in words.step("shared:field").text
        await pilot.press("f7", "f7", "f7", "f8", "f8")
        await pilot.pause()
        assert OLD in screen_text(app)
        assert NEW not in screen_text(app)
    assert store.flush()
    other = open_store(path, by="anne", threaded=False)
    again = other.store.get(Talk, talk.id)
    assert talk_words(other.store, again).step("occupied").text == OLD, "in the next session too"
    assert talk_words(other.store).step("occupied").text == NEW, "the next talk asks anew"
    other.close()


def test_a_talk_that_was_only_opened_keeps_nothing(store: Store, library: InUse) -> None:
    view = mentee_view(store, maja(store))
    talk, changes = start_talk(view, now())
    assert json.loads(talk.worded["occupied"])["text"] == OLD
    assert talk.worded[""] == "Jobcenter Nordby"
    store.commit(changes)
    use_shared(None)
    other, _changes = start_talk(mentee_view(store, maja(store)), now(), which=None)
    assert other.worded == talk.worded


def test_without_a_library_a_talk_keeps_nothing(store: Store) -> None:
    talk, _changes = start_talk(mentee_view(store, maja(store)), now())
    assert talk.worded == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "5",
        '{"text": 3}',
        '{"odd": "x"}',
        '{"text": "a", "after": "x"}',
        '{"probes": 1}',
    ],
)
def test_what_somebody_wrote_into_the_file_is_no_question(text: str) -> None:
    found = as_begun("da", {"": "Nordby", "occupied": text, "mine": text})
    assert [one.key for one in found.steps] == [one.key for one in built_in_questions("da").steps]
    assert found.step("occupied").text in {built_in_questions("da").step("occupied").text, "a"}


def test_the_same_texts_come_back(library: InUse) -> None:
    assert as_begun(language(), begun_with()) == questions(language())
    assert set(QUESTIONS) <= {one.key for one in questions("da").steps}


def test_plan_duties_and_rhythm_of_a_mentee_stay(
    store: Store, folder: Path, library: InUse
) -> None:
    nordby = next(one.key for one in rhythms() if one.key.startswith("own:"))
    mentee = Mentee(name="Ida", start=today(), rhythm=nordby)
    store.commit(new_mentee_records(mentee, "1", duties("da"), today()))
    template = next(one for one in values(library).templates if isinstance(one, PlanTemplate))
    task = Task(mentee_id=mentee.id, title=template.rows[0].title)
    store.commit([Change.created(task)])
    had, talks, tasks = (store.of(kind, mentee.id) for kind in (Duty, Talk, Task))
    take_another(folder, library)
    assert [store.of(kind, mentee.id) for kind in (Duty, Talk, Task)] == [had, talks, tasks]
    assert [one.title for one in tasks if isinstance(one, Task)] == ["Hilse på"]
    assert talks, "they were planned by the rhythm of the library"
    stored = store.get(Mentee, mentee.id)
    assert stored is not None
    assert stored.rhythm == nordby
    stretches = rhythm(stored.rhythm).stretches
    assert [one.every_weeks for one in stretches] == [1, 3]
    assert "Vise kaffemaskinen" in {one.text for one in had if isinstance(one, Duty)}
