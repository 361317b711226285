"""What is due for deletion by the settings of the workplace, and deleting it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.dates import show_date
from data.i18n import _
from data.method.acting import SERVER_RULES
from data.method.lending import copies_text
from data.method.limits import Limits
from data.method.parting import PARTING
from data.method.retention import DueDeletion, What, due_deletion
from data.privacy.lending import pruned
from data.privacy.purge import Planned, all_of, carry_out, longest_texts, plan, private_of
from data.queries.views import mentee_views
from data.records import Mentee
from data.storage.problems import ErrorKind, StorageError
from data.storage.upkeep.purging import Report
from data.store.hold import OnHold
from data.store.opening import open_store
from data.store.store import Store


@dataclass(frozen=True, slots=True)
class Overdue:
    """A mentee of whom something is due for deletion."""

    mentee: Mentee
    due: DueDeletion
    copies: str = ""
    """Where copies are that were lent, in a sentence; "" where there are none."""

    @property
    def sentence(self) -> str:
        """What is due and why, translated."""
        text = (
            _("{name}: what is private. The mentorship was closed on {closed}; due since {since}.")
            if self.due.what is What.PRIVATE
            else _("{name}: everything. The mentorship was closed on {closed}; due since {since}.")
        )
        closed, since = show_date(self.mentee.closed_on), show_date(self.due.since)
        said = text.format(name=self.mentee.name, closed=closed, since=since)
        return f"{said} {self.copies}".rstrip()


def overdue(store: Store, today: date, limits: Limits) -> list[Overdue]:
    """Return what is due for deletion, by the name of the mentee. A hold comes before it."""
    found = []
    for view in mentee_views(store, closed=True):
        due = due_deletion(view, today, limits)
        if due is not None:
            found.append(Overdue(view.mentee, due, copies_text(view.loans)))
    return found


def planned_for(path: Path, store: Store, one: Overdue, environ: Mapping[str, str]) -> Planned:
    """Return what the deletion takes; see `data.privacy.purge.plan` for the errors."""
    wanted = (
        all_of(store, one.mentee) if one.due.what is What.ALL else private_of(store, one.mentee)
    )
    return plan(path, store, wanted, environ)


def delete_overdue(
    path: Path,
    today: date,
    limits: Limits,
    *,
    documents: Path,
    tell: Callable[[Overdue], None] = lambda _one: None,
) -> list[tuple[Overdue, Report]]:
    """Delete for good all that is due, mentee by mentee, and return what came of each.

    Args:
        path: The record file; no store of this thread has it open.
        today: The day.
        limits: After how many days what is due.
        documents: The folder of documents.
        tell: Called before each deletion.

    Raises:
        NotSaved: A deletion was not possible; those before it are done.
        StorageError: Likewise, or it has begun and the next opening finishes it.
    """
    done: list[tuple[Overdue, Report]] = []
    tried: set[str] = set()
    while True:
        opened = open_store(
            path, threaded=False, parting=lambda: PARTING, on_server=lambda: SERVER_RULES
        )
        try:
            left = (one for one in overdue(opened.store, today, limits))
            one = next((one for one in left if one.mentee.id not in tried), None)
            if one is None:
                return done
            tried.add(one.mentee.id)
            tell(one)
            opened.store.commit(pruned(opened.store, one.mentee), undoable=False)
            planned = planned_for(path, opened.store, one, os.environ)
            is_whole = one.due.what is What.ALL
            words = longest_texts(opened.store, one.mentee) if is_whole else []
            names = [one.mentee.name] if is_whole else []
        finally:
            opened.close()
        every = [*names, *words]
        try:
            report = carry_out(path, planned, os.environ, documents=documents, words=every)
        except OnHold:
            continue  # set since: then it is not due
        except StorageError as problem:
            if problem.kind != ErrorKind.HELD:
                raise
            continue  # likewise, on a server
        done.append((one, report))
