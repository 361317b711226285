"""Whatever is written on a document comes back the same: no word of it is taken for its form."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from data.documents.given import give
from data.documents.sources import document_of
from data.documents.writers.formats import written
from data.i18n import set_language
from data.queries.views import mentee_view
from data.records import Agreement, Duty, Goal, Mentee, Person
from data.store.change import Change
from data.store.store import Store
from data.text import line, lines
from tests.data.documents.forms import look
from tests.data.documents.plans import a_store as with_plan
from tests.data.documents.plans import a_task
from tests.data.documents.test_import_others import a_store as with_roles

WORDS = (
    *("# Formål", "## x", "#", "-", "--", "----", "____", "________", "...", "***", "* x", "+ x"),
    *("> x", ">", "1. x", "1) x", "12.", "- x", "- Mentor: x", "Mentor: x", "**x**", "*x*", "_x_"),
    *("x\\", "\\", "a|b", "| a | b |", "|---|---|", "<br>", "&amp;", "`x`", "~~~", "[x] y", "[ ]"),
    *("Maja Holm (mentee), dato", "Lone (mentor), date", "(mentee)", "Mentee, dato", "dato"),
    *("Kontakt: x", "Relation: x", "Spørg om", "Ved noget om: x", "Rollematricen", "Fortroligt"),
    *("Opgavetype: x", "Opgavetype", "Næste skridt:", "x: y", "=1+1", "'=1", "@x", "+45 12", "-5"),
    *("Fra: Lone", "Sendt: i går", "Til: Maja", "Emne: x", "Den 3. skrev Lone:", "Mange hilsner"),
    *("Hver anden uge (1 t)", "1 t", "45 min", "x (45 min)", "(x)", "01-02-2027", "dag 10"),
    *("Purpose", "Formål", "Sted", "Place:", "Review on 01-02-2027", "Mere af det", "Opgaverne"),
    *(
        "<!-- 7000000000000000009 -->",
        "[7000000000000000009]",
        "7000000000000000009",
        "a  b",
        "x;y",
    ),
    *("Samtale 3 med Maja Holm", "Forventninger: Maja Holm", "Aftalt den 01-02-2026", '"x"', '"'),
    "ord " * 30,
    "langtordudenmellemrum" * 5,
)
"""Lines that look like something else than words."""
a_line = st.sampled_from(WORDS) | st.text("abæ#>-_|*\\ :.(1", max_size=12)
a_text = st.lists(a_line | st.just(""), max_size=5).map("\n".join).map(lines)
a_short = a_line.map(line)

LANGUAGES = st.sampled_from(["da", "en"])
DOCX_MD_TXT = ("docx", "md", "txt")


def unchanged(store: Store, mentee: Mentee, what: str, *endings: str) -> None:
    """Assert that a document comes back without a change, given out or not, in each format."""
    for document in (
        document_of(store, what, mentee),
        give(store, mentee, document_of(store, what, mentee)),
    ):
        for ending in endings:
            preview = look(store, mentee, f"f.{ending}", written(document, ending))
            assert [one.line for one in preview.entries] == [], ending
            assert preview.changes == ()


@given(
    LANGUAGES,
    st.lists(a_text, min_size=6, max_size=6),
    st.lists(a_short, min_size=4, max_size=4),
)
def test_expectations(language: str, texts: list[str], short: list[str]) -> None:
    set_language(language)
    store, mentee = with_plan()
    there = Agreement(
        mentee_id=mentee.id,
        purpose=texts[0],
        rhythm_text=short[0],
        minutes=45,
        place=short[1],
        cancelling=texts[1],
        contact_between=texts[2],
        confidentiality=texts[3],
        mentee_expects=texts[4],
        mentor_expects=texts[5],
        hours_mentee=short[2],
        hours_mentor=short[3],
    )
    store.commit([Change.created(there)])
    unchanged(store, mentee, "expectations", *DOCX_MD_TXT)


@given(
    LANGUAGES,
    st.lists(a_text, min_size=3, max_size=3),
    st.lists(a_short.filter(bool), min_size=5, max_size=5),
)
def test_plan(language: str, texts: list[str], short: list[str]) -> None:
    set_language(language)
    store, mentee = with_plan(
        a_task(short[0], type=short[1], next_step=texts[0], description=texts[1], order=1.0),
        a_task("Anden", next_step=texts[2], extra={"Egen": short[2]}, order=2.0),
        columns=("Egen",),
    )
    task = mentee_view(store, mentee).tasks[0]
    goals = [Goal(mentee_id=mentee.id, task_id=task.id, text=one) for one in short[3:]]
    store.commit([Change.created(one) for one in goals])
    unchanged(store, mentee, "plan", *DOCX_MD_TXT, "csv")


@given(LANGUAGES, st.lists(a_short.filter(bool), min_size=8, max_size=8))
def test_roles(language: str, short: list[str]) -> None:
    set_language(language)
    store, mentee = with_roles()
    roles = mentee_view(store, mentee).roles
    people = [Person(name=short[0], contact=short[1]), Person(name="Pia", contact=short[2])]
    store.commit([Change.created(one) for one in people])
    for role, person, about, relation in zip(roles, people, short[3:5], short[5:7], strict=False):
        edited = Change.edited(role, person_id=person.id, ask_about=about, relation=relation)
        store.commit([edited])
    store.commit([Change.edited(store.all(Duty)[3], text=short[7])])
    unchanged(store, mentee, "roles", *DOCX_MD_TXT, "csv")
