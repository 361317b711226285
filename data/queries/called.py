"""What a person is called who is known by a login."""

from __future__ import annotations

from data.store.store import Store


def called(store: Store, login: str) -> str:
    """Return the name that colleagues use, where a server says it, or else the login."""
    return store.names.get(login) or login
