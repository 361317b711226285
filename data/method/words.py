"""What the values of the records are called in the interface."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from data.dates import show_date
from data.durations import show_duration
from data.i18n import N_, _
from data.method.view import MenteeView
from data.records import (
    ActionState,
    CheckResult,
    CourseState,
    DutyKind,
    GoalKind,
    GoalStatus,
    KnowledgeKind,
    NoteKind,
    Part,
    PersonKind,
    Priority,
    RoleKind,
    Source,
    Step,
    TalkState,
    TaskStatus,
)

# By kind first: members of two enums with the same value are the same key.
_WORDS: Final[dict[type[StrEnum], dict[str, str]]] = {
    Step: {
        Step.OBSERVES: N_("Observes"),
        Step.TOGETHER: N_("Together"),
        Step.COACHED: N_("Alone with sparring"),
        Step.INDEPENDENT: N_("Independent"),
    },
    TaskStatus: {
        TaskStatus.PLANNED: N_("Planned"),
        TaskStatus.ACTIVE: N_("In progress"),
        TaskStatus.READY: N_("Ready for sparring"),
        TaskStatus.DONE: N_("Finished"),
        TaskStatus.PARKED: N_("Parked"),
    },
    Priority: {
        Priority.HIGH: N_("High"),
        Priority.MEDIUM: N_("Medium"),
        Priority.LOW: N_("Low"),
    },
    GoalKind: {
        GoalKind.KNOWLEDGE: N_("Knowledge"),
        GoalKind.SKILL: N_("Skill"),
        GoalKind.COMPETENCE: N_("Competence"),
    },
    GoalStatus: {
        GoalStatus.OPEN: N_("Not begun"),
        GoalStatus.WORKING: N_("Being worked on"),
        GoalStatus.REACHED: N_("Reached"),
    },
    Source: {
        Source.MENTOR: N_("Mentor"),
        Source.MANAGER: N_("Manager"),
        Source.MENTEE: N_("Mentee"),
    },
    CheckResult: {
        CheckResult.FINE: N_("As it should be"),
        CheckResult.ADJUSTED: N_("Adjusted"),
    },
    KnowledgeKind: {
        KnowledgeKind.COURSE: N_("Training course"),
        KnowledgeKind.RULE: N_("Rule"),
        KnowledgeKind.SYSTEM: N_("System"),
        KnowledgeKind.READING: N_("Reading"),
    },
    CourseState: {
        CourseState.ACTIVE: N_("Active"),
        CourseState.PAUSED: N_("Paused"),
        CourseState.CLOSED: N_("Closed"),
    },
    PersonKind: {
        PersonKind.PERSON: N_("Person"),
        PersonKind.NETWORK: N_("Network"),
    },
    RoleKind: {
        RoleKind.MENTOR: N_("Mentor"),
        RoleKind.BUDDY: N_("Buddy"),
        RoleKind.MANAGER: N_("Manager"),
        RoleKind.NEWCOMER: N_("New employee"),
        RoleKind.COLLEAGUES: N_("Colleagues"),
        RoleKind.OWN: N_("Own role"),
    },
    Part: {
        Part.MAIN: N_("Main responsibility"),
        Part.TAKES_PART: N_("Takes part"),
        Part.INFORMED: N_("Informed"),
    },
    DutyKind: {
        DutyKind.PROFESSIONAL: N_("Professional"),
        DutyKind.SOCIAL: N_("Social"),
        DutyKind.MANAGER: N_("Manager"),
        DutyKind.SYSTEM: N_("Case system"),
    },
    TalkState: {
        TalkState.PLANNED: N_("Planned"),
        TalkState.RUNNING: N_("Under way"),
        TalkState.HELD: N_("Held"),
        TalkState.POSTPONED: N_("Postponed"),
        TalkState.CANCELLED: N_("Cancelled"),
        TalkState.ARCHIVED: N_("Put aside"),
    },
    NoteKind: {
        NoteKind.NOTE: N_("Note"),
        NoteKind.SPARRING: N_("Sparring"),
        NoteKind.FEEDBACK: N_("Feedback"),
        NoteKind.PRAISE: N_("Recognition"),
        NoteKind.DOUBT: N_("Doubt or question"),
        NoteKind.TIP: N_("Tip"),
    },
    ActionState: {
        ActionState.OPEN: N_("To be done"),
        ActionState.DONE: N_("Carried out"),
        ActionState.DROPPED: N_("Dropped"),
    },
}
_FIELDS: Final = {
    "title": N_("Task"),
    "type": N_("Task type"),
    "description": N_("Description"),
    "priority": N_("Priority"),
    "estimate_min": N_("Expected time"),
    "actual_min": N_("Actual time"),
    "sparring_on": N_("Sparring when"),
    "sparring_held_on": N_("Sparring held"),
    "sparring_with": N_("Sparring with"),
    "next_step": N_("Next step"),
    "potential": N_("Development potential"),
    "potential_source": N_("Pointed out by"),
    "step": N_("Step"),
    "status": N_("Status"),
    "needs_check": N_("Quality check wanted"),
    "learned_on": N_("Learned on"),
    "first_used_on": N_("First used on"),
    "goal.text": N_("Learning goal"),
    "goal.status": N_("Learning goal"),
    "goal.due": N_("Learning goal by"),
    "goal.kind": N_("Kind of learning goal"),
}
_ENUMS: Final[dict[str, type[StrEnum]]] = {
    "priority": Priority,
    "step": Step,
    "status": TaskStatus,
    "potential_source": Source,
    "goal.kind": GoalKind,
    "goal.status": GoalStatus,
}


def word(value: StrEnum | None) -> str:
    """Return the translated word for a value; "" for None."""
    return "" if value is None else _(_WORDS[type(value)][value])


def field_label(name: str) -> str:
    """Return what a field of a `PlanEdit` is called; own columns keep their name."""
    return _(_FIELDS[name]) if name in _FIELDS else name.removeprefix("extra.")


def show_value(name: str, raw: str, view: MenteeView) -> str:
    """Return a value as it is kept in a `PlanEdit`, worded for the interface."""
    if not raw or name == "sparring_with":
        return view.name_of(raw)
    lead = ""
    if name == "goal.status":
        text, _sep, raw = raw.rpartition(": ")
        lead = f"{text}: "
    try:
        if name == "needs_check":
            raw = _("yes")
        elif name in _ENUMS:
            raw = word(_ENUMS[name](raw))
        elif name.endswith(("_on", ".due")):
            raw = show_date(date.fromisoformat(raw))
        elif name.endswith("_min"):
            raw = show_duration(int(raw))
    except ValueError:  # written by a newer program
        return lead + raw
    return lead + raw
