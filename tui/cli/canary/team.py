"""Looks for canaries in a team file, as its other member can read it.

Two members share a team file of the copy. One keeps private words of every sort, one of which was
shared for a while, and is writing more. The other one looks: at every byte beside the team file, at
what commands print that are asked for everything, at an extract, and at the screens, where nothing
is hidden from a mentor.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from data.clock import now
from data.i18n import N_, _
from data.paths import make_private_folder
from data.privacy.canaries import ALL, NOTE, OPEN, Planted, plant
from data.privacy.looking import Looked, NothingProved, canaries_in, canaries_in_file
from data.records import Mentee, Note, Talk
from data.settings import Settings
from data.storage.snapshot import is_team_file
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from tui.cli.call import parting
from tui.cli.canary.commands import printed
from tui.cli.screen import fill_with_example

TEAM: Final = N_("Team file, as its other member reads it")
BYTES: Final = N_("Its bytes: journal, history, backups, what is kept aside")
EXTRACT: Final = N_("Extract")
_MODE: Final = 0o2770
"""That of a folder whose files are the group's."""


def look_at_team(folder: Path, looked: Looked, tell: Callable[[str], None]) -> None:
    """Make a team file, and look at it as its other member, in the language in use.

    Args:
        folder: The folder of the run.
        looked: Notes what was looked at.
        tell: Called with what is looked at now.

    Raises:
        NothingProved: Its author does not see the canaries either, or there is nothing to see.
    """
    tell(_("Team file"))
    path = folder / "team" / "mentor.json"
    path.parent.mkdir()
    path.parent.chmod(_MODE)
    if not is_team_file(path):
        looked.left_out.add(_("Team file"))
        return
    with _home(folder / "author"):
        fill_with_example(path)
        planted = _planted(path)
        asked = ("show", planted.mentee.name, "--private", "--format", "json")
        if not canaries_in(printed(path, asked)):
            raise NothingProved
        author = _opened(path)
        try:
            _write(author, planted)
            with _home(folder / "colleague"):
                _look(folder, path, planted, looked, tell)
        finally:
            author.close()


def _opened(path: Path) -> OpenedStore:
    return open_store(path, threaded=True, parting=parting)


def _planted(path: Path) -> Planted:
    """Plant the canaries, and one that is shared first; have backups, and a part set aside."""
    opened = _opened(path)
    try:
        everybody = opened.store.all(Mentee)
        mentee = max(everybody, key=lambda one: len(opened.store.of(Talk, one.id)))
        planted = plant(opened.store, mentee, now())
        shared = Note(mentee_id=mentee.id, text=NOTE, private=False)
        opened.store.commit([Change.created(shared)])
        opened.store.commit([Change.edited(shared, private=True)])
    finally:
        opened.close()
    with path.with_name(f"{path.name}.journal").open("ab") as journal:
        journal.write(b"damaged\n")
    return planted


def _write(author: OpenedStore, planted: Planted) -> None:
    """Begin to write in a private note."""
    note = author.store.get(Note, planted.note.id)
    if note is None or author.typing_log is None:
        raise NothingProved
    author.store.type_text(note, "text", f"{NOTE} {ALL}")
    author.typing_log.barrier(10.0)


@contextmanager
def _home(folder: Path) -> Iterator[None]:
    """Have the files of the program be in the home of one of the members."""
    before = os.environ["HOME"]
    make_private_folder(folder)
    os.environ["HOME"] = str(folder)
    try:
        yield
    finally:
        os.environ["HOME"] = before


def _look(
    folder: Path, path: Path, planted: Planted, looked: Looked, tell: Callable[[str], None]
) -> None:
    """Look at it as the other member."""
    name = planted.mentee.name
    for words in _commands(name):
        tell(f"mentor {words[0]}")
        shown = printed(path, words)
        which = " ".join(one for one in words[1:] if one != name)
        looked.note(TEAM, f"mentor {words[0]} {which}".strip(), canaries_in(shown))
        if "--private" in words and OPEN not in shown:
            raise NothingProved
    _look_at_screens(path, planted, looked, tell)
    out = folder / "given-out"
    printed(path, ("extract", name, "-o", str(out)))
    for file in _files(out):
        looked.note(TEAM, EXTRACT, canaries_in_file(file))
    read = 0
    for file in _files(path.parent):
        looked.note(TEAM, BYTES, canaries_in_file(file))
        read += OPEN.encode() in file.read_bytes()
    if not read or (TEAM, EXTRACT) not in looked.places:
        raise NothingProved


def _commands(name: str) -> Iterator[tuple[str, ...]]:
    yield "show", name, "--private", "--all"
    yield "show", name, "--private", "--format", "json"
    yield "show", name, "--history"
    yield "export", name, "all", "--private", "--to", "json", "-o", "-"
    yield "due", "--days", "30"
    yield ("list",)
    yield "backup", "list"
    yield ("doctor",)


def _look_at_screens(
    path: Path, planted: Planted, looked: Looked, tell: Callable[[str], None]
) -> None:
    # only here are screens wanted, and what waits for their keys
    import asyncio

    # as above; the environment has been prepared
    from tui.app.canary_tour import tour_of_team

    colleague = _opened(path)
    try:
        asyncio.run(tour_of_team(colleague, planted, Settings(), looked, tell))
    finally:
        colleague.close()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
