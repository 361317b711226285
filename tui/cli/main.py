"""The command line: its language, its one line for each problem, its exit status.

What a command needs is imported when it is wanted: the app where a screen is, click where there are
arguments.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path

from data.core_dumps import prevent_core_dumps
from data.i18n import LANGUAGES, _, language_of, set_language
from data.paths import library_folder, settings_files, state_dir, write_private
from data.settings import Loaded, in_one_line, load_settings
from data.storage.kept.policy import Keeping, set_keeping
from data.storage.problems import PASSING, ErrorKind, StorageError, kind_of
from tui.cli.bare import bare
from tui.cli.call import Call, Problem, Status, complain
from tui.cli.streams import guard_streams


def main() -> None:
    """Run the command line of this process."""
    prevent_core_dumps()
    # Nearly all that is loaded at the start stays, so looking for garbage in it is lost time. The
    # app begins to look when it is loaded; other commands end before it would pay.
    gc.disable()
    out = guard_streams()
    status = run(sys.argv[1:])
    if out.problem is not None:
        from data.storage.reasons import reason  # only where the system has refused something

        said = _("The output could not be written: {why}.")
        complain(said.format(why=reason(out.problem)))
        status = status or Status.UNPRINTED
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit status. Every problem is one line on stderr, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # what the locale's charset lacks
    loaded = load_settings(*settings_files(os.environ))
    if not set_language(_language(arguments, os.environ, loaded)):
        complain(_("The Danish texts cannot be read; this is English. Install the program again."))
    home = os.environ.get("HOME", "")
    if home and not Path(home).is_absolute():  # the records would be now here and now there
        text = _(
            "HOME is “{home}”, which is not a full path. Name your home folder: export HOME=~{user}"
        )
        complain(text.format(home=home, user=os.environ.get("USER", "")))
        return Status.USAGE
    if loaded.notices:
        loaded = load_settings(*settings_files(os.environ))  # said in that language now
    status = _run(arguments, loaded)
    sys.stdout.flush()
    return status


def _run(arguments: Sequence[str], loaded: Loaded) -> int:
    for notice in in_one_line(loaded.notices):
        complain(notice)
    settings = loaded.settings
    set_keeping(Keeping(settings.backup_days, settings.backup_weeks))
    library = library_folder(os.environ, settings.library)
    call = Call(settings=settings, origins=loaded.origins, remarks=loaded.notices, library=library)
    if library is not None:
        from data.workplace.begin import use_library  # few workplaces have one

        use_library(library, os.environ, complain)
    try:
        if not arguments:
            return bare(call)
        # only where there are arguments: it loads click
        from tui.cli.program import run_program

        return run_program(arguments, call)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else Status.DONE
    except (Exception, KeyboardInterrupt) as error:
        status, line = _told(error)
        complain(line)
        return status


def _told(error: BaseException) -> tuple[Status, str]:
    """Return the exit status of an error, and the line that says what it means."""
    # only where something failed
    from data.store.hold import OnHold

    if isinstance(error, Problem):
        return error.status, str(error)
    if isinstance(error, StorageError):
        return Status.FILE, str(error)
    if isinstance(error, OnHold):
        return Status.FOUND, f"{error}."
    if isinstance(error, KeyboardInterrupt):
        return Status.USAGE, _("Interrupted. No further changes were made.")
    if isinstance(error, OSError):
        return Status.FILE, _refused(error)
    missing = _missing(error) if isinstance(error, ImportError) else ""
    return Status.FAULT, missing or last_resort(error)


def _missing(error: ImportError) -> str:
    """Return the line for a module that is not there."""
    line = _(
        "A part of the program is missing: {name}. If it has just been installed, try again;"
        " otherwise install it again."
    )
    return line.format(name=error.name or error)


def _refused(error: OSError) -> str:
    """Return the line for what the operating system has refused."""
    kind = kind_of(error)
    if error.filename and kind in PASSING - {ErrorKind.DISK, ErrorKind.GONE}:
        return str(StorageError(kind, name=str(error.filename)))
    from data.storage.reasons import said_of  # only where the system has refused something

    return said_of(error)


def _language(arguments: Sequence[str], environ: Mapping[str, str], loaded: Loaded) -> str:
    """Return the language: `--lang`, else the environment's own word, the settings, the locale.

    The arguments are looked through before click reads them: it must know the language to complain.
    """
    asked = ""
    for before, argument in zip(["", *arguments], arguments, strict=False):
        if argument == "--":
            break
        value = argument if before == "--lang" else argument.removeprefix("--lang=")
        if value in LANGUAGES and (before == "--lang" or value != argument):
            asked = value
    if asked:
        return asked
    if environ.get("MENTOR_LANG") in LANGUAGES:
        return environ["MENTOR_LANG"]
    return loaded.settings.language or language_of(environ)


def last_resort(error: BaseException) -> str:
    """Write where the program failed, without a word that a user has typed; say where it is."""
    # only where the program has failed
    import traceback
    from datetime import datetime

    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    name = f"report-{datetime.now().astimezone():%Y%m%d-%H%M%S}.txt"
    path = state_dir(os.environ) / name
    try:
        write_private(path, "\n".join([type(error).__qualname__, *lines, ""]))
    except OSError:
        return _("The program failed ({error}). Everything saved is safe.").format(
            error=type(error).__name__
        )
    return _(
        "The program failed. Everything saved is safe. Please send {path} to "
        "whoever maintains it; it shows where it failed and contains none of "
        "your text."
    ).format(path=path)
