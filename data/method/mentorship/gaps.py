"""Gaps: what is missing in a mentorship, such as a mentor, a plan or the next talk (R57, R81).

A gap is about what surrounds the mentee, never about the mentee, and its wording blames nobody.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from data.i18n import N_, _, ngettext
from data.method.mentorship.needs import unplanned
from data.method.plan.knowledge import unlinked
from data.method.plan.lacks import without_goals
from data.method.view import MenteeView
from data.records import CourseState, Duty, Part, RoleKind


class GapKind(StrEnum):
    """What is missing, the most important first."""

    NO_MENTOR = "no_mentor"
    NO_BUDDY = "no_buddy"
    NO_MANAGER = "no_manager"
    ONE_PERSON = "one_person"
    MENTOR_IS_MANAGER = "mentor_is_manager"
    NO_NEXT_TALK = "no_next_talk"
    TALK_MISSED = "talk_missed"
    NO_TASKS = "no_tasks"
    NO_GOALS = "no_goals"
    NO_AGREEMENT = "no_agreement"
    ROLES_NOT_SEEN = "roles_not_seen"
    NO_MAIN = "no_main"
    SEVERAL_MAIN = "several_main"
    NEED_UNPLANNED = "need_unplanned"
    KNOWLEDGE_UNLINKED = "knowledge_unlinked"


_PLACES: Final = {kind: place for place, kind in enumerate(GapKind)}
_SHORT: Final = {
    GapKind.NO_MENTOR: N_("no mentor"),
    GapKind.NO_BUDDY: N_("no buddy"),
    GapKind.NO_MANAGER: N_("no manager"),
    GapKind.ONE_PERSON: N_("one person has all roles"),
    GapKind.MENTOR_IS_MANAGER: N_("mentor is manager"),
    GapKind.NO_NEXT_TALK: N_("no next talk"),
    GapKind.TALK_MISSED: N_("talk not held"),
    GapKind.NO_TASKS: N_("no tasks"),
    GapKind.NO_GOALS: N_("no goals"),
    GapKind.NO_AGREEMENT: N_("expectations not agreed"),
    GapKind.ROLES_NOT_SEEN: N_("roles not gone through"),
    GapKind.NO_MAIN: N_("no main responsibility"),
    GapKind.SEVERAL_MAIN: N_("shared main responsibility"),
    GapKind.NEED_UNPLANNED: N_("need without task"),
    GapKind.KNOWLEDGE_UNLINKED: N_("knowledge without task"),
}
_SENTENCES: Final = {
    GapKind.NO_MENTOR: N_("The role of mentor has not been assigned."),
    GapKind.NO_BUDDY: N_("The role of buddy has not been assigned."),
    GapKind.NO_MANAGER: N_("The role of manager has not been assigned."),
    GapKind.ONE_PERSON: N_("{names} has all three roles; the guide advises sharing them."),
    GapKind.MENTOR_IS_MANAGER: N_(
        "{names} is both mentor and manager: agree on how talks and assessment are kept apart."
    ),
    GapKind.NO_NEXT_TALK: N_("No next talk has been planned."),
    GapKind.TALK_MISSED: N_(
        "The date of the next talk has passed: find a new one, or mark the talk as held."
    ),
    GapKind.NO_TASKS: N_("The plan has no tasks yet."),
    GapKind.NO_AGREEMENT: N_("Expectations have not been agreed yet."),
    GapKind.ROLES_NOT_SEEN: N_("The newcomer has not gone through the roles."),
}
_SCREENS: Final = {
    GapKind.NO_NEXT_TALK: "talks",
    GapKind.TALK_MISSED: "talks",
    GapKind.NO_TASKS: "plan",
    GapKind.NO_GOALS: "plan",
    GapKind.NO_AGREEMENT: "agreement",
    GapKind.NEED_UNPLANNED: "needs",
    GapKind.KNOWLEDGE_UNLINKED: "needs",
}


class Gap(NamedTuple):
    """Something that is missing in a mentorship.

    It is a tuple because every line of a list of mentees has some, and a tuple is quickly made.
    """

    kind: GapKind
    ids: tuple[str, ...] = ()
    """Ids of the tasks, duties, persons, needs or knowledge that it is about; empty for others."""
    names: tuple[str, ...] = ()
    """The names of those records, as they were typed."""

    @property
    def short(self) -> str:
        """Two or three words for a list: "no buddy"."""
        return _(_SHORT[self.kind])

    @property
    def sentence(self) -> str:
        """What is missing, in one sentence."""
        number = len(self.ids)
        if self.kind in _SENTENCES:
            return _(_SENTENCES[self.kind]).format(names=", ".join(self.names))
        text = {
            GapKind.NO_GOALS: ngettext(
                "{number} task has no learning goal: {names}.",
                "{number} tasks have no learning goal: {names}.",
                number,
            ),
            GapKind.NO_MAIN: ngettext(
                "{number} duty has nobody with the main responsibility: {names}.",
                "{number} duties have nobody with the main responsibility: {names}.",
                number,
            ),
            GapKind.SEVERAL_MAIN: ngettext(
                "{number} duty has several with the main responsibility: {names}.",
                "{number} duties have several with the main responsibility: {names}.",
                number,
            ),
            GapKind.NEED_UNPLANNED: ngettext(
                "{number} development need has no task in the plan: {names}.",
                "{number} development needs have no task in the plan: {names}.",
                number,
            ),
            GapKind.KNOWLEDGE_UNLINKED: ngettext(
                "{number} piece of knowledge is not linked to a task: {names}.",
                "{number} pieces of knowledge are not linked to a task: {names}.",
                number,
            ),
        }[self.kind]
        return text.format(number=number, names=_first_three(self.names))

    @property
    def screen(self) -> str:
        """The screen where it can be put right."""
        return _SCREENS.get(self.kind, "roles")


def _first_three(names: tuple[str, ...]) -> str:
    return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")


def gaps(view: MenteeView, today: date) -> list[Gap]:
    """Return the gaps, the most important first; none for a closed mentorship."""
    if view.mentee.state is CourseState.CLOSED:
        return []
    found = [*_role_gaps(view), *_mentorship_gaps(view, today), *_duty_gaps(view)]
    return sorted(found, key=lambda gap: _PLACES[gap.kind])


def _role_gaps(view: MenteeView) -> list[Gap]:
    held = {
        kind: role.person_id if (role := view.role(kind)) else ""
        for kind in (RoleKind.MENTOR, RoleKind.BUDDY, RoleKind.MANAGER)
    }
    mentor, buddy, manager = held.values()
    found = []
    for kind, person_id in (
        (GapKind.NO_MENTOR, mentor),
        (GapKind.NO_BUDDY, buddy),
        (GapKind.NO_MANAGER, manager),
    ):
        if not person_id:
            found.append(Gap(kind))
    if mentor and view.who(mentor) == view.who(manager):
        kind = (
            GapKind.ONE_PERSON if view.who(mentor) == view.who(buddy) else GapKind.MENTOR_IS_MANAGER
        )
        found.append(Gap(kind, (mentor,), (view.name_of(mentor),)))
    return found


def _mentorship_gaps(view: MenteeView, today: date) -> list[Gap]:
    found = []
    if view.mentee.state is not CourseState.PAUSED:
        if view.lacks_next_talk(today):
            found.append(Gap(GapKind.NO_NEXT_TALK))
        elif view.missed(today) and not (view.running or view.next_talk(today)):
            found.append(Gap(GapKind.TALK_MISSED))
    if not view.tasks:
        found.append(Gap(GapKind.NO_TASKS))
    elif bare := without_goals(view):
        names = tuple(task.title for task in bare)
        found.append(Gap(GapKind.NO_GOALS, tuple(task.id for task in bare), names))
    if view.agreement is None or view.agreement.agreed_on is None:
        found.append(Gap(GapKind.NO_AGREEMENT))
    if view.mentee.roles_seen_on is None:
        found.append(Gap(GapKind.ROLES_NOT_SEEN))
    items = unlinked(view)
    if items:
        titles = tuple(item.title for item in items)
        found.append(Gap(GapKind.KNOWLEDGE_UNLINKED, tuple(item.id for item in items), titles))
    needs = unplanned(view)
    if needs:
        areas = tuple(need.area for need in needs)
        found.append(Gap(GapKind.NEED_UNPLANNED, tuple(need.id for need in needs), areas))
    return found


def main_roles(duty: Duty) -> list[str]:
    """Return the ids of the roles that have the main responsibility. There should be one."""
    return [role_id for role_id, part in duty.parts.items() if part is Part.MAIN]


def _duty_gaps(view: MenteeView) -> list[Gap]:
    found = []
    none = [duty for duty in view.duties if not main_roles(duty)]
    several = [duty for duty in view.duties if len(main_roles(duty)) > 1]
    for kind, duties in ((GapKind.NO_MAIN, none), (GapKind.SEVERAL_MAIN, several)):
        if duties:
            names = tuple(duty.text for duty in duties)
            found.append(Gap(kind, tuple(duty.id for duty in duties), names))
    return found
