"""Every place that opens a form goes through one door, and two sessions are tried on each."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.screens.two_sessions.creates import CREATES
from tests.screens.two_sessions.edits import EDITS

ROOT = Path(__file__).parents[3]
DOOR = "screens/dialogs/edit_record.py"
OPENERS = {
    "edit_record",
    "edit_records",
    "create_records",
    "fill_in",
    "_fill_in",
    "add_tip",
    "_edit",
}
"""What opens a form: the functions of the door, and those that hand a form on to them."""
HAND_ON = {
    "screens/people/forms.py:fill_in",
    "screens/people/screen.py:PeopleScreen._fill_in",
    "screens/library/tips.py:add_tip",
    "screens/plan/editor.py:PlanEditor._edit",
}
TRIED_APART = {
    "screens/home/today.py:put_off",
    "screens/mentee/expectations.py:AgreementScreen.action_edit",
}
"""Tried in tests of their own, besides the tables: what they make is one for both sessions."""
QUESTIONS = {
    "screens/dialogs/edit_record.py:_ask": "the door itself",
    "screens/dialogs/edit_record.py:delete_record": "deletes what was seen",
    "screens/mentee/form.py:_may_move": "asked while the form's change waits",
    "screens/mentee/form.py:close_mentee": "whoever closes it, it is closed",
    "screens/library/screen.py:LibraryScreen.action_reset": "the library's words hold again",
    "screens/plan/goals.py:GoalPane.action_delete": "deletes what was seen",
    "screens/plan/editor.py:PlanEditor._offer": "begins with the task that was seen",
    "screens/plan/editor.py:PlanEditor.action_delete": "deletes what was seen",
    "screens/plan/editor.py:PlanEditor.action_filter": "changes no record",
    "screens/home/commands.py:ExampleData.example": "the example as a whole",
    "screens/home/today.py:mark_done": "its change was made before the question",
    "screens/needs/screen.py:NeedsScreen.action_round": "makes new records",
    "screens/needs/screen.py:NeedsScreen._link": "begins with the item that was seen",
    "screens/roles/screen.py:RolesScreen.action_delete": "deletes what was seen",
    "screens/note/screen.py:NoteScreen._pick_mentee": "begins with the note that was seen",
    "screens/note/screen.py:NoteScreen.action_task": "begins with the note that was seen",
    "screens/talk/screen.py:TalkScreen.action_jump": "changes no record",
    "screens/talk/series.py:TalksScreen.action_tasks": "begins with the talk that was seen",
    "screens/talk/series.py:TalksScreen.action_cancel": "begins with the talk that was seen",
    "screens/talk/series.py:TalksScreen.action_rhythm": "moves nothing twice",
    "screens/talk/lines.py:TalkLines._ask_task": "begins with the answer that was seen",
    "screens/talk/open.py:_ask_about": "puts a whole talk aside",
    "screens/talk/read.py:_WriteWhole._ask_and_write": "changes no record",
    "tui/app/app.py:MentorApp.action_palette": "changes no record",
    "tui/app/app.py:MentorApp._leave_anyway": "changes no record",
}
"""Who else waits for a dialog, and why no other session's word is lost by it."""


def calls(names: set[str]) -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls of functions with these names: file, class and function, and the call."""
    for layer in ("screens", "tui/app"):
        for path in sorted((ROOT / layer).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            for site, node in _within(tree, ""):
                if isinstance(node, ast.Call) and _called(node) in names:
                    yield f"{path.relative_to(ROOT)}:{site}", node


def _within(node: ast.AST, site: str) -> Iterator[tuple[str, ast.AST]]:
    """Yield all nodes, each with the outermost function that it stands in."""
    for child in ast.iter_child_nodes(node):
        inner = site
        named = isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if named and "(" not in site:
            name = getattr(child, "name", "")
            inner = f"{site}.{name}" if site else name
            inner += "" if isinstance(child, ast.ClassDef) else "("
        yield inner.rstrip("("), child
        yield from _within(child, inner)


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def test_one_door_opens_all_forms() -> None:
    assert {site.partition(":")[0] for site, _call in calls({"FormDialog"})} == {DOOR}


def test_every_place_that_opens_a_form_is_tried_by_two_sessions() -> None:
    sites = {site for site, _call in calls(OPENERS) if not site.startswith(DOOR)} - HAND_ON
    tried = {case.site for case in EDITS} | {case.site for case in CREATES} | TRIED_APART
    assert sites - tried == set(), "add them to the tables beside this test"
    assert tried - sites == set(), "these are gone"


def test_every_other_question_says_why_nothing_is_lost_by_it() -> None:
    sites = {site for site, _call in calls({"push_screen_wait"})}
    assert sites == QUESTIONS.keys()


def test_a_kind_of_form_is_made_in_one_file() -> None:
    """What a dead session left of a form is found by its kind; two forms must not share a name."""
    files: dict[str, set[str]] = {}
    for site, call in calls({"Form"}):
        kind = call.args[0]
        if isinstance(kind, ast.Constant):
            files.setdefault(str(kind.value), set()).add(site.partition(":")[0])
    assert {kind for kind, where in files.items() if len(where) > 1} <= {"role"}
