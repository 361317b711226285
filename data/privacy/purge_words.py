"""What a deletion takes, and what stays, in words: said before anybody is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from data.i18n import _, ngettext
from data.method.lending import copies_text
from data.paths import shown_path
from data.privacy.purge import Planned
from data.queries.field_names import counted_by
from data.records import BY_TABLE, DocumentFile, Loan
from data.text import clean


def heading(name: str, planned: Planned) -> str:
    """Return the line above all this: how final it is for the mentee of that name."""
    if planned.server:  # whose backups are not the program's: see `stays`
        return _("This about {name} goes for good.").format(name=name)
    return _("This about {name} goes for good. Nothing brings it back.").format(name=name)


def goes(planned: Planned) -> Iterator[str]:
    """Yield what goes, a line for each sort of it; files of documents are not among it."""
    goings = planned.goings.values()
    counts = Counter[str]()
    for going in goings:
        counts.update(going.counts)
    del counts[DocumentFile.table]  # the files are named one by one
    every = [table for table in BY_TABLE for _n in range(counts[table])]
    if every:
        yield ", ".join(counted_by(every))
    number = sum(going.earlier for going in goings)
    if number and planned.server:
        yield ngettext(
            "{number} record that was deleted before, and is in the history of the server yet",
            "{number} records that were deleted before, and are in the history of the server yet",
            number,
        ).format(number=number)
    elif number:
        yield ngettext(
            "{number} record that was deleted before, and is in backups yet",
            "{number} records that were deleted before, and are in backups yet",
            number,
        ).format(number=number)
    if managers := [clean(one, lines=False) for going in goings for one in going.released]:
        yield _("The status that was released to {names}").format(names=", ".join(managers))
    if planned.server and planned.is_whole:
        yield _("What colleagues keep private about the mentee on the server")
    if planned.people:
        names = ", ".join(clean(one.name, lines=False) for one in planned.people)
        yield _("From the list of people: {names}").format(names=names)
    if number := sum(len(going.backups) for going in goings):
        yield ngettext(
            "{number} backup is written again without it",
            "{number} backups are written again without it",
            number,
        ).format(number=number)
    if number := sum(len(going.aside) for going in goings):
        yield ngettext(
            "{number} file that was set aside, likewise",
            "{number} files that were set aside, likewise",
            number,
        ).format(number=number)
    if number := sum(len(going.drafts) for going in goings):
        yield ngettext(
            "{number} file of texts that were typed and not saved, likewise",
            "{number} files of texts that were typed and not saved, likewise",
            number,
        ).format(number=number)
    if number := len(planned.positions):
        yield ngettext(
            "{number} note of where the cursor was",
            "{number} notes of where the cursor was",
            number,
        ).format(number=number)


def files_of(planned: Planned, environ: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the files that go: each folder once, as its user types it, and the names in it."""
    by_folder: dict[Path, list[str]] = {}
    for path in (*planned.documents, *planned.files):
        by_folder.setdefault(path.parent, []).append(clean(path.name, lines=False))
    for folder, names in by_folder.items():
        yield f"{clean(shown_path(folder, environ), lines=False)}/", sorted(names)


def stays(*, private_only: bool, loans: Iterable[Loan] = (), server: str = "") -> Iterator[str]:
    """Yield what stays, and what to agree on first.

    Args:
        private_only: Whether only what is private goes.
        loans: Those of the mentee: a copy that is lent stays where it is.
        server: The server that has the records, as it is shown; "" for a file.
    """
    if not private_only and (copies := copies_text(loans)):
        yield copies
    if not private_only:
        yield _("People whom others need stay, without the link, and so do tips.")
    if not server:
        yield _(
            "What the free space of the disk holds is not reached, nor are copies and documents"
            " that were made or moved outside of this program, or sent."
        )
    else:
        yield _(
            "Copies and documents that were made or moved outside of this program, or sent, are"
            " not reached."
        )
        yield _(
            "The server {name} keeps the bytes of what was deleted in its files until it has tidied"
            " up (VACUUM), and in its journal, replicas and backups until those are replaced: ask"
            " those who look after it. Where a backup of it is restored, this is there again until"
            " you open the program, or a colleague who has opened it after this and may delete it."
        ).format(name=server)
    yield _("Agree with your journal plan first: the law on archives (arkivloven) goes before.")
