"""How much a piece of work is, as a number that is the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps_of(work: Callable[[], object]) -> int:
    """Return how many instructions of the interpreter a function takes, with all that it calls.

    A loop that looks at each of many records for each of many others shows in it as a square, be
    the machine fast or slow, busy or not. What is done within C, such as sorting, is one step.
    """
    taken = 0

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal taken
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        taken += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return taken
