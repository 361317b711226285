"""`mentor backup`: earlier states of the file, what each holds, and going back to one."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from data.clock import local
from data.dates import show_date
from data.i18n import N_, _
from data.logins import user_name
from data.queries.field_names import counted_by
from data.records import BY_TABLE, Mentee
from data.storage.problems import ErrorKind
from data.storage.protocol import Tables
from data.storage.snapshot import is_team_file
from data.storage.upkeep.held import Held, Hindrance, held_by, held_by_all
from data.storage.upkeep.restore import restore
from data.text import clean
from tui.cli.base import command, group, say_json, say_wrapped
from tui.cli.call import Call, parting

_WHY: Final = {
    Hindrance.DAMAGED: N_("{name}: damaged"),
    Hindrance.NEWER: N_("{name}: written by a newer version of the program (format {format})"),
    Hindrance.PART: N_("{name}: not a whole file"),
}
"""What is said of one that cannot be restored."""


def backup_command() -> click.Group:
    """Make `mentor backup` with its own commands."""
    return group(
        "backup",
        _("List and restore backups, and see what is in them. Not of records on a server."),
        command("list", _list, _("List the backups, newest first."), reading=True),
        command(
            "show", _show, _("Show what is in a backup; nothing is changed."), _name(), reading=True
        ),
        command("restore", _restore, _("Restore a backup from the list."), _name()),
    )


def _name() -> click.Argument:
    return click.Argument(["name"], metavar=_("BACKUP"))


class _Looked:
    """What a user may know of an earlier state."""

    def __init__(self, path: Path, held: Held) -> None:
        self.held = held
        self.tables = _seen(path, held.tables or {})
        self.counts = _counts(self.tables)

    def head(self) -> str:
        """Return the line that begins it: its name, and of when it is."""
        text = _("{name}: as it was on {when}")
        if not self.held.is_backup:
            text = _("{name}: set aside on {when}")
        return text.format(name=self.held.name, when=_when(self.held.at))

    def facts(self) -> Iterator[str]:
        """Yield the lines that say what it holds."""
        yield ", ".join(_in_words(self.counts)) or _("no records")
        format_ = _("Format {number}.").format(number=self.held.format)
        with suppress(ValueError):  # somebody has edited it by hand
            moment = local(datetime.fromisoformat(self.held.changed))
            format_ = f"{_('Last change: {when}.').format(when=_when(moment))} {format_}"
        yield format_

    def as_json(self) -> dict[str, object]:
        """Return it for a script."""
        held = self.held
        found: dict[str, object] = {"name": held.name, "at": held.at.isoformat()}
        if not held.is_backup:
            found["whole"] = held.hindrance is None
        found["restorable"] = held.hindrance is None
        if held.hindrance is not None:
            found["why"] = held.hindrance.value
        found["format"] = held.format
        if held.hindrance is None:
            found |= {"last_change": held.changed, "counts": self.counts}
        return found

    def mentees(self) -> Iterator[tuple[str, str, dict[str, int]]]:
        """Yield id and name of each mentee, and how many records there are about them."""
        of_each: dict[str, Counter[str]] = {}
        for table in BY_TABLE:
            for doc in self.tables.get(table, {}).values():
                id = doc.get("mentee_id")
                if isinstance(id, str):
                    of_each.setdefault(id, Counter())[table] += 1
        for id, doc in self.tables.get(Mentee.table, {}).items():
            name = clean(str(doc.get("name", "")), lines=False)
            yield id, name, dict(of_each.get(id, {}))


def _seen(path: Path, tables: Tables) -> Tables:
    """Return those documents that the user may see: what is private in a team file is its author's.

    In a backup of early days it may be in the team file itself.
    """
    if not tables or not is_team_file(path):
        return tables
    # most files are of one user alone
    from data.storage.split.halves import Halves

    halves = Halves(parting(), user_name(os.geteuid()), tables, {})
    halves.look_for_left()
    halves.put_together()
    return halves.all


def _counts(tables: Tables) -> dict[str, int]:
    return {table: number for table in BY_TABLE if (number := len(tables.get(table, {})))}


def _in_words(counts: Mapping[str, int]) -> list[str]:
    return counted_by(table for table, number in counts.items() for _n in range(number))


def _when(moment: datetime) -> str:
    return f"{show_date(moment.date())} {moment:%H:%M}"


def _list(call: Call) -> None:
    call.refuse_server(ErrorKind.SERVER_BACKUPS)
    if call.as_json:
        say_json(
            [_Looked(call.record_file, one).as_json() for one in held_by_all(call.record_file)]
        )
        return
    hindered: list[Held] = []
    is_backup = True
    number = 0
    for held in held_by_all(call.record_file):
        if held.hindrance is not None:
            hindered.append(held)
            continue
        if is_backup and not held.is_backup:
            is_backup = False
            _say_none(number)
            say_wrapped(_("Set aside when the file was replaced or repaired:"))
        number += 1
        looked = _Looked(call.record_file, held)
        say_wrapped(looked.head())
        for line in looked.facts():
            say_wrapped(line, indent="  ")
    if is_backup:
        _say_none(number)
    if hindered:
        say_wrapped(_("These cannot be restored:"))
    for held in hindered:
        assert held.hindrance is not None, "asked above"  # noqa: S101
        say_wrapped(_(_WHY[held.hindrance]).format(name=held.name, format=held.format))


def _say_none(number: int) -> None:
    if not number:
        say_wrapped(_("There are no backups yet."))


def _show(call: Call, name: str) -> None:
    call.refuse_server(ErrorKind.SERVER_BACKUPS)
    held = held_by(call.record_file, name)
    looked = _Looked(call.record_file, held)
    if call.as_json:
        found = looked.as_json()
        if held.hindrance is None:
            found["mentees"] = [
                {"id": id, "name": who, "counts": counts} for id, who, counts in looked.mentees()
            ]
        say_json(found)
        return
    if held.hindrance is not None:
        say_wrapped(_(_WHY[held.hindrance]).format(name=held.name, format=held.format))
        say_wrapped(_("It cannot be restored."))
        return
    say_wrapped(looked.head())
    for line in looked.facts():
        say_wrapped(line)
    mentees = list(looked.mentees())
    if mentees:
        say_wrapped("")
    for _id, who, counts in mentees:
        about = ", ".join(_in_words(counts)) or _("no records")
        say_wrapped(_("{name}: {what}").format(name=who, what=about))
    own = _own(call.record_file)
    if own is not None:
        text = _(
            "What you keep private of the team file has backups of its own: mentor backup list "
            "--file {own}"
        )
        say_wrapped("")
        say_wrapped(text.format(own=own))
    say_wrapped("")
    say_wrapped(_("To go back to it: mentor backup restore {name}").format(name=name))


def _own(path: Path) -> Path | None:
    # most files are of one user alone
    from data.store.opening_team import own_file

    return own_file(path)


def _restore(call: Call, name: str) -> None:
    call.refuse_server(ErrorKind.SERVER_BACKUPS)
    said = _when(held_by(call.record_file, name).at)
    before = restore(call.record_file, name)
    call.renew_published()
    own = _own(call.record_file)
    text = _("Everything is as it was on {when}.")
    if own is not None:
        text = _(
            "Everything that is shared is as it was on {when}. What you keep private has not been "
            "changed; it has backups of its own: mentor backup list --file {own}"
        )
    say_wrapped(text.format(when=said, own=own))
    if before is not None:
        say_wrapped(_("To undo it: mentor backup restore {name}").format(name=before.name))
