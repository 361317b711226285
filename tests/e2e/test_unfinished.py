"""A form or a cell that is being filled in when the line breaks is filled in at the next start."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.world import World, add_maja, add_task


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_form_is_filled_in_again_after_a_kill(world: World) -> None:
    with world.mentor() as typist:
        typist.press("a")
        typist.write("Maja Holm")
        typist.press("tab")
        typist.write("1/8")
        typist.terminal.wait_for("01-08-2025")
        typist.terminal.kill()
    with world.mentor() as typist:
        typist.press("a")
        typist.terminal.wait_for("Maja Holm")
        screen = typist.terminal.screen()
        assert "1/8" in screen
        assert "Det, du var ved at udfylde, står her igen" in screen
        typist.press("f10")
        typist.terminal.wait_for("Maja Holm er oprettet")
    assert world.tables().get("unfinished", []) == []


def test_a_form_that_was_saved_or_given_up_begins_anew(world: World) -> None:
    with world.mentor() as typist:
        add_maja(typist)
        typist.press("esc a")
        typist.terminal.wait_for("Ny mentee")
        typist.write("Emil")
        typist.terminal.wait_for("Emil")
        typist.press("esc esc")
        typist.terminal.wait_gone("Ny mentee")
        typist.press("a")
        typist.terminal.wait_for("Ny mentee")
        assert "Emil" not in typist.terminal.screen()
        assert "var ved at udfylde" not in typist.terminal.screen()
        typist.press("esc ctrl+q")
        typist.terminal.wait_exit()
    assert world.tables().get("unfinished", []) == []


def test_a_cell_is_edited_again_after_a_kill(world: World) -> None:
    with world.mentor() as typist:
        add_maja(typist)
        typist.press("2")
        add_task(typist, "Underretning", "Kan vurdere", "fre", "Karin Juhl")
        typist.press("enter")
        typist.write(" og sc")
        typist.terminal.wait_for("Underretning og sc")
        typist.terminal.kill()
    with world.mentor() as typist:
        typist.press("enter 2")
        typist.terminal.wait_for("Underretning og sc")
        typist.write("reening")
        typist.press("enter")
        typist.terminal.wait_for("Underretning og screening")
        typist.press("ctrl+q")
        typist.terminal.wait_exit()
    tables = world.tables()
    assert [task["title"] for task in tables["tasks"]] == ["Underretning og screening"]
    assert tables.get("unfinished", []) == []


def test_what_was_filled_in_about_one_task_is_offered_for_no_other(world: World) -> None:
    with world.mentor() as typist:
        add_maja(typist)
        typist.press("2")
        add_task(typist, "Underretning", "Kan vurdere", "fre", "Karin Juhl")
        add_task(typist, "Partshøring", "Kan høre", "fre", "Karin Juhl")
        typist.press("e")
        typist.terminal.wait_for("Alle felter")
        typist.write(" skriftligt")
        typist.terminal.wait_for("Partshøring skriftligt")
        typist.terminal.kill()
    with world.mentor() as typist:
        typist.press("2 k e")
        typist.terminal.wait_for("Alle felter")
        assert "skriftligt" not in typist.terminal.screen()
        typist.press("esc j e")
        typist.terminal.wait_for("Partshøring skriftligt")
        typist.press("f10")
        typist.terminal.wait_gone("Ctrl+S Gem")
        typist.press("ctrl+q")
        typist.terminal.wait_exit()
    tables = world.tables()
    assert {task["title"] for task in tables["tasks"]} == {"Underretning", "Partshøring skriftligt"}
    assert tables.get("unfinished", []) == []


def test_what_a_killed_session_left_stands_beside_newer_words(world: World) -> None:
    """Two real processes: one dies in the form, the other saves the same field, and a third opens.

    The field keeps what was saved; Ctrl+N brings what was being written, and nothing else.
    """
    with world.mentor() as typist:
        add_maja(typist)
        typist.press("esc ctrl+q")
        typist.terminal.wait_exit()
    with world.mentor() as first, world.mentor() as second:
        first.press("e tab tab tab")
        first.write("Leder")
        first.press("tab")
        first.write("Nord")
        first.terminal.wait_for("Nord")
        second.press("enter e tab tab tab tab")
        second.write("Vest")
        second.press("f10")
        second.terminal.wait_for("Maja er gemt")
        first.terminal.kill()
    with world.mentor() as typist:
        typist.press("e")
        typist.terminal.wait_for("Vest")
        typist.terminal.wait_for("Du var ved at skrive »Nord«")
        typist.terminal.wait_for("Leder")
        typist.press("ctrl+n")
        typist.terminal.wait_for("Ctrl+N henter »Vest«")
        typist.press("f10")
        typist.terminal.wait_gone("Ctrl+S Gem")
        typist.press("ctrl+q")
        typist.terminal.wait_exit()
    tables = world.tables()
    (maja,) = tables["mentees"]
    assert (maja["title"], maja["team"]) == ("Leder", "Nord")
    assert tables.get("unfinished", []) == []
    assert tables.get("conflicts", []) == []


def test_a_day_is_the_day_that_was_meant_after_a_kill(world: World) -> None:
    """A step is noted for "yesterday"; the program is opened again two days later, in English."""
    with world.mentor() as typist:
        add_maja(typist)
        typist.press("2")
        add_task(typist, "Underretning", "Kan vurdere", "fre", "Karin Juhl")
        typist.press("s tab ctrl+u")
        typist.write("i går")
        typist.terminal.wait_for("10-08-2025")
        typist.terminal.kill()
    later = World(world.folder, now="2025-08-13T09:00", language="en")
    with later.mentor() as typist:
        typist.press("2 s")
        typist.terminal.wait_for("What you were filling in is here again")
        assert "10-08-2025" in typist.terminal.screen()
        typist.press("f10")
        typist.terminal.wait_gone("Ctrl+S Save")
        typist.press("ctrl+q")
        typist.terminal.wait_exit()
    tables = later.tables()
    assert [entry["on"] for entry in tables["tasks"][0]["step_log"]] == ["2025-08-10"]
    assert tables.get("unfinished", []) == []
    assert tables.get("conflicts", []) == []
