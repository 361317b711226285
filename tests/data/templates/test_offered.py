"""What a plan can begin from: the workplace's templates, own ones, and plans of others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.library.shared import Shared, use_shared
from data.library.templates import PlanTemplate, TemplateRow, template_text
from data.method.no_names import without_names
from data.records import Goal, Mentee, Person, Task
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from data.templates import offered
from data.templates.offered import Origin, all_names, find_template, no_such_template, offers
from data.templates.own import TemplateProblem, save_template

WORKPLACE = PlanTemplate("boern", "Børn og unge", rows=(TemplateRow("Notat"), TemplateRow("Møde")))
MAJA = Mentee(name="Maja Kjær", start=date(2025, 8, 1))
EMIL = Mentee(name="Emil", start=date(2025, 11, 1))
NEW = Mentee(name="Nadia")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "mentor.json", threaded=False)
    task = Task(mentee_id=MAJA.id, title="Følg Jette", sparring_on=date(2025, 8, 11))
    records = [
        *(MAJA, EMIL, NEW, Person(name="Jette Hansen"), task),
        Goal(mentee_id=MAJA.id, task_id=task.id, text="Kan det, Maja kan"),
        Task(mentee_id=EMIL.id, title="Et"),
        Task(mentee_id=EMIL.id, title="To"),
    ]
    opened.store.commit([Change.created(one) for one in records], "")
    yield opened.store
    opened.close()


@pytest.fixture(autouse=True)
def workplace() -> Iterator[None]:
    yield
    use_shared(None)


def test_first_the_workplaces_then_own_ones_then_plans_the_latest_first(store: Store) -> None:
    use_shared(Shared(name="Jobcenter Nordby", version="1", templates=(WORKPLACE,)))
    path = save_template(PlanTemplate("", "Ålborg", rows=(TemplateRow("Et"),)), os.environ)
    save_template(PlanTemplate("", "Zoo", rows=(TemplateRow("Et"),)), os.environ)
    found = offers(store, os.environ, NEW.id).found
    assert [(one.origin, one.name, one.count, one.where) for one in found] == [
        (Origin.WORKPLACE, "Børn og unge", "2 tasks", "Jobcenter Nordby"),
        (Origin.OWN, "Zoo", "1 task", "your own"),
        (Origin.OWN, "Ålborg", "1 task", "your own"),
        (Origin.PLAN, "Emil", "2 tasks", "a mentee’s plan"),
        (Origin.PLAN, "Maja Kjær", "1 task", "a mentee’s plan"),
    ]
    assert found[2].path == path
    assert len({one.id for one in found}) == 5


def test_a_plan_is_offered_stripped_and_its_step_of_undo_names_nobody(store: Store) -> None:
    *_others, maja = offers(store, os.environ, NEW.id).found
    template = maja.read()
    text = template_text(template)
    for name in ("Maja", "Kjær", "Jette", "Hansen"):
        assert name not in text
    assert template.rows[0].title == "Følg a colleague"
    assert template.rows[0].sparring == 10
    assert maja.step == "tasks from an earlier plan"


def test_ones_own_plan_is_not_offered_and_no_plan_where_somebody_looks_on(store: Store) -> None:
    assert [one.name for one in offers(store, os.environ, EMIL.id).found] == ["Maja Kjær"]
    assert offers(store, os.environ, NEW.id, plans=False).found == ()


def test_a_plan_whose_mentee_has_gone_is_no_longer_there(store: Store) -> None:
    *_others, maja = offers(store, os.environ, NEW.id).found
    store.commit([Change.deleted(MAJA)], "")
    with pytest.raises(TemplateProblem, match="no longer there"):
        maja.read()


@pytest.mark.parametrize("typed", ["boern", "Børn og unge", "BØRN OG UNGE", "børn og"])
def test_a_template_is_found_by_key_or_name(store: Store, typed: str) -> None:
    use_shared(Shared(name="Jobcenter", version="1", templates=(WORKPLACE,)))
    found = find_template(offers(store, os.environ), typed)
    assert found is not None
    assert found.read() == WORKPLACE


def test_a_whole_name_comes_before_the_start_of_one(store: Store) -> None:
    for name in ("Børn", "Børn og unge", "Børn og voksne"):
        save_template(PlanTemplate("", name, rows=(TemplateRow(name),)), os.environ)
    there = offers(store, os.environ)
    whole = find_template(there, "børn")
    assert whole is not None
    assert whole.name == "Børn"
    with pytest.raises(TemplateProblem, match=r"boern-og-unge .*boern-og-voksne"):
        find_template(there, "børn og")


def test_a_path_is_read(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "sendt.toml"
    path.write_text('name = "Sendt"\n[[task]]\ntitle = "Et"\n')
    found = find_template(offers(store, os.environ), str(path))
    assert found is not None
    assert found.name == "Sendt"
    with pytest.raises(TemplateProblem, match=r"nowhere\.toml cannot be read: it is not there"):
        find_template(offers(store, os.environ), "nowhere.toml")


def test_one_that_is_not_there_names_those_that_are(store: Store) -> None:
    there = offers(store, os.environ)
    assert find_template(there, "x") is None
    assert "none at all yet" in str(no_such_template(there, "x"))
    use_shared(Shared(name="Jobcenter", version="1", templates=(WORKPLACE,)))
    problem = no_such_template(offers(store, os.environ), "x\x1b[31m")
    assert str(problem) == "There is no template “x”. There are: boern (Børn og unge)."


def test_the_users_own_name_is_stripped_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offered, "account_name", lambda: "Anna Bech")
    monkeypatch.setattr(offered, "user_name", lambda _uid: "annbec")
    said = without_names("Annas nye opgave: spørg Bech, også annbec", all_names(store))
    assert said == "A colleague’s nye opgave: spørg a colleague, også a colleague"
