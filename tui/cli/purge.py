"""`mentor purge NAME` and `mentor forget NAME`: deleting for good."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click

from data.i18n import _, ngettext
from data.paths import documents_folder
from data.privacy.lending import NotGivenBack, pruned, refuse_unreturned
from data.privacy.purge import (
    Planned,
    all_of,
    carry_out,
    earlier_of,
    longest_texts,
    plan,
    private_of,
    refuse_held,
)
from data.privacy.purge_words import files_of, goes, heading, stays
from data.records import Loan, Mentee
from data.storage.upkeep.purging import Report
from data.store.store import Store
from data.text import words_key
from tui.cli.base import command, find_mentee, name_argument, say_whole, say_wrapped
from tui.cli.call import Call, Problem, Status
from tui.cli.progress import Progress
from tui.cli.sure import sure


def purge_command() -> click.Command:
    """Make `mentor purge`."""
    text = _(
        "Delete a mentee for good: records, backups, what was set aside, texts that were typed; of"
        " records on a server all but the server's own backups. Nothing brings it back."
    )
    options = (
        click.Option(
            ["--private-only"], is_flag=True, help=_("Only what is private about the mentee.")
        ),
        _dry_run(),
        click.Option(
            ["--yes"],
            metavar=_("NAME"),
            is_flag=False,
            flag_value="",
            help=_("The whole name of the mentee, instead of the question."),
        ),
    )
    name = click.Argument(["name"], metavar=_("NAME"), required=False)  # see `_unnamed`
    return command("purge", _purge, text, name, *options)


def forget_command() -> click.Command:
    """Make `mentor forget`."""
    text = _(
        "Delete for good what was about a mentee and has been deleted before. Backups have it"
        " otherwise until their days are over, and what was set aside keeps it; on a server, its"
        " history does."
    )
    sure_of_it = click.Option(["--yes"], is_flag=True, help=_("Do not ask."))
    return command("forget", _forget, text, name_argument(), _dry_run(), sure_of_it)


def _dry_run() -> click.Option:
    return click.Option(["--dry-run"], is_flag=True, help=_("Only say what would be deleted."))


def _purge(
    call: Call, name: str | None, private_only: bool, dry_run: bool, yes: str | None
) -> None:
    if name is None or (yes is not None and not yes.strip()):
        raise _unnamed(yes)
    with call.open() as store:
        mentee = find_mentee(store, name)
        refuse_held(store, mentee)
        if not private_only:
            _refuse_unreturned(store, mentee)
        if private_only and not dry_run:
            store.commit(pruned(store, mentee), undoable=False)
        wanted = private_of(store, mentee) if private_only else all_of(store, mentee)
        planned = plan(call.path, store, wanted, os.environ)
        if planned.is_nothing:
            said = _("Nothing private about {name} is kept.")
            say_wrapped(said.format(name=mentee.name))
            return
        if yes and not _is_name(yes, mentee):
            text = _("--yes does not have the whole name, {name}. Nothing has been deleted.")
            raise Problem(text.format(name=mentee.name))
        if dry_run or not yes:
            loans = store.of(Loan, mentee.id)
            _tell(mentee, planned, private_only=private_only, loans=loans)
        if dry_run:
            return
        if not yes:
            _ask(mentee)
        words = [] if private_only else [mentee.name, *longest_texts(store, mentee)]
        report = _carry_out(call, planned, words)
    said = _("All that was private about {name} has been deleted for good.")
    if not private_only:
        said = _("{name} has been deleted for good.")
    _tell_result(said.format(name=mentee.name), report, server=planned.server)


def _unnamed(yes: str | None) -> Exception:
    """Return what is wrong where a name is missing: `--yes` of other commands takes none."""
    if yes is None:
        ctx = click.get_current_context()
        return click.MissingParameter(ctx=ctx, param=ctx.command.params[0])
    text = _(
        "--yes takes the whole name of the mentee: mentor purge NAME --yes 'WHOLE NAME'. Nothing"
        " has been deleted."
    )
    return Problem(text)


def _forget(call: Call, name: str, dry_run: bool, yes: bool) -> None:
    with call.open() as store:
        mentee = find_mentee(store, name)
        refuse_held(store, mentee)
        planned = plan(call.path, store, earlier_of(store, mentee), os.environ)
        if planned.has_no_records:
            said = _("Nothing that was deleted about {name} is left anywhere.")
            if planned.server:
                said = _("Nothing that was deleted about {name} is in the history of the server.")
            say_wrapped(said.format(name=mentee.name))
            return
        if dry_run or not yes:
            _tell(mentee, planned, private_only=True)
        if dry_run:
            return
        _ask_to_forget(yes=yes)
        if no_longer_lent := pruned(store, mentee):
            store.commit(no_longer_lent, undoable=False)
            planned = plan(call.path, store, earlier_of(store, mentee), os.environ)
        report = _carry_out(call, planned, [])
    said = _("What was deleted about {name} before is now deleted for good.")
    _tell_result(said.format(name=mentee.name), report, server=planned.server)


def _ask_to_forget(*, yes: bool) -> None:
    """Ask whether it is to go; `--yes` says so. Raises `Problem` unless the answer is yes."""
    if yes or sure(_("Delete it for good?")):
        return
    if sys.stdin.isatty():
        raise Problem(_("Nothing has been deleted."))
    raise Problem(_("Nothing has been deleted. To do it without being asked: --yes"))


def _carry_out(call: Call, planned: Planned, words: list[str]) -> Report:
    with Progress() as progress:

        def tell(step: int, of: int) -> None:
            text = _("Deleting for good, step {step} of {number}")
            progress.tell(text.format(step=step, number=of))

        folder = documents_folder(call.settings.documents, os.environ)
        call.deleted = True
        return carry_out(
            call.path, planned, os.environ, documents=folder, words=words, progress=tell
        )


def _refuse_unreturned(store: Store, mentee: Mentee) -> None:
    try:
        refuse_unreturned(store, mentee)
    except NotGivenBack as why:
        raise Problem(str(why), Status.FOUND) from why


def delete_copy(call: Call, store: Store, mentee: Mentee) -> None:
    """Delete a borrowed mentee for good, after it was asked, and say what came of it.

    The store must not be used after this.
    """
    refuse_held(store, mentee)
    _refuse_unreturned(store, mentee)
    planned = plan(call.path, store, all_of(store, mentee), os.environ)
    report = _carry_out(call, planned, [mentee.name, *longest_texts(store, mentee)])
    said = _("{name} has been deleted for good.").format(name=mentee.name)
    _tell_result(said, report, server=planned.server)


def _is_name(typed: str, mentee: Mentee) -> bool:
    return words_key(typed) == words_key(mentee.name)


def _ask(mentee: Mentee) -> None:
    """Have the name typed. Raises `Problem` where it is not: nothing is deleted then."""
    while True:
        click.echo(_("Type the whole name to delete") + ": ", nl=False)
        line = sys.stdin.readline().strip()
        if not line:
            raise Problem(_("Nothing has been deleted."))
        if _is_name(line, mentee):
            return
        text = _("That is not the name {name}. An empty line ends without deleting.")
        say_wrapped(text.format(name=mentee.name))


# -- what is said ------------------------------------------------------------------------------


def _tell(
    mentee: Mentee, planned: Planned, *, private_only: bool, loans: Iterable[Loan] = ()
) -> None:
    """Say what goes and what stays."""
    say_wrapped(heading(mentee.name, planned))
    for line in goes(planned):
        say_wrapped(f"- {line}")
    say_files(planned)
    for sentence in stays(private_only=private_only, loans=loans, server=planned.server):
        say_wrapped(sentence)


def say_files(planned: Planned, indent: str = "") -> None:
    """Say which files go: a folder, and below it the names in it."""
    for folder, names in files_of(planned, os.environ):
        say_wrapped(f"- {folder}", indent)
        for name in names:
            say_wrapped(name, f"{indent}  ")


def _tell_result(said: str, report: Report, *, server: str) -> None:
    """Say what came of it. Raises `SystemExit` with status 1 if something is left.

    `server` is that which has the records, as it is shown; "" for a file.
    """
    say_wrapped(said)
    number = len(report.looked_at)
    if server:
        looked = ngettext(
            "What you can see on the server was looked through, and {number} file here.",
            "What you can see on the server was looked through, and {number} files here.",
            number,
        )
    else:
        looked = ngettext(
            "{number} file was looked through.", "{number} files were looked through.", number
        )
    say_wrapped(looked.format(number=number))
    if report.deleted:
        text = _("These could not be written again, and were deleted: {names}.")
        say_wrapped(text.format(names=", ".join(report.deleted)))
    if report.found:
        say_wrapped(_("A name or a text of it still stands in what is about others:"))
        say_whole(*report.found)
        raise SystemExit(Status.FOUND)
