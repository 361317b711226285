"""The program itself: its command line, and its screen on a real terminal."""

from __future__ import annotations

from tui.start.later import put_off

put_off()
