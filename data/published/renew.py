"""Publishing, renewing what is published, and taking it away.

It is renewed when something has been saved: when a command ends, and when a session on the screen
rests or ends, as the journal is folded then. What fails is one sentence for the user, never an
error of what they were doing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from data.frozen import immutable
from data.i18n import _
from data.paths import is_stand_in, settings_files
from data.published.counted import published_of
from data.published.kept import Keeping, Kept, kept, real, was_of
from data.published.own import read_own
from data.published.place import NotPublished, Target, TurnedOff, put, remove, target_of
from data.published.read import NotReadable
from data.published.schema import Published
from data.published.write import text_of
from data.settings import Settings, load_settings
from data.storage.problems import StorageError
from data.storage.reasons import reason
from data.store.store import Store


@immutable
class Prepared:
    """What is to be published of a data file, as text. It may be put in place by any thread."""

    path: Path
    text: str
    settings: Settings

    def put(self, environ: Mapping[str, str]) -> str:
        """Write it where it is to be, if it is still published; return why not, or ""."""
        try:
            with Keeping(environ) as keeping:
                if keeping.now.is_of(self.path):
                    self.put_locked(keeping, environ)
        except (NotPublished, StorageError, OSError) as problem:
            return said_of(problem)
        return ""

    def begin(self, environ: Mapping[str, str]) -> Target:
        """Write it, and keep that counts of this data file are published from now on.

        Raises:
            NotPublished: It cannot be written. Nothing has changed.
        """
        try:
            with Keeping(environ) as keeping:
                return self.put_locked(keeping, environ, first=True)
        except (StorageError, OSError) as problem:
            raise NotPublished(_why(problem)) from problem

    def put_locked(
        self, keeping: Keeping, environ: Mapping[str, str], *, first: bool = False
    ) -> Target:
        """Write it, and delete it where it was before. Raises what both may raise.

        `first` says that the user has just said yes.
        """
        before, target = keeping.now, target_of(self.path, self.settings, environ)
        here, file = str(target.path), real(self.path)
        earlier = [one for one in before.places if one != here]
        # Noted first: a write that is cut off leaves nothing that is not known of.
        keeping.note(Kept(before.file, (*earlier, here)))
        try:
            put(target, self.text, first=first)
        except TurnedOff:
            keeping.note(Kept("", tuple(earlier)))
            raise
        left = [one for one in earlier if not _is_gone(one, self.path)]
        keeping.note(Kept(file, (*left, here)))
        return target


def prepared(store: Store, path: Path, settings: Settings, today: date) -> Prepared:
    """Return what would be published of the records."""
    return prepared_of(published_of(store, settings, today), path, settings)


def prepared_of(published: Published, path: Path, settings: Settings) -> Prepared:
    """Return what has been counted as what is to be published of a data file."""
    return Prepared(path, text_of(published), settings)


def wanted(path: Path, environ: Mapping[str, str]) -> Settings | None:
    """Return the settings by which counts of a data file are published; None if they are not."""
    if not kept(environ).is_of(path):
        return None
    settings = load_settings(*settings_files(environ)).settings
    return settings if settings.publish else None


def renew(store: Store, path: Path, environ: Mapping[str, str], today: date) -> str:
    """Renew what is published of a data file, if it is; return why it could not be, or "".

    Of several processes at once, the last to write has all that the others have saved: each looks
    for that, counts and writes while the others wait.

    Args:
        store: The records; where no thread saves them they are open.
        path: The data file.
        environ: The environment of the program.
        today: The day.
    """
    settings = wanted(path, environ)
    if settings is None:
        return ""
    try:
        with Keeping(environ) as keeping:
            if keeping.now.is_of(path):
                store.pump()
                prepared(store, path, settings, today).put_locked(keeping, environ)
    except (NotPublished, StorageError, OSError) as problem:
        return said_of(problem)
    return ""


def take_away(path: Path, environ: Mapping[str, str]) -> tuple[list[Path], list[str]]:
    """Delete what is published, wherever it was written to, and publish nothing from now on.

    Args:
        path: The data file in use.
        environ: The environment of the program.

    Returns:
        What was deleted, and why the rest could not be, a sentence each. That is tried again the
        next time.

    Raises:
        StorageError: What is kept of it cannot be read.
        OSError: Likewise.
    """
    with Keeping(environ) as keeping:
        places = {*keeping.now.places, *_unknown(keeping.now, path, environ)}
        gone, left, why = _removed(sorted(places), path)
        keeping.note(Kept("", tuple(left)))
    return gone, why


def take_away_of(path: Path, environ: Mapping[str, str]) -> None:
    """Delete what is published of a data file, until it is renewed: something goes for good.

    A server does that itself, in the step in which it deletes.

    Raises:
        OSError: It could not be looked for.
        StorageError: Likewise.
    """
    if is_stand_in(path):
        return
    now = kept(environ)
    _removed(_unknown(now, path, environ), path)
    if now.is_of(path):
        with Keeping(environ) as keeping:
            if keeping.now.is_of(path):
                _removed(keeping.now.places, path)


def _unknown(now: Kept, path: Path, environ: Mapping[str, str]) -> list[str]:
    """Return published files of the user where the settings have them, that are not known of.

    What is kept of them may have been deleted, with all that the program remembers.
    """
    if is_stand_in(path):  # the server knows, and is asked when it is removed
        return [] if str(path) in now.places else [str(path)]
    # The settings name the folder; who may read the file is not asked.
    settings = replace(load_settings(*settings_files(environ)).settings, publish_group="")
    found = set()
    for folder in {settings.publish_folder, ""}:
        with suppress(NotPublished, NotReadable):
            place = target_of(path, replace(settings, publish_folder=folder), environ).path
            if read_own(place).owner == os.geteuid():
                found.add(str(place))
    return sorted(found.difference(now.places))


def _removed(places: Iterable[str], path: Path) -> tuple[list[Path], list[str], list[str]]:
    gone, left, why = [], [], []
    for place in places:
        try:
            if remove(Path(place)):
                gone.append(Path(place))
        except NotPublished as problem:
            if not _is_of_no_login(place, path):
                left.append(place)
                why.append(str(problem))
    return gone, left, why


def _is_gone(place: str, path: Path) -> bool:
    _gone, left, _why = _removed([place], path)
    return not left


def _is_of_no_login(place: str, path: Path) -> bool:
    """Whether nothing can be at a place any more: its login has another name on the server."""
    if not was_of(place, path):
        return False
    # few have their records on a server, and fewer are renamed there
    from data.published.on_server import has_login_of

    try:
        return not has_login_of(Path(place), path)
    except StorageError:
        return False


def said_of(problem: Exception) -> str:
    """Return the one line that says that what is published could not be renewed."""
    return _("What you publish was not renewed. {why}").format(why=_why(problem))


def _why(problem: Exception) -> str:
    if isinstance(problem, OSError):
        return _("It cannot be written: {why}.").format(why=reason(problem))
    return str(problem)
