"""The Danish catalogue: `update` gathers the texts and compiles it, `check` proves it whole.

The table that completion reads, with the help of commands and options, goes with it.

python -m tests.tools.catalogue update|check

The English texts are the msgids in the code; a text that is no longer used leaves the catalogue.
"""

from __future__ import annotations

import ast
import gettext
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.tools import completion_table

ROOT: Final = Path(__file__).parents[2]
FOLDERS: Final = ("data", "widgets", "screens", "tui")
PO: Final = ROOT / "data/locale/da/LC_MESSAGES/mentorrollen.po"
MO: Final = PO.with_suffix(".mo")
_ANY_DAY: Final = datetime(2025, 1, 1, tzinfo=UTC)
"""The catalogue's own dates stand still, so that a file changes only when a text does."""


def marked(source: str) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    """Yield the texts that a source marks, with their context.

    Babel's own search goes by tokens, in which Python 3.11 has an f-string as one: what is marked
    between its braces was never gathered, and so never Danish.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            match name, [arg.value for arg in node.args if isinstance(arg, ast.Constant)]:
                case "_" | "N_", [str(text)]:
                    yield text, None
                case "ngettext", [str(one), str(many), *_number]:
                    yield (one, many), None
                case "pgettext", [str(context), str(text)]:
                    yield text, context


def extract() -> Catalog:
    """Return the texts that the code marks for translation."""
    found = _empty()
    for path in sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")):
        # The line is left out: it would change with every edit above it.
        place = (path.relative_to(ROOT).as_posix(), 0)
        for text, context in marked(path.read_text("utf-8")):
            found.add(text, None, locations=[place], context=context)
    for message in found:
        message.locations = sorted(set(message.locations))
    return found


def _empty() -> Catalog:
    return Catalog(
        "da",
        domain="mentorrollen",
        project="mentorrollen",
        version="1",
        header_comment="# Danish texts of mentorrollen.",
        msgid_bugs_address="none",
        last_translator="mentorrollen",
        language_team="da",
        creation_date=_ANY_DAY,
        revision_date=_ANY_DAY,
        fuzzy=False,
    )


def load() -> Catalog:
    """Return the catalogue as it is on the disk; an empty one where there is none."""
    if not PO.exists():
        return _empty()
    with PO.open("rb") as file:
        return read_po(file, "da")


def merge(texts: Catalog, danish: Catalog) -> Catalog:
    """Return the texts with the Danish that is known for them, exactly; nothing is guessed."""
    for message in texts:
        known = danish.get(message.id, message.context) if message.id else None
        if known is not None and _shape(known.id) == _shape(message.id):
            message.string = known.string
    return texts


def _shape(id: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """Return the one text, or the singular and the plural."""
    if id is None:
        return ()
    return (id,) if isinstance(id, str) else tuple(id)


def save(catalogue: Catalog) -> None:
    """Write the .po and, compiled from it, the .mo."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)
    with MO.open("wb") as file:
        write_mo(file, catalogue)


def problems() -> Iterator[str]:
    """Yield what is wrong with the catalogue, a line each."""
    texts, danish = extract(), load()
    if danish.obsolete:
        yield f"{len(danish.obsolete)} texts are kept that nothing uses: make catalogue"
    for message in danish:
        if message.id and texts.get(message.id, message.context) is None:
            yield f"nothing uses it: {_name(message)}: make catalogue"
    for message in texts:
        if message.id:
            known = danish.get(message.id, message.context)
            if known is None or _shape(known.id) != _shape(message.id):
                yield f"not gathered: {_name(message)}: make catalogue"
            else:
                yield from _faults(known)
    yield from _not_compiled(danish)


def _faults(message: Message) -> Iterator[str]:
    if message.fuzzy:
        yield f"marked as doubtful: {_name(message)}"
    ids, strings = _shape(message.id), _shape(message.string)
    if not all(strings) or len(strings) != len(ids):
        yield f"no Danish text: {_name(message)}"
        return
    for english, danish in zip(ids, strings, strict=True):
        if _placeholders(english) != _placeholders(danish) and len(ids) == 1:
            yield f"other placeholders: {english!r} -> {danish!r}"
        elif not _placeholders(danish) <= set().union(*map(_placeholders, ids)):
            yield f"unknown placeholders: {english!r} -> {danish!r}"
        if _edges(english) != _edges(danish):
            yield f"other spaces or line ends round it: {english!r} -> {danish!r}"


def _placeholders(text: str) -> set[str]:
    try:
        return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
    except ValueError:
        return {f"broken: {text}"}


def _edges(text: str) -> tuple[int, int, int]:
    return len(text) - len(text.lstrip()), len(text) - len(text.rstrip()), text.count("\n\n")


def _not_compiled(danish: Catalog) -> Iterator[str]:
    if not MO.exists():
        yield "not compiled: make catalogue"
        return
    with MO.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in danish:
        ids, strings = _shape(message.id), _shape(message.string)
        if not message.id or not all(strings):
            continue
        if len(ids) > 1:
            got = tuple(compiled.ngettext(ids[0], ids[1], number) for number in (1, 2))
        elif message.context:
            got = (compiled.pgettext(message.context, ids[0]),)
        else:
            got = (compiled.gettext(ids[0]),)
        if got != strings:
            yield f"not compiled: {_name(message)}: make catalogue"


def _name(message: Message) -> str:
    where = message.locations[0][0] if message.locations else "?"
    context = f" ({message.context})" if message.context else ""
    return f"{_shape(message.id)[0]!r}{context} of {where}"


def main(arguments: list[str]) -> int:
    """Run one of the two commands; 1 where the check found something."""
    if arguments == ["update"]:
        save(merge(extract(), load()))
        completion_table.TABLE.write_text(completion_table.written(), "utf-8")
        missing = [line for line in problems() if line.startswith("no Danish")]
        print("\n".join(missing) or "Every text has its Danish.")
        return 0
    if arguments == ["check"]:
        found = list(problems())
        if completion_table.TABLE.read_text("utf-8") != completion_table.written():
            found.append("completion reads other commands or help than there are: make catalogue")
        print("\n".join(found) or "The Danish catalogue is whole.")
        return 1 if found else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
