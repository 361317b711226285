"""Files as mentors publish them, for the tests of what is made of them."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

from data.logins import user_name
from data.published.schema import Published, PublishedMentee, Stage
from data.published.write import text_of

ME = user_name(os.geteuid())


def publish(
    folder: Path, name: str, *mentees: PublishedMentee, written: date, capacity: int | None = None
) -> Path:
    """Write what a mentor publishes, in one step as the program does."""
    path, new = folder / f"{name}.json", folder / f".{name}.new"
    new.write_text(text_of(Published(written, capacity, mentees)))
    new.replace(path)
    return path


def a_workplace(folder: Path, day: date) -> None:
    """Write what three mentors publish, the user among them, and a file that is something else."""
    folder.mkdir(exist_ok=True)
    fine = PublishedMentee(
        4711, 9, Stage.LEARNING, 3, 4, last_talk=day - timedelta(3), steps=2, steps_of=8
    )
    lacks = PublishedMentee("MK", 7, Stage.LEARNING, no_plan=True, no_buddy=True)
    closed = PublishedMentee(1234, phase=Stage.CLOSED, retention_due=day - timedelta(1))
    publish(folder, ME, fine, closed, written=day, capacity=3)
    publish(folder, "bo", fine, lacks, written=day - timedelta(20), capacity=2)
    publish(folder, "anna", *[fine] * 4, written=day)
    (folder / "foreign.json").write_text('{"format": 1}')
