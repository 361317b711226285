"""Which sheet opens which record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from data.records import Action, Duty, Introduction, Knowledge, Record, Talk, Task
from tui.cli.plain.desk import Desk
from tui.cli.plain.place import Place
from tui.cli.plain_job.actions import ActionSheet
from tui.cli.plain_job.duties import DutySheet
from tui.cli.plain_job.knowledge import KnowledgeSheet
from tui.cli.plain_job.people import IntroductionSheet
from tui.cli.plain_job.talks import TalkSheet
from tui.cli.plain_job.task import TaskSheet

_SHEETS: Final[dict[type[Record], Callable[[Desk, str, str], Place]]] = {
    Task: TaskSheet,
    Action: ActionSheet,
    Talk: TalkSheet,
    Introduction: IntroductionSheet,
    Duty: DutySheet,
    Knowledge: KnowledgeSheet,
}


def sheet_of(desk: Desk, mentee_id: str, record_id: str) -> Place | None:
    """Return the place that shows the record with an id; None where there is none."""
    for kind, sheet in _SHEETS.items():
        if record_id and desk.store.get(kind, record_id) is not None:
            return sheet(desk, mentee_id, record_id)
    return None
