"""What can go wrong with the files, and the sentence that tells the user so.

`StorageError` and `NotSaved` have an `ErrorKind`. A `Notice` tells what opening a file has found or
mended. `str()` of each makes one sentence in the user's language.
"""

from __future__ import annotations

import errno
from dataclasses import field
from pathlib import Path
from typing import ClassVar

from data.frozen import immutable
from data.i18n import _


class _Kinds(str):
    """Texts with names, as of an Enum: one of so many takes memory that a start has no use for.

    Each annotation of a class below this one is such a text: the name in small letters.
    """

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        for name in cls.__annotations__:
            setattr(cls, name, cls(name.lower()))


class ErrorKind(_Kinds):
    """Why the records cannot be read or saved; `data.problem_sentences` says what each means."""

    __slots__ = ()

    FULL: ClassVar[ErrorKind]
    QUOTA: ClassVar[ErrorKind]
    TOO_BIG: ClassVar[ErrorKind]
    READ_ONLY: ClassVar[ErrorKind]
    DISK: ClassVar[ErrorKind]
    GONE: ClassVar[ErrorKind]
    DENIED: ClassVar[ErrorKind]
    BUSY: ClassVar[ErrorKind]
    NEWER: ClassVar[ErrorKind]
    UPGRADED: ClassVar[ErrorKind]
    FOREIGN: ClassVar[ErrorKind]
    LINK: ClassVar[ErrorKind]
    NOT_A_FILE: ClassVar[ErrorKind]
    NO_FOLDER: ClassVar[ErrorKind]
    NOT_A_FOLDER: ClassVar[ErrorKind]
    NOTHING_NEW: ClassVar[ErrorKind]
    FOLDER_OPEN: ClassVar[ErrorKind]
    FOLDER_FOREIGN: ClassVar[ErrorKind]
    FOLDER_STICKY: ClassVar[ErrorKind]
    GROUP: ClassVar[ErrorKind]
    NO_LOCKS: ClassVar[ErrorKind]
    DAMAGED: ClassVar[ErrorKind]
    NO_BACKUP: ClassVar[ErrorKind]
    UNFINISHED: ClassVar[ErrorKind]
    CLOSED: ClassVar[ErrorKind]
    FAULT: ClassVar[ErrorKind]

    # of a server; `data.server_sentences` says what each means
    SERVER_AWAY: ClassVar[ErrorKind]
    SERVER_UNKNOWN: ClassVar[ErrorKind]
    SERVER_STOPPING: ClassVar[ErrorKind]
    SERVER_REFUSES: ClassVar[ErrorKind]
    PASSWORD: ClassVar[ErrorKind]
    NO_PASSWORD: ClassVar[ErrorKind]
    OPEN_PASSWORDS: ClassVar[ErrorKind]
    KERBEROS: ClassVar[ErrorKind]
    TLS: ClassVar[ErrorKind]
    CERTIFICATE: ClassVar[ErrorKind]
    ROOT_FILE: ClassVar[ErrorKind]
    KEY_FILE: ClassVar[ErrorKind]
    TLS_FILE: ClassVar[ErrorKind]
    NO_ACCOUNT: ClassVar[ErrorKind]
    NO_DATABASE: ClassVar[ErrorKind]
    OLD_SERVER: ClassVar[ErrorKind]
    NO_TABLES: ClassVar[ErrorKind]
    OLD_TABLES: ClassVar[ErrorKind]
    NO_MEMBER: ClassVar[ErrorKind]
    ONLY_COORDINATOR: ClassVar[ErrorKind]
    ONLY_MANAGER: ClassVar[ErrorKind]
    ONLY_VISITOR: ClassVar[ErrorKind]
    IN_NO_TEAM: ClassVar[ErrorKind]
    NO_COORDINATOR: ClassVar[ErrorKind]
    NO_MANAGER: ClassVar[ErrorKind]
    NO_LONGER_MANAGER: ClassVar[ErrorKind]
    SEVERAL_TEAMS: ClassVar[ErrorKind]
    NO_ACCESS: ClassVar[ErrorKind]
    THERE_ALREADY: ClassVar[ErrorKind]
    FORGOTTEN: ClassVar[ErrorKind]
    HELD: ClassVar[ErrorKind]
    TOO_MANY: ClassVar[ErrorKind]
    SERVER_FULL: ClassVar[ErrorKind]
    SERVER_MEMORY: ClassVar[ErrorKind]
    SERVER_BUSY: ClassVar[ErrorKind]
    SERVER_SLOW: ClassVar[ErrorKind]
    SERVER_READ_ONLY: ClassVar[ErrorKind]
    SERVER_ERROR: ClassVar[ErrorKind]
    UNSURE: ClassVar[ErrorKind]
    NOT_YET: ClassVar[ErrorKind]
    NO_PSYCOPG: ClassVar[ErrorKind]
    BAD_ADDRESS: ClassVar[ErrorKind]
    NO_SERVICE: ClassVar[ErrorKind]
    NO_OPTION: ClassVar[ErrorKind]
    PASSWORD_IN_ADDRESS: ClassVar[ErrorKind]
    NOT_ON_SERVER: ClassVar[ErrorKind]
    SERVER_BACKUPS: ClassVar[ErrorKind]
    SERVER_LOGINS: ClassVar[ErrorKind]
    SERVER_FOLDS: ClassVar[ErrorKind]


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

ACCESS_ENDED = frozenset(
    {ErrorKind.NO_MEMBER, ErrorKind.NO_COORDINATOR, ErrorKind.NO_MANAGER, ErrorKind.NO_ACCESS}
)
"""What it means that a login may not see any more what it could see on a server."""
NO_MENTOR = frozenset(
    {
        ErrorKind.NO_MEMBER,
        ErrorKind.ONLY_COORDINATOR,
        ErrorKind.ONLY_MANAGER,
        ErrorKind.ONLY_VISITOR,
        ErrorKind.IN_NO_TEAM,
    }
)
"""What is said to a login that is no mentor on a server."""

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
        said = _(_sentence(self.kind)).format(name=self.name, who=who, place=place)
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
        text = _("{problem} The program keeps trying.")
        if self.kind in PASSING:
            return text.format(problem=self)
        # few have their records on a server
        from data.server_sentences import WAITING

        in_brief = WAITING.get(self.kind)
        return text.format(problem=_(in_brief)) if in_brief else str(self)


def _sentence(kind: ErrorKind) -> str:
    # most sessions have nothing to tell
    from data.problem_sentences import SENTENCES

    if kind in SENTENCES:
        return SENTENCES[kind]
    # few have their records on a server
    from data import server_sentences

    return server_sentences.SENTENCES[kind]


def _for_a_shell(name: str) -> str:
    # only where something was refused
    import shlex

    return shlex.quote(name)


class NotSaved(StorageError):
    """Nothing of what was asked for has been saved. It can be tried again."""


def kind_of(error: OSError) -> ErrorKind:
    """Return what an error of the operating system means to the user."""
    return _KIND_OF_ERRNO.get(error.errno or 0, ErrorKind.DISK)


class NoticeKind(_Kinds):
    """What a notice tells; `data.problem_sentences` says what each means."""

    __slots__ = ()

    TORN: ClassVar[NoticeKind]
    BAD_LINES: ClassVar[NoticeKind]
    GAP: ClassVar[NoticeKind]
    NO_JOURNAL: ClassVar[NoticeKind]
    OLD_JOURNAL: ClassVar[NoticeKind]
    FROM_BACKUP: ClassVar[NoticeKind]
    FROM_BACKUP_PART: ClassVar[NoticeKind]
    SALVAGED: ClassVar[NoticeKind]
    EDITED: ClassVar[NoticeKind]
    REBUILT: ClassVar[NoticeKind]
    REBUILT_PART: ClassVar[NoticeKind]
    REWRITTEN: ClassVar[NoticeKind]
    MISFIT: ClassVar[NoticeKind]
    MODE: ClassVar[NoticeKind]
    ADOPTED: ClassVar[NoticeKind]
    UPGRADED: ClassVar[NoticeKind]
    WEAK_LOCKS: ClassVar[NoticeKind]
    ONLY_READ: ClassVar[NoticeKind]
    DRAFT_DAMAGED: ClassVar[NoticeKind]
    CLEANED: ClassVar[NoticeKind]
    MOVED_PRIVATE: ClassVar[NoticeKind]
    ROLE_ENDED: ClassVar[NoticeKind]
    NO_LOGIN: ClassVar[NoticeKind]
    RENAMED: ClassVar[NoticeKind]
    MEMBER_ENDED: ClassVar[NoticeKind]
    OLDER_STATE: ClassVar[NoticeKind]


TAKEN_OVER = {
    NoticeKind.ADOPTED,
    NoticeKind.CLEANED,
    NoticeKind.EDITED,
    NoticeKind.OLD_JOURNAL,
    NoticeKind.UPGRADED,
}
"""What is told of a file that somebody else has put in place, and that counts."""


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
        # most sessions have nothing to tell
        from data.problem_sentences import NOTICES

        return _(NOTICES[self.kind]).format(name=self.name, kept=self.kept, count=self.count)
