"""In a team file nothing private goes into what a colleague has put under the same id.

Ids that are made of others can be worked out: that of an answer, or of a need of the next round.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.records import Answer, Mentee, Need, Note, NoteKind, Record
from data.store.change import Change
from tests.data.store.team_tools import Team
from tests.data.store.test_team_file import PRIVATE, WORD, texts


def planted(record: Record, mentee: Mentee) -> Record:
    """What a colleague puts there, of which nothing is private."""
    own: dict[str, Any] = {"id": record.id, "mentee_id": mentee.id}
    if isinstance(record, Answer):
        return Answer(**own, talk_id="", key="x", mentor="x")
    if isinstance(record, Need):
        return Need(**own, area="x")
    return Note(**own, text="x", kind=NoteKind.NOTE, private=False)


@pytest.mark.parametrize("what", sorted(PRIVATE.keys() - {"conflict"}))
@pytest.mark.parametrize("where", ["the same mentee", "another"])
def test_what_is_private_is_not_written_there(tmp_path: Path, what: str, where: str) -> None:
    team = Team(tmp_path)
    mentee, other = team.add_mentee(), team.add_mentee()
    record = PRIVATE[what](mentee)
    with team.as_("bo") as bo, team.as_("met") as met:
        bo.commit([Change.created(planted(record, mentee if where != "another" else other))])
        met.pump()
        met.commit([Change.created(record)])
        found = met.get(type(record), record.id)
        assert found is not None
        assert WORD in texts(met)
        met.commit([Change.between(found, replace(found, changed_by="met"))])
        bo.pump()
        assert WORD not in texts(bo)
    assert team.found(WORD) == []
    with team.as_("met") as met:
        assert WORD in texts(met)
