"""Whose mentee somebody is, in a file that several mentors share."""

from __future__ import annotations

from collections.abc import Collection

from data.method.view import MenteeView
from data.records import RoleKind
from data.text import name_key


def is_mentored_by(view: MenteeView, names: Collection[str]) -> bool:
    """Return whether the role of mentor is somebody's who goes by one of these names.

    Args:
        view: The mentee.
        names: What the somebody is called, such as the full name and the login name.
    """
    role = view.role(RoleKind.MENTOR)
    name = view.name_of(role.person_id) if role else ""
    return bool(name) and name_key(name) in {name_key(one) for one in names if one}
