"""The server that the other tests here lean on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.tools.postgres import FAST, Server, lives

STARTS = """
import json, sys, time
from tests.tools.postgres import Server
server = Server(json.loads(sys.argv[1])).start()
pid = (server.data / "postmaster.pid").read_text().split()[0]
print(pid, server.folder, server.data, flush=True)
time.sleep(600)
"""
"""A test run, of which is killed what is killed here."""


def test_what_is_committed_is_there_after_all_processes_were_killed() -> None:
    with Server({}) as server:
        server.execute("CREATE TABLE kept AS SELECT 1 AS one")
        server.kill()
        server.start()
        assert server.execute("SELECT one FROM kept") == [(1,)]


def test_a_database_is_as_its_template(server: Server) -> None:
    first = server.database()
    server.execute("CREATE TABLE kept AS SELECT 2 AS two", database=first)
    assert server.execute("SELECT two FROM kept", database=server.database(first)) == [(2,)]


@pytest.mark.parametrize("settings", [FAST, {}], ids=["in memory", "on the disk"])
def test_no_server_outlives_a_test_run_that_is_killed(settings: dict[str, str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STARTS, json.dumps(settings)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        assert run.stdout is not None
        pid, *folders = run.stdout.readline().split()
        assert lives(int(pid))
        os.killpg(run.pid, signal.SIGKILL)
    end = time.monotonic() + 60
    while lives(int(pid)) or any(Path(folder).exists() for folder in folders):
        assert time.monotonic() < end
        time.sleep(0.02)
