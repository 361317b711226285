"""`mentor import`: filled-in forms come back, and rows of mentees are added."""

from __future__ import annotations

import click

from data.documents.importing.preview import HEADINGS, EntryKind, Preview
from data.documents.taking_in import (
    ImportProblem,
    look_at,
    look_at_mentees,
    read_file,
    take_in,
    typed_path,
)
from data.i18n import _, ngettext
from tui.cli.base import command, find_mentee, say_wrapped
from tui.cli.call import Call, Problem
from tui.cli.write import decoded


def import_command() -> click.Command:
    """Make `mentor import`."""
    return command(
        "import",
        _import,
        _(
            "Import a filled-in plan, roles, expectations or preparation sheet about a mentee "
            "(docx, csv, md, txt, eml). Without NAME: rows of new mentees. Shows what is new, what "
            "changes and what has no place; nothing is ever deleted."
        ),
        click.Argument(["words"], nargs=-1, required=True, metavar=_("[NAME] FILE")),
        click.Option(["--dry-run"], is_flag=True, help=_("Only show what would change.")),
        click.Option(["--again"], is_flag=True, help=_("Another mentee with an existing name.")),
    )


def _import(call: Call, *, words: tuple[str, ...], dry_run: bool, again: bool) -> None:
    if len(words) > 2:
        raise Problem(_("Name a mentee and a file, or only a file with rows of mentees."))
    try:
        file = read_file(typed_path(words[-1]))
        with call.read() if dry_run else call.open() as store:
            if len(words) == 2:
                preview = look_at(store, find_mentee(store, decoded(words[0])), file)
            else:
                otherwise = _("To add another with that name: --again")
                preview = look_at_mentees(store, file, again=again, otherwise=otherwise)
            _show(preview)
            _refuse_unread(preview)
            if not dry_run:
                take_in(store, preview)
    except ImportProblem as wrong:
        raise Problem(str(wrong)) from wrong
    if preview.does_nothing:
        say_wrapped(preview.summary())
    elif dry_run:
        say_wrapped(_("Nothing has been changed yet: {what}.").format(what=preview.summary()))
    else:
        say_wrapped(_("Imported: {what}.").format(what=preview.summary()))


def _show(preview: Preview) -> None:
    say_wrapped(preview.form)
    for kind, heading in HEADINGS.items():
        entries = preview.of(kind)
        if entries:
            say_wrapped(f"{_(heading)}:")
        for entry in entries:
            say_wrapped(entry.line, "  ")


def _refuse_unread(preview: Preview) -> None:
    """Raise `Problem` if a cell cannot be read: then nothing is taken in, not even the rest."""
    wrong = preview.of(EntryKind.UNREAD)
    if wrong:
        text = ngettext(
            "Nothing has been imported: {number} cell cannot be read. {cell}",
            "Nothing has been imported: {number} cells cannot be read. The first: {cell}",
            len(wrong),
        )
        raise Problem(text.format(number=len(wrong), cell=wrong[0].line))
