"""Gives out the calendar of one mentee or of all, and remembers what was given out.

What was given out is a record of its own, so that the next calendar can tell that a talk was moved
or cancelled, or is gone. It is stored before the calendar is written: a calendar that tells of more
than the records know could never be called back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from data.clock import now, today
from data.documents.files import target, write_again
from data.documents.ical.entries import entries
from data.documents.names import calendar_name
from data.documents.written_files import note_files
from data.i18n import _, language
from data.library import agreement_defaults, touch_points
from data.method.indexed import grouped
from data.method.view import MenteeView
from data.method.visibility import Reader, seen
from data.method.words import word
from data.queries.views import mentee_view
from data.records import CalendarEntry, EntryKind, Mentee, Talk
from data.storage.problems import ErrorKind, NotSaved
from data.store.change import Change
from data.store.store import Store

_TRIES: Final = 5
"""How often the calendar is made again because another session changed what it tells."""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar as it is to be written to a file."""

    data: bytes
    events: int
    """How many events it has, with the cancelled ones."""


def has_nobody(store: Store) -> bool:
    """Return whether there is no mentee for a calendar of all, and nobody was in one before."""
    return not store.all(Mentee) and not store.all(CalendarEntry)


def give_out(
    store: Store,
    mentee: Mentee | None,
    *,
    names: bool = False,
    days: int | None = None,
    patience: float = 10.0,
) -> CalendarFile:
    """Return the calendar as it is now, and store what it says.

    Args:
        store: The records.
        mentee: Whose it is; None for all mentees, but for those of the example data if there are
            others.
        names: Whether the events name the mentee and the task.
        days: How many days ahead an event may be; None for all. Events that were given out before
            are in every calendar.
        patience: How long what it says may take to be stored, in seconds.

    Raises:
        NotSaved: What it says could not be stored.
    """
    from data.documents.ical.writing import written  # loads the library

    found = given_out(store, lambda: _found(store, mentee, days), patience)
    found.sort(key=lambda pair: (pair[0].day or date.min, pair[0].time, pair[0].id))
    shown = [(one, summary(one, view, names=names)) for one, view in found]
    return CalendarFile(written(mentee.id if mentee else "", shown, now()), len(shown))


Found = tuple[CalendarEntry, MenteeView | None]
"""An event as it is to be given out, and its mentee; None if somebody has deleted the mentee."""


def given_out(store: Store, find: Callable[[], list[Found]], patience: float) -> list[Found]:
    """Return events as they are now, and store what they say.

    Args:
        store: The records.
        find: Finds the events; asked again where another session has changed what they tell.
        patience: How long it may take to be stored, in seconds.

    Raises:
        NotSaved: It could not be stored.
    """
    for _again in range(_TRIES):
        found = find()
        known = ((store.get(CalendarEntry, one.id), one) for one, _view in found)
        changes = [
            Change.created(one) if old is None else Change.between(old, one)
            for old, one in known
            if old != one
        ]
        if not changes:
            break
        store.commit(changes, _("Calendar file"), undoable=False)
        if not store.flush(patience):
            raise _not_saved(store)
    return found


def _found(store: Store, mentee: Mentee | None, days: int | None) -> list[Found]:
    views = list(_views(store, mentee))
    return [(one, view) for view, of_view in views for one in _now(of_view, view, days)]


def event_of_talk(store: Store, mentee: Mentee, talk: Talk) -> list[Found]:
    """Return the event of one talk, in a list; there is none where the talk has no day."""
    return [pair for pair in _found(store, mentee, None) if pair[0].of_id == talk.id]


def write_calendar(
    store: Store,
    mentee: Mentee | None,
    folder: Path,
    *,
    where: str = "",
    names: bool = False,
    days: int | None = None,
    patience: float = 10.0,
) -> Path:
    """Write the calendar to a file that only its user may read, and return its path.

    The same calendar that was written there before is replaced; any other file stays, and the new
    one has another name.

    Args:
        store: The records.
        mentee: Whose it is, as in `give_out`; so are `names`, `days` and `patience`.
        folder: The folder of documents. It is made if need be.
        where: The file that the user named, or a folder; "" for the folder of documents.
        names: Whether the events name the mentee and the task.
        days: How many days ahead an event may be.
        patience: How long what it says may take to be stored, in seconds.

    Raises:
        NotSaved: What it says could not be stored, and nothing was written.
        NotWritten: The file could not be written.
    """
    from data.documents.ical.writing import is_same_calendar  # loads the library

    data = give_out(store, mentee, names=names, days=days, patience=patience).data
    path, _format = target(calendar_name(store, mentee), folder, where=where, format="ics")
    make_folder = not where or where.endswith("/")
    found = write_again(
        path, data, lambda other: is_same_calendar(other, data), make_folder=make_folder
    )
    note_files(store, mentee, [found], "calendar")
    return found


def _not_saved(store: Store) -> NotSaved:
    problem = store.status.problem
    if problem is None:  # it takes too long, as where another session holds the file
        return NotSaved(ErrorKind.NOT_YET if store.on_server else ErrorKind.BUSY)
    return NotSaved(problem.kind, name=problem.name, who=problem.who)


def _views(
    store: Store, mentee: Mentee | None
) -> Iterator[tuple[MenteeView | None, list[CalendarEntry]]]:
    """Yield each mentee of the calendar with the events that were given out before.

    What was given out of mentees who are deleted is in the calendar of all.
    """
    given = grouped(store.all(CalendarEntry), lambda one: one.mentee_id)
    everybody = store.all(Mentee)
    own = [one for one in everybody if not one.example]
    for one in [mentee] if mentee else own or everybody:
        view = seen(mentee_view(store, one), Reader.WRITTEN)
        yield view, list(given.get(one.id, ()))
    if mentee is None:
        known = {one.id for one in everybody}
        for id, left in given.items():
            if id not in known:
                yield None, list(left)


def _now(
    given: list[CalendarEntry], view: MenteeView | None, days: int | None
) -> list[CalendarEntry]:
    day = today()
    try:
        until = date.max if days is None else day + timedelta(days=days)
    except OverflowError:
        until = date.max
    return entries(view, given, day, until, agreement_defaults(language()).minutes)


def summary(entry: CalendarEntry, view: MenteeView | None, *, names: bool) -> str:
    """Return what an event is called, with mentee and task if `names`.

    `view` is None if the mentee was deleted. Not all that a manager does is a meeting.
    """
    what = word(entry.kind)
    duty = next((one for one in view.duties if one.id == entry.of_id), None) if view else None
    if view is None or not names:
        meets = duty is not None and duty.key in {point.duty for point in touch_points()}
        return _("Meeting with the manager") if meets else what
    if entry.kind is EntryKind.SPARRING and (task := view.task(entry.of_id)):
        what = f"{what}: {task.title}"
    elif entry.kind is EntryKind.MANAGER:
        what = duty.text if duty else what
    return _("{what} ({name})").format(what=what, name=view.mentee.name)
