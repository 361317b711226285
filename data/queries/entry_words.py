"""What an entry of the workplace's library says, in words: to compare a newer version with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final

from data.frozen import immutable
from data.i18n import N_, _, language, ngettext
from data.library.offsets import write_offset
from data.library.questionset import STEPS, built_in_questions
from data.library.rolematrix import built_in_duties
from data.library.texts import built_in_agreement, built_in_materials
from data.method.today.rows import Due, DueKind, MarkAs
from data.method.words import word
from data.queries.field_names import field_name
from data.records import DutyKind, GoalKind, Part, PersonKind, Priority, RoleKind
from data.workplace.entries import Entry, Kind
from data.workplace.newer import Difference, What
from data.workplace.offers import is_going_back, offers
from data.workplace.taken import Copy

_KINDS: Final = {
    Kind.QUESTION: N_("Question"),
    Kind.DUTY: N_("Duty"),
    Kind.LEFT_OUT: N_("Duty"),
    Kind.RHYTHM: N_("Rhythm"),
    Kind.TEMPLATE: N_("Plan template"),
    Kind.PERSON: N_("Person"),
    Kind.TIP: N_("Tip"),
    Kind.MATERIAL: N_("Material"),
    Kind.TEXT: N_("Text"),
    Kind.EXPECTATION: N_("Expectations"),
}
_WHAT: Final = {
    What.NEW: N_("new"),
    What.CHANGED: N_("changed"),
    What.GONE: N_("removed"),
}
_FIELDS: Final[Mapping[Kind, Mapping[str, str]]] = {
    Kind.QUESTION: {
        "text": N_("Question"),
        "title": N_("Title"),
        "general": N_("Without a task"),
        "spoken": N_("Said to the mentee"),
        "starter": N_("First words"),
        "purpose": N_("Purpose"),
        "hint": N_("Hint"),
        "probes": N_("More questions"),
        "after": N_("Asked after"),
    },
    Kind.DUTY: {
        "text": N_("Duty"),
        "kind": N_("Kind"),
        "main": N_("Main responsibility"),
        "takes_part": N_("Takes part"),
        "informed": N_("Informed"),
        "due": N_("When"),
    },
    Kind.LEFT_OUT: {"used": N_("In “who does what”")},
    Kind.RHYTHM: {"title": N_("Name"), "stretch": N_("Talks")},
    Kind.TEMPLATE: {"name": N_("Name"), "about": N_("About"), "task": N_("Tasks")},
    Kind.PERSON: {
        "name": N_("Name"),
        "kind": N_("Kind"),
        "title": N_("Job title"),
        "place": N_("Place"),
        "phone": N_("Phone"),
        "knows": N_("Knows about"),
    },
    Kind.TIP: {"type": N_("Task type"), "text": N_("Tip")},
    Kind.MATERIAL: {
        "title": N_("Title"),
        "where": N_("Where"),
        "step": N_("Page"),
        "about": N_("About"),
    },
    Kind.TEXT: {"title": N_("Title"), "text": N_("Text")},
    Kind.EXPECTATION: {"value": ""},
}
"""Kind -> its fields and what they are called (msgid), in the order in which they are shown."""
_CHOICES: Final[Mapping[tuple[Kind, str], type[StrEnum]]] = {
    (Kind.DUTY, "kind"): DutyKind,
    (Kind.DUTY, "main"): RoleKind,
    (Kind.DUTY, "takes_part"): RoleKind,
    (Kind.DUTY, "informed"): RoleKind,
    (Kind.PERSON, "kind"): PersonKind,
}


_LONG: Final = 3
"""With so many lines on both sides, only those are shown that differ."""


@immutable
class Compared:
    """A field that the newer version has otherwise."""

    label: str
    """What the field is called, translated."""
    before: str
    """What it says in use; "" for nothing. It may have several lines."""
    after: str
    """What it says in the folder."""


def kind_word(difference: Difference) -> str:
    """Return what kind of thing it is, translated."""
    return _(_KINDS[difference.entry.kind])


def what_word(difference: Difference) -> str:
    """Return what has become of it, translated: "new"."""
    if difference.entry.kind is Kind.LEFT_OUT:
        return _("left out") if difference.what is What.NEW else _("used again")
    return _(_WHAT[difference.what])


def entry_name(entry: Entry) -> str:
    """Return what an entry is called where it is listed, in one line."""
    values = entry.values
    if entry.kind is Kind.QUESTION and entry.key in STEPS:
        return built_in_questions(language()).step(entry.key).title
    if entry.kind is Kind.EXPECTATION:
        return field_name("agreements", entry.key) or _(_EXPECTATIONS.get(entry.key, entry.key))
    named = (values.get(key) for key in ("name", "title", "text"))
    found = next((str(one) for one in named if one), "")
    if not found and entry.kind in {Kind.DUTY, Kind.LEFT_OUT}:
        found = next((one.text for one in built_in_duties(language()) if one.key == entry.key), "")
    if not found and entry.kind is Kind.MATERIAL:
        materials = built_in_materials(language())
        found = next((one.title for one in materials if one.key == entry.key), "")
    return " ".join(found.split()) or entry.key


_EXPECTATIONS: Final = {"review_days": N_("Days until the review")}


def news_of(copy: Copy | None) -> str:
    """Return that there is a newer version, and how much is offered; "" where nothing is."""
    number = len(offers(copy))
    if copy is None or not number:
        return ""
    if is_going_back(copy):
        said = ngettext(
            "The library has gone back to version {version}: {number} change",
            "The library has gone back to version {version}: {number} changes",
            number,
        )
    else:
        said = ngettext(
            "The library has a new version: {number} change",
            "The library has a new version: {number} changes",
            number,
        )
    return said.format(version=copy.folder_has.version, number=number)


def library_due(copy: Copy | None) -> Due | None:
    """Return the row of Today about a newer version of the library; None where there is none."""
    why = news_of(copy)
    if copy is None or not why:
        return None
    number = len(offers(copy))
    if is_going_back(copy):
        name = ngettext(
            "earlier version, {number} change", "earlier version, {number} changes", number
        )
    else:
        name = ngettext("new version, {number} change", "new version, {number} changes", number)
    name = name.format(number=number)
    return Due(DueKind.LIBRARY, "", "", "library", None, name, why, MarkAs.OPEN)


def compared(difference: Difference) -> tuple[Compared, ...]:
    """Return the fields that the newer version has otherwise, in words.

    What is built in stands where the library says nothing: that is what is used then.
    """
    entry = difference.entry
    before, after = (_texts(one, entry) for one in (difference.before, difference.after))
    built_in = _built_in(entry)
    found = []
    for name in {**before, **after}:
        one, other = (side.get(name) or built_in.get(name, "") for side in (before, after))
        if one != other:
            found.append(Compared(_label(entry, name), *_shortened(one, other)))
    return tuple(found)


def _shortened(before: str, after: str) -> tuple[str, str]:
    """Return two texts; of long ones only the lines that differ, with "…" for the others."""
    sides = [[one for one in text.split("\n") if one] for text in (before, after)]
    if min(map(len, sides)) < _LONG:
        return before, after
    found: tuple[list[str], list[str]] = ([], [])
    for how, *places in SequenceMatcher(None, sides[0], sides[1], autojunk=False).get_opcodes():
        for side, lines, (start, end) in zip(found, sides, (places[:2], places[2:]), strict=True):
            side.extend(["…"] if how == "equal" else lines[start:end])
    return "\n".join(found[0]), "\n".join(found[1])


def _label(entry: Entry, field: str) -> str:
    if entry.kind is Kind.EXPECTATION:
        return entry_name(entry)
    label = _FIELDS[entry.kind].get(field, "")
    return _(label) if label else field


def _texts(entry: Entry | None, of: Entry) -> dict[str, str]:
    """Return field -> text of an entry; of one that is not there, what that means."""
    if of.kind is Kind.LEFT_OUT:
        return {"used": _("no") if entry is not None else _("yes")}
    if entry is None:
        return {}
    known = _FIELDS[entry.kind]
    names = [*(name for name in known if name in entry.values), *entry.values]
    return {name: _text(entry.kind, name, entry.values[name]) for name in names}


def _text(kind: Kind, field: str, value: Any) -> str:
    """Return a value in words, on one line or several."""
    choices = _CHOICES.get((kind, field))
    if choices is not None:
        return ", ".join(_choice(choices, one) for one in _list(value))
    if field == "after":
        found = [one for one in built_in_questions(language()).steps if one.key == value]
        return found[0].title if found else str(value)
    if field == "stretch":
        return "\n".join(map(_stretch, _tables(value)))
    if field == "task":
        return "\n".join(line for row in _tables(value) for line in _row(row))
    if field == "due":
        return _offset(value)
    return "\n".join(map(str, _list(value)))


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else [value]


def _tables(value: Any) -> Iterable[Mapping[str, Any]]:
    return (one for one in _list(value) if isinstance(one, Mapping))


def _choice(kind: type[StrEnum], value: Any) -> str:
    return word(kind(value)) if value in {*kind} else str(value)


def _offset(value: Any) -> str:
    is_days = isinstance(value, int) and not isinstance(value, bool)
    return write_offset(value) if is_days else str(value)


def _stretch(one: Mapping[str, Any]) -> str:
    every, week = one.get("every_weeks"), one.get("until_week")
    text = _("every {number} weeks to week {week}") if every != 1 else _("weekly to week {week}")
    return text.format(number=every, week=week)


def _row(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a task of a template: what it is, and what belongs to it."""
    facts = [str(row.get(key, "")) for key in ("type", "estimate")]
    if row.get("priority"):
        facts.append(_choice(Priority, row["priority"]))
    if "sparring" in row:
        facts.append(_("sparring {when}").format(when=_offset(row["sparring"])))
    if row.get("check"):
        facts.append(_("quality check"))
    more = ", ".join(filter(None, facts))
    yield f"- {row.get('title', '')} ({more})" if more else f"- {row.get('title', '')}"
    if row.get("description"):
        yield f"  {row['description']}"
    for goal in _tables(row.get("goals", [])):
        kind = _choice(GoalKind, goal.get("kind", GoalKind.SKILL))
        due = _offset(goal["due"]) if "due" in goal else ""
        yield "  " + ", ".join(filter(None, (f"{kind}: {goal.get('text', '')}", due)))


def _built_in(entry: Entry) -> dict[str, str]:
    """Return field -> text of what is built in under that key; nothing where nothing is."""
    found: Any = None
    if entry.kind is Kind.QUESTION and entry.key in STEPS:
        found = built_in_questions(language()).step(entry.key)
    elif entry.kind is Kind.MATERIAL:
        materials = built_in_materials(language())
        found = next((one for one in materials if one.key == entry.key), None)
    elif entry.kind is Kind.DUTY:
        return _built_in_duty(entry.key)
    elif entry.kind is Kind.EXPECTATION:
        return {"value": str(getattr(built_in_agreement(language()), entry.key, ""))}
    fields = {name: getattr(found, name, "") for name in _FIELDS[entry.kind]}
    return {name: _text(entry.kind, name, value) for name, value in fields.items() if value}


def _built_in_duty(key: str) -> dict[str, str]:
    duty = next((one for one in built_in_duties(language()) if one.key == key), None)
    if duty is None:
        return {}
    parts = {
        name: [role for role, part in duty.parts.items() if part is kind]
        for name, kind in (
            ("main", Part.MAIN),
            ("takes_part", Part.TAKES_PART),
            ("informed", Part.INFORMED),
        )
    }
    values = {"text": duty.text, "kind": duty.kind, "due": duty.due_days, **parts}
    return {
        name: _text(Kind.DUTY, name, value)
        for name, value in values.items()
        if value is not None and value != []
    }
