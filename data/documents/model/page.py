"""A text of the program itself, such as the guide, as a document that anybody may read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from data.documents.model.document import Block, Confidence, Document, Heading, Items, Paragraph
from data.i18n import _, language

_ITEM: Final = "- "


def page_document(title: str, parts: Sequence[tuple[str, str]]) -> Document:
    """Return a text as a document.

    Args:
        title: What the text is called.
        parts: Pairs of a kind ("heading", "quiet" or "") and a text, as a page shows them. What is
            quiet is said to whoever sits at the screen, and left out.
    """
    blocks: list[Block] = []
    for kind, text in parts:
        if kind == "heading" and text != title:
            blocks.append(Heading(text))
        elif not kind:
            for paragraph in text.split("\n"):
                _add(blocks, paragraph.strip())
    if not blocks:
        blocks = [Paragraph(_("Nothing has been noted yet."))]
    return Document("page", title, tuple(blocks), language(), Confidence.OPEN)


def _add(blocks: list[Block], text: str) -> None:
    """Add a line: an item to the list above it, or a paragraph."""
    if not text:
        return
    if not text.startswith(_ITEM):
        blocks.append(Paragraph(text))
    elif blocks and isinstance(above := blocks[-1], Items):
        blocks[-1] = Items((*above.items, text.removeprefix(_ITEM)))
    else:
        blocks.append(Items((text.removeprefix(_ITEM),)))
