"""The page of all mentors as JSON, for programs."""

from __future__ import annotations

from typing import Any

from data.published.figures import Counted
from data.published.overview import Mentor, Overview, Row
from data.published.overview_words import plain
from data.published.schema import MENTEE


def as_json(overview: Overview, counts: Counted) -> dict[str, Any]:
    """Return the page as JSON values; the fields of a mentee are those of the file."""
    return {
        "date": overview.day.isoformat(),
        "mentors": [
            {**capacity_as_json(one), "mentees": [_row(row) for row in one.rows]}
            for one in overview.mentors
        ],
        "counts": {
            "mentors": counts.mentors,
            "mentees": counts.mentees,
            "closed": counts.closed,
            "needs": {need.value: number for need, number in counts.needs.items()},
            "phases": {stage.name.lower(): number for stage, number in counts.phases.items()},
        },
        "figures": {
            measure.value: {
                "all": _rounded(found.whole),
                "phases": {
                    stage.name.lower(): _rounded(value) for stage, value in found.groups.items()
                },
            }
            for measure, found in counts.figures.items()
        },
        "to_look_at": [
            {"file": plain(one.path), "what": one.doubt.value, "why": one.why}
            for one in overview.doubted
        ],
    }


def capacity_as_json(mentor: Mentor) -> dict[str, Any]:
    """Return what there is of a mentor beside the mentees."""
    return {
        "mentor": plain(mentor.name),
        "file": plain(mentor.path),
        "written": mentor.written.isoformat(),
        "active": mentor.active,
        "capacity": mentor.capacity,
        "room": mentor.room,
        "doubts": [doubt.value for doubt in mentor.doubts],
    }


def _row(row: Row) -> dict[str, Any]:
    values = {name: getattr(row.mentee, name) for name in MENTEE}
    values = {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in values.items()
    }
    return {**values, "phase": row.mentee.phase.value, "needs": [need.value for need in row.needs]}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
