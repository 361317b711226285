"""A mail that was saved (.eml): the form is attached to it, or its text is the form.

A mail may hold its text twice, as plain text and as a web page: what is a form in one of them is
taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Final

from data.documents.importing import text_file
from data.documents.importing.content import (
    LARGEST_TEXT,
    Aside,
    AsideKind,
    Grid,
    GridRow,
    ImportProblem,
    ReadFile,
    TextLine,
    refuse_large,
    refuse_long,
)
from data.documents.importing.mail import without_heads
from data.documents.importing.recognise import form_of
from data.i18n import _
from data.text import clean, text_of_bytes

_LARGEST_HEAD: Final = 10_000
"""Bytes of what a mail says about a part of it: to read that takes time that grows faster."""
_SIGNATURE: Final = "-- "
_OPENS_LINE: Final = frozenset(
    {"p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "hr"}
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})
_UNSEEN: Final = frozenset({"style", "script", "head", "title"})


@dataclass
class _Parts:
    """What is in a mail."""

    texts: list[ReadFile] = field(default_factory=list)
    """Its text, in each of the ways in which it has it."""
    attached: list[ReadFile] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """The names of what is attached and was not read."""
    problem: ImportProblem | None = None
    """Why something that is attached cannot be read."""


def read(name: str, data: bytes, read_attached: Callable[[str, bytes], ReadFile]) -> ReadFile:
    """Read a mail.

    Args:
        name: The name of its file.
        data: What is in the file.
        read_attached: Reads a file by its name and bytes.

    Raises:
        ImportProblem: It is none; or no form is in it, and what is attached cannot be read.
    """
    if any(size > _LARGEST_HEAD for size in _heads(data)):
        raise ImportProblem(_("{name} is no mail that can be read.").format(name=name))
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what this policy makes
    parts = _parts(name, message, read_attached)
    found = next((one for one in (*parts.attached, *parts.texts) if form_of(one)), None)
    if found is None:
        if parts.problem is not None:
            raise parts.problem
        return next(iter(parts.texts), ReadFile(name))
    asides = [*found.asides]
    if found in parts.attached:
        asides += _said_in(parts.texts)
    names = [one.name for one in parts.attached if one is not found] + parts.names
    asides += [Aside(AsideKind.ATTACHED, one) for one in names]
    return replace(found, asides=tuple(asides))


def _heads(data: bytes) -> Iterator[int]:
    """Yield the sizes of the heads that say what a part of a mail is, however they are broken."""
    size = 0
    for line in data.split(b"\n"):
        if line[:8].lower() == b"content-":
            size = len(line)
        elif size and line[:1] in (b" ", b"\t"):
            size += len(line)
        else:
            size = 0
        yield size


def _said_in(texts: list[ReadFile]) -> Iterator[Aside]:
    """Yield what the mail says beside the file that is attached, without what it quotes."""
    for text in texts[:1]:
        lines = [one for one in text.lines if not one.quoted]
        for line in without_heads(lines):
            if line.text.strip():
                yield Aside(AsideKind.MAIL, line.text)


def _parts(
    name: str, message: EmailMessage, read_attached: Callable[[str, bytes], ReadFile]
) -> _Parts:
    parts = _Parts()
    for part in message.walk():
        content = part.get_payload(decode=True)
        if part.is_multipart() or not isinstance(content, bytes):
            continue
        called = clean(part.get_filename() or "", lines=False).strip()
        if called:
            _attach(parts, called, content, part.get_content_type(), read_attached)
            continue
        refuse_large(name, len(content), LARGEST_TEXT)
        if part.get_content_type() == "text/plain":
            text = _unwrapped(part, _text(part, content))
            parts.texts.append(text_file.read(name, text.encode()))
        elif part.get_content_type() == "text/html":
            parts.texts.append(_page(name, _text(part, content)))
    return parts


def _attach(
    parts: _Parts,
    name: str,
    content: bytes,
    kind: str,
    read_attached: Callable[[str, bytes], ReadFile],
) -> None:
    """Add a file that is attached. Pictures are the logos of signatures, most often."""
    if kind.startswith("image/"):
        return
    try:
        parts.attached.append(read_attached(name, content))
    except ImportProblem as problem:
        parts.problem = parts.problem or problem
        parts.names.append(name)


def _text(part: EmailMessage, content: bytes) -> str:
    with suppress(LookupError):  # a character set that nobody knows
        return content.decode(part.get_content_charset() or "utf-8")
    return text_of_bytes(content)


def _unwrapped(part: EmailMessage, text: str) -> str:
    """Return plain text with the lines joined that the mail program broke (RFC 3676)."""
    if str(part.get_param("format", "")).casefold() != "flowed":
        return text
    joined_with = "" if str(part.get_param("delsp", "")).casefold() == "yes" else " "
    lines: list[str] = []
    goes_on = False
    for line in text.splitlines():
        marks = len(line) - len(line.lstrip(">"))
        own = line[marks:].removeprefix(" ") if not marks else line[marks:]
        soft = own.endswith(" ") and own.strip() != _SIGNATURE.strip()
        own = own[:-1] if soft else own
        if goes_on and lines and lines[-1].startswith(">" * marks):
            lines[-1] = f"{lines[-1]}{joined_with}{own.lstrip()}"
        else:
            lines.append(f"{'>' * marks}{own}")
        goes_on = soft
    return "\n".join(lines)


def _page(name: str, text: str) -> ReadFile:
    page = _Page()
    page.feed(text)
    page.close()
    page.end_line()
    refuse_long(name, len(page.lines))
    lines = (
        replace(line, number=number) for number, line in enumerate(_without_doubles(page.lines), 1)
    )
    return ReadFile(name, tuple(lines), tuple(page.grids))


def _without_doubles(lines: list[TextLine]) -> Iterator[TextLine]:
    """Yield lines with one empty one where there are several."""
    empty = True
    for line in lines:
        if line.text or not empty:
            yield line
        empty = not line.text


class _Page(HTMLParser):
    """Reads a web page: its lines, and its tables."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[TextLine] = []
        self.grids: list[Grid] = []
        self._tables: list[list[list[str]]] = []
        """The rows of cells of each table that has begun, the innermost last."""
        self._line: list[str] = []
        self._unseen = self._quoted = self._heading = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if tag in _OPENS_LINE:
            self.end_line()
        self._count(tag, 1)
        if tag == "table":
            self._tables.append([])
        elif tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag in ("td", "th") and self._tables and self._tables[-1]:
            self.end_line()
            self._tables[-1][-1].append("")
        elif tag == "li":
            self._line = ["- "]

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag in _OPENS_LINE or tag in ("td", "th"):
            self.end_line()
        if tag in ("p", "ul", "ol", "table") or tag in _HEADINGS:
            self.lines.append(TextLine(0, "", in_table=bool(self._tables)))
        self._count(tag, -1)
        if tag == "table" and self._tables:
            rows = [tuple(map(str.strip, row)) for row in self._tables.pop() if row]
            if rows:
                numbered = (GridRow(place, row) for place, row in enumerate(rows[1:], 2))
                self.grids.append(Grid(rows[0], tuple(numbered), len(self.grids) + 1))

    def handle_data(self, data: str) -> None:
        """Add text to the line."""
        if not self._unseen:
            self._line.append(data)

    def _count(self, tag: str, step: int) -> None:
        if tag in _UNSEEN:
            self._unseen = max(self._unseen + step, 0)
        if tag == "blockquote":
            self._quoted = max(self._quoted + step, 0)
        if tag in _HEADINGS:
            self._heading = max(self._heading + step, 0)

    def end_line(self) -> None:
        """End the line, and add it to the cell that it is in."""
        text = clean(" ".join("".join(self._line).split()), lines=False).strip()
        self._line = []
        if not text:
            return
        table = self._tables[-1] if self._tables else []
        in_cell = bool(table and table[-1])
        if in_cell:
            table[-1][-1] = f"{table[-1][-1]}\n{text}".strip()
        self.lines.append(
            TextLine(0, text, bool(self._heading), in_table=in_cell, quoted=self._quoted)
        )
