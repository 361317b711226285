"""The settings, which are read from files named `settings.toml`; the user's own is written back to.

Those who look after a computer may set what holds for all its users; a user's own file comes before
that. Nothing in such a file can keep the program from starting: a line that is not valid does not
count, and the user is told which it is.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Mapping
from dataclasses import field, fields, replace
from pathlib import Path
from typing import Any, Final

from data.frozen import immutable
from data.i18n import LANGUAGES, N_, _
from data.paths import read_start, write_private

THEMES: Final = ("mentor-dark", "mentor-light", "mentor-plain")
"""The names of the themes."""
_MAX_DAYS: Final = 3650
"""The greatest number of days that a setting may have: ten years."""
_MAX_MINUTES: Final = 1440
"""The greatest number of minutes that a setting may have: a day."""
_MAX_BYTES: Final = 1 << 20
"""How much of a file is read: a thousand times what all settings take."""
_MAX_WEEKS: Final = 520
"""The greatest number of weeks that a setting may have: ten years."""
MAX_CAPACITY: Final = 1000
"""The greatest number of mentees that one may say one can have."""


@immutable
class Settings:
    """What a user may choose. The name of a field is its key in the file."""

    language: str = ""
    """The language of the interface, "da" or "en"; empty for that of the locale."""
    theme: str = ""
    """The name of a theme; empty for the program's own."""
    mouse: bool | None = None
    """Whether the mouse is used; None for yes, except over SSH."""
    clipboard: bool = True
    """Whether `y` copies to the terminal's clipboard."""
    ascii: bool | None = None
    """Whether signs are drawn in ASCII only; None for where the locale has no other characters."""
    speech: bool = False
    """Whether the screen is said line by line, for those who hear or feel it, instead of drawn."""
    sparring_days: int = 0
    """How many days in advance Today shows sparrings and other rows with a date."""
    talk_days: int = 7
    """How many days in advance Today shows talks."""
    stale_days: int = 14
    """After how many days without a change a task needs attention (R10)."""
    learned_limit_days: int = 14
    """After how many days something that was learned and not used needs attention (R82)."""
    draft_days: int = 14
    """After how many days a talk that was begun and not ended may be archived."""
    ending_days: int = 21
    """How many days before the end of a mentorship Today shows it (R5)."""
    private_days: int = 0
    """How many days after the close of a mentorship its private notes are due for deletion."""
    rest_days: int = 183
    """How many days after the close everything else about the mentee is due for deletion."""
    retention: str = "ask"
    """Whether what is due for deletion is named on Today ("ask"), or deleted at the start without
    being asked about ("auto"). A hold comes before both."""
    backup_days: int = 14
    """For how many days the last backup of each day is kept."""
    backup_weeks: int = 8
    """For how many weeks the last backup of each week is kept."""
    lock_minutes: int | None = None
    """After how many minutes without a key the screen is hidden; 0 for never, None for the default:
    10 over SSH, and never at the computer itself."""
    documents: str = ""
    """The folder that documents are written to; empty for `~/mentorrollen`."""
    file: str = ""
    """The data file, such as a team's; empty for the user's own. `--file` and `MENTOR_FILE` come
    first."""
    library: str = ""
    """The folder of the workplace's library. `MENTOR_LIBRARY` comes first; empty for the one that
    all users of the computer have, if there is one (`data.paths.library_folder`)."""
    mail: str = ""
    """The address that reminders are sent to; empty for that of the login on this computer."""
    mail_names: bool = False
    """Whether reminders name mentees; otherwise they have counts and dates only."""
    publish: bool = False
    """Whether counts and dates are published. `mentor publish on` asks for a yes and sets it."""
    publish_group: str = ""
    """The group that may read what is published; empty for nobody."""
    publish_folder: str = ""
    """The folder that it is written to, under the login name; empty for beside the data file."""
    publish_as: str = "numbers"
    """What stands for a mentee there: "numbers" or "initials"."""
    capacity: int = 0
    """How many mentees one can have at a time; 0 where that is not said."""


@immutable
class Loaded:
    """The settings as they were read."""

    settings: Settings
    notices: tuple[str, ...] = ()
    """What the user must be told about the files, a sentence each."""
    origins: Mapping[str, Path] = field(default_factory=dict)
    """The key of each setting that a file gives a value -> that file."""


_BY_NAME: Final[dict[str, type]] = {"str": str, "bool": bool, "int": int}
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    item.name: (_BY_NAME[str(item.type).partition(" ")[0]],) for item in fields(Settings)
}
"""The type that the value of each key must have."""
_VALID_VALUES: Final[dict[type, str]] = {
    str: N_("a text in quotation marks"),
    bool: N_("true or false"),
    int: N_("a whole number of days from 0 to 3650"),
}
"""What the user is told that a value of each type must be."""


_NO_DAYS: Final = {
    "lock_minutes": (_MAX_MINUTES, N_("a whole number of minutes from 0 to 1440")),
    "backup_weeks": (_MAX_WEEKS, N_("a whole number of weeks from 0 to 520")),
    "capacity": (MAX_CAPACITY, N_("a whole number from 0 to 1000")),
}
"""The keys whose value is no number of days -> the greatest, and what it must be in words."""
RETENTION: Final = ("ask", "auto")
"""The values of `retention`."""
PUBLISH_AS: Final = ("numbers", "initials")
"""The values of `publish_as`."""
_NAMES: Final = {
    "language": LANGUAGES,
    "theme": THEMES,
    "retention": RETENTION,
    "publish_as": PUBLISH_AS,
}
"""The values that a key may have, where they are names."""


def load_settings(*paths: Path) -> Loaded:
    """Return the settings of files. It never raises; a file that is not there says nothing.

    Args:
        paths: The files, of which a later one comes before the earlier ones (`settings_files`).
    """
    loaded = Loaded(Settings())
    for path in paths:
        loaded = _with_file(loaded, path, named=path is paths[-1])
    return loaded


def _with_file(loaded: Loaded, path: Path, *, named: bool) -> Loaded:
    """Return the settings with those of one more file; `named`: by its name alone, in notices."""
    called = path.name if named else str(path)
    try:
        text = _read(path)
    except (FileNotFoundError, NotADirectoryError):
        return loaded
    except OSError:
        return _and_notice(loaded, _notice(called, None, _("The file cannot be read.")))
    except UnicodeDecodeError:
        return _and_notice(loaded, _notice(called, None, _("The file is not UTF-8 text.")))
    values, problem = _parse(text)
    if problem is not None:
        return _and_notice(loaded, _not_toml(called, problem))
    settings, valid, notices = _settings_of(called, text, values, loaded.settings)
    origins = {**loaded.origins, **dict.fromkeys(valid, path)}
    return Loaded(settings, (*loaded.notices, *notices), origins)


def _read(path: Path) -> str:
    """Return the text of a file. Raises OSError and ValueError."""
    data = read_start(path, _MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return data.decode("utf-8-sig")


def _and_notice(loaded: Loaded, notice: str) -> Loaded:
    return Loaded(loaded.settings, (*loaded.notices, notice), loaded.origins)


def in_one_line(notices: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is said of the settings where there is room for one line only."""
    if len(notices) < 2:
        return notices
    text = _("settings.toml: {number} entries are not understood; mentor doctor names them.")
    return (text.format(number=len(notices)),)


def _parse(text: str) -> tuple[dict[str, Any], int | None]:
    """Return the values of a TOML text, and None; or no values, and the line of the first fault."""
    # loaded when first needed: most users have no such file
    from data.toml_text import NotToml, toml_values

    try:
        return toml_values(text), None
    except NotToml as error:
        return {}, error.line


def _settings_of(
    called: str, text: str, values: Mapping[str, object], settings: Settings
) -> tuple[Settings, list[str], list[str]]:
    """Return the settings with the values of a file, the keys that count, and notices.

    Args:
        called: What the file is called in notices about it.
        text: What the file holds, to find the line of a value that is not valid.
        values: The values of the file.
        settings: What holds without it.
    """
    notices, valid = [], []
    for key, value in values.items():
        line = _line_of(text, key)
        if key not in _TYPES:
            notices.append(_notice(called, line, _unknown_key(key)))
        elif not _is_valid(key, value):
            notices.append(_notice(called, line, _wrong_value(key)))
        else:
            settings = _replaced(settings, key, value)
            valid.append(key)
    return settings, valid, notices


def _replaced(settings: Settings, key: str, value: object) -> Settings:
    """Return the settings with another value for a key; the caller has checked its type."""
    changed: dict[str, Any] = {key: value}
    return replace(settings, **changed)


def _is_valid(key: str, value: object) -> bool:
    """Return whether a key may have this value."""
    # Not `isinstance`: to Python, true is a number as well.
    if type(value) not in _TYPES[key]:
        return False
    if key in _NAMES:
        return value in {"", *_NAMES[key]}
    most = _NO_DAYS[key][0] if key in _NO_DAYS else _MAX_DAYS
    return not isinstance(value, int) or 0 <= value <= most


def _wrong_value(key: str) -> str:
    """Return the message that a key has a value that is not valid."""
    names = " / ".join(f'"{name}"' for name in _NAMES.get(key, ()))
    wanted = names or _(_NO_DAYS[key][1] if key in _NO_DAYS else _VALID_VALUES[_TYPES[key][0]])
    return _("“{key}” must be {wanted}.").format(key=key, wanted=wanted)


def _unknown_key(key: str) -> str:
    """Return the message that there is no such setting, with the name that may be meant."""
    import difflib  # loaded when first needed: for a name that is not known

    near = difflib.get_close_matches(key, _TYPES, n=1)
    shown = key[:40]
    if near:
        return _("“{key}” is not a setting; did you mean “{near}”?").format(key=shown, near=near[0])
    return _("“{key}” is not a setting.").format(key=shown)


def _not_toml(called: str, line: int) -> str:
    """Return the message that a file is not TOML from a line on, so that nothing in it is known."""
    text = _("{file}, line {line}: This is not TOML. Nothing in it counts.")
    return text.format(file=called, line=line)


def _notice(called: str, line: int | None, what: str) -> str:
    """Return a notice about a file, or about one line of it; without a line all of it is bad."""
    if line is None:
        return _("{file}: {what} Nothing in it counts.").format(file=called, what=what)
    return _("{file}, line {line}: {what} The line does not count.").format(
        file=called, line=line, what=what
    )


def _key_pattern(key: str) -> re.Pattern[str]:
    """Return a pattern that finds a key where its value is set, or a table of its name."""
    return re.compile(rf"^[ \t]*\[*[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[=.\]]", re.MULTILINE)


def _line_of(text: str, key: str) -> int | None:
    """Return the number of the line on which a key is set; None if it is not found."""
    found = _key_pattern(key).search(text)
    return text.count("\n", 0, found.start()) + 1 if found else None


# Writing


class SettingsError(Exception):
    """The settings could not be saved; the file is as it was. The message says why, in one line."""


def save_settings(path: Path, settings: Settings, *shared: Path) -> None:
    """Write settings into a file. Comments, order and unknown keys in it stay as they are.

    Only values are changed that are not what this file and the `shared` ones beneath it say.

    Raises:
        SettingsError: The file could not be read or written, or is not TOML. It is as it was.
    """
    try:
        text = _read(path) if path.exists() else ""
        values, problem = _parse(text)
        if problem is not None:
            raise SettingsError(_not_toml(path.name, problem))
        for_all = load_settings(*shared).settings
        before, _valid, _notices = _settings_of(path.name, text, values, for_all)
        new = _with_changes(text, before, settings)
        if new != text:
            write_private(path, new)
    except (OSError, ValueError) as error:
        # A ValueError: the text is not UTF-8, or tomlkit refuses what tomllib has read.
        raise SettingsError(
            _("The settings could not be saved in {file}.").format(file=path)
        ) from error


def _with_changes(text: str, before: Settings, after: Settings) -> str:
    """Return the text of a file with some keys changed, added or removed.

    Args:
        text: What the file holds.
        before: The settings that it stands for.
        after: The settings that it shall stand for.

    Raises:
        ValueError: tomlkit cannot read the text.
    """
    import tomlkit  # loaded when first needed: it takes a tenth of a second

    document = tomlkit.parse(text)
    for item in fields(Settings):
        value = getattr(after, item.name)
        if value is None and getattr(before, item.name) is not None:
            document.pop(item.name, None)
        elif value != getattr(before, item.name):
            document[item.name] = value
    new = tomlkit.dumps(document)
    # A file that was written on Windows keeps its line ends, also in the new lines.
    return new.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else new
