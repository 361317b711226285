"""Templates of plans on the command line."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.library.shared import Shared, use_shared
from data.library.templates import PlanTemplate, TemplateGoal, TemplateRow
from data.paths import templates_folder
from data.records import Goal, Mentee, Task
from data.store.opening import open_store
from data.templates.own import save_template
from tests.tools.example import example_file_at
from tests.tui.cli.tools import ROOT, Mentor, process

ROWS = (
    TemplateRow("Journalnotat", sparring=10, goals=(TemplateGoal("Skriver selv", due=30),)),
    TemplateRow("Telefonen"),
)
BOERN = PlanTemplate("boern", "Børn og unge", rows=ROWS)


@pytest.fixture(autouse=True)
def _no_library() -> Iterator[None]:
    yield
    use_shared(None)


def tasks(file: Path) -> dict[str, list[Task]]:
    opened = open_store(file, threaded=False)
    try:
        store = opened.store
        return {one.name: list(store.of(Task, one.id)) for one in store.all(Mentee)}
    finally:
        opened.close()


def test_a_mentee_is_added_with_a_plan_from_a_template(mentor: Mentor, file: Path) -> None:
    save_template(BOERN, os.environ)
    said = mentor("add", "Bo", "--start", "2026-08-01", "--sure", "--plan", "børn og unge")
    assert said.status == 0
    assert "2 tasks added to the plan of Bo." in said.out
    opened = open_store(file, threaded=False)
    (bo,) = opened.store.all(Mentee)
    note, phone = opened.store.of(Task, bo.id)
    (goal,) = opened.store.all(Goal)
    assert (note.title, note.sparring_on) == ("Journalnotat", date(2026, 8, 11))
    assert (goal.task_id, goal.due) == (note.id, date(2026, 8, 31))
    assert phone.sparring_on is None
    opened.close()


def test_a_wrong_template_names_those_there_are_and_adds_nobody(mentor: Mentor, file: Path) -> None:
    save_template(BOERN, os.environ)
    (templates_folder(os.environ) / "a.toml").write_text("[")
    refused = mentor("add", "Bo", "--start", "1-12-2025", "--plan", "voksne")
    assert refused.status == 2
    assert refused.problem == (
        "There is no template “voksne”. There are: boern-og-unge (Børn og unge). "
        "a.toml, line 1: this is not TOML."
    )
    assert not file.exists()


def test_a_plan_begins_from_a_template_a_file_or_another_plan(
    mentor: Mentor, file: Path, tmp_path: Path
) -> None:
    use_shared(Shared(name="Jobcenter Nordby", version="1", templates=(BOERN,)))
    for name in ("Bo", "Cecilie"):
        mentor("add", name, "--start", "1-12-2025")
    said = mentor("plan", "Bo", "--from", "boern", "--dry-run")
    assert said.err == ""
    assert said.out == "- Journalnotat\n- Telefonen\n2 tasks would be added to the plan of Bo.\n"
    assert tasks(file)["Bo"] == []
    assert mentor("plan", "Bo", "--from", "boern").out == "2 tasks added to the plan of Bo.\n"
    again = mentor("plan", "Bo", "--from", "boern").out
    assert again == "0 tasks added to the plan of Bo. 2 are in the plan already.\n"
    sent = tmp_path / "sendt.toml"
    sent.write_text('name = "Sendt"\n[[task]]\ntitle = "Spørg Bo og Cecilie"\n')
    assert mentor("plan", "Bo", "--from", str(sent)).status == 0
    assert mentor("plan", "cecilie", "--from", "bo").out.startswith("3 tasks added")
    assert [one.title for one in tasks(file)["Cecilie"]] == [
        "Journalnotat",
        "Telefonen",
        "Spørg the mentee og the mentee",
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--from", "boern", "--plain"), "Use one of --plain, --from and --save at a time."),
        (("--from", "voksne"), "There is no template “voksne”. There are: boern (Børn og unge)."),
        (("--from", "bo"), "A plan cannot begin from itself."),
        (("--from", "cecilie"), "The plan of Cecilie has no tasks."),
        (("--from", "/nowhere.toml"), "nowhere.toml cannot be read: it is not there."),
        (("--save", "x"), "The plan of Bo has no tasks."),
        (("--save", " "), "The name of the template is empty."),
        (("--save", "Bos plan"), "A template names nobody, and “Bos plan” does. Give it another"),
        ((), "Add --plain for it line by line"),
    ],
)
def test_what_cannot_be_done_is_one_line(mentor: Mentor, given: tuple[str, ...], said: str) -> None:
    use_shared(Shared(name="Jobcenter", version="1", templates=(BOERN,)))
    for name in ("Bo", "Cecilie"):
        mentor("add", name, "--start", "1-12-2025")
    refused = mentor("plan", "Bo", *given)
    assert refused.status == 2
    assert said in refused.problem


def test_a_plan_is_saved_as_a_template_and_never_over_another_unasked(
    mentor: Mentor, file: Path
) -> None:
    example_file_at(file)
    said = mentor("plan", "maja", "--save", "Første måneder")
    path = templates_folder(os.environ) / "foerste-maaneder.toml"
    assert said.out.strip() == str(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_text("utf-8")
    assert "Maja" not in before
    refused = mentor("plan", "maja", "--save", "Første måneder")
    assert refused.problem == f"There is a template {path} already. To replace it: --replace"
    path.write_text("")
    assert mentor("plan", "maja", "--save", "Første måneder", "--replace").status == 0
    assert path.read_text("utf-8") == before
    listed = mentor("template", "--list").out
    assert "foerste-maaneder: Første måneder, " in listed


def test_a_template_that_the_workplaces_comes_before_is_saved_with_a_word(
    mentor: Mentor, file: Path
) -> None:
    example_file_at(file)
    use_shared(Shared(name="Jobcenter Nordby", version="1", templates=(BOERN,)))
    said = mentor("plan", "maja", "--save", "Boern")
    path = templates_folder(os.environ) / "boern.toml"
    assert said.status == 0
    assert said.out.strip() == str(path)
    problem = " ".join(said.err.split())
    assert "Jobcenter Nordby has a template of that name too" in problem
    assert f"--from {path}" in problem
    mentor("add", "Bo", "--start", "1-12-2025")
    mentor("plan", "bo", "--from", str(path))
    assert len(tasks(file)["Bo"]) == len(tasks(file)["Maja Holm"])
    assert "comes first" not in mentor("plan", "maja", "--save", "Min egen").err


def test_without_a_first_day_what_is_left_out_is_said(mentor: Mentor, file: Path) -> None:
    save_template(BOERN, os.environ)
    opened = open_store(file, threaded=False)
    from data.store.change import Change

    opened.store.commit([Change.created(Mentee(name="Bo"))], "")
    opened.close()
    said = mentor("plan", "bo", "--from", "boern-og-unge").out
    assert "There is no first day at work yet, so nothing has a date." in " ".join(said.split())


def test_the_list_says_where_each_comes_from_and_what_is_broken(mentor: Mentor) -> None:
    assert "There is no template yet." in mentor("template", "--list").out
    use_shared(Shared(name="Jobcenter Nordby", version="1", templates=(BOERN,)))
    save_template(PlanTemplate("", "Mine", rows=ROWS[:1]), os.environ)
    (templates_folder(os.environ) / "a.toml").write_text("[")
    said = mentor("template", "--list")
    assert said.status == 0
    assert said.out.startswith(
        "boern: Børn og unge, 2 tasks (Jobcenter Nordby)\nmine: Mine, 1 task"
    )
    assert "mine.toml" in said.out
    assert said.err == "mentor: a.toml, line 1: this is not TOML.\n"
    assert "--list" in mentor("template").problem


def test_templates_of_the_workplaces_library_are_there(file: Path) -> None:
    jobcenter, key = str(ROOT / "data/library/examples/jobcenter"), "foerste-tre-maaneder"
    listed = process(file, "template", "--list", "--lang", "da", MENTOR_LIBRARY=jobcenter)
    assert f"{key}: Første tre måneder" in listed.stdout.decode()
    words = ("add", "Bo", "--start", "1-12-2025", "--plan", key)
    assert process(file, *words, MENTOR_LIBRARY=jobcenter).returncode == 0
    assert len(tasks(file)["Bo"]) == 12


def test_a_second_process_begins_from_what_the_first_saved(file: Path) -> None:
    example_file_at(file)
    assert process(file, "plan", "maja", "--save", "Min").returncode == 0
    assert process(file, "add", "Bo", "--start", "1-12-2025", "--plan", "min").returncode == 0
    found = tasks(file)
    assert [one.title for one in found["Bo"]] == [one.title for one in found["Maja Holm"]]


def test_the_doctor_names_a_template_that_cannot_be_used(mentor: Mentor, file: Path) -> None:
    example_file_at(file)
    save_template(BOERN, os.environ)
    assert "template" not in mentor("doctor").out
    (templates_folder(os.environ) / "a.toml").write_text("[")
    found = mentor("doctor")
    assert found.status == 1
    assert "A template of plans cannot be used: a.toml, line 1: this is not TOML." in found.out
