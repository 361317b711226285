"""An edit of a mentee that moves talks and duties, unless another session has made one, too."""

from __future__ import annotations

from datetime import date

from data.method.mentorship.phases import edit_course
from data.method.talk.rhythm import Rescheduling
from data.queries.views import mentee_view
from data.records import Mentee
from data.store.change import Change
from data.store.store import Store


def edit_mentee(store: Store, seen: Mentee, after: Mentee, today: date) -> Rescheduling:
    """Return the changes of the edit, and which talks it moves.

    It moves none if somebody else has changed the start or the rhythm as well. They have moved the
    talks already, and the user has yet to decide between the two values.
    """
    stored = store.get(Mentee, seen.id)
    changed_by_both = stored is None or any(
        getattr(after, name) != getattr(seen, name) != getattr(stored, name)
        for name in ("start", "rhythm")
    )
    if changed_by_both:
        return Rescheduling((Change.between(seen, after),), ())
    return edit_course(mentee_view(store, seen), after, today)


def may_ask_about_end(store: Store, seen: Mentee, edit: Rescheduling) -> bool:
    """Whether the edit sets another end, and nobody else has meanwhile.

    Then it is asked what becomes of talks after it. If somebody else has set another end, it is
    still open which of the two holds.
    """
    after = edit.changes[0].after if edit.changes else None
    if not isinstance(after, Mentee) or after.ends == seen.ends:
        return False
    stored = store.get(Mentee, seen.id)
    return stored is not None and stored.ends == seen.ends


def end_of(edit: Rescheduling) -> date | None:
    """Return the day on which the mentorship ends by the edit."""
    after = edit.changes[0].after if edit.changes else None
    return after.ends if isinstance(after, Mentee) else None
