"""One rule for every field of every form: typing goes on behind what stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.i18n import _
from data.records import Record
from data.store.opening import open_store
from tests.screens.two_sessions.dead import in_cell, session
from tests.screens.two_sessions.edits import EDITS
from tests.screens.two_sessions.opening import Edit, in_talks
from tests.screens.two_sessions.world import form_in, one_of_each, put_in
from widgets.checked_input import CheckedInput
from widgets.choice_field import ChoiceField

FORMS = list({one.kind: one for one in EDITS}.values())


def written(path: Path, records: dict[str, Record]) -> dict[str, Record]:
    """Write the records into the file."""
    opened = open_store(path, by="birgitte", threaded=True)
    put_in(opened.store, records.values())
    opened.close()
    return records


@pytest.mark.parametrize("edit", FORMS, ids=[one.kind for one in FORMS])
async def test_no_key_replaces_what_stands_in_a_field(path: Path, edit: Edit) -> None:
    records = written(path, edit.world())
    async with session(path) as (app, pilot):
        await edit.open(app, pilot, records)
        form = form_in(app)
        before = form.texts()
        for key, field in form.inputs.items():
            for _step in form.inputs:
                if not field.has_focus:
                    await pilot.press("tab")
            assert field.has_focus, key
            if isinstance(field, ChoiceField):
                continue
            await pilot.press("7")
            assert form.texts()[key] == f"{before[key]}7", key
            if isinstance(field, CheckedInput):
                await pilot.press("ctrl+u")
                assert form.texts()[key] == ""
                await pilot.press("ctrl+u")
                assert form.texts()[key] == f"{before[key]}7", "what was emptied comes back"


async def test_a_date_typed_behind_another_says_which_key_empties(path: Path) -> None:
    """It is plain to see, and mended with one key."""
    records = written(path, one_of_each())
    async with session(path) as (app, pilot):
        await in_talks("next", "f")(app, pilot, records)
        await pilot.press(*"1/12")
        await pilot.pause()
        said = form_in(app).notice_bar.text
        assert said.startswith(_("Ctrl+U empties the field. {problem}").format(problem=""))
        await pilot.press("ctrl+u", *"1/12")
        await pilot.pause()
        assert "01-12-2026" in form_in(app).notice_bar.text


@pytest.mark.parametrize("column", ["title", "sparring_on", "sparring_with"])
async def test_a_cell_keeps_what_stands_in_it_too(path: Path, column: str) -> None:
    records = written(path, one_of_each())
    async with session(path) as (app, pilot):
        await in_cell(app, pilot, records, column, *"1/12", "ctrl+u", *"3/12", "enter")
        await pilot.press("enter", "7")
        editor = app.focused
        assert isinstance(editor, CheckedInput)
        assert editor.value == {"sparring_on": "03-12-2026"}.get(column, "3/12") + "7"
