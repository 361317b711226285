"""A form together with its record, and the changes that it results in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from data.method.finished import Listed
from data.records import Mentee
from data.store.change import Change
from data.store.store import Store
from screens.dialogs.edit_record import Asker, Form, Name, create_records, edit_records
from screens.dialogs.form import Filled
from screens.frame.entries import Dates, dates_from


@dataclass(frozen=True, slots=True)
class RecordForm:
    """A form, the record that it shows, and the changes that its texts call for."""

    form: Form
    record: Listed
    """The record as it was when the form was made. A new record is not stored yet."""
    changes: Callable[[Filled], list[Change]]

    @property
    def is_new(self) -> bool:
        """Whether the form creates the record, instead of editing a stored one."""
        return not self.record.rev


async def fill_in(asker: Asker, form: RecordForm, what: Name) -> Filled | None:
    """Open the form, and commit the changes that it results in. Call it from a worker.

    Args:
        asker: Opens the form, and commits.
        form: The form.
        what: The name of the step of undo.

    Returns:
        The texts of the form; None if the user gave it up.
    """
    ask = create_records if form.is_new else edit_records
    return await ask(asker, form.record, form.form, form.changes, what)


def dates_of(store: Store, mentee_id: str) -> Dates:
    """Return how days are typed about the mentee: what "first day" and the like mean."""
    mentee = store.get(Mentee, mentee_id)
    return dates_from(mentee.start if mentee else None)


def saving(before: Listed, after: Listed) -> Change:
    """Return the change that saves a record: it creates a new one, and edits a stored one."""
    if before.rev:
        return Change(after.table, after.id, before, after)
    return Change.created(after)
