"""A reminder as a mail (RFC 5322), handed to the computer's own `sendmail`.

It is written to the standard input of `sendmail`, and nothing of it stands in the arguments of a
process, which everybody on the computer can see.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from data.i18n import _, language
from data.method.today.reminder import Reminder
from data.other_program import answer_of, why_it_failed
from data.own_address import host
from data.storage.reasons import reason

FOLDERS: Final = ("/usr/sbin", "/usr/lib")
"""Where `sendmail` is beside the PATH, on which cron does not look far."""
PATIENCE: Final = 60.0
"""For how many seconds it may take a mail."""


class NotSent(Exception):
    """A mail was not sent. `str()` says why, in a line."""


def message(said: Reminder, to: str, sender: str, now: datetime) -> bytes:
    """Return a reminder as a mail.

    Args:
        said: The reminder.
        to: The address that it goes to.
        sender: The address that it comes from.
        now: The time of writing, with its offset.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address("mentor", addr_spec=sender)
    mail["To"] = Address(addr_spec=to)
    mail["Subject"] = said.subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{secrets.token_hex(16)}@{host()}>"
    mail["Auto-Submitted"] = "auto-generated"  # no answering machine answers it (RFC 3834)
    mail.set_content("\n".join([*said.lines, ""]), charset="utf-8", cte="quoted-printable")
    mail["Content-Language"] = language()
    return mail.as_bytes()


def why_no_sendmail(environ: Mapping[str, str]) -> str:
    """Return why no mail can be sent from this computer, in a sentence; "" if it can."""
    if _sendmail(environ) is not None:
        return ""
    return _("This computer sends no mail: the command sendmail is missing.")


def send(mail: bytes, environ: Mapping[str, str]) -> None:
    """Send a mail to those whom it names.

    Raises:
        NotSent: There is no `sendmail`, or it refuses the mail.
    """
    program = _sendmail(environ)
    if program is None:
        raise NotSent(why_no_sendmail(environ))

    def refused(why: str) -> NotSent:
        return NotSent(_("sendmail refused the reminder: {why}").format(why=why))

    done = answer_of(
        [program, "-t", "-oi"],
        mail,
        seconds=PATIENCE,
        silent=NotSent(_("sendmail does not answer, so no reminder was sent.")),
        refused=lambda error: refused(reason(error)),
    )
    if done.returncode:
        raise refused(why_it_failed(done))


def _sendmail(environ: Mapping[str, str]) -> str | None:
    path = os.pathsep.join([environ.get("PATH", os.defpath), *FOLDERS])
    return shutil.which("sendmail", path=path)
