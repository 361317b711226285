"""A team on a server, as the tests of servers have it."""

from tests.data.storage.postgres.conftest import team

__all__ = ["team"]
