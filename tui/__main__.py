"""`python -m tui` is `mentor`."""

from __future__ import annotations

from tui.cli import main

main()
