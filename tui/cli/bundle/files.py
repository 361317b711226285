"""What the commands about bundles share: their files, the word that opens them, who is who."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click

from data.dates import show_date
from data.i18n import _, ngettext
from data.paths import documents_folder
from data.privacy.bundle import ENDING, Bundle, BundleError, read_bundle
from data.privacy.receiving import Arrival
from data.privacy.sealing import SealError, is_sealed, seal, unseal
from data.queries.field_names import counted_by
from data.records import Person
from data.storage.reasons import reason
from data.text import clean
from tui.cli.call import Call, Problem

_LARGEST: Final = 300 << 20
"""A bundle is at most so long."""


def path_of(call: Call, name: str, where: str) -> Path:
    """Return where a bundle is to be written, in the file or folder that was named, if one was."""
    name += ENDING
    path = (
        Path(where).expanduser() if where else documents_folder(call.settings.documents, os.environ)
    )
    return path / name if not where or path.is_dir() else path


def sealed(data: bytes) -> bytes:
    """Return a bundle that only who knows the word can open; the word is asked for."""
    word = _word(_("Word that opens it"))
    if sys.stdin.isatty() and word != _word(_("Again")):
        raise Problem(_("The two words are not the same. Nothing was written."))
    try:
        return seal(data, word)
    except SealError as problem:
        raise Problem(str(problem)) from problem


def _word(asked: str) -> str:
    """Ask for a word, which is not shown; where there is no terminal, read a line."""
    if sys.stdin.isatty():
        return str(click.prompt(asked, hide_input=True, err=True))
    return sys.stdin.readline().rstrip("\n")


def read_file(file: str) -> Bundle:
    """Return what a file holds; a word that opens it is asked for. Raises `Problem`."""
    path = Path(file).expanduser()
    try:
        with path.open("rb") as opened:
            # a device has no size: what is too large for a bundle is not read on
            data = opened.read(_LARGEST + 1)
    except OSError as error:
        text = _("{file} cannot be read: {why}.")
        raise Problem(text.format(file=path.name or path, why=reason(error))) from error
    if len(data) > _LARGEST:
        raise Problem(_("{file} is too large to be a bundle.").format(file=path.name))
    try:
        if is_sealed(data):
            data = unseal(data, _word(_("Word that opens it")))
        return read_bundle(data)
    except (BundleError, SealError) as problem:
        raise Problem(str(problem)) from problem


def tables_in(data: bytes) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Return what a bundle that was just made holds, as whoever gets it will read it."""
    try:
        return read_bundle(data).tables
    except BundleError as problem:
        raise Problem(_("The bundle cannot be read back. Nothing was written.")) from problem


def told_of(arrival: Arrival) -> list[str]:
    """Return how many records come, and what of it is here, a line each."""
    lines = [f"  {line}" for line in counted_by(one.table for one in arrival.new)]
    if arrival.here:
        lines += [f"  {line}" for line in _here(arrival)]
    lines += [
        _("There is another mentee here with that name, since {date}.").format(
            date=show_date(one.start) or "–"
        )
        for one in arrival.same_mentee_name
    ]
    return lines


def _here(arrival: Arrival) -> Iterator[str]:
    """Say what of a bundle is in the records already, and what becomes of it."""
    people = sum(isinstance(one, Person) for one in arrival.here)
    if people:
        text = ngettext(
            "{count} person is already in your list of people, and is used as it is there",
            "{count} people are already in your list of people, and are used as they are there",
            people,
        )
        yield text.format(count=people)
    if others := len(arrival.here) - people:
        text = ngettext(
            "{count} entry was added before, and stays as it is here",
            "{count} entries were added before, and stay as they are here",
            others,
        )
        yield text.format(count=others)


def day_of(moment: str) -> str:
    """Return the day of a moment in ISO format, as it is shown."""
    try:
        return show_date(datetime.fromisoformat(moment).date())
    except ValueError:
        return moment


def same_people_of(
    namesakes: Sequence[tuple[Person, Person]], same_people: str | None
) -> list[str]:
    """Return the ids of those who come and are people here already; ask where it is not said.

    Args:
        namesakes: Who comes, and who has that name here.
        same_people: "yes" or "no" for all of them; None to ask about each.
    """
    if same_people is not None:
        return [come.id for come, _here in namesakes] if same_people == "yes" else []
    if namesakes and not sys.stdin.isatty():
        names = ", ".join(come.name for come, _here in namesakes)
        text = _("People of these names are here already: {names}. Say --same-people yes or no.")
        raise Problem(text.format(names=names))
    return [come.id for come, here in namesakes if _asked(come, here)]


def _asked(come: Person, here: Person) -> bool:
    text = _("Is {name} ({one}) the same as {name} here ({other})?")
    about = [one.title or one.contact or "–" for one in (come, here)]
    asked = text.format(name=come.name, one=about[0], other=about[1])
    return click.confirm(clean(asked, lines=False), err=True)


def deleted_text(bundle: Bundle) -> str:
    """Say that a bundle is about somebody who was deleted for good here, and what helps."""
    text = _("{name} was deleted for good here. Nothing was added; --again adds them again.")
    return text.format(name=bundle.name)
