"""The user's settings: one dataclass, read from `settings.toml` and written back to it.

Nothing in the file can keep the program from starting: what cannot be read is named in one line
each, and the default stands in for it. Positions that are merely remembered have a file of their
own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

from data.frozen import immutable
from data.i18n import LANGUAGES, N_, _
from data.paths import write_private

_MOST_DAYS: Final = 3650


@immutable
class Settings:
    """What a user may choose. A field is a key of the file."""

    language: str = ""
    """"da" or "en"; empty: as the locale has it."""
    theme: str = ""
    """Name of a theme; empty: the program's own."""
    mouse: bool | None = None
    """None: on, but off over SSH."""
    ascii: bool | None = None
    """Draw lines with ASCII only. None: where the locale's charset needs it."""
    sparring_days: int = 0
    """How many days ahead sparrings and other dated rows come up in Today."""
    talk_days: int = 7
    """How many days ahead talks come up in Today."""
    stale_days: int = 14
    """A task without a change for more days than this is quiet (R10)."""
    learned_limit_days: int = 14
    """Something learned and not used for more days than this is named (R82)."""
    draft_days: int = 14
    """A talk begun more days ago than this may be put aside."""
    ending_days: int = 21
    """How many days before its end a period is named (R5)."""


@immutable
class Loaded:
    """Settings as read, and what is to be said about their file: a sentence each."""

    settings: Settings
    notices: tuple[str, ...] = ()


_KINDS: Final[dict[str, tuple[type, ...]]] = {"language": (str,), "theme": (str,)} | {
    item.name: (bool,) if item.default is None else (int,)
    for item in fields(Settings)
    if item.default != ""
}
_WANTED: Final[dict[type, str]] = {
    str: N_("a text in quotation marks"),
    bool: N_("true or false"),
    int: N_("a whole number of days from 0 to 3650"),
}


def load_settings(path: Path) -> Loaded:
    """Read the settings. Never raises; a missing file means the defaults."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Loaded(Settings())
    except OSError:
        return Loaded(Settings(), (_says(path, None, _("The file cannot be read.")),))
    except UnicodeDecodeError:
        return Loaded(Settings(), (_says(path, None, _("The file is not UTF-8 text.")),))
    values, problem = _parse(text)
    if problem is not None:
        return Loaded(Settings(), (_says(path, problem, _("This is not TOML.")),))
    return _read(path, text, values)


def _parse(text: str) -> tuple[dict[str, Any], int | None]:
    """Return the values, or the line of the first fault."""
    import tomllib  # most users have no file, and the command line starts without it

    try:
        return tomllib.loads(text), None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"at line (\d+)", str(error))
        return {}, int(place[1]) if place else max(1, len(text.splitlines()))


def _read(path: Path, text: str, values: Mapping[str, object]) -> Loaded:
    settings, notices = Settings(), []
    for key, value in values.items():
        line = _line_of(text, key)
        if key not in _KINDS:
            notices.append(_says(path, line, _unknown(key)))
        elif not _fits(key, value):
            notices.append(_says(path, line, _misfit(key)))
        else:
            settings = _with(settings, key, value)
    return Loaded(settings, tuple(notices))


def _with(settings: Settings, key: str, value: object) -> Settings:
    changed: dict[str, Any] = {key: value}
    return replace(settings, **changed)


def _fits(key: str, value: object) -> bool:
    if type(value) not in _KINDS[key]:
        return False
    if key == "language":
        return value in {"", *LANGUAGES}
    return not isinstance(value, int) or 0 <= value <= _MOST_DAYS


def _misfit(key: str) -> str:
    wanted = '"da" / "en"' if key == "language" else _(_WANTED[_KINDS[key][0]])
    return _("“{key}” must be {wanted}.").format(key=key, wanted=wanted)


def _unknown(key: str) -> str:
    # only where a setting has a name that is not known
    import difflib

    near = difflib.get_close_matches(key, _KINDS, n=1)
    shown = key[:40]
    if near:
        return _("“{key}” is no setting; did you mean “{near}”?").format(key=shown, near=near[0])
    return _("“{key}” is no setting.").format(key=shown)


def _says(path: Path, line: int | None, what: str) -> str:
    if line is None:
        return _("{file}: {what} The defaults are used.").format(file=path.name, what=what)
    return _("{file}, line {line}: {what} The default is used.").format(
        file=path.name, line=line, what=what
    )


def _key_pattern(key: str) -> re.Pattern[str]:
    return re.compile(rf"^[ \t]*\[*[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[=.\]]", re.MULTILINE)


def _line_of(text: str, key: str) -> int | None:
    found = _key_pattern(key).search(text)
    return text.count("\n", 0, found.start()) + 1 if found else None


# Writing


class SettingsError(Exception):
    """The settings could not be saved; `str()` says why in one line, and the file is as it was."""


def save_settings(path: Path, settings: Settings) -> None:
    """Write into the file what differs from it; comments, order and all else in it stay.

    Raises `SettingsError`, and has written nothing then: so for a file that is no TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        values, problem = _parse(text)
        if problem is not None:
            raise SettingsError(_says(path, problem, _("This is not TOML.")))
        new = _with_changes(text, _read(path, text, values).settings, settings)
        if new != text:
            write_private(path, new)
    except (OSError, ValueError) as error:  # not UTF-8, or what only the reading parser takes
        raise SettingsError(
            _("The settings could not be saved in {file}.").format(file=path)
        ) from error


def _with_changes(text: str, before: Settings, after: Settings) -> str:
    """Return the text of the file with the keys changed, added or taken out. Raises ValueError."""
    import tomlkit  # takes a tenth of a second, and most sessions change no setting

    document = tomlkit.parse(text)
    for item in fields(Settings):
        value = getattr(after, item.name)
        if value is None and getattr(before, item.name) is not None:
            document.pop(item.name)
        elif value != getattr(before, item.name):
            document[item.name] = value
    new = tomlkit.dumps(document)
    return new.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else new


# Positions


def load_positions(path: Path) -> dict[str, str]:
    """Return what was remembered; nothing where the file is missing or broken."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(key): value for key, value in found.items() if isinstance(value, str)}


def save_positions(path: Path, positions: Mapping[str, str]) -> None:
    """Remember where the user was: ids and names of screens, never names of people.

    Raises `OSError`.
    """
    write_private(path, json.dumps(dict(positions), indent=1, sort_keys=True) + "\n")
