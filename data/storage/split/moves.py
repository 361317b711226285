"""A change of both files at once, which is made in both or in none, whenever the program dies.

First it is written into the own file as a document: that is the moment that counts. Then the team
file is changed, and says in the same line of its journal that it has been. At last the own file is
changed, and the document deleted, in one line too. Whoever finds such a document of a session that
has died goes on from there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

from data.frozen import changing
from data.storage.protocol import Doc, DocChange, Tables
from data.storage.split.mark import new_mark
from data.storage.split.parts import MOVES


@changing
class Move:
    """A change of both files."""

    id: str
    """The id of its document in the own file."""
    session: str
    """The id of the session that makes it."""
    token: str
    """Its random name, by which the team file says that it has it."""
    team: list[DocChange]
    """What changes in the team file."""
    own: list[DocChange]
    """What changes in the own file."""
    asked: Sequence[DocChange] = ()
    """What was to be saved, as it was asked for."""
    is_written: bool = False
    """Whether its document is in the own file."""

    @property
    def is_together(self) -> bool:
        """Whether it is part of a deletion that is made whole or not at all."""
        return any(change.together for change in self.team)

    def written(self) -> DocChange:
        """Return the change that writes its document."""
        return DocChange(MOVES, self.id, None, self._doc())

    def forgotten(self) -> DocChange:
        """Return the change that deletes its document."""
        return DocChange(MOVES, self.id, self._doc(), None)

    def _doc(self) -> Doc:
        team, own = ([_listed(change) for change in some] for some in (self.team, self.own))
        doc: Doc = {"session": self.session, "token": self.token, "team": team, "own": own}
        return {**doc, "rev": 1}


def new_move(
    session: str, team: list[DocChange], own: list[DocChange], asked: Sequence[DocChange] = ()
) -> Move:
    """Return a change of both files that is to be made."""
    return Move(new_mark(), session, os.urandom(8).hex(), team, own, asked)


def moves_in(own: Tables) -> Iterator[Move]:
    """Yield the changes of both files that an own file has noted and not forgotten."""
    for id, doc in list(own.get(MOVES, {}).items()):
        try:
            team, private = ([_change(one) for one in doc[side]] for side in ("team", "own"))
            yield Move(id, str(doc["session"]), str(doc["token"]), team, private, (), True)
        except (KeyError, TypeError, ValueError):
            continue  # somebody has written it by hand


def _listed(change: DocChange) -> list[Any]:
    *fields, _sees = change
    return fields


def _change(listed: Any) -> DocChange:
    table, id, before, after, together, if_unused = listed
    return DocChange(str(table), str(id), before, after, bool(together), bool(if_unused))
