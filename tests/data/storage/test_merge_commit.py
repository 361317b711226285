"""Merging a commit: what holds for several of its documents."""

from __future__ import annotations

import pytest

from data.storage.merge import merge
from data.storage.merge_commit import MergedCommit, merge_commit
from data.storage.protocol import Doc, DocChange, Reference, Rules, Tables

RULES = {
    "goals": Rules(frozenset({"text"}), owners={"task_id": "tasks"}),
    "talks": Rules(decisions=(frozenset({"next_on", "no_next"}),)),
}
TASK: Doc = {"title": "Samtale", "rev": 1}
GOAL: Doc = {"task_id": "1", "text": "Kan lytte", "rev": 1}
NOTE: Doc = {"task_id": "1", "rev": 1}


def tables() -> Tables:
    return {"tasks": {"1": TASK}, "goals": {"2": GOAL}, "notes": {"3": NOTE}}


def deletion() -> list[DocChange]:
    return [
        DocChange("notes", "3", NOTE, {**NOTE, "task_id": ""}, together=True),
        DocChange("goals", "2", GOAL, None, together=True),
        DocChange("tasks", "1", TASK, None, together=True),
    ]


def commit(changes: list[DocChange], now: Tables, gone: dict[tuple[str, str], str]) -> MergedCommit:
    return merge_commit(changes, RULES, now, gone)


def test_a_deletion_is_made_where_nothing_has_changed() -> None:
    for changes in (deletion(), deletion()[::-1]):
        found = commit(changes, tables(), {})
        assert len(found.ops) == 3
        assert found.clashes == []


def test_nothing_of_it_is_made_where_one_of_its_documents_has_changed() -> None:
    for table, id, field in (("goals", "2", "text"), ("tasks", "1", "title"), ("notes", "3", "x")):
        now = tables()
        now[table][id] = {**now[table][id], field: "changed", "changed_by": "mette"}
        found = commit(deletion(), now, {})
        if table == "notes":  # It stays anyway, and what was written in it with it.
            assert len(found.ops) == 3
            continue
        assert found.ops == []
        assert {one.by for one in found.clashes} == {"mette"}
        assert [one.mine for one in found.clashes] == [None]


def test_nothing_of_it_is_made_where_something_has_come_to_it() -> None:
    now = tables()
    now["goals"]["9"] = {**GOAL, "text": "Mettes", "changed_by": "mette"}
    found = commit(deletion(), now, {})
    assert found.ops == []
    assert [(one.table, one.id, one.by) for one in found.clashes] == [("tasks", "1", "mette")]
    elsewhere = DocChange("goals", "9", now["goals"]["9"], {**GOAL, "task_id": "7"})
    assert len(commit([*deletion(), elsewhere], now, {}).ops) == 4


@pytest.mark.parametrize("about", [{}, {"mentee_id": "8"}, {"mentee_id": 7}])
def test_only_what_is_about_the_same_mentee_holds_something_back(about: Doc) -> None:
    task, goal = {**TASK, "mentee_id": "7"}, {**GOAL, "changed_by": "eve"}
    gone = DocChange("tasks", "1", task, None)
    unused = gone._replace(if_unused=True)
    planted: Tables = {"tasks": {"1": task}, "goals": {"9": {**goal, **about}}}
    own: Tables = {"tasks": {"1": task}, "goals": {"9": {**goal, "mentee_id": "7"}}}
    for change in (gone, unused):
        found = commit([change], planted, {})
        assert ([op["t"] for op in found.ops], found.clashes) == (["tasks"], [])
        assert commit([change], own, {}).ops == []


def test_a_mentee_is_held_back_by_what_is_about_that_mentee_alone() -> None:
    rules = {"notes": Rules(refers={"mentee_id": Reference(("mentees",))})}
    gone = DocChange("mentees", "7", TASK, None, if_unused=True)
    for about, stays in (("7", True), (7, False), (["7"], False)):
        now: Tables = {"mentees": {"7": TASK}, "notes": {"3": {"mentee_id": about}}}
        assert bool(merge_commit([gone], rules, now, {}).clashes) is stays


def test_the_rest_of_the_commit_is_made() -> None:
    now = tables()
    now["tasks"]["1"] = {**TASK, "title": "changed"}
    talk = DocChange("talks", "5", None, {"rev": 1})
    found = commit([*deletion(), talk], now, {})
    assert [op["t"] for op in found.ops] == ["talks"]


def test_what_is_put_back_is_put_back_as_far_as_there_is_room() -> None:
    back = [one._replace(before=one.after, after=one.before) for one in deletion()[::-1]]
    now: Tables = {"notes": {"3": {**NOTE, "task_id": "8"}}}
    found = commit(back, now, {("tasks", "1"): "mette", ("goals", "2"): "mette"})
    assert [op["t"] for op in found.ops] == ["tasks", "goals"]


def test_nothing_is_made_for_an_owner_that_somebody_has_deleted() -> None:
    new = DocChange("goals", "9", None, {**GOAL, "text": "Emils"})
    found = commit([new], {"tasks": {}}, {("tasks", "1"): "mette"})
    assert found.ops == []
    assert ("text", "Emils", "mette") in {(one.field, one.mine, one.by) for one in found.clashes}
    assert len(commit([new], tables(), {}).ops) == 1
    task = DocChange("tasks", "1", None, TASK)
    assert len(commit([new, task], {}, {("tasks", "1"): "mette"}).ops) == 2


def test_fields_that_are_one_decision_clash_as_one() -> None:
    none: Doc = {"rev": 1}
    mine = DocChange("talks", "5", none, {"rev": 2, "next_on": "2026-12-14"})
    theirs: Doc = {"rev": 2, "no_next": True, "changed_by": "mette"}
    found = merge(mine, theirs, RULES["talks"])
    assert found.after == theirs
    assert [(one.field, one.mine, one.by) for one in found.clashes] == [
        ("next_on", "2026-12-14", "mette")
    ]
    same = {"rev": 2, "next_on": "2026-12-14"}
    assert merge(mine, same, RULES["talks"]).clashes == []
    other = merge(mine, {**none, "step": "close"}, RULES["talks"])
    assert other.clashes == []
    assert other.after == {"rev": 2, "step": "close", "next_on": "2026-12-14"}
