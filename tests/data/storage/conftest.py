from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir(mode=0o700)
    return folder / "x.json"
