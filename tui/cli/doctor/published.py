"""What `mentor doctor` says of counts that are published: whether, where, and with which rights."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.paths import is_stand_in, shown_path
from data.published.kept import kept
from data.published.own import for_files_only, read_own, shown_place
from data.published.place import NotPublished, files_at, target_of
from data.published.read import NotReadable, read
from data.storage.problems import StorageError
from data.storage.upkeep.findings import Weight
from tui.cli.call import Call
from tui.cli.doctor.surroundings import Line

STALE: Final = timedelta(days=14)
"""A file that is older is called old."""


def published(call: Call) -> list[Line]:
    """Return what there is to say of what is published; nothing where nothing ever was."""
    return [Line("published", weight, text) for weight, text in _found(call)]


def _found(call: Call) -> Iterator[tuple[Weight, str]]:
    found, is_on = kept(os.environ), call.settings.publish
    left = [file for place in found.places for file in files_at(Path(place))]
    left += [place for one in found.places if is_stand_in(place := Path(one))]
    if found.file and not is_on:
        text = _("Publishing is off in the settings. To have it off altogether: {command}")
        yield Weight.NOTE, text.format(command="mentor publish off")
    if left and not (is_on and found.file):
        text = _("Counts and dates are published yet in {path}. To remove them: {command}")
        names = ", ".join(map(shown_place, left))
        yield Weight.NOTE, text.format(path=names, command="mentor publish off")
    elif is_on and not found.file:
        text = _("The settings say publish, and you have not been asked yet: {command}")
        yield Weight.NOTE, text.format(command="mentor publish on")
    elif is_on and found.is_of(call.path):
        yield from _server(call) if is_stand_in(call.path) else _file(call)


def _server(call: Call) -> Iterator[tuple[Weight, str]]:
    """Say how what is published on the server of the records is."""
    # most mentors publish nothing
    from data.privacy.published import readers_now

    try:
        written, names = read_own(call.path).written, readers_now(call.path)
    except (NotReadable, StorageError) as problem:
        text = _("What you publish is not in order: {why} To write it again: {command}")
        yield Weight.NOTE, text.format(why=problem, command="mentor publish on")
        return
    if remark := for_files_only(call.settings):
        yield Weight.NOTE, remark
    if today() - written > STALE:
        text = _("What you publish is of {date}. It is renewed when you use the program.")
        yield Weight.NOTE, text.format(date=show_date(written))
    text = _("Counts and dates are published on {name}. Who can read them: {names}")
    yield Weight.FINE, text.format(name=shown_place(call.path), names=names)


def _file(call: Call) -> Iterator[tuple[Weight, str]]:
    """Say how the published file of this data file is."""
    # most mentors publish nothing
    from data.privacy.published import closed_to, readers_now

    try:
        target = target_of(call.path, call.settings, os.environ)
        written = read(target.path).written
    except (NotPublished, NotReadable) as problem:
        text = _("What you publish is not in order: {why} To write it again: {command}")
        yield Weight.NOTE, text.format(why=problem, command="mentor publish on")
        return
    mode = stat.S_IMODE(target.path.stat().st_mode)
    path = shown_path(target.path, os.environ)
    if mode != target.mode:
        text = _("{path} has the rights {mode} and should have {wanted}: {command} repairs that.")
        said = text.format(
            path=path, mode=f"{mode:04o}", wanted=f"{target.mode:04o}", command="mentor publish on"
        )
        yield Weight.NOTE, said
    if today() - written > STALE:
        text = _("What you publish is of {date}. It is renewed when you use the program.")
        yield Weight.NOTE, text.format(date=show_date(written))
    if shut := closed_to(target):
        yield Weight.NOTE, shut
    text = _("Counts and dates are published in {path} ({mode}). Who can read it: {names}")
    said = text.format(path=path, mode=f"{mode:04o}", names=readers_now(target.path))
    yield Weight.FINE, said
