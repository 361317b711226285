"""`python -m tui` is `mentor`."""

from __future__ import annotations

from tui.cli.main import main

main()
