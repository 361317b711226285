"""`mentor contribute`: lines for the library of the workplace, each shown and asked, in a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import groupby
from typing import Final

import click

from data.contribution.gather import offered
from data.contribution.line import Line, Words, in_words, with_words, words_of
from data.contribution.written import write_contribution
from data.dates import EntryError
from data.documents.files import NotWritten
from data.i18n import _, ngettext
from data.library.shared import shared
from data.library.templates import PlanTemplate
from data.method.no_names import Names
from data.paths import documents_folder
from data.records import Mentee
from data.store.store import Store
from data.templates.offered import Origin, all_names, offers, stripped
from data.text import spelling_key
from tui.cli.base import command, find_mentee, say_whole, say_wrapped
from tui.cli.call import Call, Problem, Status, complain

_INDENT: Final = "  "
_EDIT: Final = "e"
"""What edits a line, as it does on the screen."""


def contribute_command() -> click.Command:
    """Make `mentor contribute`."""
    text = _(
        "Gather tips, your own questions, tasks of your own templates, and how long tasks of a type"
        " take, for the library of the workplace. You read each line and say yes to it before it is"
        " in the file. No names are in it, and no figure of fewer than 5 mentees."
    )
    params = (
        click.Option(
            ["-o", "--output", "where"],
            default="",
            metavar=_("FILE"),
            help=_("A file or a folder (default: the folder of documents)."),
        ),
        click.Option(
            ["--plan", "plans"],
            multiple=True,
            metavar=_("NAME"),
            help=_("Offer the tasks of this mentee's plan, too. It can be repeated."),
        ),
        click.Option(
            ["--dry-run"], is_flag=True, help=_("Only show the lines; nothing is asked or written.")
        ),
    )
    return command("contribute", _contribute, text, *params)


def _contribute(call: Call, *, where: str, plans: Sequence[str], dry_run: bool) -> None:
    with call.read() as store:
        mentees = [find_mentee(store, name) for name in plans]
        names = all_names(store)
        lines = offered(store, _templates(store, mentees), names)
    if not lines:
        say_wrapped(_("There is nothing to contribute yet: no tips, questions or own templates."))
        return
    if dry_run:
        for line in lines:
            _show(line, "")
        return
    chosen = _Asking(lines, names).chosen()
    if not chosen:
        say_wrapped(_("You chose no line, so nothing has been written."))
        return
    folder = documents_folder(call.settings.documents, os.environ)
    try:
        path = write_contribution(chosen, folder, where)
    except NotWritten as problem:
        raise Problem(str(problem), Status.FILE) from problem
    say_wrapped(
        ngettext(
            "{number} line has been written to this file:",
            "{number} lines have been written to this file:",
            len(chosen),
        ).format(number=len(chosen))
    )
    say_whole(str(path))
    if (library := shared()) is not None and library.contact:
        say_wrapped(_("Give it to: {contact}").format(contact=library.contact))


def _templates(store: Store, mentees: Sequence[Mentee]) -> list[PlanTemplate]:
    """Return the mentor's own templates, and the plans of these mentees as templates."""
    there = offers(store, os.environ, plans=False)
    for problem in there.problems:
        complain(problem)
    own = [one.read() for one in there.found if one.origin is Origin.OWN]
    name = _("An earlier plan")
    return [*own, *(stripped(store, one, one.id, name).template for one in mentees)]


def _show(line: Line, place: str) -> None:
    """Print a line: what it is, then all that it says."""
    about = f"{line.name}: {line.about}" if line.about and line.sort != "time" else line.name
    if line.source:
        about = _("{what} (from “{source}”)").format(what=about, source=line.source)
    say_wrapped(f"{place}{about}")
    for text in in_words(line):
        say_wrapped(text, _INDENT)


class _Asking:
    """Asks about one line after the other."""

    def __init__(self, lines: Sequence[Line], names: Names) -> None:
        self._lines = lines
        self._names = names

    def chosen(self) -> list[Line]:
        """Ask, and return the lines that were answered with yes, as they were edited.

        Raises `Problem` where the input ends before the last line.
        """
        self._begin()
        chosen: list[Line] = []
        for number, line in enumerate(self._lines, 1):
            place = _("{number} of {all}").format(number=number, all=len(self._lines))
            _show(line, f"{place}. ")
            answered = self._asked(line)
            if answered is not None:
                chosen.append(answered)
        return chosen

    def _begin(self) -> None:
        counted = "; ".join(
            f"{name}: {len(list(some))}"
            for name, some in groupby(self._lines, lambda one: one.name)
        )
        say_wrapped(
            ngettext(
                "{number} line for the library of the workplace ({counted}).",
                "{number} lines for the library of the workplace ({counted}).",
                len(self._lines),
            ).format(number=len(self._lines), counted=counted)
        )
        say_wrapped(_("Names are left out. Read each line: only what you say yes to is written."))

    def _asked(self, line: Line) -> Line | None:
        """Return the line if it is to be in the file, as it was edited; else None."""
        no = spelling_key(_("no"))
        while True:
            answer = spelling_key(_typed(self._question(line)))
            if not answer or spelling_key(_("yes")).startswith(answer):
                return line
            if no.startswith(answer):
                return None
            if answer == _EDIT and words_of(line):
                line = self._edited(line)
                _show(line, "")
            else:
                say_wrapped(_("Enter or yes: in the file. n: not. e: edit it first."))

    @staticmethod
    def _question(line: Line) -> str:
        if words_of(line):
            return _("In the file? Enter yes, {n} no, {e} edit").format(n="n", e=_EDIT)
        return _("In the file? Enter yes, {n} no").format(n="n")

    def _edited(self, line: Line) -> Line:
        """Ask for the texts of a line, and return it with them."""
        say_wrapped(_("Enter keeps a text as it is; - alone empties it."))
        texts: dict[str, str] = {}
        for one in words_of(line):
            typed = _typed(_field(one))
            if typed:
                texts[one.key] = "" if typed == "-" else _with_breaks(one, typed)
        try:
            return with_words(line, texts, self._names)
        except EntryError as problem:
            say_wrapped(str(problem))
            return line


def _field(one: Words) -> str:
    """Return the question for a text: its label, and what it says now, if anything."""
    now = " / ".join(one.text.split("\n"))
    return f"{one.label} ({now})" if now else one.label


def _with_breaks(one: Words, typed: str) -> str:
    """Return what was typed, with the line ends that stand as " / " in a text of several lines."""
    return typed.replace(" / ", "\n") if one.several else typed


def _typed(question: str) -> str:
    """Ask for one line of input. Raises `Problem` where it ends: nothing is written then."""
    click.echo(f"{question}: ", nl=False)
    line = sys.stdin.readline()
    if not line:
        click.echo()
        raise Problem(_("Stopped before the last line; nothing has been written."))
    if not sys.stdin.isatty():  # then nobody has ended the line of the prompt
        click.echo()
    return line.strip()
