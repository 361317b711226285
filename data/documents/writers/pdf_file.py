"""A document as PDF: tagged for screen readers (PDF/UA-1), in its language, with its fonts inside.

It is set by typst, which is an extra of the program, for it is as large as all the rest. It runs in
a process of its own (see `typesetting`). Texts go into it as strings, so that none of them is a
command of typst.
"""

from __future__ import annotations

from importlib.util import find_spec
from itertools import zip_longest
from typing import Final

from data.documents.model.document import Confidence, Document, Paragraph, Signatures
from data.documents.writers.formats import FormatError
from data.documents.writers.layout import Part, parts
from data.documents.writers.pdf_blocks import block_code, quoted
from data.documents.writers.typesetting import LACKING, SECONDS
from data.extras import install_command
from data.i18n import N_, _
from data.other_program import answer_of, in_this_python
from data.text import shorten

_LACKING: Final = N_("PDF needs one more package: {command}. Or choose docx, which Word prints.")
_UNABLE: Final = N_(
    "“{title}” could not be made as a PDF: it is too long, or has a text that a PDF cannot take."
    " Choose docx, which Word prints, or txt."
)
_MOST_OF_TITLE: Final = 60
_REGIONS: Final = {"da": "DK", "en": "GB"}
_MARGINS: Final = {True: "(x: 1.7cm, y: 2cm)", False: "(x: 2.2cm, y: 2.2cm)"}
"""The margins of a sheet on its side, and of an upright one."""
_STYLE: Final = """
#let ink = rgb("#1F3A4D")
#let soft = rgb("#555555")
#let edge = rgb("#8A8A8A")
#set par(leading: 0.6em, spacing: 0.85em)
#set list(indent: 0.3em, body-indent: 0.6em, spacing: 0.6em)
#set table(stroke: 0.5pt + edge, inset: (x: 4pt, y: 3.5pt))
#set table.cell(breakable: false)
#show table: set text(size: 9pt)
#show table: set par(leading: 0.5em)
#show table.cell.where(y: 0): set text(weight: "bold", fill: ink)
#show heading: set text(fill: ink)
#show heading: set block(above: 1.35em, below: 0.65em, sticky: true)
#show heading.where(level: 1): set text(size: 13.5pt)
#show heading.where(level: 2): set text(size: 11.5pt)
#show title: set text(size: 21pt, fill: ink, hyphenate: false)
#show title: set block(above: 0.6em, below: 1em)
#let quiet(body) = text(size: 9.5pt, fill: soft, body)
#let room(high, body) = layout(size => {
  let need = measure(block(width: size.width - 14pt, body)).height
  if need > 240pt { block(width: 100%, inset: (x: 7pt, y: 6pt), stroke: 0.5pt + edge, body) }
  else { block(width: 100%, height: calc.max(need, high) + 12pt, inset: (x: 7pt, y: 6pt),
    stroke: 0.5pt + edge, breakable: false, body) }
})
#let more(body) = block(above: 1.2em, below: 0.4em, sticky: true, quiet(body))
#let tick(done, body) = grid(columns: (1.6em, 1fr),
  text(font: "DejaVu Sans Mono", if done {"☑"} else {"☐"}), body)
#let sign(..names) = block(above: 4.2em, breakable: false, grid(
  columns: (1fr,) * names.pos().len(), column-gutter: 1cm,
  ..names.pos().map(name => grid.cell(stroke: (top: 0.6pt + edge), inset: (top: 5pt),
    quiet(name)))))
"""


def write(document: Document) -> bytes:
    """Return the document as the bytes of a PDF file.

    Raises:
        FormatError: typst is not installed, or cannot bear a text in it.
    """
    lacking = FormatError(_(_LACKING).format(command=install_command("typst")))
    if find_spec("typst") is None:  # no process is begun for that
        raise lacking
    unable = FormatError(_(_UNABLE).format(title=shorten(document.title, _MOST_OF_TITLE)))
    done = answer_of(
        in_this_python("data.documents.writers.typesetting"),
        _code(document).encode(),
        seconds=SECONDS,
        silent=unable,
        refused=lambda _error: unable,
    )
    if done.returncode == LACKING:
        raise lacking
    if done.returncode or not done.stdout:
        raise unable
    return done.stdout


def _code(document: Document) -> str:
    author = f"({quoted(document.author)},)" if document.author else "()"
    fonts = '("Arial", "Liberation Sans", "Libertinus Serif")'
    made = [
        f"#set document(title: {quoted(document.title)}, author: {author},"
        f" keywords: ({quoted(document.mark)},))"
        if document.mark
        else f"#set document(title: {quoted(document.title)}, author: {author})",
        f'#set text(lang: "{document.language}", region: "{_REGIONS[document.language]}",'
        f" font: {fonts}, size: 10.5pt)",
        _STYLE,
        f"#let foot = {quoted(_foot(document))}",
    ]
    for number, part in enumerate(parts(document)):
        made.append(_page(part))
        if number == 0:
            made += _head(document)
        above = None
        for block, below in zip_longest(part.blocks, part.blocks[1:]):
            code = block_code(block, above, landscape=part.landscape)
            if isinstance(block, Paragraph) and isinstance(below, Signatures):
                code = f"#block(sticky: true)[{code}]"
            made.append(code)
            above = block
    return "\n".join(made) + "\n"


def _foot(document: Document) -> str:
    about = (document.first_line, document.title)
    return " · ".join(filter(None, about)) + " · "


def _page(part: Part) -> str:
    """Return the command that begins a new page, an A4 sheet upright or on its side."""
    page = _("Page {page} of {pages}").format(page="\0page\0", pages="\0pages\0").split("\0")
    numbers = {
        "page": 'counter(page).display("1")',
        "pages": "str(counter(page).final().first())",
    }
    text = " + ".join(
        numbers[piece] if place % 2 else quoted(piece) for place, piece in enumerate(page)
    )
    turned = "true" if part.landscape else "false"
    return (
        f'#set page(paper: "a4", flipped: {turned}, margin: {_MARGINS[part.landscape]},'
        f" footer: context text(size: 8pt, fill: soft, foot + {text}))"
    )


def _head(document: Document) -> list[str]:
    found = []
    if document.first_line:
        colour = 'rgb("#8B0000")' if document.confidence is Confidence.PRIVATE else "soft"
        found.append(
            f'#block(text(size: 9.5pt, weight: "bold", fill: {colour},'
            f" {quoted(document.first_line)}))"
        )
    return [*found, "#title()"]
