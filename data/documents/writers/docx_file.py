"""A document as a Word file: real headings, lists and tables, as Word and screen readers know them.

The files in it are written here (ECMA-376, parts 1 and 2), for everything in them is ours: no
template stands behind them whose author and styles would have to be taken out again. Its own
functions would have python-docx take seconds for a plan of some hundred cells, and as long as the
rest of the program to be loaded; it reads what is written here in the tests.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC
from typing import Final

from data.clock import now
from data.documents.model.document import Confidence, Document
from data.documents.writers.docx_blocks import (
    NAMESPACES,
    label_width,
    paragraph,
    part_xml,
    sheet_of,
    xml_of,
)
from data.documents.writers.docx_styles import styles_xml
from data.documents.writers.layout import parts
from data.i18n import _

LANGUAGES: Final = {"da": "da-DK", "en": "en-GB"}
"""Language of a document -> the language of the words as Word knows it."""
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_INNER: Final = ("styles", "settings", "numbering", "footer")
"""The files that the text refers to, by the name of their kind."""
_TYPES: Final = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{one}.xml" ContentType="{_WORD}.{one}+xml"/>' for one in _INNER
    )
    + '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONS: Final = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="r2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>'
)
_INNER_RELATIONS: Final = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="{one}" Type="{_OFFICE}/{one}" Target="{one}.xml"/>' for one in _INNER
    )
    + "</Relationships>"
)
_NUMBERING: Final = (
    f'{_HEAD}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">'
    '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="397" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def write(document: Document) -> bytes:
    """Return the document as the bytes of a docx file."""
    language = LANGUAGES[document.language]
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "docProps/core.xml": _properties(document),
        "word/document.xml": _body(document),
        "word/_rels/document.xml.rels": _INNER_RELATIONS,
        "word/styles.xml": _HEAD + styles_xml(language, label_width(document)),
        "word/settings.xml": _settings(language),
        "word/numbering.xml": _NUMBERING,
        "word/footer.xml": _footer(document),
    }
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            about = zipfile.ZipInfo(name, now().timetuple()[:6])
            package.writestr(about, text.encode(), zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _properties(document: Document) -> str:
    """Say what the file is; of persons only the mentor, who is named in the document too."""
    moment = f"{now().astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    time = "".join(
        f'<dcterms:{one} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{one}>'
        for one in ("created", "modified")
    )
    author = xml_of(document.author)
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{xml_of(document.title)}</dc:title><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f"<dc:identifier>{xml_of(document.mark)}</dc:identifier>"
        f"<dc:language>{LANGUAGES[document.language]}</dc:language>{time}</cp:coreProperties>"
    )


def _settings(language: str) -> str:
    """Say that the file is one of today's Word: else Word opens it as one of an old version."""
    return (
        f'{_HEAD}<w:settings {NAMESPACES}><w:defaultTabStop w:val="720"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{language}"/></w:settings>'
    )


def _footer(document: Document) -> str:
    """Write who may read it, the title, and the number of the page at the foot of each page."""
    page = _("Page {page} of {pages}").format(page="\0page\0", pages="\0pages\0").split("\0")
    fields = {"page": "PAGE", "pages": "NUMPAGES"}
    numbers = "".join(
        f'<w:fldSimple w:instr="{fields[text]}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        if place % 2
        else f'<w:r><w:t xml:space="preserve">{xml_of(text)}</w:t></w:r>'
        for place, text in enumerate(page)
    )
    about = " · ".join(filter(None, (document.first_line, document.title)))
    return (
        f'{_HEAD}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{xml_of(about)} · </w:t></w:r>{numbers}</w:p></w:ftr>'
    )


def _body(document: Document) -> str:
    laid_out = parts(document)
    found = []
    if document.first_line:
        private = document.confidence is Confidence.PRIVATE
        found.append(paragraph(document.first_line, "Private" if private else "Confidential"))
    found.append(paragraph(document.title, "Title"))
    for part in laid_out[:-1]:
        sheet = sheet_of(part)
        found.append(part_xml(part))
        found.append(f'<w:p><w:pPr><w:pStyle w:val="Break"/>{sheet}</w:pPr></w:p>')
    found.append(part_xml(laid_out[-1]) + sheet_of(laid_out[-1]))
    return f"{_HEAD}<w:document {NAMESPACES}><w:body>{''.join(found)}</w:body></w:document>"
