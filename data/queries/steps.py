"""Steps of undo in words: what was done, and with which mentee."""

from __future__ import annotations

from data.i18n import _
from data.records import Mentee, Record
from data.store.store import Store
from data.store.undo import UndoStep

_NAMES = ("name", "title", "area", "what", "text")
"""Fields that say what a record is called; a record has at most one that is asked first."""


def mentees_of(step: UndoStep) -> frozenset[str]:
    """Return the ids of the mentees that a step is about; none where it is about no mentee."""
    found = {_mentee_id(change.record) for change in step.changes}
    return frozenset(found - {""})


def _mentee_id(record: Record) -> str:
    return record.id if isinstance(record, Mentee) else str(getattr(record, "mentee_id", ""))


def act_of(step: UndoStep) -> str:
    """Return what was done; where the step is called as its record is, it says what became of it.

    So "Children's cases" becomes "edit Children's cases".
    """
    for change in step.changes:
        if step.what == _name(change.record):
            if change.before is None:
                return _("new: {name}").format(name=step.what)
            if change.after is None:
                return _("{name} deleted").format(name=step.what)
            return _("edit {name}").format(name=step.what)
    return step.what


def _name(record: Record) -> str:
    return next((str(name) for field in _NAMES if (name := getattr(record, field, ""))), "")


def names_of(store: Store, step: UndoStep) -> str:
    """Return the names of the mentees that a step is about, with commas between them; or ""."""
    gone = {
        record.id: record
        for change in step.changes
        for record in (change.before, change.after)
        if isinstance(record, Mentee)
    }
    found = [store.get(Mentee, id) or gone.get(id) for id in sorted(mentees_of(step))]
    return ", ".join(mentee.name for mentee in found if mentee is not None)


def step_words(store: Store, step: UndoStep) -> str:
    """Return what was done and with whom: "New need (Maja Holm)"."""
    what, who = act_of(step), names_of(store, step)
    if not who or who in what:
        return what
    return _("{what} ({name})").format(what=what, name=who)
