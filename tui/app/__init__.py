"""The program on the screen: `run_app` runs it, `MentorApp` is it."""

from __future__ import annotations

from tui.app.app import MentorApp
from tui.app.run import run_app

__all__ = ["MentorApp", "run_app"]
