"""Who is given access to a mentee: those who act as mentor, by the names of the team's mentors.

The names of the logins are the administrator's. Those in the list of people are anybody's of the
team, so a role gives access only when it is given, and to the person whose name the one saw who
gave it. Who is renamed later, to whatever name, gets nothing by it; nor does anybody where the
person has been renamed between the choice and the commit, for which the line may have to come back.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from data.storage.postgres.line import Line
from data.storage.postgres.rules import Actor, ServerRules
from data.storage.problems import Notice, NoticeKind
from data.storage.protocol import Doc, DocChange, Docs, Tables
from data.storage.references import OF_TEAM, scope_of


class Grants(NamedTuple):
    """Who is given access by a commit."""

    to: Sequence[Doc] = ()
    """As `save` takes it."""
    without: Sequence[str] = ()
    """The names of those who were given a role, and get no access: no login has that name."""
    renamed: Sequence[str] = ()
    """The names of those who were given a role, and get no access: they have another name by
    now."""

    def notices(self) -> tuple[Notice, ...]:
        """Return what the user is to be told of it."""
        kinds = (NoticeKind.NO_LOGIN, self.without), (NoticeKind.RENAMED, self.renamed)
        return tuple(Notice(kind, name=one) for kind, names in kinds for one in names)


def grants_for(
    line: Line,
    team: str,
    rules: ServerRules,
    tables: Tables,
    changes: Sequence[DocChange],
    *,
    asked: Sequence[DocChange],
    by: str,
) -> Grants:
    """Return who is to have access to the mentees whose roles change.

    Args:
        line: The line to the server.
        team: The team.
        rules: What is to be known of the documents.
        tables: The shared documents as they are before the changes.
        changes: The changes of them.
        asked: What was asked for, by one who saw the documents as these say.
        by: The login that makes them.
    """
    changed = [one for one in changes if one.table == rules.acting_table]
    scopes = {scope_of(one.table, one.id, one.after or one.before) for one in changed} - {OF_TEAM}
    if not scopes:
        return Grants()
    roles, people = (tables.get(one, {}) for one in (rules.acting_table, rules.people_table))
    then = _after(roles, changes, rules.acting_table), _after(people, changes, rules.people_table)
    rows = line.ask("SELECT login, name FROM mentorrollen.mentors_of(%s)", team)
    logins = {rules.name_key(name): login for login, name in rows}
    found: list[Doc] = []
    without: dict[str, None] = {}
    renamed: dict[str, None] = {}
    for scope in sorted(scopes):
        rows = line.ask(
            "SELECT login, until::text FROM mentorrollen.access_to(%s, %s)", team, scope
        )
        before, after = rules.acting(scope, roles, people), rules.acting(scope, *then)
        change = _Change(before, after, *_as_seen(scope, rules, asked))
        to = change.access(logins, dict(rows), by)
        found.append({"m": scope, "to": [{"l": one, "u": until} for one, until in to.items()]})
        without |= {one.shown: None for one in change.given if one.name not in logins}
        renamed |= {one.shown: None for one in change.missed if logins.get(one.name) not in to}
    return Grants(found, *(tuple(filter(None, names)) for names in (without, renamed)))


def _as_seen(
    scope: str, rules: ServerRules, asked: Sequence[DocChange]
) -> tuple[Sequence[Actor], Sequence[Actor]]:
    """Return who had the roles that a user changes, and who is to have them, as the user saw it."""
    of = [one for one in asked if one.table == rules.acting_table]
    people = {id: doc for one in of for id, doc in (one.sees or {}).items()}
    was = {one.id: one.before for one in of if one.before is not None}
    meant = {one.id: one.after for one in of if one.after is not None}
    return rules.acting(scope, was, people), rules.acting(scope, meant, people)


class _Change:
    """What becomes of the roles of a mentee by a commit."""

    def __init__(
        self,
        before: Sequence[Actor],
        after: Sequence[Actor],
        was: Sequence[Actor],
        meant: Sequence[Actor],
    ) -> None:
        """Find out which roles are given, and which are taken.

        Args:
            before: Who acts before the commit, by the documents.
            after: Who does after it.
            was: Who had the roles that it changes, as the user saw it.
            meant: Who is to have them.
        """
        self._after = after
        known, left, wanted = (set(map(_nameless, some)) for some in (before, after, meant))
        intended = {one.role: one for one in meant}
        self.given: list[Actor] = []
        """Who is given a role, with the last day."""
        self.missed: list[Actor] = []
        """Who was to be given one, and has another name by now."""
        for one in after:
            if _nameless(one) in known:
                continue
            seen = intended.get(one.role)
            if seen is not None and (seen.name, seen.is_main) == (one.name, one.is_main):
                self.given.append(one._replace(until=_first(one.until, seen.until)))
            else:
                self.missed.append(seen or one)
        lost = [one for one in before if _nameless(one) not in left]
        lost += [one for one in was if _nameless(one) not in wanted]
        self._lost = {one.name for one in lost}

    def access(
        self, logins: Mapping[str, str], has: Mapping[str, str | None], by: str
    ) -> Mapping[str, str | None]:
        """Return the logins that have access then, with their last days; None for no last day.

        Args:
            logins: The logins of the team's mentors, by name.
            has: Who has access until now, with the last days.
            by: The login that makes the commit.
        """
        taken = {logins.get(name) for name in self._lost}
        to = self._acting(logins, has, taken)
        if not any(
            one.is_main and to.get(logins.get(one.name, ""), "") is None for one in self._after
        ):
            # nobody has taken over: who had access keeps it, but for those who lost a role
            to = {**{one: has[one] for one in has if one not in taken}, **to}
            to.setdefault(by, has.get(by))
        return to

    def _acting(
        self,
        logins: Mapping[str, str],
        has: Mapping[str, str | None],
        taken: Container[str | None],
    ) -> dict[str, str | None]:
        """Return the logins of those who act, with their last days.

        Of roles that were given earlier, only who has access keeps it, until the same day: a role
        says what anybody has written who has access, so its day is not believed. Only of several
        roles one of which is taken away the day of those that are left may be an earlier one.
        """
        given = {one.role: one for one in self.given}
        found: dict[str, str | None] = {}
        for one in self._after:
            login = logins.get(one.name)
            if login is None:
                continue
            if one.role in given:
                until = given[one.role].until
            elif login in has:
                until = _first(has[login], one.until) if login in taken else has[login]
            else:
                continue
            found[login] = _last(found.get(login, until), until)
        return found


def _nameless(one: Actor) -> Actor:
    """Return somebody without the name as it is written, by which two are not told apart."""
    return one._replace(shown="")


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
