"""Fields that are about a person: how to reach them, and what to ask them about."""

from __future__ import annotations

from data.i18n import _
from data.method.words import word
from data.queries.field_names import field_name
from data.records import Person, PersonKind
from data.store.change import Change
from data.text import line
from tui.cli.plain.desk import Desk
from tui.cli.plain.field import Field


def about_person(desk: Desk, person_id: str, *keys: str) -> list[Field]:
    """Return fields of a person, who is the same for all mentees; none if there is nobody.

    `keys` are among "kind", "knows", "contact" and "title".
    """
    person = desk.store.get(Person, person_id)
    return [] if person is None else [_field(desk, person, key) for key in keys]


def _field(desk: Desk, person: Person, key: str) -> Field:
    seen = [person]
    label = field_name(Person.table, key)

    def write(typed: str) -> str:
        value = PersonKind(typed) if key == "kind" else line(typed)
        desk.commit([Change.edited(seen[0], **{key: value})], f"{label}: {person.name}")
        seen[0] = desk.store.get(Person, person.id) or seen[0]
        return f"{label}: {word(value)}" if isinstance(value, PersonKind) else ""

    if key == "kind":
        choices = tuple((value, word(value)) for value in PersonKind)
        return Field(label, word(person.kind), write, choices=choices, can_be_empty=False)
    takes = _("It is the same for all mentees.")
    return Field(label, str(getattr(person, key)), write, takes)
