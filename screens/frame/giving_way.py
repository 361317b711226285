"""What a screen does when whom it is about is gone: deleted, or not shown to the user any more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from data.frozen import immutable
from data.i18n import _
from data.records import BY_TABLE, Conflict, Mentee
from data.storage.problems import Notice, NoticeKind
from data.store.store import Event, Store
from data.store.undo import TextKey
from screens.frame.keys import is_in_sight
from screens.frame.notices import is_typing
from screens.frame.unfinished import unfinished_of

GONE: Final = "-gone"
"""The class of a screen of which nothing is shown: the access to whom it is about has ended."""


def gives_way(screen: Screen[Any], about: str, event: Event) -> bool:
    """Have a screen go, with the dialogs over it, if it is about somebody who was deleted for good.

    Until then it would show what must be nowhere. One behind another screen goes in its turn.

    Args:
        screen: The screen.
        about: The id of the mentee whom it is about; "" for one that stays.
        event: What has happened.

    Returns:
        Whether it goes.
    """
    if not about or not any(one.knows(about) for one in event.for_good):
        return False
    stack = screen.app.screen_stack
    at = stack.index(screen) if screen in stack else 0
    if at == 0 or not all(isinstance(above, ModalScreen) for above in stack[at + 1 :]):
        return False
    stack[at - 1].pop_until_active()
    return True


def end_dialogs(screen: Screen[Any]) -> None:
    """Close the dialogs over a screen, since what they are about is not shown any more.

    One with words of the user's stays, and those below it: the words are kept when it is answered.
    """
    stack = screen.app.screen_stack
    above = stack[stack.index(screen) + 1 :] if screen in stack else []
    if not all(isinstance(one, ModalScreen) for one in above):
        return
    for one in reversed(above):
        if getattr(one, "keeps_typed", False):
            return
        leave = getattr(one, "leave", one.dismiss)
        leave()


def heed_access(screen: Screen[Any], store: Store, about: str, event: Event) -> None:
    """Close the dialogs over a screen in sight if an event ends the access to whom it is about.

    Args:
        screen: The screen.
        store: Where mentees are looked up.
        about: The id of the mentee whom it is about, or on whom its cursor stands; or "".
        event: What has happened.
    """
    if screen.has_class(GONE) and store.get(Mentee, about) is not None:
        screen.remove_class(GONE)  # somebody has given access once more
    if is_in_sight(screen) and any(_ends_access(one, about) for one in event.notices):
        end_dialogs(screen)


def _ends_access(notice: Notice, about: str) -> bool:
    of_team = notice.kind is NoticeKind.MEMBER_ENDED
    one_role = notice.kind is NoticeKind.ROLE_ENDED and (Mentee.table, about) in notice.records
    return of_team or one_role


def cover(screen: Screen[Any], part: Static, why: str) -> None:
    """Show nothing of a screen behind a dialog that is typed in, but in a `part` why it is gone."""
    part.update(why)
    screen.add_class(GONE)


@immutable
class Typed:
    """A text that the user was typing when its place went."""

    text: str
    place: TextKey | None
    """The field in which it was typed; None for a cell, in which it is not saved yet."""
    about: Conflict
    """What keeps it, without the text: where it was typed, and about whom."""
    why: str
    """The sentence that says why its place is gone."""

    @property
    def mentee_id(self) -> str:
        """The mentee it is about."""
        return self.about.mentee_id

    def is_in(self, conflict: Conflict) -> bool:
        """Whether a conflict has kept it already, or what was typed of it before."""
        same = _place(conflict) == _place(self.about)
        return same and self.text.startswith(conflict.mine)

    def conflict(self, text: str) -> Conflict:
        """Return the conflict that keeps it, with a text as it is now."""
        return replace(self.about, mine=text)


def typed_in(screen: Screen[Any], store: Store, mentee_id: str) -> Typed | None:
    """Return what the user is typing on a screen about a mentee who is gone; None for nothing.

    An open cell ends by it: whoever asks keeps its text.
    """
    focused, unfinished = screen.focused, unfinished_of(screen.app)
    if not is_typing(screen) or focused is None:
        return None
    why = store.lost_access.why(mentee_id) or _("What you were writing about has been deleted.")
    cell = unfinished.end_cell(mentee_id) if unfinished is not None else None
    if cell is not None:
        return Typed(str(getattr(focused, "value", cell.mine)), None, cell, why)
    text, place = str(getattr(focused, "text", "")), store.typed_in
    kept = next((one for one in store.all(Conflict) if one.mine == text and not one.settled), None)
    if place is not None and _may_be_of(store, place, text):
        table, id, field = place
        about = Conflict(of_table=table, of_id=id, of_field=field, mentee_id=mentee_id)
        return Typed(text, place, about, why)
    return Typed(text, None, kept, why) if text and kept is not None else None


def _may_be_of(store: Store, place: TextKey, text: str) -> bool:
    """Whether a text may be that of a field: its record is gone, or has it."""
    table, id, field = place
    record = store.get(BY_TABLE[table], id)
    return record is None or getattr(record, field, None) == text


def _place(conflict: Conflict) -> TextKey:
    return conflict.of_table, conflict.of_id, conflict.of_field
