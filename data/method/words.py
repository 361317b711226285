"""What the values of enums in the records are called in the interface."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from data.i18n import N_, _
from data.records import (
    ActionState,
    CheckResult,
    CourseState,
    DutyKind,
    EntryKind,
    GoalKind,
    GoalStatus,
    KnowledgeKind,
    LoanSide,
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

# Each enum has a dict of its own: as keys of one dict, members with the same value would be equal.
_WORDS: Final[dict[type[StrEnum], dict[str, str]]] = {
    Step: {
        Step.OBSERVES: N_("Observing"),
        Step.TOGETHER: N_("Together"),
        Step.COACHED: N_("On their own, with sparring"),
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
        GoalStatus.OPEN: N_("Not started"),
        GoalStatus.WORKING: N_("In progress"),
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
        RoleKind.NEWCOMER: N_("Newcomer"),
        RoleKind.COLLEAGUES: N_("Colleagues"),
        RoleKind.OWN: N_("Own role"),
        RoleKind.CO_MENTOR: N_("Co-mentor"),
    },
    LoanSide: {
        LoanSide.LENT: N_("Lent"),
        LoanSide.BORROWED: N_("Borrowed"),
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
        TalkState.RUNNING: N_("In progress"),
        TalkState.HELD: N_("Held"),
        TalkState.POSTPONED: N_("Postponed"),
        TalkState.CANCELLED: N_("Cancelled"),
        TalkState.ARCHIVED: N_("Archived"),
    },
    EntryKind: {
        EntryKind.TALK: N_("Talk"),
        EntryKind.SPARRING: N_("Sparring"),
        EntryKind.MANAGER: N_("Manager"),
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
        ActionState.DONE: N_("Done"),
        ActionState.DROPPED: N_("Dropped"),
    },
}


def word(value: StrEnum | None) -> str:
    """Return the translated word for a value; "" for None."""
    return "" if value is None else _(_WORDS[type(value)][value])


_SHORT_STEPS: Final = {
    Step.OBSERVES: N_("Observing"),
    Step.TOGETHER: N_("Together"),
    Step.COACHED: N_("With sparring"),
    Step.INDEPENDENT: N_("Independent"),
}


def short_step(step: Step) -> str:
    """Return the name of a training step in a word or two, for a cell or a legend, translated."""
    return _(_SHORT_STEPS[step])


def msgids_of(value: StrEnum) -> tuple[str, ...]:
    """Return the msgids of all words for a value, for what reads them in any language."""
    words = (_WORDS[type(value)][value],)
    return (*words, _SHORT_STEPS[value]) if isinstance(value, Step) else words


def show_percent(number: int) -> str:
    """Return a number of percent as the language writes it: 52%, or in Danish 52 %."""
    return _("{number}%").format(number=number)


def show_tenths(number: float) -> str:
    """Return a number of 0 or more with one decimal as the language writes it: 4.2, or 4,2."""
    whole, tenths = divmod(round(number * 10), 10)
    return _("{whole}.{tenths}").format(whole=whole, tenths=tenths)
