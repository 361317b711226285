"""The mentee, the people around the mentee, and what was agreed between them."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from data.frozen import Frozen, frozen
from data.records.base import MenteeRecord, Record, text_field


class CourseState(StrEnum):
    """Where the mentoring course stands (guide: "i en periode")."""

    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


@frozen
class Mentee(Record):
    """The newly hired colleague and the course of mentoring (R5, R7)."""

    table: ClassVar[str] = "mentees"

    name: str
    title: str = ""
    team: str = ""
    start: date | None = None
    """First day at work; may lie in the future (preboarding)."""
    ends: date | None = None
    """Planned end of the mentoring period."""
    newly_qualified: bool = False
    state: CourseState = CourseState.ACTIVE
    closed_on: date | None = None
    rhythm: str = "standard"
    """Key of the rhythm of talks in `data.method.talk.rhythm`."""
    plan_agreed_on: date | None = None
    """The "Aftalt" stamp of the plan (R15)."""
    plan_agreed_by: tuple[str, ...] = ()
    """Names, as they were on that day."""
    plan_agreed_rows: dict[str, str] = field(default_factory=dict)
    """Task id -> digest of what was agreed on that row, so that a later change is seen (R15)."""
    plan_updated_on: date | None = None
    """When the plan was last updated together in a talk (R56)."""
    roles_seen_on: date | None = None
    """When the page "Hvem gør hvad" was gone through with the mentee (R73)."""
    culture_seen_on: date | None = None
    """When the team's sparring culture was gone through with the mentee (R42)."""
    about: str = text_field()
    example: bool = False
    """Part of the built-in worked example, which is removed in one action (R25)."""
    columns: tuple[str, ...] = ()
    """Names of the workplace's own columns of the plan (R16)."""


class PersonKind(StrEnum):
    """A person, or a network of people one can join (R67)."""

    PERSON = "person"
    NETWORK = "network"


@frozen
class Person(Record):
    """Somebody (or a network) at the workplace, shared by all mentees (R4, R9, R22)."""

    table: ClassVar[str] = "people"

    name: str
    kind: PersonKind = PersonKind.PERSON
    title: str = ""
    knows: str = ""
    """What the person knows about."""
    contact: str = ""
    archived: bool = False
    """No longer offered, still named on old plans."""
    example: bool = False


@frozen
class Introduction(MenteeRecord):
    """A knowledge person or network that the mentee is to meet (R9, R67)."""

    table: ClassVar[str] = "introductions"

    person_id: str
    about: str = ""
    by_id: str = ""
    """The person who introduces."""
    planned_on: date | None = None
    done_on: date | None = None


class RoleKind(StrEnum):
    """The three roles of the guide, the newcomer, the colleagues, and own columns (R58)."""

    MENTOR = "mentor"
    BUDDY = "buddy"
    MANAGER = "manager"
    NEWCOMER = "newcomer"
    COLLEAGUES = "colleagues"
    OWN = "own"


@frozen
class Holder(Frozen):
    """Who held a role earlier."""

    person_id: str
    until: date


@frozen
class Role(MenteeRecord):
    """A column of the role matrix and the person behind it (R58, R68)."""

    table: ClassVar[str] = "roles"

    kind: RoleKind
    name: str = ""
    """Only for own roles; the others are named by the interface."""
    person_id: str = ""
    relation: str = ""
    """For example office mate, or same team (R68)."""
    ask_about: str = text_field()
    """What the newcomer can ask this person about (R73)."""
    order: float = 0.0
    earlier: tuple[Holder, ...] = ()


class Part(StrEnum):
    """A role's part in a duty."""

    MAIN = "main"
    TAKES_PART = "takes_part"
    INFORMED = "informed"


class DutyKind(StrEnum):
    """What sort of duty it is; it decides which progress it counts in and how it comes due."""

    PROFESSIONAL = "professional"
    SOCIAL = "social"
    """The buddy's duties: they make the social progress (R2, R66)."""
    MANAGER = "manager"
    """Touch-points with the manager (R70)."""
    SYSTEM = "system"
    """Access to and introduction to a case system (R60)."""


@frozen
class Duty(MenteeRecord):
    """A row of the role matrix: who does what, when, and done on which day (R59-R70)."""

    table: ClassVar[str] = "duties"

    text: str
    kind: DutyKind = DutyKind.PROFESSIONAL
    parts: dict[str, Part] = field(default_factory=dict)
    """Role id -> part. Roles without a part are left out."""
    order: float = 0.0
    due: date | None = None
    done_on: date | None = None
    done_by: str = ""
    """Person id."""
    access_ordered_on: date | None = None
    """For systems: access ordered (R60)."""
    access_on: date | None = None
    """For systems: access works since."""
    first_used_on: date | None = None
    """For systems: used for the first time."""
    key: str = ""
    """Key of the default row that it came from, so that a library row is not added twice."""


@frozen
class Agreement(MenteeRecord):
    """The one-page alignment of expectations (R84, R76, R28)."""

    table: ClassVar[str] = "agreements"

    purpose: str = text_field()
    minutes: int | None = None
    """Planned length of a talk, in minutes."""
    place: str = ""
    rhythm_text: str = ""
    cancelling: str = text_field()
    contact_between: str = text_field()
    confidentiality: str = text_field()
    mentee_expects: str = text_field()
    mentor_expects: str = text_field()
    hours_mentee: str = ""
    """Agreed protected time a week."""
    hours_mentor: str = ""
    manager_confirmed_on: date | None = None
    agreed_on: date | None = None
    review_on: date | None = None
