"""What sessions on one file cost each other: at rest, watching while one types, and seeing it.

Each is the program itself on a terminal of its own. At rest, the system calls of one are counted
(by `strace`) with four others on the file and with 49; those others are sessions without a screen,
which look at the file as often. Run `python -m tests.bench.sessions`.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from data.records import Mentee
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from tests.bench.population import fill
from tests.tools.pty import Terminal

ROOT = Path(__file__).parents[2]
SIZES = (10, 1000)
NOTES = 40
FEW, MANY = 5, 50
REST_SECONDS = 8.0
"""After that long nothing is left to do: an idle session folds after five."""
COUNT_SECONDS = 12.0
WATCH_SECONDS = 10.0
LETTER_SECONDS = 0.15
WATCHERS = 20
WAIT_SECONDS = 60.0


@contextmanager
def program(path: Path) -> Iterator[Terminal]:
    """Open the program on a file and wait until its first screen is complete."""
    env = {"HOME": str(path.parent), "MENTOR_FILE": str(path), "MENTOR_LANG": "da"}
    with Terminal([sys.executable, "-m", "tui"], env=env, cwd=ROOT) as terminal:
        terminal.wait_for("F1 ", WAIT_SECONDS)
        terminal.rest(WAIT_SECONDS)
        yield terminal


# -- at rest --------------------------------------------------------------------------------------


def others(path: Path, count: int) -> None:
    """Be some sessions without a screen until standard input ends."""
    opened = [open_store(path, threaded=True) for _number in range(count)]
    print("open", flush=True)
    sys.stdin.read()
    for one in opened:
        one.close()


@contextmanager
def _crowd(path: Path, count: int) -> Iterator[None]:
    command = [sys.executable, "-m", "tests.bench.sessions", "others", str(path), str(count)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield
        process.communicate()


def calls_at_rest(path: Path, sessions: int) -> dict[str, float]:
    """Return how often a second an idle session calls the system, by the name of the call."""
    log = path.with_name("calls")
    command = ["strace", "-f", "-qq", "-c", "-o", str(log)]
    with _crowd(path, sessions - 1), program(path) as terminal:
        time.sleep(REST_SECONDS)
        tracer = subprocess.Popen([*command, "-p", str(terminal.pid)])
        time.sleep(COUNT_SECONDS)
        tracer.send_signal(signal.SIGINT)
        tracer.wait()
    found = {}
    for line in log.read_text().splitlines():
        words = line.split()
        if len(words) >= 5 and words[3].isdigit() and words[-1] != "total":
            found[words[-1]] = int(words[3]) / COUNT_SECONDS
    return found


# -- while another session types ------------------------------------------------------------------


def _cost(terminal: Terminal) -> float:
    """Return how many milliseconds of the processor a second a program uses."""
    before, began = terminal.cpu_seconds(), time.monotonic()
    while time.monotonic() - began < WATCH_SECONDS:
        terminal.idle(0.1)
    return (terminal.cpu_seconds() - before) * 1000 / (time.monotonic() - began)


def watching(path: Path) -> tuple[float, float]:
    """Return what the home screen costs a second while nobody types, and while one does."""
    with program(path) as watcher, program(path) as typing:
        time.sleep(REST_SECONDS)
        alone = _cost(watcher)
        typing.do("n")
        typing.do("a")
        stop = threading.Event()

        def type_on() -> None:
            while not stop.wait(LETTER_SECONDS):
                typing.key("e")
                typing.idle(0.01)

        thread = threading.Thread(target=type_on)
        thread.start()
        try:
            watched = _cost(watcher)
        finally:
            stop.set()
            thread.join()
    return alone, watched


def seconds_until_seen(path: Path, sessions: int = WATCHERS) -> list[float]:
    """Return how long it takes until each of some sessions shows a new name in its list."""
    with ExitStack() as stack:
        terminals = [stack.enter_context(program(path)) for _number in range(sessions)]
        opened = open_store(path, threaded=False)
        stack.callback(opened.close)
        took = [0.0] * sessions

        def wait(number: int, name: str) -> None:
            terminals[number].wait_for(name, WAIT_SECONDS)
            took[number] = time.monotonic() - renamed_at

        name = _name_shown(opened, terminals[0])
        for new in ("Aaberg", "Aabye"):  # the first time, code is loaded that is needed later
            time.sleep(REST_SECONDS / 2)
            for terminal in terminals:
                terminal.rest(WAIT_SECONDS)
            waiting = [threading.Thread(target=wait, args=(at, new)) for at in range(sessions)]
            for thread in waiting:
                thread.start()
            renamed_at = time.monotonic()
            _rename(opened, name, new)
            for thread in waiting:
                thread.join()
            name = new
        return sorted(took)


def _name_shown(opened: OpenedStore, terminal: Terminal) -> str:
    screen = terminal.screen()
    return next(one.name for one in opened.store.all(Mentee) if one.name in screen)


def _rename(opened: OpenedStore, name: str, new: str) -> None:
    mentee = next(one for one in opened.store.all(Mentee) if one.name == name)
    opened.store.commit([Change.edited(mentee, name=new)], "rename")


def main(args: list[str]) -> None:
    """Print the figures."""
    if args[:1] == ["others"]:
        others(Path(args[1]), int(args[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for mentees in SIZES:
            paths[mentees] = Path(folder) / str(mentees) / "mentor.json"
            paths[mentees].parent.mkdir(mode=0o700)
            fill(paths[mentees], mentees, notes=NOTES)
        if not args or "rest" in args:
            _tell_rest(paths[SIZES[0]])
        if not args or "watch" in args:
            for mentees, path in paths.items():
                alone, watched = watching(path)
                print(
                    f"watching {mentees} mentees, ms of the processor a second: "
                    f"{alone:.0f} at rest, {watched:.0f} while another session types"
                )
        if not args or "seen" in args:
            took = seconds_until_seen(paths[SIZES[1]])
            within = sum(one <= 1.0 for one in took)
            print(
                f"a change is seen within a second by {within} of {len(took)} sessions; "
                f"median {took[len(took) // 2]:.2f} s, last {took[-1]:.2f} s"
            )


def _tell_rest(path: Path) -> None:
    if shutil.which("strace") is None:
        print("system calls at rest: not measured, for strace is not installed")
        return
    few, many = calls_at_rest(path, FEW), calls_at_rest(path, MANY)
    low, high = sum(few.values()), sum(many.values())
    print(
        f"system calls a second of an idle session: {low:.1f} with {FEW} sessions, "
        f"{high:.1f} with {MANY}, ratio {high / low:.2f}"
    )
    for name in sorted({*few, *many}, key=lambda one: -many.get(one, 0.0))[:12]:
        print(f"  {name:<16}{few.get(name, 0):>8.1f}{many.get(name, 0):>8.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
