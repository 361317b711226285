"""Counts on a server: the coordinators of the team read them, and nobody else.

What a mentor publishes has the path of the server's stand-in, where of a file it has the file's.
`data.published.place` puts and removes both. All here raises `StorageError` where the server cannot
be asked.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from data.logins import user_name
from data.published.overview import Filed
from data.published.read import NotReadable, parse
from data.storage.postgres.visiting import COORDINATOR, MENTOR, address_of, visit_to

if TYPE_CHECKING:
    from data.storage.postgres.visit import Visit


def put(path: Path, text: str, *, first: bool) -> bool:
    """Publish counts on the server of a stand-in; see `Visit.publish`."""
    with visit_to(path, MENTOR) as visit:
        return visit.publish(text, first=first)


def remove(path: Path) -> bool:
    """Take away what the user has published there; return whether there was anything."""
    with visit_to(path, MENTOR) as visit:
        return visit.unpublish()


def own(path: Path) -> str | None:
    """Return what the user has published there, as JSON; None for nothing."""
    with visit_to(path, MENTOR) as visit:
        return visit.own_counts()


def readers(path: Path) -> tuple[str, list[str]]:
    """Return the user's own login, and the names of the others who can read it."""
    with visit_to(path, MENTOR) as visit:
        found = visit.colleagues(COORDINATOR)
        return visit.member.login, [name for login, name in found if login != visit.member.login]


def has_login_of(place: Path, path: Path) -> bool:
    """Return whether the server of a stand-in has the login that another stand-in of it names."""
    login = address_of(place).login or os.environ.get("PGUSER") or user_name(os.geteuid())
    with visit_to(path, MENTOR) as visit:
        return visit.has_login(login)


def filed_by(visit: Visit) -> list[Filed]:
    """Return what the mentors of the team publish, as files are."""
    found = []
    for one in visit.counts():
        try:
            published = parse(one.text.encode())
        except NotReadable as refused:
            found.append(Filed(one.login, owner=one.name, why=str(refused)))
        else:
            found.append(Filed(one.login, owner=one.name, published=published))
    return found


def filed_at(path: Path) -> list[Filed]:
    """Return what the mentors publish on the server of a stand-in."""
    with visit_to(path, COORDINATOR) as visit:
        return filed_by(visit)
