"""The role matrix, a new mentee, and the page to the newcomer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from data.i18n import set_language
from data.library import duties
from data.method.mentorship.gaps import GapKind, gaps, main_roles
from data.method.mentorship.roles import (
    ADDED,
    assign,
    default_duties,
    default_roles,
    new_co_mentor,
    new_mentee_records,
    new_role,
    remove_role,
    role_name,
    set_part,
    tick,
)
from data.method.view import MenteeView
from data.records import Duty, DutyKind, Holder, Part, Role, RoleKind, Talk
from tests.data.documents.build import text_for
from tests.data.method.build import PEOPLE, START, TODAY, bare, make, mentee
from tests.data.method.talks import ENGLISH

FILES = Path(__file__).parents[2] / "files"


def test_main_responsibility_moves_and_the_old_one_takes_part() -> None:
    duty = make(Duty, text="x", parts={"a": Part.MAIN, "b": Part.INFORMED})
    moved = set_part(duty, "b", Part.MAIN).after
    assert isinstance(moved, Duty)
    assert moved.parts == {"a": Part.TAKES_PART, "b": Part.MAIN}
    gone = set_part(moved, "b", None).after
    assert isinstance(gone, Duty)
    assert gone.parts == {"a": Part.TAKES_PART}
    assert main_roles(gone) == []


def test_a_role_given_on_keeps_its_history() -> None:
    role = make(Role, kind=RoleKind.BUDDY, person_id="bo")
    vacant = assign(role, "", TODAY).after
    assert isinstance(vacant, Role)
    assert (vacant.person_id, vacant.earlier) == ("", (Holder(person_id="bo", until=TODAY),))
    again = assign(vacant, "rikke", TODAY).after
    assert isinstance(again, Role)
    assert again.earlier == vacant.earlier


def test_what_is_said_of_one_person_is_not_said_of_the_next() -> None:
    role = make(Role, kind=RoleKind.BUDDY, person_id="bo", relation="Same floor", ask_about="IT")
    same = assign(role, "bo", TODAY).after
    assert same == role
    given = assign(role, "rikke", TODAY)
    assert isinstance(given.after, Role)
    assert (given.after.relation, given.after.ask_about) == ("", "")
    assert given.reversed().after == role
    first = assign(make(Role, kind=RoleKind.BUDDY, relation="Same team"), "bo", TODAY).after
    assert isinstance(first, Role)
    assert first.relation == "Same team", "it was written before anybody had the role"


def test_co_mentors_are_numbered_so_that_a_form_says_which_it_means() -> None:
    view = bare()
    names = []
    for _number in range(3):
        made = new_co_mentor(view).after
        assert isinstance(made, Role)
        view = replace(view, roles=(*view.roles, made))
        names.append(role_name(made))
    assert names == ["Co-mentor", "Co-mentor 2", "Co-mentor 3"]
    left = tuple(one for one in view.roles if one.name != "2")
    again = new_co_mentor(replace(view, roles=left)).after
    assert isinstance(again, Role)
    assert again.name == "2"


def test_ticking_and_taking_the_tick_away() -> None:
    duty = make(Duty, text="x")
    done = tick(duty, TODAY, "bo").after
    assert isinstance(done, Duty)
    assert (done.done_on, done.done_by) == (TODAY, "bo")
    assert tick(done, TODAY).after == duty


def test_an_own_role_comes_and_goes_with_its_parts() -> None:
    added = new_role(bare(), "TR").after
    assert isinstance(added, Role)
    duty = make(Duty, text="x", parts={added.id: Part.MAIN, "a": Part.INFORMED})
    changed, gone = remove_role(bare(duty), added)
    assert isinstance(changed.after, Duty)
    assert changed.after.parts == {"a": Part.INFORMED}
    assert gone.after is None


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_new_mentee_has_roles_duties_and_talks(language: str) -> None:
    person = mentee(roles_seen_on=None)
    records = [
        c.after for c in new_mentee_records(person, "hanne", duties(language), START) if c.after
    ]
    view = MenteeView.of(person, records, PEOPLE)
    kinds = [role.kind for role in view.roles]
    assert kinds == [kind for kind in RoleKind if kind not in ADDED]
    assert all(len(main_roles(duty)) == 1 for duty in view.duties)
    welcome = next(duty for duty in view.duties if duty.key == "welcome")
    assert (welcome.due, welcome.kind) == (START, DutyKind.SOCIAL)
    week_1 = next(duty for duty in view.duties if duty.key == "manager_week_1")
    assert week_1.due == START + timedelta(days=3)
    assert isinstance(view.talks[0], Talk)
    assert {gap.kind for gap in gaps(view, START)} == {
        GapKind.NO_BUDDY,
        GapKind.NO_MANAGER,
        GapKind.NO_TASKS,
        GapKind.NO_AGREEMENT,
        GapKind.ROLES_NOT_SEEN,
    }


def test_the_page_names_every_role_and_fits_its_width() -> None:
    person = mentee()
    records = [c.after for c in new_mentee_records(person, "hanne", duties("en"), START) if c.after]
    text = text_for(MenteeView.of(person, records, PEOPLE), "roles", ENGLISH)
    for name in ("Mentor: Hanne", "Buddy:", "Manager:", "Colleagues"):
        assert name in text
    assert "Maja" in text
    assert max(map(len, text.split("\n"))) <= 72


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_reads_well(language: str) -> None:
    set_language(language)
    person = mentee()
    asked = "Frokost,\nfester og det, som ingen siger højt, men som man får at vide"
    roles = [
        replace(role, person_id="bo", relation="kontormakker", ask_about=asked)
        if role.kind is RoleKind.BUDDY
        else role
        for role in default_roles(person.id, "hanne")
    ]
    few = {"systems", "quality", "show_round", "lunch", "motivation"}
    rows = [duty for duty in default_duties(person, roles, duties(language)) if duty.key in few]
    own = make(Role, kind=RoleKind.OWN, name="[b]TR[/b]", order=9)
    people = {
        **PEOPLE,
        "hanne": replace(PEOPLE["hanne"], contact="Lokal 4412", knows="Børn og unge"),
    }
    view = MenteeView.of(person, [*roles, *rows, own], people)

    text = text_for(view, "roles", ENGLISH)
    assert text == (FILES / f"roles_page_{language}.txt").read_text("utf-8")
