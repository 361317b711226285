"""`mentor show NAME --history`: who changed what and when."""

from __future__ import annotations

from itertools import groupby

from data.dates import show_date, show_weekday
from data.i18n import _
from data.queries.history import told
from data.records import Mentee
from data.storage.protocol import Happening
from data.store.store import Store
from tui.cli.base import say_json, say_wrapped
from tui.cli.call import Call


def say_history(call: Call, store: Store, mentee: Mentee) -> None:
    """Tell what was changed about a mentee, newest first; as JSON with the fields as stored.

    Raises:
        StorageError: The history cannot be read.
    """
    found = store.history(mentee.id)
    if call.as_json:
        say_json({"mentee": mentee.name, "history": [_as_json(one) for one in found[::-1]]})
        return
    lines = told(store, found)
    if not lines:
        say_wrapped(_("Nothing has been changed yet."))
    for day, of_day in groupby(lines, key=lambda one: one.at.date() if one.at else None):
        heading = f"{show_weekday(day)} {show_date(day)}" if day else _("On an unknown day")
        say_wrapped(heading)
        for one in of_day:
            when = f"{one.at:%H:%M} " if one.at else ""
            about = f"{one.about}: " if one.about else ""
            say_wrapped(f"{when}{one.by} · {about}{one.what}", "  ")


def _as_json(one: Happening) -> dict[str, object]:
    """Return what happened as JSON values; a change is [before, after], null where it is long."""
    return {
        "at": one.at,
        "by": one.by,
        "table": one.table,
        "id": one.id,
        "kind": one.kind,
        "fields": {name: pair and list(pair) for name, pair in one.fields.items()},
    }
