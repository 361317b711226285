"""The example data, made once for each moment and language of a test run, and then taken again."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from data.clock import now
from data.i18n import language
from data.queries.worked_example import load_example
from data.store.change import Change
from data.store.opening import open_store
from tui.cli.screen import fill_with_example

NAME: Final = "mentor.json"

Files = dict[str, tuple[bytes | None, int]]
"""What is in a folder (None: a folder) and its mode, by path; what is further in comes later."""


@cache
def example_changes(moment: datetime, language: str) -> tuple[Change, ...]:
    """Return what adds the example data as it is told at a moment. A store takes it once."""
    return tuple(load_example(moment, language))


def begin_with_example(path: Path, language: str) -> None:
    """Have a file with the example data, as told at this moment, which is no step of undo there.

    Args:
        path: The file, which does not exist yet; its folder does.
        language: "da" or "en".
    """
    for ending, content in _closed(now(), language).items():
        made = path.with_name(path.name + ending)
        made.write_bytes(content)
        made.chmod(0o600)


@cache
def _closed(moment: datetime, language: str) -> dict[str, bytes]:
    """Return the file and its journal, as the last session leaves them, by their endings."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        found = open_store(path, by="birgitte", threaded=False)
        found.store.commit(example_changes(moment, language), undoable=False)
        found.close()
        return {one: path.with_name(NAME + one).read_bytes() for one in ("", ".journal")}


def example_file_at(path: Path) -> None:
    """Have a file with the example data, as `fill_with_example` writes it at this moment.

    Args:
        path: The file, which does not exist yet; its folder does.
    """
    assert not path.exists()
    for name, (content, mode) in _files(now(), language()).items():
        made = path.parent / name.replace(NAME, path.name, 1)
        if content is None:
            made.mkdir(mode)
        else:
            made.write_bytes(content)
            made.chmod(mode)


@cache
def _files(_moment: datetime, _language: str) -> Files:
    with TemporaryDirectory() as folder:
        fill_with_example(Path(folder) / NAME)
        return {
            str(path.relative_to(folder)): (
                None if path.is_dir() else path.read_bytes(),
                path.stat().st_mode & 0o777,
            )
            for path in sorted(Path(folder).rglob("*"))
        }
