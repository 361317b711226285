"""Which screens there are, by name; each is imported when it is first opened.

Names keep the screens from having to import each other, and the start from loading them all.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from data.clock import now
from data.frozen import immutable
from data.i18n import N_
from data.records import Answer, Note, Record

if TYPE_CHECKING:
    from textual.app import App

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


PLACES = (
    Place("overview", "screens.overview.screen:OverviewScreen", N_("Overview"), "1"),
    Place("plan", "screens.plan.screen:PlanScreen", N_("Plan"), "2"),
    Place("talks", "screens.talk.series:TalksScreen", N_("Talks"), "3"),
    Place("roles", "screens.roles.screen:RolesScreen", N_("Roles"), "4"),
    Place("people", "screens.people.screen:PeopleScreen", N_("People"), "5"),
    Place("needs", "screens.needs.screen:NeedsScreen", N_("Needs"), "6"),
    Place("actions", "screens.actions.screen:ActionsScreen", N_("Actions"), "7"),
    Place("agreement", "screens.mentee.expectations:ExpectationsScreen", N_("Expectations"), "0"),
)
"""The screens of a mentee, in the order of their keys on the keyboard: the tabs of each of them."""

FROM_THE_LIST = {"enter": "overview"} | {place.key: place.name for place in PLACES}
"""What keys open in the list of mentees, by the mentee's name alone."""
BY_NAME = {place.name: place for place in PLACES}
_WHERE = {place.name: place.where for place in BY_NAME.values()} | {
    "help": "screens.library.help:HelpScreen",
    "guide": "screens.library.guide:GuideScreen",
    "library": "screens.library.screen:LibraryScreen",
    "newer": "screens.workplace.newer:NewerScreen",
    "note": "screens.note.screen:NoteScreen",
    "search": "screens.search.screen:SearchScreen",
    "ask": "screens.dialogs.ask:AskDialog",
    "conflicts": "screens.conflicts.screen:ConflictsScreen",
    "talk": "screens.talk.open:open_talk",
    "held": "screens.talk.read:TalkReadScreen",
    "notes": "screens.note.by_day:NotesScreen",
    "history": "screens.history.screen:HistoryScreen",
    "kept": "screens.conflicts.kept:KeptTextScreen",
    "closing": "screens.mentee.closing:ClosingScreen",
    "roles_page": "screens.roles.page:RolesPageScreen",
    "summary": "screens.talk.papers:SummaryScreen",
    "status": "screens.documents.status:StatusScreen",
    "document": "screens.documents.page:DocumentScreen",
    "write": "screens.documents.write:write_here",
    "workplace": "screens.workplace.overview_screen:WorkplaceScreen",
    "received": "screens.released.received:ReceivedListScreen",
    "contribute": "screens.workplace.contribute:ContributeScreen",
}
"""What can be opened from anywhere: name -> module:name."""


def load(name: str) -> Callable[..., Any]:
    """Import what opens under a name.

    A screen is called with (context, mentee_id); `talk` with (the screen in front, mentee_id).

    Raises:
        KeyError: Nothing has this name.
    """
    module, _sep, attribute = _WHERE[name].partition(":")
    found: Callable[..., Any] = getattr(import_module(module), attribute)
    return found


def open_place(
    app: App[Any],
    context: Context,
    name: str,
    mentee_id: str,
    record_id: str = "",
    *,
    column: str = "",
) -> None:
    """Open a screen of a mentee, with the cursor on a record, and a column, that it shows."""
    if record_id:
        context.positions[f"{name}:{mentee_id}"] = (record_id, column)
        context.left_at[f"{name}:{mentee_id}"] = now()  # what is asked for is in mind, too
    app.push_screen(load(name)(context, mentee_id))


def open_words(app: App[Any], context: Context, record: Record) -> None:
    """Open what was written at the sentence itself: the note, or the talk at the answer."""
    if isinstance(record, Note):
        app.push_screen(load("note")(context, record.mentee_id, note_id=record.id))
    elif isinstance(record, Answer):
        app.push_screen(load("held")(context, record.talk_id, begin_at=record.id))
