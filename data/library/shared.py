"""What the library of a workplace gives to all its mentors, as values.

A coordinator keeps it in a folder (`data.workplace`); what is in use is the mentor's own copy of
it. `shared()` is that copy, or None where the settings name no library. `questions`, `duties`,
`rhythms`, `materials`, `text` and `agreement_defaults` of `data.library` give what is built in
together with it, so that their callers need not ask here; who asks here shows where something comes
from.

Each value has its `key`, by which it is known again in a newer version of the library, and says
with `file` where in the folder it stands: "duties.toml". All come from one workplace:
`Shared.name`.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from data.frozen import immutable
from data.library.source import in_use, use_as_shared
from data.records import DutyKind, Part, PersonKind, RoleKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from data.library.templates import PlanTemplate


@immutable
class SharedQuestion:
    """Another wording of a built-in step of the talk, or a question that the workplace adds (R44).

    A field that the library does not give is "", `probes` then None: it stays as it is built in.
    """

    key: str
    """One of `data.library.STEPS`: another wording of it. Any other: an additional question."""
    text: str = ""
    general: str = ""
    """The same question, to ask where no task is chosen (R47)."""
    spoken: str = ""
    """How it is said to the mentee, where `text` speaks to the mentor."""
    starter: str = ""
    hint: str = ""
    purpose: str = ""
    probes: tuple[str, ...] | None = None
    after: str = ""
    """For an additional question, the key of the step it comes after; "" for the last question."""
    title: str = ""
    """For an additional question, what its step is called; "" for the first words of the text."""
    file: str = ""


@immutable
class SharedDuty:
    """Changes of a built-in duty, or a duty that the workplace adds (R59-R70).

    What the library does not give is "" or None: it stays as it is built in. An additional duty has
    a text, a kind and parts.
    """

    key: str
    """A key of the built-in duties, or any other."""
    text: str = ""
    kind: DutyKind | None = None
    main: RoleKind | None = None
    takes_part: tuple[RoleKind, ...] | None = None
    informed: tuple[RoleKind, ...] | None = None
    due_days: int | None = None
    """Days from the first day at work, as in `DefaultDuty.due_days`."""
    file: str = ""

    def parts(self) -> Mapping[RoleKind, Part]:
        """Return role -> its part, of those that the library gives."""
        found = dict.fromkeys(self.informed or (), Part.INFORMED)
        found |= dict.fromkeys(self.takes_part or (), Part.TAKES_PART)
        return found | ({self.main: Part.MAIN} if self.main is not None else {})


@immutable
class SharedRhythm:
    """A rhythm of talks. A mentee who gets it keeps `own_key(stretches)` of `talk_rhythms`."""

    key: str
    title: str
    stretches: tuple[tuple[int, int], ...]
    """For each, how many weeks lie between talks, and the last week of the stretch."""
    file: str = ""


@immutable
class SharedPerson:
    """A person or a network that all mentors of the workplace can ask (R4, R9, R67)."""

    key: str
    name: str
    kind: PersonKind = PersonKind.PERSON
    title: str = ""
    place: str = ""
    phone: str = ""
    knows: str = ""
    file: str = ""


@immutable
class SharedTip:
    """Advice from experience with a type of task (R63)."""

    key: str
    """Made of type and text, for a tip has no key of its own: another wording is another tip."""
    type: str
    """The type of task that it is about; "" where it helps with every task."""
    text: str
    file: str = ""


@immutable
class SharedMaterial:
    """Something to use, and where it is (R75, R87)."""

    key: str
    title: str
    where: str = ""
    step: str = ""
    about: str = ""
    file: str = ""


@immutable
class SharedText:
    """The workplace's wording of one of the texts of `data.library.TEXTS` (R42, R79)."""

    key: str
    title: str
    text: str
    """As `data.library.text` returns it: paragraphs on a line each, items on "- " lines."""
    file: str = ""


@immutable
class SharedExpectation:
    """What the workplace proposes for one field of `data.library.AgreementDefaults` (R84)."""

    key: str
    """The name of the field."""
    value: str | int
    file: str = ""


@immutable
class Shared:
    """The library of the workplace as this mentor uses it. Another one replaces it.

    Nothing in it is a record: what a mentee gets of it is copied into records, which keep it.
    """

    name: str
    """What the workplace is called: shown as where something comes from."""
    version: str
    """Numbers divided by dots or dashes, as the coordinator writes it."""
    date: date | None = None
    contact: str = ""
    """Whom to ask about the library, in any words."""
    language: str = "da"
    """The language that it is written in, "da" or "en". It is used in both."""
    questions: tuple[SharedQuestion, ...] = ()
    duties: tuple[SharedDuty, ...] = ()
    left_out: tuple[str, ...] = ()
    """Keys of built-in duties that this workplace does not use."""
    rhythms: tuple[SharedRhythm, ...] = ()
    templates: tuple[PlanTemplate, ...] = ()
    people: tuple[SharedPerson, ...] = ()
    tips: tuple[SharedTip, ...] = ()
    materials: tuple[SharedMaterial, ...] = ()
    texts: Mapping[str, SharedText] = field(default_factory=dict)
    """Key of a text -> it."""
    expectations: Mapping[str, SharedExpectation] = field(default_factory=dict)
    """Name of a field -> what is proposed for it."""


def use_shared(library: Callable[[], Shared | None] | Shared | None) -> None:
    """Use a library of the workplace from now on, or none.

    Args:
        library: The library, or what reads it when it is first asked for, which may not raise.
    """
    use_as_shared(library)


def shared() -> Shared | None:
    """Return the library of the workplace that is in use; None where there is none."""
    found: Shared | None = in_use()
    return found
