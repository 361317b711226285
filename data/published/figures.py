"""Counts of a whole workplace, and figures of groups that are large enough to hide everybody in.

They are asked with TinyDB's queries, of what is published, in memory. A figure (a mean, a median,
a share) of fewer than `FEWEST` mentees is never given, nor what would tell one: where the figure
of the whole is given, those who are in no group with a figure of its own are none, or as many.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING, Any, Final, TypeVar

from data.published.overview import Need, Overview, is_closed
from data.published.schema import Stage

if TYPE_CHECKING:
    from tinydb import TinyDB

FEWEST: Final = 5
"""So many mentees are the fewest that a figure may be made of."""
_TABLE: Final = "mentees"
G = TypeVar("G", bound=Hashable)
V = TypeVar("V")
_Docs = Sequence[Mapping[str, Any]]
"""Documents of mentees."""


class Measure(StrEnum):
    """What figures there are."""

    TALKS = "talks"
    """How many talks have been held, on average."""
    DAYS = "days"
    """How many days ago the last talk was, for the one in the middle."""
    STEPS = "steps"
    """How many of the tasks of the plan are done alone, in per cent of all."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A measure of the whole, and of the groups that may have it."""

    whole: float | None
    """None where there are too few mentees."""
    groups: Mapping[Stage, float]


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted of a workplace."""

    mentors: int
    mentees: int
    """The mentorships that are not closed."""
    closed: int
    needs: Mapping[Need, int]
    """How many mentees have each need; the closed ones are among them."""
    phases: Mapping[Stage, int]
    figures: Mapping[Measure, Figures]


def shown_groups(groups: Mapping[G, Sequence[V]]) -> tuple[bool, list[G]]:
    """Return whether the whole may have a figure, and which groups may.

    A group needs `FEWEST` values, and so do all values together that are in none of these groups,
    unless there are none: else the whole without the groups would tell of those few. Where they
    are too few, the smallest groups go without a figure until they are not.
    """
    total = sum(map(len, groups.values()))
    large = sorted(
        (key for key, values in groups.items() if len(values) >= FEWEST),
        key=lambda key: len(groups[key]),
    )
    rest = total - sum(len(groups[key]) for key in large)
    while large and 0 < rest < FEWEST:
        rest += len(groups[large.pop(0)])
    return total >= FEWEST, [key for key in groups if key in large]


def database_of(overview: Overview) -> TinyDB:
    """Return the mentees of a page as a TinyDB in memory, with the table "mentees"."""
    # Lazy loading: a start of the program does not wait for TinyDB.
    from data.store.database import database

    docs: dict[str, dict[str, Any]] = {}
    for mentor in overview.mentors:
        for row in mentor.rows:
            one = row.mentee
            docs[str(len(docs))] = {
                "closed": is_closed(one),
                "phase": one.phase.value,
                "held": one.talks_held,
                "days": _days_since(one.last_talk, overview.day),
                "steps": one.steps,
                "steps_of": one.steps_of,
                **{need.value: need in row.needs for need in Need},
            }
    return database({_TABLE: docs})


def _days_since(last: date | None, day: date) -> int | None:
    """Return how many days ago a talk was; None where there was none, or it is dated ahead."""
    return (day - last).days if last is not None and last <= day else None


def counted(overview: Overview) -> Counted:
    """Return what is counted of a page."""
    # Lazy loading, as above.
    from tinydb import where

    table = database_of(overview).table(_TABLE)
    is_open = where("closed") == False  # noqa: E712 - a query, not a comparison
    phases = {stage: table.count(where("phase") == stage.value) for stage in Stage}
    under_way = [one for one in Stage if one is not Stage.CLOSED]
    by_phase: dict[Stage, _Docs] = {
        one: table.search(where("phase") == one.value) for one in under_way
    }
    return Counted(
        mentors=len(overview.mentors),
        mentees=table.count(is_open),
        closed=phases[Stage.CLOSED],
        needs={need: table.count(where(need.value) == True) for need in Need},  # noqa: E712
        phases=phases,
        figures={measure: _figures(measure, by_phase) for measure in Measure},
    )


def _figures(measure: Measure, by_phase: Mapping[Stage, _Docs]) -> Figures:
    has, made = _MEASURES[measure]
    groups = {stage: [doc for doc in docs if has(doc)] for stage, docs in by_phase.items()}
    whole, shown = shown_groups(groups)
    everybody = [doc for docs in groups.values() for doc in docs]
    return Figures(
        made(everybody) if whole else None, {stage: made(groups[stage]) for stage in shown}
    )


def _mean_of_talks(docs: _Docs) -> float:
    return float(sum(doc["held"] for doc in docs) / len(docs))


def _middle_of_days(docs: _Docs) -> float:
    return float(median(doc["days"] for doc in docs))


def _share_of_steps(docs: _Docs) -> float:
    done, of = (sum(doc[name] for doc in docs) for name in ("steps", "steps_of"))
    return float(100 * done / of)


_MEASURES: Final[
    Mapping[Measure, tuple[Callable[[Mapping[str, Any]], bool], Callable[[_Docs], float]]]
] = {
    Measure.TALKS: (lambda doc: doc["phase"] > Stage.PREPARATION, _mean_of_talks),
    Measure.DAYS: (lambda doc: doc["days"] is not None, _middle_of_days),
    Measure.STEPS: (lambda doc: doc["steps_of"] > 0, _share_of_steps),
}
"""Measure -> of which mentees it is made, and how."""
