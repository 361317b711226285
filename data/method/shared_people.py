"""The people of the workplace's library, as records of the mentor's own (R4, R9, R67, R77).

A record of such a person has the person's key. Field by field it follows the library, until the
mentor writes something else in it: from then on that field is the mentor's own. Who is no longer in
the library is no longer offered, unless the mentor has changed something about them; nobody is ever
deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from data.i18n import _
from data.records import Person, PersonKind
from data.records.base import part_id
from data.store.change import Change
from data.text import name_key
from data.workplace.entries import version_numbers

if TYPE_CHECKING:
    from data.library.shared import Shared, SharedPerson

FIELDS: Final = ("name", "kind", "title", "knows", "contact")
"""The fields of a person that the library may give."""
_ARCHIVED: Final = "archived"
_YES: Final = "yes"
_LIBRARY: Final = "library"
_VERSION: Final = "version"
_PHONE: Final = {"da": "tlf.", "en": "tel."}
"""By the language of the library, not of the session: two sessions must write the same."""


def brought_up_to_date(
    people: Iterable[Person],
    library: Shared,
    *,
    back: bool = False,
    is_deleted: Callable[[str], bool] = lambda _id: False,
) -> list[Change]:
    """Return what makes the records of people say what the library says.

    Two sessions that do it at once, even from two files, make the same records.

    Args:
        people: All people among the records.
        library: The library in use.
        back: Whether an older version than the one that a record has seen may change it too. A
            colleague who shares the file may have a newer one.
        is_deleted: Whether a record with this id was deleted for good: it is not made again.
    """
    known, said_of = list(people), _said(library)
    shared = {one.shared_key: one for one in reversed(known) if one.shared_key}
    changes = []
    for key, said in said_of.items():
        person = shared.get(key) or _namesake(known, said["name"], said_of.values())
        if person is None:
            made = _made(key, said, library)
            changes += [] if is_deleted(made.id) else [Change.created(made)]
        elif back or not _has_seen_newer(person, library):
            changes.append(Change.between(person, _following(person, key, said, library)))
    changes += [
        Change.between(one, _left_out(one, library))
        for key, one in shared.items()
        if key not in said_of and library_of(one) == library.name
        if back or not _has_seen_newer(one, library)
    ]
    return [change for change in changes if not change.is_empty]


def follows(person: Person, field: str) -> bool:
    """Whether a field of a person says what the library said last."""
    return field in person.shared_says and person.shared_says[field] == _text(person, field)


def own_fields(person: Person) -> tuple[str, ...]:
    """Return the fields of a person of the library in which the mentor's own words stand."""
    return tuple(one for one in FIELDS if person.shared_key and not follows(person, one))


def library_of(person: Person) -> str:
    """Return the name of the workplace whose library has the person; "" for one of one's own."""
    return person.shared_says.get(_LIBRARY, "") if person.shared_key else ""


def is_of_library(person: Person) -> bool:
    """Whether the workplace's library has the person, as far as the record knows."""
    return bool(person.shared_key) and not has_left(person)


def has_left(person: Person) -> bool:
    """Whether the person was in a library, and is in it no longer."""
    return bool(person.shared_key) and bool(person.shared_says.get(_ARCHIVED))


def origin_text(person: Person, names: Callable[[str], str]) -> str:
    """Return where a person comes from, and what of it is the mentor's own; "" for an own one.

    `names` returns what a field is called.
    """
    library = library_of(person)
    if not library:
        return ""
    if has_left(person):
        return _("was in the library of {library}").format(library=library)
    own = ", ".join(names(one).lower() for one in own_fields(person))
    said = _("from {library}; your own: {fields}") if own else _("from {library}")
    return said.format(library=library, fields=own)


def contact_of(one: SharedPerson, language: str) -> str:
    """Return place and phone as one line: "2.14, tlf. 12 34 56 78"."""
    word = _PHONE.get(language, _PHONE["en"])
    bare = one.phone and not any(letter.isalpha() for letter in one.phone)
    return ", ".join(filter(None, (one.place, f"{word} {one.phone}" if bare else one.phone)))


def _said(library: Shared) -> Mapping[str, Mapping[str, str]]:
    """Return what the library says of its people: key -> field -> text."""
    return {
        one.key: {
            "name": one.name,
            "kind": str(one.kind),
            "title": one.title,
            "knows": one.knows,
            "contact": contact_of(one, library.language),
            _ARCHIVED: "",
        }
        for one in library.people
    }


def _namesake(
    people: Iterable[Person], name: str, said: Iterable[Mapping[str, str]]
) -> Person | None:
    """Return the one person of a name whom the mentor has entered.

    It is None for none, and where several have the name, there or in the library.
    """
    wanted = name_key(name)
    own = (one for one in people if not (one.shared_key or one.example))
    found = [one for one in own if name_key(one.name) == wanted]
    named = [one for one in said if name_key(one["name"]) == wanted]
    return found[0] if len(found) == len(named) == 1 else None


def _made(key: str, said: Mapping[str, str], library: Shared) -> Person:
    empty = Person(id=part_id(_LIBRARY, key), name="")
    return _following(empty, key, said, library)


def _following(person: Person, key: str, said: Mapping[str, str], library: Shared) -> Person:
    """Return a person with what the library says, in the fields that are not the mentor's own."""
    taken = {field: text for field, text in said.items() if _may_take(person, field)}
    values: dict[str, Any] = {field: _value(field, text) for field, text in taken.items()}
    return replace(person, **values, shared_key=key, shared_says=_says(person, said, library))


def _left_out(person: Person, library: Shared) -> Person:
    """Return a person who is no longer in the library: kept whole if anything is the mentor's."""
    if not follows(person, _ARCHIVED):  # the mentor has archived them, or it was noted before
        return person
    says = _says(person, {_ARCHIVED: _YES}, library)
    return replace(person, archived=person.archived or not own_fields(person), shared_says=says)


def _says(person: Person, said: Mapping[str, str], library: Shared) -> dict[str, str]:
    which = {_LIBRARY: library.name, _VERSION: library.version}
    return {**person.shared_says, **said, **which}


def _may_take(person: Person, field: str) -> bool:
    """Whether a field follows the library; of a namesake, one in which nothing stands yet."""
    if field in person.shared_says:
        return follows(person, field)
    return _text(person, field) in {"", str(PersonKind.PERSON)}


def _has_seen_newer(person: Person, library: Shared) -> bool:
    """Whether a newer version of the same library has been at the record."""
    if library_of(person) != library.name:
        return False
    return version_numbers(person.shared_says.get(_VERSION, "")) > version_numbers(library.version)


def _text(person: Person, field: str) -> str:
    value = getattr(person, field)
    if field == _ARCHIVED:
        return _YES if value else ""
    return str(value)


def _value(field: str, text: str) -> str | bool | PersonKind:
    if field == _ARCHIVED:
        return bool(text)
    return PersonKind(text) if field == "kind" else text
