"""What `data.storage.upkeep.doctor` can find, and the sentence that tells the user so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from data.i18n import N_, _


class Weight(StrEnum):
    """How much a finding matters."""

    FINE = "fine"
    NOTE = "note"
    """It is good to know, and nothing need be done."""
    MENDABLE = "mendable"
    """`mentor doctor --repair` mends it."""
    SERIOUS = "serious"
    """Somebody has to do something."""


class Check(StrEnum):
    """What was found. The sentences below say what each means."""

    REFUSED = "refused"
    SOUND = "sound"
    NO_FILE = "no_file"
    MISSING = "missing"
    DAMAGED = "damaged"
    DAMAGED_PART = "damaged_part"
    HOPELESS = "hopeless"
    PLAIN = "plain"
    OLDER = "older"
    EDITED = "edited"
    NO_JOURNAL = "no_journal"
    BAD_HEADER = "bad_header"
    STRANGE_JOURNAL = "strange_journal"
    LINES = "lines"
    TORN = "torn"
    GAP = "gap"
    MODE = "mode"
    OWNER = "owner"
    LEFTOVER = "leftover"
    DRAFT = "draft"
    QUARANTINE = "quarantine"
    BACKUPS = "backups"
    TODAY = "today"
    NO_BACKUPS = "no_backups"
    BAD_BACKUP = "bad_backup"
    OLD_BACKUPS = "old_backups"
    BAD_ID = "bad_id"
    BAD_REV = "bad_rev"
    DANGLING = "dangling"
    NETWORK = "network"
    NO_RESERVE = "no_reserve"
    EARLIER = "earlier"
    UNCLEANED = "uncleaned"
    DELETING = "deleting"


_SAYS = {
    Check.REFUSED: (Weight.SERIOUS, "{name}"),
    Check.SOUND: (
        Weight.FINE,
        N_("{name}: {count} records, {more} changes in the journal."),
    ),
    Check.NO_FILE: (Weight.NOTE, N_("There is no file yet: {name}.")),
    Check.MISSING: (
        Weight.MENDABLE,
        N_("{name} is missing. It can be recovered from the journal and the backups."),
    ),
    Check.DAMAGED: (
        Weight.MENDABLE,
        N_("{name} is damaged. All of it can be recovered from the journal and the backups."),
    ),
    Check.DAMAGED_PART: (
        Weight.MENDABLE,
        N_("{name} is damaged. It is not certain that all of it can be recovered."),
    ),
    Check.HOPELESS: (
        Weight.SERIOUS,
        N_(
            "{name} is damaged and cannot be read at all. Put a copy from "
            "elsewhere in its place, or move it away."
        ),
    ),
    Check.PLAIN: (
        Weight.MENDABLE,
        N_("{name} is an ordinary TinyDB file. It will be converted; the original is kept."),
    ),
    Check.OLDER: (
        Weight.MENDABLE,
        N_("{name} is from an earlier version. It will be upgraded; the original is kept."),
    ),
    Check.EDITED: (
        Weight.MENDABLE,
        N_("{name} has been changed by another program. The change is imported, and a copy kept."),
    ),
    Check.NO_JOURNAL: (
        Weight.MENDABLE,
        N_("The journal beside {name} is missing, so what was written last may be missing too."),
    ),
    Check.BAD_HEADER: (
        Weight.MENDABLE,
        N_("The journal beside {name} is damaged at its beginning."),
    ),
    Check.STRANGE_JOURNAL: (
        Weight.MENDABLE,
        N_(
            "The journal beside {name} is another file's: an earlier copy may have been put in its"
            " place. The copy counts, and the journal is kept."
        ),
    ),
    Check.LINES: (Weight.MENDABLE, N_("Damaged lines in the journal: {count}.")),
    Check.TORN: (Weight.MENDABLE, N_("The last save in the journal was incomplete.")),
    Check.GAP: (
        Weight.SERIOUS,
        N_("Changes that are missing from the journal: {count}. A backup may have them."),
    ),
    Check.MODE: (Weight.MENDABLE, N_("Others can read {name}.")),
    Check.OWNER: (Weight.SERIOUS, N_("{name} is not yours. {more}")),
    Check.LEFTOVER: (Weight.MENDABLE, N_("{name} is left over from an interrupted session.")),
    Check.DRAFT: (
        Weight.NOTE,
        N_(
            "{more} holds unsaved text from an interrupted session. It comes "
            "back when you open the program."
        ),
    ),
    Check.QUARANTINE: (Weight.NOTE, N_("Files set aside in {name}: {count}. Look through them.")),
    Check.BACKUPS: (Weight.FINE, N_("{count} usable backups, the latest from {more}.")),
    Check.TODAY: (Weight.FINE, N_("The oldest backup of today is from {more}.")),
    Check.NO_BACKUPS: (Weight.NOTE, N_("There are no backups yet.")),
    Check.OLD_BACKUPS: (
        Weight.MENDABLE,
        N_("Backups that still have something that was deleted for good: {count}."),
    ),
    Check.BAD_BACKUP: (
        Weight.NOTE,
        N_("The backup {name} is damaged. Another one is used in its place."),
    ),
    Check.BAD_ID: (
        Weight.SERIOUS,
        N_("The id {name} in {more} is not a number. Correct it in the file."),
    ),
    Check.BAD_REV: (
        Weight.NOTE,
        N_("{name} in {more} has no revision number. The next change gives it one."),
    ),
    Check.DANGLING: (
        Weight.SERIOUS,
        N_(
            "{name} refers in {more} to a record that is not there, and is shown without it. Open "
            "it in the program and choose another, or take the record from a backup."
        ),
    ),
    Check.NETWORK: (
        Weight.NOTE,
        N_(
            "The file is on a network drive ({more}). Two computers at once may "
            "not notice each other there."
        ),
    ),
    Check.EARLIER: (
        Weight.MENDABLE,
        N_(
            "{name} is an earlier copy that somebody has put in place. It counts; what was written "
            "after it is in the backup {more}."
        ),
    ),
    Check.UNCLEANED: (
        Weight.MENDABLE,
        N_(
            "{name} is a copy of before something was deleted for good. That will be left out of"
            " it again."
        ),
    ),
    Check.DELETING: (
        Weight.MENDABLE,
        N_("Something is being deleted for good from {name}, and that is not finished."),
    ),
    Check.NO_RESERVE: (
        Weight.MENDABLE,
        N_("No emergency space is reserved for a full disk."),
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was found. `str()` makes a sentence of it."""

    check: Check
    name: str = ""
    """The file, or the record, that it is about."""
    more: str = ""
    """Something else that the sentence names."""
    count: int = 0
    """How many of something there are."""

    @property
    def weight(self) -> Weight:
        """How much it matters."""
        return _SAYS[self.check][0]

    def __str__(self) -> str:
        sentence = _SAYS[self.check][1]
        text = sentence if self.check is Check.REFUSED else _(sentence)
        return text.format(name=self.name, more=self.more, count=self.count)
