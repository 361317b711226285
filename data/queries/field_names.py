"""What tables and their fields are called in the interface."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from data.i18n import N_, _, in_every_language
from data.method.plan.fields import field_label
from data.method.talk.wellbeing import ITEMS, item_text

_TABLES: Final = {
    "mentees": N_("Mentee"),
    "people": N_("Person"),
    "introductions": N_("Introduction"),
    "roles": N_("Role"),
    "duties": N_("Duty"),
    "agreements": N_("Expectations"),
    "tasks": N_("Task"),
    "goals": N_("Goal"),
    "needs": N_("Need"),
    "knowledge": N_("Knowledge"),
    "talks": N_("Talk"),
    "answers": N_("Talk"),
    "notes": N_("Note"),
    "actions": N_("Action"),
    "intents": N_("Next time"),
    "texts": N_("Library"),
    "questions": N_("Question"),
    "tips": N_("Tip"),
    "postponed": N_("Today"),
    "conflicts": N_("Conflicting edits"),
    "unfinished": N_("Unfinished forms"),
    "written": N_("Documents given out"),
    "calendar": N_("Given to a calendar"),
    "files": N_("Documents written"),
    "loans": N_("Loan"),
    "released": N_("Status for the manager"),
}
_FIELDS: Final = {
    "mentees": {
        "name": N_("Name"),
        "start": N_("First day at work"),
        "newly_qualified": N_("Newly qualified"),
        "title": N_("Job title"),
        "team": N_("Team"),
        "mentor": N_("Mentor"),
        "rhythm": N_("Rhythm of talks"),
        "ends": N_("Ends on"),
        "columns": N_("Own plan columns"),
        "state": N_("Status"),
        "back_on": N_("Paused until"),
        "plan_agreed_on": N_("The plan is agreed"),
        "plan_agreed_initials": N_("Initials"),
        "initials": N_("Initials"),
        "manager_wishes": N_("Wishes to the manager"),
        "status_agreed_on": N_("The manager's status is agreed"),
        "held_since": N_("On hold since"),
        "held_why": N_("Why on hold"),
        "extract_asked_on": N_("Asked for their data"),
        "extract_given_on": N_("Got their data"),
        "on": N_("Agreed on"),
        "mentee": N_("Mentee"),
        "until": N_("Until"),
    },
    "people": {
        "name": N_("Who"),
        "kind": N_("Kind"),
        "title": N_("Job title"),
        "knows": N_("Knows about"),
        "contact": N_("Contact"),
    },
    "introductions": {
        "name": N_("Who"),
        "person_id": N_("Who"),
        "kind": N_("Kind"),
        "knows": N_("Knows about"),
        "contact": N_("Contact"),
        "about": N_("Topic"),
        "by": N_("Introduced by"),
        "by_id": N_("Introduced by"),
        "planned_on": N_("When"),
        "done_on": N_("Done on"),
    },
    "roles": {
        "name": N_("Role"),
        "person": N_("Person"),
        "person_id": N_("Person"),
        "relation": N_("Relation"),
        "contact": N_("Contact"),
        "knows": N_("Knows about"),
        "ask_about": N_("Ask about"),
        "until": N_("Until"),
    },
    "duties": {
        "text": N_("Duty"),
        "kind": N_("Kind"),
        "due": N_("When"),
        "done_on": N_("Done on"),
        "access_ordered_on": N_("Access ordered on"),
        "access_on": N_("Access from"),
        "first_used_on": N_("First used on"),
    },
    "agreements": {
        "purpose": N_("Purpose"),
        "rhythm_text": N_("Rhythm"),
        "minutes": N_("Length of a talk"),
        "place": N_("Place"),
        "cancelling": N_("Cancelling"),
        "contact_between": N_("Between talks"),
        "confidentiality": N_("Confidentiality"),
        "mentee_expects": N_("The mentee expects"),
        "mentor_expects": N_("The mentor expects"),
        "hours_mentee": N_("Mentee's time a week"),
        "hours_mentor": N_("Mentor's time a week"),
        "review_on": N_("Review on"),
        "agreed_on": N_("Agreed on"),
        "manager_confirmed_on": N_("Manager OK"),
    },
    "tasks": {
        "goal": N_("Learning goal"),
        "on": N_("Date"),
        "with": N_("Trained by"),
        "result": N_("Result"),
        "note": N_("What was corrected"),
        "by": N_("Checked by"),
    },
    "goals": {
        "text": N_("Learning goal"),
        "status": N_("Status"),
        "kind": N_("Kind"),
        "due": N_("Due"),
    },
    "needs": {
        "area": N_("Area"),
        "need": N_("What is needed"),
        "priority": N_("Priority"),
        "mentee_view": N_("Mentee's answer"),
        "mentor_view": N_("Mentor's answer"),
    },
    "knowledge": {
        "title": N_("Knowledge"),
        "kind": N_("Kind"),
        "learned_on": N_("Learned on"),
        "use_planned_on": N_("To be used on"),
        "used_on": N_("First used on"),
    },
    "talks": {
        "day": N_("Date"),
        "planned_on": N_("Date"),
        "time": N_("Time"),
        "planned_time": N_("Time"),
        "state": N_("Status"),
        "next_on": N_("Next date"),
        "none": N_("No next talk"),
        "no_next": N_("No next talk"),
        "minutes": N_("Minutes"),
        "place": N_("Place"),
        "started_at": N_("Time"),
        "ended_at": N_("Minutes"),
    },
    "answers": {
        "mentee": N_("Mentee's words"),
        "mentor": N_("Mentor's words"),
        "text": N_("Question"),
        "task_id": N_("Task"),
        "examples": N_("Examples"),
        "private": N_("Private"),
    },
    "notes": {
        "text": N_("Note"),
        "kind": N_("Kind"),
        "task_id": N_("Task"),
        "answered_on": N_("Answered on"),
        "answer": N_("Answer"),
        "at": N_("Day"),
        "day": N_("Day"),
    },
    "actions": {
        "what": N_("What"),
        "who": N_("Who"),
        "due": N_("When"),
        "state": N_("Status"),
        "done_on": N_("Done on"),
    },
    "intents": {"situation": N_("Next time"), "act": N_("I will")},
    "questions": {
        "text": N_("Question"),
        "probes": N_("Follow-up questions"),
        "set_name": N_("Question set"),
    },
    "tips": {"text": N_("Tip, without names"), "task_type": N_("Task type")},
    "postponed": {"until": N_("Until")},
    "loans": {
        "who": N_("To or by whom"),
        "since": N_("Lent on"),
        "until": N_("Until"),
        "back_on": N_("Back on"),
    },
}

_ANSWERS: Final = "answers"


def table_name(table: str) -> str:
    """Return the name of a record of a table, translated; for an unknown table, its key."""
    return _(_TABLES[table]) if table in _TABLES else table


def counted_by(tables: Iterable[str]) -> list[str]:
    """Return how many records there are of each kind, given the table of each: "Task: 3".

    An answer, which is called a talk where it stands in one, is counted apart.
    """
    names = (_("Answer") if table == _ANSWERS else table_name(table) for table in tables)
    return [f"{name}: {number}" for name, number in Counter(names).items()]


def field_names(table: str, field: str) -> tuple[str, ...]:
    """Return the names of a field of the record in all languages; () if it has none."""
    known = _FIELDS.get(table, {}).get(field)
    return in_every_language(known) if known is not None else ()


def field_name(table: str, field: str) -> str:
    """Return the name of a field, translated, or "" if it has none.

    `field` is a field of the record, or of a form about it. "extra.Colour" is an own column.
    """
    if table == "answers" and field.removeprefix("pulse.") in ITEMS:
        return item_text(field.removeprefix("pulse."))
    if table == "mentees" and field.isdecimal():  # the place of an own column in its form
        field = "columns"
    known = _FIELDS.get(table, {}).get(field)
    if known is not None:
        return _(known)
    if table != "tasks":
        return ""
    label = field_label(field)
    return label if label != field else ""
