"""`mentor retention`: what is due for deletion by the settings, and deleting it."""

from __future__ import annotations

import os

import click

from data.clock import today
from data.i18n import _
from data.paths import documents_folder
from data.privacy.purge_words import goes, stays
from data.privacy.retention import Overdue, delete_overdue, overdue, planned_for
from data.queries.views import due_limits
from data.store.store import Store
from tui.cli.base import command, say_whole, say_wrapped
from tui.cli.call import Call, Status
from tui.cli.progress import Progress
from tui.cli.purge import say_files


def retention_command() -> click.Command:
    """Make `mentor retention`."""
    text = _(
        "Say what is due for deletion, and why: what is private when a mentorship is closed, the "
        "rest half a year later, or as the settings say. With --apply it is deleted for good."
    )
    options = (
        click.Option(["--dry-run"], is_flag=True, help=_("Say what would go of each, too.")),
        click.Option(["--apply", "apply"], is_flag=True, help=_("Delete it for good.")),
    )
    return command("retention", _retention, text, *options)


def _retention(call: Call, dry_run: bool, apply: bool) -> None:
    limits = due_limits(call.settings)
    with call.read() as store:
        found = overdue(store, today(), limits)
        if not found:
            say_wrapped(_("Nothing is due for deletion."))
            return
        for one in found:
            say_wrapped(one.sentence)
            if dry_run:
                _tell_planned(call, store, one)
    if dry_run or not apply:
        return
    documents = documents_folder(call.settings.documents, os.environ)
    with Progress() as progress:
        done = delete_overdue(
            call.path,
            today(),
            limits,
            documents=documents,
            tell=lambda one: progress.tell(one.mentee.name),
        )
    call.renew_published()
    say_wrapped(_("Deleted for good."))
    left = [path for _one, report in done for path in report.found]
    if left:
        say_wrapped(_("A name or a text of it still stands in what is about others:"))
        say_whole(*left)
        raise SystemExit(Status.FOUND)


def _tell_planned(call: Call, store: Store, one: Overdue) -> None:
    planned = planned_for(call.path, store, one, os.environ)
    for line in goes(planned):
        say_wrapped(f"- {line}", "  ")
    say_files(planned, "  ")
    for sentence in stays(private_only=True, server=planned.server):
        say_wrapped(sentence, "  ")
