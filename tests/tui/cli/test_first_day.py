"""`mentor add`: the first day at work, and what is asked for where it is not given."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from data.records import Mentee, Person, Role
from data.store.opening import open_store
from tests.tools.pty import Terminal
from tests.tui.cli.tools import NOW, ROOT, Mentor, read


def test_add_gives_the_same_mentor_and_end_as_the_form(mentor: Mentor, file: Path) -> None:
    said = mentor("add", "Bo", "--start", "2-12-2025")
    assert "Ends on: 30-11-2026. Mentor: " in " ".join(said.out.split())
    opened = open_store(file, threaded=False)
    (bo,) = opened.store.all(Mentee)
    assert any(opened.store.get(Person, role.person_id) for role in opened.store.of(Role, bo.id))
    assert bo.ends == date(2026, 11, 30)
    opened.close()


@pytest.mark.parametrize(
    ("typed", "understood"),
    [("week 47", "Mon 17-11-2025"), ("man 1/12", "Mon 01-12-2025"), ("6/12", "day off: weekend")],
)
def test_add_takes_the_nearest_day_and_says_which(
    mentor: Mentor, typed: str, understood: str
) -> None:
    said = mentor("add", "Bo", "--start", typed, "--sure")
    assert understood in said.out.replace("\n ", "")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("6/12-2025", "Sat 06-12-2025 is a day off (weekend)."),
        ("1-8-2032", "01-08-2032 is far from today ("),
    ],
)
def test_where_nothing_can_be_asked_a_doubtful_first_day_is_refused_in_one_line(
    mentor: Mentor, file: Path, typed: str, why: str
) -> None:
    refused = mentor("add", "Bo", "--start", typed)
    assert refused.status == 2
    assert why in refused.problem
    assert refused.problem.endswith("If it is right: --sure")
    assert not file.exists()
    assert mentor("add", "Bo", "--start", typed, "--sure").status == 0


def test_a_first_day_that_has_been_is_taken_and_the_answer_says_when_it_was(mentor: Mentor) -> None:
    said = mentor("add", "Bo", "--start", "2-8-2025")
    assert said.status == 0
    told = " ".join(said.out.split())
    assert "Sat 02-08-2025" in told
    assert "days ago – day off: weekend" in told
    documents = (ROOT / "docs/commands.md").read_text("utf-8")
    assert "A first day of the last year is taken as it is, also on a day off" in documents
    assert "or a day off to come" in " ".join(mentor("add", "--help").out.split())


def test_at_a_terminal_what_is_not_given_is_asked_for(file: Path) -> None:
    env = {"MENTOR_FILE": str(file), "MENTOR_NOW": NOW, "HOME": str(file.parent), "TERM": "dumb"}
    with Terminal([sys.executable, "-m", "tui", "add"], env=env, cwd=ROOT) as terminal:
        terminal.wait_for("Name of the mentee:")
        terminal.key("\n")
        terminal.wait_for("The name is empty.")
        terminal.key("Bo Test\n")
        terminal.wait_for("First day at work, such as 1/8 or Monday:")
        terminal.key("snart\n")
        terminal.wait_for("snart")
        terminal.key("1-8-2032\n")
        terminal.wait_for("Yes or no:")
        assert "Sun 01-08-2032 is" in " ".join(terminal.screen().split())
        terminal.key("yes\n")
        assert terminal.wait_exit() == 0
    (bo,) = read(file)[0]
    assert (bo.name, bo.start) == ("Bo Test", date(2032, 8, 1))


def test_leaving_the_questions_adds_nothing(file: Path) -> None:
    env = {"MENTOR_FILE": str(file), "MENTOR_NOW": NOW, "HOME": str(file.parent), "TERM": "dumb"}
    with Terminal([sys.executable, "-m", "tui", "add", "Bo"], env=env, cwd=ROOT) as terminal:
        terminal.wait_for("First day at work")
        terminal.key("\x04")
        terminal.wait_for("Nothing has been added.")
        assert terminal.wait_exit() == 2
    assert not file.exists()


def test_a_day_that_could_be_years_away_is_asked_about(mentor: Mentor) -> None:
    refused = mentor("add", "Bo", "--start", "29/2")
    assert refused.status == 2
    assert "In which year?" in refused.problem


@pytest.mark.parametrize(("answer", "added"), [("no", []), ("yes", ["Bo"])])
def test_at_a_terminal_a_first_day_on_a_day_off_is_asked_about(
    file: Path, answer: str, added: list[str]
) -> None:
    env = {"MENTOR_FILE": str(file), "MENTOR_NOW": NOW, "HOME": str(file.parent), "TERM": "dumb"}
    argv = [sys.executable, "-m", "tui", "add", "Bo", "--start", "6/12-2025"]
    with Terminal(argv, env=env, cwd=ROOT) as terminal:
        terminal.wait_for("Yes or no:")
        assert "Sat 06-12-2025 is a day off (weekend)" in terminal.screen()
        terminal.key(f"{answer}\n")
        terminal.wait_exit()
    assert [one.name for one in read(file)[0]] == added
