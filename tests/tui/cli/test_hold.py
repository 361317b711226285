"""`mentor hold`."""

from __future__ import annotations

from pathlib import Path

from data.records import Mentee, Note
from data.store.opening import open_store
from tests.tui.cli.tools import Mentor


def mentee(file: Path) -> Mentee:
    opened = open_store(file, threaded=False)
    found = opened.store.all(Mentee)[0]
    opened.close()
    return found


def test_a_mentee_is_put_on_hold_and_released(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja Holm", "--start", "1/8")
    said = mentor("hold", "maja", "on", "--why", "har bedt om indsigt")
    assert said.status == 0
    assert "Nothing about Maja Holm is deleted any more" in said.out
    assert mentee(file).held_why == "har bedt om indsigt"
    assert mentor("hold", "maja", "on").status == 0
    assert mentee(file).held_why == "har bedt om indsigt"
    assert mentor("hold", "maja", "off").status == 0
    assert mentee(file).held_since is None
    assert "is not on hold" in mentor("hold", "maja", "off").out
    assert mentor("hold", "maja", "perhaps").status == 2
    assert mentor("hold", "nobody", "on").status == 4


def test_the_note_stays_that_somebody_wants_to_delete(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja Holm", "--start", "1/8")
    mentor("note", "maja", "en note")
    mentor("hold", "maja", "on")
    opened = open_store(file, threaded=False)
    assert [note.text for note in opened.store.all(Note)] == ["en note"]
    opened.close()


def test_on_or_off_is_asked_for_in_whole_sentences(mentor: Mentor) -> None:
    result = mentor("hold", "maja")
    assert result.status == 2
    assert result.problem.endswith("Choose from: on, off. See: mentor hold --help")
