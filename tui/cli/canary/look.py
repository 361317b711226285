"""`mentor doctor --canary`: the proof that nothing private comes to light where others may see.

On a throw-away copy of the example data, canaries are planted in every sort of private text. Then
the program itself writes its documents, runs its commands and shows its screens, and every place is
looked through. The user's own files are not touched: for so long the environment names the folders
of the copy. All of it is gone afterwards, however the command ends.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from data.clock import now
from data.i18n import LANGUAGES, N_, _, language, ngettext, set_language
from data.paths import documents_folder, make_private_folder
from data.privacy.canaries import Planted, plant
from data.privacy.canary_documents import look_at_documents
from data.privacy.here import note_here
from data.privacy.looking import TRACES, Looked, NothingProved, Seen
from data.records import Mentee, Talk
from data.settings import Settings
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from tui.cli.base import say_json, say_wrapped
from tui.cli.call import Call, Problem, Status
from tui.cli.canary.commands import look_at_commands, look_at_published
from tui.cli.canary.team import look_at_team
from tui.cli.canary.terminal import canaries_in_title
from tui.cli.canary.traces import look_at_traces
from tui.cli.progress import Progress
from tui.cli.screen import fill_with_example, throw_away_folder

_FOLDERS: Final = ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "MENTOR_FILE")
"""What else than HOME says where files are."""


@dataclass(frozen=True, slots=True)
class _Run:
    """One run on a throw-away copy."""

    folder: Path
    path: Path
    """The record file of the copy."""
    looked: Looked
    tell: Callable[[str], None]


def look_for_canaries(call: Call, *, repair: bool) -> NoReturn:
    """Do `mentor doctor --canary`, and end with its status."""
    if repair:
        raise Problem(_("Give either --repair or --canary."))
    wanted = language()
    looked = Looked()
    with _ending_in_order(), Progress() as progress, throw_away_folder() as folder:
        try:
            with _on_the_copy(folder):
                _look(_Run(folder, folder / "mentor.json", looked, progress.tell))
        except NothingProved as error:
            set_language(wanted)
            text = _("Nothing was proved: what is private was not found where it is, either.")
            raise Problem(text, Status.FAULT) from error
        finally:
            set_language(wanted)
    if call.as_json:
        say_json(_as_json(looked))
    else:
        _say(looked)
    raise SystemExit(Status.FOUND if looked.found else Status.DONE)


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Have signals that ask the program to end, or say that the line broke, end it as Ctrl+C."""

    def end(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _on_the_copy(folder: Path) -> Iterator[None]:
    """Have all files of the program be in a folder: records, settings, state and documents."""
    before = dict(os.environ)
    home = folder / "home"
    make_private_folder(home)
    try:
        for name in _FOLDERS:
            os.environ.pop(name, None)
        os.environ["HOME"] = str(home)
        yield
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)


def _look(run: _Run) -> None:
    began = time.time()
    run.tell(_("Making the copy"))
    fill_with_example(run.path)
    with _opened(run.path) as opened:
        # As users' own: what is published leaves out the example data.
        own = [Change.edited(one, example=False) for one in opened.store.all(Mentee)]
        opened.store.commit(own)
        everybody = opened.store.all(Mentee)
        mentee = max(everybody, key=lambda one: len(opened.store.of(Talk, one.id)))
        planted = plant(opened.store, mentee, now())
    for one in LANGUAGES:
        set_language(one)
        with _opened(run.path) as opened:
            note_here(run.path, Settings())
            documents = documents_folder("", os.environ)
            look_at_documents(opened.store, planted, documents, run.looked, run.tell)
        _look_at_screens(run, planted)
        look_at_commands(run.path, planted, run.looked, run.tell)
        look_at_published(run.path, run.looked, run.tell)
    look_at_team(run.folder, run.looked, run.tell)
    _look_at_title(run)
    run.tell(_("Looking at traces"))
    look_at_traces(run.folder, began, run.looked)


def _look_at_screens(run: _Run, planted: Planted) -> None:
    # only here are screens wanted, and what waits for their keys
    import asyncio

    # only here are screens wanted
    from tui.terminal.kind import prepare_environment

    prepare_environment(os.environ)
    # here, because it loads Textual, which reads its settings then
    from tui.app.canary_tour import tour

    with _opened(run.path, threaded=True) as opened:
        asyncio.run(tour(opened, planted, Settings(), run.looked, run.tell))


def _look_at_title(run: _Run) -> None:
    """Look at what a real terminal is told while private words are on its screen."""
    run.tell(_("Title of the terminal"))
    home = run.folder / "terminal"
    make_private_folder(home)
    titles, processes = canaries_in_title(run.path, home)
    run.looked.note(TRACES, N_("Title of the terminal"), titles)
    run.looked.note(TRACES, N_("Name and arguments of the process"), processes)


@contextmanager
def _opened(path: Path, *, threaded: bool = False) -> Iterator[OpenedStore]:
    opened = open_store(path, threaded=threaded)
    try:
        yield opened
    finally:
        opened.close()


# Saying what was looked at


def _say(looked: Looked) -> None:
    for group in dict.fromkeys(group for group, _name in looked.places):
        say_wrapped(_(group))
        for (where, name), seen in looked.places.items():
            if where == group:
                say_wrapped(_line(name, seen), "  ")
        say_wrapped("")
    if looked.left_out:
        text = _("Not looked at, as it cannot be written or read here: {formats}.")
        say_wrapped(text.format(formats=", ".join(sorted(looked.left_out))))
    number = sum(1 for seen in looked.places.values() if seen.found)
    if number:
        text = ngettext(
            "Private words were found in 1 place. Tell whoever maintains the program.",
            "Private words were found in {number} places. Tell whoever maintains the program.",
            number,
        )
        say_wrapped(text.format(number=number))
        return
    text = _("Nothing private was found: {number} places, looked at {looks} times.")
    looks = sum(seen.looks for seen in looked.places.values())
    say_wrapped(text.format(number=len(looked.places), looks=looks))


def _line(name: str, seen: Seen) -> str:
    times = ngettext("looked once", "looked {number} times", seen.looks)
    place = name if name.startswith("mentor ") else _(name)
    text = _("{place}: {found} ({times})").format(
        place=place, found=seen.found, times=times.format(number=seen.looks)
    )
    return f"{text} · {'; '.join(seen.where)}" if seen.where else text


def _as_json(looked: Looked) -> dict[str, object]:
    places = [
        {
            "group": _(group),
            "place": _(name),
            "looks": seen.looks,
            "found": seen.found,
            "where": seen.where,
        }
        for (group, name), seen in looked.places.items()
    ]
    return {"found": looked.found, "not_looked_at": sorted(looked.left_out), "places": places}
