"""Which records refer to which is said where their classes are declared."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from pathlib import Path

import data.records
from data.records import BY_TABLE, KINDS

NAMES = re.compile(r"\bIds? of\b")
APART = {
    ("CalendarEntry", "of_id"): "it stays when that is gone, and tells that it is cancelled",
    ("Conflict", "of_id"): "it keeps what was written in a record that is gone",
    ("Conflict", "mentee_id"): "so does this",
    ("Unfinished", "mentee_id"): "what was typed stays",
    ("Unfinished", "session"): "a session is no record",
    ("Mentee", "plan_agreed_rows"): "what was agreed stays agreed, whatever becomes of the task",
    ("Written", "digests"): "what was given out stays given out",
    ("Written", "taken"): "so does what came back",
}
"""Class and field -> why its ids may be those of records that are gone."""


def _documented() -> set[tuple[str, str]]:
    """Return the class and name of each field whose text says that it holds ids."""
    found = set()
    for path in Path(data.records.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                for line, text in zip(node.body, node.body[1:], strict=False):
                    said = ast.unparse(text) if isinstance(text, ast.Expr) else ""
                    if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
                        named = line.target.id.endswith(("_id", "_ids")) or NAMES.search(said)
                        if named:
                            found.add((node.name, line.target.id))
    return found


PARTS = {
    "StepEntry": ("Task", "step_log"),
    "GoalEntry": ("Goal", "log"),
    "Holder": ("Role", "earlier"),
}
"""Class of a value in a record -> the class of the record, and the field that holds it."""


def test_every_field_with_an_id_says_whose() -> None:
    said = {
        (kind.__name__, one.name)
        for kind in KINDS
        for one in fields(kind)
        if "refers" in one.metadata or "owner" in one.metadata
    }
    said.add(("MenteeRecord", "mentee_id"))
    history = {("PlanEdit", "task_id")}  # what was, whatever has become of it
    for name, place in _documented() - history:
        kind, field = PARTS.get(name, (name, place))
        assert (kind, field) in said or (kind, field) in APART, f"{name}.{place}: mark it"


def test_every_reference_names_a_table() -> None:
    for kind in KINDS:
        for one in fields(kind):
            tables = one.metadata.get("refers", ()) or [one.metadata.get("owner")]
            assert all(table in BY_TABLE for table in tables if table)
