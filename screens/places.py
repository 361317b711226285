"""Which screens there are, by name; each is imported when it is first opened."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from data.i18n import N_

if TYPE_CHECKING:
    from screens.base import BaseScreen


@dataclass(frozen=True, slots=True)
class Place:
    """A screen that can be opened by name."""

    name: str
    where: str
    """module:class"""
    title: str
    """msgid"""
    key: str = ""
    """The digit that opens it inside a mentee."""

    def load(self) -> type[BaseScreen[Any]]:
        """Import the screen."""
        module, _sep, name = self.where.partition(":")
        found = getattr(import_module(module), name)
        assert isinstance(found, type)  # noqa: S101 - the names are ours
        return found


PLACES = (
    Place("overview", "screens.overview:OverviewScreen", N_("Overview"), "1"),
    Place("plan", "screens.plan:PlanScreen", N_("Plan"), "2"),
    Place("talks", "screens.talks:TalksScreen", N_("Talks"), "3"),
    Place("roles", "screens.roles:RolesScreen", N_("Roles"), "4"),
    Place("people", "screens.people:PeopleScreen", N_("People"), "5"),
    Place("needs", "screens.needs:NeedsScreen", N_("Needs"), "6"),
)
"""The screens of a mentee, in the order of their keys."""

BY_NAME = {place.name: place for place in PLACES}
