"""The user's own mail address: what the settings say, or that of the login on this computer."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

from data.i18n import _
from data.logins import user_name
from data.paths import read_start

_MAIL_NAME: Final = Path("/etc/mailname")
"""Where Debian and others keep what comes after the @ of local addresses."""
_LOCAL: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_DOMAIN: Final = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
_LONGEST: Final = 254
"""How long an address may be (RFC 5321)."""
_LONGEST_LOCAL: Final = 64
"""How long what is before its @ may be."""


class AddressProblem(ValueError):
    """A text is no mail address. `str()` is one line that says what to do."""


def own_address(chosen: str) -> str:
    """Return the address to which mail for the user goes.

    Args:
        chosen: What the setting `mail` says: an address, or the part before the @ of one on this
            computer; "" for that of the login.

    Raises:
        AddressProblem: It cannot be one.
    """
    if chosen and not is_address(chosen if "@" in chosen else f"{chosen}@{host()}"):
        raise AddressProblem(
            _('The setting mail is not an address. One address: mail = "name@example.org"')
        )
    name = chosen or user_name(os.geteuid())
    found = name if "@" in name else f"{name}@{_mail_domain()}"
    if not is_address(found):
        raise AddressProblem(
            _(
                "No address can be made from the login name. Put one into the settings:"
                ' mail = "name@example.org"'
            )
        )
    return found


def is_address(text: str) -> bool:
    """Return whether a text is one plain mail address: nothing that could be taken for more."""
    local, at, domain = text.rpartition("@")
    fits = len(local) <= _LONGEST_LOCAL and re.fullmatch(_LOCAL, local) and _domain(domain)
    return bool(at and fits and len(text) <= _LONGEST)


def host() -> str:
    """Return the name of this computer, as it calls itself: nobody else is asked."""
    return _domain(os.uname().nodename) or "localhost"


def _mail_domain() -> str:
    """Return what comes after the @ of addresses on this computer."""
    said = b""
    with suppress(OSError):
        said = read_start(_MAIL_NAME, _LONGEST)
    return _domain(said.decode("ascii", "replace").strip()) or host()


def _domain(text: str) -> str:
    """Return a text if it is the name of a computer or a domain; "" if not."""
    return text if re.fullmatch(_DOMAIN, text) and ".." not in text else ""
