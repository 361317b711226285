"""A mentee is lent from the list of mentees, and a copy is given back from there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from data.clock import today
from data.dates import show_date
from data.method.lending import borrowed, lent
from data.method.words import word
from data.privacy.bundle import LENT, RETURNED, read_bundle
from data.privacy.lending import kept_of
from data.privacy.loan_files import why_not_lent
from data.records import Conflict, Loan, LoanSide, Priority, Task
from data.store.change import Change
from screens.closed.delete import DeletionScreen
from tests.screens.conftest import screen_text
from tests.screens.places import mentee
from tui.app import MentorApp


@pytest.fixture
def folder(app: MentorApp, tmp_path: Path) -> Path:
    app.context.settings = replace(app.context.settings, documents=str(tmp_path / "papers"))
    return tmp_path / "papers"


def loans(app: MentorApp) -> list[Loan]:
    return app.store.of(Loan, mentee(app.store).id)


async def stand_on_maja(app: MentorApp, pilot: Pilot[int]) -> None:
    lists = app.screen.query("Grid").first()
    lists.focus()
    lists.go_to(mentee(app.store).id)  # type: ignore[attr-defined]
    await pilot.pause()


async def test_a_mentee_is_lent_until_a_day_and_the_line_says_so(
    app: MentorApp, folder: Path
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await stand_on_maja(app, pilot)
        await pilot.press("L", *"1/1/2020", "f10")
        assert "Den dag er gået" in screen_text(app)
        until = show_date(today().replace(year=today().year + 1))
        await pilot.press("ctrl+u", *until, "tab", *"Bo Lund", "f10")
        await pilot.pause()
        (loan,) = lent(loans(app))
        assert (loan.who, show_date(loan.until)) == ("Bo Lund", until)
        (written,) = folder.iterdir()
        bundle = read_bundle(written.read_bytes())
        assert bundle.loan
        assert (bundle.loan.side, bundle.loan.key) == (LENT, loan.key)
        assert f"udlånt til Bo Lund indtil {until}" in " ".join(screen_text(app).split())
        await pilot.press("enter")
        await pilot.pause()
        assert f"udlånt til Bo Lund indtil {until}" in screen_text(app)


async def test_who_is_out_already_is_lent_once_more_only_when_that_is_meant(
    app: MentorApp, folder: Path
) -> None:
    maja = mentee(app.store)
    day = today().replace(year=today().year + 1)
    loan = Loan(mentee_id=maja.id, side=LoanSide.LENT, key="1", who="Bo", until=day)
    app.store.commit([Change.created(loan)])
    async with app.run_test(size=(80, 24)) as pilot:
        await stand_on_maja(app, pilot)
        await pilot.press("L")
        await pilot.pause()
        shown = " ".join(screen_text(app).split())
        assert "Lån endnu en kopi af Maja Holm ud?" in shown
        assert f"udlånt til Bo indtil {show_date(day)}" in shown
        await pilot.press("n")
        await pilot.pause()
        assert len(loans(app)) == 1
        await pilot.press("L", "j")
        await pilot.pause()
        await pilot.press(*show_date(day), "f10")
        await pilot.pause()
        assert len(lent(loans(app))) == 2


async def test_a_copy_is_given_back_and_can_be_deleted_then(app: MentorApp, folder: Path) -> None:
    maja = mentee(app.store)
    loan = Loan(
        mentee_id=maja.id,
        side=LoanSide.BORROWED,
        key=f"{maja.id}/1",
        who="Anne Skov",
        since=today(),
        until=today(),
        base=kept_of({"mentees": [{"id": maja.id, "name": "Maja"}]}),
    )
    app.store.commit([Change.created(loan)])
    assert why_not_lent(app.store, maja)
    async with app.run_test(size=(120, 40)) as pilot:
        await stand_on_maja(app, pilot)
        await pilot.press("O")
        await pilot.pause()
        assert "giv i stedet tilbage" in screen_text(app)
        await pilot.press("X")
        await pilot.pause()
        assert isinstance(app.screen, DeletionScreen)
        assert "Giv først tilbage" in screen_text(app)
        await pilot.press("escape")
        await pilot.press("L")
        await pilot.pause()
        assert "Giv Maja Holm tilbage til Anne Skov?" in screen_text(app)
        await pilot.press("j")
        await pilot.pause()
        (written,) = folder.iterdir()
        bundle = read_bundle(written.read_bytes())
        assert bundle.loan
        assert bundle.loan.side == RETURNED
        here = borrowed(loans(app))
        assert here
        assert here.back_on == today()
        assert "Slet din kopi af Maja Holm endeligt?" in screen_text(app)
        assert "Dine private noter om Maja Holm slettes også." in screen_text(app)
        await pilot.press("j")
        await pilot.pause()
        assert isinstance(app.screen, DeletionScreen)


async def test_in_shared_view_nothing_of_it_is_offered(app: MentorApp, folder: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await stand_on_maja(app, pilot)
        await pilot.press("f6", "L")
        await pilot.pause()
        assert loans(app) == []
        assert not folder.exists()


async def test_a_text_that_came_back_is_not_called_yours(app: MentorApp) -> None:
    maja = mentee(app.store)
    task = app.store.of(Task, maja.id)[0]
    kept: dict[str, Any] = {
        "of_table": "tasks",
        "of_id": task.id,
        "of_field": "title",
        "mentee_id": maja.id,
    }
    conflict = Conflict(mine="Bos titel", theirs=task.title, mine_by="bo", **kept)
    app.store.commit([Change.created(conflict)])
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("exclamation_mark")
        await pilot.pause()
        shown = screen_text(app)
        assert "Givet tilbage af bo" in shown
        assert "Din (gemt nu)" in shown
        assert "Bos titel" in shown


@pytest.mark.parametrize(
    ("key", "kept"), [("x", "Lav"), ("ctrl+n", "Mellem")], ids=["theirs", "mine"]
)
async def test_the_keys_mean_the_same_where_a_text_came_back(
    app: MentorApp, key: str, kept: str
) -> None:
    maja = mentee(app.store)
    one, two = app.store.of(Task, maja.id)[:2]
    app.store.commit([Change.edited(task, priority=Priority.MEDIUM) for task in (one, two)])
    app.store.commit(
        [
            Change.created(
                Conflict(
                    mine="low",
                    theirs="medium",
                    mine_by="bent",
                    of_table="tasks",
                    of_id=task.id,
                    of_field="priority",
                    mentee_id=maja.id,
                )
            )
            for task in (one, two)
        ]
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("exclamation_mark")
        await pilot.pause()
        lines = screen_text(app).splitlines()
        rows = [one for one in lines if "Prioritet · " in one and "Mellem" in one]
        assert len(rows) == 2, "they show the user's own text"
        assert {row.partition(" · ")[2][:6] for row in rows} == {one.title[:6], two.title[:6]}
        assert f"Prioritet · {one.title} · {maja.name}" in screen_text(app)
        await pilot.press(key)
        await pilot.pause()
        now = app.store.get(Task, one.id)
        assert now
        assert word(now.priority) == kept
        assert [c.settled for c in app.store.all(Conflict)] == [True, False]


async def test_both_put_the_users_own_text_last_where_the_other_came_back(app: MentorApp) -> None:
    task = app.store.of(Task, mentee(app.store).id)[0]
    app.store.commit([Change.edited(task, next_step="mit")])
    kept: dict[str, Any] = {"of_table": "tasks", "of_id": task.id, "of_field": "next_step"}
    conflict = Conflict(mine="deres", theirs="mit", mine_by="bo", mentee_id=task.mentee_id, **kept)
    app.store.commit([Change.created(conflict)])
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("exclamation_mark", "a")
        await pilot.pause()
        now = app.store.get(Task, task.id)
        assert now
        assert now.next_step.split() in (["deres", "mit"], ["deres", "/", "mit"])
