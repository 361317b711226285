"""The needs map: mentee and mentor each give their view of the needs, in rounds (R14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from data.method.indexed import grouped, once_for_each
from data.method.view import MenteeView
from data.records import Need, part_id
from data.store.change import Change


def latest_round(view: MenteeView) -> int:
    """Return the number of the latest round; the first is 1."""
    return max((need.round for need in view.needs), default=1)


def current_needs(view: MenteeView) -> list[Need]:
    """Return the needs of the latest round, in their order."""
    number = latest_round(view)
    return [need for need in view.needs if need.round == number]


def earlier(view: MenteeView, need: Need) -> Need | None:
    """Return the same need in the last round before, or None. Another area now does not matter."""
    if need.earlier_id:
        return view.need(need.earlier_id)
    same = _by_area(view).get(need.area.casefold(), ())
    found = [one for one in same if one.round < need.round]
    return max(found, key=lambda one: one.round, default=None)


def with_earlier(view: MenteeView, need: Need) -> Need:
    """Return the need with the id of the one before it, which older files do not have.

    So they stay together when the area is given another name.
    """
    before = earlier(view, need)
    return replace(need, earlier_id=before.id) if before and not need.earlier_id else need


def with_view(need: Need, today: date, **views: str) -> Need:
    """Return the need with how somebody sees it; the day of the first view is noted.

    `views` are `mentee_view` and `mentor_view`; the need is the same where there are none.
    """
    return replace(need, **views, on=need.on or today) if views else need  # type: ignore[arg-type]


def in_plan(view: MenteeView, need: Need) -> bool:
    """Whether the need came from a task or a task from the need, in this round or before."""
    origins = _origins(view)
    return any(
        one.id in origins or view.task(one.origin) is not None for one in _all_rounds(view, need)
    )


@once_for_each
def _by_area(view: MenteeView) -> Mapping[str, tuple[Need, ...]]:
    return grouped(view.needs, lambda need: need.area.casefold())


@once_for_each
def _origins(view: MenteeView) -> frozenset[str]:
    """Return the ids of the needs and talks that tasks come from."""
    return frozenset(task.origin for task in view.tasks if task.origin)


def unplanned(view: MenteeView) -> list[Need]:
    """Return the needs of the latest round for which the plan has no task."""
    return [need for need in current_needs(view) if not in_plan(view, need)]


def next_round(view: MenteeView, on: date) -> list[Change]:
    """Return the changes that begin a new round on a day.

    It has the same needs, tied to those before, and both views are empty, to be given again. If two
    sessions begin it at the same time, they make the same needs.
    """
    again = [
        Need(
            id=part_id(need.id, "next round"),
            mentee_id=need.mentee_id,
            area=need.area,
            need=need.need,
            priority=need.priority,
            origin=need.origin,
            round=need.round + 1,
            on=on,
            earlier_id=need.id,
        )
        for need in current_needs(view)
    ]
    return [Change.created(need) for need in again]


def _all_rounds(view: MenteeView, need: Need) -> list[Need]:
    """Return the need in this round and in all rounds before it."""
    found = [need]
    while (before := earlier(view, found[-1])) is not None and before not in found:
        found.append(before)
    return found
