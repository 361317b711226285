"""A document as JSON, as a server keeps it: what it says, whatever format it is read in later.

It is read by somebody else than its author, so all that is not of this form is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from data.documents.model.document import (
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Items,
    Paragraph,
    Table,
)
from data.i18n import LANGUAGES, _
from data.text import clean

FORMAT: Final = 1
"""The number of this form. A reader refuses a higher one."""
_MOST: Final = 20_000
"""More texts than these a document does not have: a screen of ten times as many takes too long."""


class NotADocument(Exception):
    """A text is no document of this form; `str()` is one plain sentence."""


def text_of(document: Document) -> str:
    """Return a document as JSON. Its records are not in it.

    Raises:
        ValueError: It has a part that nothing is known of here, such as lines to sign.
    """
    return json.dumps(
        {
            "format": FORMAT,
            "what": document.what,
            "title": document.title,
            "language": document.language,
            "author": document.author,
            "blocks": [_as_json(block) for block in document.blocks],
        },
        ensure_ascii=False,
    )


def _as_json(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text):
            return {"heading": text, "level": block.level}
        case Paragraph(text):
            return {"paragraph": text, "quiet": block.quiet}
        case Items(items):
            return {"items": list(items), "ticked": list(block.ticked)}
        case Facts(facts):
            return {"facts": [[fact.label, fact.text] for fact in facts]}
        case Table(columns, rows):
            return {
                "columns": [[one.key, one.heading, one.share] for one in columns],
                "rows": [list(row) for row in rows],
                "named_by": block.named_by,
            }
        case _:
            raise ValueError(type(block).__name__)


def parse(text: str) -> Document:
    """Return the document that a text is.

    Raises:
        NotADocument: It is none.
    """
    try:
        found = json.loads(text)
        number = found["format"]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise NotADocument(_("It is no document of this program.")) from error
    if type(number) is int and number > FORMAT:
        said = _("It is of a newer version of the program (format {number}).")
        raise NotADocument(said.format(number=min(number, 10**9)))
    try:
        if number != FORMAT or found["language"] not in LANGUAGES:
            raise ValueError
        document = Document(
            what=_word(found["what"]),
            title=_line(found["title"]),
            blocks=tuple(map(_block, _list(found["blocks"]))),
            language=found["language"],
            author=_line(found["author"]),
        )
        if not document.title.strip() or sum(1 for _text in document.texts()) > _MOST:
            raise ValueError
    except (ValueError, KeyError, TypeError) as error:
        raise NotADocument(_("It is no document of this program.")) from error
    return document


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return clean(value, lines=True)


def _line(value: Any) -> str:
    return clean(_text(value), lines=False)


def _word(value: Any) -> str:
    found = _line(value)
    if not found.isidentifier():
        raise ValueError(found)
    return found


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise TypeError
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not 0 < value < 100:
        raise ValueError
    return value


def _block(found: Mapping[str, Any]) -> Block:
    for name, read in _READ.items():
        if name in found:
            return read(found)
    raise ValueError


def _heading(found: Mapping[str, Any]) -> Block:
    return Heading(_line(found["heading"]), _number(found["level"]))


def _paragraph(found: Mapping[str, Any]) -> Block:
    return Paragraph(_text(found["paragraph"]), quiet=_flag(found["quiet"]))


def _items(found: Mapping[str, Any]) -> Block:
    items = tuple(map(_text, _list(found["items"])))
    ticked = tuple(map(_flag, _list(found["ticked"])))
    if ticked and len(ticked) != len(items):
        raise ValueError
    return Items(items, ticked)


def _facts(found: Mapping[str, Any]) -> Block:
    return Facts(tuple(Fact(_line(label), _text(text)) for label, text in _list(found["facts"])))


def _table(found: Mapping[str, Any]) -> Block:
    columns = tuple(
        Column(_line(key), _line(heading), _number(share))
        for key, heading, share in _list(found["columns"])
    )
    rows = tuple(tuple(map(_text, _list(row))) for row in _list(found["rows"]))
    named_by = _line(found["named_by"])
    keys = [column.key for column in columns]
    if not columns or any(len(row) != len(columns) for row in rows):
        raise ValueError
    if named_by and named_by not in keys:
        raise ValueError
    return Table(columns, rows, named_by)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > _MOST:
        raise TypeError
    return value


_READ: Final[Mapping[str, Callable[[Mapping[str, Any]], Block]]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "items": _items,
    "facts": _facts,
    "columns": _table,
}
"""The field that tells what a part is -> what reads it."""
