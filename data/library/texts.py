"""Texts to read, adapt and export: the agreement's defaults, texts for colleagues, materials."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from data.frozen import immutable
from data.library.prose import flow
from data.library.source import Section, in_use, load, with_shared
from data.records import Agreement

if TYPE_CHECKING:
    from data.library.shared import Shared, SharedText

TEXTS: Final = ("about_scheme", "sparring_culture", "your_data", "first_start")
"""Keys of the texts: to colleagues (R79), on the team's culture (R42), to the mentee and mentor."""


@immutable
class Material:
    """Something that the guide recommends, and where to find it (R75, R87)."""

    key: str
    title: str
    where: str
    """An address or a command, to be copied."""
    step: str
    """Key of the screen it belongs to."""
    about: str


@immutable
class AgreementDefaults:
    """Proposals for the fields of `Agreement` (R84)."""

    purpose: str
    minutes: int
    place: str
    rhythm_text: str
    cancelling: str
    contact_between: str
    confidentiality: str
    mentee_expects: str
    mentor_expects: str
    hours_mentee: str
    hours_mentor: str
    review_days: int
    """Days from the day of the agreement until it is looked at again."""

    def for_mentee(self, mentee_id: str) -> Agreement:
        """Return a new record with the proposals in it. It has no dates, as nothing is agreed."""
        return Agreement(
            mentee_id=mentee_id,
            purpose=self.purpose,
            minutes=self.minutes,
            place=self.place,
            rhythm_text=self.rhythm_text,
            cancelling=self.cancelling,
            contact_between=self.contact_between,
            confidentiality=self.confidentiality,
            mentee_expects=self.mentee_expects,
            mentor_expects=self.mentor_expects,
            hours_mentee=self.hours_mentee,
            hours_mentor=self.hours_mentor,
        )


def agreement_defaults(language: str) -> AgreementDefaults:
    """Return the proposals in `language` ("da" or "en"), as the workplace's library has them."""
    built_in = built_in_agreement(language)
    return with_shared(built_in, ("agreement", language), _agreement_with_shared)


def _agreement_with_shared(built_in: AgreementDefaults, library: Shared) -> AgreementDefaults:
    given: dict[str, Any] = {key: one.value for key, one in library.expectations.items()}
    return replace(built_in, **given)


@cache
def built_in_agreement(language: str) -> AgreementDefaults:
    """Return the proposals that come with the program, in `language`."""
    file = load(language, "agreement")
    file.only(*AgreementDefaults.__dataclass_fields__)
    return AgreementDefaults(
        purpose=flow(file.text("purpose")),
        minutes=file.whole("minutes"),
        place=file.text("place"),
        rhythm_text=file.text("rhythm_text"),
        cancelling=flow(file.text("cancelling")),
        contact_between=flow(file.text("contact_between")),
        confidentiality=flow(file.text("confidentiality")),
        mentee_expects=flow(file.text("mentee_expects")),
        mentor_expects=flow(file.text("mentor_expects")),
        hours_mentee=file.text("hours_mentee"),
        hours_mentor=file.text("hours_mentor"),
        review_days=file.whole("review_days"),
    )


def text(language: str, key: str) -> str:
    """Return the text `key`: unwrapped paragraphs, an empty line between them, items on "- " lines.

    Where the workplace's library has the text, it is the library's. Raises KeyError for a key that
    is not among `TEXTS`.
    """
    _title, built_in = built_in_text(language, key)
    worded = _worded(key)
    return worded.text if worded else built_in


def text_title(language: str, key: str) -> str:
    """Return the heading of the text `key`. Raises KeyError like `text`."""
    built_in, _text = built_in_text(language, key)
    worded = _worded(key)
    return worded.title if worded else built_in


def _worded(key: str) -> SharedText | None:
    """Return the text as the workplace's library has it, or None."""
    library: Shared | None = in_use()
    return library.texts.get(key) if library else None


@cache
def built_in_text(language: str, key: str) -> tuple[str, str]:
    """Return the heading of a text and the text, as they come with the program, in `language`.

    Raises KeyError for a key that is not among `TEXTS`.
    """
    entry = _entry(language, key)
    return entry.text("title"), flow(entry.text("text"))


def materials(language: str) -> tuple[Material, ...]:
    """Return the materials of the workplace's library, and those that the guide names.

    The latter are told in `language`; the library changes them where it has the same key.
    """
    built_in = built_in_materials(language)
    return with_shared(built_in, ("materials", language), _materials_with_shared)


def _materials_with_shared(built_in: tuple[Material, ...], library: Shared) -> tuple[Material, ...]:
    given = {one.key: one for one in library.materials}
    changed = [
        Material(
            one.key,
            own.title or one.title,
            own.where or one.where,
            own.step or one.step,
            own.about or one.about,
        )
        if (own := given.pop(one.key, None))
        else one
        for one in built_in
    ]
    added = (Material(own.key, own.title, own.where, own.step, own.about) for own in given.values())
    return (*added, *changed)


@cache
def built_in_materials(language: str) -> tuple[Material, ...]:
    """Return the materials that the guide names, told in `language`."""
    file = load(language, "materials")
    file.only("material")
    return tuple(_material(one) for one in file.sections("material"))


def _entry(language: str, key: str) -> Section:
    if key not in TEXTS:
        raise KeyError(key)
    section = load(language, "texts").section(key)
    section.only("title", "text")
    return section


def _material(section: Section) -> Material:
    section.only(*Material.__dataclass_fields__)
    return Material(
        key=section.text("key"),
        title=section.text("title"),
        where=section.text("where"),
        step=section.text("step"),
        about=section.text("about"),
    )
