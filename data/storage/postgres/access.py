"""Who is given access to a mentee: those who act as mentor, by the names of the team's mentors.

The names are the administrator's, so nobody gets access by being renamed in the list of people.
"""

from __future__ import annotations

from collections.abc import Sequence

from data.storage.postgres.line import Line
from data.storage.postgres.parts import OF_TEAM, scope_of
from data.storage.postgres.rules import ServerRules
from data.storage.protocol import Doc, DocChange, Docs, Tables


def grants_for(
    line: Line, team: str, rules: ServerRules, tables: Tables, changes: Sequence[DocChange]
) -> list[Doc]:
    """Return who is to have access to the mentees whose roles change, as `save` takes it.

    Where the main mentor has no login in the team, those who have access keep it.

    Args:
        line: The line to the server.
        team: The team.
        rules: What is to be known of the documents.
        tables: The shared documents as they are before the changes.
        changes: The changes of them.
    """
    changed = [one for one in changes if one.table == rules.acting_table]
    scopes = {scope_of(one.table, one.id, one.after or one.before) for one in changed} - {OF_TEAM}
    if not scopes:
        return []
    roles = _after(tables.get(rules.acting_table, {}), changes, rules.acting_table)
    people = _after(tables.get(rules.people_table, {}), changes, rules.people_table)
    rows = line.ask("SELECT login, name FROM mentorrollen.mentors_of(%s)", team)
    logins = {rules.name_key(name): login for login, name in rows}
    found = []
    for scope in sorted(scopes):
        acting = rules.acting(scope, roles, people)
        to = [{"l": logins[name], "u": until} for name, until in acting.others if name in logins]
        main = logins.get(acting.main)
        if main is not None:
            to.append({"l": main, "u": None})
        found.append({"m": scope, "to": to, "keep": main is None})
    return found


def _after(docs: Docs, changes: Sequence[DocChange], table: str) -> Docs:
    """Return the documents of a table as they are after changes."""
    found = dict(docs)
    for one in changes:
        if one.table == table and one.after is not None:
            found[one.id] = one.after
        elif one.table == table:
            found.pop(one.id, None)
    return found
