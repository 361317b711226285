"""`mentor library`: check the folder of a workplace's library, start one, take what is newer."""

from __future__ import annotations

import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

import click

from data.dates import show_date
from data.i18n import _, language, ngettext
from data.storage.reasons import reason
from data.workplace.entries import Kind, Library
from data.workplace.reading import Reading, read_folder
from data.workplace.starting import NotStarted, example_names, start_library
from tui.cli.base import command, group, say_json, say_whole, say_wrapped
from tui.cli.call import Call, Problem, Status
from tui.cli.library.newer import diff_command, take_command


def library_command() -> click.Group:
    """Make `mentor library` with its own commands."""
    example = click.Option(
        ["--example"],
        metavar=_("EXAMPLE"),
        help=_("Copy an example: {names}.").format(names=", ".join(example_names())),
    )
    return group(
        "library",
        _("The library of the workplace: check its folder, start one, take what is newer."),
        command(
            "check",
            _check,
            _(
                "Check the folder of a library: print all that is wrong in it, with file and line"
                " and what to do. The exit status is then 1. Nothing is changed."
            ),
            click.Argument(["folder"], metavar=_("[FOLDER]"), required=False),
            reading=True,
            with_file=False,
        ),
        command(
            "init",
            _init,
            _("Start a library: write a folder with files to fill in, and what they may say."),
            click.Argument(["folder"], metavar=_("FOLDER")),
            example,
            with_file=False,
        ),
        diff_command(),
        take_command(),
    )


def _check(call: Call, folder: str | None) -> None:
    path = Path(folder) if folder else call.library
    if path is None:
        raise Problem(_("No library is set. Name its folder: mentor library check FOLDER"))
    reading = read_folder(path.absolute())
    if call.as_json:
        say_json(
            {
                "faults": [
                    {"file": one.file, "line": one.line, "what": one.what} for one in reading.faults
                ],
                "counts": _counts(reading.library) if reading.library else {},
            }
        )
    else:
        # elsewhere than on a terminal, a fault is a line: for an editor, or for grep
        say = say_wrapped if sys.stdout.isatty() or not reading.faults else say_whole
        for line in _said(path, reading):
            say(line)
    if reading.faults:
        raise SystemExit(Status.FOUND)


def _said(path: Path, reading: Reading) -> Iterator[str]:
    """Yield the faults, or the one line about a library in which nothing is wrong."""
    for fault in reading.faults:
        yield fault.said_whole(path)
    library = reading.library
    if library is None:
        return
    version = _("{name}, version {version}").format(name=library.name, version=library.version)
    if library.date:
        version += f", {show_date(date.fromisoformat(library.date))}"
    counts = _counts(library)
    found = [_COUNTED[Kind(kind)](number).format(number=number) for kind, number in counts.items()]
    if not found:
        yield _("{library}: nothing is wrong; it gives nothing yet.").format(library=version)
        return
    text = _("{library}: nothing is wrong; {counts}.")
    yield text.format(library=version, counts=", ".join(found))


def _counts(library: Library) -> dict[str, int]:
    """Return how many entries there are of each kind."""
    counted = Counter(entry.kind for entry in library.entries)
    return {kind.value: counted[kind] for kind in Kind if counted[kind]}


_COUNTED: Final[Mapping[Kind, Callable[[int], str]]] = {
    Kind.QUESTION: lambda number: ngettext("{number} question", "{number} questions", number),
    Kind.DUTY: lambda number: ngettext("{number} duty", "{number} duties", number),
    Kind.LEFT_OUT: lambda number: ngettext(
        "{number} duty left out", "{number} duties left out", number
    ),
    Kind.RHYTHM: lambda number: ngettext("{number} rhythm", "{number} rhythms", number),
    Kind.TEMPLATE: lambda number: ngettext("{number} template", "{number} templates", number),
    Kind.PERSON: lambda number: ngettext("{number} person", "{number} persons", number),
    Kind.TIP: lambda number: ngettext("{number} tip", "{number} tips", number),
    Kind.MATERIAL: lambda number: ngettext("{number} material", "{number} materials", number),
    Kind.TEXT: lambda number: ngettext("{number} text", "{number} texts", number),
    Kind.EXPECTATION: lambda number: ngettext(
        "{number} field of the expectations", "{number} fields of the expectations", number
    ),
}


def _init(call: Call, folder: str, example: str | None) -> None:
    path = Path(folder).absolute()
    try:
        files = start_library(path, language(), example or "")
    except NotStarted as problem:
        raise Problem(str(problem)) from problem
    except OSError as error:
        text = _("{folder} could not be made: {why}.")
        raise Problem(text.format(folder=path, why=reason(error)), Status.FILE) from error
    text = ngettext(
        "A library with {number} file is in {folder}.",
        "A library with {number} files is in {folder}.",
        len(files),
    )
    say_wrapped(text.format(number=len(files), folder=path))
    if not path.stat().st_mode & stat.S_IROTH:
        say_wrapped(
            _("Nobody else can read it yet. For all: chmod -R go+rX {folder}").format(folder=path)
        )
    if call.library is None or call.library.absolute() != path:
        line = _('To use it, write library = "{folder}" in the settings.')
        say_wrapped(line.format(folder=path))
