"""Puts the manual pages that `make man` has made into the sdist, and into the data of the wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MADE = "build/man"


class ManualPages(BuildHookInterface):
    """Adds the pages that are there. The program needs none of them: `mentor --help` is there."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add them to what is built."""
        folder = Path(self.root, MADE)
        for page in sorted(folder.rglob("*.1")):
            name = page.relative_to(folder).as_posix()
            if self.target_name == "wheel":
                build_data["shared_data"][str(page)] = f"share/man/{name}"
            else:
                build_data["force_include"][str(page)] = f"{MADE}/{name}"
