"""`mentor fold`: everything in the data file itself, for other programs."""

from __future__ import annotations

import click

from data.i18n import _
from data.storage.problems import ErrorKind
from tui.cli.base import command, say_wrapped
from tui.cli.call import Call, Problem, Status


def fold_command() -> click.Command:
    """Make `mentor fold`."""
    return command(
        "fold",
        _fold,
        _("Write all that is saved into the data file itself. Not of records on a server."),
    )


def _fold(call: Call) -> None:
    # loaded only for this command: `mentor doctor` need not write the data file
    from data.storage.backend import fold_file
    from data.storage.upkeep.purging import finish

    call.refuse_server(ErrorKind.SERVER_FOLDS)
    if not call.record_file.is_file():
        raise Problem(_("There is no file {name}.").format(name=call.record_file), Status.FILE)
    # most files are of one user alone
    from data.store.opening_team import own_file

    own = own_file(call.record_file)
    for path in (call.record_file, *([own] if own is not None else [])):
        finish(path)
        for notice in fold_file(path):
            say_wrapped(str(notice))
    call.renew_published()
    if own is None:
        said = _("Everything is in {name}: other programs can read it there.")
    else:
        said = _(
            "Everything that is shared is in {name}, and what you keep private is in {own}: other "
            "programs can read it there."
        )
    say_wrapped(said.format(name=call.record_file, own=own))
