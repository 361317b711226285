"""Who is given access to a mentee: those who act as mentor, by the names of the team's mentors.

The names of the logins are the administrator's. Those in the list of people are anybody's of the
team, so a role gives access only when it is given: to the person whose name is seen then. Who is
renamed later, to whatever name, gets nothing by it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from data.storage.postgres.line import Line
from data.storage.postgres.rules import Actor, ServerRules
from data.storage.protocol import Doc, DocChange, Docs, Tables
from data.storage.scope import OF_TEAM, scope_of


class Grants(NamedTuple):
    """Who is given access by a commit."""

    to: Sequence[Doc] = ()
    """As `save` takes it."""
    without: Sequence[str] = ()
    """The names of those who were given a role, and get no access: no login has that name."""


def grants_for(
    line: Line,
    team: str,
    rules: ServerRules,
    tables: Tables,
    changes: Sequence[DocChange],
    *,
    by: str,
) -> Grants:
    """Return who is to have access to the mentees whose roles change.

    Args:
        line: The line to the server.
        team: The team.
        rules: What is to be known of the documents.
        tables: The shared documents as they are before the changes.
        changes: The changes of them.
        by: The login that makes them.
    """
    changed = [one for one in changes if one.table == rules.acting_table]
    scopes = {scope_of(one.table, one.id, one.after or one.before) for one in changed} - {OF_TEAM}
    if not scopes:
        return Grants()
    roles, people = (tables.get(one, {}) for one in (rules.acting_table, rules.people_table))
    now = _after(roles, changes, rules.acting_table), _after(people, changes, rules.people_table)
    rows = line.ask("SELECT login, name FROM mentorrollen.mentors_of(%s)", team)
    logins = {rules.name_key(name): login for login, name in rows}
    given_now = {one.id for one in changed}
    found: list[Doc] = []
    without: dict[str, None] = {}
    for scope in sorted(scopes):
        asked = "SELECT login, until::text FROM mentorrollen.access_to(%s, %s)"
        has: dict[str, str | None] = dict(line.ask(asked, team, scope))
        before, after = rules.acting(scope, roles, people), rules.acting(scope, *now)
        without |= {
            one.shown: None
            for one in after
            if one.shown and one.role in given_now and one.name not in logins
        }
        taken = {logins.get(one.name) for one in before if one.role in given_now}
        to = _given(after, given_now, logins, has, taken)
        if not any(one.is_main and to.get(logins.get(one.name, ""), "") is None for one in after):
            # nobody has taken over: who had access keeps it, but for those who lost a role
            to = {**{one: has[one] for one in has if one not in taken}, **to}
            to.setdefault(by, has.get(by))
        found.append({"m": scope, "to": [{"l": one, "u": until} for one, until in to.items()]})
    return Grants(found, (*without,))


def _given(
    acting: Sequence[Actor],
    given_now: Container[str],
    logins: Mapping[str, str],
    has: Mapping[str, str | None],
    taken: Container[str | None],
) -> dict[str, str | None]:
    """Return the logins of those who act, with their last days; None for no last day.

    Of roles that were given earlier, only who has access keeps it, until the same day: a role says
    what anybody has written who has access, so its day is not believed. Only of several roles one
    of which is taken away the day of those that are left may be an earlier one.

    Args:
        acting: Those who act.
        given_now: The ids of the roles that are given now.
        logins: The logins of the team's mentors, by name.
        has: Who has access until now, with the last days.
        taken: The logins that had one of the roles that change.
    """
    found: dict[str, str | None] = {}
    for one in acting:
        login = logins.get(one.name)
        if login is None:
            continue
        if one.role in given_now:
            until = one.until
        elif login in has:
            until = _first(has[login], one.until) if login in taken else has[login]
        else:
            continue
        found[login] = _last(found.get(login, until), until)
    return found


def _first(one: str | None, other: str | None) -> str | None:
    """Return the earlier of two days as ISO dates; None is no last day."""
    return min((day for day in (one, other) if day is not None), default=None)


def _last(one: str | None, other: str | None) -> str | None:
    """Return the later of two days as ISO dates; None is no last day."""
    return None if one is None or other is None else max(one, other)


def _after(docs: Docs, changes: Sequence[DocChange], table: str) -> Docs:
    """Return the documents of a table as they are after changes."""
    found = dict(docs)
    for one in changes:
        if one.table == table and one.after is not None:
            found[one.id] = one.after
        elif one.table == table:
            found.pop(one.id, None)
    return found
