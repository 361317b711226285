"""Where a server is."""

from __future__ import annotations

from data.frozen import immutable


@immutable
class Address:
    """A database in a server, and a team in it."""

    conninfo: str
    """What libpq is to connect with. There is no password in it."""
    team: str = ""
    """The team; "" for the one that the login is a mentor of."""
    shown: str = ""
    """How it is named in a sentence."""
