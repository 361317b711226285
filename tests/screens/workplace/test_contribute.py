"""Giving to the library by keys: each line is read and chosen, and no other is in the file."""

from __future__ import annotations

import stat
import tomllib
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from data.records import Mentee, Person, Question, Task, Tip
from data.store.change import Change
from data.store.store import Store
from screens.workplace.contribute import ContributeScreen
from tests.screens.conftest import AppOn, screen_text
from tui.app import MentorApp

Keys = Pilot[int]
DOCUMENTS = "mentorrollen"
NAME = "bidrag-2026-11-23.toml"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder for what is written, and for own templates."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture
def filled(empty: Store, home: Path) -> Store:
    maja = Mentee(name="Maja Holm", start=date(2026, 8, 3))
    empty.commit(
        [
            Change.created(one)
            for one in (
                maja,
                Person(name="Jette Hansen"),
                Tip(text="Skriv samme dag"),
                Tip(text="Spørg Jette før Majas møde", task_type="Samtale"),
                Question(text="Hvad lærte du af Maja?", probes=("Hvornår?",)),
                Task(
                    mentee_id=maja.id, title="Majas journal", type="Journal", next_step="HEMMELIGT"
                ),
            )
        ]
    )
    return empty


async def opened(app: MentorApp, pilot: Keys) -> ContributeScreen:
    """Open the screen by its name, as users do."""
    await pilot.pause()
    await pilot.press("ctrl+p", *"bidrag", "enter")
    await pilot.pause()
    assert isinstance(app.screen, ContributeScreen), app.screen
    return app.screen


def written(home: Path, name: str = NAME) -> Path:
    found: list[Path] = sorted(home.rglob(name))
    assert len(found) == 1, found
    return found[0]


async def test_only_what_is_chosen_is_written(filled: Store, app_on: AppOn, home: Path) -> None:
    app = app_on(filled)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        shown = screen_text(app)
        assert "Bidrag til biblioteket · 0 linjer valgt" in shown
        assert "Spørg en kollega før mentees møde" in shown
        assert "Jette" not in shown
        await pilot.press("f10")
        await pilot.pause()
        assert "Ingen linje er valgt endnu" in screen_text(app)
        assert not list(home.rglob("*.toml"))
        await pilot.press("space", "down", "space", "space", "down", "enter")  # 1, not 2, and 3
        await pilot.pause()
        assert "2 linjer valgt" in screen_text(app)
        await pilot.press("ctrl+s")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "2 linjer skrevet: " in screen_text(app)
        assert NAME in screen_text(app)
        path = written(home)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert tomllib.loads(path.read_text("utf-8")) == {
            "tip": [{"type": "", "text": "Skriv samme dag"}],
            "question": [
                {
                    "key": "hvad-laerte-du-af-mentee",
                    "text": "Hvad lærte du af mentee?",
                    "probes": ["Hvornår?"],
                }
            ],
        }
        # what was written is chosen no longer, and Esc goes back at once
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, ContributeScreen)


async def test_an_edited_line_is_chosen_and_names_nobody(
    filled: Store, app_on: AppOn, home: Path
) -> None:
    app = app_on(filled)
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(app, pilot)
        await pilot.press("down", "e")
        await pilot.pause()
        await pilot.press("end", *" Jette", "ctrl+s")
        await pilot.pause()
        assert "1 linje valgt" in screen_text(app)
        assert "Jette" not in screen_text(app)
        await pilot.press("f10")
        await app.workers.wait_for_complete()
        await pilot.pause()
        (tip,) = tomllib.loads(written(home).read_text("utf-8"))["tip"]
        assert tip["type"] == "Samtale"
        assert "ollega" in tip["text"]
        assert "Jette" not in tip["text"]
        tips = {one.text for one in filled.all(Tip)}
        assert tips == {"Skriv samme dag", "Spørg Jette før Majas møde"}, "the record stays"


async def test_a_line_cannot_be_emptied(filled: Store, app_on: AppOn) -> None:
    app = app_on(filled)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("ctrl+u", "ctrl+s")
        await pilot.pause()
        assert app.screen is not screen
        assert "må ikke være tom" in screen_text(app)


async def test_esc_says_once_that_nothing_is_written(filled: Store, app_on: AppOn) -> None:
    app = app_on(filled)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("space", "escape")
        await pilot.pause()
        assert "Intet er i en fil endnu" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, ContributeScreen)


async def test_plans_are_not_shown_where_somebody_looks_on(filled: Store, app_on: AppOn) -> None:
    app = app_on(filled)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        assert "Mentees journal" in screen_text(app)
        assert "HEMMELIGT" not in screen_text(app)
        await pilot.press("end", "space", "f6")
        await pilot.pause()
        assert "Mentees journal" not in screen_text(app)
        assert "0 linjer valgt" in screen_text(app)


async def test_what_goes_meanwhile_is_chosen_no_longer(filled: Store, app_on: AppOn) -> None:
    app = app_on(filled)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("space")
        gone = next(one for one in filled.all(Tip) if not one.task_type)
        filled.commit([Change.deleted(gone)], "x")
        await pilot.pause()
        assert "0 linjer valgt" in screen_text(app)
        assert "Skriv samme dag" not in screen_text(app)


async def test_where_there_is_nothing_that_is_said(empty: Store, app_on: AppOn, home: Path) -> None:
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        assert "Intet endnu" in screen_text(app)
        await pilot.press("space", "enter", "e", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, ContributeScreen)
