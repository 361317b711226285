"""`mentor show NAME --history`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.tools.example import example_file_at
from tests.tui.cli.tools import Mentor


def test_the_history_as_text_and_as_json(mentor: Mentor, file: Path) -> None:
    example_file_at(file)
    said = mentor("show", "Maja", "--history").out
    assert "added: " in said
    assert "Task 14" in said
    found = json.loads(mentor("show", "Maja", "--history", "--format", "json").out)
    assert found["mentee"] == "Maja Holm"
    assert {"tasks", "talks", "agreements"} <= {one["table"] for one in found["history"]}
    assert not {"notes", "answers"} & {one["table"] for one in found["history"]}
    titles = [one["fields"]["title"] for one in found["history"] if one["table"] == "tasks"]
    assert all(before is None and after for before, after in titles)
