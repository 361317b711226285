"""Roles, expectations and rows of mentees that come back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest

from data.clock import today
from data.documents.given import give
from data.documents.importing.content import ImportProblem
from data.documents.importing.only_to_read import only_to_read
from data.documents.importing.preview import EntryKind
from data.documents.importing.reading import read_bytes
from data.documents.importing.recognise import Form
from data.documents.kinds import kinds
from data.documents.model.document import Document, Table
from data.documents.model.source import About
from data.documents.names import document_name
from data.documents.sources import blank_form, default_talk, document_of
from data.documents.taking_in import look_at_mentees, take_in
from data.documents.writers.formats import FORMATS, FormatError, holds, written
from data.i18n import _, language, set_language
from data.library import duties
from data.method.mentorship.roles import new_co_mentor, new_mentee_records
from data.method.mentorship.start import start_doubt
from data.queries.field_names import field_name
from data.queries.views import mentee_view
from data.records import (
    Agreement,
    Duty,
    Mentee,
    Part,
    Person,
    Role,
    RoleKind,
    Talk,
)
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk, MemoryBackend
from tests.data.documents.build import example, first_mentee
from tests.data.documents.forms import csv_bytes, look

FORMS = ("docx", "csv", "md", "txt")


@pytest.fixture(params=["da", "en"], autouse=True)
def _language(request: pytest.FixtureRequest) -> None:
    set_language(request.param)


def a_store() -> tuple[Store, Mentee]:
    store = Store(MemoryBackend(Disk()), by="met")
    mentee = Mentee(name="Maja Holm", start=date(2026, 8, 3))
    store.commit(new_mentee_records(mentee, "", duties("da"), today()))
    found = store.get(Mentee, mentee.id)
    assert found is not None
    return store, found


@pytest.mark.parametrize("ending", FORMS)
@pytest.mark.parametrize("what", ["plan", "roles", "expectations"])
def test_forms_and_documents_come_back_without_a_change(what: str, ending: str) -> None:
    full = example()
    new, mentee = a_store()
    for store, about in ((full, first_mentee(full)), (new, mentee)):
        for document in (
            blank_form(store, what),
            document_of(store, what, about),
            give(store, about, document_of(store, what, about)),
        ):
            if not holds(FORMATS[ending], document):
                continue
            preview = look(store, about, f"form.{ending}", written(document, ending))
            assert [one.line for one in preview.entries] == []
            assert preview.changes == ()


@pytest.mark.parametrize("ending", FORMS)
def test_two_co_mentors_are_told_apart_and_their_last_day_comes_back(ending: str) -> None:
    store, mentee = a_store()
    for name, until in (("Bo Skov", date(2026, 11, 12)), ("Cia Holm", None)):
        made = new_co_mentor(mentee_view(store, mentee)).after
        assert isinstance(made, Role)
        person = Person(name=name)
        role = replace(made, person_id=person.id, until=until)
        store.commit([Change.created(person), Change.created(role)])
    document = give(store, mentee, document_of(store, "roles", mentee))
    if not holds(FORMATS[ending], document):
        return
    data = written(document, ending)
    preview = look(store, mentee, f"form.{ending}", data)
    assert ([one.line for one in preview.entries], preview.changes) == ([], ())
    if ending != "md":
        return
    # filled in: the first goes on for longer, the second is another person
    text = data.decode().replace("12-11-2026", "20-11-2026").replace("Cia Holm", "Dan Krag")
    take_in(store, look(store, mentee, "form.md", text.encode()))
    first, second = [one for one in store.of(Role, mentee.id) if one.kind is RoleKind.CO_MENTOR]
    assert first.until == date(2026, 11, 20)
    people = {one.id: one.name for one in store.all(Person)}
    assert (people[first.person_id], people[second.person_id]) == ("Bo Skov", "Dan Krag")


def with_cell(document: Document, row: int, column: str, text: str) -> Document:
    """Return a document with a cell of its last table filled in."""
    blocks = list(document.blocks)
    place = max(at for at, one in enumerate(blocks) if isinstance(one, Table))
    table = blocks[place]
    assert isinstance(table, Table)
    keys = [one.key for one in table.columns]
    rows = [list(one) for one in table.rows]
    rows[row][keys.index(column)] = text
    blocks[place] = replace(table, rows=tuple(map(tuple, rows)))
    return replace(document, blocks=tuple(blocks))


def test_persons_of_a_blank_form_get_their_roles() -> None:
    store, mentee = a_store()
    data = csv_bytes(
        [
            ("Rolle", "Navn", "Kontakt", "Spørg om"),
            ("Mentor", "Lone Skov", "lone@kommune.dk", "Alt fagligt"),
            ("Buddy", "Pia Winther", "", ""),
            ("Rengøring", "Bo", "", ""),
        ]
    )
    preview = look(store, mentee, "roller.csv", data)
    take_in(store, preview)
    view = mentee_view(store, mentee)
    mentor, buddy = view.role(RoleKind.MENTOR), view.role(RoleKind.BUDDY)
    assert mentor is not None
    assert buddy is not None
    assert (view.name_of(mentor.person_id), mentor.ask_about) == ("Lone Skov", "Alt fagligt")
    assert view.people[mentor.person_id].contact == "lone@kommune.dk"
    assert view.name_of(buddy.person_id) == "Pia Winther"
    (left_out,) = preview.of(EntryKind.UNPLACED)
    assert "Rengøring" in left_out.text
    assert store.undo() == preview.step
    assert store.all(Person) == []


@pytest.mark.parametrize("ending", ["docx", "md", "txt"])
def test_each_role_keeps_what_is_said_about_it(ending: str) -> None:
    store, mentee = a_store()
    for role in mentee_view(store, mentee).roles:
        about = f"Alt om {role.kind.value}, og mere end der kan stå på en linje. Kontakt - og: ring"
        store.commit([Change.edited(role, ask_about=about)])
    duty = Duty(mentee_id=mentee.id, text="Buddy: viser rundt den første dag", order=99.0)
    buddy = mentee_view(store, mentee).role(RoleKind.BUDDY)
    assert buddy is not None
    store.commit([Change.created(replace(duty, parts={buddy.id: Part.MAIN}))])
    for document in (
        document_of(store, "roles", mentee),
        give(store, mentee, document_of(store, "roles", mentee)),
    ):
        preview = look(store, mentee, f"r.{ending}", written(document, ending))
        assert [one.line for one in preview.entries] == []
        assert preview.changes == ()


def test_a_cell_of_the_matrix_is_taken_and_the_earlier_holder_kept() -> None:
    store, mentee = a_store()
    view = mentee_view(store, mentee)
    first = view.duties[0]
    main = next(role for role in view.roles if first.parts.get(role.id) is Part.MAIN)
    other = next(role for role in view.roles if role.kind is RoleKind.BUDDY)
    document = give(store, mentee, document_of(store, "roles", mentee))
    done = "Hovedansvar"
    changed = with_cell(document, 0, f"role.{other.kind.value}", done)
    changed = with_cell(changed, 1, "done_on", "01-12-2026")
    take_in(store, look(store, mentee, "roller.docx", written(changed, "docx")))
    parts = mentee_view(store, mentee).duties[0].parts
    assert parts[other.id] is Part.MAIN
    if main.id != other.id:
        assert parts[main.id] is Part.TAKES_PART
    assert mentee_view(store, mentee).duties[1].done_on == date(2026, 12, 1)


def test_a_duty_is_added_and_one_is_reworded() -> None:
    store, mentee = a_store()
    number = len(store.all(Duty))
    document = give(store, mentee, document_of(store, "roles", mentee))
    changed = with_cell(document, 2, "text", "En helt anden ordlyd")
    table = next(one for one in reversed(changed.blocks) if isinstance(one, Table))
    more = ("Vise rundt i kantinen", *("" for _one in table.columns[1:]))
    longer = replace(table, rows=(*table.rows, more))
    blocks = tuple(longer if one is table else one for one in changed.blocks)
    take_in(store, look(store, mentee, "r.docx", written(replace(changed, blocks=blocks), "docx")))
    texts = [one.text for one in mentee_view(store, mentee).duties]
    assert len(texts) == number + 1
    assert texts[2] == "En helt anden ordlyd"
    assert texts[-1] == "Vise rundt i kantinen"


def test_a_part_that_is_none_is_named_and_nothing_is_made() -> None:
    store, mentee = a_store()
    changed = with_cell(document_of(store, "roles", mentee), 0, "role.buddy", "Måske")
    preview = look(store, mentee, "r.docx", written(changed, "docx"))
    (unread,) = preview.unread
    assert "Buddy" in unread.place
    before = store.all(Duty)
    take_in(store, preview)
    assert store.all(Duty) == before


@pytest.mark.parametrize("about", ["Relation", ""])
def test_a_name_as_long_as_a_line_ends_there_in_text(about: str) -> None:
    store, mentee = a_store()
    role = store.all(Role)[0]
    person = Person(name="Langtnavnudenmellemrum" * 4)
    changed = Change.edited(role, person_id=person.id, relation=about)
    store.commit([Change.created(person), changed])
    form = written(document_of(store, "roles", mentee), "txt")
    preview = look(store, mentee, "f.txt", form)
    assert [one.line for one in preview.entries] == []
    assert preview.changes == ()


@pytest.mark.parametrize("ending", ["docx", "md", "txt"])
def test_a_duty_that_begins_with_a_number_makes_no_plan_of_the_roles(ending: str) -> None:
    store, mentee = a_store()
    for place, text in enumerate(("1. dag: vise rundt", "2. uge: frokost med teamet"), 90):
        parts = {role.id: Part.TAKES_PART for role in mentee_view(store, mentee).roles}
        duty = Duty(mentee_id=mentee.id, text=text, order=float(place), parts=parts)
        store.commit([Change.created(replace(duty, due=today(), done_on=today()))])
    document = document_of(store, "roles", mentee)
    preview = look(store, mentee, f"r.{ending}", written(document, ending))
    assert preview.entries == ()
    assert preview.changes == ()


def in_words(key: str) -> str:
    return field_name(Agreement.table, key)


MENTEES = [
    ("Navn", "Første arbejdsdag", "Stilling", "Team", "Nyuddannet", "Mentor", "Buddy", "Leder"),
    ("Åse Ødegård", "01-02-2027", "Socialrådgiver", "Team 2", "ja", "", "Pia", "Lone Skov"),
    ("Bo Test", "2027-03-01", "", "", "nej", "Lone Skov", "", ""),
]


def test_rows_of_mentees_are_added_with_all_that_a_new_one_begins_with() -> None:
    store, _maja = a_store()
    preview = look_at_mentees(store, read_bytes("nye.csv", csv_bytes(MENTEES, encoding="cp1252")))
    take_in(store, preview)
    found = {one.name: one for one in store.all(Mentee)}
    aase, bo = found["Åse Ødegård"], found["Bo Test"]
    assert (aase.start, aase.title, aase.newly_qualified) == (
        date(2027, 2, 1),
        "Socialrådgiver",
        True,
    )
    assert (bo.start, bo.newly_qualified) == (date(2027, 3, 1), False)
    view = mentee_view(store, aase)
    holders = {role.kind: view.name_of(role.person_id) for role in view.roles}
    assert (holders[RoleKind.BUDDY], holders[RoleKind.MANAGER]) == ("Pia", "Lone Skov")
    assert holders[RoleKind.MENTOR], "the mentor is the one who runs the program"
    assert view.duties
    assert store.of(Talk, aase.id)
    assert [one.name for one in store.all(Person)].count("Lone Skov") == 1
    assert len([one for one in store.of(Role, bo.id) if one.person_id]) == 1
    assert store.undo() == preview.step
    assert [one.name for one in store.all(Mentee)] == ["Maja Holm"]


def test_nobody_is_doubled_silently() -> None:
    store, _maja = a_store()
    rows = [*MENTEES, ("maja holm", "01-02-2027"), ("Bo Test", "01-02-2027")]
    file = read_bytes("nye.csv", csv_bytes(rows))
    preview = look_at_mentees(store, file)
    assert len(preview.of(EntryKind.UNPLACED)) == 2
    assert len(preview.of(EntryKind.NEW)) == 2
    assert len(look_at_mentees(store, file, again=True).of(EntryKind.NEW)) == 4


@pytest.mark.parametrize(
    "cells", [("", "1-2-2027"), ("Bo", ""), ("Bo", "snart"), ("x" * 201, "1-2-2027")]
)
def test_a_row_that_cannot_be_read_is_named_and_none_is_added(cells: tuple[str, str]) -> None:
    store, _maja = a_store()
    file = read_bytes("nye.csv", csv_bytes([*MENTEES, cells]))
    preview = look_at_mentees(store, file)
    (unread,) = preview.unread
    assert "4" in unread.place
    take_in(store, preview)
    assert len(store.all(Mentee)) == 1


def test_what_is_no_form_is_refused() -> None:
    store, mentee = a_store()
    for name, text in (
        ("x.txt", "Kære alle"),
        ("x.csv", "a;b\n1;2\n"),
        ("x.md", ""),
        ("x.csv", ""),
    ):
        with pytest.raises(ImportProblem, match=name):
            look(store, mentee, name, text.encode())
        with pytest.raises(ImportProblem, match=name):
            look_at_mentees(store, read_bytes(name, text.encode()))
    with pytest.raises(ImportProblem):
        look(store, mentee, "nye.csv", csv_bytes(MENTEES))


@pytest.mark.parametrize("ending", ["docx", "md", "txt", "csv"])
def test_a_document_that_is_only_to_be_read_is_refused_by_its_name(ending: str) -> None:
    store = example()
    mentee = first_mentee(store)
    for kind in kinds():
        if kind.key in list(Form):
            continue
        talk = default_talk(store, kind, mentee) if kind.about is About.TALK else None
        document = document_of(store, kind.key, mentee, talk)
        with suppress(FormatError):  # many are no table
            name = f"{document_name(store, document, mentee, talk)}.{ending}"
            data = written(document, ending)
            set_language("da" if language() == "en" else "en")
            with pytest.raises(ImportProblem, match=kind.name):
                look(store, mentee, name, data)


def test_a_plan_of_others_may_be_called_as_a_document_is() -> None:
    store, mentee = a_store()
    text = "# Overview\n\n| Task | Type |\n|---|---|\n| A | b |\n"
    preview = look(store, mentee, "Actions.md", text.encode())
    assert len(preview.of(EntryKind.NEW)) == len(preview.of(EntryKind.UNPLACED)) == 1


def test_a_sheet_whose_title_is_broken_before_the_talk_is_no_summary() -> None:
    _store, mentee = a_store()
    for title in (_("Preparation: {talk}"), "{talk}"):
        talk = _("Talk {number} with {name}").format(number=1, name=mentee.name)
        lines = (line.strip() for line in title.format(talk=talk).replace(": ", ":\n").split("\n"))
        file = read_bytes("x.txt", "\n".join(lines).encode())
        assert bool(only_to_read(file)) is (title == "{talk}")


def test_columns_of_mentees_that_are_not_known_and_odd_first_days_are_named() -> None:
    store, _maja = a_store()
    off, far = date(today().year + 1, 1, 1), date(today().year + 40, 1, 3)
    rows = [
        ("Name", "Start", "Kaffe", "", "Tom"),
        ("A", off.isoformat(), "sort", "", ""),
        ("B", far.isoformat(), "", "x", ""),
    ]
    preview = look_at_mentees(store, read_bytes("nye.csv", csv_bytes(rows)))
    assert [bool(start_doubt(day, today())) for day in (off, far)] == [True, True]
    for entry, day in zip(preview.of(EntryKind.NEW), (off, far), strict=True):
        assert start_doubt(day, today()) in entry.line
    left_out = [one.line for one in preview.of(EntryKind.UNPLACED)]
    assert len(left_out) == 2
    assert "Kaffe" in left_out[0]
    assert "4" in left_out[1]
