"""Which screens there are, by name; each is imported when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from data.frozen import immutable
from data.i18n import N_

if TYPE_CHECKING:
    from textual.app import App

    from screens.frame.base import BaseScreen
    from screens.frame.context import Context


@immutable
class Place:
    """A screen that can be opened by name."""

    name: str
    where: str
    """module:class"""
    title: str
    """msgid"""
    key: str = ""
    """The digit that opens it inside a mentee."""

    def load(self) -> Callable[[Context, str], BaseScreen[None]]:
        """Import the screen, which is made of the context and a mentee's id."""
        module, _sep, name = self.where.partition(":")
        found: Callable[[Context, str], BaseScreen[None]] = getattr(import_module(module), name)
        return found


PLACES = (
    Place("overview", "screens.overview.screen:OverviewScreen", N_("Overview"), "1"),
    Place("plan", "screens.plan.screen:PlanScreen", N_("Plan"), "2"),
    Place("talks", "screens.talk.series:TalksScreen", N_("Talks"), "3"),
    Place("roles", "screens.roles.screen:RolesScreen", N_("Roles"), "4"),
    Place("people", "screens.people.screen:PeopleScreen", N_("People"), "5"),
    Place("needs", "screens.needs.screen:NeedsScreen", N_("Needs"), "6"),
)
"""The screens of a mentee, in the order of their keys."""

AGREEMENT = Place("agreement", "screens.mentee.expectations:AgreementScreen", N_("Agreement"), "0")
BY_NAME = {place.name: place for place in (*PLACES, AGREEMENT)}


def open_place(
    app: App[Any], context: Context, name: str, mentee_id: str, record_id: str = ""
) -> None:
    """Open a screen of a mentee, with the cursor on a record where it shows that record."""
    if record_id:
        context.positions[f"{name}:{mentee_id}"] = (record_id, "")
    app.push_screen(BY_NAME[name].load()(context, mentee_id))
