"""A library folder to start from: one with comments, or a copy of a worked example.

Its files are for all mentors to read: they get the mode that the umask leaves, and not 0600.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from data import library
from data.i18n import _
from data.library.texts import built_in_text
from data.workplace.rules import TEXTS

_LIBRARY: Final = Path(library.__file__).parent
_EXAMPLES: Final = _LIBRARY / "examples"
_STARTERS: Final = _LIBRARY / "starter"


class NotStarted(Exception):
    """No library was made; the message says why, in one line."""


def example_names() -> tuple[str, ...]:
    """Return the names of the worked examples."""
    return tuple(sorted(path.name for path in _EXAMPLES.iterdir() if _is_library(path)))


def start_library(folder: Path, language: str, example: str = "") -> tuple[str, ...]:
    """Write a library into a folder, which is made if it is not there.

    Args:
        folder: An empty folder, or one that is not there.
        language: The language of the comments and texts, "da" or "en".
        example: The name of a worked example to copy; "" for a folder to start from.

    Returns:
        The names of its files, within the folder.

    Raises:
        NotStarted: There is something in the folder, or no such example.
        OSError: The folder or a file could not be made.
    """
    if example and example not in example_names():
        known = ", ".join(example_names())
        text = _("There is no example “{name}”; there are {names}.")
        raise NotStarted(text.format(name=example[:40], names=known))
    if folder.is_dir() and any(folder.iterdir()):
        text = _("{folder} is not empty. Name a new folder.")
        raise NotStarted(text.format(folder=folder))
    files = dict(_files(_EXAMPLES / example if example else _STARTERS / language))
    if not example:
        files |= dict(_texts(language))
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        with path.open("xb") as file:  # never over another file, and never through a link
            file.write(content)
    return tuple(files)


def _is_library(path: Path) -> bool:
    return (path / "library.toml").is_file()


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in {".toml", ".md"}:
            yield str(path.relative_to(folder)), path.read_bytes()


def _texts(language: str) -> Iterator[tuple[str, bytes]]:
    """Yield the built-in texts as files to change."""
    for key in TEXTS:
        title, text = built_in_text(language, key)
        yield f"texts/{key}.md", f"# {title}\n\n{text}\n".encode()
