"""Roles, duties and people line by line: who does what, and whom the mentee is to meet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.method.mentorship.gaps import main_roles
from data.queries.views import mentee_view
from data.records import Conflict, Duty, Introduction, Part, Person, PersonKind, Role, RoleKind
from data.store.change import Change
from data.store.store import Store
from tests.tui.cli.plain.tools import Type, named, opened
from tests.tui.cli.tools import Mentor


def role(file: Path, kind: RoleKind) -> Role:
    with opened(file) as store:
        found = mentee_view(store, named(store, "Maja")).role(kind)
        assert found is not None
        return found


def introducing(store: Store) -> Duty:
    duties = store.of(Duty, named(store, "Maja").id)
    return next(one for one in duties if one.text == "Introducing resource people")


def person(file: Path, name: str) -> Person:
    with opened(file) as store:
        return next(one for one in store.all(Person) if one.name == name)


def test_roles_are_heard_one_by_one(type_lines: Type) -> None:
    out = type_lines("roles Maja", "buddy")
    assert "Who does what for Maja Holm." in out
    assert "The role of manager has not been assigned." in out
    assert "\n2. Buddy: Jonas Friis; 5 of 7 duties done\n" in out
    assert "\n1. Person: Jonas Friis\n" in out
    assert "Main responsibility: A good welcome (done); " in " ".join(out.split("\n"))


def test_a_role_is_given_to_somebody_new_who_can_be_reached(type_lines: Type, file: Path) -> None:
    out = type_lines("roles Maja", "2", "1 Mette Ny", "contact", "Lokal 12", "2 Samme gang")
    assert "Person: Mette Ny, who is new here" in out
    buddy = role(file, RoleKind.BUDDY)
    new = person(file, "Mette Ny")
    assert (buddy.person_id, buddy.relation, new.contact) == (new.id, "Samme gang", "Lokal 12")
    assert [one.until for one in buddy.earlier] == [date(2025, 11, 24)]


def named_nearly_so(file: Path) -> None:
    with opened(file) as store:
        store.commit([Change.created(Person(name="Bo Bergmand"))])


def test_the_start_of_another_name_is_asked_about(type_lines: Type, file: Path) -> None:
    """Bo Berg is not Bo Bergmand, to whom the role went without a question."""
    named_nearly_so(file)
    out = type_lines("roles Maja", "2", "1 Bo Berg", "no")
    assert "Is it Bo Bergmand?" in out
    assert "Person: Bo Berg, who is new here" in out
    out = type_lines("roles Maja", "2", "1 bo  bergmand", "1 Bo Berg")
    assert "Is it" not in out
    assert "Person: Bo Bergmand" in out
    assert role(file, RoleKind.BUDDY).person_id == person(file, "Bo Berg").id
    out = type_lines("roles Maja", "2", "1 bergm", "yes")
    assert role(file, RoleKind.BUDDY).person_id == person(file, "Bo Bergmand").id


def test_the_start_of_several_names_is_asked_about(type_lines: Type, file: Path) -> None:
    named_nearly_so(file)
    with opened(file) as store:
        store.commit([Change.created(Person(name="Bo Bergstrøm"))])
    out = type_lines("roles Maja", "2", "1 Bo Berg", "2")
    assert "\n1. Bo Bergmand\n2. Bo Bergstrøm\n" in out
    assert "Person: Bo Bergstrøm" in out
    type_lines("roles Maja", "2", "1 Bo Berg", "bo bergm")
    assert role(file, RoleKind.BUDDY).person_id == person(file, "Bo Bergmand").id
    assert "Person: Bo Berg, who is new here" in type_lines("roles Maja", "2", "1 Bo Berg", "")


def test_which_of_two_who_share_a_name_is_asked(type_lines: Type, file: Path) -> None:
    both = [Person(name="Bo Berg", title=title) for title in ("Leder", "Jurist")]
    with opened(file) as store:
        store.commit([Change.created(one) for one in (*both, Person(name="Bo Bergmand"))])
    out = type_lines("roles Maja", "2", "1 Bo Berg", "", "2")
    assert "\n1. Bo Berg (Leder)\n2. Bo Berg (Jurist)\n" in out
    assert "Bo Bergmand" not in out
    assert role(file, RoleKind.BUDDY).person_id == both[1].id
    out = type_lines("roles Maja", "2", "1 Bo Berg (Leder)")
    assert "Which of them" not in out
    assert role(file, RoleKind.BUDDY).person_id == both[0].id


@pytest.mark.parametrize("more", [(), ("Bo Bergstrøm",)])
def test_whom_it_was_is_kept_where_the_question_is_left(
    type_lines: Type, file: Path, more: tuple[str, ...]
) -> None:
    named_nearly_so(file)
    with opened(file) as store:
        store.commit([Change.created(Person(name=name)) for name in more])
    before = role(file, RoleKind.BUDDY)
    type_lines("roles Maja", "2", "1 Bo Berg", ".back")
    assert role(file, RoleKind.BUDDY) == before
    with opened(file) as store:
        assert [one.mine for one in store.all(Conflict)] == ["Bo Berg"]


@pytest.mark.parametrize(
    ("at", "typed"),
    [
        ("people Maja", (".add Bo Berg",)),
        ("people Maja", ("karin", "1 Bo Berg")),
        ("people Maja", ("karin", "5 Bo Berg")),
        ("plan Maja", (".actions", "1", "2 Bo Berg")),
        ("plan Maja", ("1", "9 Bo Berg")),
        ("plan Maja", ("1", ".step", "4", "", "Bo Berg")),
    ],
)
def test_so_it_is_wherever_somebody_is_named(
    type_lines: Type, file: Path, at: str, typed: tuple[str, ...]
) -> None:
    named_nearly_so(file)
    assert "Is it Bo Bergmand?" in type_lines(at, *typed, "no")
    assert person(file, "Bo Berg")


def test_a_co_mentor_has_a_last_day_and_goes_again(type_lines: Type, file: Path) -> None:
    out = type_lines("roles Maja", ".comentor", "1 Cia Bo", "2 12/12")
    assert "Until: Fri 12-12" in out
    made = role(file, RoleKind.CO_MENTOR)
    assert (person(file, "Cia Bo").id, made.until) == (made.person_id, date(2025, 12, 12))
    assert "\n6. Co-mentor: Cia Bo; until 12-12-2025\n" in type_lines("roles Maja")
    assert "Co-mentor: Cia Bo (until 12-12-2025" in type_lines("roles Maja", ".page")
    type_lines("roles Maja", "x 6", "yes")
    with opened(file) as store:
        assert mentee_view(store, named(store, "Maja")).role(RoleKind.CO_MENTOR) is None


def test_a_mark_is_changed_and_only_one_has_the_main_responsibility(
    type_lines: Type, file: Path
) -> None:
    out = type_lines("roles Maja", ".duties", "introducing res", "manager", "main")
    assert "Manager: Main responsibility. Mentor takes part now." in out
    manager, mentor = role(file, RoleKind.MANAGER), role(file, RoleKind.MENTOR)
    with opened(file) as store:
        duty = introducing(store)
    assert main_roles(duty) == [manager.id]
    assert duty.parts[mentor.id] is Part.TAKES_PART
    type_lines("roles Maja", ".duties", "introducing res", "manager", "-")
    with opened(file) as store:
        duty = next(d for d in store.all(Duty) if d.id == duty.id)
    assert manager.id not in duty.parts


def test_a_duty_is_added_done_and_deleted(type_lines: Type, file: Path) -> None:
    out = type_lines(
        "roles Maja", ".duties", "a", "Vise arkivet", "3 fri", "", "d vise", "x vise", "no", "yes"
    )
    assert "Done today: Vise arkivet" in out
    assert "Delete the duty Vise arkivet?" in out
    with opened(file) as store:
        (duty,) = [one for one in store.all(Duty) if one.text == "Vise arkivet"]
    assert (duty.due, duty.done_on) == (date(2025, 11, 28), date(2025, 11, 24))
    type_lines("roles Maja", ".duties", "x vise arkivet", "yes")


def test_own_roles_come_and_go_but_not_those_of_the_guide(type_lines: Type, file: Path) -> None:
    out = type_lines("roles Maja", "x 1", "a", "Coach", "2 Bo Lund", "", ".delete coach", "yes")
    assert "The guide's roles cannot be deleted, only added ones" in out
    with opened(file) as store:
        assert not [one for one in store.all(Role) if one.name == "Coach"]


def test_the_page_is_said_and_noted_as_gone_through(type_lines: Type, file: Path) -> None:
    out = type_lines("roles Emil", ".page", ".seen")
    assert "Not gone through with the newcomer yet: .seen notes it." in out
    with opened(file) as store:
        assert named(store, "Emil").roles_seen_on == date(2025, 11, 24)


# -- people --------------------------------------------------------------------------------------


def test_people_are_heard_and_their_days_changed(type_lines: Type, file: Path) -> None:
    out = type_lines(
        "people Maja", "karin", "2 week 50", "4 Små børn", "5 Signe", "yes", "", "d karin"
    )
    assert "Maja Holm: 3 of 8 people and networks to meet." in out
    assert "1. Karin Juhl: planned Thu 20-11;" in out
    karin = person(file, "Karin Juhl")
    with opened(file) as store:
        (one,) = [i for i in store.all(Introduction) if i.person_id == karin.id]
    assert (one.planned_on, one.about) == (date(2025, 12, 8), "Små børn")
    assert (one.done_on, one.by_id) == (date(2025, 11, 24), person(file, "Signe Toft").id)


def test_a_network_is_added_and_deleted(type_lines: Type, file: Path) -> None:
    type_lines(
        "people Maja", ".add Faglig kreds", "8 net", "6 Sager", "", "x 9", "no", "yes", ".undo"
    )
    new = person(file, "Faglig kreds")
    assert (new.kind, new.knows) == (PersonKind.NETWORK, "Sager")
    with opened(file) as store:
        assert [i for i in store.all(Introduction) if i.person_id == new.id]


def test_a_known_person_is_taken_and_not_made_again(type_lines: Type, file: Path) -> None:
    type_lines("people Maja", "a", "birgitte dam")
    with opened(file) as store:
        assert len([one for one in store.all(Person) if one.name == "Birgitte Dam"]) == 1


def test_what_another_session_changed_in_a_duty_is_kept(type_lines: Type, file: Path) -> None:
    def other() -> None:
        with opened(file) as store:
            duty = introducing(store)
            store.commit([Change.edited(duty, due=date(2025, 12, 24))])

    out = type_lines("roles Maja", ".duties", "introducing res", other, "3 fri")
    assert "that is what counts now" in " ".join(out.split())
    with opened(file) as store:
        duty = introducing(store)
        assert duty.due == date(2025, 12, 24)
        assert [one.mine for one in store.all(Conflict)] == ["2025-11-28"]


@pytest.mark.parametrize("place", ["roles", "people", "needs", "duties", "expectations"])
def test_each_place_is_heard_in_danish(type_lines: Type, place: str, mentor: Mentor) -> None:
    words = {
        "roles": (".roller", "Hvem gør hvad for Maja Holm."),
        "people": (".personer", "Maja Holm: 3 af 8 personer og netværk at møde."),
        "needs": (".behov", "Maja Holm, runde 2: 5 behov, 6 stykker viden."),
        "duties": (".rolleopgaver", "rolleopgaver skal udføres."),
        "expectations": (".forventninger", "Forventninger: Maja Holm."),
    }
    word, said = words[place]
    assert said in type_lines("plan Maja", word, lang="da")
    assert said in type_lines("plan Maja", f".{place}", lang="da")
