"""Text in the library's files: its lines are joined to paragraphs, items and quotations."""

from __future__ import annotations

import textwrap
from enum import Enum, auto

from data.frozen import immutable

WIDTH = 78
"""The columns that plain text is wrapped to, for a terminal of 80 columns."""


class BlockKind(Enum):
    """What a piece of text is."""

    PARAGRAPH = auto()
    ITEM = auto()
    QUOTE = auto()


_MARKS = {"- ": BlockKind.ITEM, "> ": BlockKind.QUOTE}
_FIRST = {BlockKind.PARAGRAPH: "", BlockKind.ITEM: "- ", BlockKind.QUOTE: "  "}
_REST = {BlockKind.PARAGRAPH: "", BlockKind.ITEM: "  ", BlockKind.QUOTE: "  "}


@immutable
class Block:
    """One paragraph, item or quotation; its text has no line breaks."""

    kind: BlockKind
    text: str

    def lines(self, width: int = WIDTH) -> list[str]:
        """Return the text in lines of at most `width` columns, with the mark of its kind."""
        first, rest = _FIRST[self.kind], _REST[self.kind]
        return textwrap.wrap(
            self.text,
            width,
            initial_indent=first,
            subsequent_indent=rest,
            break_on_hyphens=False,
        )


def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of `text`.

    An empty line ends a block. A line that begins with "- " starts an item, with "> " a quotation.
    """
    found: list[Block] = []
    joins = False
    for line in map(str.strip, text.splitlines()):
        kind = _MARKS.get(line[:2])
        if not line:
            joins = False
        elif kind is not None:
            found.append(Block(kind, line[2:].strip()))
            joins = True
        elif joins:
            last = found.pop()
            found.append(Block(last.kind, f"{last.text} {line}"))
        else:
            found.append(Block(BlockKind.PARAGRAPH, line))
            joins = True
    return tuple(found)


def flow(text: str) -> str:
    """Return `text` with each block on one line, and an empty line between blocks but items."""
    return _join([[_FIRST[block.kind] + block.text] for block in blocks(text)])


def plain(parts: tuple[Block, ...], width: int = WIDTH) -> str:
    """Return the blocks as lines of at most `width` columns."""
    return _join([block.lines(width) for block in parts])


def _join(parts: list[list[str]]) -> str:
    lines: list[str] = []
    for part in parts:
        if lines and not (part[0].startswith("- ") and lines[-1].startswith(("- ", "  "))):
            lines.append("")
        lines.extend(part)
    return "\n".join(lines)
