"""What can go wrong with the files, and the sentence that tells the user so.

`StorageError` and `NotSaved` have an `ErrorKind`. A `Notice` tells what opening a file has found or
mended. `str()` of each makes one sentence in the user's language.
"""

from __future__ import annotations

import errno
from dataclasses import field
from enum import StrEnum
from pathlib import Path

from data.frozen import immutable
from data.i18n import N_, _


class ErrorKind(StrEnum):
    """Why the records cannot be read or saved. The sentences below say what each means."""

    FULL = "full"
    QUOTA = "quota"
    TOO_BIG = "too_big"
    READ_ONLY = "read_only"
    DISK = "disk"
    GONE = "gone"
    DENIED = "denied"
    BUSY = "busy"
    NEWER = "newer"
    UPGRADED = "upgraded"
    FOREIGN = "foreign"
    LINK = "link"
    NOT_A_FILE = "not_a_file"
    NO_FOLDER = "no_folder"
    NOT_A_FOLDER = "not_a_folder"
    NOTHING_NEW = "nothing_new"
    FOLDER_OPEN = "folder_open"
    FOLDER_FOREIGN = "folder_foreign"
    FOLDER_STICKY = "folder_sticky"
    GROUP = "group"
    NO_LOCKS = "no_locks"
    DAMAGED = "damaged"
    NO_BACKUP = "no_backup"
    UNFINISHED = "unfinished"
    CLOSED = "closed"
    FAULT = "fault"
    SERVER_AWAY = "server_away"
    NO_ACCESS = "no_access"
    NO_MEMBER = "no_member"
    SEVERAL_TEAMS = "several_teams"
    OLD_TABLES = "old_tables"
    UNSURE = "unsure"


_SENTENCES = {
    ErrorKind.FULL: N_("The disk is full. Free some space."),
    ErrorKind.QUOTA: N_("Your disk quota is used up. Free some space."),
    ErrorKind.TOO_BIG: N_("The file size limit has been reached. Ask IT support to raise it."),
    ErrorKind.READ_ONLY: N_("The disk is read-only. Contact your IT support."),
    ErrorKind.DISK: N_("Disk error. Contact your IT support."),
    ErrorKind.GONE: N_("The folder {name} is gone. Reconnect its drive, or put the folder back."),
    ErrorKind.DENIED: N_("You do not have access to {name}."),
    ErrorKind.BUSY: N_("{who} is using the file right now. Wait a moment, or close that session."),
    ErrorKind.NEWER: N_(
        "{name} was written by a newer version of the program. Nothing has "
        "been changed; use the newer version."
    ),
    ErrorKind.UPGRADED: N_(
        "A newer version of the program has taken over {name}. Quit, and "
        "open the newer version; your text will be there."
    ),
    ErrorKind.FOREIGN: N_("{name} is not yours. Nothing has been changed."),
    ErrorKind.LINK: N_(
        "{name} is a link that somebody else may have placed. Nothing has "
        "been changed; remove the link, or name the file it points to."
    ),
    ErrorKind.NOT_A_FILE: N_(
        "{name} is not an ordinary file. Move it away, or choose another file."
    ),
    ErrorKind.NO_FOLDER: N_("There is no folder {name}. Create it, or choose another file."),
    ErrorKind.NOT_A_FOLDER: N_("{name} is not a folder. Choose another place."),
    ErrorKind.NOTHING_NEW: N_("You cannot create anything in {name}. Choose another place."),
    ErrorKind.FOLDER_OPEN: N_(
        "Everyone can write to the folder {name}, so your data would not be "
        "safe there. Choose another folder, or remove that permission: chmod o-w {place}"
    ),
    ErrorKind.FOLDER_FOREIGN: N_("The folder {name} is not yours."),
    ErrorKind.FOLDER_STICKY: N_(
        "The team folder {name} has the sticky bit, so colleagues cannot "
        "save over what you have saved. Remove it: chmod -t {place}"
    ),
    ErrorKind.GROUP: N_(
        "The group {who} can write to the folder {name}. Make it a team folder: chmod 2770 "
        "{place}; or remove that permission: chmod g-w {place}"
    ),
    ErrorKind.NO_LOCKS: N_(
        "The file system of {name} cannot keep two sessions apart. Use a folder on another disk."
    ),
    ErrorKind.DAMAGED: N_(
        "{name} is damaged, and no backup of it could be read. Nothing has "
        "been changed; run mentor doctor."
    ),
    ErrorKind.NO_BACKUP: N_("There is no readable backup named {name}. See mentor backup list."),
    ErrorKind.UNFINISHED: N_(
        "Something is being deleted for good from {name}, and that is not finished. Free some"
        " space, and open it again: that is finished first."
    ),
    ErrorKind.CLOSED: N_("The file has been closed."),
    ErrorKind.FAULT: N_(
        "The program could not save because of an internal error. Copy your text somewhere else."
    ),
}

_SENTENCES.update(
    {
        ErrorKind.SERVER_AWAY: N_("The server {name} is away."),
        ErrorKind.NO_ACCESS: N_("You have no role that lets you write that on {name}."),
        ErrorKind.NO_MEMBER: N_("You are not a mentor of a team on {name}."),
        ErrorKind.SEVERAL_TEAMS: N_("You are a mentor of several teams on {name}: {who}."),
        ErrorKind.OLD_TABLES: N_("The tables on {name} are older than the program."),
        ErrorKind.UNSURE: N_(
            "The line to {name} broke while it was being saved. It may have been saved."
        ),
    }
)

_KIND_OF_ERRNO = {
    errno.ENOSPC: ErrorKind.FULL,
    errno.EDQUOT: ErrorKind.QUOTA,
    errno.EFBIG: ErrorKind.TOO_BIG,
    errno.EROFS: ErrorKind.READ_ONLY,
    errno.ENOENT: ErrorKind.GONE,
    errno.ENOTDIR: ErrorKind.GONE,
    errno.ESTALE: ErrorKind.GONE,
    errno.EACCES: ErrorKind.DENIED,
    errno.EPERM: ErrorKind.DENIED,
    errno.ELOOP: ErrorKind.LINK,
    errno.ENOLCK: ErrorKind.NO_LOCKS,
    errno.ENOTSUP: ErrorKind.NO_LOCKS,
}


PASSING = frozenset(
    {
        ErrorKind.FULL,
        ErrorKind.QUOTA,
        ErrorKind.TOO_BIG,
        ErrorKind.READ_ONLY,
        ErrorKind.DISK,
        ErrorKind.GONE,
        ErrorKind.DENIED,
        ErrorKind.BUSY,
    }
)
"""What may have passed when it is tried the next time."""

_OF_OWNERS = frozenset({ErrorKind.DENIED, ErrorKind.FOREIGN, ErrorKind.FOLDER_FOREIGN})
"""What a change of owner, group or mode mends: the command is named."""


class StorageError(Exception):
    """The records cannot be read or saved. `str()` says what is wrong and what to do."""

    def __init__(
        self, kind: ErrorKind, *, name: str = "", who: str = "", path: Path | None = None
    ) -> None:
        """Say what is wrong.

        Args:
            kind: What it is.
            name: The file or folder, as it is shown.
            who: Somebody whom the sentence names.
            path: The file or folder that was refused, where `name` is not its whole path.
        """
        super().__init__(kind)
        self.kind = kind
        self.name = name
        self.who = who
        self.path = path

    def __str__(self) -> str:
        who = self.who or _("Another session")
        place = _for_a_shell(self.name)
        said = _(_SENTENCES[self.kind]).format(name=self.name, who=who, place=place)
        return f"{said} {self._advice()}".rstrip() if self.kind in _OF_OWNERS else said

    def _advice(self) -> str:
        # only where access is refused: it looks at the files
        from data.access_advice import access_advice

        path = self.path or Path(self.name)
        if not path.is_absolute():
            return ""
        return access_advice(path, foreign=self.kind is not ErrorKind.DENIED)

    @property
    def while_waiting(self) -> str:
        """The sentence for a session that keeps what it has and goes on trying."""
        if self.kind not in PASSING:
            return str(self)
        return _("{problem} The program keeps trying.").format(problem=self)


def _for_a_shell(name: str) -> str:
    # only where something was refused
    import shlex

    return shlex.quote(name)


class NotSaved(StorageError):
    """Nothing of what was asked for has been saved. It can be tried again."""


def kind_of(error: OSError) -> ErrorKind:
    """Return what an error of the operating system means to the user."""
    return _KIND_OF_ERRNO.get(error.errno or 0, ErrorKind.DISK)


class NoticeKind(StrEnum):
    """What a notice tells. The sentences below say what each means."""

    TORN = "torn"
    BAD_LINES = "bad_lines"
    GAP = "gap"
    NO_JOURNAL = "no_journal"
    OLD_JOURNAL = "old_journal"
    FROM_BACKUP = "from_backup"
    FROM_BACKUP_PART = "from_backup_part"
    SALVAGED = "salvaged"
    EDITED = "edited"
    REBUILT = "rebuilt"
    REBUILT_PART = "rebuilt_part"
    REWRITTEN = "rewritten"
    MISFIT = "misfit"
    MODE = "mode"
    ADOPTED = "adopted"
    UPGRADED = "upgraded"
    WEAK_LOCKS = "weak_locks"
    ONLY_READ = "only_read"
    DRAFT_DAMAGED = "draft_damaged"
    CLEANED = "cleaned"
    MOVED_PRIVATE = "moved_private"
    ROLE_ENDED = "role_ended"


TAKEN_OVER = {
    NoticeKind.ADOPTED,
    NoticeKind.CLEANED,
    NoticeKind.EDITED,
    NoticeKind.OLD_JOURNAL,
    NoticeKind.UPGRADED,
}
"""What is told of a file that somebody else has put in place, and that counts."""

_NOTICES = {
    NoticeKind.TORN: N_(
        "The last save was interrupted before it was confirmed. What is left of it is in {kept}."
    ),
    NoticeKind.BAD_LINES: N_(
        "The journal was damaged; saved changes that could not be read: "
        "{count}. They are kept in {kept}; check what was written lately."
    ),
    NoticeKind.GAP: N_(
        "Saved changes that are missing from the journal: {count}. See mentor backup list."
    ),
    NoticeKind.NO_JOURNAL: N_(
        "The journal beside {name} is missing, so what was written last may be missing too. See"
        " mentor backup list."
    ),
    NoticeKind.OLD_JOURNAL: N_(
        "{name} has been replaced by an earlier copy, which counts. What was "
        "written after it is in {kept} (see mentor backup list)."
    ),
    NoticeKind.FROM_BACKUP: N_(
        "{name} was damaged and has been recovered from the backup and the "
        "journal; nothing is missing. The damaged file is kept in {kept}."
    ),
    NoticeKind.FROM_BACKUP_PART: N_(
        "{name} was damaged and has been recovered from the backup; what was "
        "written last may be missing. The damaged file is kept in {kept}."
    ),
    NoticeKind.SALVAGED: N_(
        "{name} was damaged. Records recovered from it: {count}; look "
        "through them. The damaged file is kept in {kept}."
    ),
    NoticeKind.EDITED: N_(
        "{name} has been changed by another program. Records that differ: "
        "{count}. The change has been imported, and a copy is kept in {kept}."
    ),
    NoticeKind.REBUILT: N_("{name} was missing and has been recovered; nothing is missing."),
    NoticeKind.REWRITTEN: N_(
        "{name} was replaced, cut short or deleted by something else than this program. It has "
        "been written again; nothing is missing."
    ),
    NoticeKind.REBUILT_PART: N_(
        "{name} was missing and has been recovered from the backup; what was "
        "written last may be missing."
    ),
    NoticeKind.MISFIT: N_(
        "{count} changes no longer fitted their text. What was written is at the end of it."
    ),
    NoticeKind.MODE: N_("Others could read {name}. That permission has been removed."),
    NoticeKind.ADOPTED: N_("{name} was an ordinary TinyDB file. The original is kept in {kept}."),
    NoticeKind.UPGRADED: N_("{name} was upgraded to this version. The original is kept in {kept}."),
    NoticeKind.WEAK_LOCKS: N_(
        "{name} is on a network drive ({kept}). Two computers at once may "
        "not notice each other there; work from one of them."
    ),
    NoticeKind.ONLY_READ: N_("{name} Until then your data can be read, but not changed."),
    NoticeKind.DRAFT_DAMAGED: N_(
        "The end of a text being typed when its session was interrupted was "
        "damaged. Everything readable is back; the rest is in {kept}."
    ),
    NoticeKind.CLEANED: N_(
        "{name} has been replaced by an earlier copy. What had been deleted for good since is not"
        " in it any more; records left out: {count}."
    ),
    NoticeKind.MOVED_PRIVATE: N_(
        "What is private and yours has been moved from the team file to a file of your own, "
        "{name}. Texts moved: {count}."
    ),
    NoticeKind.ROLE_ENDED: N_(
        "You have no role as mentor of {name} any more, so they are not shown to you any more."
    ),
}


@immutable
class Notice:
    """Something that the user is to be told once. `str()` makes a sentence of it."""

    kind: NoticeKind
    name: str = ""
    """The file that it is about."""
    kept: str = ""
    """Where damaged bytes are kept, from the folder of the record file; or the name in quarantine
    of what can be restored."""
    count: int = 0
    """How many of something there are."""
    records: tuple[tuple[str, str], ...] = field(default=())
    """Table and id of the records that it is about, if they are known."""

    def __str__(self) -> str:
        return _(_NOTICES[self.kind]).format(name=self.name, kept=self.kept, count=self.count)
