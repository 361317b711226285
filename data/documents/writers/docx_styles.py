"""The styles of a Word file: what its headings, lists and tables look like, and its language."""

from __future__ import annotations

from typing import Final

from data.documents.writers.docx_blocks import CELL_MARGIN, NAMESPACES, TABLE_SIZE

_FONT: Final = "Arial"
"""Every machine has it, or one with letters of the same width."""
_INK: Final = "1F3A4D"
"""The colour of headings; dark enough for every reader, and never the only sign of anything."""
_SOFT: Final = "555555"
_EDGE: Final = "8A8A8A"
_HEAD: Final = "E6EDF2"


def styles_xml(language: str, label: int) -> str:
    """Return the file of styles.

    Args:
        language: The language of the words as Word knows it, such as "da-DK".
        label: The width of the labels of facts, in twentieths of a point.
    """
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}" w:cs="{_FONT}"/>'
        f'<w:sz w:val="21"/><w:szCs w:val="21"/>'
        f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="0" w:line="259" w:lineRule="auto"/>'
        f"</w:pPr></w:pPrDefault></w:docDefaults>{_DEFAULTS}{_OURS}</w:styles>"
    ).replace("LABEL", str(label))


_DEFAULTS: Final = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "<w:qFormat/></w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    "</w:style>"
)
"""The styles that Word takes where none is named."""


def _style(
    id: str, name: str, about: str = "", letters: str = "", *, based: str = "Normal", next: str = ""
) -> str:
    following = f'<w:next w:val="{next}"/>' if next else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/>{following}<w:qFormat/>'
        f"<w:pPr>{about}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _letters(size: float, colour: str = "", *, bold: bool = False, italic: bool = False) -> str:
    """Return how letters look; the size is in points."""
    return (
        f"{'<w:b/>' if bold else ''}{'<w:i/>' if italic else ''}"
        f"{f'<w:color w:val={chr(34)}{colour}{chr(34)}/>' if colour else ''}"
        f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    )


def _spacing(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def _heading(level: int, size: float, before: int) -> str:
    about = f'<w:keepNext/><w:keepLines/>{_spacing(before, 60)}<w:outlineLvl w:val="{level - 1}"/>'
    letters = _letters(size, _INK, bold=True)
    return _style(f"Heading{level}", f"heading {level}", about, letters, next="BodyText")


def _table_style(id: str, borders: str, margins: tuple[int, int], head: str = "") -> str:
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{_EDGE}"/>'
        for edge in borders.split()
    )
    across, along = margins
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{id}"><w:name w:val="{id}"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr>'
        f"<w:tblBorders>{edges}</w:tblBorders><w:tblCellMar>"
        f'<w:top w:w="{along}" w:type="dxa"/><w:left w:w="{across}" w:type="dxa"/>'
        f'<w:bottom w:w="{along}" w:type="dxa"/><w:right w:w="{across}" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr>{head}</w:style>"
    )


_OURS: Final = "".join(
    (
        _style("Title", "Title", f"<w:keepNext/>{_spacing(0, 200)}", _letters(22, _INK, bold=True)),
        _heading(1, 13.5, 220),
        _heading(2, 11.5, 180),
        _style("BodyText", "Body Text", _spacing(60, 100)),
        _style("Quiet", "Quiet", _spacing(0, 120), _letters(10, _SOFT)),
        _style("Caption", "caption", f"<w:keepNext/>{_spacing(200, 60)}", _letters(9, _SOFT)),
        _style("Confidential", "Confidential", _spacing(0, 160), _letters(10, _SOFT, bold=True)),
        _style("Private", "Private", _spacing(0, 160), _letters(11, "8B0000", bold=True)),
        _style(
            "Fact",
            "Fact",
            '<w:tabs><w:tab w:val="left" w:pos="LABEL"/></w:tabs>'
            f'{_spacing(0, 160)}<w:ind w:left="LABEL" w:hanging="LABEL"/><w:contextualSpacing/>',
        ),
        _style(
            "ListBullet",
            "List Bullet",
            f'<w:numPr><w:numId w:val="1"/></w:numPr>{_spacing(0, 60)}'
            '<w:ind w:left="397" w:hanging="284"/>',
        ),
        _style(
            "Tick",
            "Tick",
            '<w:tabs><w:tab w:val="left" w:pos="425"/></w:tabs>'
            f'{_spacing(0, 80)}<w:ind w:left="425" w:hanging="425"/>',
        ),
        _style("TableText", "Table Text", "", _letters(TABLE_SIZE)),
        _style("TableHead", "Table Head", "<w:keepNext/>", _letters(TABLE_SIZE, _INK, bold=True)),
        _style("RoomText", "Room Text"),
        _style(
            "SignatureRoom",
            "Signature Room",
            f"<w:keepNext/>{_spacing(640, 0)}",
            _letters(10, _SOFT),
        ),
        _style("SignatureName", "Signature Name", "<w:keepLines/>", _letters(10, _SOFT)),
        _style("Break", "Break", '<w:spacing w:before="0" w:after="0"/>', _letters(4)),
        _style("Footer", "footer", "", _letters(8.5, _SOFT)),
        _table_style(
            "Rows",
            "top left bottom right insideH insideV",
            (CELL_MARGIN, 34),
            '<w:tblStylePr w:type="firstRow"><w:tcPr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{_HEAD}"/></w:tcPr></w:tblStylePr>',
        ),
        _table_style("Room", "top left bottom right", (100, 60)),
    )
)
