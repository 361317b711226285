"""What each file of a library may say: tables become entries, and entries the values in use.

One function reads each kind of table, in the folder and in the copy in use alike. It notes what is
wrong, and returns the value as far as it is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from data.cell_width import cell_width
from data.digest import sha256
from data.i18n import _
from data.library.guidetext import SCREENS
from data.library.prose import flow
from data.library.questionset import (
    FEEDFORWARD,
    QUESTIONS,
    STEPS,
    TASK,
    TITLE_WIDTH,
    built_in_questions,
)
from data.library.rolematrix import built_in_due_days
from data.library.shared import (
    SharedDuty,
    SharedExpectation,
    SharedMaterial,
    SharedPerson,
    SharedQuestion,
    SharedRhythm,
    SharedText,
    SharedTip,
)
from data.library.tables import Table
from data.library.talk_rhythms import LAST_WEEK, built_in_rhythms, own_key
from data.library.templates import template_of
from data.library.texts import AgreementDefaults, built_in_materials
from data.records import DutyKind, PersonKind, RoleKind
from data.text import line, lines
from data.workplace.entries import Entry, Kind

TEXTS: Final = ("about_scheme", "sparring_culture", "your_data")
"""Keys of the texts that a workplace may reword."""
_ROLES: Final = (
    RoleKind.MENTOR,
    RoleKind.BUDDY,
    RoleKind.MANAGER,
    RoleKind.NEWCOMER,
    RoleKind.COLLEAGUES,
)
"""The roles that every mentee has from the start."""
_WHOLE: Final = {"minutes": (5, 480), "review_days": (1, 3650)}
"""The fields of the expectations that are numbers -> the least and the most."""
_BRACED: Final = re.compile(r"\{\w*\}")
"""What is written as if something were put in its place."""
_Read = Callable[[Table, str], Any]


def question_of(table: Table, language: str) -> SharedQuestion:
    """Return a question of the library, which is written in `language`."""
    table.only(
        "key", "text", "title", "general", "spoken", "starter", "hint", "purpose", "probes", "after"
    )  # fmt: skip
    key = table.key()
    found = SharedQuestion(
        key,
        table.text("text"),
        table.text("general"),
        table.text("spoken"),
        table.text("starter"),
        table.text("hint"),
        table.text("purpose"),
        table.texts("probes"),
        table.text("after"),
        table.text("title"),
    )
    _check_title(table, found)
    if found.after and found.after not in STEPS:
        table.one_of("after", STEPS)
    elif found.after and key in STEPS:
        table.fault("after", _("A question of the guide stays where it is: take “after” away."))
    if key and key not in STEPS:
        table.needed("text")
        for name in ("general", "spoken", "starter"):
            if table.text(name):
                what = _("“{key}” is for the built-in questions only.").format(key=name)
                table.fault(name, what)
        if TASK in found.text:
            table.fault("text", _("“{task}” is for the built-in questions only.").format(task=TASK))
            return found
    elif key:
        _check_wording(table, found, language)
    for name in ("text", "general", "spoken", "starter"):
        for braced in _BRACED.findall(table.text(name)):
            if name != "text" or braced != TASK:
                what = _("“{braced}” stays as it is here: only {task} in “text” becomes a task.")
                table.fault(name, what.format(braced=braced, task=TASK))
    return found


def _check_title(table: Table, found: SharedQuestion) -> None:
    """Note where the title of a step is too long, or of a step that has one."""
    if found.title and found.key in STEPS:
        table.fault("title", _("“{key}” is for further questions only.").format(key="title"))
    elif cell_width(found.title) > TITLE_WIDTH:
        what = _("“{key}” has at most {number} characters: it stands in the list of steps.")
        table.fault("title", what.format(key="title", number=TITLE_WIDTH))


def _check_wording(table: Table, found: SharedQuestion, language: str) -> None:
    """Note where another wording of a built-in step does not fit the step."""
    step = built_in_questions(language).step(found.key)
    if found.text and not step.text:
        table.fault("text", _("This step asks no question: “purpose” and “hint” can be reworded."))
    if TASK in found.text and not (found.general or step.general):
        what = _("With “{task}” in “text”, “general” is needed: the question without a task.")
        table.fault("text", what.format(task=TASK))
    if found.key in (*QUESTIONS, *FEEDFORWARD) and "text" in table.values and not found.text:
        table.fault("text", _("A question of the guide must not be empty."))


def duty_of(table: Table, _language: str) -> SharedDuty:
    """Return a duty of the library."""
    table.only("key", "text", "kind", "main", "takes_part", "informed", "due")
    key = table.key()
    found = SharedDuty(
        key,
        table.text("text"),
        table.choice("kind", DutyKind),
        table.choice("main", RoleKind, _ROLES),
        table.choices("takes_part", RoleKind, _ROLES),
        table.choices("informed", RoleKind, _ROLES),
        table.offset("due"),
    )
    parts = [found.main, *(found.takes_part or ()), *(found.informed or ())]
    given = [one for one in parts if one is not None]
    if len(given) != len(set(given)):
        table.fault("", _("A role has one part only: main, takes_part or informed."))
    if "text" in table.values or (key and key not in built_in_due_days()):
        table.needed("text")
    if key and key not in built_in_due_days():
        table.needed("main")
    return found


def left_out_of(table: Table, _language: str) -> str:
    """Return the key of a built-in duty that is left out."""
    return table.key()


def rhythm_of(table: Table, _language: str) -> SharedRhythm:
    """Return a rhythm of talks of the library."""
    table.only("key", "title", "stretch")
    key, title = table.key(), table.needed("title")
    if key in {one.key for one in built_in_rhythms()}:
        table.fault("key", _("“{key}” is built in: give this one another key.").format(key=key))
    found: list[tuple[int, int]] = []
    for one in table.tables("stretch"):
        one.only("until_week", "every_weeks")
        pair = (one.whole("every_weeks", 1, LAST_WEEK), one.whole("until_week", 1, LAST_WEEK))
        if pair[0] is not None and pair[1] is not None:
            found.append((pair[0], pair[1]))
    if not table.faults and not own_key(found):
        what = _("Write stretches such as {{ until_week = 4, every_weeks = 1 }}, weeks rising.")
        table.fault("stretch", what.format())
    return SharedRhythm(key, title, tuple(found))


def person_of(table: Table, _language: str) -> SharedPerson:
    """Return a person or network of the library."""
    table.only("key", "name", "kind", "title", "place", "phone", "knows")
    return SharedPerson(
        table.key(),
        table.needed("name"),
        table.choice("kind", PersonKind) or PersonKind.PERSON,
        table.text("title"),
        table.text("place"),
        table.text("phone"),
        table.text("knows"),
    )


def tip_of(table: Table, _language: str) -> SharedTip:
    """Return a tip of the library. In the copy in use it has a key, in the folder it has none."""
    table.only("key", "type", "text")
    text = table.text("text", lines)
    if not text:
        table.needed("text")
    return SharedTip(table.text("key"), table.text("type"), text)


def material_of(table: Table, _language: str) -> SharedMaterial:
    """Return a material of the library."""
    table.only("key", "title", "where", "step", "about")
    key = table.key()
    found = SharedMaterial(
        key,
        table.text("title"),
        table.text("where"),
        table.text("step"),
        flow(table.text("about", lines)),
    )
    if found.step and found.step not in SCREENS:
        table.one_of("step", SCREENS)
    if "title" in table.values or (
        key and key not in {one.key for one in built_in_materials("en")}
    ):
        table.needed("title")
    return found


def text_of(table: Table, _language: str) -> SharedText:
    """Return a text of the library."""
    table.only("key", "title", "text")
    return SharedText(table.key(), table.needed("title"), flow(table.text("text", lines)))


def expectation_of(table: Table, _language: str) -> SharedExpectation:
    """Return one field of the expectations, from an entry: its only value is "value"."""
    key = table.text("key")
    inner = Table(table.at, {key: table.values.get("value")}, table.faults)
    if key in _WHOLE:
        return SharedExpectation(key, inner.whole(key, *_WHOLE[key]) or 0)
    return SharedExpectation(key, flow(inner.text(key, lines)))


READERS: Final[Mapping[Kind, _Read]] = {
    Kind.QUESTION: question_of,
    Kind.DUTY: duty_of,
    Kind.LEFT_OUT: left_out_of,
    Kind.RHYTHM: rhythm_of,
    Kind.PERSON: person_of,
    Kind.TIP: tip_of,
    Kind.MATERIAL: material_of,
    Kind.TEXT: text_of,
    Kind.EXPECTATION: expectation_of,
}
"""How an entry of each kind becomes a value, but templates, which have their own reader."""
_LISTS: Final = {
    "duties.toml": ("duty", Kind.DUTY),
    "rhythms.toml": ("rhythm", Kind.RHYTHM),
    "people.toml": ("person", Kind.PERSON),
    "tips.toml": ("tip", Kind.TIP),
    "materials.toml": ("material", Kind.MATERIAL),
}
"""A file that is a list of tables -> what such a table is called, and the kind."""


def entries_of(file: str, whole: Table, language: str) -> Iterator[tuple[Entry, Table]]:
    """Yield what a TOML file of the folder says, each with the table it stands in.

    What is wrong is noted in the faults of `whole`; then not every entry is right.

    Args:
        file: Its name within the folder.
        whole: What it holds.
        language: The language that the library is written in.
    """
    folder, _sign, name = file.rpartition("/")
    if folder == "plans":
        yield from _template(file, name.removesuffix(".toml"), whole)
        return
    if file == "expectations.toml":
        yield from _expectations(file, whole, language)
        return
    named, kind = ("question", Kind.QUESTION) if folder == "questions" else _LISTS[file]
    whole.only(named, *(("leave_out",) if kind is Kind.DUTY else ()))
    if kind is Kind.DUTY:
        yield from _left_out(file, whole)
    for table in whole.tables(named):
        mine = Table(table.at, table.values, [])
        found = READERS[kind](mine, language)
        whole.faults.extend(mine.faults)
        values = {key: plain(value) for key, value in table.values.items() if key != "key"}
        key = tip_key(found) if isinstance(found, SharedTip) else found.key
        if key:
            yield Entry(kind, key, values, file), table


def tip_key(tip: SharedTip) -> str:
    """Return the key of a tip, which is made of what it says; "" for one that says nothing."""
    if not tip.text:
        return ""
    said = f"{tip.type.casefold()}\n{' '.join(tip.text.split())}"
    return sha256(said.encode("utf-8", "surrogatepass")).hex()[:16]


def _left_out(file: str, whole: Table) -> Iterator[tuple[Entry, Table]]:
    known = built_in_due_days()
    for place, key in enumerate(whole.texts("leave_out") or ()):
        at = Table((*whole.at, "leave_out", place), {}, whole.faults)
        if key in known:
            yield Entry(Kind.LEFT_OUT, key, {}, file), at
        else:
            what = _("“{key}” is no built-in duty; they are {keys}.")
            at.fault("", what.format(key=key[:40], keys=", ".join(known)))


def _template(file: str, key: str, whole: Table) -> Iterator[tuple[Entry, Table]]:
    named = Table(whole.at, {"key": key}, whole.faults)
    if not named.key():
        return
    read = template_of(key, whole.values)
    whole.faults.extend(read.faults)
    yield (
        Entry(Kind.TEMPLATE, key, {name: plain(one) for name, one in whole.values.items()}, file),
        whole,
    )


def _expectations(file: str, whole: Table, language: str) -> Iterator[tuple[Entry, Table]]:
    known = tuple(AgreementDefaults.__dataclass_fields__)
    whole.only(*known)
    for key in known:
        if key not in whole.values:
            continue
        table = Table(whole.at, {"key": key, "value": whole.values[key]}, whole.faults)
        found = expectation_of(table, language)
        value = found.value if found.value else plain(whole.values[key])
        yield Entry(Kind.EXPECTATION, key, {"value": value}, file), Table((key,), {}, whole.faults)


def plain(value: object) -> Any:
    """Return a value of TOML as JSON can hold it: texts cleaned, dates as ISO texts."""
    if isinstance(value, str):
        return lines(value) if "\n" in value else line(value)
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {line(str(key)): plain(one) for key, one in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, bool | int | float) else str(value)
