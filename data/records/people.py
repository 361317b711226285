"""The mentee, the people around the mentee, who does what, and what they expect of each other."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from data.frozen import Frozen, frozen
from data.records.base import PASSING, MenteeRecord, Record, new_mentee_id, refers, text_field


class CourseState(StrEnum):
    """How far a mentorship has come (in the guide: "i en periode")."""

    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


@frozen
class Mentee(Record):
    """A newly hired colleague, and the mentorship with them (R5, R7)."""

    table: ClassVar[str] = "mentees"

    id: str = field(default_factory=new_mentee_id)
    name: str
    title: str = ""
    """The mentee's job title."""
    team: str = ""
    start: date | None = None
    """The first day at work. It may be in the future: there is much to do before it."""
    ends: date | None = None
    """The day on which the mentorship is planned to end."""
    newly_qualified: bool = False
    """Whether this is the mentee's first job after the education for it."""
    state: CourseState = CourseState.ACTIVE
    back_on: date | None = None
    """The day on which a paused mentorship goes on; None if nobody knows yet."""
    closed_on: date | None = None
    """The day on which the mentorship was closed."""
    rhythm: str = "standard"
    """How often talks are held: a key of `data.library.talk_rhythms`."""
    plan_agreed_on: date | None = None
    """The day on which the plan was agreed on together: its stamp "Aftalt" (R15)."""
    plan_agreed_by: tuple[str, ...] = ()
    """The names of those who agreed, as they were on that day."""
    plan_agreed_rows: dict[str, str] = field(default_factory=dict)
    """Id of a task -> digest of what was agreed about it, to see what has changed since (R15)."""
    plan_agreed_initials: str = ""
    """What the mentee typed at the mentor's keyboard to agree; empty in older files."""
    plan_agreed_sum: str = field(default="", metadata=PASSING)
    """Checksum of the stamp and of the plan as it stood (`stamp_sum`); empty in older files."""
    plan_updated_on: date | None = None
    """The last day on which the plan was updated together in a talk (R56)."""
    roles_seen_on: date | None = None
    """The day on which mentor and mentee went through the page "Hvem gør hvad" (R73)."""
    culture_seen_on: date | None = None
    """The day on which they went through the sparring culture of the team (R42)."""
    manager_wishes: str = text_field()
    """What mentor and mentee wish from the manager: it stands in the manager's status (R71)."""
    status_agreed_on: date | None = None
    """The day on which mentor and mentee agreed on what the manager's status says (R71)."""
    status_agreed_sum: str = field(default="", metadata=PASSING)
    """Checksum of what the status said then, to see whether it has changed since."""
    held_since: date | None = None
    """Since when nothing about the mentee may be deleted; None while it may."""
    held_why: str = ""
    """Why, in a few words."""
    extract_asked_on: date | None = None
    """The day on which the mentee asked for all that is kept about them, the last time."""
    extract_given_on: date | None = None
    """The day on which they got it."""
    about: str = text_field()
    """What is good to know about the mentee."""
    example: bool = False
    """Whether the mentee belongs to the example data, which can be removed all at once (R25)."""
    columns: tuple[str, ...] = ()
    """The names of the columns that the workplace has added to the plan (R16)."""


class PersonKind(StrEnum):
    """Whether a record of `Person` is one person, or a network that one can join (R67)."""

    PERSON = "person"
    NETWORK = "network"


@frozen
class Person(Record):
    """A person or a network at the workplace, the same for all mentees (R4, R9, R22)."""

    table: ClassVar[str] = "people"

    name: str
    kind: PersonKind = PersonKind.PERSON
    title: str = ""
    knows: str = ""
    """What to ask this person about."""
    contact: str = ""
    """How to reach the person, in any words."""
    archived: bool = False
    """Whether the person is no longer offered in lists. Old plans still show the name."""
    shared_key: str = ""
    """The person's key in the workplace's library (R77); "" for one of the mentor's own."""
    shared_says: dict[str, str] = field(default_factory=dict, metadata=PASSING)
    """Field -> what the library said last: a field that still says that follows the library.

    Beside the fields, "library" and "version" say which one it was.
    """
    example: bool = False
    """Whether the person belongs to the example data, which can be removed all at once (R25)."""


@frozen
class Introduction(MenteeRecord):
    """A resource person or network that the mentee is to meet (R9, R67)."""

    table: ClassVar[str] = "introductions"

    person_id: str = field(metadata=refers("people"))
    """Id of the person to meet."""
    about: str = ""
    """What they are to talk about."""
    by_id: str = field(default="", metadata=refers("people"))
    """Id of the person who introduces them."""
    planned_on: date | None = None
    done_on: date | None = None
    """The day on which they met."""


class RoleKind(StrEnum):
    """Whose column of the role matrix it is (R58).

    The guide has three roles, beside the newcomer and the colleagues. A workplace may add its own.
    """

    MENTOR = "mentor"
    BUDDY = "buddy"
    MANAGER = "manager"
    NEWCOMER = "newcomer"
    COLLEAGUES = "colleagues"
    OWN = "own"
    CO_MENTOR = "co_mentor"
    """Another mentor beside the main one, for a holiday or an illness. It comes last: a kind that
    cannot be read is taken as the first."""


@frozen
class Holder(Frozen):
    """A person who had a role before."""

    person_id: str
    until: date
    """The day on which somebody else took it over."""


@frozen
class Role(MenteeRecord):
    """A role around the mentee, and who has it: a column of the role matrix (R58, R68)."""

    table: ClassVar[str] = "roles"

    kind: RoleKind
    name: str = ""
    """The name of a role that the workplace has added; of a second or later co-mentor its number.
    The others have theirs from the program."""
    person_id: str = field(default="", metadata=refers("people"))
    """Id of the person who has the role; empty while nobody has."""
    relation: str = ""
    """How the person and the mentee meet in everyday work, such as "shares an office" (R68)."""
    ask_about: str = text_field()
    """What the newcomer can ask this person about (R73)."""
    order: float = field(default=0.0, metadata=PASSING)
    """Its place in the matrix: columns are sorted by this number."""
    earlier: tuple[Holder, ...] = field(default=(), metadata=refers("people", at="person_id"))
    """Those who had the role before, the oldest first."""
    until: date | None = None
    """The last day of a co-mentor; None while the role has no end."""


class Part(StrEnum):
    """What part a role has in a duty."""

    MAIN = "main"
    """The role sees to it that the duty is done."""
    TAKES_PART = "takes_part"
    INFORMED = "informed"


class DutyKind(StrEnum):
    """What kind of duty it is: where it counts as progress, and when it needs attention."""

    PROFESSIONAL = "professional"
    SOCIAL = "social"
    """A duty of the buddy: it counts in the social progress (R2, R66)."""
    MANAGER = "manager"
    """A meeting with the manager (R70)."""
    SYSTEM = "system"
    """Access to an IT system, and an introduction to it (R60)."""


@frozen
class Duty(MenteeRecord):
    """Something that the people around the mentee do: a row of the role matrix (R59-R70)."""

    table: ClassVar[str] = "duties"

    text: str
    """What is to be done."""
    kind: DutyKind = DutyKind.PROFESSIONAL
    parts: dict[str, Part] = field(default_factory=dict, metadata=refers("roles"))
    """Id of a role -> its part in the duty. Roles that have no part are not in it."""
    order: float = field(default=0.0, metadata=PASSING)
    """Its place in the matrix: rows are sorted by this number."""
    due: date | None = None
    """The day by which it is to be done."""
    done_on: date | None = None
    done_by: str = field(default="", metadata=refers("people"))
    """Id of the person who did it."""
    access_ordered_on: date | None = None
    """For systems, as are the next two: the day on which the access was ordered (R60)."""
    access_on: date | None = None
    """The day since which the access works."""
    first_used_on: date | None = None
    """The day on which the mentee used the system for the first time."""
    key: str = ""
    """The key of the duty of the library that it came from, so that it is not added twice."""


@frozen
class Agreement(MenteeRecord):
    """The expectations that mentor and mentee have agreed on, on one page (R84, R76, R28)."""

    table: ClassVar[str] = "agreements"

    purpose: str = text_field()
    """What the mentorship is for."""
    minutes: int | None = None
    """How long a talk is planned to take, in minutes."""
    place: str = ""
    """Where talks are held."""
    rhythm_text: str = ""
    """How often talks are held, in their own words."""
    cancelling: str = text_field()
    """What they do when one of them cannot come to a talk."""
    contact_between: str = text_field()
    """How they keep in touch between talks."""
    confidentiality: str = text_field()
    """What stays between the two of them."""
    mentee_expects: str = text_field()
    mentor_expects: str = text_field()
    hours_mentee: str = ""
    """The working time a week that is set aside for the mentee, such as "2 hours"."""
    hours_mentor: str = ""
    """The same for the mentor."""
    manager_confirmed_on: date | None = None
    """The day on which the manager confirmed the time."""
    agreed_on: date | None = None
    """The last day on which they agreed on it."""
    agreed_earlier: tuple[date, ...] = ()
    """The days on which they had agreed on it before, the first one first."""
    review_on: date | None = None
    """The day on which they will look at their expectations again."""
