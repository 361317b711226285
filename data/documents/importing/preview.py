"""What an import would do, to be looked at before it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from data.i18n import N_, _, ngettext
from data.records import Conflict, MenteeRecord, Record
from data.store.change import Change
from data.text import shorten

LONGEST = 60
"""Cells of a value in a line of the preview."""


class EntryKind(StrEnum):
    """What becomes of something in the file."""

    NEW = "new"
    CHANGED = "changed"
    BOTH = "both"
    """It was changed in the file and here: both texts are kept in the field."""
    CONFLICT = "conflict"
    """It was changed in the file and here: the value here stays, the other becomes a conflict."""
    UNPLACED = "unplaced"
    """It has no place, and is left out."""
    CHECK = "check"
    """It goes somewhere else than the file says: something to look at, no change of its own."""
    UNREAD = "unread"
    """It cannot be read, so nothing is taken in."""


HEADINGS = {
    EntryKind.UNREAD: N_("Cannot be read"),
    EntryKind.CHECK: N_("Check"),
    EntryKind.NEW: N_("New"),
    EntryKind.CHANGED: N_("Changed"),
    EntryKind.BOTH: N_("Changed in both places: both texts are kept"),
    EntryKind.CONFLICT: N_("Changed in both places: for you to decide (!)"),
    EntryKind.UNPLACED: N_("Left out"),
}
"""Msgids of what stands above the entries of a kind, in the order of the preview."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the preview."""

    kind: EntryKind
    text: str
    place: str = ""
    """Where in the file it is; "" if that needs not be said."""

    @property
    def line(self) -> str:
        """The line, with its place."""
        return f"{self.place}: {self.text}" if self.place else self.text


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do."""

    form: str
    """What the file is, as the user calls it."""
    entries: tuple[Entry, ...] = ()
    changes: tuple[Change, ...] = ()
    """What makes it, as one step of undo. Each begins with the record that was seen."""
    step: str = ""
    """What the step of undo is called."""
    taken: tuple[str, ...] = ()
    """What it takes from the form, as `Written.taken` has it."""

    @property
    def unread(self) -> tuple[Entry, ...]:
        """The cells that cannot be read; while there are any, nothing is taken in."""
        return self.of(EntryKind.UNREAD)

    @property
    def does_nothing(self) -> bool:
        """Whether taking it in would change nothing."""
        return not self.changes

    def of(self, kind: EntryKind) -> tuple[Entry, ...]:
        """Return the entries of a kind, in order."""
        return tuple(one for one in self.entries if one.kind is kind)

    def summary(self) -> str:
        """Return in one line how much is new and how much changes."""
        new, changed = len(self.of(EntryKind.NEW)), len(self.entries) - len(self.of(EntryKind.NEW))
        no_change = (EntryKind.UNREAD, EntryKind.UNPLACED, EntryKind.CHECK)
        changed -= sum(entry.kind in no_change for entry in self.entries)
        if not new and not changed:
            return _("Nothing new in it: everything is here already.")
        parts = [
            ngettext("{number} new", "{number} new", new).format(number=new) if new else "",
            ngettext("{number} change", "{number} changes", changed).format(number=changed)
            if changed
            else "",
        ]
        return ", ".join(filter(None, parts))


@dataclass
class Gathered:
    """Gathers what an import would do."""

    entries: list[Entry] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    """The values that come from the form, as `Written.taken` has them."""

    def say(self, kind: EntryKind, text: str, place: str = "") -> None:
        """Add a line."""
        self.entries.append(Entry(kind, text, place))

    def change(self, changes: Iterable[Change]) -> None:
        """Add changes, without empty ones."""
        self.changes += [change for change in changes if not change.is_empty]

    def conflict(self, record: Record, field: str, *, form: str, here: str) -> None:
        """Keep a value of the file that loses against the one here, for the user to choose."""
        mentee = record.mentee_id if isinstance(record, MenteeRecord) else ""
        self.change(
            [
                Change.created(
                    Conflict(
                        of_table=record.table,
                        of_id=record.id,
                        of_field=field,
                        mine=form,
                        theirs=here,
                        by=record.changed_by,
                        mentee_id=mentee,
                    )
                )
            ]
        )


def quoted(text: str) -> str:
    """Return a value as a line of the preview shows it: in one line, not too long."""
    return shorten(" ".join(text.split()), LONGEST)


def from_to(name: str, before: str, after: str) -> str:
    """Return what changes in a field, such as "Priority: High -> Low"."""
    if not before.strip():
        return _("{field}: {value}").format(field=name, value=quoted(after))
    text = _("{field}: {before} → {after}")
    return text.format(field=name, before=quoted(before), after=quoted(after))
