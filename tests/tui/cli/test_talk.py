"""The talk line by line, as somebody with a screen reader or a simple terminal has it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.method.plan.agreed import changed_since_agreed
from data.queries.views import mentee_view
from data.records import Action, Answer, Mentee, Record, Talk, TalkState, Task
from data.store.opening import open_store
from tests.tools.pty import Terminal
from tests.tui.cli.tools import NOW, ROOT, enter, example_file, say


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MENTOR_NOW", NOW)
    return example_file(tmp_path)


def begin(file: Path, *arguments: str, **environ: str) -> Terminal:
    env = {"MENTOR_FILE": str(file), "MENTOR_NOW": NOW, "HOME": str(file.parent), "TERM": "dumb"}
    return Terminal(
        [sys.executable, "-m", "tui", "talk", "Maja", "--plain", *arguments],
        env={**env, **environ},
        cwd=ROOT,
        rows=60,
    )


def records(file: Path, kind: type[Record]) -> Iterator[Record]:
    opened = open_store(file, threaded=False)
    try:
        maja = next(one for one in opened.store.all(Mentee) if one.name.startswith("Maja"))
        yield from (one for one in opened.store.all(kind) if vars_of(one) == maja.id)
    finally:
        opened.close()


def vars_of(record: Record) -> str:
    return str(getattr(record, "mentee_id", ""))


def running(file: Path) -> Talk:
    found = [t for t in records(file, Talk) if isinstance(t, Talk)]
    return next(talk for talk in found if talk.state is TalkState.RUNNING)


def answers(file: Path, talk: Talk) -> dict[str, Answer]:
    found = [one for one in records(file, Answer) if isinstance(one, Answer)]
    return {one.key: one for one in found if one.talk_id == talk.id}


def to_the_questions(terminal: Terminal) -> None:
    """Go through what comes before the first question, choosing the first task."""
    say(terminal, "Enter continues", "")
    prompts = {"Yes, or leave empty:": "", "such as 1 3:": "1", "Mentee's words:": None}
    while True:
        terminal.wait_until(lambda: terminal.screen().rstrip().endswith(tuple(prompts)))
        end = terminal.screen().rstrip()
        answer = next(line for prompt, line in prompts.items() if end.endswith(prompt))
        if answer is None:
            return
        enter(terminal, answer)


def test_every_line_is_kept_at_once_and_the_talk_goes_on_after_a_kill(file: Path) -> None:
    with begin(file) as terminal:
        to_the_questions(terminal)
        say(terminal, "Mentee's words", "Sagen om [red]æøå[/]", "..og mere")
        terminal.wait_until(lambda: terminal.screen().rstrip().endswith("Mentee's words:"))
        terminal.kill(signal.SIGKILL)
        terminal.wait_exit()
        assert b"\x1b" not in terminal.raw
        assert not any("\u2500" <= letter <= "\u259f" for letter in terminal.raw.decode())
    talk = running(file)
    assert talk.step == "occupied"
    assert len(talk.task_ids) == 1
    assert answers(file, talk)["occupied"].mentee == "Sagen om [red]æøå[/]\n.og mere"
    with begin(file) as terminal:
        terminal.wait_for("Resuming talk")
        terminal.wait_for("Step 3 of")
        terminal.wait_for(".og mere")
        say(terminal, "Mentee's words", "")
        say(terminal, "Mentor's words", "Mit", ".undo", "Mit svar", "")
        terminal.wait_for("Going well")
        say(terminal, "Mentee's words", ".stop")
        terminal.wait_for("Stopped.")
        assert terminal.wait_exit() == 0
    assert answers(file, talk)["occupied"].mentor == "Mit svar"
    assert running(file).step == "works"


def test_a_paste_of_several_paragraphs_is_one_answer(file: Path) -> None:
    with begin(file) as terminal:
        to_the_questions(terminal)
        terminal.key("Første afsnit\nog mere\n\nAndet af")  # as most copied text, without a newline
        terminal.settle()
        enter(terminal, "snit")
        say(terminal, "Mentee's words", "Skrevet til")
        talk = running(file)
        (answer,) = answers(file, talk).values()
        assert answer.mentee == "Første afsnit\nog mere\n\nAndet afsnit\nSkrevet til"
        say(terminal, "Mentee's words", "")
        terminal.wait_for("Mentor's words")


def test_a_talk_in_which_nothing_was_written_has_not_begun(file: Path) -> None:
    before = [talk for talk in records(file, Talk) if isinstance(talk, Talk)]
    with begin(file) as terminal:
        terminal.wait_for("Step 1 of")
        say(terminal, "Enter continues", ".stop")
        terminal.wait_for("has not started")
        assert terminal.wait_exit() == 0
    after = [talk for talk in records(file, Talk) if isinstance(talk, Talk)]
    assert [(t.state, t.planned_on) for t in after] == [(t.state, t.planned_on) for t in before]


def test_a_talk_to_its_end(file: Path) -> None:
    with begin(file, "--short") as terminal:
        to_the_questions(terminal)
        say(terminal, "Mentee's words", "Optaget", "")
        say(terminal, "Mentor's words", "Læs vejledningen", ".action")
        say(terminal, "What (Læs vejledningen)", "")
        say(terminal, "Yes or no", "maybe", "yes")
        say(terminal, "Due date (leave empty for none)", "den 77.", "1/12")
        terminal.wait_for("Agreed: Læs vejledningen")
        say(terminal, "Mentor's words", "")
        terminal.wait_for("Help")
        say(terminal, "Mentee's words", ".go")
        say(terminal, "Step", "99", "8")
        terminal.wait_for("Close")
        say(terminal, "Mentor's words", "At lytte", "")
        say(terminal, "Yes or no", "no")
        say(terminal, "Date of the next talk (leave empty for none)", "i går")
        terminal.wait_for("has passed")
        say(terminal, "Mentor's words", "")
        say(terminal, "Yes or no", "no")
        say(terminal, "Date of the next talk (leave empty for none)", "8/12-2025")
        say(terminal, "Yes or no", "")
        terminal.wait_for("The talk has ended")
        assert terminal.wait_exit() == 0
    talks = [one for one in records(file, Talk) if isinstance(one, Talk)]
    assert not [talk for talk in talks if talk.state is TalkState.RUNNING]
    held = [talk for talk in talks if talk.state is TalkState.HELD][-1]
    assert held.next_on == date(2025, 12, 8)
    assert answers(file, held)["close"].mentor == "At lytte"
    actions = [one for one in records(file, Action) if isinstance(one, Action)]
    (made,) = [one for one in actions if one.talk_id == held.id]
    assert (made.what, made.who, made.due) == ("Læs vejledningen", "mentee", date(2025, 12, 1))


def test_words_where_a_yes_is_asked_for_are_not_taken_for_a_no(file: Path) -> None:
    with begin(file) as terminal:
        say(terminal, "Enter continues", "")
        say(terminal, "Yes, or leave empty", "She has, but late")
        terminal.wait_for("Write yes, or leave it empty.")
        say(terminal, "Yes, or leave empty", "yes")
    actions = [one for one in records(file, Action) if isinstance(one, Action)]
    assert sum(action.done_on == date(2025, 11, 24) for action in actions) == 1


def test_the_steps_of_several_tasks_are_told_apart(file: Path) -> None:
    with begin(file) as terminal:
        to_the_questions(terminal)
        say(terminal, "Mentee's words", ".go")
        terminal.wait_until(lambda: terminal.screen().rstrip().endswith("Step:"))
        lines = [line.strip() for line in terminal.screen().splitlines()]
        skills = [line for line in lines if ". Skills" in line]
        assert skills
        assert all(", " in line for line in skills)


def test_the_plan_is_changed_together(file: Path) -> None:
    with begin(file, "--lang", "da") as terminal:
        say(terminal, "Enter går videre", ".gå 16")
        say(terminal, "Hvilken opgave er ændret? (tom linje går videre)", "1")
        terminal.wait_for("Næste skridt (nu: ")
        terminal.key("Tage den alene\n")
        terminal.wait_for("Trin (nu: ")
        terminal.key("4\n")
        terminal.wait_for("Sparring, dato (nu: ")
        terminal.key("\n")
        say(terminal, "Hvilken opgave er ændret? (tom linje går videre)", "")
        say(terminal, "Ja, eller en tom linje", "ja")
        say(terminal, "Initialer for Maja Holm (tom linje: ikke aftalt)", "mh")
        say(terminal, "Mentors ord", ".tilbage")
        terminal.wait_for("Hvilken opgave")
        terminal.key("\x04")
        assert terminal.wait_exit() == 0
        assert "Stoppet." in terminal.screen()
    talk = running(file)
    assert {edit.field for edit in talk.plan_edits} >= {"next_step", "step"}
    assert talk.plan_updated_on == date(2025, 11, 24)
    opened = open_store(file, threaded=False)
    mentee = opened.store.get(Mentee, talk.mentee_id)
    assert mentee
    assert not changed_since_agreed(mentee_view(opened.store, mentee))
    opened.close()
    assert mentee.plan_agreed_on == mentee.plan_updated_on == talk.plan_updated_on
    assert mentee.plan_agreed_by == ("Maja Holm", "Birgitte Dam")
    assert mentee.plan_agreed_initials == "mh"
    task = next(one for one in records(file, Task) if one.id == talk.plan_edits[0].task_id)
    assert isinstance(task, Task)
    assert task.next_step == "Tage den alene"
