"""A timer of systemd in the user's own manager, which sends reminders.

It is two files, a service and a timer, in the user's own folder. All that comes with them is taken
back with them: the link that enables the timer, when it ran last, and folders that were made.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from data.i18n import _
from data.logins import user_name
from data.other_program import answer_of
from data.paths import config_dir, data_dir, write_private
from data.reminders.program import MARK, NotInstalled
from data.storage.reasons import reason
from data.text import first_line

_PATIENCE: Final = 20.0
"""For how many seconds `systemctl` may take."""
_LINGER: Final = Path("/var/lib/systemd/linger")
"""Where there is a file for each user whose timers go on when they are not logged in."""
_NAMES: Final = {False: "mentor-remind", True: "mentor-remind-weekly"}
_DAYS: Final = {False: "Mon..Fri 07:00", True: "Mon 07:00"}
"""Whether it is that of the week -> when, as systemd has it."""
_SERVICE: Final = f"""# {MARK}
[Unit]
Description=Reminders of mentor by mail

[Service]
Type=oneshot
ExecStart={{command}}
"""
_TIMER: Final = f"""# {MARK}
[Unit]
Description=When reminders of mentor come

[Timer]
OnCalendar={{days}}
Persistent=true

[Install]
WantedBy=timers.target
"""


def works(environ: Mapping[str, str]) -> bool:
    """Return whether the user has a manager of systemd that answers."""
    try:
        return not _systemctl(environ, "show-environment").returncode
    except NotInstalled:
        return False


def files(environ: Mapping[str, str], words: Sequence[str], *, week: bool) -> dict[Path, str]:
    """Return the files of the timer that starts a command, and what each holds."""
    program, *options = words
    # a variable is looked for in every word but the first
    command = " ".join([_quoted(program), *(_quoted(one.replace("$", "$$")) for one in options)])
    service, timer = _paths(environ, week=week)
    return {service: _SERVICE.format(command=command), timer: _TIMER.format(days=_DAYS[week])}


def install(environ: Mapping[str, str], made: Mapping[Path, str], *, week: bool) -> None:
    """Write the files and start the timer.

    Raises:
        NotInstalled: It does not start, or there is a file of that name by somebody else. Nothing
            of it is there then.
        OSError: The files cannot be written.
    """
    for path in made:
        if path.exists() and not _is_ours(path):
            text = _("{path} is there already, and not written by mentor. Nothing was installed.")
            raise NotInstalled(text.format(path=path))
    try:
        for path, text in made.items():
            write_private(path, text)
        for words in (["daemon-reload"], ["enable", "--now", f"{_NAMES[week]}.timer"]):
            done = _systemctl(environ, *words)
            if done.returncode:
                said = first_line(done.stderr.decode(errors="replace"))
                raise NotInstalled(
                    _("systemctl refused, and nothing was installed: {why}").format(
                        why=said or done.returncode
                    )
                )
    except BaseException:
        _take_back(environ, week=week)
        raise


def installed(environ: Mapping[str, str]) -> list[Path]:
    """Return the files that were written for timers."""
    found = [path for week in _NAMES for path in _paths(environ, week=week)]
    return [path for path in found if _is_ours(path)]


def take_back(environ: Mapping[str, str]) -> None:
    """Stop the timers and take away all that came with them. Raises OSError."""
    for week in _NAMES:
        if any(map(_is_ours, _paths(environ, week=week))):
            _take_back(environ, week=week)


def lingers() -> bool:
    """Return whether timers of the user go on when they are not logged in."""
    return (_LINGER / user_name(os.geteuid())).exists()


def _take_back(environ: Mapping[str, str], *, week: bool) -> None:
    timer = f"{_NAMES[week]}.timer"
    folder = _folder(environ)
    with suppress(NotInstalled):  # without a manager that answers there are only the files
        _systemctl(environ, "disable", "--now", timer)
    stamp = data_dir(environ).parent / "systemd/timers" / f"stamp-{timer}"
    link = folder / "timers.target.wants" / timer
    for path in (*filter(_is_ours, _paths(environ, week=week)), link, stamp):
        path.unlink(missing_ok=True)
    for empty in (link.parent, folder, folder.parent, stamp.parent, stamp.parent.parent):
        with suppress(OSError):  # it holds something else, or is not there
            empty.rmdir()
    with suppress(NotInstalled):
        _systemctl(environ, "daemon-reload")


def _folder(environ: Mapping[str, str]) -> Path:
    return config_dir(environ).parent / "systemd/user"


def _paths(environ: Mapping[str, str], *, week: bool) -> tuple[Path, Path]:
    folder = _folder(environ)
    return folder / f"{_NAMES[week]}.service", folder / f"{_NAMES[week]}.timer"


def _is_ours(path: Path) -> bool:
    try:
        return path.read_bytes().startswith(f"# {MARK}\n".encode())
    except OSError:
        return False


def _quoted(word: str) -> str:
    """Return a word as it stands in ExecStart, where `%` has a meaning of its own."""
    plain = word.replace("%", "%%")
    if re.fullmatch(r"[\w./=:,@%+$-]+", plain):
        return plain
    escaped = plain.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'


def _systemctl(environ: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("systemctl", path=environ.get("PATH"))
    if program is None:
        raise NotInstalled(_("There is no systemctl here."))
    refused = _("systemctl refused, and nothing was installed: {why}")
    return answer_of(
        [program, "--user", *words],
        seconds=_PATIENCE,
        silent=NotInstalled(_("systemctl does not answer.")),
        refused=lambda error: NotInstalled(refused.format(why=reason(error))),
        environ={**environ, "LC_ALL": "C"},
    )
