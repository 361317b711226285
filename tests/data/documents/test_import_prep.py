"""A preparation sheet that comes back: the mentee's answers stand in the next talk."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import datetime, timedelta

import docx
import pytest

from data.clock import now, today
from data.documents.importing.preview import EntryKind, Preview
from data.documents.model.document import Document, Room
from data.documents.model.lines import text_of
from data.documents.sources import blank_form, document_of
from data.documents.taking_in import take_in
from data.documents.writers.formats import written
from data.i18n import set_language
from data.library import questions
from data.method.talk.flow import TalkFlow
from data.method.visibility import Reader, may_see, visible
from data.queries.views import mentee_view, talk_words
from data.records import Answer, Mentee, Note, Question, Talk, TalkState, Task
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk, MemoryBackend
from tests.data.documents.forms import look

LABEL = re.compile(r"^(?:Dine tanker|Your thoughts):$", re.MULTILINE)
MARK = "Fra forberedelsen: "


@pytest.fixture(autouse=True)
def _danish() -> None:
    set_language("da")


def a_store(**talk: object) -> tuple[Store, Mentee, Talk]:
    store = Store(MemoryBackend(Disk()), by="met")
    mentee = Mentee(name="Maja Holm")
    tasks = [Task(mentee_id=mentee.id, title=one) for one in ("Børnesamtaler", "Møder")]
    fields: dict[str, object] = {
        "planned_on": today() + timedelta(days=3),
        "task_ids": tuple(one.id for one in tasks),
        **talk,
    }
    planned = Talk(mentee_id=mentee.id, number=3, **fields)  # type: ignore[arg-type]
    store.commit([Change.created(one) for one in (mentee, *tasks, planned)])
    return store, mentee, planned


def sheet(store: Store, mentee: Mentee, talk: Talk | None) -> Document:
    return document_of(store, "prep", mentee, talk) if talk else blank_form(store, "prep")


def answered(document: Document, *answers: str) -> str:
    """Return a sheet as text, with an answer below each label; the last ones are left empty."""
    left = list(answers)
    return LABEL.sub(lambda found: f"{found[0]}\n{left.pop(0) if left else ''}", text_of(document))


def words(store: Store, talk: Talk) -> dict[str, str]:
    return {one.key: one.mentee for one in store.all(Answer) if one.talk_id == talk.id}


def taken(store: Store, mentee: Mentee, text: str, name: str = "ark.txt") -> Preview:
    preview = look(store, mentee, name, text.encode())
    take_in(store, preview)
    return preview


def keys(store: Store, mentee: Mentee, talk: Talk) -> list[str]:
    flow = TalkFlow(mentee_view(store, mentee), talk, talk_words(store))
    document = sheet(store, mentee, talk)
    rooms = [one.key for one in document.blocks if isinstance(one, Room)]
    assert all(flow.step(key) is not None for key in rooms)
    return rooms


def test_answers_stand_in_the_talk_marked_each_at_its_question() -> None:
    store, mentee, talk = a_store()
    wanted = keys(store, mentee, talk)
    said = [f"Svar {number} æøå.\nAnden linje" for number in range(len(wanted))]
    preview = taken(store, mentee, answered(sheet(store, mentee, talk), *said))
    assert words(store, talk) == {key: MARK + text for key, text in zip(wanted, said, strict=True)}
    assert len(preview.entries) == len(wanted)
    assert store.all(Note) == []
    assert store.undo() == preview.step
    assert store.all(Answer) == []


def test_an_unanswered_sheet_changes_nothing() -> None:
    store, mentee, talk = a_store()
    for document in (sheet(store, mentee, talk), sheet(store, mentee, None)):
        for ending in ("txt", "md", "docx"):
            preview = look(store, mentee, f"ark.{ending}", written(document, ending))
            assert (preview.changes, preview.entries) == ((), ())


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_blank_form_of_either_language_is_for_the_next_talk(language: str) -> None:
    store, mentee, talk = a_store(task_ids=())
    set_language(language)
    text = answered(blank_form(store, "prep"), "Ét", "To")
    set_language("da")
    taken(store, mentee, text)
    assert words(store, talk) == {"occupied": MARK + "Ét", "works": MARK + "To"}


MAIL = """Fra: Maja Holm <maja@kommune.dk>
Sendt: 28. november 2026 10:00
Til: Met
Emne: SV: Forberedelse

Hej Met, her er mine svar.

Den fre. 27. nov. 2026 kl. 09.00 skrev Met:
{quoted}

Med venlig hilsen

Maja Holm
Socialrådgiver, tlf. 12 34 56 78
"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("quote", ["> ", ">", ">> ", "> > "])
def test_a_sheet_quoted_in_a_mail_is_read(encoding: str, quote: str) -> None:
    store, mentee, talk = a_store(task_ids=())
    text = answered(sheet(store, mentee, talk), "Rødgrød", "", "", "", "", "Trygt")
    quoted = "\n".join(quote + one for one in text.split("\n"))
    mail = MAIL.format(quoted=quoted).replace("\n", "\r\n")
    preview = look(store, mentee, "svar.txt", mail.encode(encoding))
    take_in(store, preview)
    assert words(store, talk) == {"occupied": MARK + "Rødgrød", "wellbeing": MARK + "Trygt"}
    (note,) = store.all(Note)
    assert note.text == MARK + "Hej Met, her er mine svar."
    (left_out,) = preview.of(EntryKind.UNPLACED)
    assert left_out.place


def test_answers_written_between_the_quoted_lines_are_found() -> None:
    store, mentee, talk = a_store(task_ids=())
    lines = ["> " + one for one in text_of(sheet(store, mentee, talk)).split("\n")]
    place = next(i for i, one in enumerate(lines) if one.startswith("> Dine tanker"))
    lines[place + 1 : place + 1] = ["", "Jeg har skrevet", "to linjer", ""]
    taken(store, mentee, "\n".join(lines))
    assert words(store, talk) == {"occupied": f"{MARK}Jeg har skrevet\nto linjer"}


def test_what_the_mentor_and_the_mentee_have_written_stays() -> None:
    store, mentee, talk = a_store(task_ids=())
    flow = TalkFlow(mentee_view(store, mentee), talk, talk_words(store))
    step = flow.step("occupied")
    assert step is not None
    there = replace(flow.new_answer(step), mentee="Mødet i går", mentor="Husk at rose")
    store.commit([Change.created(there)])
    text = answered(sheet(store, mentee, talk), "Sagen om Bo")
    preview = taken(store, mentee, text)
    (answer,) = store.all(Answer)
    assert answer.mentee == f"Mødet i går\n{MARK}Sagen om Bo"
    assert answer.mentor == "Husk at rose"
    assert len(preview.of(EntryKind.BOTH)) == 1
    assert taken(store, mentee, text).changes == (), "it is taken in once"


def test_two_sessions_keep_what_the_mentor_writes_meanwhile() -> None:
    disk = Disk()
    store = Store(MemoryBackend(disk, "met"), by="met")
    mentee = Mentee(name="Maja Holm")
    talk = Talk(mentee_id=mentee.id, number=3, planned_on=today())
    store.commit([Change.created(mentee), Change.created(talk)])
    other = Store(MemoryBackend(disk, "lone"), by="lone")
    preview = look(
        store, mentee, "a.txt", answered(sheet(store, mentee, talk), "Fra Maja").encode()
    )
    flow = TalkFlow(mentee_view(other, mentee), talk, talk_words(other))
    step = flow.step("occupied")
    assert step is not None
    other.commit([Change.created(replace(flow.new_answer(step), mentee="Sagt før", mentor="Mit"))])
    take_in(store, preview)
    (answer,) = Store(MemoryBackend(disk), by="x").all(Answer)
    assert "Fra Maja" in answer.mentee
    assert "Sagt før" in answer.mentee
    assert answer.mentor == "Mit"


def test_an_answer_about_wellbeing_stays_private_and_is_not_quoted() -> None:
    store, mentee, talk = a_store(task_ids=())
    preview = taken(store, mentee, answered(sheet(store, mentee, talk), *[""] * 5, "KANARIE"))
    (answer,) = store.all(Answer)
    assert answer.key == "wellbeing"
    assert not may_see(answer, Reader.WRITTEN)
    assert [one.line for one in preview.entries] == [
        "Hvordan er det for dig at være ny i teamet? (privat)"
    ]


def over(store: Store, talk: Talk) -> Talk:
    """Hold a talk, and return the one that comes after it."""
    found = store.get(Talk, talk.id)
    assert found is not None
    ended = datetime.now(tz=now().tzinfo)
    held = Change.edited(found, state=TalkState.HELD, started_at=ended, ended_at=ended)
    planned = today() + timedelta(days=20)
    after = Talk(mentee_id=talk.mentee_id, number=talk.number + 1, planned_on=planned)
    store.commit([held, Change.created(after)])
    return after


def test_a_sheet_of_a_talk_that_was_held_is_never_one_of_the_next() -> None:
    store, mentee, held = a_store(task_ids=())
    text = answered(sheet(store, mentee, held), "Svar")
    after = over(store, held)
    taken(store, mentee, text)
    assert words(store, held) == {}
    assert words(store, after) == {}
    (note,) = store.all(Note)
    assert note.text.startswith(MARK)
    assert note.text.endswith("\nSvar")
    assert visible([note], Reader.WRITTEN) == ()
    assert taken(store, mentee, text).does_nothing


@pytest.mark.parametrize("ending", ["txt", "md", "docx"])
def test_what_stands_in_a_talk_that_was_held_is_nothing_new(ending: str) -> None:
    store, mentee, held = a_store(task_ids=())
    document = sheet(store, mentee, held)
    blank = written(document, ending)
    text = answered(document, "Svar", "", "Mere")
    taken(store, mentee, text)
    before = words(store, held)
    after = over(store, held)
    for data, name in ((text.encode(), "ark.txt"), (blank, f"ark.{ending}")):
        preview = look(store, mentee, name, data)
        assert (preview.changes, preview.entries) == ((), ())
    more = text.replace("Mere", "Noget helt andet")
    taken(store, mentee, more)
    assert words(store, held) == before
    assert words(store, after) == {}
    (note,) = store.all(Note)
    assert "Noget helt andet" in note.text
    assert "Svar" not in note.text


def test_a_sheet_names_its_talk_among_several() -> None:
    store, mentee, talk = a_store(task_ids=())
    sooner = Talk(mentee_id=mentee.id, number=2, planned_on=today())
    store.commit([Change.created(sooner)])
    taken(store, mentee, answered(sheet(store, mentee, talk), "Svar"))
    assert words(store, talk) == {"occupied": f"{MARK}Svar"}
    assert words(store, sooner) == {}


def test_without_a_talk_to_come_all_becomes_one_private_note() -> None:
    store, mentee, talk = a_store(task_ids=())
    text = answered(sheet(store, mentee, talk), "Svar", *[""] * 4, "Trivsel")
    store.commit([Change.edited(talk, state=TalkState.CANCELLED)])
    taken(store, mentee, text)
    (note,) = store.all(Note)
    assert "Svar" in note.text
    assert "Trivsel" in note.text
    assert visible([note], Reader.WRITTEN) == ()


def test_an_answer_to_a_question_that_is_gone_becomes_a_note_with_the_question() -> None:
    store, mentee, talk = a_store(task_ids=())
    own = Question(text="Hvad har overrasket dig?")
    store.commit([Change.created(own)])
    rooms = keys(store, mentee, talk)
    number = next(i for i, key in enumerate(rooms) if key.startswith("own"))
    text = answered(sheet(store, mentee, talk), "Først", *[""] * (number - 1), "Roen her")
    store.commit([Change.deleted(own)])
    taken(store, mentee, text)
    assert words(store, talk) == {"occupied": f"{MARK}Først"}
    (note,) = store.all(Note)
    assert "Hvad har overrasket dig?" in note.text
    assert "Roen her" in note.text


def test_a_sheet_in_markdown_is_read() -> None:
    store, mentee, talk = a_store(task_ids=())
    asked = [one.to_mentee() or one.general for one in questions("da").questions]
    text = "# Forberedelse\n\n" + "\n\n".join(
        f"## {number}. {question}\n\n**Dine tanker:** Svar \\*{number}\\*\n"
        for number, question in enumerate(asked, 1)
    )
    taken(store, mentee, text, "ark.md")
    assert words(store, talk)["help"] == f"{MARK}Svar *4*"
    assert words(store, talk)["works"] == f"{MARK}Svar *2*"
    assert len(words(store, talk)) == 6


def test_a_sheet_written_as_markdown_and_answered_is_read() -> None:
    store, mentee, talk = a_store()
    said = written(sheet(store, mentee, talk), "md").decode()
    number = iter(range(20))
    answered_ = re.sub(r"\*\*Dine tanker:\*\*", lambda one: f"{one[0]} Svar {next(number)}", said)
    taken(store, mentee, answered_, "ark.md")
    wanted = keys(store, mentee, talk)
    assert words(store, talk) == {key: f"{MARK}Svar {at}" for at, key in enumerate(wanted)}
    assert store.all(Note) == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_sheet_answered_in_word_is_read(language: str) -> None:
    set_language(language)
    store, mentee, talk = a_store()
    document = sheet(store, mentee, talk)
    wanted = keys(store, mentee, talk)
    word = docx.Document(io.BytesIO(written(document, "docx")))
    rooms = [one for one in word.tables if len(one.rows) == 1 and len(one.columns) == 1]
    for number, room in enumerate(rooms):
        room.cell(0, 0).text = f"Svar {number}\næøå"
    word.add_paragraph("Vi ses!")
    kept = io.BytesIO()
    word.save(kept)
    take_in(store, look(store, mentee, "ark.docx", kept.getvalue()))
    mark = MARK if language == "da" else "From the preparation: "
    said = words(store, talk)
    assert list(said) == wanted
    assert said[wanted[0]] == f"{mark}Svar 0\næøå"
    assert "Vi ses!" in said[wanted[-1]] + "".join(one.text for one in store.all(Note))


def test_an_answer_written_beside_the_room_in_word_is_read() -> None:
    store, mentee, talk = a_store(task_ids=())
    word = docx.Document(io.BytesIO(written(sheet(store, mentee, talk), "docx")))
    heading = next(one for one in word.paragraphs if one.text.startswith("2. "))
    heading.insert_paragraph_before("Ved siden af rummet")
    kept = io.BytesIO()
    word.save(kept)
    take_in(store, look(store, mentee, "ark.docx", kept.getvalue()))
    assert words(store, talk) == {"occupied": f"{MARK}Ved siden af rummet"}


def test_words_on_the_sheet_that_answer_nothing_become_a_private_note() -> None:
    store, mentee, talk = a_store(task_ids=())
    text = sheet(store, mentee, talk)
    said = text_of(text).replace(text.title, f"{text.title}\n\nJeg kommer ti minutter senere.")
    taken(store, mentee, said)
    (note,) = store.all(Note)
    assert note.text == f"{MARK}Jeg kommer ti minutter senere."
    assert note.talk_id == talk.id
