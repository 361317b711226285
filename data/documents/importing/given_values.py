"""What a form held when it was given out, and who has changed it since.

A `Written` record has a digest of each value that was given out. So when the form comes back, a
value can be told to be as it was: in the form, in the records, or in neither.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import Final

from data.digest import sha256
from data.frozen import immutable
from data.method.plan.fields import Kind, TaskField, fields_of, stored_text, value_of
from data.method.view import MenteeView
from data.records import Task, Written

GIVEN: Final = ("plan", "roles", "expectations")
"""The kinds of documents that can come back changed, by key."""
GOAL_FIELDS: Final = ("text", "kind", "status", "due")
AGREEMENT_FIELDS: Final = (
    *("purpose", "rhythm_text", "minutes", "place", "cancelling", "contact_between"),
    *("confidentiality", "mentee_expects", "mentor_expects", "hours_mentee", "hours_mentor"),
    "review_on",
)
APART: Final = (Kind.GOALS, Kind.LOG)
"""Kinds of fields that are not one value of the task."""
NUMBER: Final = "number"
_LENGTH: Final = 10


def digest_of(value: str) -> str:
    """Return the short digest of a value; "" for an empty one. Blanks around it do not count."""
    text = " ".join(value.split())
    return sha256(text.encode()).hex()[:_LENGTH] if text else ""


def taken_as(id: str, field: str, value: str) -> str:
    """Return how `Written.taken` has a value of a field of a record."""
    return f"{id}.{field}={digest_of(value)}"


def digests_of(view: MenteeView, what: str) -> dict[str, str]:
    """Return id of a record, "." and field -> digest of each value that a document gives out.

    `what` is one of `GIVEN`; other documents have none.
    """
    values = _VALUES.get(what)
    if values is None:
        return {}
    return {key: digest for key, value in values(view) if (digest := digest_of(value))}


def comparable(view: MenteeView, task: Task, field: TaskField) -> str:
    """Return the value of a task's field as digests are made of it: a person by name."""
    value = value_of(task, field.key)
    if field.kind is Kind.YES and not value:
        return "no"
    return view.name_of(value) if field.kind is Kind.PERSON else stored_text(value)


def _plan(view: MenteeView) -> Iterator[tuple[str, str]]:
    fields = [one for one in fields_of(view.mentee.columns) if one.kind not in APART]
    for number, task in enumerate(view.tasks, 1):
        yield f"{task.id}.{NUMBER}", str(number)
        for field in fields:
            yield f"{task.id}.{field.key}", comparable(view, task, field)
        for goal in view.goals_of(task.id):
            for name in GOAL_FIELDS:
                yield f"{goal.id}.{name}", stored_text(getattr(goal, name))


def _roles(view: MenteeView) -> Iterator[tuple[str, str]]:
    for role in view.roles:
        yield f"{role.id}.person_id", view.name_of(role.person_id)
        yield f"{role.id}.relation", role.relation
        yield f"{role.id}.ask_about", role.ask_about
        yield f"{role.id}.until", stored_text(role.until)
        person = view.people.get(role.person_id)
        if person is not None:
            yield f"{person.id}.contact", person.contact
    for duty in view.duties:
        yield f"{duty.id}.text", duty.text
        yield f"{duty.id}.due", stored_text(duty.due)
        yield f"{duty.id}.done_on", stored_text(duty.done_on)
        for role_id, part in duty.parts.items():
            yield f"{duty.id}.{role_id}", part.value


def _expectations(view: MenteeView) -> Iterator[tuple[str, str]]:
    agreement = view.agreement
    if agreement is not None:
        for name in AGREEMENT_FIELDS:
            yield f"{agreement.id}.{name}", stored_text(getattr(agreement, name))


_VALUES: Final[Mapping[str, Callable[[MenteeView], Iterator[tuple[str, str]]]]] = {
    "plan": _plan,
    "roles": _roles,
    "expectations": _expectations,
}


_NAMES: Final = {"plan": (".title",), "roles": (".text",), "expectations": ("",)}
"""Kind of document -> the ends of keys of what a form is known by: most of it must be there."""


def likeliest(
    several: Iterable[Written], names: Iterable[str], values: Iterable[str]
) -> list[Written]:
    """Return what a form without a mark may be made of, the likeliest first; [] if it is like none.

    CSV and text have no place for a mark, and other programs may drop that of a Word file. A form
    that was given out has most of its names, or has lost rows but holds few names of its own. And
    it holds more of what it was given out with than of what was given out at another time. If
    one edit may make the difference, it can be of either.

    Args:
        several: What was given out about the mentee, as this kind of document.
        names: The texts in the form that name its records, such as titles of tasks.
        values: All texts in the form; of learning goals, those without what is said of them.
    """
    named = {digest_of(name) for name in names} - {""}
    there = named | {digest_of(value) for value in values}
    like: list[tuple[int, str, Written]] = []
    for written in several:
        digests, ends = written.digests, _NAMES[written.what]
        given = {one for key, one in digests.items() if key.endswith(ends)}
        if not given & named or len(given & named) * 2 < min(len(given), len(named)):
            continue
        found = sum(one in there for one in digests.values())
        like.append((found, written.id, written))
    like.sort(key=lambda one: one[:2], reverse=True)
    return [written for found, _id, written in like if found + 1 >= like[0][0]]


class Since(Enum):
    """Who has changed a value since it was given out."""

    NOBODY = "nobody"
    """Nothing is to be done: the form has the same, or nothing, or only the records changed."""
    FORM = "form"
    """The form has a new value: it is taken."""
    BOTH = "both"
    """Both have: neither may be lost."""


@immutable
class Base:
    """What a form held when it was given out; if none was given out, whatever differs is new."""

    digests: Mapping[str, str]
    known: frozenset[str]
    """Ids of the records that were given out."""
    certain: bool = True
    """Whether the form bears the mark; else it only looks like what was given out."""
    others: tuple[Mapping[str, str], ...] = ()
    """The digests of what it may be made of as well."""
    doubtful: bool = False
    """Whether forms were given out, and this one is like none: what differs may be old or new."""
    written: Written | None = None
    """The record of what was given out, in which is noted what has been imported of it."""
    taken: frozenset[str] = frozenset()
    """What it says has been imported, see `Written.taken`."""
    goes_on: bool = False
    """Whether the form is a later state of one that has been imported: it holds most of that."""
    waiting: frozenset[tuple[str, str, str]] = frozenset()
    """Id of a record, field and value of what was imported before and waits for a decision."""

    @classmethod
    def of(cls, written: Written | None) -> Base:
        """Return the base of a form with the mark of this record, or of one nobody gave out."""
        digests = written.digests if written is not None else {}
        taken = frozenset(written.taken if written is not None else ())
        certain = written is not None
        return cls(digests, _ids(digests), certain=certain, written=written, taken=taken)

    @classmethod
    def among(cls, like: Sequence[Written]) -> Base:
        """Return the base of a form without a mark that is one of these, the likeliest first.

        Forms were given out: if it is like none of them, what differs may be old or new.
        """
        if not like:
            return cls({}, frozenset(), certain=False, doubtful=True)
        digests, *others = (one.digests for one in like)
        return cls(
            digests,
            _ids(digests),
            certain=False,
            others=tuple(others),
            written=like[0],
            taken=frozenset(like[0].taken),
        )

    def was(self, id: str, field: str, value: str) -> bool:
        """Whether a field was given out with this value, or has been imported with it before."""
        given = id in self.known and self.digests.get(f"{id}.{field}", "") == digest_of(value)
        return given or self.was_taken(id, field, value)

    def was_taken(self, id: str, field: str, value: str) -> bool:
        """Whether a field of a record has been imported with this value before."""
        return bool(self.taken) and taken_as(id, field, value) in self.taken

    def was_of_another(self, there: Container[str], field: str, value: str) -> bool:
        """Whether a record that is not `there` any more was given out, or made, with this value."""
        ids = self.known.union(one.partition(".")[0] for one in self.taken)
        return any(self.was(id, field, value) for id in ids if id not in there)

    def since(self, id: str, field: str, *, form: str, here: str) -> Since:
        """Return who has changed a field of a record since it was given out.

        Args:
            id: The id of the record.
            field: The name of the field.
            form: The value in the form, as `stored_text` or `comparable` makes it. An empty one
                changes nothing.
            here: The value in the record, likewise.
        """
        if not form.strip() or digest_of(form) == digest_of(here):
            return Since.NOBODY
        if self.was_taken(id, field, form):
            return Since.NOBODY
        if self.doubtful and here.strip():
            return Since.BOTH
        if id not in self.known or not here.strip():
            return Since.NOBODY if self.was(id, field, form) else Since.FORM
        if self.was(id, field, form):
            return Since.NOBODY
        now = digest_of(here)
        sure = all(one.get(f"{id}.{field}", "") == now for one in (self.digests, *self.others))
        came_from_it = self.goes_on and self.was_taken(id, field, here)
        return Since.FORM if sure or came_from_it else Since.BOTH

    def with_values(self, values: Iterable[str]) -> Base:
        """Return the base of a form with these texts, which may have been imported before."""
        there = {digest_of(value) for value in values}
        taken = {one.rpartition("=")[2] for one in self.taken}
        return replace(self, goes_on=bool(taken) and len(taken & there) * 2 >= len(taken))


def _ids(digests: Mapping[str, str]) -> frozenset[str]:
    return frozenset(key.partition(".")[0] for key in digests)
