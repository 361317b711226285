"""Expectations that come back filled in: what they change on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from data.dates import EntryError, show_date
from data.documents.importing.content import ReadFile, TextLine
from data.documents.importing.expectation_sections import sections_of_page
from data.documents.importing.given_values import AGREEMENT_FIELDS, Base, digest_of
from data.documents.importing.merging import FormField, Merging
from data.documents.importing.preview import EntryKind, Gathered, Preview
from data.documents.importing.sections import Section
from data.documents.importing.values import parse_day
from data.documents.importing.words import key_of
from data.durations import parse_duration, show_duration
from data.i18n import _
from data.method.plan.fields import Reading, stored_text
from data.method.view import MenteeView
from data.queries.field_names import field_name, field_names
from data.records import TEXT, Agreement, part_id
from data.store.change import Change
from data.text import line, lines

_LENGTH: Final = re.compile(r"(.*\S)\s*\(([^()]+)\)\s*$", re.DOTALL)
_LONG: Final = frozenset(
    name for name, one in Agreement.__dataclass_fields__.items() if one.metadata == TEXT
)
_MINUTES, _RHYTHM, _REVIEW = "minutes", "rhythm_text", "review_on"


def preview_expectations(
    file: ReadFile, view: MenteeView, base: Base, reading: Reading, proposals: list[Agreement]
) -> Preview:
    """Return what filled-in expectations change.

    `proposals` are what the library proposes, in each language: what a blank form holds. A text
    that nobody has changed since is no change.
    """
    out = Gathered()
    merging = Merging(base, out)
    there = view.agreement
    seen = there or replace(proposals[0], id=part_id(view.mentee.id, Agreement.table))
    after = seen

    def is_known(key: str, text: str) -> bool:
        alone = key != _RHYTHM or not seen.minutes
        here = there is not None and alone and key in AGREEMENT_FIELDS
        same = here and digest_of(_stored(seen, key)) == digest_of(text)
        return bool(text) and (same or base.was(seen.id, key, text))

    for key, text in written(file, is_known).items():
        is_proposal = any(digest_of(_stored(one, key)) == digest_of(text) for one in proposals)
        if not (is_proposal and (there is None or not base.certain)):
            after = _merged(merging, reading, seen, after, (key, text))
    if there is not None:
        out.change([Change.between(there, after)])
    elif after != seen:
        out.change([Change.created(after)])
        out.say(EntryKind.NEW, _("The expectations, with the proposals that were not changed"))
    return Preview(
        form=_("Expectations: {name}").format(name=view.mentee.name),
        entries=tuple(out.entries),
        changes=tuple(out.changes),
        step=_("expectations imported from a file"),
        taken=tuple(out.taken),
    )


def written(
    file: ReadFile, is_known: Callable[[str, str], bool] = lambda _key, _text: False
) -> Mapping[str, str]:
    """Return field -> what stands in the file for it; fields where nothing stands are left out.

    Args:
        file: The file.
        is_known: Whether a field has or had a text: then it is all of it, whatever it looks like.
    """
    found = {key: text.strip() for key, text in file.rooms.items() if key in AGREEMENT_FIELDS}
    wrapped = file.name.casefold().endswith(".txt")
    sections, _rest = sections_of_page(file)
    labelled = _labelled(sections)
    for section in sections:
        labels = [key_of(one) for one in field_names(Agreement.table, section.key)]
        text = section.text(wrapped=wrapped, ruled=False)
        if labelled and not is_known(section.key, text):
            text = section.text(labels, wrapped=wrapped, ruled=False)
        if section.key and text and section.key not in file.rooms:
            found.setdefault(section.key, text)
    for line_ in sections[0].lines:
        if review := _review(line_.text):
            found.setdefault(_REVIEW, review)
    if not is_known(_RHYTHM, found.get(_RHYTHM, "")):
        _part_rhythm(found)
    return {key: found[key] for key in AGREEMENT_FIELDS if found.get(key)}


def left_over(file: ReadFile) -> list[TextLine]:
    """Return the lines of the page that are of no field: the lines to sign, and others."""
    sections, rest = sections_of_page(file)
    return [*(one for one in sections[0].lines if not _review(one.text)), *rest]


def _review(text: str) -> str:
    """Return what stands above the fields about the next review; "" if a line is about else."""
    for label in field_names(Agreement.table, _REVIEW):
        if text.strip().startswith(label):
            return text.strip().removeprefix(label).strip(" :.")
    return ""


def _labelled(sections: Sequence[Section]) -> bool:
    """Whether most fields are rooms, in which the label stands again before the text."""
    filled = [one for one in sections if one.key and one.text()]
    again = [
        one
        for one in filled
        if one.text() != one.text(map(key_of, field_names(Agreement.table, one.key)))
    ]
    return bool(again) and len(again) * 2 >= len(filled)


def _part_rhythm(found: dict[str, str]) -> None:
    """Part the length of a talk from the rhythm: "Every other week (1 h)"."""
    rhythm = _LENGTH.fullmatch(found.get(_RHYTHM, ""))
    if rhythm is not None and _is_duration(rhythm[2]):
        found[_RHYTHM] = rhythm[1]
        found.setdefault(_MINUTES, rhythm[2])
    elif _is_duration(found.get(_RHYTHM, "")):
        found.setdefault(_MINUTES, found.pop(_RHYTHM))


def _is_duration(text: str) -> bool:
    try:
        return parse_duration(text) is not None
    except EntryError:
        return False


def _stored(agreement: Agreement, key: str) -> str:
    value = getattr(agreement, key)
    return show_duration(value) if key == _MINUTES and value else stored_text(value)


def _merged(
    merging: Merging, reading: Reading, seen: Agreement, after: Agreement, written: tuple[str, str]
) -> Agreement:
    """Return the page with one field as the file has it, or with what becomes of both."""
    key, text = written
    name = field_name(Agreement.table, key)
    try:
        value = _value(key, text, reading)
    except EntryError as wrong:
        merging.out.say(EntryKind.UNREAD, str(wrong), f"“{name}”")
        return after
    form, here = stored_text(value), stored_text(getattr(seen, key))
    shown = _shown(key, getattr(seen, key)), _shown(key, value)
    field = FormField(seen, key, name, long=key in _LONG)
    taken = merging.taken(field, form=form, here=here, shown=shown)
    if taken is None:
        return after
    changed: dict[str, Any] = {key: value if taken == form else taken}
    return replace(after, **changed)


def _value(key: str, text: str, reading: Reading) -> object:
    if key == _MINUTES:
        return parse_duration(text)
    if key == _REVIEW:
        return parse_day(text, reading)
    return lines(text) if key in _LONG else line(text)


def _shown(key: str, value: Any) -> str:
    if key == _MINUTES:
        return show_duration(value)
    return show_date(value) if key == _REVIEW else str(value)
