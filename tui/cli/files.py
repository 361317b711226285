"""`mentor fold` and `doctor`: the file for others, and its health."""

from __future__ import annotations

import codecs
import locale
import os
import re
from dataclasses import dataclass
from pathlib import Path

import click

from data.i18n import LANGUAGES, N_, _, ngettext
from data.paths import documents_folder
from data.run_folder import texts_folder, texts_left_behind
from data.storage.protocol import Tables
from data.storage.reasons import said_of
from data.storage.upkeep.findings import Check, Finding, Weight
from tui.cli.base import command, say_json, say_wrapped
from tui.cli.call import Call, Problem, Status, parting

# mentor fold


def fold_command() -> click.Command:
    """Make `mentor fold`."""
    return command("fold", _fold, _("Write all that is saved into the data file itself."))


def _fold(call: Call) -> None:
    # loaded only for this command: `mentor doctor` need not write the data file
    from data.storage.backend import fold_file
    from data.storage.upkeep.purging import finish

    if not call.path.is_file():
        raise Problem(_("There is no file {name}.").format(name=call.path), Status.FILE)
    # most files are of one user alone
    from data.store.opening_team import own_file

    own = own_file(call.path)
    for path in (call.path, *([own] if own is not None else [])):
        finish(path)
        for notice in fold_file(path):
            say_wrapped(str(notice))
    if own is None:
        said = _("Everything is in {name}: other programs can read it there.")
    else:
        said = _(
            "Everything that is shared is in {name}, and what you keep private is in {own}: other "
            "programs can read it there."
        )
    say_wrapped(said.format(name=call.path, own=own))


# mentor doctor


@dataclass(frozen=True, slots=True)
class _Line:
    """One thing that was looked at."""

    check: str
    weight: Weight
    text: str


_WEIGHTS = {
    Weight.FINE: N_("OK"),
    Weight.NOTE: N_("Notice"),
    Weight.MENDABLE: N_("Can be repaired"),
    Weight.SERIOUS: N_("Problem"),
}


def doctor_command() -> click.Command:
    """Make `mentor doctor`."""
    option = click.Option(
        ["--repair"], is_flag=True, help=_("Repair what can be repaired; originals are kept.")
    )
    canary = click.Option(
        ["--canary"],
        is_flag=True,
        help=_("Instead: look on a throw-away copy for private words where none may be."),
    )
    text = _("Check data file, backups, permissions and terminal. Says what to do.")
    return command("doctor", _doctor, text, option, canary, reading=True)


def _doctor(call: Call, repair: bool, canary: bool) -> None:
    if canary:
        # only where it is asked for: it loads the whole program
        from tui.cli.canary import look_for_canaries

        look_for_canaries(call, repair=repair)
    if repair:
        _mend(call.path)
    documents = documents_folder(call.settings.documents, os.environ)
    lines = [*_file(call.path), *_records(call.path), *_unfinished(documents, repair=repair)]
    lines += _surroundings(call)
    if call.as_json:
        say_json([{"check": x.check, "weight": x.weight.value, "text": x.text} for x in lines])
    else:
        for line in lines:
            say_wrapped(f"{_(_WEIGHTS[line.weight])}: {line.text}")
        if any(line.weight is Weight.MENDABLE for line in lines):
            say_wrapped(_("To repair what can be repaired: mentor doctor --repair"))
    raise SystemExit(_status(lines))


def _status(lines: list[_Line]) -> Status:
    if any(line.check == Check.REFUSED for line in lines):
        return Status.FILE
    asking = {Weight.MENDABLE, Weight.SERIOUS}
    return Status.FOUND if any(line.weight in asking for line in lines) else Status.DONE


def _mend(path: Path) -> None:
    # only where the file is to be mended
    from data.storage.upkeep.doctor import repair

    # most files are of one user alone
    from data.store.opening_team import own_file

    own = own_file(path)
    for one in (path, *([own] if own is not None else [])):
        if one.parent.is_dir():
            for notice in repair(one):
                say_wrapped(str(notice))


def _file(path: Path) -> list[_Line]:
    # `mentor fold` examines nothing
    from data.storage.upkeep.doctor import examine
    from data.store.codec import table_rules

    if not path.exists() and not path.parent.exists():
        return [_Line("no_file", Weight.NOTE, _("There is no file yet: {name}.").format(name=path))]
    # most files are of one user alone
    from data.storage.snapshot import is_team_file
    from data.store.opening_team import own_file

    own = own_file(path)
    # records of a team file may refer to what somebody keeps private
    rules = None if is_team_file(path) else table_rules()
    lines = [_said(finding) for finding in examine(path, rules)]
    if own is not None:
        text = _(
            "What you keep private of the team file is in {own}. Other users cannot open it; "
            "server administrators technically can."
        )
        lines += [_Line("own_file", Weight.FINE, text.format(own=own))]
        lines += [_said(finding) for finding in examine(own)]
    return lines


def _unfinished(folder: Path, *, repair: bool) -> list[_Line]:
    """Say what was left unfinished in the folder of documents; `repair` removes it first."""
    # `mentor fold` looks at no documents
    from data.documents.unfinished import leftovers, tidy

    if repair:
        tidy(folder)
    return [_said(Finding(Check.LEFTOVER, str(path))) for path in leftovers(folder)]


def _said(finding: Finding) -> _Line:
    return _Line(finding.check.value, finding.weight, str(finding))


def _records(path: Path) -> list[_Line]:
    """Say what the records are. Of a file that cannot be read `_file` has said so."""
    # `mentor fold` looks into no file
    from data.storage.problems import StorageError
    from data.storage.snapshot import Unsound, is_team_file, read_tables
    from data.store.opening_team import look_into

    left: dict[str, int] = {}
    try:
        if is_team_file(path):
            looked = look_into(path, parting())
            tables, left = looked.tables, looked.left
        else:
            tables = read_tables(path)
    except (StorageError, OSError, Unsound):
        return []
    return [*_counted(tables), *_fields(tables), *_left(left)]


def _left(left: dict[str, int]) -> list[_Line]:
    """Say whose private texts are in a team file, from before they were kept apart."""
    text = _(
        "Private texts of {who} that are still in the team file: {count}. They are moved when "
        "{who} opens it; until then other programs can read them there."
    )
    return [
        _Line("left_private", Weight.NOTE, text.format(who=who or _("somebody"), count=count))
        for who, count in left.items()
    ]


def _counted(tables: Tables) -> list[_Line]:
    """Say how many records there are, and how many conflicts wait."""
    # `mentor fold` looks into no file
    from data.queries.counts import counts
    from data.storage.database import database

    found = counts(database(tables))
    text = _(
        "Mentees: {mentees} (closed: {closed}). Talks held: {talks}. Notes: {notes}. People:"
        " {people}."
    ).format(
        mentees=found.mentees,
        closed=found.closed,
        talks=found.talks_held,
        notes=found.notes,
        people=found.people,
    )
    lines = [_Line("records", Weight.FINE, text)]
    if found.conflicts:
        text = _("Unresolved conflicts: {number}. ! in the program shows them.")
        lines.append(_Line("conflicts", Weight.NOTE, text.format(number=found.conflicts)))
    return lines


def _fields(tables: Tables) -> list[_Line]:
    """Say which values in the records cannot be read: the file may have been edited by hand."""
    # `mentor fold` examines nothing
    from data.queries.unreadable import unreadable

    found = unreadable(tables)
    if not found:
        return []
    places = ", ".join(f"{table} {id}: {', '.join(names)}" for table, id, names in found[:3])
    text = ngettext(
        "{number} record has values that cannot be read ({places}). Correct them in the file.",
        "{number} records have values that cannot be read ({places}). Correct them in the file.",
        len(found),
    )
    return [
        _Line("fields", Weight.SERIOUS, text.format(number=len(found), places=places)),
    ]


def _surroundings(call: Call) -> list[_Line]:
    # `mentor fold` reads no library, and says not where it is installed
    from data.library import LibraryError
    from tui.cli.installation import findings

    lines = [_Line(*finding) for finding in findings()]
    lines += [_Line("settings", Weight.SERIOUS, remark) for remark in call.remarks]
    left = _("A text that was open in an editor when the connection was lost is in {folder}.")
    lines += [
        _Line("editor", Weight.NOTE, left.format(folder=folder))
        for place in _places(call.path)
        for folder in texts_left_behind(place)
    ]
    try:
        _read_library()
        lines.append(_Line("library", Weight.FINE, _("The library can be read.")))
    except (LibraryError, OSError) as error:
        lines.append(_Line("library", Weight.SERIOUS, said_of(error)))
    lines += [_documents(call), *_who_sees_commands()]
    term, charset = os.environ.get("TERM", ""), _charset()
    if term in {"", "dumb", "unknown"}:
        text = _(
            "This terminal cannot show screens (TERM={term}); mentor talk --plain can be used."
        )
        lines.append(_Line("terminal", Weight.NOTE, text.format(term=term)))
    else:
        lines.append(_Line("terminal", Weight.FINE, _("Terminal: {term}.").format(term=term)))
    if charset == "utf-8":
        lines.append(_Line("charset", Weight.FINE, _("The locale uses UTF-8.")))
    else:
        text = _("The locale uses {charset}: some characters are replaced. Set LANG.")
        lines.append(_Line("charset", Weight.NOTE, text.format(charset=charset)))
    return lines


def _places(path: Path) -> list[Path]:
    """Return the folders in which texts may lie that were open in an editor."""
    # most files are of one user alone
    from data.store.opening_team import own_file

    own = own_file(path)
    return [path.parent] if own is None else [path.parent, texts_folder(own)]


def _documents(call: Call) -> _Line:
    """Say where documents are written to, and whether they can be, for their user alone."""
    folder = documents_folder(call.settings.documents, os.environ)
    if not folder.exists():
        text = _("Documents will be written to {folder}, which is made with the first one.")
        return _Line("documents", Weight.FINE, text.format(folder=folder))
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        text = _("Documents cannot be written to {folder}. Choose another in the settings.")
        return _Line("documents", Weight.SERIOUS, text.format(folder=folder))
    if folder.stat().st_mode & 0o077:
        text = _("Others may see which documents are in {folder} (chmod 700 keeps them out).")
        return _Line("documents", Weight.NOTE, text.format(folder=folder))
    text = _("Documents are written to {folder}.")
    return _Line("documents", Weight.FINE, text.format(folder=folder))


def _who_sees_commands() -> list[_Line]:
    """Say where others on the machine can read the words of a command while it runs."""
    try:
        mounts = Path("/proc/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        mounts = []
    proc = [mount.split()[3] for mount in mounts if mount.split()[1:3] == ["/proc", "proc"]]
    if any(re.search(r"\bhidepid=(?!0|off)", options) for options in proc[-1:]):
        return []
    text = _(
        "Others on this computer may see the words of a command while it "
        "runs (/proc is mounted without hidepid). Write notes without TEXT: "
        "mentor note NAME"
    )
    return [_Line("commands", Weight.NOTE, text)]


def _read_library() -> None:
    # `mentor fold` reads no library
    from data.library import duties, questions

    for language in LANGUAGES:
        questions(language)
        duties(language)


def _charset() -> str:
    return codecs.lookup(locale.getencoding()).name
