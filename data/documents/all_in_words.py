"""All records about a mentee in words: every field that holds something, private ones too.

It is what a mentee who asks for access gets to read (GDPR, article 15), with texts that clashed or
were never finished. Nothing is left out because no document has it; only what the program alone
understands, such as checksums, is in the JSON of the extract and not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from data.clock import local
from data.dates import show_date
from data.documents.model.document import Block, Confidence, Document, Fact, Facts, Heading
from data.i18n import N_, _, language
from data.method.mentorship.roles import role_name
from data.queries.clashes import shown_value
from data.queries.field_names import field_name, table_name
from data.records import KINDS, DocumentFile, Loan, Mentee, MenteeRecord, Record, Role, Talk
from data.records.base import PASSING
from data.store.store import Store

_NOT_TOLD: Final = frozenset(
    {"id", "mentee_id", "rev", "key", "example", "created_at", "changed_at", "changed_by"}
    | {"plan_agreed_rows", "digests", "taken", "of_id", "earlier_id", "session", "origin", "log"}
    | {"sorted_items", "note_ids", "by_hand", "cancelled_from", "shared_key"}
)
"""Fields that only the program understands, and those that are told in another way."""
_NAMES: Final = {
    "about": N_("About"),
    "after": N_("After"),
    "agreed_earlier": N_("Agreed on before"),
    "aims": N_("Aims"),
    "archived": N_("Archived"),
    "by": N_("By"),
    "closed_on": N_("Closed on"),
    "corrections": N_("Corrected"),
    "culture_seen_on": N_("Sparring culture gone through on"),
    "done_by": N_("Done by"),
    "ended_at": N_("Ended"),
    "earlier": N_("Had by before"),
    "extra": N_("Own columns"),
    "goal_id": N_("Learning goal"),
    "kind": N_("Kind"),
    "mine": N_("One text"),
    "number": N_("Number"),
    "of_field": N_("Field"),
    "of_form": N_("Form"),
    "of_table": N_("In"),
    "on": N_("Date"),
    "parts": N_("Parts"),
    "path": N_("File"),
    "plan_agreed_by": N_("Agreed by"),
    "plan_edits": N_("Changes of the plan"),
    "plan_updated_on": N_("Plan updated together on"),
    "prepared_on": N_("Prepared on"),
    "private": N_("Private"),
    "pulse": N_("Wellbeing"),
    "question": N_("Question"),
    "roles_seen_on": N_("Roles gone through on"),
    "round": N_("Round"),
    "settled": N_("Resolved"),
    "short": N_("Short talk"),
    "step_log": N_("Training steps"),
    "talk_id": N_("Talk"),
    "task_id": N_("Task"),
    "task_ids": N_("Tasks"),
    "task_type": N_("Task type"),
    "texts": N_("Texts"),
    "theirs": N_("The other text"),
    "title": N_("Job title"),
    "tried": N_("Tried"),
    "at": N_("Date"),
    "what": N_("What"),
}
"""Names of fields that no form and no page shows."""


_OF_LOAN: Final = frozenset({"who", "since", "until", "back_on"})


def records_about(store: Store, mentee: Mentee) -> dict[str, list[Record]]:
    """Return every record about a mentee by its table, oldest first, the mentee's own first.

    What clashed and what is unfinished belong to it, though they are no records of a mentee.
    """
    found: dict[str, list[Record]] = {Mentee.table: [mentee]}
    for kind in KINDS:
        if issubclass(kind, MenteeRecord):
            found[kind.table] = list(store.of(kind, mentee.id))
    ids = {record.id for records in found.values() for record in records}
    for kind in KINDS:
        if kind.table not in found:
            found[kind.table] = [one for one in store.all(kind) if _is_about(one, mentee, ids)]
    return found


def _is_about(record: Record, mentee: Mentee, ids: set[str]) -> bool:
    """Whether a record that belongs to no mentee is about this one: it names one of the records."""
    if getattr(record, "mentee_id", "") == mentee.id:
        return True
    named = (getattr(record, "of_id", ""), *str(getattr(record, "key", "")).split(":"))
    return any(name in ids for name in named)


def all_in_words(store: Store, mentee: Mentee, title: str) -> Document:
    """Return all records about a mentee as a document to read, private ones too."""
    blocks: list[Block] = []
    for table, records in records_about(store, mentee).items():
        if records:
            blocks.append(Heading(table_name(table)))
            blocks += _records(store, records)
    return Document(ALL_IN_WORDS, title, tuple(blocks), language(), Confidence.PRIVATE)


ALL_IN_WORDS = "all-in-words"
"""What stands for the kind of this document, which only an extract has."""


def _records(store: Store, records: Iterable[Record]) -> Iterator[Block]:
    for record in records:
        facts = [Fact(label, text) for label, text in _facts(store, record) if text]
        facts.append(Fact(_("Written"), _written(record)))
        yield Facts(tuple(facts))


def _written(record: Record) -> str:
    """Return when a record was made and changed last, and by whom: "23-11-2026 08:05, bodil"."""
    moments = [record.created_at, record.changed_at]
    days = [_moment(one) for one in dict.fromkeys(moments) if one is not None]
    return ", ".join([*dict.fromkeys(days), record.changed_by])


def _moment(value: datetime) -> str:
    moment = local(value)
    return f"{show_date(moment.date())} {moment:%H:%M}"


def _facts(store: Store, record: Record) -> Iterator[tuple[str, str]]:
    """Yield label and text of each field of a record that holds something."""
    for one in fields(record):
        if one.name in _NOT_TOLD or one.name.endswith("_sum") or one.metadata == PASSING:
            continue
        if isinstance(record, Loan) and one.name not in _OF_LOAN:
            continue  # what was lent stands above, as it is now
        if isinstance(record, DocumentFile) and one.name == "what":
            continue  # a key of the program's; the name of the file says what it is
        value = getattr(record, one.name)
        is_default = value == one.default and one.name != "private"  # what is private is marked
        if is_default or value in ("", (), {}, None):
            continue
        for name, text in _texts(store, one.name, value):
            yield _name(record.table, name), text


def _name(table: str, field: str) -> str:
    """Return what a field is called, translated; its own name for one that nobody has named."""
    base, _dot, key = field.partition(".")
    shown = field_name(table, field) if field != "ended_at" else ""  # a form asks for minutes
    known = shown or (_(_NAMES[base]) if base in _NAMES else base)
    return f"{known}: {key}" if key and not shown else known


def _texts(store: Store, name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield the texts of a value: one, or one for each entry of it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            role = store.get(Role, key) if name == "parts" else None
            yield f"{name}.{role_name(role) if role else key}", shown_value(store, name, inner)
    elif isinstance(value, tuple) and value and hasattr(value[0], "__dataclass_fields__"):
        for entry in value:
            parts = (
                shown_value(store, field.name, inner)
                for field in fields(entry)
                if (inner := getattr(entry, field.name)) not in ("", (), {}, None)
            )
            yield name, ", ".join(filter(None, parts))
    elif isinstance(value, datetime):
        yield name, _moment(value)
    elif name == "talk_id":
        talk = store.get(Talk, value)
        yield name, str(talk.number) if talk is not None else ""
    else:
        yield name, shown_value(store, name, value)
