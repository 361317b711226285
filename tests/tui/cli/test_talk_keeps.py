"""Whatever is typed at any prompt of the plain talk is kept, and "?" helps at each of them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from data.records import Action, Answer, Conflict, Mentee, Note, Talk, TalkState
from data.store.opening import open_store
from tests.tools.example import example_file_at
from tests.tui.cli.plain.tools import Typist, bytes_of, opened
from tests.tui.cli.tools import Mentor

Have = Callable[..., str]


@pytest.fixture
def have(file: Path, mentor: Mentor, monkeypatch: pytest.MonkeyPatch) -> Have:
    """Have the plain talk with lines to answer it; it is stopped where they end."""
    example_file_at(file)

    def have(*lines: str) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        done = mentor("talk", "Maja", "--plain")
        assert (done.status, done.err) == (0, "")
        return done.out

    return have


class Kept:
    """What the records hold of the talk that is running."""

    def __init__(self, file: Path) -> None:
        opened = open_store(file, threaded=False)
        store = opened.store
        self.maja = next(one for one in store.all(Mentee) if one.name.startswith("Maja"))
        (self.talk,) = (t for t in store.of(Talk, self.maja.id) if t.state is TalkState.RUNNING)
        answers = [a for a in store.of(Answer, self.maja.id) if a.talk_id == self.talk.id]
        self.answers = {one.key: one for one in answers}
        self.notes = [n for n in store.of(Note, self.maja.id) if n.talk_id == self.talk.id]
        self.actions = [a for a in store.of(Action, self.maja.id) if a.talk_id == self.talk.id]
        opened.close()

    @property
    def words(self) -> str:
        parts = [answer.mentee + "\n" + answer.mentor for answer in self.answers.values()]
        return "\n".join([*parts, *(note.text for note in self.notes)])


def test_a_sentence_at_enter_goes_on_is_a_private_note_of_the_talk(have: Have, file: Path) -> None:
    out = have("Vi sidder i kantinen i dag")
    assert "Kept as a private note: Vi sidder i kantinen i dag" in out
    assert "Everything is saved" in out
    (note,) = Kept(file).notes
    assert (note.text, note.private) == ("Vi sidder i kantinen i dag", True)
    assert note.at


def test_a_sentence_where_a_yes_is_asked_for_is_in_the_words_of_the_step(
    have: Have, file: Path
) -> None:
    out = have("", "Hun nåede det halve")
    assert "Kept in this step: Hun nåede det halve" in out
    assert "Write yes, or leave it empty." in out
    assert Kept(file).answers["since"].mentor == "Hun nåede det halve"


ACTION = (".go 4", "noget", ".action")
PLAN = (".go 16", "1")
CLOSE = (".go 17", "")
PLACES = {
    "Enter continues": (),
    "Yes, or leave empty": ("",),
    "Numbers of the tasks to talk about, such as 1 3": (".go 2", "", "", "", ""),
    "Mentee's words": (".go 3",),
    "What (noget)": ACTION,
    "Does the mentee do it?\nYes or no": (*ACTION, ""),
    "Due date (leave empty for none)": (*ACTION, "", "ja", "yes"),
    "Which task is it about": (".go 4", "noget", ".task"),
    "Step": (".go 4", ".go"),
    "Which task has changed? (Enter to continue)": (".go 16",),
    "Next step (now: ": PLAN,
    "Training step (now: ": (*PLAN, ""),
    "Sparring date (now ": (*PLAN, "", ""),
    "Mentor's words": (".go 17",),
    "Use this date for the next talk?\nYes or no": CLOSE,
    "Date of the next talk (leave empty for none)": (*CLOSE, "no"),
    "End the talk?\nYes or no": (*CLOSE, "yes"),
}
"""The prompts of the talk, and the lines that lead to each."""


@pytest.mark.parametrize("prompt", PLACES)
@pytest.mark.parametrize("line", ["Sagen fra i går gik bedre", ".sagen blev lukket", ".stop sagen"])
def test_nothing_that_is_typed_anywhere_is_dropped(
    have: Have, file: Path, prompt: str, line: str
) -> None:
    have(*PLACES[prompt], line)
    kept = Kept(file)
    tasks = [edit.after for edit in kept.talk.plan_edits]
    everything = "\n".join([kept.words, *(one.what for one in kept.actions), *tasks])
    assert line.removeprefix(".stop ").casefold() in everything.casefold()


@pytest.mark.parametrize("prompt", PLACES)
def test_a_question_mark_helps_at_every_prompt(have: Have, prompt: str) -> None:
    out = have(*PLACES[prompt], "?")
    helped = out.rindex("An empty line continues: to the other's answer")
    assert prompt in out[:helped]
    assert prompt.splitlines()[-1] in out[helped:], "it is asked again"


def test_a_note_in_a_talk_is_private_and_no_answer_until_it_is_shared(
    have: Have, file: Path
) -> None:
    out = have(
        "", "", ".note Hun er bange for mig", ".note", "Husk kage", ".notes", ".notes privat"
    )
    assert "Kept as a private note: Hun er bange for mig" in out
    kept = Kept(file)
    assert not any("bange" in one.mentee + one.mentor for one in kept.answers.values())
    assert {(one.text, one.private) for one in kept.notes} == {
        ("Hun er bange for mig", True),
        ("Husk kage", True),
    }
    have(".note En god ting", ".share", ".note Endnu en tanke")
    assert {one.text for one in Kept(file).notes if not one.private} == {"En god ting"}


def test_what_was_to_become_an_action_is_kept_where_its_questions_are_left(
    have: Have, file: Path
) -> None:
    have(".go 4", ".action", "Ringe til borgeren selv", "yes")
    kept = Kept(file)
    assert kept.actions == []
    assert "Ringe til borgeren selv" in kept.words


def test_words_behind_a_command_are_what_it_is_about(have: Have, file: Path) -> None:
    out = have(".go 4", ".action Læse om paragraffen", "", "yes", "")
    assert "What (Læse om paragraffen)" in out
    assert [one.what for one in Kept(file).actions] == ["Læse om paragraffen"]


def test_a_mistyped_number_is_no_note(have: Have, file: Path) -> None:
    have(".go 4", ".go", "99", "3", "æh")
    assert "99" not in Kept(file).words


SORT = (".go 4", "Sagen trak ud", "", "", ".go 11", "adj")
ALL_PLACES = {**PLACES, "Next time …": SORT, "I will …": (*SORT, "Frist")}


@pytest.mark.parametrize("prompt", ALL_PLACES)
def test_a_line_is_in_the_file_before_the_next_prompt(
    file: Path, mentor: Mentor, monkeypatch: pytest.MonkeyPatch, prompt: str
) -> None:
    example_file_at(file)
    word = "zqsaetning"
    there: list[bool] = []

    def look() -> None:
        there.append(word.encode() in bytes_of(file))

    monkeypatch.setattr("sys.stdin", Typist((*ALL_PLACES[prompt], f"{word} nummer to", look)))
    done = mentor("talk", "Maja", "--plain")
    assert (done.status, done.err) == (0, "")
    assert there == [True]
    with opened(file) as store:
        assert not [one for one in store.all(Conflict) if one.mine.startswith(word)], (
            "kept, not lost"
        )
