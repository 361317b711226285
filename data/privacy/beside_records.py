"""What goes with a mentee beside the records: where the cursor was, texts not saved, documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from data.paths import positions_file
from data.privacy.places import PlaceKind, places


def positions_of(known: Mapping[str, str], ids: Iterable[str]) -> list[str]:
    """Return the keys of the positions that name one of the ids."""
    found = set(ids)
    return [
        key
        for key, place in known.items()
        if found & {*key.replace("|", ":").split(":"), *place.replace("|", ":").split(":")}
    ]


def state_files(
    path: Path, environ: Mapping[str, str], names: Iterable[str], ids: Iterable[str]
) -> Iterable[Path]:
    """Yield the texts that could not be saved, and reports of crashes, that name what goes."""
    words = [word.encode("utf-8", "surrogatepass") for word in (*names, *ids) if word]
    for place in places(path, environ, None):
        if place.kind is PlaceKind.STATE and place.path != positions_file(environ):
            with suppress(OSError):
                data = place.path.read_bytes()
                if any(word in data for word in words):
                    yield place.path


def take_away(files: Iterable[Path], folders: Iterable[Path] = ()) -> None:
    """Delete files, and folders if they are empty then."""
    for one in files:
        one.unlink(missing_ok=True)
    for folder in folders:
        with suppress(OSError):  # there is more in it
            folder.rmdir()
