"""A mentee of the example data: roles, duties, expectations and introductions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from data.example.draft import ExampleDraft
from data.library.rolematrix import built_in_duties
from data.library.source import Section
from data.library.texts import built_in_agreement
from data.method.mentorship.roles import default_duties
from data.records import (
    Agreement,
    Duty,
    Holder,
    Introduction,
    Mentee,
    Part,
    Record,
    Role,
    RoleKind,
)


def records(draft: ExampleDraft) -> list[Record]:
    """Return the mentee, and the records about who does what and what they expect."""
    mentee = _mentee(draft)
    roles = [_role(draft, one, order) for order, one in enumerate(draft.facts.sections("role"))]
    introductions = [_introduction(draft, one) for one in draft.facts.sections("introduction")]
    return [mentee, *roles, *_duties(draft, mentee, roles), *_agreement(draft), *introductions]


def _mentee(draft: ExampleDraft) -> Mentee:
    facts, words = draft.facts.section("mentee"), draft.words.section("mentee")
    return Mentee(
        id=draft.ids.make("mentee", draft.key),
        name=facts.text("name"),
        title=words.text("title"),
        team=words.text("team"),
        start=draft.start,
        ends=draft.start + timedelta(weeks=facts.whole("course_weeks")),
        newly_qualified=facts.flag("newly_qualified"),
        rhythm=facts.text("rhythm"),
        plan_agreed_on=draft.day(facts, "plan_agreed"),
        plan_agreed_by=facts.texts("plan_agreed_by"),
        plan_updated_on=draft.day(facts, "plan_updated"),
        roles_seen_on=draft.day(facts, "roles_seen"),
        culture_seen_on=draft.day(facts, "culture_seen"),
        about=words.text("about"),
        example=True,
    )


def _role(draft: ExampleDraft, facts: Section, order: int) -> Role:
    kind = facts.choice("kind", RoleKind)
    words = draft.words.section("role").section(kind.value)
    return Role(
        id=draft.make("role", kind.value),
        mentee_id=draft.mentee_id,
        kind=kind,
        person_id=draft.person(facts.text("person", "")),
        relation=words.text("relation", ""),
        ask_about=words.text("ask_about", ""),
        order=float(order),
        earlier=tuple(
            Holder(person_id=draft.person(one.text("person")), until=draft.must_day(one, "until"))
            for one in facts.sections("earlier")
        ),
    )


def _duties(draft: ExampleDraft, mentee: Mentee, roles: list[Role]) -> list[Duty]:
    """Return the default duties. The file says which are done; the role responsible did them."""
    facts = draft.facts.section("duties")
    done, systems = facts.section("done"), facts.section("systems")
    rows = default_duties(mentee, roles, built_in_duties(draft.language))
    keys = [row.key for row in rows]
    done.only(*keys)
    systems.only(*keys)
    holders = {role.id: _holder(role) for role in roles}
    made = []
    for row in rows:
        access = systems.maybe_section(row.key)
        done_on = draft.from_start(done.maybe_whole(row.key))
        main = next(role for role, part in row.parts.items() if part is Part.MAIN)
        made.append(
            replace(
                row,
                done_on=done_on,
                done_by=holders[main] if done_on else "",
                access_ordered_on=draft.from_start(access.maybe_whole("ordered")),
                access_on=draft.from_start(access.maybe_whole("works")),
                first_used_on=draft.from_start(access.maybe_whole("used")),
            )
        )
    return made


def _holder(role: Role) -> str:
    """Return the id of the person who has the role, or else of the last one who had it."""
    if role.person_id or not role.earlier:
        return role.person_id
    return role.earlier[-1].person_id


def _agreement(draft: ExampleDraft) -> list[Agreement]:
    facts, words = draft.facts.maybe_section("agreement"), draft.words.maybe_section("agreement")
    if not facts.values:
        return []
    proposal = built_in_agreement(draft.language).for_mentee(draft.mentee_id)
    return [
        replace(
            proposal,
            place=words.text("place", proposal.place),
            rhythm_text=words.text("rhythm_text", proposal.rhythm_text),
            mentee_expects=words.text("mentee_expects", proposal.mentee_expects),
            mentor_expects=words.text("mentor_expects", proposal.mentor_expects),
            hours_mentee=words.text("hours_mentee", proposal.hours_mentee),
            hours_mentor=words.text("hours_mentor", proposal.hours_mentor),
            manager_confirmed_on=draft.day(facts, "manager_confirmed"),
            agreed_on=draft.day(facts, "agreed"),
            review_on=draft.day(facts, "review"),
        )
    ]


def _introduction(draft: ExampleDraft, facts: Section) -> Introduction:
    person = facts.text("person")
    return Introduction(
        id=draft.make("introduction", person),
        mentee_id=draft.mentee_id,
        person_id=draft.person(person),
        about=draft.words.section("introduction").text(person),
        by_id=draft.person(facts.text("by")),
        planned_on=draft.day(facts, "planned_on"),
        done_on=draft.day(facts, "done_on"),
    )
