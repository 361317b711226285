"""A line in the user's crontab, which sends reminders where there are no timers of systemd.

It is put first and ends with a mark: the lines of others stay as they are, byte for byte, and what
they set for the lines after them does not reach it.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from typing import Final

from data.i18n import _
from data.other_program import answer_of
from data.reminders.program import MARK, NotInstalled
from data.storage.reasons import reason
from data.text import first_line

_PATIENCE: Final = 20.0
"""For how many seconds `crontab` may take."""
_NONE: Final = ("no crontab", "no such file")
"""What `crontab -l` says on stderr where the user has none."""
_END: Final = f"# {MARK}"
DAYS: Final = {False: "0 7 * * 1-5", True: "0 7 * * 1"}
"""Whether it is that of the week -> when, as cron has it: at 7 on workdays, or on Mondays."""


def require(environ: Mapping[str, str]) -> str:
    """Return the path of `crontab`. Raises `NotInstalled` where there is none."""
    program = _program(environ)
    if program is None:
        raise NotInstalled(
            _("There is neither a timer of systemd nor a crontab here that reminders could use.")
        )
    return program


def line(words: Sequence[str], *, week: bool) -> str:
    """Return the line that starts a command; `%` has a meaning of its own in it."""
    command = shlex.join(words).replace("%", r"\%")
    return f"{DAYS[week]} {command} {_END}{' --weekly' if week else ''}"


def install(environ: Mapping[str, str], line: str) -> None:
    """Put a line into the crontab, in place of an earlier one for the same.

    Raises:
        NotInstalled: The crontab cannot be read or written. It is as it was.
    """
    end = line[line.index(_END) :]
    _write(environ, f"{line}\n".encode() + _without(_read(environ), end.encode()))


def installed(environ: Mapping[str, str]) -> list[str]:
    """Return the lines that were put into the crontab. Raises `NotInstalled`."""
    if _program(environ) is None:
        return []
    return [one.decode(errors="replace") for one in _read(environ).splitlines() if _is_ours(one)]


def take_back(environ: Mapping[str, str]) -> None:
    """Take the lines back that were put into the crontab. Raises `NotInstalled`."""
    left = b"".join(one for one in _read(environ).splitlines(keepends=True) if not _is_ours(one))
    if left or _run(environ, "-r").returncode:  # there was none before, most likely
        _write(environ, left)


def _without(table: bytes, end: bytes) -> bytes:
    lines = table.splitlines(keepends=True)
    return b"".join(one for one in lines if not one.rstrip().endswith(end))


def _is_ours(line: bytes) -> bool:
    ends = (_END.encode(), f"{_END} --weekly".encode())
    return line.rstrip().endswith(ends) and not line.lstrip().startswith(b"#")


def _read(environ: Mapping[str, str]) -> bytes:
    """Return the user's crontab; nothing where there is none, and only then. Raises `NotInstalled`.

    What could not be read must not be taken for nothing: it would be written over.
    """
    done = _run(environ, "-l")
    if not done.returncode:
        return done.stdout
    said = done.stderr.decode(errors="replace")
    if not done.stdout and any(none in said.lower() for none in _NONE):
        return b""
    raise NotInstalled(_refused(said))


def _write(environ: Mapping[str, str], table: bytes) -> None:
    done = _run(environ, "-", table)
    if done.returncode:
        raise NotInstalled(_refused(done.stderr.decode(errors="replace")))


def _run(
    environ: Mapping[str, str], option: str, table: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    return answer_of(
        [require(environ), option],
        table,
        seconds=_PATIENCE,
        silent=NotInstalled(_("crontab does not answer.")),
        refused=lambda error: NotInstalled(_refused(reason(error))),
        environ={**environ, "LC_ALL": "C"},
    )


def _program(environ: Mapping[str, str]) -> str | None:
    return shutil.which("crontab", path=environ.get("PATH"))


def _refused(said: str) -> str:
    why = first_line(said) or _("it does not say why")
    return _("crontab refused: {why}").format(why=why)
