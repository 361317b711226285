"""The command that installs what one feature needs is right wherever the program is installed."""

from __future__ import annotations

import importlib.util
import re
import sys

import pytest

from data.extras import BESIDE_DEBIAN, install_command
from tests.tools import deb


def test_pip_installs_it_for_the_python_that_runs_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/opt/my python/bin/python")
    assert install_command("typst") == "'/opt/my python/bin/python' -m pip install typst"


def test_uv_installs_it_where_there_is_no_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(sys, "executable", "/opt/bin/python")
    assert install_command("typst") == "uv pip install --python /opt/bin/python typst"


def test_on_debian_it_is_put_where_the_package_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    (folder,) = re.findall(r'path\.append\("(.+)"\)', deb.LAUNCHER)
    assert folder == BESIDE_DEBIAN
    monkeypatch.setattr(sys, "path", [*sys.path, folder])
    monkeypatch.setattr(sys, "executable", "/usr/bin/python3")
    said = f"sudo /usr/bin/python3 -m pip install --target {folder} pyrage"
    assert install_command("pyrage") == said
