"""Mails that were saved: the form is attached, or the text of the mail is the form."""

from __future__ import annotations

import time
from contextlib import suppress
from email.message import EmailMessage
from html import escape

import pytest

from data.documents.given import give
from data.documents.importing.content import ImportProblem
from data.documents.importing.preview import EntryKind
from data.documents.importing.reading import read_bytes
from data.documents.kinds import kind_of
from data.documents.model.lines import text_of
from data.documents.sources import blank_form, default_talk, document_of
from data.documents.taking_in import take_in
from data.documents.writers.formats import written
from data.i18n import set_language
from data.records import Note
from tests.data.documents.build import example, first_mentee
from tests.data.documents.forms import look
from tests.data.documents.plans import a_store, a_task, given, lines, tasks_of
from tests.data.documents.test_import_hostile import SECONDS
from tests.data.documents.test_import_prep import MARK, answered, sheet, words
from tests.data.documents.test_import_prep import a_store as a_talk_to_come

ANSWER = "Jeg går og tænker på æbler, og en lang linje, som et mailprogram gerne deler i to"


@pytest.fixture(autouse=True)
def _danish() -> None:
    set_language("da")


def a_mail(text: str = "", *, encoding: str = "quoted-printable", page: str = "") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "maja@kommune.dk", "lone@kommune.dk"
    mail["Subject"] = "Svar: forberedelse på æøå"
    if text:
        mail.set_content(text, cte=encoding)
    if page and text:
        mail.add_alternative(page, subtype="html")
    elif page:
        mail.set_content(page, subtype="html")
    return mail


def as_page(text: str) -> str:
    """Return a text as a mail program has it as a web page."""
    divs = "".join(f"<div>{escape(one) or '<br>'}</div>" for one in text.split("\n"))
    return f"<html><head><style>p {{ color: red }}</style></head><body>{divs}</body></html>"


@pytest.mark.parametrize("how", ["quoted-printable", "base64", "8bit", "page", "both", "flowed"])
def test_a_sheet_in_the_text_of_a_mail_is_read(how: str) -> None:
    store, mentee, talk = a_talk_to_come(task_ids=())
    text = answered(sheet(store, mentee, talk), ANSWER)
    if how == "page":
        mail = a_mail(page=as_page(text))
    elif how == "both":
        mail = a_mail("Se mailen som HTML.", page=as_page(text))
    elif how == "flowed":
        mail = a_mail(text.replace(", og en", ", \nog en"))
        mail.replace_header("Content-Type", 'text/plain; charset="utf-8"; format=flowed')
    else:
        mail = a_mail(text, encoding=how)
    data = mail.as_bytes()
    take_in(store, look(store, mentee, "svar.eml", data))
    assert words(store, talk) == {"occupied": MARK + ANSWER}
    assert store.all(Note) == []


def test_a_sheet_that_is_quoted_in_a_mail_is_read() -> None:
    store, mentee, talk = a_talk_to_come(task_ids=())
    text = answered(sheet(store, mentee, talk), ANSWER)
    quoted = "\n".join(f"> {line}" for line in text.split("\n"))
    mail = a_mail(f"Hej Lone\n\nDen 3. maj 2026 skrev Lone:\n\n{quoted}")
    take_in(store, look(store, mentee, "svar.eml", mail.as_bytes()))
    assert words(store, talk) == {"occupied": MARK + ANSWER}
    (note,) = store.all(Note)
    assert note.text == f"{MARK}Hej Lone"


@pytest.mark.parametrize("ending", ["docx", "csv", "md", "txt"])
def test_a_plan_that_is_attached_to_a_mail_is_read_and_the_mail_is_named(ending: str) -> None:
    store, mentee = a_store(a_task("Skrive breve", type="Skriv"))
    data = written(given(store, mentee), ending)
    if ending != "docx":
        data = data.replace(b"Skriv\r", b"Ring\r").replace(b": Skriv\n", b": Ring\n")
        data = data.replace(b" Skriv ", b" Ring ").replace(b";Skriv;", b";Ring;")
    mail = a_mail("Hej Lone\nJeg har rettet planen.\n> Kan du rette planen?\n")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="kørsel.pdf")
    mail.add_attachment(
        data, maintype="application", subtype="octet-stream", filename=f"plån.{ending}"
    )
    preview = look(store, mentee, "svar.eml", mail.as_bytes())
    found = lines(preview, EntryKind.UNPLACED)
    assert len(found) == 3
    for line, said in zip(found, ("Hej Lone", "rettet planen", "kørsel.pdf"), strict=True):
        assert said in line
    take_in(store, preview)
    assert tasks_of(store)["Skrive breve"].type == ("Skriv" if ending == "docx" else "Ring")


def test_a_table_in_the_page_of_a_mail_is_read() -> None:
    store, mentee = a_store(a_task("Skrive breve"))
    page = (
        "<table><tr><td><p>Kære Lone</p><table><tr><th>Opgave</th><th>Opgavetype</th></tr>"
        "<tr><td><p>Skrive&nbsp;breve</p></td><td><p>Skriv</p><p>og ring</p></td></tr></table>"
        "</td></tr></table>"
    )
    take_in(store, look(store, mentee, "svar.eml", a_mail(page=page).as_bytes()))
    assert tasks_of(store)["Skrive breve"].type == "Skriv og ring"


def test_a_forwarded_mail_has_its_form_too() -> None:
    store, mentee = a_store(a_task("Skrive breve", type="Skriv"))
    inner = a_mail("Her er den")
    data = written(given(store, mentee), "docx")
    inner.add_attachment(data, maintype="application", subtype="msword", filename="plan.docx")
    outer = a_mail("Se nedenfor")
    outer.add_attachment(inner)
    preview = look(store, mentee, "v.eml", outer.as_bytes())
    assert preview.changes == ()
    assert [one for one in lines(preview, EntryKind.UNPLACED) if "Se nedenfor" in one]


def test_a_mail_without_a_form_says_what_is_wrong_with_it() -> None:
    store, mentee = a_store()
    mail = a_mail("Hej")
    with pytest.raises(ImportProblem, match=r"svar\.eml"):
        look(store, mentee, "svar.eml", mail.as_bytes())
    mail.add_attachment(
        b"\xd0\xcf\x11\xe0", maintype="application", subtype="msword", filename="a.doc"
    )
    with pytest.raises(ImportProblem, match=r"a\.doc"):
        look(store, mentee, "svar.eml", mail.as_bytes())


HOSTILE = {
    "nothing": b"",
    "a head that never ends": b"Content-Type: text/plain" + b"; a=b" * 200_000 + b"\n\nx",
    "parts in parts": b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(2_000)
    ),
    "tags": b"Content-Type: text/html\n\n" + b"<table><tr><td>a<b>" * 50_000,
    "a character set that nobody knows": b"Content-Type: text/plain; charset=nope\n\nHej",
    "bytes": bytes(range(256)) * 100,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_no_mail_takes_long(data: bytes) -> None:
    before = time.process_time()
    with suppress(ImportProblem):
        read_bytes("x.eml", data)
    assert time.process_time() - before < SECONDS


def test_a_table_with_tabs_that_a_spreadsheet_saved_as_text_is_read() -> None:
    store, mentee = a_store(a_task("Skrive breve"))
    text = "Opgave\tOpgavetype\r\nSkrive breve\tSkriv\r\n"
    take_in(store, look(store, mentee, "plan.txt", text.encode("utf-16")))
    assert tasks_of(store)["Skrive breve"].type == "Skriv"


def test_a_text_of_a_sheet_is_the_same_in_a_mail_and_in_a_file() -> None:
    store, mentee, talk = a_talk_to_come(task_ids=())
    text = text_of(sheet(store, mentee, talk))
    assert look(store, mentee, "svar.eml", a_mail(text).as_bytes()).changes == ()


@pytest.mark.parametrize("what", ["plan", "roles", "expectations", "prep"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_form_in_markdown_is_one_in_a_mail_and_in_a_text_file(what: str, language: str) -> None:
    set_language(language)
    store = example()
    mentee = first_mentee(store)
    talk = default_talk(store, kind_of(what), mentee) if what == "prep" else None
    about = written(give(store, mentee, document_of(store, what, mentee, talk)), "md").decode()
    for text in (about, written(blank_form(store, what), "md").decode()):
        wanted = look(store, mentee, "a.md", text.encode())
        quoted = "\n".join(f"> {line}" for line in text.split("\n"))
        for name, data in (
            ("a.txt", text.encode()),
            ("a.txt", quoted.encode()),
            ("a.eml", a_mail(quoted, encoding="8bit").as_bytes()),
        ):
            found = look(store, mentee, name, data)
            assert (found.entries, found.changes) == (wanted.entries, wanted.changes)
