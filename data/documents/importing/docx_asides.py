"""What a Word file has beside its text and tables: comments, notes, text boxes, headers, footers.

None of it has a place in a form. It is named, so that nothing that somebody wrote is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from data.documents.importing.content import Aside, AsideKind
from data.text import clean

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BLIP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_OLD_PICTURE: Final = "{urn:schemas-microsoft-com:vml}imagedata"
BOX: Final = f"{_W}txbxContent"
"""The paragraphs of a text box."""
FALLBACK: Final = f"{_MC}Fallback"
"""What older programs show in the place of something: a text box is there once more."""
_GONE: Final = frozenset({f"{_W}del", f"{_W}moveFrom", FALLBACK})
_ENOUGH: Final = 200
"""How many characters of the words that a comment was made on are looked at."""
_PARTS: Final = {
    "comments": ("comment", AsideKind.COMMENT),
    "footnotes": ("footnote", AsideKind.FOOTNOTE),
    "endnotes": ("endnote", AsideKind.FOOTNOTE),
}
"""Name of a part of the file -> the elements in it, and what they are."""


def asides_of(word: Any) -> tuple[list[Aside], int]:
    """Return what a file has beside its text, and how many pictures; `word` is of python-docx."""
    body = word.element.body
    on = dict(_words_of_comments(body))
    found: list[Aside] = []
    for name, root in _parts(word):
        tag, kind = _PARTS.get(name, ("", AsideKind.MARGIN))
        if tag:
            found += [one for each in root.iter(f"{_W}{tag}") if (one := _aside(each, kind, on))]
        elif name.startswith(("header", "footer")) and (text := _text(root)):
            found.append(Aside(kind, text))
    boxes = (box for box in body.iter(BOX) if not _is_inside(box, _GONE))
    found += [Aside(AsideKind.BOX, text) for box in boxes if (text := _text(box))]
    pictures = [*body.iter(_BLIP, _OLD_PICTURE)]
    return found, sum(not _is_inside(one, _GONE) for one in pictures)


def _parts(word: Any) -> Iterator[tuple[str, Any]]:
    """Yield the name of each part of the file beside its body, without numbers, and its XML."""
    from docx.oxml import parse_xml  # loaded when first needed, as all of python-docx

    found = {str(one.partname): one.blob for one in word.part.package.iter_parts()}
    for path in sorted(found):
        folder, _slash, file = path.rpartition("/")
        name = file.removesuffix(".xml").rstrip("0123456789")
        if folder == "/word" and (name in _PARTS or name in ("header", "footer")):
            yield name, parse_xml(found[path])


def _aside(element: Any, kind: AsideKind, on: dict[str, str]) -> Aside | None:
    text = _text(element)
    if not text or element.get(f"{_W}type", "normal") != "normal":
        return None  # the line that Word draws above notes
    if kind is not AsideKind.COMMENT:
        return Aside(kind, text)
    author = clean(element.get(f"{_W}author", ""), lines=False).strip()
    words = on.get(element.get(f"{_W}id", ""), "")
    return Aside(AsideKind.ON_WORDS if words else kind, text, author, words)


def _words_of_comments(body: Any) -> Iterator[tuple[str, str]]:
    """Yield the id of each comment, and the words that it was made on."""
    begins: dict[str, int] = {}
    ends: dict[str, int] = {}
    texts: list[str] = []
    length = 0
    for one in body.iter(f"{_W}commentRangeStart", f"{_W}commentRangeEnd", f"{_W}t", f"{_W}p"):
        id = one.get(f"{_W}id", "")
        if one.tag == f"{_W}commentRangeStart":
            begins.setdefault(id, length)
        elif one.tag == f"{_W}commentRangeEnd":
            ends.setdefault(id, length)
        else:
            texts.append(" " if one.tag == f"{_W}p" else one.text or "")
            length += len(texts[-1])
    whole = "".join(texts)
    for id, start in begins.items():
        words = whole[start : min(ends.get(id, start), start + _ENOUGH)]
        yield id, clean(words, lines=False).strip()


def _text(element: Any) -> str:
    """Return all text of an element, a line for each paragraph."""
    found = []
    for paragraph in element.iter(f"{_W}p"):
        pieces = (one.text or "" for one in paragraph.iter(f"{_W}t") if not _is_inside(one, _GONE))
        found.append("".join(pieces))
    return clean("\n".join(found), lines=True).strip()


def _is_inside(element: Any, tags: frozenset[str]) -> bool:
    return any(one.tag in tags for one in element.iterancestors())
