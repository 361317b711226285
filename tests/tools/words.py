"""The words that this program does not use, with the ones it uses instead.

python -m tests.tools.words

looks for them in the interface, in the library and in the documentation, and fails where one is.
CONTRIBUTING.md has the house style that they belong to.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tests.tools import catalogue

LIBRARY: Final = catalogue.ROOT / "data/library"

NOT_ENGLISH: Final = {
    r"(?<!training )(?<!Training )(?<!of )\bcourses?\b(?! of)": "mentorship",
    r"\bperiod (?:ends|ended)\b|end of the period": "the mentorship ends",
    r"\bput(?:s|ting)? (?:off|aside)\b": "snooze, archive",
    r"\bsettle[sd]?\b": "done, resolve, deal with",
    r"\banew\b": "again",
    r"\b(?:is|are|be|was|were) told\b": "shown, reported",
    r"\bmend(?:s|ed|ing)?\b": "repair",
    r"\bworked example\b": "example data",
    r"\bclash(?:es|ed|ing)?\b": "conflict",
    r"\bgraduates\b|\bnew graduate\b": "newly qualified",
    r"\bnew employees?\b": "newcomer",
    r"\bknowledge persons?\b": "resource people",
    r"\btie[sd]?\b": "link",
    r"\btak(?:e[sn]?|ing) (?:it |them |that )?back\b": "undo",
    r"\btak(?:e[sn]?|ing) (?:it |them |that )?(?:in|out)(?: again| of)?\b": "add, remove",
    r"\bcalls? for you\b": "needs attention",
    r"\bones? who (?:runs?|looks? after) (?:it|the computer)\b": "IT support",
    r"\bsessions? that (?:has )?died\b": "interrupted session",
    r"\brecord file\b": "data file",
    r"\b(?:you only|only you)\b": "private",
    r"\bfirst screen\b": "home screen",
    r"\bcarried out\b": "done",
    r"\bunder way\b|\bbeing worked on\b": "in progress",
    r"\bnot begun\b": "not started",
    r"\bpointed out by\b": "identified by",
    r"\bneeds map\b": "needs",
    r"\bthe shared view\b": "shared view",
    r"\bthe line broke\b|\bif the line breaks\b": "the connection was lost",
    r"\b\d+ %": "a percent sign without a space",
}
"""Pattern -> what to write instead."""

NOT_DANISH: Final = {
    r"\bgennemarbejdet\b|\bgennemarbejdede\b": "eksempel",
    r"\bpeget på af\b": "set af",
    r"\budfald\b": "resultat",
    r"\boplært sammen\b": "sidemand",
    r"\btilstand(?:e|en)?\b": "status",
    r"^slags(?:en)?\b": "type",
    r"\bintet valg\b|\[VALG\]": "tilvalg",
    r"\blæg(?:ge)?(?:s)? (?:den |det )?til side\b": "arkivér",
    r"\bstille opgave\b": "intet nyt",
    r"\bsammenstød\b|\bstød(?:t|te) sammen\b": "konflikt",
    r"\bsyn(?:ene|et)?\b": "svar",
    r"\bbehovskort(?:et)?\b": "behov",
    r"\bkollegaer\b": "kolleger",
    r"\btag(?:e|er|es|et)? (?:det )?tilbage\b": "fortryd",
    r"\bgør(?:es)? (?:det )?igen\b|\bgjort igen\b": "gentag",
    r"\bsession(?:en|er)?,? der døde\b": "afbrudt session",
    r"\bdriver computeren\b": "it-support",
    r"\bkun du\b|\bkun dig\b": "privat",
    r"\bkalder på dig\b": "kræver opmærksomhed",
    r"\bhvis intet er sagt\b": "standard:",
    r"\bskærmbilled(?:e|er|et|erne)\b": "skærm",
    r"\bførste skærm\b": "forsiden",
    r"\bforlad(?:er|es)?\b": "luk",
    r"\b(?:til)?knyt(?:te|tes|ter|tet)?\b": "kobl",
    r"\bnotat(?:er|et|erne)?\b": "note",
    r"\bden nye udgave\b|\bnyere udgave\b": "version",
    r"\bikke begyndt\b": "ikke påbegyndt",
    r"\bi arbejde\b": "i gang",
    r"\bdatafil(?:en)? (?:ligger|står)\b": "gemmes",
    r"\d%": "et mellemrum før procenttegnet",
}

PLACEHOLDER: Final = re.compile(r"\{\w*\}")
CODE: Final = re.compile(
    r"^## House style.*?(?=^## )|^```.*?^```|^ {4}[^\n]*$|`[^`\n]*`|\]\([^)]*\)",
    re.MULTILINE | re.DOTALL,
)
"""What is no prose in a document; and the page that names the words."""


def interface(language: str) -> Iterator[tuple[str, str]]:
    """Yield where a text of the interface is from, and the text."""
    for message in catalogue.load():
        if message.id and message.context != "key":
            text = message.id if language == "en" else message.string
            for one in [text] if isinstance(text, str) else text or ():
                yield message.locations[0][0] if message.locations else "the catalogue", one


def library(language: str) -> Iterator[tuple[str, str]]:
    """Yield the file and the text of all that the library says in a language.

    The example is left out: it is written as users write.
    """
    files = set((LIBRARY / language).glob("*.toml"))
    for file in sorted(files - set((LIBRARY / language).glob("example_*"))):
        for text in _texts(tomllib.loads(file.read_text("utf-8"))):
            yield file.relative_to(catalogue.ROOT).as_posix(), text
    for file in sorted((LIBRARY / "starter" / language).rglob("*.toml")):
        for text in file.read_text("utf-8").split("\n"):  # comments are what it says
            yield file.relative_to(catalogue.ROOT).as_posix(), text
    for file in examples(language):
        words = file.read_text("utf-8")
        for text in _texts(tomllib.loads(words) if file.suffix == ".toml" else words.split("\n")):
            yield file.relative_to(catalogue.ROOT).as_posix(), text


def examples(language: str) -> list[Path]:
    """Return the files of the worked libraries of workplaces that are in a language."""
    found: list[Path] = []
    for root in sorted((LIBRARY / "examples").iterdir()):
        about = tomllib.loads((root / "library.toml").read_text("utf-8"))
        if about["language"] == language:
            found += sorted(file for file in root.rglob("*") if file.is_file())
    return found


def documents(language: str) -> Iterator[tuple[str, str]]:
    """Yield the file and each paragraph of the documentation; code is left out."""
    root = catalogue.ROOT
    files = {*root.glob("*.md"), *(root / "docs").glob("*.md")}
    danish = {file for file in files if file.name.endswith(".da.md")}
    for file in sorted(danish if language == "da" else files - danish):
        text = CODE.sub("", file.read_text("utf-8"))
        for paragraph in re.split(r"\n\s*\n|\n(?=\||- )", text):
            yield file.relative_to(root).as_posix(), " ".join(paragraph.split())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def found(language: str) -> list[str]:
    """Return a line for each word that is not used in a language, with where it is."""
    words = NOT_ENGLISH if language == "en" else NOT_DANISH
    patterns = {re.compile(one, re.IGNORECASE): better for one, better in words.items()}
    return [
        f"{place}: “{match[0]}” in “{text[:90]}”: {better}"
        for source in (interface, library, documents)
        for place, text in source(language)
        for pattern, better in patterns.items()
        if (match := pattern.search(PLACEHOLDER.sub("…", text)))
    ]


def main() -> int:
    """Print what was found; the exit status is 1 if there was anything."""
    lines = [line for language in ("en", "da") for line in found(language)]
    print("\n".join(lines) or "No word that is not used here was found.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
