"""Every form is opened through one door, and two sessions are tried on each."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.screens.two_sessions.creates import CREATES
from tests.screens.two_sessions.edits import EDITS

ROOT = Path(__file__).parents[3]
DOOR = Path("screens/dialogs/edit_record.py")
OPENERS = {
    *("edit_record", "edit_records", "create_records"),
    *("fill_in", "_fill_in", "add_tip", "_edit"),
}
"""What opens a form: the functions of the door, and those that hand a form on to them."""
PLACES = {
    "closed": 1,
    "conflicts": 1,
    "documents": 1,
    "home": 1,
    "library": 6,
    "mentee": 8,
    "needs": 5,
    "note": 3,
    "plan": 7,
    "roles": 5,
    "talk": 16,
}
"""How many places of a room open a form, or hand one on."""
ABOUT_NO_RECORD = {
    Path("screens/documents/write.py"),
    Path("screens/closed/delete.py"),
    Path("screens/closed/lend.py"),
    Path("screens/plan/save_template.py"),
    Path("screens/workplace/contribute.py"),
}
"""Ask where a document goes, for the name of who is deleted, to whom somebody is lent in a file,
for what becomes a template, which is a file, and for words to be given to the library: no record
has what is typed."""
TRIED_APART = {"clash", "put_off", "hold"}
"""Tried in tests of their own: a clash, what is one record for both sessions, and a hold, which is
set even where nothing is typed."""

DELETES_UNASKED = {
    "screens/conflicts/kept.py",
    "screens/dialogs/edit_record.py",
    "screens/frame/unfinished.py",
    "screens/note/ending.py",
    "screens/talk/sort.py",
}
"""Where a screen makes a deletion by itself: the door, and what is deleted without a question.

That is what a form left, an empty note or text, and an action as sorting made it.
"""
ASKED_TOGETHER = {
    "screens/mentee/ending.py",
    "screens/plan/commands.py",
    "screens/plan/goals.py",
    "screens/roles/commands.py",
}
"""Where a deletion takes other records with it; `test_cascades` tries each of them."""


def calls(names: set[str]) -> Iterator[tuple[Path, ast.Call]]:
    """Yield the calls of functions with these names, each with its file."""
    for layer in ("screens", "tui/app"):
        for path in sorted((ROOT / layer).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and _called(node) in names:
                    yield path.relative_to(ROOT), node


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def kinds_made() -> dict[str, set[Path]]:
    """Return the kinds of forms that the code makes, each with the files that make it."""
    found: dict[str, set[Path]] = {}
    for path, call in calls({"Form"}):
        kind = call.args[0]
        names = [kind.value] if isinstance(kind, ast.Constant) else ["mentee_view", "mentor_view"]
        for name in names:
            found.setdefault(str(name), set()).add(path)
    return found


def test_one_door_opens_all_forms() -> None:
    assert {path for path, _call in calls({"FormDialog", "WriteForm", "TemplateForm"})} == {
        DOOR,
        *ABOUT_NO_RECORD,
    }


def test_two_sessions_are_tried_on_every_kind_of_form() -> None:
    tried = {case.kind for case in EDITS} | {case.kind for case in CREATES} | TRIED_APART
    assert kinds_made().keys() == tried, "the tables beside this test name every form"


def test_every_place_that_opens_a_form_is_known() -> None:
    places = Counter(path.parts[1] for path, _call in calls(OPENERS) if path != DOOR)
    assert dict(places) == PLACES, "a new place belongs into the tables beside this test"


def test_a_kind_of_form_is_made_in_one_room() -> None:
    """What a dead session left of a form is found by its kind; two forms must not share a name."""
    shared = {kind: where for kind, where in kinds_made().items() if len(where) > 1}
    assert all(len({path.parent for path in where}) == 1 for where in shared.values()), shared


def test_one_door_deletes_what_is_asked_about() -> None:
    """Between question and answer somebody else may write in what is to be deleted."""
    screens = {str(path) for path, _call in calls({"deleted"})}
    assert screens == DELETES_UNASKED
    together = {str(path) for path, _call in calls({"delete_together"})}
    assert together == ASKED_TOGETHER, "a new deletion belongs into the table of test_cascades"
