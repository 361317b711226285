"""The main job, by real keys in the real command, with the power going off in the middle of it."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest

from tests.e2e.world import STEPS, World, add_maja, add_task, step, write_on
from tests.tools.tour import visit
from tests.tools.typist import Typist

TALK = "Jeg har været optaget af min første underretn"
KEYS = Path(__file__).parent.parent / "docs/keys.md"
ROWS = re.findall(r"^\| (.+?) \| .+ \| (\d+) \|$", KEYS.read_text("utf-8"), re.MULTILINE)
DOCUMENTED = {job: int(count) for job, count in ROWS}
"""How many keys a job takes, as the documentation has it."""


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def begin_talk(typist: Typist) -> None:
    add_maja(typist)
    typist.press("2")
    add_task(typist, "Underretning", "Kan vurdere inden for 24 timer", "fre", "Karin Juhl")
    typist.press("t")
    typist.terminal.wait_for("Rammer")


def resume(typist: Typist) -> None:
    """Go on with the talk that was cut off: the cursor is on its mentee."""
    typist.terminal.wait_for("ikke afsluttet")
    typist.press("t")
    typist.terminal.wait_for("Rammer")


def test_from_an_empty_file_to_a_talk_that_changed_the_plan(world: World) -> None:
    keys: dict[str, int] = {}
    with world.mentor() as typist:
        terminal = typist.terminal
        terminal.wait_for("Der er ingen mentees endnu")
        add_maja(typist)
        keys["Add a mentee"] = typist.pressed
        typist.press("2")
        add_task(typist, "Underretning", "Kan vurdere inden for 24 timer", "fre", "Karin Juhl")
        keys["Begin the plan: a task with goal, date and person"] = typist.pressed - sum(
            keys.values()
        )
        assert "fre 15-08" in terminal.screen()
        add_task(typist, "Samtale med barn", "Kan åbne en samtale", "+2u", "Maj-Britt Aa")
        before = typist.pressed
        typist.press("t")
        write_on(typist, "Rammer", "45 minutter")
        typist.press("pagedown tab space pagedown")  # the first task is one to talk about
        assert step(typist) == "Det fylder"
        write_on(typist, "Det fylder", TALK)
        until_cut_off = typist.pressed - before
        terminal.kill(signal.SIGKILL)
        terminal.wait_exit()

    with world.mentor() as typist:
        terminal = typist.terminal
        resume(typist)
        assert step(typist) == "Det fylder"
        assert TALK in terminal.screen()
        write_on(typist, "Det fylder", "ing", after=TALK)
        for name in STEPS[3:10]:
            typist.press("pagedown")
            write_on(typist, name, f"Om {name.lower()}")
        typist.press("pagedown")  # on the mentor's words, with their beginning there
        write_on(typist, "Anerkend", "skrev kort og klart", after="Jeg synes, at du ")
        typist.press("pagedown pagedown pagedown")
        assert step(typist) == "Planen sammen"
        typist.press("tab right enter s")
        terminal.wait_for("Sammen")
        typist.press("pagedown")
        terminal.wait_for("Initialer: Maja")
        typist.write("mh")  # the mentee's own hand
        typist.press("enter")
        assert step(typist) == "Afslut"
        typist.press("tab space a")  # the proposed date, and an agreement
        typist.write("Sende et godt eksempel")
        typist.press("f10")
        terminal.wait_for("Sende et godt eksempel")
        typist.press("f10")
        terminal.wait_gone("Afslut")
        resumed = 1
        keys["Hold a talk through all its steps"] = until_cut_off + typist.pressed - resumed
        typist.press("esc")
        home = terminal.screen()
        assert "man 18-08" in home
        assert "afbrudt" not in home
        typist.press("enter")
        overview = terminal.screen()
        assert "1 afholdt" in overview
        assert "Sende et godt eksempel" in overview
        assert "man 18-08" in overview
        typist.press("ctrl+q")
        assert terminal.wait_exit() == 0

    found = world.show("Maj")
    held = next(talk for talk in found["talks"] if talk["state"] == "held")
    assert held["next_on"] == "2025-08-18"
    words = [answer["mentee"] for answer in found["answers"] if answer.get("mentee")]
    assert TALK + "ing" in words
    assert "Om trivsel" in words
    tables = world.tables()
    task = next(one for one in tables["tasks"] if one["title"] == "Underretning")
    assert task["step"] == "together"
    assert task["sparring_on"] == "2025-08-15"
    assert [goal["text"] for goal in tables["goals"] if goal["task_id"] == task["id"]] == [
        "Kan vurdere inden for 24 timer"
    ]
    assert [action["what"] for action in tables["actions"]] == ["Sende et godt eksempel"]
    assert keys == {job: DOCUMENTED[job] for job in keys}


@pytest.mark.parametrize("end", ["kill", pytest.param("hangup", marks=pytest.mark.soak)])
def test_nothing_that_was_on_the_screen_is_lost_from_step_to_step(world: World, end: str) -> None:
    """The program ends in mid-word at one step after the other, always as soon as it is shown.

    A few of them here; `screens/talk/test_killed.py` has ten, on the lists and on both sides.
    """
    with world.mentor() as typist:
        begin_talk(typist)
        typist.press("pagedown tab space pageup")
        begun = write_and_end(typist, "Rammer", 0, end)
    for number, name in list(enumerate(STEPS))[1:4]:
        with world.mentor() as typist:
            resume(typist)
            assert step(typist) == STEPS[number - 1]
            assert begun in typist.terminal.screen()
            typist.press("pagedown")
            assert step(typist) == name
            begun = write_and_end(typist, name, number, end)
    with world.mentor() as typist:
        resume(typist)
        assert begun in typist.terminal.screen()
        typist.press("ctrl+q")
        assert typist.terminal.wait_exit() == 0
    found = [answer.get("mentee", "") for answer in world.tables()["answers"]]
    assert found == [text_of(number) for number in range(len(found))]
    assert len(found) == 4


def text_of(number: int) -> str:
    return f"ord nummer {number} midt i et or"


def write_and_end(typist: Typist, name: str, number: int, end: str) -> str:
    """Write, and have the program end at once when the last letter is on the screen."""
    text = text_of(number)
    write_on(typist, name, text)
    if end == "kill":
        typist.terminal.kill(signal.SIGKILL)
        typist.terminal.wait_exit()
    else:
        typist.terminal.hangup()
        typist.terminal.wait_exit(5)
    return text


def test_small_jobs_take_as_many_keys_as_documented(tmp_path: Path) -> None:
    taken: dict[str, int] = {}

    def job(typist: Typist, name: str, keys: str, seen: str) -> None:
        before = typist.pressed
        first, words, last = (keys + "||").split("|")[:3]
        typist.press(first)
        typist.write(words)
        typist.press(last)
        typist.terminal.wait_for(seen)
        taken[name] = typist.pressed - before

    with visit(tmp_path / "records", "da") as typist:
        job(typist, "Write a note about a mentee", "n|God afdækning|esc", "er gemt")
        job(typist, "Mark the first line of Today as done", "tab d", "I dag (9)")
        job(typist, "Undo", "u", "I dag (10)")
        typist.press("tab")
        job(typist, "See a mentee's plan", "enter 2", "Prio")
        job(typist, "Hide everything private", "f6", "FÆLLES VISNING")
    assert taken == {name: DOCUMENTED[name] for name in taken}


@pytest.mark.soak
@pytest.mark.parametrize("end", ["kill", "hangup"])
def test_fifty_times_ended_in_mid_word(world: World, end: str) -> None:
    with world.mentor() as typist:
        begin_talk(typist)
        typist.press("pagedown pagedown")
        written = write_and_end(typist, "Det fylder", 0, end)
    for number in range(1, 50):
        with world.mentor() as typist:
            resume(typist)
            typist.terminal.wait_for(written)
            typist.press("enter")
            written = write_and_end(typist, "Det fylder", number, end)
    with world.mentor() as typist:
        resume(typist)
        typist.terminal.wait_for(written)
        typist.press("ctrl+q")
        assert typist.terminal.wait_exit() == 0
    (answer,) = world.tables()["answers"]
    assert answer["mentee"].split("\n") == [text_of(number) for number in range(50)]
