"""Releasing on a server, taking back, and what a manager has been given.

All here raises `StorageError` where the server cannot be asked, or refuses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from data.clock import local
from data.documents.model.document import Document
from data.frozen import immutable
from data.released.as_json import NotADocument, parse, text_of
from data.storage.postgres.visiting import MANAGER, MENTOR, visit_to
from data.text import clean

if TYPE_CHECKING:
    from data.storage.postgres.visit import Visit


@immutable
class Holder:
    """A manager who has a document about a mentee."""

    mentee_id: str
    login: str
    name: str
    """The manager's name, as colleagues write it."""
    by: str
    """The name of the mentor who has released it."""
    at: datetime | None


@immutable
class Standing:
    """What there is about releasing in a team."""

    managers: Mapping[str, str]
    """The logins of the managers -> their names."""
    holders: Sequence[Holder]
    """Who has what, of the mentees that one sees."""


@immutable
class Received:
    """A document that a mentor has released to the user."""

    mentee_id: str
    by: str
    """The name of the mentor."""
    at: datetime | None
    document: Document | None
    """None where it cannot be read."""
    why: str = ""
    """Why it cannot be read, one sentence."""

    @property
    def title(self) -> str:
        """What it is called; why it cannot be read where it cannot."""
        return self.document.title if self.document is not None else self.why


def standing(path: Path) -> Standing:
    """Return the managers of the team, and what they have. `path` is the server's stand-in."""
    with visit_to(path, MENTOR) as visit:
        return _standing(visit)


def _standing(visit: Visit) -> Standing:
    managers = dict(visit.colleagues(MANAGER))
    holders = [
        Holder(
            one.mentee_id,
            one.manager,
            managers.get(one.manager, one.manager),
            clean(one.by_name, lines=False),
            _time(one.at),
        )
        for one in visit.released()
    ]
    return Standing(managers, holders)


def release(path: Path, mentee_id: str, logins: Sequence[str], document: Document) -> Standing:
    """Release a document about a mentee to managers, in place of what they had.

    Args:
        path: The server's stand-in.
        mentee_id: Whom it is about.
        logins: The logins of the managers.
        document: The document.

    Returns:
        What there is from then on.
    """
    with visit_to(path, MENTOR) as visit:
        visit.release(mentee_id, logins, text_of(document))
        return _standing(visit)


def withdraw(path: Path, mentee_id: str, logins: Sequence[str] | None) -> list[str]:
    """Take back what was released about a mentee, and return the names of those who had it.

    Args:
        path: The server's stand-in.
        mentee_id: Whom it is about.
        logins: From whom; None for all.
    """
    with visit_to(path, MENTOR) as visit:
        managers = dict(visit.colleagues(MANAGER))
        return [managers.get(one, one) for one in visit.withdraw(mentee_id, logins)]


def received_by(visit: Visit) -> list[Received]:
    """Return what has been released to the user, the newest first."""
    found = []
    for one in visit.handed():
        name, at = clean(one.by_name, lines=False), _time(one.at)
        try:
            # the server knows who released it, and not what the text says of that
            document = replace(parse(one.text), author=name)
            found.append(Received(one.mentee_id, name, at, document))
        except NotADocument as refused:
            found.append(Received(one.mentee_id, name, at, None, str(refused)))
    found.sort(key=lambda one: one.at.timestamp() if one.at else 0.0, reverse=True)
    return found


def received(path: Path) -> list[Received]:
    """Return what has been released to the user; `path` is the server's stand-in."""
    with visit_to(path, MANAGER) as visit:
        return received_by(visit)


def _time(text: str) -> datetime | None:
    try:
        return local(datetime.fromisoformat(text))
    except ValueError:
        return None
