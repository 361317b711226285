"""What a document is made of: the records that its readers may see, and the texts of the library.

`data.queries.sources` makes it from the store; a kind of document never sees the store.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from data.documents.model.document import Document
from data.i18n import _
from data.library import QuestionSet
from data.method.view import MenteeView
from data.records import Record, Talk, TalkState
from data.text import small_first

if TYPE_CHECKING:
    from data.published.overview import Overview


@dataclass(frozen=True, slots=True)
class Learned:
    """Something that the mentor learned in a talk, told without whose talk it was (R35)."""

    on: date | None
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a document is made of."""

    day: date
    """The day on which it is made."""
    words: QuestionSet
    """The questions, with the workplace's own."""
    text: Callable[[str], tuple[str, str]]
    """Key of a text of the library -> its title and the text, in the workplace's own wording."""
    view: MenteeView | None = None
    """The mentee, without what its readers may not see; None for a form that is about nobody."""
    talk: Talk | None = None
    """The talk that it is about, if it is about one."""
    everybody: Sequence[MenteeView] = ()
    """All mentees, closed ones last; only if its kind is about everybody."""
    learned: Sequence[Learned] = ()
    """What the mentor learned in all talks, the oldest first; only if its kind asks for it."""
    workplace: Overview | None = None
    """What the mentors of the workplace publish; only for a kind that is about them."""
    mentor: str = ""
    """The name of the mentor, or of the program's user if the mentee has none yet."""

    @property
    def of_mentee(self) -> MenteeView:
        """The mentee. Raises ValueError for a source that is about nobody."""
        if self.view is None:
            raise ValueError("the document is about a mentee")
        return self.view

    @property
    def of_talk(self) -> Talk:
        """The talk. Raises ValueError for a source that is about none."""
        if self.talk is None:
            raise ValueError("the document is about a talk")
        return self.talk


class About(StrEnum):
    """What a document is about: what has to be named before it can be made."""

    MENTEE = "mentee"
    TALK = "talk"
    NOBODY = "nobody"
    """It is the same for all mentees, and holds no mentee's name."""
    EVERYBODY = "everybody"
    """It is about all mentees together, for the mentor alone to keep."""
    WORKPLACE = "workplace"
    """It is about all mentors of a workplace, made of what they publish: of no record at all."""


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document. Its file in `data.documents.kinds` has it under the name `KIND`."""

    key: str
    """Its name on the command line."""
    word: str
    """Msgid: what it is called."""
    file_word: str
    """Msgid: what its files begin with; one short word in small letters."""
    order: int
    """Its place among the others."""
    about: About
    build: Callable[[Source], Document]
    """Makes the document."""
    blank: Callable[[Source], Document] | None = None
    """Makes the blank form; None if there is none. The source has no mentee."""
    talks: Collection[TalkState] = ()
    """For a kind about a talk: the states of the talks that it can be about."""
    headings: tuple[str, ...] = ()
    """Msgids of the headings of its table, by which a CSV file of a kind to be read is known."""
    records: Mapping[type[Record], str] = field(default_factory=dict)
    """The kinds of records that it is made of -> the field of `MenteeView` that has them."""

    @property
    def name(self) -> str:
        """What it is called, translated."""
        return _(self.word)

    @property
    def label(self) -> str:
        """What it is called where pages of the same name are offered as well, translated."""
        return _("Document: {document}").format(document=small_first(self.name))

    @property
    def blank_name(self) -> str:
        """What its blank form is called, translated."""
        return _("Blank form: {document}").format(document=small_first(self.name))
