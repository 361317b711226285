"""Nothing that the mentee wrote on a preparation sheet is lost, wherever it stands."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import docx
import pytest

from data.clock import now, today
from data.documents.importing.content import ImportProblem
from data.documents.importing.preview import EntryKind
from data.documents.kinds.prep import INTRODUCTIONS
from data.documents.model.document import Document, Paragraph
from data.documents.model.lines import text_of
from data.documents.sources import blank_form
from data.documents.taking_in import take_in
from data.documents.writers.formats import written
from data.i18n import _, set_language
from data.records import Action, Answer, Mentee, Note, Talk, TalkState, Task
from data.store.change import Change
from data.store.store import Store
from tests.data.documents.forms import look
from tests.data.documents.test_import_prep import (
    MARK,
    a_store,
    answered,
    sheet,
    taken,
    words,
)

DANGEROUS = {
    "like the head of a mail": "Emne: sygedagpenge\nDato: 3. marts",
    "like a line above a quotation": "Det vigtigste jeg skrev:\ndet var i går den 3.",
    "a line of two dashes": "Først\n--\nDerefter\nOg til sidst",
    "a greeting": "Hun skrev\nMange hilsner\nfra familien\nog det glædede mig",
    "one word that is printed too": "Det er\nfortroligt\nat jeg er træt",
    "a label of the sheet": "Opgaver: jeg er bange for dem\nHvornår: snart",
}


@pytest.fixture(autouse=True)
def _danish() -> None:
    set_language("da")


def kept(store: Store) -> str:
    """Return all that was taken in."""
    said = [one.mentee for one in store.all(Answer)] + [one.text for one in store.all(Note)]
    return "\n".join(said)


def in_word(document: Document, *answers: str, above: str = "", below: str = "") -> bytes:
    """Return a sheet answered in Word, as LibreOffice saves it: without the keys of its rooms."""
    word = docx.Document(io.BytesIO(written(document, "docx")))
    rooms = [one for one in word.tables if len(one.rows) == 1 and len(one.columns) == 1]
    for room, text in zip(rooms, answers, strict=False):
        room.cell(0, 0).text = text
    for about in word.element.body.xpath("//w:tblDescription"):
        about.getparent().remove(about)
    heading = next(one for one in word.paragraphs if one.text.startswith("1. "))
    for text in above.split("\n") if above else ():
        heading.insert_paragraph_before(text)
    for text in below.split("\n") if below else ():
        word.add_paragraph(text)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


@pytest.mark.parametrize("text", DANGEROUS.values(), ids=DANGEROUS)
@pytest.mark.parametrize("place", [0, 5])
def test_an_answer_is_kept_as_a_whole(text: str, place: int) -> None:
    store, mentee, talk = a_store(task_ids=())
    key = ("occupied", *[""] * 4, "wellbeing")[place]
    answers = ["", "To", "", "", "", ""]
    answers[place] = text
    taken(store, mentee, answered(sheet(store, mentee, talk), *answers))
    assert words(store, talk) == {key: MARK + text, "works": f"{MARK}To"}
    assert store.all(Note) == []


@pytest.mark.parametrize("text", DANGEROUS.values(), ids=DANGEROUS)
def test_a_sheet_saved_by_another_word_processor_keeps_all(text: str) -> None:
    store, mentee, talk = a_store(task_ids=())
    data = in_word(sheet(store, mentee, talk), text, "To", above=text, below=f"Til sidst\n{text}")
    take_in(store, look(store, mentee, "ark.docx", data))
    said = words(store, talk)
    assert said["occupied"] == MARK + text
    assert said["works"] == f"{MARK}To"
    assert said["wellbeing"] == f"{MARK}Til sidst\n{text}"
    (note,) = store.all(Note)
    wanted = [line for line in text.split("\n") if line not in {"--", "fortroligt"}]
    assert [one for one in wanted if one not in note.text] == []


def test_an_answer_ends_with_a_signature_only_if_it_is_known_to_be_one() -> None:
    for end, stays in (
        ("Trygt\n\nMange hilsner\nMaja", "Trygt"),
        ("Trygt\n-- \nMaja Holm\ntlf. 12 34 56 78", "Trygt"),
        ("Trygt\nSendt fra min iPhone", "Trygt"),
        ("Trygt\n\nMange hilsner\nMaja\nPS: sagen om Bo", None),
        ("Trygt\nHilsen\nfra Maja", None),
        ("Maja", None),
    ):
        store, mentee, talk = a_store(task_ids=())
        taken(store, mentee, answered(sheet(store, mentee, talk), *[""] * 5, end))
        wanted = end if stays is None else stays
        assert words(store, talk)["wellbeing"].split() == (MARK + wanted).split()


def test_an_unchanged_sheet_with_long_lines_changes_nothing() -> None:
    store, mentee, talk = a_store(
        place="Mødelokale 3 på anden sal ved siden af kantinen på rådhuset"
    )
    titles = [f"Opgave {number} om børn og unge" for number in range(8)]
    tasks = [Task(mentee_id=mentee.id, title=one) for one in titles]
    action = Action(mentee_id=mentee.id, what="Ring til " + "familien " * 12, due=date(2027, 1, 4))
    prepared = replace(talk, task_ids=tuple(one.id for one in tasks), planned_time="09:30")
    changes = [Change.created(one) for one in (*tasks, action)]
    store.commit([*changes, Change.between(talk, prepared)])
    document = sheet(store, mentee, prepared)
    rewrapped = text_of(document, 40)
    for text in (text_of(document), rewrapped, rewrapped.replace("\n", "\n> ")):
        preview = look(store, mentee, "ark.txt", text.encode())
        assert (preview.changes, preview.entries) == ((), ())
    moved = replace(prepared, planned_on=today() + timedelta(days=9), planned_time="")
    store.commit([Change.between(prepared, moved)])
    assert look(store, mentee, "ark.txt", rewrapped.encode()).changes == ()


def test_every_introduction_that_sheets_have_had_is_known() -> None:
    store, mentee, _talk = a_store(task_ids=())
    blank = blank_form(store, "prep")
    for language in ("da", "en"):
        set_language(language)
        for said in INTRODUCTIONS:
            rest = [one for one in blank.blocks if not isinstance(one, Paragraph)]
            document = replace(blank, blocks=(Paragraph(_(said)), *rest))
            for width in (30, 72):
                text = text_of(document, width)
                assert look(store, mentee, "ark.txt", text.encode()).changes == ()


def test_a_short_answer_is_not_taken_for_part_of_a_word() -> None:
    store, mentee, talk = a_store(task_ids=())
    store.commit([Change.created(Note(mentee_id=mentee.id, text="Maja er rolig"))])
    taken(store, mentee, answered(sheet(store, mentee, talk), "Jeg er rolig", *[""] * 4, "ro"))
    text = answered(sheet(store, mentee, talk), "ro", "ja").replace("\n\n1. ", "\n\nro\n\n1. ", 1)
    taken(store, mentee, text)
    mark = f"{MARK}ro"
    said = {"occupied": f"{MARK}Jeg er rolig\n{mark}", "wellbeing": mark, "works": f"{MARK}ja"}
    assert words(store, talk) == said
    assert sorted(one.text for one in store.all(Note)) == [mark, "Maja er rolig"]
    assert taken(store, mentee, text).changes == (), "it is taken in once"


def test_a_short_answer_beside_a_room_is_kept() -> None:
    store, mentee, talk = a_store(task_ids=())
    word = docx.Document(io.BytesIO(written(sheet(store, mentee, talk), "docx")))
    rooms = [one for one in word.tables if len(one.rows) == 1 and len(one.columns) == 1]
    rooms[0].cell(0, 0).text = "Ja"
    next(one for one in word.paragraphs if one.text.startswith("3. ")).insert_paragraph_before("Ja")
    file = io.BytesIO()
    word.save(file)
    take_in(store, look(store, mentee, "ark.docx", file.getvalue()))
    assert words(store, talk) == {"occupied": f"{MARK}Ja", "works": f"{MARK}Ja"}


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("ending", ["txt", "md", "docx"])
def test_a_sheet_of_another_mentee_is_refused(language: str, ending: str) -> None:
    set_language(language)
    store, mentee, _talk = a_store(task_ids=())
    bo = Mentee(name="Bo Ibsen")
    theirs = Talk(mentee_id=bo.id, number=3, planned_on=today())
    store.commit([Change.created(bo), Change.created(theirs)])
    data = written(sheet(store, bo, theirs), ending)
    set_language("da")
    with pytest.raises(ImportProblem) as said:
        look(store, mentee, f"ark.{ending}", data)
    assert "Maja Holm" in str(said.value)
    assert "Bo" not in str(said.value)
    assert look(store, bo, f"ark.{ending}", data).changes == ()


def test_a_talk_that_an_answer_names_is_not_the_talk_of_the_sheet() -> None:
    store, mentee, talk = a_store(task_ids=())
    later = Talk(mentee_id=mentee.id, number=4, planned_on=today() + timedelta(days=30))
    store.commit([Change.created(later)])
    text = answered(sheet(store, mentee, talk), "Resten tager vi til\nSamtale 4 med Maja Holm")
    text = text.replace("Samtale 3 med", "Møde med", 1)
    text = text.replace("\n\n1. ", "\n\nsamtale 4 med dig var god\n\n1. ", 1)
    taken(store, mentee, text)
    assert set(words(store, talk)) == {"occupied"}
    assert words(store, later) == {}


def test_the_preview_says_where_a_sheet_goes_whose_talk_is_gone_or_over() -> None:
    store, mentee, talk = a_store(task_ids=())
    text = answered(sheet(store, mentee, talk), "Svar")
    later = Talk(mentee_id=mentee.id, number=4, planned_on=today() + timedelta(days=30))
    store.commit([Change.created(later)])
    assert look(store, mentee, "ark.txt", text.encode()).of(EntryKind.CHECK) == ()
    held = Change.edited(talk, state=TalkState.HELD, started_at=now(), ended_at=now())
    store.commit([held])
    (said,) = look(store, mentee, "ark.txt", text.encode()).of(EntryKind.CHECK)
    assert "Samtale 3 er overstået" in said.line
    found = store.get(Talk, talk.id)
    assert found is not None
    store.commit([Change.deleted(found)])
    preview = taken(store, mentee, text)
    (said,) = preview.of(EntryKind.CHECK)
    assert "samtale 3" in said.line
    assert "samtale 4" in said.line
    assert preview.summary() == "1 ny"
    assert words(store, later) == {"occupied": f"{MARK}Svar"}
    assert look(store, mentee, "ark.txt", text.encode()).entries == ()
    store.undo()
    there = store.get(Talk, later.id)
    assert there is not None
    store.commit([Change.deleted(there)])
    text = answered(sheet(store, mentee, talk), "Andet")
    preview = look(store, mentee, "ark.txt", text.encode())
    assert "bliver til en note" in preview.of(EntryKind.CHECK)[0].line
