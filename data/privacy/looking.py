"""Looking for canaries: how many of the private words of `data.privacy.canaries` are in something.

`Looked` keeps what was looked at, and how often; nothing of what stands around a word is kept.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from data.i18n import N_
from data.privacy.canaries import ALL
from data.privacy.pdf_words import words_of_pdf

TRACES: Final = N_("Traces on this computer")
"""The group of what a run leaves besides what it was asked to write."""
LARGEST: Final = 64 << 20
"""Of a file that is longer so many bytes are read."""


class NothingProved(Exception):
    """A canary was not found where it really is: then it proves nothing that others were not."""


@dataclass
class Seen:
    """What came of looking at one place."""

    looks: int = 0
    """How often it was looked at: in both languages, in each format, of each mentee."""
    found: int = 0
    """How many private words were there in all."""
    where: list[str] = field(default_factory=list)
    """Which of the looks found some, such as "docx, da"; never what stands there."""


@dataclass
class Looked:
    """All that was looked at."""

    places: dict[tuple[str, str], Seen] = field(default_factory=dict)
    """By group and name, both msgids, in the order in which they were looked at."""
    left_out: set[str] = field(default_factory=set)
    """Formats that could not be looked into here, or not be written."""

    def note(self, group: str, name: str, found: int, which: str = "") -> None:
        """Note one look at a place, and how many private words were found."""
        seen = self.places.setdefault((group, name), Seen())
        seen.looks += 1
        seen.found += found
        if found and which and which not in seen.where:
            seen.where.append(which)

    @property
    def found(self) -> int:
        """How many private words were found in all places."""
        return sum(seen.found for seen in self.places.values())


def canaries_in(text: str) -> int:
    """Return how many canaries a text has, whatever the case of its letters."""
    return text.upper().count(ALL)


def canaries_in_bytes(content: bytes, format: str = "") -> int:
    """Return how many canaries are in a file, also in what is packed inside it.

    Args:
        content: What the file holds.
        format: Its ending; a file that is a PDF or a zip file is known without it.
    """
    if content[:2] == b"PK":  # a Word file and a hand-over are zip files
        try:
            return sum(canaries_in_bytes(part) for part in _unzipped(content))
        except zipfile.BadZipFile:
            pass
    if format == "pdf" or content[:5] == b"%PDF-":
        return canaries_in(words_of_pdf(content))
    encodings = ("utf-8", "utf-16-le", "utf-16-be") if content[:2] in _BOMS else ("utf-8",)
    return max(canaries_in(content.decode(one, "replace")) for one in encodings)


_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")


def _unzipped(content: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for one in archive.infolist():
            yield one.filename.encode()
            yield archive.read(one)


def canaries_in_file(path: Path) -> int:
    """Return how many canaries a file has, in its name and inside. Raises OSError."""
    with path.open("rb") as file:
        content = file.read(LARGEST)
    return canaries_in(path.name) + canaries_in_bytes(content, path.suffix[1:].lower())


def canaries_in_processes(pid: int | str) -> int:
    """Return how many canaries the lists of processes show of one, where there is /proc.

    `pid` is its number, or "self".
    """
    own = Path("/proc") / str(pid)
    found = 0
    for path in (own / "cmdline", own / "comm", *own.glob("task/*/comm")):
        with suppress(OSError):
            found += canaries_in_bytes(path.read_bytes())
    return found
