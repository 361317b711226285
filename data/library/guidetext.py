"""The guide, retold section by section, and the help text of each screen (R86)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from data.library.prose import WIDTH, Block, BlockKind, blocks, flow, plain
from data.library.questionset import TASK, built_in_questions
from data.library.source import Section, load

SECTIONS: Final = (
    "mentor",
    "role",
    "plan",
    "feedback",
    "questions",
    "feedforward",
    "whodoeswhat",
    "organisation",
    "pointers",
)
"""Keys of the guide's sections, in its order."""

SCREENS: Final = (
    "home",
    "overview",
    "plan",
    "talks",
    "talk",
    "roles",
    "people",
    "needs",
    "actions",
    "note",
    "search",
    "agreement",
    "library",
    "workplace",
    "documents",
    "history",
    "published",
    "released",
    "conflicts",
    "newer",
    "contribute",
)
"""Keys of the screens that have a help text."""


@dataclass(frozen=True, slots=True)
class GuideSection:
    """One section of the guide: its heading, and the text below it."""

    key: str
    title: str
    blocks: tuple[Block, ...]

    def plain(self, width: int = WIDTH) -> str:
        """Return the text below the heading in lines of at most `width` columns."""
        return plain(self.blocks, width)


@cache
def guide(language: str) -> tuple[GuideSection, ...]:
    """Return the guide in `language` ("da" or "en"), one section for each of `SECTIONS`."""
    file = load(language, "guide")
    file.only("source", "section")
    found = tuple(_section(one, language) for one in file.sections("section"))
    keys = tuple(one.key for one in found)
    if keys != SECTIONS:
        raise file.fault("section", f"the keys must be {', '.join(SECTIONS)}")
    return found


@cache
def guide_source(language: str) -> str:
    """Return who wrote and published the guide, and what is quoted from it."""
    return flow(load(language, "guide").text("source"))


@cache
def screen_help(language: str, screen: str) -> str:
    """Return what the screen is for, how it is used, and which sections of the guide say more.

    Paragraphs are not wrapped, and have an empty line between them. Raises KeyError if the screen
    is not among `SCREENS`.
    """
    titles = {one.key: one.title for one in guide(language)}
    where = ", ".join(titles[key] for key in screen_sections(language, screen))
    file = load(language, "help")
    more = file.text("more").replace("{titles}", where)
    return f"{flow(file.section('screen').section(screen).text('text'))}\n\n{more}"


@cache
def screen_sections(language: str, screen: str) -> tuple[str, ...]:
    """Return the keys of the guide's sections about the screen, the most important first."""
    if screen not in SCREENS:
        raise KeyError(screen)
    section = load(language, "help").section("screen").section(screen)
    section.only("sections", "text")
    keys = section.texts("sections")
    if not keys or set(keys) - set(SECTIONS):
        raise section.fault("sections", f"must be some of {', '.join(SECTIONS)}")
    return keys


def _section(section: Section, language: str) -> GuideSection:
    section.only("key", "title", "text")
    parts = tuple(_quoted(one, language) for one in blocks(section.text("text")))
    return GuideSection(section.text("key"), section.text("title"), parts)


def _quoted(block: Block, language: str) -> Block:
    """Return the block; a quotation names a question by its key, and gets the question's text."""
    if block.kind is not BlockKind.QUOTE:
        return block
    return Block(block.kind, built_in_questions(language).step(block.text).text.replace(TASK, "x"))
