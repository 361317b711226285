"""The form of an introduction, with the person whom the mentee should meet."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from data.dates import show_date
from data.i18n import _
from data.queries.persons import known_person, to_meet
from data.queries.persons import person_id as named_person
from data.records import Introduction, Person, PersonKind
from data.store.change import Change
from data.store.store import Store
from data.text import line
from screens.dialogs.edit_record import Form
from screens.dialogs.form import Field, Filled
from screens.frame.entries import choices, person_check, person_suggest
from screens.mentee.record_form import RecordForm, dates_of, saving


def new_introduction(store: Store, mentee_id: str) -> RecordForm:
    """Return the form of a new introduction."""
    return introduction_form(store, Introduction(mentee_id=mentee_id, person_id=""))


def introduction_form(store: Store, one: Introduction) -> RecordForm:
    """Return the form of an introduction."""
    person = store.get(Person, one.person_id)
    by = store.get(Person, one.by_id)
    check, suggest = person_check(store), person_suggest(store)
    dates = dates_of(store, one.mentee_id)
    name = person.name if person else ""
    fields = [
        Field(
            "name",
            _("Who"),
            name,
            check=person_check(store, to_meet),
            suggest=person_suggest(store, to_meet),
            required=_("Enter who the mentee should meet"),
        ),
        Field(
            "kind",
            _("Kind"),
            person.kind if person else PersonKind.PERSON,
            "choice",
            choices(PersonKind),
        ),
        Field("knows", _("Knows about"), person.knows if person else ""),
        Field("contact", _("Contact"), person.contact if person else ""),
        Field("about", _("Topic"), one.about),
        Field("by", _("Introduced by"), by.name if by else "", check=check, suggest=suggest),
        Field("planned_on", _("When"), show_date(one.planned_on), check=dates.check),
        Field("done_on", _("Done on"), show_date(one.done_on), check=dates.done.check),
    ]
    title = _("Introduction to {name}").format(name=name) if name else _("New introduction")
    form = Form("introduction", title, fields)
    return RecordForm(form, one, partial(_introduction_changes, store, one, person))


def _introduction_changes(
    store: Store, one: Introduction, shown: Person | None, texts: Filled
) -> list[Change]:
    """Return the changes of an introduction and of its person; `shown` is whom the form showed."""
    person = shown
    if shown is None or "name" in texts.changed:
        person = known_person(store, texts["name"], shown)
    if person is None:
        about_person = texts.whole().read(kind=PersonKind, knows=line, contact=line)
        person = Person(name=line(texts["name"]), **about_person)
        changes = [Change.created(person)]
    else:
        # Of a known person only the fields change in which the user typed: the others may show
        # what is known about the person who was named before.
        about_person = texts.as_typed().read(kind=PersonKind, knows=line, contact=line)
        changes = [Change.edited(person, **about_person)]
    by: dict[str, Any] = {}
    if "by" in texts.changed:
        by["by_id"], new_person = named_person(store, texts["by"])
        changes += new_person
    dates = dates_of(store, one.mentee_id)
    typed = texts.read(about=line, planned_on=dates.read, done_on=dates.done.read)
    return [*changes, saving(one, replace(one, person_id=person.id, **by, **typed))]
