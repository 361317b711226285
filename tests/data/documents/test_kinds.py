"""Every document: made of much and of little, in both languages, and never with a private word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from data.clock import now, today
from data.dates import show_date
from data.documents.kinds import kind_of, kinds
from data.documents.kinds.leader import _later_text, is_agreed, status_sum
from data.documents.model.document import Confidence, Heading, Table
from data.documents.model.lines import text_of
from data.documents.sources import document_of, without_names
from data.i18n import _, language, set_language
from data.library import duties
from data.method.mentorship.roles import new_mentee_records
from data.method.plan.fields import fields_of
from data.privacy import canaries
from data.queries.views import mentee_view
from data.records import Answer, CourseState, Mentee, Talk, TalkState, Task
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk, MemoryBackend
from tests.data.documents.build import a_talk, documents, example, first_mentee, forms


@pytest.fixture(params=["en", "da"], autouse=True)
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    set_language(request.param)
    yield
    set_language("en")


def new_mentee(name: str) -> tuple[Store, Mentee]:
    """Return a store with one mentee as they are on the day they are added."""
    store = Store(MemoryBackend(Disk()), by="met")
    mentee = Mentee(name=name, start=date(2026, 8, 1))
    store.commit(new_mentee_records(mentee, "", duties("en"), today()))
    return store, mentee


def test_the_eleven_documents_and_four_forms_are_there() -> None:
    keys = "plan roles expectations prep summary can-now leader buddy data scheme learning"
    assert [kind.key for kind in kinds() if kind.order < 20] == keys.split()
    blank = [kind.key for kind in kinds() if kind.blank]
    assert blank == ["plan", "roles", "expectations", "prep"]
    with pytest.raises(KeyError):
        kind_of("no-such")


def test_every_document_says_who_may_read_it_and_fits_its_width() -> None:
    store = example()
    found = list(documents(store, first_mentee(store)))
    assert {one.what for one in found} == {kind.key for kind in kinds()}
    for document in found:
        text = text_of(document)
        about_nobody = document.what == "scheme"
        assert text.startswith(document.title if about_nobody else _("Confidential")), document.what
        assert (document.confidence is Confidence.OPEN) is about_nobody
        assert max(map(len, text.split("\n"))) <= 72


@pytest.mark.parametrize("closed", [True, False])
def test_the_letter_does_not_speak_of_days_that_never_came(closed: bool) -> None:
    store, mentee = new_mentee("Maja")
    first = today() + timedelta(days=40)
    state = CourseState.CLOSED if closed else CourseState.ACTIVE
    closed_on = today() if closed else None
    store.commit([Change.edited(mentee, start=first, state=state, closed_on=closed_on)])
    letter = " ".join(text_of(document_of(store, "can-now", store.all(Mentee)[0])).split())
    opening = _(
        "Your mentorship begins on {start}. When it ends, this letter says what you have "
        "learned to do. It belongs to you, and you decide who sees it."
    )
    if closed:
        opening = _(
            "Your mentorship was closed on {end}, before your first day at work on {start}. This "
            "letter belongs to you, and you decide who sees it."
        )
    assert opening.format(start=show_date(first), end=show_date(today())) in letter
    assert _("No task has come to a higher training step yet.") not in letter
    thanks = _("Thank you for the time together, and all the best with what comes next.")
    assert thanks not in letter


def test_no_private_word_is_in_any_document() -> None:
    store, mentee = new_mentee("Maja")
    planted = canaries.plant(store, mentee, now())
    wish = Change.edited(planted.task, next_step="Ring", next_step_to_manager=True)
    store.commit([wish])
    seen = []
    for document in documents(store, mentee):
        text = "\n".join([*document.texts(), text_of(document)])
        if document.what == "learning":
            text = text.replace(canaries.LEARNED, "")
        assert canaries.ALL not in text, document.what
        seen.append(text)
    assert any(canaries.OPEN in text for text in seen), "the shared words were looked at"


def test_the_status_for_the_manager_has_no_answer_of_a_talk_and_only_marked_next_steps() -> None:
    store, mentee = new_mentee("Maja")
    talk = next(talk for talk in store.of(Talk, mentee.id))
    first = Task(mentee_id=mentee.id, title="Notat", next_step="Deles", next_step_to_manager=True)
    second = Task(mentee_id=mentee.id, title="Sag", next_step="Deles ikke", potential="Heller ikke")
    answer = Answer(mentee_id=mentee.id, talk_id=talk.id, key="help", mentee="SVAR", mentor="SVAR")
    held = Change.edited(talk, state=TalkState.HELD, started_at=now())
    wish = Change.edited(mentee, manager_wishes="Fast plads")
    new = [Change.created(one) for one in (first, second, answer)]
    store.commit([held, wish, *new])
    text = text_of(document_of(store, "leader", store.get(Mentee, mentee.id)))
    assert _("Not agreed with {name} yet.").format(name="Maja") in text
    assert "Notat: Deles" in text
    assert "Fast plads" in text
    assert "Deles ikke" not in text
    assert "Heller ikke" not in text
    assert "SVAR" not in text
    agreed = Change.edited(store.get(Mentee, mentee.id) or mentee, status_agreed_on=today())
    store.commit([agreed])
    text = text_of(document_of(store, "leader", store.get(Mentee, mentee.id)))
    assert _("Not agreed with {name} yet.").format(name="Maja") not in text


def test_a_mentee_of_today_has_a_full_page_in_every_document() -> None:
    store, mentee = new_mentee("Maja Holm")
    for document in documents(store, mentee):
        assert document.title
        assert document.blocks
        assert document.what in (
            "scheme",
            "learning",
            "workplace",
            "mentors",
        ) or "Maja Holm" in text_of(document)
        headings = [block.level for block in document.blocks if isinstance(block, Heading)]
        steps = zip([1, *headings], headings, strict=False)
        assert all(after <= before + 1 for before, after in steps), "headings go down one by one"


def test_the_plan_has_every_field_and_own_columns_in_its_grid() -> None:
    store, mentee = new_mentee("Maja")
    own = Change.edited(mentee, columns=("Journal", "=1+1"))
    store.commit([own, Change.created(Task(mentee_id=mentee.id, title="Notat"))])
    grid = document_of(store, "plan", store.get(Mentee, mentee.id)).grid
    assert grid is not None
    keys = [column.key for column in grid.columns]
    assert set(keys) == {"number", *(field.key for field in fields_of(("Journal", "=1+1")))}
    assert keys.index("extra.Journal") < keys.index("description"), "those of the grid come first"
    shown = document_of(store, "plan", store.get(Mentee, mentee.id)).blocks
    table = next(block for block in shown if isinstance(block, Table))
    assert "checks" not in [column.key for column in table.columns], "no empty columns on paper"


def test_the_summary_names_the_next_talk_and_the_letter_its_tasks() -> None:
    store = example()
    mentee = first_mentee(store)
    talk = a_talk(store, mentee)
    text = text_of(document_of(store, "summary", mentee, talk))
    assert mentee.name in text
    letter = document_of(store, "can-now", mentee)
    table = next(block for block in letter.blocks if isinstance(block, Table))
    assert len(table.rows) >= 3
    assert all(all(row) for row in table.rows)


def test_what_the_mentor_learned_names_no_mentee() -> None:
    text = without_names("Maja Holms mod, og at Maja spørger. Majas. Holmen.", ["Maja Holm"])
    who = _("the mentee")
    assert text == f"{who}s mod, og at {who} spørger. {who}s. Holmen."
    assert without_names("liv og bo", ["Liv Bo", ""]) == "liv og bo"
    text = without_names("Holm sagde MAJA, maja og Anne.", ["Maja Holm", "Anne-Marie Lund"])
    assert text == f"{who} sagde {who}, {who} og {who}."
    store = example()
    text = text_of(document_of(store, "learning"))
    assert not any(one.name.split()[0] in text for one in store.all(Mentee))


def test_blank_forms_are_about_nobody() -> None:
    store = example()
    names = {one.name for one in store.all(Mentee)}
    found = list(forms(store))
    assert len(found) == 4
    for form in found:
        text = text_of(form)
        assert not any(name in text for name in names)
        assert form.title


def test_a_status_that_was_agreed_says_when_it_has_changed_since() -> None:
    store, mentee = new_mentee("Maja")
    view = mentee_view(store, mentee)
    agreed = Change.edited(mentee, status_agreed_on=today(), status_agreed_sum=status_sum(view))
    store.commit([agreed])
    assert is_agreed(mentee_view(store, store.get(Mentee, mentee.id) or mentee))
    store.commit([Change.created(Task(mentee_id=mentee.id, title="Notat"))])
    now_view = mentee_view(store, store.get(Mentee, mentee.id) or mentee)
    assert not is_agreed(now_view)
    changed = _("Agreed with {name} on {date}; something has changed since.")
    said = changed.format(name="Maja", date=show_date(today()))
    assert said in text_of(document_of(store, "leader", now_view.mentee)).replace("\n", " ")


def _with_talks_to_come(days: list[date]) -> tuple[Store, Mentee]:
    store, mentee = new_mentee("Maja")
    store.commit([Change.deleted(one) for one in store.of(Talk, mentee.id)])
    talks = [Talk(mentee_id=mentee.id, number=n, planned_on=day) for n, day in enumerate(days, 1)]
    store.commit([Change.created(talk) for talk in talks])
    return store, mentee


def _agree(store: Store, mentee: Mentee, status_sum: str) -> None:
    agreed = Change.edited(mentee, status_agreed_on=today(), status_agreed_sum=status_sum)
    store.commit([agreed])


@pytest.mark.parametrize("talks", [0, 3, 4, 9])
def test_a_status_that_was_agreed_is_agreed_in_the_other_language(talks: int) -> None:
    store, mentee = _with_talks_to_come([today() + timedelta(weeks=n) for n in range(talks)])
    made = status_sum(mentee_view(store, mentee))
    _agree(store, mentee, made)
    set_language("da" if language() == "en" else "en")
    view = mentee_view(store, store.all(Mentee)[0])
    assert is_agreed(view)
    assert status_sum(view) == made


OLD_SUMS = {
    4: ("6a7d28b58cd0b28a", "d54609f5e75372ab"),
    5: ("2fcf807f2d8e92c4", "f951f6127a7394ef"),
}
"""So many talks to come -> what programs made of it whose checksum had the words of the page."""


@pytest.mark.parametrize("talks", OLD_SUMS)
def test_a_status_that_was_agreed_in_an_older_program_still_is(talks: int) -> None:
    for old in OLD_SUMS[talks]:
        store, mentee = _with_talks_to_come([date(2099, 1, 1 + n) for n in range(talks)])
        _agree(store, mentee, old)
        assert is_agreed(mentee_view(store, store.all(Mentee)[0]))


@pytest.mark.parametrize(("talks", "lines"), [(0, 0), (1, 1), (3, 3), (4, 3), (19, 3)])
def test_the_manager_sees_the_next_three_talks_and_how_many_follow(talks: int, lines: int) -> None:
    days = [today() + timedelta(weeks=number) for number in range(talks)]
    store, mentee = _with_talks_to_come(days)
    text = " ".join(text_of(document_of(store, "leader", mentee)).split())
    assert [show_date(day) in text for day in days[:3]] == [True] * lines
    assert not any(show_date(day) in text for day in days[3:-1])
    if more := talks - lines:
        last = show_date(days[-1])
        follow = _later_text(mentee_view(store, mentee).to_come[3:])
        assert follow in text
        assert follow.startswith(f"{more} ")
        assert last in follow


def test_no_document_counts_to_nought_where_no_talk_is_held_yet() -> None:
    store, mentee = new_mentee("Maja")
    for kind in ("can-now", "overview"):
        text = text_of(document_of(store, kind, mentee))
        assert "0 talk" not in text
        assert "0 samtale" not in text
    talk = Talk(mentee_id=mentee.id, number=1, planned_on=today())
    store.commit([Change.created(talk)])
    title = document_of(store, "prep", mentee, talk).title
    after_colon = title.partition(": ")[2]
    assert after_colon[0].islower(), title
