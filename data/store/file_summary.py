"""How a user's files are, in counts: for those who look after a computer with many users."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from data.paths import read_start
from data.storage import backups
from data.storage.folder import open_folder
from data.storage.names import Names
from data.storage.problems import StorageError
from data.storage.record_file import HEAD, format_of_head
from data.storage.snapshot import Unsound, is_team_file, read_tables
from data.storage.split.mark import said_by
from data.storage.upkeep.doctor import examine, is_sound
from data.storage.upkeep.findings import Finding, Weight


@dataclass(frozen=True, slots=True)
class Summary:
    """What there is to say of one data file. Nothing in it is of what the file is about."""

    path: Path
    is_team: bool
    format: int
    """The number of its format; 0 where that cannot be read."""
    latest: str
    """When the latest backup that can be used was made: ISO local time; "" for none."""
    checks: Mapping[str, int]
    """How often each thing was found that is not as it should be: by `Check`."""
    weights: Mapping[str, int]
    """How many of them there are of each `Weight`."""


def summaries(paths: Iterable[Path], own_folder: Path) -> list[Summary]:
    """Return how the files of the user of this process are. Nothing is written, mended or locked.

    Args:
        paths: Where a data file may be; none need be there.
        own_folder: The folder of the user's own files: those with what they keep private of team
            files say where these are. They stay when the user may no longer open the team's.
    """
    own = _own_files(own_folder)
    teams = [team for one in own if (team := _team_of(one)) is not None]
    return [_summary(one) for one in dict.fromkeys([*paths, *teams, *own]) if _is_there(one)]


def _is_there(path: Path) -> bool:
    """Whether there is a data file, or something that it can be recovered from."""
    names = Names(path.name)
    with suppress(OSError):
        return any(
            path.with_name(name).exists() for name in (path.name, names.journal, names.backups)
        )
    return False


def _own_files(own_folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(own_folder.glob("private-*.json"))
    return []


def _team_of(own: Path) -> Path | None:
    """Return the team file that a user's own file belongs to, where it says so."""
    with suppress(OSError, StorageError, Unsound):
        team = said_by(read_tables(own)).get("path")
        if isinstance(team, str) and team:
            return Path(team)
    return None


def _summary(path: Path) -> Summary:
    found: list[Finding] = [one for one in examine(path) if one.weight is not Weight.FINE]
    return Summary(
        path,
        is_team_file(path),
        _format(path),
        _latest(path),
        Counter(one.check.value for one in found),
        Counter(one.weight.value for one in found),
    )


def _format(path: Path) -> int:
    try:
        return format_of_head(read_start(path, HEAD))
    except (OSError, ValueError):
        return 0


def _latest(path: Path) -> str:
    with suppress(OSError, StorageError):
        folder, name = open_folder(path)
        with closing(folder):
            folder.mending = False
            inner = folder.sub(Names(name).backups)
            if inner is None:
                return ""
            with closing(inner):
                for backup in reversed(backups.find(inner)):
                    if is_sound(inner, backup):
                        return backup.at.isoformat()
    return ""
