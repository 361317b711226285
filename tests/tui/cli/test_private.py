"""The command line prints nothing private unasked, and asks the one rule what that is."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from data.method import visibility
from data.privacy import canaries as c
from data.privacy.canaries import plant
from data.records import Answer, Mentee, Talk, TalkState, new_id
from data.store.change import Change
from data.store.opening import open_store
from tests.tui.cli.tools import NOW, Mentor

Look = Callable[[], str]
TO_HELP = ".go 6"
TO_WELLBEING = ".go 8"
TO_SORT = ".go 9"


@pytest.fixture
def planted(file: Path) -> None:
    opened = open_store(file, by="birgitte", threaded=False)
    try:
        maja = Mentee(name="Maja Holm")
        opened.store.commit([Change.created(maja)], undoable=False)
        moment = datetime.fromisoformat(NOW).astimezone()
        plant(opened.store, maja, moment)
    finally:
        opened.close()


def test_show_tells_what_was_said_in_a_talk_that_is_not_finished(
    mentor: Mentor, file: Path
) -> None:
    moment = datetime.fromisoformat(NOW).astimezone()
    maja = Mentee(name="Maja Holm")
    talk = Talk(mentee_id=maja.id, number=1, state=TalkState.RUNNING, started_at=moment)
    asked = Answer(mentee_id=maja.id, talk_id=talk.id, key="optaget", question="Hvad fylder?")
    said = replace(asked, mentee="Et delt svar", examples=("Et eksempel",))
    own = replace(asked, id=new_id(), key="praise", mentor="Et privat svar", private=True)
    opened = open_store(file, threaded=False)
    opened.store.commit([Change.created(one) for one in (maja, talk, said, own)])
    assert opened.close()
    brief = mentor("show", "maja").out
    assert "2 answers are not shown (--all shows them)." in brief
    assert "svar" not in brief
    shared = mentor("show", "maja", "--all").out
    assert "Hvad fylder?\n      Mentee: Et delt svar\n      Example: Et eksempel\n" in shared
    assert "1 private answer is not shown (--private shows it)." in shared
    assert "Et privat svar" not in shared
    assert "      Mentor: Et privat svar\n" in mentor("show", "maja", "--all", "--private").out


def test_words_at_a_step_without_a_question_stand_under_its_title(
    mentor: Mentor, file: Path
) -> None:
    maja = Mentee(name="Maja Holm")
    opened = open_store(file, threaded=False)
    opened.store.commit([Change.created(maja)])
    talk = Talk(mentee_id=maja.id, number=9, state=TalkState.HELD)
    said = Answer(mentee_id=maja.id, talk_id=talk.id, key="since", mentee="Alt vel")
    opened.store.commit([Change.created(one) for one in (talk, said)])
    assert opened.close()
    out = mentor("show", maja.name, "--all").out
    assert "    So far\n      Mentee: Alt vel" in out
    assert "since\n" not in out


@pytest.fixture
def talk(mentor: Mentor, monkeypatch: pytest.MonkeyPatch, planted: None) -> Callable[..., str]:
    """Have the plain talk with lines to answer it; it is stopped where they end."""

    def have(*lines: str) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        done = mentor("talk", "Maja", "--plain")
        assert (done.status, done.err) == (0, "")
        return done.out

    return have


PRINTED = {
    "show": (("show", "Maja"), (c.NOTE, c.DOUBT, c.SHARED_DOUBT)),
    "show as JSON": (
        ("show", "Maja", "--format", "json"),
        (
            c.NOTE,
            c.DOUBT,
            c.SHARED_DOUBT,
            c.ANSWER,
            c.EXAMPLE,
            c.WISH,
            c.WELLBEING,
            c.PULSE,
            c.VIEW,
        ),
    ),
}
SAID = {
    "since": ((".next",), (c.NOTE, c.DOUBT, c.SHARED_DOUBT, c.WISH)),
    "what is written": ((TO_HELP,), (c.ANSWER,)),
    "wellbeing": ((TO_WELLBEING,), (c.WELLBEING,)),
    "sort": ((TO_SORT, "", "", "", "", ""), (c.NOTE, c.SHARED_DOUBT, c.ANSWER, c.WELLBEING)),
    ".show": ((".show",), (c.ANSWER, c.WELLBEING)),
}


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize("name", PRINTED)
def test_a_command_prints_what_is_private_only_by_the_rule(
    mentor: Mentor, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    command, kept = PRINTED[name]
    out = mentor(*command).out
    assert c.OPEN in out
    assert c.ALL not in out
    asked = mentor(*command, "--private").out
    monkeypatch.setattr(visibility, "shows_all", lambda _reader: True)
    for shown in (asked, mentor(*command).out):
        assert [canary for canary in kept if canary not in shown] == []


@pytest.mark.parametrize("name", SAID)
def test_the_plain_talk_says_what_is_private_only_by_the_rule(
    talk: Callable[..., str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    lines, kept = SAID[name]
    assert c.ALL not in talk(*lines)
    monkeypatch.setattr(visibility, "shows_all", lambda _reader: True)
    said = talk(*lines)
    assert [canary for canary in kept if canary not in said] == []


def test_the_plain_talk_tells_that_something_private_is_there(talk: Callable[..., str]) -> None:
    assert "There is already private text here; .show private shows it." in talk(TO_HELP)
    out = talk(".show")
    assert "3 private answers are left out; .show private shows them." in out
    assert c.OPEN in out
    out = talk(".show private")
    assert c.ANSWER in out
    assert c.WELLBEING in out


def test_a_private_line_is_not_offered_in_a_later_step(talk: Callable[..., str]) -> None:
    open_line = talk(".go 3", "noget", ".go 4", ".action", "")
    assert "What (noget)" in open_line
    private = talk(TO_WELLBEING, "hemmelig", ".go 4", ".action", "")
    assert "What ()" in private
    assert "hemmelig" not in private


@pytest.mark.usefixtures("planted")
def test_no_other_command_prints_anything_private(mentor: Mentor) -> None:
    for command in (("list",), ("due", "--days", "30"), (), ("list", "--format", "json")):
        assert c.ALL not in mentor(*command).out
