"""What is written after a full stop: one meaning in each place, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.i18n import _, set_language
from tui.cli.plain.desk import WORDS
from tui.cli.plain.place import Place
from tui.cli.plain.words import as_written, which
from tui.cli.plain_job.commands import LEADS
from tui.cli.plain_talk.commands import COMMANDS

PLACES = {name: leads.word for name, leads in LEADS.items()}


def kinds(kind: type[Place] = Place) -> Iterator[type[Place]]:
    for one in kind.__subclasses__():
        yield one
        yield from kinds(one)


@pytest.mark.parametrize("language", ["en", "da"])
def test_no_two_words_of_a_place_are_the_same(language: str) -> None:
    set_language(language)
    of_places = [dict(kind.COMMANDS) for kind in kinds()]
    assert len(of_places) > 15
    for commands in (*of_places, COMMANDS):
        everywhere = PLACES if commands is COMMANDS else {**WORDS, **PLACES}
        words = {**everywhere, **commands}
        written = [as_written(_(word)) for word in words.values()]
        assert len(set(written)) == len(written), written
        for name, word in words.items():
            assert which(as_written(_(word)), words) == (name, "")
            assert which(name, words)[0] == name


def test_a_word_may_be_begun_or_be_two_and_what_follows_is_kept() -> None:
    set_language("da")
    assert which("rol", PLACES) == ("roles", "")
    assert which("i dag Maja Holm", PLACES) == ("today", "Maja Holm")
    assert which("idag", PLACES) == ("today", "")
    assert which("PERS maja", PLACES) == ("people", "maja")
    assert which("hvad nu", PLACES) == ("", "")
    assert which("", PLACES) == ("", "")
