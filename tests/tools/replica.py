"""A replica of a real PostgreSQL server, which can take its place.

with Server(settings) as primary, Replica(primary) as replica: primary.kill(); replica.promote()
"""

from __future__ import annotations

from typing import Self

from tests.tools.postgres import Server

NAME = "replica"


class Replica(Server):
    """A copy of a server, which has each commit before that one confirms it."""

    def __init__(self, primary: Server) -> None:
        """Take the server, which runs. The replica does not yet: see `start`."""
        super().__init__(primary.settings)
        self._primary = primary

    def prepare(self) -> None:
        """Copy the primary."""
        if self.data.exists():
            return
        self.own_folder(self.data)
        source = f"host=127.0.0.1 port={self._primary.port} user=postgres application_name={NAME}"
        self.run(
            "pg_basebackup", "-d", source, "-D", self.data, "-R", "-X", "stream", "-c", "fast",
            "--no-sync",
        )  # fmt: skip

    def start(self, *, seconds: float = 30.0) -> Self:
        """Start it. The primary waits for it at each commit from then on."""
        super().start(seconds=seconds)
        self._primary.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{NAME}'")
        self._primary.execute("SELECT pg_reload_conf()")
        return self

    def promote(self) -> None:
        """Make it the primary, and wait until it is one."""
        self.run("pg_ctl", "promote", "-w", "-D", self.data)
