"""`mentor doctor --all`: how the files of all users are, in counts, for those who look after them.

Each user's files are looked at by a process that has become that user: as root it would be looked
at with other eyes, and could not be where a network drive knows no root.
"""

from __future__ import annotations

import difflib
import fcntl
import grp
import json
import os
import pwd
import select
import shlex
import signal
import time
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from data import access_advice, mounts, run_folder
from data.dates import show_date
from data.i18n import _
from data.paths import data_file, is_address, settings_files
from data.settings import load_settings
from data.storage import backups, from_backups, migrations, quarantine, recovery
from data.storage.upkeep.findings import Weight
from data.store.file_summary import Summary, summaries
from data.store.opening_team import own_folder
from tui.cli.base import say_json, say_wrapped
from tui.cli.call import Problem, Status

SECONDS: Final = 20.0
"""How long the look at one user's files may take: a drive may not answer."""
_KEPT: Final = ("PATH", "LANG", "LC_ALL", "MENTOR_NOW", "XDG_CONFIG_DIRS")
"""What of the environment is also true of another user."""
LOADED: Final = (
    *(access_advice, backups, difflib, fcntl, from_backups, grp, migrations, mounts, quarantine),
    *(recovery, run_folder, tomllib),
)
"""What is loaded elsewhere when it is needed. A user need not be able to read the program's files,
so it is here before one is looked at."""
_KINDS: Final[Mapping[str, tuple[type, ...]]] = {
    "path": (str,),
    "team": (bool,),
    "format": (int, type(None)),
    "latest_backup": (str, type(None)),
    "checks": (dict,),
    "weights": (dict,),
}
_MOST: Final = 1_000_000
"""So many bytes may come back about one user."""

Looked = list[dict[str, Any]]
"""The files of one user, as JSON values."""


def look_at_all(*, as_json: bool) -> None:
    """Say how the files of all users are, and leave with a status. Raises `Problem`, `SystemExit`.

    Only root can: others cannot become somebody else.
    """
    if os.geteuid():
        raise Problem(_("Only root can look at the files of all users: sudo mentor doctor --all"))
    found: dict[str, Looked] = {}
    failed: list[str] = []
    without = 0
    for entry in _entries():
        looked = as_user(entry, _look)
        if looked is None:
            failed.append(entry.pw_name)
        elif looked:
            found[entry.pw_name] = looked
        else:
            without += 1
    if as_json:
        users = [{"user": name, "files": files} for name, files in found.items()]
        say_json({"users": users, "without_file": without, "not_looked_at": failed})
    else:
        _say(found, without, failed)
    asking = {Weight.MENDABLE.value, Weight.SERIOUS.value}
    serious = any(asking & set(one["weights"]) for files in found.values() for one in files)
    raise SystemExit(Status.FOUND if serious or failed else Status.DONE)


def _entries() -> list[pwd.struct_passwd]:
    """Return the users that the system knows, each once, by name."""
    known = {entry.pw_uid: entry for entry in reversed(pwd.getpwall())}
    return sorted(known.values(), key=lambda entry: entry.pw_name)


def _look() -> Looked:
    """Look at the files of the user of this process."""
    settings = load_settings(*settings_files(os.environ)).settings
    named = "" if is_address(settings.file) else settings.file  # files are counted, and no server
    # Who uses a team's file now may have one in the usual place yet, and nobody thinks of it.
    paths = (data_file(None, os.environ, named), data_file(None, os.environ))
    return [_as_json(one) for one in summaries(paths, own_folder())]


def _as_json(one: Summary) -> dict[str, Any]:
    return {
        "path": str(one.path),
        "team": one.is_team,
        "format": one.format or None,
        "latest_backup": one.latest or None,
        "checks": dict(one.checks),
        "weights": dict(one.weights),
    }


# -- as somebody else --------------------------------------------------------------------------


def as_user(entry: pwd.struct_passwd, look: Callable[[], Looked]) -> Looked | None:
    """Return what `look` returns in a process that has become a user; None where it came to none.

    What comes back is data that the user could have written: it is only read as JSON.
    """
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        with suppress(BaseException):  # whatever it is, this process goes no further
            os.close(reading)
            _become(entry)
            with os.fdopen(writing, "wb") as out:
                out.write(json.dumps(look()).encode())
        os._exit(0)
    os.close(writing)
    try:
        said = _read(reading, time.monotonic() + SECONDS)
    finally:
        os.close(reading)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) and all(map(_is_whole, found)) else None


def _is_whole(one: object) -> bool:
    """Whether a value says all of a file that it has to, each as it is to be."""
    if not isinstance(one, dict) or {*one} != {*_KINDS}:
        return False
    counts = (*one["checks"].items(), *one["weights"].items()) if _fits(one) else ()
    return _fits(one) and all(type(count) is int for _name, count in counts)


def _fits(one: Mapping[str, object]) -> bool:
    return all(isinstance(one[name], kinds) for name, kinds in _KINDS.items())


def _become(entry: pwd.struct_passwd) -> None:
    """Make this process that of a user, for good, with an environment as after a login."""
    os.chdir("/")
    os.umask(0o077)
    environ = {name: os.environ[name] for name in _KEPT if name in os.environ}
    os.environ.clear()
    os.environ.update(environ, HOME=entry.pw_dir, USER=entry.pw_name, LOGNAME=entry.pw_name)
    os.setgroups(os.getgrouplist(entry.pw_name, entry.pw_gid))
    os.setresgid(entry.pw_gid, entry.pw_gid, entry.pw_gid)
    os.setresuid(entry.pw_uid, entry.pw_uid, entry.pw_uid)


def _read(fd: int, end: float) -> bytes:
    """Read until the other end is closed; nothing where that takes too long."""
    parts: list[bytes] = []
    while True:
        ready, _w, _x = select.select([fd], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            return b""
        part = os.read(fd, 65536)
        if not part:
            return b"".join(parts)
        parts.append(part)
        if sum(map(len, parts)) > _MOST:
            return b""


# -- in words ----------------------------------------------------------------------------------


def _say(found: Mapping[str, Looked], without: int, failed: list[str]) -> None:
    for name, files in found.items():
        for one in files:
            say_wrapped(f"{name}: {_shown(one['path'])}")
            say_wrapped(f"  {'; '.join(_said(one))}.", "  ")
            if one["weights"]:
                say_wrapped(f"  {_advice(name, one)}", "  ")
    say_wrapped(_("Users without a data file: {count}.").format(count=without))
    if failed:
        text = _("Their files could not be looked at: {names}.")
        say_wrapped(text.format(names=", ".join(failed)))


def _shown(path: str) -> str:
    """Return a path in one line: a user could have made one that reads as lines of this command."""
    return "".join(one if one.isprintable() else "?" for one in path)


def _said(one: Mapping[str, Any]) -> list[str]:
    said = [_("a team file")] if one["team"] else []
    form = one["format"]
    said.append(_("format {number}").format(number=form) if form else _("not readable"))
    if one["latest_backup"]:
        at = datetime.fromisoformat(one["latest_backup"])
        when = f"{show_date(at.date())} {at:%H:%M}"
        said.append(_("latest usable backup {when}").format(when=when))
    else:
        said.append(_("no usable backup"))
    weights = one["weights"]
    for weight, text in (
        (Weight.SERIOUS, _("problems: {count}")),
        (Weight.MENDABLE, _("can be repaired: {count}")),
        (Weight.NOTE, _("notices: {count}")),
    ):
        if weight.value in weights:
            said.append(text.format(count=weights[weight.value]))
    return said


def _advice(name: str, one: Mapping[str, Any]) -> str:
    # the path is what a user has chosen, and root may run the line
    command = f"sudo -u {shlex.quote(name)} mentor doctor --file {_shown(shlex.quote(one['path']))}"
    return _("To see what it is: {command}").format(command=command)
