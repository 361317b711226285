"""A library folder as it is read: a whole library, or all that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from data.frozen import immutable
from data.i18n import LANGUAGES, _
from data.library.tables import Fault, Table
from data.text import line, lines
from data.toml_text import NotToml, toml_values
from data.workplace.entries import Entry, Kind, Library, version_numbers
from data.workplace.folder import FILES, FOLDERS, HEAD, FileFault, read_files
from data.workplace.rules import TEXTS, entries_of
from data.workplace.toml_lines import line_at, lines_of

_SINGLE: Final = re.compile(r"\s*\[\s*([\w-]+)\s*\]\s*(?:#.*)?")
"""A line that begins a table which is in no list."""
_LONGEST: Final = 60
"""The most characters that the name of a workplace may have."""


@immutable
class Reading:
    """What was read of a folder."""

    library: Library | None
    """The library; None if anything in it is wrong."""
    faults: tuple[FileFault, ...]
    """All that is wrong, in the order of files and lines."""
    fingerprint: str
    """What tells whether the folder has changed since (`folder.fingerprint`)."""


def read_folder(folder: Path) -> Reading:
    """Return the library that a folder holds. It never raises, and writes nothing."""
    files = read_files(folder)
    faults = list(files.faults)
    library = _head(files.texts.get(HEAD), faults)
    entries: list[Entry] = []
    found_at: dict[tuple[Kind, str], FileFault] = {}
    for name, text in files.texts.items():
        if name == HEAD:
            continue
        for entry, place in _entries(name, text, library.language, faults):
            before = found_at.setdefault(entry.name, place)
            if before is place:
                entries.append(replace(entry, file=line(entry.file)))
                continue
            what = _("“{key}” is there twice, also at {place}. Give one another key.")
            if entry.kind is Kind.TIP:
                what = _("The same tip is there twice, also at {place}. Delete one.")
            said = what.format(key=entry.key, place=f"{before.file}:{before.line}")
            faults.append(FileFault(name, place.line, said))
    order = {name: number for number, name in enumerate(("", *files.names))}
    faults.sort(key=lambda one: (order.get(one.file, len(order)), one.line or 0))
    made = Library(
        library.name,
        library.version,
        library.date,
        library.contact,
        library.language,
        tuple(entries),
    )
    return Reading(None if faults else made, tuple(faults), files.fingerprint)


def _head(text: str | None, faults: list[FileFault]) -> Library:
    """Return what library.toml says, without entries."""
    values = _parsed(HEAD, text, faults) if text is not None else None
    if text is None or values is None:
        return Library("", "")
    table = Table((), values, [])
    table.only("name", "version", "date", "contact", "language")
    language = table.text("language") or "da"
    if language not in LANGUAGES:
        names = ", ".join(f'"{one}"' for one in LANGUAGES)
        said = _("“{key}” must be one of {names}.").format(key="language", names=names)
        table.fault("language", said)
        language = "da"
    version = table.needed("version")
    if version and not version_numbers(version):
        what = _('A version is numbers with dots or dashes, in quotation marks: "3" or "1.2".')
        table.fault("version", what)
    name = table.needed("name")
    if len(name) > _LONGEST:
        what = _("At most {number} characters: it is shown with all that comes from here.")
        table.fault("name", what.format(number=_LONGEST))
    on = values.get("date")
    if on is not None and (not isinstance(on, date) or isinstance(on, datetime)):
        table.fault("date", _("Write the date without quotation marks: 2026-11-30."))
    made = Library(
        name,
        version,
        on.isoformat() if isinstance(on, date) else "",
        table.text("contact"),
        language,
    )
    _add_faults(HEAD, text, table.faults, faults)
    return made


def _entries(
    name: str, text: str, language: str, faults: list[FileFault]
) -> Iterator[tuple[Entry, FileFault]]:
    """Yield the entries of a file, each with the place where it stands (a fault without words)."""
    if name.startswith("texts/"):
        yield from _text(name, text, faults)
        return
    if "/" not in name and name not in FILES:
        what = _("It is no file of a library; they are {files}.")
        known = ", ".join((*FILES, *(f"{one}/" for one in FOLDERS)))
        faults.append(FileFault(name, None, what.format(files=known)))
        return
    values = _parsed(name, text, faults)
    if values is None:
        return
    whole = Table((), values, [])
    found = list(entries_of(name, whole, language))
    at = lines_of(text)
    for entry, table in found:
        yield entry, FileFault(name, line_at(at, table.at), "")
    _add_faults(name, text, whole.faults, faults)


def _text(name: str, text: str, faults: list[FileFault]) -> Iterator[tuple[Entry, FileFault]]:
    """Yield the entry of a text: a first line with "# " and its title, and then the text."""
    key = name.removeprefix("texts/").removesuffix(".md")
    if key not in TEXTS:
        what = _("It is no text of a library; they are {files}.")
        known = ", ".join(f"{one}.md" for one in TEXTS)
        faults.append(FileFault(name, None, what.format(files=known)))
        return
    first, _sign, rest = text.partition("\n")
    title = line(first.removeprefix("#")) if first.startswith("# ") else ""
    if not title:
        what = _("The first line must be the title: “# ” and a few words.")
        faults.append(FileFault(name, 1, what))
    elif not lines(rest):
        faults.append(FileFault(name, 1, _("There is no text below the title.")))
    yield Entry(Kind.TEXT, key, {"title": title, "text": lines(rest)}, name), FileFault(name, 1, "")


def _parsed(name: str, text: str, faults: list[FileFault]) -> Mapping[str, Any] | None:
    """Return the values of a TOML text; None if it is not TOML, which is then a fault."""
    try:
        return toml_values(text)
    except NotToml as error:
        faults.append(FileFault(name, error.line, _why_not_toml(error, text)))
    return None


def _why_not_toml(error: NotToml, text: str) -> str:
    """Return what is wrong with a text that is not TOML. `tomllib` says it in English only."""
    said = str(error)
    if error.is_too_deep:
        return _("Tables stand too deep in one another. Keep to the tables of the examples.")
    if "Cannot declare" in said and (one := _SINGLE.fullmatch(_line_of(text, error.line))):
        what = _("A list of tables has two brackets on each: [[{name}]].")
        return what.format(name=one[1])
    if "Cannot overwrite" in said or "Cannot declare" in said or "Cannot mutate" in said:
        return _("The same name is there twice in one table. Delete one, or begin a new table.")
    return _("This is not TOML. Check quotation marks, = and brackets on the line and above it.")


def _line_of(text: str, number: int) -> str:
    return "".join(text.split("\n")[number - 1 : number])


def _add_faults(name: str, text: str, found: list[Fault], faults: list[FileFault]) -> None:
    """Add the faults of a file's tables, each with its line."""
    if not found:
        return
    at = lines_of(text)
    faults.extend(FileFault(name, line_at(at, one.at), one.what) for one in found)
