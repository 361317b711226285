"""`mentor overview` and `mentor mentors`: all mentors of a workplace, of what they publish."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from data.clock import today
from data.i18n import _
from data.paths import is_stand_in
from data.published.as_json import as_json, capacity_as_json
from data.published.figures import counted
from data.published.finding import found_files, paths_of, place_of
from data.published.overview import Overview, overview
from data.published.overview_words import (
    capacity_line,
    doubted_heading,
    doubted_line,
    figures,
    mentee_line,
    mentor_line,
    no_folder_text,
    nobody_text,
    numbers_text,
    phases_text,
    total_line,
)
from tui.cli.base import command, say_json, say_wrapped, speech_option
from tui.cli.call import Call, Problem, Status, complain

_FORMATS: Final = ("text", "json", "csv")
_WIDER: Final = "  "
"""How far the lines about mentees stand in."""


def overview_command() -> click.Command:
    """Make `mentor overview`."""
    text = _(
        "Show all mentors of a workplace on one page, what needs help first: of the counts and"
        " dates that they publish. FILE is what a mentor has published, FOLDER one with such files,"
        " or with folders of mentors in it; without them it is the server that the records are on,"
        " or the folder in the setting publish_folder. On a terminal it opens the program, and"
        " needs no records."
    )
    return command("overview", _overview, text, *_params(), speech_option())


def mentors_command() -> click.Command:
    """Make `mentor mentors`."""
    text = _(
        "List the mentors of a workplace by name: how many mentees each has, and who could take"
        " one more. FILE and FOLDER are as for mentor overview."
    )
    return command("mentors", _mentors, text, *_params())


def _params() -> tuple[click.Parameter, ...]:
    return (
        click.Argument(["files"], nargs=-1, metavar=_("[FILE]...|FOLDER")),
        click.Option(
            ["--format"],
            type=click.Choice(_FORMATS),
            help=_("Output format (default: text)."),
        ),
    )


def _overview(call: Call, files: tuple[str, ...], format: str | None) -> None:
    named, form = places(call, files), _form(call, format)
    if not form and sys.stdin.isatty() and sys.stdout.isatty():
        # only where it opens on a terminal
        from tui.cli.screen import open_workplace

        raise SystemExit(open_workplace(call, named))
    print_overview(call, named, form)


def print_overview(call: Call, named: list[Path], form: str | None = None) -> None:
    """Print the page of all mentors.

    Args:
        call: The use of the command line.
        named: The files and folders with what is published, or the server.
        form: "json", "csv", or "" for text; None for what the call says.
    """
    form = _form(call, form)
    page = published(named)
    if form == "json":
        say_json(as_json(page, counted(page)))
    elif form == "csv":
        _print_csv("workplace", page)
    else:
        for line in lines_of(page, on_server=_on_server(named)):
            say_wrapped(line.lstrip(), " " * (len(line) - len(line.lstrip())))
    _leave(page)


def _mentors(call: Call, files: tuple[str, ...], format: str | None) -> None:
    named = places(call, files)
    page, form = published(named), _form(call, format)
    if form == "json":
        say_json([capacity_as_json(one) for one in page.by_name])
    elif form == "csv":
        _print_csv("mentors", page)
    else:
        for mentor in page.by_name:
            say_wrapped(capacity_line(mentor))
        if not page.mentors:
            say_wrapped(nobody_text(on_server=_on_server(named)))
    if form != "csv":  # which has said it already
        _complain_of(page)
    _leave(page)


def places(call: Call, files: tuple[str, ...]) -> list[Path]:
    """Return the files and folders that are named, or the server or folder of the settings.

    Raises `Problem` where there is none, or where one that is named is not there.
    """
    named = paths_of(files) if files else place_of(call.path, call.settings)
    if not named:
        raise Problem(no_folder_text())
    if not any(map(os.path.lexists, named)):
        raise Problem(_("There is no file {name}.").format(name=named[0]), Status.FILE)
    return named


def published(named: list[Path]) -> Overview:
    """Return what is published in files and folders, or on a server, as it is today.

    Raises:
        StorageError: The server cannot be read.
    """
    return overview(found_files(named), today())


def _form(call: Call, format: str | None) -> str:
    return format or ("json" if call.as_json else "")


def _on_server(named: list[Path]) -> bool:
    return any(map(is_stand_in, named))


def lines_of(page: Overview, *, on_server: bool = False) -> Iterator[str]:
    """Yield the page as text: in all, each mentor with those who need help, files to look at."""
    counts = counted(page)
    if not page.mentors:
        yield nobody_text(on_server=on_server)
    else:
        yield f"{total_line(counts)}."
    if needs := numbers_text(counts.needs):
        yield _("In all: {what}.").format(what=needs)
    if counts.mentees:
        yield _("Phases: {what}.").format(what=phases_text(counts))
    for label, text in figures(counts):
        yield f"{label}: {text}."
    for mentor in page.mentors:
        yield mentor_line(mentor)
        for row in mentor.rows:
            if row.needs:
                yield f"{_WIDER}{mentee_line(row, page.day)}"
    if page.doubted:
        yield f"{doubted_heading(page.doubted)}:"
    for one in page.doubted:
        yield f"{_WIDER}{doubted_line(one)}"


def _print_csv(what: str, page: Overview) -> None:
    """Print a document as CSV; what is to be looked at goes where it is in nobody's way."""
    # only where CSV is asked for
    from data.documents.sources import document_of
    from data.documents.writers.formats import written
    from data.store.opening import empty_store

    document = document_of(empty_store(), what, workplace=page)
    sys.stdout.flush()
    sys.stdout.buffer.write(written(document, "csv"))
    sys.stdout.buffer.flush()
    _complain_of(page)


def _complain_of(page: Overview) -> None:
    for one in page.doubted:
        complain(doubted_line(one))


def _leave(page: Overview) -> None:
    """Leave with a status that says that nothing could be read, where that is so."""
    if page.doubted and not page.mentors:
        raise SystemExit(Status.FILE)
