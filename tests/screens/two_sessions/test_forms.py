"""Two sessions on each form of the program: no word of either is lost, and a clash is told."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from data.i18n import _
from data.library import agreement_defaults
from data.queries.clashes import whose
from data.queries.field_names import field_name
from data.records import Agreement, Note, OwnText, Person, Postponed, Record, part_id
from data.store.change import Change
from data.store.store import Store
from screens.dialogs.base import Dialog
from screens.dialogs.form import FormDialog
from screens.frame.notices import is_typing
from screens.library.culture import CULTURE
from screens.library.text import TextScreen
from screens.mentee.expectations import ExpectationsScreen
from tests.screens.conftest import AppOn, screen_text
from tests.screens.two_sessions.creates import CREATES
from tests.screens.two_sessions.edits import EDITS
from tests.screens.two_sessions.opening import Create, Edit, at_home, of_mentee, press
from tests.screens.two_sessions.world import (
    CALLED,
    arrived,
    conflicts,
    fill_in,
    form_in,
    now_in,
    one_of_each,
    put_in,
    save,
    until,
    write_elsewhere,
)
from tui.app import MentorApp

SIZE = (80, 24)


def told(app: MentorApp) -> bool:
    """Say whether the clash is told, with the key that shows it from where the user stands."""
    said = _("{name} edited the same text at the same time. Both are kept; Enter shows them.")
    if is_typing(app.screen):
        said = _("{name} edited the same text at the same time. Both are kept; Esc ! shows them.")
    return said.format(name=CALLED) in screen_text(app)


def unnamed(form: FormDialog) -> list[str]:
    """Return the keys of the fields that have no name where what clashed in them is shown."""
    assert form.form_id is not None
    return [key for key in form.inputs if not field_name(form.form_id.table, key)]


@pytest.mark.parametrize("case", EDITS, ids=lambda case: case.name)
async def test_two_sessions_on_a_form_that_edits(
    case: Edit, empty: Store, app_on: AppOn, path: Path
) -> None:
    records = case.world()
    put_in(empty, records.values())
    record, app = records[case.record], app_on(empty)
    async with app.run_test(size=SIZE) as pilot:
        await case.open(app, pilot, records)
        id = form_in(app).form_id
        assert id is not None
        assert id.kind == case.kind
        assert unnamed(form_in(app)) == []
        if not case.says_something_new:
            await save(app, pilot)
            assert now_in(empty, record).rev == 1, "what was only shown has been written"
            await case.open.again(pilot)

        write_elsewhere(path, record, **case.other)
        await arrived(pilot, empty, record, dict(case.other))
        await fill_in(app, pilot, case.key, case.types[0])
        await save(app, pilot)
        if case.answers:
            await pilot.press(*case.answers)
            await until(pilot, lambda: not isinstance(app.screen, Dialog), "that it was answered")
            assert empty.flush()
            await pilot.pause()
        now = now_in(empty, record)
        assert {key: getattr(now, key) for key in case.other} == case.other
        there, becomes = getattr(now, case.field), case.becomes
        assert becomes(there) if callable(becomes) else there == becomes
        assert conflicts(empty) == []

        await case.open.again(pilot)
        same = case.same(now) if callable(case.same) else case.same
        write_elsewhere(path, record, **{case.field: same})
        await arrived(pilot, empty, record, {case.field: same})
        await fill_in(app, pilot, case.key, case.types[1])
        await save(app, pilot)
        if case.holds is not None:
            assert case.holds(getattr(now_in(empty, record), case.field))
            return
        await until(pilot, lambda: told(app), "that it clashed is not told")
        assert getattr(now_in(empty, record), case.field) == same
        (kept,) = [one for one in conflicts(empty) if one.of_field.startswith(case.field)]
        assert (kept.of_table, kept.of_id, kept.mine) == (record.table, record.id, case.kept)
        assert isinstance(record, Person) or whose(empty, kept) in ("", "Maja Holm")


@pytest.mark.parametrize("case", CREATES, ids=lambda case: case.name)
async def test_two_sessions_on_a_form_that_makes_a_record(
    case: Create, empty: Store, app_on: AppOn, path: Path
) -> None:
    records = one_of_each()
    put_in(empty, records.values())
    theirs, app = case.theirs(records), app_on(empty)
    known = {one.id for one in empty.all(type(theirs))}
    async with app.run_test(size=SIZE) as pilot:
        await case.open(app, pilot, records)
        id = form_in(app).form_id
        assert id is not None
        assert (id.kind, id.id) == (case.kind, "")
        assert unnamed(form_in(app)) == []
        write_elsewhere(path, theirs)
        await until(pilot, lambda: empty.get(type(theirs), theirs.id), "theirs")
        for key, typed in case.types.items():
            await fill_in(app, pilot, key, typed)
        await save(app, pilot)

        made = [one for one in empty.all(type(theirs)) if one.id not in known]
        assert len(made) == 2
        (mine,) = [one for one in made if one.id != theirs.id]
        assert "Emil" in words_of(mine) or "2027-01-05" in words_of(mine)
        assert words_of(now_in(empty, theirs)) == words_of(theirs)
        assert conflicts(empty) == []


def words_of(record: Record) -> str:
    """Return all that a record says, but for what the store keeps of it."""
    kept = {"id", "rev", "created_at", "changed_at", "changed_by"}
    said = [getattr(record, one.name) for one in fields(record) if one.name not in kept]
    return " ".join(map(str, said))


async def test_expectations_begun_in_two_sessions_are_one_record(
    empty: Store, app_on: AppOn, path: Path
) -> None:
    records = one_of_each()
    put_in(empty, [records["mentee"]])
    id = records["mentee"].id
    app = app_on(empty)
    async with app.run_test(size=SIZE) as pilot:
        await of_mentee(ExpectationsScreen, "e")(app, pilot, records)
        proposed = agreement_defaults("da").for_mentee(id)
        one = part_id(id, "agreements")  # as the other session's form makes it
        write_elsewhere(path, replace(proposed, id=one, purpose="Ro", hours_mentee="2 timer"))
        await until(pilot, lambda: empty.of(Agreement, id), "theirs")
        await fill_in(app, pilot, "place", "Emil")
        await fill_in(app, pilot, "hours_mentee", "Emil")
        await save(app, pilot)
        await until(pilot, lambda: told(app), "that it clashed is not told")
        (agreement,) = empty.of(Agreement, id)
        assert (agreement.purpose, agreement.hours_mentee) == ("Ro", "2 timer")
        assert agreement.place.endswith("Emil")
        (kept,) = conflicts(empty)
        assert (kept.of_field, kept.mine) == ("hours_mentee", f"{proposed.hours_mentee}Emil")


async def test_a_line_of_today_put_off_in_two_sessions_keeps_both_days(
    empty: Store, app_on: AppOn, path: Path
) -> None:
    records = one_of_each()
    put_in(empty, records.values())
    app = app_on(empty)
    async with app.run_test(size=SIZE) as pilot:
        await at_home("tab", "p")(app, pilot, records)
        form = form_in(app)
        assert form.form_id is not None
        id, key = records["mentee"].id, form.form_id.of
        theirs = Postponed(
            id=part_id(id, f"postponed:{key}"), mentee_id=id, key=key, until=date(2026, 12, 8)
        )
        write_elsewhere(path, theirs)
        await until(pilot, lambda: empty.all(Postponed), "theirs")
        await fill_in(app, pilot, "until", tuple("1-12-2026"))
        await save(app, pilot)
        await until(pilot, lambda: told(app), "that it clashed is not told")
        assert [one.until for one in empty.all(Postponed)] == [theirs.until]
        (kept,) = conflicts(empty)
        assert (kept.of_table, kept.of_field, kept.mine) == ("postponed", "until", "2026-12-01")


async def test_a_text_of_the_library_begun_in_two_sessions_is_one(
    empty: Store, app_on: AppOn, path: Path
) -> None:
    app = app_on(empty)
    async with app.run_test(size=SIZE) as pilot:
        await app.push_screen(TextScreen(app.context, CULTURE))
        await pilot.pause()
        theirs = OwnText(id=part_id("texts", CULTURE), key=CULTURE, text="Vi spørger.")
        write_elsewhere(path, theirs)
        await pilot.press(*"Emil ")
        assert empty.flush()
        await until(pilot, lambda: "Vi spørger." in empty.all(OwnText)[0].text, "theirs")
        assert "Emil" in empty.all(OwnText)[0].text
        assert len(empty.all(OwnText)) == 1


async def test_an_undo_that_leaves_both_texts_in_the_field_says_so(
    empty: Store, app_on: AppOn, path: Path
) -> None:
    records = one_of_each()
    put_in(empty, records.values())
    doubt, app = records["doubt"], app_on(empty)
    async with app.run_test(size=SIZE) as pilot:
        empty.commit([Change.edited(doubt, text="Hvem skal ringes op?")], "doubt")
        assert empty.flush()
        write_elsewhere(path, doubt, text="Hvem skal inviteres?")
        await arrived(pilot, empty, doubt, {"text": "Hvem skal inviteres?"})
        await press(pilot, "u")
        await pilot.press("j")  # yes: it is not about who is in front
        said = _("{name} edited the same text at the same time. Both are there now.")
        await until(pilot, lambda: said.format(name=CALLED) in screen_text(app), "that both stand")
        note = now_in(empty, doubt)
        assert isinstance(note, Note)
        assert "høres" in note.text
        assert "inviteres" in note.text
        assert conflicts(empty) == []
