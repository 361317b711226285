"""Where the command line opens the app: on the user's records, or on the worked example."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from data.clock import now, today
from data.i18n import _, language
from data.paths import data_dir, make_private_folder, positions_file
from data.positions import load_positions
from data.run_folder import DEMO, left_behind, prefix
from data.settings import in_one_line
from data.storage.problems import NO_MENTOR, ErrorKind, NotSaved, StorageError
from data.store.change import Change
from data.store.events import SaveState
from data.store.opening import OpenedStore, open_store
from tui.cli.call import Call, Problem, Status, complain, parting, server_rules

if TYPE_CHECKING:
    import click

    from data.workplace.use import InUse
    from screens.frame.base import BaseScreen

LAST_SECONDS = 1.0
"""How long a disk that takes nothing is waited for when the user has chosen to leave."""


def open_app(call: Call) -> int:
    """Open the app on the record file; its exit status."""
    _refuse_no_terminal()
    if call.path.parent == data_dir(os.environ):
        make_private_folder(call.path.parent)
    gone = _delete_unasked(call) if call.settings.retention == "auto" else ()
    try:
        opened = open_store(call.path, threaded=True, parting=parting, on_server=server_rules)
    except StorageError as problem:
        if problem.kind not in NO_MENTOR:
            raise
        # few are members of a team and no mentors
        from tui.cli.visitors import open_for_others

        return open_for_others(call, problem, open_page)
    return _run(call, replace(opened, notices=(*opened.notices, *gone)))


def open_workplace(call: Call, named: Sequence[Path], *, manages: Path | None = None) -> int:
    """Open the page of all mentors alone, without any data file; its exit status.

    Args:
        call: The use of the command line.
        named: The files and folders with what is published, or the server.
        manages: The server where the user is a manager, too; None if there is none.
    """
    _refuse_no_terminal()
    return open_page(call, "workplace", named, manages=manages)


def open_page(call: Call, name: str, *arguments: object, manages: Path | None) -> int:
    """Open one page alone, by its name among the places; its exit status."""
    # only such a page is opened without records
    from data.store.opening import empty_store
    from tui.start.patterns import compiled_later

    with without_tls(), compiled_later():
        # here, because it loads Textual
        from screens.frame.context import Context
        from screens.frame.places import load
        from tui.app import run_app

        made = load(name)

    def first(context: Context) -> BaseScreen[None]:
        context.manages = manages
        screen: BaseScreen[None] = made(context, *arguments)
        return screen

    opened = OpenedStore(empty_store(), call.path, in_one_line(call.remarks))
    try:
        return run_app(opened, call.settings, heard=call.heard, first=first)
    finally:
        opened.close(LAST_SECONDS)


def _delete_unasked(call: Call) -> tuple[str, ...]:
    """Delete for good what is due, as the workplace has set it; return what is said of it.

    What cannot be deleted now is due the next time, too.
    """
    # only where the settings ask for it
    from data.paths import documents_folder
    from data.privacy.retention import delete_overdue
    from data.queries.views import due_limits

    if not call.path.exists():
        return ()
    limits = due_limits(call.settings)
    documents = documents_folder(call.settings.documents, os.environ)
    try:
        done = delete_overdue(call.path, today(), limits, documents=documents)
    except StorageError as problem:
        return (str(problem),)
    text = _("Deleted for good, as the settings say (retention): {what}")
    return tuple(text.format(what=one.sentence) for one, _report in done)


def demo_command() -> click.Command:
    """Make `mentor demo`."""
    # opening the app needs no click
    from tui.cli.base import command, speech_option

    help = _("Open a demo with example data; nothing you do is kept.")
    return command("demo", _demo, help, speech_option(), with_file=False)


def _demo(call: Call) -> None:
    _refuse_no_terminal()
    # only the example goes without it
    from data.library.source import use_as_shared

    use_as_shared(None)  # the example is told in the words that come with the program
    with throw_away_folder() as folder:
        path = folder / "mentor.json"
        fill_with_example(path)
        raise SystemExit(_run(call, open_store(path, threaded=True, parting=parting), demo=True))


def fill_with_example(path: Path) -> None:
    """Write the worked example into a new record file."""
    # only the example needs it
    from data.example import example_records

    opened = open_store(path, threaded=False, parting=parting)
    try:
        records = example_records(today(), now(), language())
        opened.store.commit([Change.created(record) for record in records], _("Example"))
    finally:
        opened.close()


@contextmanager
def throw_away_folder() -> Iterator[Path]:
    """Make a folder for this run, the user's alone; it is gone afterwards.

    It lies among the user's own records, never in a place that others can read. What demos that
    were killed have left is cleared away too.
    """
    base = data_dir(os.environ)
    make_private_folder(base)
    for left in left_behind(base, DEMO):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix(DEMO), dir=base))  # 0700
    try:
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder, in which a thread that is ending may write a last file meanwhile."""
    for _attempt in range(40):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.05)


def _refuse_no_terminal() -> None:
    # `mentor demo --help` asks for no terminal
    from tui.terminal.kind import prepare_environment, refusal

    why = refusal(os.environ, is_terminal=sys.stdin.isatty() and sys.stdout.isatty())
    if why is not None:
        raise Problem(why)
    prepare_environment(os.environ)


@contextmanager
def without_tls() -> Iterator[None]:
    """Have asyncio do without OpenSSL, as where Python was built without it.

    It would load 4 MB, of the 40 that the program takes, for connections that are never made.
    """
    if "ssl" in sys.modules:
        yield
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # how Python is told there is none
    try:
        yield
    finally:
        del sys.modules["ssl"]


def _library(call: Call) -> InUse | None:
    """Return the library of the workplace, which is in use from now on; None where there is none.

    It is read now: once the app is there, nothing can be said on stderr.
    """
    if call.library is None:
        return None
    # few workplaces have one
    from data.library.shared import use_shared
    from data.workplace.begin import library_of

    library = library_of(call.library, os.environ)
    use_shared(library.values())
    return library


def _renew_published(call: Call, opened: OpenedStore) -> None:
    """Renew what is published, if anything is; say why where it cannot be.

    Where the program was removed in the first seconds of the session, the next one renews it.
    """
    with suppress(ImportError):
        # at the end, when nobody waits for the screen
        from data.published.kept import kept

        if kept(os.environ).is_of(call.path):
            # most mentors publish nothing
            from data.published.renew import renew

            complain(renew(opened.store, call.path, os.environ, today()))


def _run(call: Call, opened: OpenedStore, *, demo: bool = False) -> int:
    """Run the app, and let go of the file whatever happens; say what could not be saved."""
    # loaded when the records are open
    from data.queries.mentees import mentees
    from tui.start.early_list import Glimpse
    from tui.start.patterns import compiled_later

    status = 0
    glimpse = Glimpse(sys.stdin.fileno(), sys.stdout.fileno(), os.environ)
    try:
        if not call.settings.ascii and not call.heard:
            places = {} if demo else load_positions(positions_file(os.environ))
            at = places.get("home", "").partition("|")[0]
            glimpse.show(mentees(opened.store), today(), at)
        glimpse.keep_keys()
        with without_tls(), compiled_later():
            # here, because it loads Textual, which is most of the start
            from tui.app import run_app

        library = None if demo else _library(call)
        said = (*in_one_line(call.remarks), *([library.problem] if library else []))
        told = replace(opened, notices=(*filter(None, said), *opened.notices))
        status = run_app(
            told, call.settings, demo=demo, glimpse=glimpse, heard=call.heard, library=library
        )
    finally:
        glimpse.put_away()
        left = opened.store.left_behind()
        failed = opened.store.status.state is SaveState.FAILED
        saved = opened.close(LAST_SECONDS) if failed else opened.close()
    if not demo:
        _renew_published(call, opened)
    if not saved and not status:
        why = opened.store.status.problem or NotSaved(ErrorKind.DISK)
        # Textual is loaded by now
        from data.server_sentences import and_then
        from tui.app.leaving import kept_text

        kept = "" if demo else kept_text(left, opened.store.status)
        unsaved = _("Not saved: {why}").format(why=why)
        raise Problem(and_then(unsaved, kept), Status.FILE)
    return status
