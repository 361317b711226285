"""The example data: three mentees of a municipal children's department (R25).

Maja is in her sixth week, Emil starts soon, and Nadia is in her last weeks. All people are made up.
The files `both/example_*.toml` of the library say what happens on which day, counted from today.
The texts are in the folders `da/` and `en/`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Final

from data.example import mentorship, plan, talks
from data.example.draft import ExampleDraft, Ids
from data.library.source import BOTH, Section, load
from data.records import Goal, Person, PersonKind, Record, Task

MENTEES: Final = ("maja", "emil", "nadia")


def example_records(today: date, now: datetime, language: str) -> list[Record]:
    """Return the records of the example data, with dates counted from `today`.

    `now` is a moment of that day, with its offset from UTC; no note is later. All ids are new, so
    that the data can be added twice. Persons and mentees have the flag `example`; each of the other
    records belongs to one of these mentees.
    """
    ids = Ids()
    words = load(language, "example_people")
    records: list[Record] = [
        _person(one, words, ids) for one in load(BOTH, "example_people").sections("person")
    ]
    for key in MENTEES:
        draft = ExampleDraft.of(key, language, today, now, ids)
        made = [one for part in (mentorship, plan, talks) for one in part.records(draft)]
        records += plan.agreed(draft, made)
    ids.check()
    return [_dated_by_history(record, now) for record in records]


def _dated_by_history(record: Record, now: datetime) -> Record:
    """Return a task or goal as if it had been stored on the first and last day of its history."""
    if isinstance(record, Task):
        days = [entry.on for entry in record.step_log] + [check.on for check in record.checks]
    elif isinstance(record, Goal):
        days = [entry.on for entry in record.log]
    else:
        return record
    if not days:
        return record
    first, last = (
        min(datetime.combine(day, time(12), now.tzinfo), now) for day in (min(days), max(days))
    )
    return replace(record, created_at=first, changed_at=last)


def _person(facts: Section, words: Section, ids: Ids) -> Person:
    facts.only("key", "name", "contact", "archived", "network")
    key = facts.text("key")
    own = words.section("person").section(key)
    number = facts.text("contact", "")
    return Person(
        id=ids.make("person", key),
        name=facts.text("name", "") or own.text("name"),
        kind=PersonKind.NETWORK if facts.flag("network") else PersonKind.PERSON,
        title=own.text("title"),
        knows=own.text("knows", ""),
        contact=words.text("contact").replace("{number}", number) if number else "",
        archived=facts.flag("archived"),
        example=True,
    )
