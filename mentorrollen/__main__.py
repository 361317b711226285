"""`python -m mentorrollen` is `mentor`."""

from __future__ import annotations

from mentorrollen import main

main()
