"""A document as a Word file: real headings, lists and tables, as Word and screen readers know them.

The text is written as XML, and python-docx makes the file of it: its own functions would take
seconds for a table of some hundred cells.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.oxml import parse_xml

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
from data.documents.writers.docx_styles import set_styles
from data.documents.writers.layout import parts, printable
from data.i18n import _

LANGUAGES = {"da": "da-DK", "en": "en-GB"}
"""Language of a document -> the language of the words as Word knows it."""


def write(document: Document) -> bytes:
    """Return the document as the bytes of a docx file."""
    word = docx.Document()
    _forget_template(word)
    set_styles(word, LANGUAGES[document.language], label_width(document))
    _set_properties(word, document)
    _set_footer(word, document)
    _set_body(word, document)
    kept = io.BytesIO()
    word.save(kept)
    return kept.getvalue()


def _forget_template(word: WordFile) -> None:
    """Take out what python-docx's template brings along that no document needs."""
    for owner, unwanted in (
        (word.part.package, ("thumbnail", "extended-properties")),
        (word.part, ("stylesWithEffects", "customXml", "webSettings")),
    ):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in unwanted:
                del owner.rels[key]


def _set_properties(word: WordFile, document: Document) -> None:
    """Say what the file is; of persons only the mentor, who is named in the document too."""
    about = word.core_properties
    about.title = printable(document.title)
    about.language = LANGUAGES[document.language]
    about.author = printable(document.author)
    about.last_modified_by = about.author
    about.comments = ""
    about.identifier = document.mark
    about.revision = 1
    moment = now().astimezone(UTC).replace(tzinfo=None)
    about.created = about.modified = datetime(*moment.timetuple()[:6])  # noqa: DTZ001 - it is UTC


def _set_footer(word: WordFile, document: Document) -> None:
    """Write who may read it, the title, and the number of the page at the foot of each page."""
    footer: Any = word.sections[0].footer._element
    for child in list(footer):
        footer.remove(child)
    page = _("Page {page} of {pages}").format(page="\0page\0", pages="\0pages\0").split("\0")
    fields = {"page": "PAGE", "pages": "NUMPAGES"}
    numbers = "".join(
        f'<w:fldSimple w:instr="{fields[text]}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        if place % 2
        else f'<w:r><w:t xml:space="preserve">{xml_of(text)}</w:t></w:r>'
        for place, text in enumerate(page)
    )
    about = " · ".join(filter(None, (document.first_line, document.title)))
    footer.append(
        parse_xml(
            f'<w:p {NAMESPACES}><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
            f'<w:r><w:t xml:space="preserve">{xml_of(about)} · </w:t></w:r>{numbers}</w:p>'
        )
    )


def _set_body(word: WordFile, document: Document) -> None:
    body: Any = word.element.body
    laid_out = parts(document)
    last = body.sectPr
    reference = next(child for child in last if child.tag.endswith("}footerReference"))
    found = []
    if document.first_line:
        private = document.confidence is Confidence.PRIVATE
        found.append(paragraph(document.first_line, "Private" if private else "Confidential"))
    found.append(paragraph(document.title, "Title"))
    for number, part in enumerate(laid_out):
        found.append(part_xml(part))
        if number < len(laid_out) - 1:
            found.append(f"<w:p><w:pPr><w:pStyle w:val='Break'/>{sheet_of(part, '')}</w:pPr></w:p>")
    made = parse_xml(f"<w:body {NAMESPACES}>{''.join(found)}</w:body>")
    for child in list(made):
        last.addprevious(child)
    sheet = parse_xml(sheet_of(laid_out[-1], NAMESPACES))
    sheet.insert(0, reference)
    body.replace(last, sheet)
    for other in body.iter(sheet.tag):
        if other is not sheet:
            other.insert(0, _copy(reference))


def _copy(element: Any) -> Any:
    from copy import deepcopy  # loaded when first needed: few documents have sheets of two kinds

    return deepcopy(element)
