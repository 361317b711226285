"""How much a piece of work is, as a number that is the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any


def steps_of(work: Callable[[], object]) -> int:
    """Return how many instructions of the interpreter a function takes, with all that it calls.

    A loop that looks at each of many records for each of many others shows in it as a square, be
    the machine fast or slow, busy or not. What is done within C, such as sorting, is one step.
    """
    return _monitored(work) if sys.version_info >= (3, 12) else _traced(work)


def _traced(work: Callable[[], object]) -> int:
    """Count in Python 3.11."""
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


def _monitored(work: Callable[[], object]) -> int:
    """Count in later ones, which tell a tracer nothing of what runs for the first time."""
    taken = 0

    def count(_code: CodeType, _offset: int) -> None:
        nonlocal taken
        taken += 1

    monitoring: Any = sys.monitoring  # type: ignore[attr-defined]
    tool, every = monitoring.PROFILER_ID, monitoring.events.INSTRUCTION
    monitoring.use_tool_id(tool, "steps")
    monitoring.register_callback(tool, every, count)
    monitoring.set_events(tool, every)
    try:
        work()
    finally:
        monitoring.set_events(tool, 0)
        monitoring.register_callback(tool, every, None)
        monitoring.free_tool_id(tool)
    return taken
