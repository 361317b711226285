"""Stand-ins for what mails are sent with and reminders installed by: `sendmail`, `crontab` …"""

from __future__ import annotations

import re
import shutil
import sys
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tests.tui.cli.tools import ROOT

MARK = b"\n=====\n"


def stand_in(folder: Path, name: str, script: str) -> Path:
    """Put a program of that name into a folder for the PATH."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


class Post:
    """A folder for the PATH with a `sendmail`, and what was sent."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._mails = folder / "mails"
        self._words = folder / "words"
        self.works()

    def works(self) -> None:
        """Have mails be taken from now on."""
        text = f"echo \"$@\" >> '{self._words}'\n(cat; printf '\\n=====\\n') >> '{self._mails}'"
        stand_in(self.folder, "sendmail", text)

    def refuses(self) -> None:
        """Have mails be refused from now on."""
        stand_in(self.folder, "sendmail", "echo 'no such relay' >&2; echo more >&2; exit 75")

    @property
    def raw(self) -> list[bytes]:
        """The mails as they were given."""
        return self._mails.read_bytes().split(MARK)[:-1] if self._mails.exists() else []

    @property
    def mails(self) -> list[EmailMessage]:
        """The mails as a mail program reads them."""
        return [message_from_bytes(one, policy=default) for one in self.raw]

    @property
    def words(self) -> list[str]:
        """The arguments of each call."""
        return self._words.read_text().splitlines()


def is_clean(raw: bytes) -> bool:
    """Return whether a mail is RFC 5322: ASCII in its header, lines that are ended and short."""
    head, _blank, body = raw.partition(b"\r\n\r\n")
    names = [line.split(b":")[0] for line in head.split(b"\r\n") if line[:1] not in b" \t"]
    return (
        raw.isascii()
        and not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
        and all(len(line) <= 998 for line in raw.split(b"\r\n"))
        and {b"From", b"To", b"Date", b"Subject", b"Message-ID"} <= set(names)
        and len(set(names)) == len(names)
        and body.endswith(b"\r\n")
    )


class Machine:
    """A folder for the PATH with a `crontab`, a `systemctl` and the program itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.table = folder / "table"
        self._asked = folder / "asked"
        stand_in(folder, "mentor", f'cd {ROOT} && exec {sys.executable} -m tui "$@"')
        cat, rm = shutil.which("cat"), shutil.which("rm")  # whatever the PATH is later
        stand_in(
            folder,
            "crontab",
            f"""case "$1" in
-l) [ -f '{self.table}' ] && {cat} '{self.table}' || {{ echo 'no crontab for me' >&2; exit 1; }} ;;
-r) {rm} '{self.table}' ;;
-) {cat} > '{self.table}' ;;
*) exit 64 ;;
esac""",
        )
        self.has_timers(works=False)

    def has_timers(self, *, works: bool = True, starts: bool = True) -> None:
        """Have a manager of systemd answer from now on, or none; and start timers, or not."""
        answer = "exit 0" if works else "exit 1"
        enable = "exit 0" if starts else "echo 'Unit is masked.' >&2; exit 1"
        stand_in(
            self.folder,
            "systemctl",
            f"""echo "$@" >> '{self._asked}'
case "$2" in show-environment) {answer} ;; enable) {enable} ;; esac""",
        )

    @property
    def asked(self) -> list[str]:
        """What `systemctl` was asked to do, beside whether it answers."""
        said = self._asked.read_text().splitlines()
        return [one for one in said if one != "--user show-environment"]
