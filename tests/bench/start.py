"""What the start costs: Enter at once, Tab in a shell, many sessions' memory, bytes over `ssh -C`.

Run `python -m tests.bench.start`; `--sessions 0` leaves out what takes long. Each file has 10
mentees with 12 tasks, 8 talks and 40 notes, and the program has run before.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import zlib
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import mean, median
from typing import Final

from tests.bench.population import fill
from tests.bench.terminal import DOWN, LEFT, PEER, RIGHT, ROOT, TEXT, compile_all
from tests.tools.pty import Terminal
from tui.completion.answer import ASKED, BETWEEN, WORDS

NOTES: Final = 40
AS_SSH: Final = 1
"""`Z_PARTIAL_FLUSH`, with which OpenSSH ends each packet. Python's `zlib` has no name for it."""
STAGES: Final[dict[str, list[str]]] = {
    "the list, an overview and the pages of a mentee": [DOWN, "\r", *"2345670"],
    "moves in the plan": ["2", *([DOWN, RIGHT, LEFT] * 4)],
    "letters of a note": ["n", *TEXT],
}


def start(folder: Path, *arguments: str) -> Terminal:
    """Start the program on the file in the folder."""
    environ = {"HOME": str(folder), "MENTOR_FILE": str(folder / "mentor.json")}
    environ |= {"XDG_DATA_HOME": str(folder), "MENTOR_LANG": "da"}
    return Terminal([sys.executable, "-m", "tui", *arguments], env=environ, cwd=ROOT)


def processor_ms(terminal: Terminal) -> float:
    """End a program, and return the processor time that it has taken."""
    os.kill(terminal.pid, signal.SIGKILL)
    used = os.wait4(terminal.pid, 0)[2]
    terminal.returncode = -signal.SIGKILL
    return (used.ru_utime + used.ru_stime) * 1e3


def enter_at_once(folder: Path) -> float:
    """Press Enter as soon as the names stand there, until the overview does."""
    with start(folder) as terminal:
        terminal.wait_for("Maja", limit=60)
        terminal.key("\r")
        terminal.wait_for("Overblik", limit=60)
        return processor_ms(terminal)


def smallest() -> float:
    """Start Textual's smallest app."""
    with Terminal([*PEER]) as terminal:
        terminal.wait_for("first line", limit=60)
        return processor_ms(terminal)


def complete(folder: Path, *words: str) -> float:
    """Ask what Tab may offer behind words, as bash does."""
    environ = {"MENTOR_FILE": str(folder / "mentor.json"), "HOME": str(folder)}
    environ |= {ASKED: "bash", WORDS: BETWEEN.join(words)}
    nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    command = [sys.executable, "-m", "mentorrollen"]
    path = os.environ | environ | {"PYTHONPATH": str(ROOT)}
    used = os.wait4(os.posix_spawn(command[0], command, path, file_actions=nowhere), 0)[2]
    return (used.ru_utime + used.ru_stime) * 1e3


def run_once(folder: Path) -> None:
    """Open the first screen and an overview, and leave: what is kept for the next start is kept."""
    with start(folder) as terminal:
        terminal.wait_for("Maja", limit=60)
        terminal.key("\r")
        terminal.wait_for("Overblik", limit=60)
        terminal.do("\x11")
        terminal.wait_exit()


def pages_mb(pid: int) -> tuple[float, float]:
    """Return the megabytes that a process has for itself, and all that it has in memory."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()[1:]
    kb = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return (kb["Private_Clean"] + kb["Private_Dirty"]) / 1024, kb["Rss"] / 1024


def measure_sessions(folder: Path, sessions: int) -> tuple[float, float]:
    """Open so many sessions on one file; the mean of what each has for itself, and of all."""
    with ExitStack() as stack:
        terminals = [stack.enter_context(start(folder)) for _ in range(sessions)]
        for terminal in terminals:
            terminal.wait_for("F1 ", limit=120)
            terminal.rest()
        pages = [pages_mb(terminal.pid) for terminal in terminals]
    return mean(own for own, _all in pages), mean(every for _own, every in pages)


def measure_compression(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the bytes of each stage of a session, and what zlib makes of them, answer by answer.

    One stream for the whole session at level 6, and a flush after each answer, as OpenSSH does.
    What a packet of SSH has around them is not counted: it is the same with and without.
    """
    stream, found = zlib.compressobj(6), {}
    with start(folder) as terminal:
        terminal.wait_for("F1 ", limit=60)
        terminal.rest()
        stream.compress(bytes(terminal.raw))
        stream.flush(AS_SSH)
        for stage, keys in STAGES.items():
            plain = packed = 0
            for number, key in enumerate(keys):
                before = len(terminal.raw)
                terminal.press(key, quiet=0.06 if len(keys) > 20 and number else 0.25)
                answer = bytes(terminal.raw[before:])
                size = len(stream.compress(answer)) + len(stream.flush(AS_SSH))
                if answer and not (stage.startswith("letters") and number == 0):
                    plain, packed = plain + len(answer), packed + size
            found[stage] = (plain, packed)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--sessions", type=int, default=20)
    options = parser.parse_args(arguments)
    compile_all()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "mentor.json", 10, notes=NOTES)
        run_once(folder)
        turns = [(enter_at_once(folder), smallest()) for _ in range(options.rounds)]
        ratio = median(own / other for own, other in turns)
        print(f"Enter at once / Textual's smallest app, processor time: {ratio:.2f} (<= 1.25)")
        tabs = [
            (complete(folder, ""), complete(folder, "show", ""), smallest())
            for _ in range(options.rounds)
        ]
        for place, what in enumerate(("commands", "names")):
            ratio = median(turn[place] / turn[-1] for turn in tabs)
            print(f"Tab, {what} / Textual's smallest app, processor time: {ratio:.2f} (<= 0.3)")
        for stage, (plain, packed) in measure_compression(folder).items():
            print(f"{stage}: {plain} bytes, {packed} with ssh -C")
        if options.sessions:
            own, every = measure_sessions(folder, options.sessions)
            print(f"{options.sessions} sessions: {own:.1f} MB each of its own, of {every:.1f}")


if __name__ == "__main__":
    main()
