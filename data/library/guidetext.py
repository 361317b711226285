"""The guide retold by heading, and the help of each screen with its part of the guide (R86)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from data.library.prose import WIDTH, Block, BlockKind, blocks, flow, plain
from data.library.questionset import TASK, questions
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
"""Keys of the guide's headings, in its order."""

SCREENS: Final = (
    "home",
    "overview",
    "plan",
    "talks",
    "talk",
    "roles",
    "people",
    "needs",
    "note",
    "search",
    "agreement",
    "library",
)
"""Keys of the screens that have a help text."""


@dataclass(frozen=True)
class GuideSection:
    """One heading of the guide and what stands under it."""

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
    """Return what the screen is for and how it is used, and where the guide says more.

    Paragraphs are not wrapped; an empty line stands between them. Raises KeyError for a screen that
    is not among `SCREENS`.
    """
    titles = {one.key: one.title for one in guide(language)}
    where = ", ".join(titles[key] for key in screen_sections(language, screen))
    file = load(language, "help")
    more = file.text("more").replace("{titles}", where)
    return f"{flow(file.section('screen').section(screen).text('text'))}\n\n{more}"


@cache
def screen_sections(language: str, screen: str) -> tuple[str, ...]:
    """Return the keys of the guide's sections that the screen serves, the nearest first."""
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
    """Put the guide's own line where a quotation names it, so that it stands in one place only."""
    if block.kind is not BlockKind.QUOTE:
        return block
    return Block(block.kind, questions(language).step(block.text).text.replace(TASK, "x"))
