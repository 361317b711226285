"""The mentor who uses the program, as one of the persons at the workplace."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from data.i18n import _
from data.method.mentors import mentors
from data.method.view import MenteeView
from data.records import Loan, LoanSide, Person, PersonKind, Role, RoleKind
from data.store.change import Change
from data.store.store import Store
from data.text import line, name_key


def account_name() -> str:
    """Return the full name of the account that runs the program, or its login name."""
    try:
        account = pwd.getpwuid(os.getuid())
    except KeyError:
        return str(os.getuid())
    full = line(account.pw_gecos.split(",", maxsplit=1)[0])
    return full or account.pw_name


def known_name(store: Store) -> str:
    """Return the name by which colleagues know the user: as the server says, or the account."""
    return store.own_name or account_name()


def whose_today(store: Store) -> frozenset[str]:
    """Return the ids of the persons who are the user among a team's records, for `mentors`.

    Who has a role is asked of the name, as access on a server is: the list may have the user more
    than once, such as by their login there and by the file that was copied. It is none where nobody
    has the name, and in a file of one's own: all mentees in it are one's own.
    """
    return frozenset(one.id for one in _with_the_name(store)) if store.of_team else frozenset()


def _with_the_name(store: Store) -> list[Person]:
    """Return the persons with the user's name (`known_name`), those who are archived last."""
    name = name_key(known_name(store))
    found = [
        one
        for one in store.all(Person)
        if one.kind is PersonKind.PERSON and not one.example and name_key(one.name) == name
    ]
    return sorted(found, key=lambda one: one.archived)


def left_with(store: Store, view: MenteeView, changes: Iterable[Change], on: date) -> str:
    """Return the name of the main mentor whom changes of roles leave a mentee to.

    It is "" where the user stays one of those who have access to the mentee on the server; in a
    file nobody loses any. There it goes by the name, so whether that mentor has a login is not
    known: where nobody of that name has, the user keeps the access. A made-up mentor has none.

    Args:
        store: The records.
        view: The mentee as the user saw it.
        changes: The changes of roles, and of people.
        on: The day.
    """
    if not store.on_server:
        return ""
    roles, people = {one.id: one for one in view.roles}, dict(view.people)
    for change in changes:
        if isinstance(change.after, Person):
            people[change.id] = change.after
        elif isinstance(change.after, Role):
            roles[change.id] = change.after
        elif isinstance(change.before, Role):
            roles.pop(change.id, None)
    then = replace(view, roles=tuple(roles.values()), people=people)
    main, acting = then.role(RoleKind.MENTOR), mentors(then, on)
    if acting == mentors(view, on) or main is None or _is_made_up(main, people):
        return ""
    own = name_key(known_name(store))
    stays = any(name_key(then.name_of(id)) == own for id in acting)
    return "" if stays else then.name_of(main.person_id)


def _is_made_up(role: Role, people: Mapping[str, Person]) -> bool:
    person = people.get(role.person_id)
    return person is not None and person.example


def asked_before_leaving(name: str, mentee: str) -> tuple[str, str]:
    """Return the question, and what follows a yes, where the user gives up the own access.

    Args:
        name: To whom it leaves the mentee: see `left_with`.
        mentee: The name of the mentee.
    """
    asked = _("Give up your own access to {mentee}?").format(mentee=mentee)
    follows = _(
        "If {name} is a mentor of the team on the server, {mentee} is then no longer shown to you,"
        " and u does not undo it: {name} can give you a role again."
    )
    return asked, follows.format(name=name, mentee=mentee)


def mentor_name(store: Store, view: MenteeView) -> str:
    """Return the name of the mentee's mentor; if there is none, that of the user."""
    role = view.role(RoleKind.MENTOR)
    name = view.name_of(role.person_id) if role else ""
    return name or own_person(store)[0].name


def both_names(store: Store, view: MenteeView) -> tuple[str, str]:
    """Return the names of those who agree on the plan: the mentee and the mentor (R15)."""
    return view.mentee.name, mentor_name(store, view)


def own_person(store: Store) -> tuple[Person, list[Change]]:
    """Return the person who is the user, and the change that makes it if there is none yet.

    It is the person who was made the mentor of a mentee last, or else one with the user's name.
    Among a team's records others are made mentors too: there the user's name comes first, then the
    one whom the user, and no colleague, made a mentor. The mentor of a mentee who is borrowed is
    the lender.
    """
    if store.of_team and (known := _with_the_name(store)):
        return known[0], []
    others = {one.mentee_id for one in store.all(Loan) if one.side is LoanSide.BORROWED}
    roles = [
        role
        for role in store.all(Role)
        if role.kind is RoleKind.MENTOR and role.person_id and role.mentee_id not in others
    ]
    if store.of_team:
        roles = [role for role in roles if role.changed_by == store.by]
    for role in sorted(roles, key=lambda role: role.id, reverse=True):
        person = store.get(Person, role.person_id)
        if person is not None and not person.example:
            return person, []
    name = known_name(store)
    for person in store.all(Person):
        if person.kind is PersonKind.PERSON and person.name == name:
            return person, []
    new = Person(name=name)
    return new, [Change.created(new)]
