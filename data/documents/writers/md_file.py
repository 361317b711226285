"""A document as Markdown (GitHub's, for its tables and boxes to tick)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from data.documents.model.document import (
    Block,
    Document,
    Facts,
    Heading,
    Items,
    Paragraph,
    Room,
    Signatures,
    Table,
)
from data.i18n import _
from data.text import safe

_MARKUP: Final = re.compile(r"([\\`*_\[\]<|~])")
"""What would be markup anywhere in a text."""
_MARKUP_FIRST: Final = re.compile(r"^(\s*)([#>+-]|\d+(?=[.)]))")
"""What would be markup at the beginning of a line."""


def write(document: Document) -> bytes:
    """Return the document as UTF-8 text."""
    parts = [f"**{document.first_line}**"] if document.first_line else []
    parts.append(f"# {_line(document.title)}")
    parts += map(_block, document.blocks)
    parts.append(f"<!-- {document.mark} -->" if document.mark else "")
    return safe("\n\n".join(filter(None, parts)) + "\n").encode()


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * (level + 1)} {_line(text)}"
        case Paragraph(text, quiet):
            return f"*{_line(text)}*" if quiet and "\n" not in text else _lines(text)
        case Items():
            return "\n".join(_items(block))
        case Facts(facts):
            return "\n".join(f"- **{_line(one.label)}:** {_lines(one.text, '  ')}" for one in facts)
    return _form_block(block)


def _form_block(block: Table | Room | Signatures) -> str:
    match block:
        case Table():
            return "\n".join(_table(block))
        case Room(_key, label, lines, text):
            return f"**{_line(label)}:** {_lines(text)}".rstrip() + "\n" * lines
        case Signatures(names):
            signed = (_("{name}, date").format(name=name) for name in names)
            return "\n\n".join(f"{chr(92)}_" * 30 + f"  \n{_line(name)}" for name in signed)


def _items(items: Items) -> Iterable[str]:
    for number, item in enumerate(items.items):
        box = f"[{'x' if items.ticked[number] else ' '}] " if items.ticked else ""
        yield f"- {box}{_lines(item, '  ')}"


def _table(table: Table) -> Iterable[str]:
    yield _row(column.heading for column in table.columns)
    yield "|" + " --- |" * len(table.columns)
    yield from map(_row, table.rows)


def _row(texts: Iterable[str]) -> str:
    cells = ("<br>".join(map(_escaped, text.split("\n"))) for text in texts)
    return f"| {' | '.join(cells)} |"


def _lines(text: str, indent: str = "") -> str:
    """Return a text with its line breaks; those after the first begin with an indent."""
    return f"\\\n{indent}".join(_line(line) for line in text.split("\n"))


def _line(text: str) -> str:
    """Return a line in which nothing is markup."""
    return _MARKUP_FIRST.sub(r"\1\\\2", _escaped(text))


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
