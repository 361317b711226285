"""What a task of the plan has not got yet: no blame, and nothing of one at rest."""

from __future__ import annotations

from data.i18n import _
from data.method.sparring import RESTING
from data.method.view import MenteeView
from data.records import Task


def lacks(view: MenteeView, task: Task) -> list[str]:
    """Return in a few words each what the guide asks for and the task has not got yet."""
    if task.status in RESTING:
        return []
    found = []
    if not view.goals_of(task.id):
        found.append(_("no goals"))
    if task.sparring_on is None:
        found.append(_("no sparring date"))
    if not task.next_step.strip():
        found.append(_("no next step"))
    return found
