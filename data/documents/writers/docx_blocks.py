"""The blocks of a document as the XML of a Word file (ECMA-376)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest
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
from data.documents.writers.layout import Part, is_blank, printable, text_width, widths
from data.i18n import _

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_LONG, _SHORT = 16838, 11906
"""The sides of an A4 sheet; lengths are twentieths of a point."""
_SIDE: Final = {True: 964, False: 1247}
"""The margin at the left and the right of a sheet on its side, and of an upright one."""
_TICKS: Final = {True: "☑", False: "☐"}
_GAP: Final = 567
"""How much room there is between two lines to sign."""
TABLE_SIZE: Final = 9
"""The size of the letters of a table, in points."""
CELL_MARGIN: Final = 70
"""How much of a cell is empty to the left and to the right."""
_TO_WRITE_IN: Final = '<w:trHeight w:val="540" w:hRule="atLeast"/>'
"""The height of a row to be filled in by hand."""
_TOGETHER: Final = 8
"""A table with no more rows stands on one page."""
_SIGNS_OF_XML: Final = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"))
_DATE: Final = re.compile(r"\b\d\d-\d\d-\d{4}\b")
_HYPHEN: Final = "</w:t><w:noBreakHyphen/><w:t>"
"""The hyphen of a date, at which no line ends. Programs read it as an ordinary one."""


def sheet_of(part: Part) -> str:
    """Return the properties of a section: an A4 sheet, upright or on its side, with its footer."""
    wide, high = (_LONG, _SHORT) if part.landscape else (_SHORT, _LONG)
    turned = ' w:orient="landscape"' if part.landscape else ""
    side = _SIDE[part.landscape]
    top, bottom = (850, 794) if part.landscape else (1134, 1021)
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="footer"/>'
        f'<w:pgSz w:w="{wide}" w:h="{high}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{side}" w:bottom="{bottom}" w:left="{side}"'
        ' w:header="397" w:footer="397" w:gutter="0"/></w:sectPr>'
    )


def label_width(document: Document) -> int:
    """Return how much room the labels of a document's facts take up."""
    facts = [fact for block in document.blocks if isinstance(block, Facts) for fact in block.facts]
    longest = max((text_width(fact.label) for fact in facts), default=0.0)
    return min(int(longest * 20 * 11) + 240, 4500)


def part_xml(part: Part) -> str:
    """Return the blocks of a part, one below the other."""
    width = (_LONG if part.landscape else _SHORT) - 2 * _SIDE[part.landscape]
    found: list[str] = []
    above: Block | None = None
    for block, below in zip_longest(part.blocks, part.blocks[1:]):
        if isinstance(block, Table) and isinstance(above, Table):
            found.append(paragraph(_("The same rows, more columns"), "Caption", before_next=True))
        code = _block(block, above, width)
        if isinstance(below, Signatures) and isinstance(block, Paragraph):
            code = code.replace("</w:pPr>", "<w:keepNext/></w:pPr>", 1)
        found.append(code)
        above = block
    if isinstance(above, Table | Room):
        found.append(paragraph("", "Break"))  # Word wants a paragraph after a table
    return "".join(found)


def paragraph(text: str, style: str, *, before_next: bool = False) -> str:
    """Return a paragraph; `before_next`: on the same page as what follows it."""
    keep = "<w:keepNext/>" if before_next else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{_run(text)}</w:p>'


def xml_of(text: str) -> str:
    """Return a text as it stands in XML."""
    # xml.sax.saxutils would load what fetches files from the web
    for sign, written in _SIGNS_OF_XML:
        text = text.replace(sign, written)
    return printable(text)


def _run(text: str, properties: str = "") -> str:
    """Return a text with its line breaks; the tabs are those of `Facts`."""
    if not text:
        return ""
    lines = [_DATE.sub(_whole_date, line) for line in xml_of(text).split("\n")]
    inner = "<w:br/>".join(f"<w:t>{line}</w:t>" if line else "" for line in lines)
    inner = inner.replace("<w:t>", '<w:t xml:space="preserve">')
    about = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{about}{inner}</w:r>"


def _whole_date(found: re.Match[str]) -> str:
    return found[0].replace("-", _HYPHEN)


def _block(block: Block, above: Block | None, width: int) -> str:
    match block:
        case Heading(text, level):
            return paragraph(text, f"Heading{min(level, 9)}")
        case Paragraph(text, quiet):
            return paragraph(text, "Quiet" if quiet else "BodyText")
        case Items(items, ticked):
            return _items(items, ticked)
        case Facts(facts):
            return "".join(_fact(fact.label, fact.text) for fact in facts)
    return _framed_block(block, above, width)


def _framed_block(block: Table | Room | Signatures, above: Block | None, width: int) -> str:
    match block:
        case Table():
            return _table(block, width)
        case Room():
            return _room(block, above, width)
        case Signatures(names):
            return _signatures(names, width)


def _items(items: Iterable[str], ticked: tuple[bool, ...]) -> str:
    if not ticked:
        return "".join(paragraph(item, "ListBullet") for item in items)
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Tick"/></w:pPr>{_run(_TICKS[done], _SIGNS)}'
        f"<w:r><w:tab/></w:r>{_run(item)}</w:p>"
        for item, done in zip(items, ticked, strict=True)
    )


_SIGNS: Final = (
    '<w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:eastAsia="Segoe UI Symbol"'
    ' w:cs="Segoe UI Symbol"/>'
)
"""The font in which Word has the boxes to tick."""


def _fact(label: str, text: str) -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Fact"/></w:pPr>{_run(f"{label}:", "<w:b/>")}'
        f"<w:r><w:tab/></w:r>{_run(text)}</w:p>"
    )


# Tables


def _table(table: Table, width: int) -> str:
    wide = widths(table, width, 20 * TABLE_SIZE, 2 * CELL_MARGIN + 30)
    keys = [column.key for column in table.columns]
    named = keys.index(table.named_by) if table.named_by in keys else 0
    head = _row((column.heading for column in table.columns), wide, "TableHead", "<w:tblHeader/>")
    last = len(table.rows) - 1
    rows = [
        _row(
            row,
            wide,
            "TableText",
            _TO_WRITE_IN if is_blank(row) else "",
            named=named,
            before_next=place < last < _TOGETHER,
        )
        for place, row in enumerate(table.rows)
    ]
    return _framed("Rows", wide, "", head + "".join(rows))


def _framed(style: str, widths: list[int], about: str, rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0"'
        ' w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"{about}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(
    texts: Iterable[str],
    widths: list[int],
    style: str,
    about: str = "",
    *,
    named: int = -1,
    before_next: bool = False,
) -> str:
    keep = "<w:keepNext/>" if before_next else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
        f'<w:pStyle w:val="{style}"/>{keep}</w:pPr>'
        f"{_run(text, '<w:b/>' if place == named else '')}</w:p></w:tc>"
        for place, (text, wide) in enumerate(zip(texts, widths, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{about}</w:trPr>{cells}</w:tr>"


# Room to write in, and lines to sign


def _room(room: Room, above: Block | None, width: int) -> str:
    """Return a cell to type in. It is named for screen readers, and by its key when it comes back.

    Its label stands above it, unless that is the heading.
    """
    is_named = isinstance(above, Heading) and above.text == room.label
    label = "" if is_named else paragraph(room.label, "Quiet", before_next=True)
    about = f'<w:tblCaption w:val="{xml_of(room.label)}"/>' + (
        f'<w:tblDescription w:val="{xml_of(room.key)}"/>' if room.key else ""
    )
    high = 340 * max(room.lines, 1)
    cell = (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{high}" w:hRule="atLeast"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{paragraph(room.text, 'RoomText')}</w:tc></w:tr>"
    )
    return label + _framed("Room", [width], about, cell) + paragraph("", "Break")


def _signatures(names: tuple[str, ...], width: int) -> str:
    """Return the lines to sign, two beside each other if they fit, on one page all of them.

    They are lines of tabs, not a table: not every program keeps a table together with the text
    above it, and no screen reader is to find one here.
    """
    found = []
    signed = [_("{name}, date").format(name=name) for name in names]
    fits = all(text_width(text) * 20 * 10 < (width - _GAP) // 2 for text in signed)
    step = 2 if fits else 1
    for place in range(0, len(names), step):
        beside = signed[place : place + step]
        found.append(_lines_to_sign(len(beside), width))
        found.append(_names_to_sign(beside, width, before_next=place + step < len(names)))
    return "".join(found)


def _lines_to_sign(number: int, width: int) -> str:
    """Return a line of ink for each, and a gap between them."""
    wide = (width - _GAP) // 2
    stops = f'<w:tab w:val="left" w:leader="underscore" w:pos="{wide}"/>'
    if number > 1:
        stops += (
            f'<w:tab w:val="left" w:pos="{wide + _GAP}"/>'
            f'<w:tab w:val="left" w:leader="underscore" w:pos="{width}"/>'
        )
    tabs = "<w:r><w:tab/></w:r>" * (2 * number - 1)
    return (
        '<w:p><w:pPr><w:pStyle w:val="SignatureRoom"/><w:keepNext/>'
        f"<w:tabs>{stops}</w:tabs></w:pPr>{tabs}</w:p>"
    )


def _names_to_sign(names: list[str], width: int, *, before_next: bool) -> str:
    keep = "<w:keepNext/>" if before_next else ""
    stop = (width - _GAP) // 2 + _GAP
    runs = "<w:r><w:tab/></w:r>".join(map(_run, names))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="SignatureName"/>{keep}'
        f'<w:tabs><w:tab w:val="left" w:pos="{stop}"/></w:tabs></w:pPr>{runs}</w:p>'
    )
