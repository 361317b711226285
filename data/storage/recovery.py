"""Mending: making a record file and its journal whole again. The lock must be held.

What is damaged or does not belong is kept in quarantine first. Then a new generation is written, so
that the files are sound afterwards. Other sessions that have the file open read it anew.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace

from data.storage import backups, migrations, quarantine, raw_table
from data.storage.folder import Folder
from data.storage.from_backups import Recovered, as_written, in_present_format
from data.storage.generation import Files, replace_all, time_now
from data.storage.journal import FORMAT, TEAM_FORMAT, Scan, is_header, scan
from data.storage.kept.backup import Backup
from data.storage.names import Names
from data.storage.problems import ErrorKind, Notice, NoticeKind, StorageError
from data.storage.protocol import Doc, Tables
from data.storage.record_file import Content, Meta, new_generation, parse, salvage
from data.storage.snapshot import (
    Fault,
    Replay,
    check_header,
    leads_on,
    notices_of,
    numbers_of,
    replay,
)

COUNTS = {
    Fault.PLAIN,
    Fault.OLDER,
    Fault.EDITED,
    Fault.STRANGE_JOURNAL,
    Fault.EARLIER,
    Fault.UNCLEANED,
}
"""The faults of a record file that counts all the same, whatever an open session knows."""


@dataclass(frozen=True, slots=True)
class KnownState:
    """What an open session has in memory: all documents as of a commit."""

    tables: Tables
    seq: int
    """The number of that commit."""
    meta: Meta
    """What the record file that it has read says of itself."""


def mend(files: Files, by: str, fault: Fault, known: KnownState | None = None) -> list[Notice]:
    """Make the files whole.

    Args:
        files: The folder, the names, and the lock, which must be held.
        by: The login name of the user.
        fault: What is wrong with the files.
        known: What an open session has in memory; None if none asks.

    Returns:
        What the user is to be told.

    Raises:
        OSError: A file could not be written, and the files are as they were.
        StorageError: Nothing can be had from the files, or they must not be used. Likewise.
    """
    folder, names, _lock = files
    found = _Case(folder, names, fault, known).solve()
    meta = new_generation(found.meta, found.seq, time_now(), TEAM_FORMAT if folder.team else 0)
    if known is None or found.tables is not known.tables:
        # Open sessions do not expect this state, so they must read everything anew: it names no
        # generation before it. And no earlier journal leads to it, so it has a number of its own:
        # nobody may put it together from those journals.
        meta = replace(meta, prev="", seq=found.seq + 1 if found.tables else found.seq)
    gone = replace_all(files, (found.tables, meta), by)
    if gone:
        found.notices.append(Notice(NoticeKind.CLEANED, name=names.record, count=gone))
    return found.notices


def preview(folder: Folder, names: Names, fault: Fault) -> Recovered:
    """Return what `mend` would come to, without writing anything. It raises what `mend` raises."""
    return _Case(folder, names, fault, None, keeping=False).solve()


class _Case:
    """One pair of files that has to be mended, and all that can be known of it."""

    def __init__(
        self,
        folder: Folder,
        names: Names,
        fault: Fault,
        known: KnownState | None,
        *,
        keeping: bool = True,
    ) -> None:
        self.keeping = keeping
        """Whether damaged bytes are kept in quarantine; not for `preview`."""
        self.folder = folder
        self.names = names
        self.fault = fault
        self.known = known
        self.record = self._bytes(names.record)
        self.journal_bytes = self._bytes(names.journal)
        self.journal: Scan = scan(self.journal_bytes)
        check_header(self.journal, names.journal)
        first = self.journal.records[0] if self.journal.records else {}
        self.head: Doc | None = first if is_header(first) else None
        self.gen = 0

    def solve(self) -> Recovered:
        """Return the best state that can be put together."""
        ways: dict[Fault, Callable[[], Recovered]] = {
            Fault.NOTHING: self._nothing,
            Fault.NO_RECORD: self._no_record,
            Fault.DAMAGED: self._damaged,
            Fault.PLAIN: self._plain,
            Fault.OLDER: self._older,
            Fault.EDITED: self._edited,
            Fault.NO_JOURNAL: self._no_journal,
            Fault.BAD_HEADER: self._bad_header,
            Fault.STRANGE_JOURNAL: self._strange_journal,
            Fault.EARLIER: self._put_back,
            Fault.UNCLEANED: self._put_back,
        }
        found = ways[self.fault]()
        if found.meta is None or found.meta.gen < self._last_gen():
            found.meta = _meta(self._last_gen(), found.meta, found.seq)
        return found

    # -- what there is ------------------------------------------------------------------------

    def _bytes(self, name: str) -> bytes:
        """Return what a file holds; nothing if it is not there."""
        with suppress(FileNotFoundError):
            return self.folder.read(name)
        return b""

    def _content(self) -> Content:
        return parse(self.record)

    def _keep(self, what: str, data: bytes) -> str:
        """Keep bytes in quarantine. Return where; "" if there is nothing to keep."""
        if not data or not self.keeping:
            return ""
        return quarantine.keep(self.folder, self.names, what, data)[0]

    def _backups(self) -> list[Backup]:
        return backups.of_file(self.folder, self.names)

    def _last_gen(self) -> int:
        """Return the number of the last generation that there has been, as far as is known."""
        gens = [backup.gen for backup in self._backups()]
        if self.head is not None and type(self.head.get("gen")) is int:
            gens.append(self.head["gen"])
        return max(gens, default=0)

    def _with_journal(self, found: Recovered) -> Recovered:
        """Apply the journal to a state, and keep what is damaged in it."""
        done = replay(self.journal.records, found.tables, found.seq)
        found.seq = done.seq
        self._tell_journal(found, done)
        return found

    def _tell_journal(self, found: Recovered, done: Replay) -> None:
        """Note for the user what was wrong with the journal, and keep it if something was."""
        found.notices += notices_of(done)
        if self.journal.damaged:
            kept, count = self._keep("journal", self.journal_bytes), len(self.journal.damaged)
            found.notices.append(Notice(NoticeKind.BAD_LINES, kept=kept, count=count))
        elif self.journal.torn:
            found.notices.append(
                Notice(NoticeKind.TORN, kept=self._keep("line", self.journal.torn))
            )
        elif done.misfits or done.missing:
            self._keep("journal", self.journal_bytes)

    def _goes_on(self, seq: int) -> bool:
        """Whether the numbers in the journal go on from a commit without a gap."""
        first = min(numbers_of(self.journal), default=seq + 1)
        base = self.head["base"] if self.head is not None else first - 1
        return leads_on(self.journal, base, seq)

    def _is_whole(self, found: Recovered) -> bool:
        """Whether a state that was put together has every commit for certain."""
        if self.known is not None:
            return True
        missing = any(notice.kind is NoticeKind.GAP for notice in found.notices)
        return self.head is not None and not self.journal.damaged and not missing

    def _remembered(self, told_as: NoticeKind, name: str = "") -> Recovered | None:
        """Return what an open session has in memory; None if none has asked."""
        if self.known is None:
            return None
        notice = Notice(told_as, name=name or self.names.record)
        return Recovered(self.known.tables, self.known.seq, self.known.meta, [notice])

    # -- one way for each fault ---------------------------------------------------------------

    def _nothing(self) -> Recovered:
        """Deal with `Fault.NOTHING`: begin an empty file, unless there are backups."""
        remembered = self._remembered(NoticeKind.REBUILT)
        if remembered is not None:
            return remembered
        if not self._backups():
            return Recovered({}, 0)
        return self._no_record()

    def _no_record(self) -> Recovered:
        """Deal with `Fault.NO_RECORD`: put everything together from backups and journal."""
        found = self._remembered(NoticeKind.REBUILT) or self._chain()
        if found is None:
            raise StorageError(ErrorKind.DAMAGED, name=self.names.record)
        if self.known is None:
            told_as = NoticeKind.REBUILT if self._is_whole(found) else NoticeKind.REBUILT_PART
            found.notices.append(Notice(told_as, name=self.names.record))
        return found

    def _damaged(self) -> Recovered:
        """Deal with `Fault.DAMAGED`: from backups, else from those lines that can be read."""
        if not self.record:
            return self._nothing() if not self.journal_bytes else self._no_record()
        name, kept = self.names.record, self._keep("record", self.record)
        found = self._remembered(NoticeKind.REBUILT) or self._chain()
        if found is not None:
            told_as = (
                NoticeKind.FROM_BACKUP if self._is_whole(found) else NoticeKind.FROM_BACKUP_PART
            )
            found.notices.append(Notice(told_as, name=name, kept=kept))
            return found
        tables = salvage(self.record)
        if not tables:
            raise StorageError(ErrorKind.DAMAGED, name=name)
        found = self._with_journal(Recovered(tables, self.head["base"] if self.head else 0))
        count = sum(len(docs) for docs in tables.values())
        found.notices.append(Notice(NoticeKind.SALVAGED, name=name, kept=kept, count=count))
        return found

    def _plain(self) -> Recovered:
        """Deal with `Fault.PLAIN`: take a TinyDB file over.

        If there is a journal or a backup, it was ours: another program has written it anew.
        """
        if self.head is not None or self._backups():
            return self._edited()
        tables = migrations.upgrade(self._content().tables, 0, FORMAT)
        kept = self._keep("original", self.record)
        self._keep("journal", self.journal_bytes)
        return Recovered(
            tables, 0, None, [Notice(NoticeKind.ADOPTED, name=self.names.record, kept=kept)]
        )

    def _older(self) -> Recovered:
        """Deal with `Fault.OLDER`: bring the documents to the present format."""
        content = self._content()
        kept = self._keep("original", self.record)
        self._keep("journal", self.journal_bytes)
        meta = content.meta
        if meta is not None and self.keeping:
            backups.keep(self.folder, self.names, meta)
        found = self._with_journal(Recovered(content.tables, meta.seq if meta else 0, meta))
        found.tables = migrations.upgrade(found.tables, content.format, FORMAT)
        found.notices.append(Notice(NoticeKind.UPGRADED, name=self.names.record, kept=kept))
        return found

    def _edited(self) -> Recovered:
        """Deal with `Fault.EDITED`: take in what somebody has changed by hand or with a program."""
        content, chain = self._content(), self._chain()
        if chain is not None and any(chain.tables.values()) and not any(content.tables.values()):
            return self._damaged()  # it was emptied, hardly on purpose
        kept = self._keep("edited", self.record)
        meta, base = content.meta, self.head["base"] if self.head is not None else 0
        its_own = meta is None or (self.head is not None and self.head.get("of") == meta.id)
        found = Recovered(content.tables, base if meta is None or its_own else meta.seq, meta)
        if its_own or self._goes_on(found.seq):
            self._with_journal(found)
        elif self.journal_bytes:
            found.notices.append(self._old_journal())
        records: tuple[tuple[str, str], ...] = ()
        if chain is not None:
            found.seq = max(found.seq, chain.seq)
            records = tuple(raw_table.differing_in_all(chain.tables, found.tables))
        found.notices.append(
            Notice(NoticeKind.EDITED, self.names.record, kept, len(records), records)
        )
        return found

    def _no_journal(self) -> Recovered:
        """Deal with `Fault.NO_JOURNAL`: the record file counts."""
        remembered = self._remembered(NoticeKind.REWRITTEN, self.names.journal)
        if remembered is not None:
            return remembered
        content = self._content()
        found = Recovered(content.tables, content.meta.seq if content.meta else 0, content.meta)
        if self.folder.stat(self.names.backups) is not None:
            found.notices.append(Notice(NoticeKind.NO_JOURNAL, name=self.names.record))
        return found

    def _bad_header(self) -> Recovered:
        """Deal with `Fault.BAD_HEADER`: the other lines count if their numbers go on."""
        remembered = self._remembered(NoticeKind.REWRITTEN, self.names.journal)
        kept = self._keep("journal", self.journal_bytes)
        if remembered is not None:
            return remembered
        content = self._content()
        found = Recovered(content.tables, content.meta.seq if content.meta else 0, content.meta)
        if self._goes_on(found.seq):
            done = replay(self.journal.records, found.tables, found.seq)
            found.seq = done.seq
            found.notices += notices_of(done)
        count = max(len(self.journal.damaged), 1)
        notice = Notice(NoticeKind.BAD_LINES, kept=kept, count=count)
        found.notices.append(
            notice if self.journal_bytes else Notice(NoticeKind.NO_JOURNAL, name=self.names.record)
        )
        return found

    def _strange_journal(self) -> Recovered:
        """Deal with `Fault.STRANGE_JOURNAL`: somebody has put an earlier copy back. It counts."""
        if self._is_backup():
            # Nobody has put a copy there: the disk has lost the last rename in a power cut.
            chain = self._chain()
            if chain is not None:
                return chain
        content = self._content()
        found = Recovered(content.tables, content.meta.seq if content.meta else 0, content.meta)
        found.notices.append(self._old_journal())
        return found

    def _put_back(self) -> Recovered:
        """Deal with `Fault.UNCLEANED` and `Fault.EARLIER`: both files count.

        What was deleted for good is left out. What they replaced came after the last backup.
        """
        content, known = self._content(), self.known
        meta = content.meta
        found = self._with_journal(Recovered(content.tables, meta.seq if meta else 0, meta))
        if meta is not None and backups.has_later(self.folder, self.names, meta):
            last = self._backups()[-1]
            found.meta, kept = _meta(last.gen + 1, meta, found.seq), last.name
            if known is not None and self.keeping:
                of_known = replace(known.meta, seq=known.seq)
                kept = quarantine.keep_state(self.folder, self.names, known.tables, of_known)
            found.notices.append(Notice(NoticeKind.OLD_JOURNAL, name=self.names.record, kept=kept))
        return found

    def _old_journal(self) -> Notice:
        """Keep the journal, and what it led to if that is known. Return what is to be told."""
        kept = self._keep("journal", self.journal_bytes)
        known = self.known
        later = Recovered(known.tables, known.seq, known.meta) if known else self._chain()
        if later is not None and self.keeping:
            meta = _meta(self._last_gen(), later.meta, later.seq)
            if self.known is None and self.head is not None:
                meta = replace(meta, id=str(self.head.get("of", "")))
            meta = replace(meta, seq=later.seq)
            kept = quarantine.keep_state(self.folder, self.names, later.tables, meta)
        return Notice(NoticeKind.OLD_JOURNAL, name=self.names.record, kept=kept)

    # -- backups ------------------------------------------------------------------------------

    def _is_backup(self) -> bool:
        """Whether the record file is itself one of the backups, not only a copy of one."""
        record = self.folder.stat(self.names.record)
        backup_folder = self.folder.sub(self.names.backups)
        if record is None or backup_folder is None:
            return False
        with closing(backup_folder):
            kept = (backup_folder.stat(backup.record) for backup in backups.find(backup_folder))
            return any(one is not None and one.st_ino == record.st_ino for one in kept)

    def _chain(self) -> Recovered | None:
        """Return the state of the newest readable backup and all journals since; None without."""
        found: Recovered | None = None
        if self.head is not None and self.head["base"] == 0:
            found = Recovered({}, 0)
        else:
            backup_folder = self.folder.sub(self.names.backups)
            if backup_folder is not None:
                with closing(backup_folder):
                    found = as_written(backup_folder)
        if found is None or (self.journal_bytes and not self._goes_on(found.seq)):
            return None
        form = self.head["h"] if found.meta is None and self.head is not None else None
        return in_present_format(self._with_journal(found), form)


def _meta(gen: int, meta: Meta | None, seq: int) -> Meta:
    """Return a head that has the number of the last generation, so that the next one goes on."""
    if meta is not None:
        return replace(meta, gen=gen)
    return Meta(FORMAT, gen, "", "", seq, "")
