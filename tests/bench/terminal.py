"""What the program costs at the other end of a line, beside other programs on the same machine.

Every figure is taken from outside, on a pty: bytes that would cross the network, and the time from
a key to the last byte of its answer. Programs take turns within each round, so that a busy moment
hits all of them. `python -m tests.bench.terminal --help` tells the options.
"""

from __future__ import annotations

import argparse
import compileall
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean

from tests.bench.population import fill
from tests.bench.table import Series, heading, table
from tests.tools.pty import Answer, Terminal

PEER = (sys.executable, str(Path(__file__).with_name("peer.py")))
TEXT = "Maja har i dag haft sin første samtale alene og er glad for at det gik. "
ROOT = Path(__file__).parents[2]
DOWN, RIGHT, LEFT, ENTER = "\x1b[B", "\x1b[C", "\x1b[D", "\r"
ESC, PAGE_DOWN, F1, CTRL_P = "\x1b", "\x1b[6~", "\x1bOP", "\x10"
EVERY_SCREEN = (
    *("", DOWN, F1, ESC, "/", ESC, CTRL_P, ESC, "a", ESC),  # the first screen, and what it opens
    *(
        ENTER,
        "2",
        "m",
        ESC,
        ENTER,
        ESC,
        "3",
        "v",
        ESC,
        "4",
        "v",
        ESC,
        "5",
        "6",
        "7",
        "0",
    ),  # a mentee
    *("n", ESC, "t", PAGE_DOWN, PAGE_DOWN, ESC),  # a note and a talk
    *(CTRL_P, "guide", ENTER, ESC, CTRL_P, "bibliotek", ENTER),
)
"""Keys that lead from screen to screen."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A program under measurement: how to start it, and how to come to a text to write in."""

    name: str
    argv: tuple[str, ...]
    ready: str
    """What stands on the screen when it can be used."""

    shown: str = ""
    """What stands there first, if that is something else; keys pressed from then on are kept."""

    probes: tuple[tuple[str, str], ...] = ()
    """Keys, and what they bring onto the screen: the first is pressed as soon as something stands
    there, each other one when the one before it has been answered."""

    to_text: tuple[str, ...] = ()
    """Keys from the first screen to an empty text."""

    environ: Mapping[str, str | None] = field(default_factory=dict)

    def start(self) -> Terminal:
        """Start it and wait until it can be used."""
        terminal = Terminal(self.argv, env=self.environ)
        terminal.wait_for(self.ready, limit=60)
        return terminal

    def time_start(self) -> list[float]:
        """Return after how many milliseconds something stood there, and each key was answered.

        A program without probes has one time for all.
        """
        with Terminal(self.argv, env=self.environ) as terminal:
            terminal.wait_for(self.shown or self.ready, limit=60)
            times = [time.perf_counter()]
            for key, text in self.probes:
                terminal.key(key)
                terminal.wait_for(text, limit=60)
                times.append(time.perf_counter())
        return [(at - terminal.started) * 1e3 for at in times]


# -- the programs --------------------------------------------------------------------------------


def own(program: str, home: Path, steps: Sequence[str]) -> Subject:
    """Return the program itself, with a home of its own."""
    environ = {"HOME": str(home), "XDG_DATA_HOME": str(home), "MENTOR_LANG": "da"}
    return Subject(
        "mentor",
        tuple(program.split()),
        "F1 ",
        shown="Maja",
        probes=((DOWN, "▎Emil Holm 1"), (ENTER, "Overblik")),  # the second that `fill` writes
        to_text=tuple(steps),
        environ=environ,
    )


SMALLEST = Subject("textual", PEER, "first line")
"""What starting is held against: an app that shows one line, and imports nothing of ours."""


def peers(folder: Path) -> list[Subject]:
    """Return those of the usual programs that are installed, and Textual's own text area."""
    text = folder / "text.txt"
    text.write_text("klar\n", "utf-8")
    found = [Subject("textual", (*PEER, "text"), "first line", to_text=(DOWN, DOWN))]
    if vim := shutil.which("vim"):
        argv = (vim, "-u", "NONE", "-n", "-N", str(text))
        found.append(Subject("vim", argv, "klar", to_text=("Go",)))
    if nano := shutil.which("nano"):
        found.append(Subject("nano", (nano, "-I", str(text)), "klar", to_text=(DOWN,)))
    if micro := shutil.which("micro"):
        found.append(Subject("micro", (micro, str(text)), "klar", to_text=(DOWN,)))
    return found


# -- the measurements ----------------------------------------------------------------------------


def measure_start(subjects: Sequence[Subject], rounds: int) -> list[Series]:
    """Start each program some times: time, bytes of the first screen, memory.

    Before all of the program is loaded it shows the mentees and moves among them, and keeps what
    else is pressed: all three are told.
    """
    steps = [
        Series("start to the mentees", "ms", limit="<= 1.25 x textual"),
        Series("start to the first arrow's answer", "ms", limit="<= 1.25 x textual"),
        Series("start to the overview of a mentee", "ms"),
    ]
    first = Series("first screen", "bytes", limit="<= 2800")
    memory = Series("peak memory", "MB", limit="<= 1.3 x textual")
    for _ in range(rounds):
        for subject in subjects:
            times = subject.time_start()
            for number, step in enumerate(steps):
                step.add(subject.name, times[min(number, len(times) - 1)])
            with subject.start() as terminal:
                terminal.rest()
                first.add(subject.name, terminal.bytes_out)
                memory.add(subject.name, terminal.peak_memory_mb())
    return [*steps, first, memory]


def measure_typing(subjects: Sequence[Subject], rounds: int) -> list[Series]:
    """Write at the end of a line and inside one."""
    end = Series("letter at the end", "bytes", limit="<= 3.0")
    inside = Series("letter inside a line", "bytes", limit="<= 40")
    times = Series("letter to last byte", "ms", limit="<= 0.7 x textual")
    for _ in range(rounds):
        for subject in subjects:
            with subject.start() as terminal:
                terminal.rest()
                for keys in subject.to_text:
                    terminal.press(keys)
                answers = typed(terminal, TEXT[:60])
                end.add(subject.name, mean(answer.bytes for answer in answers))
                times.add(subject.name, *(a.last_ms for a in answers if a.last_ms is not None))
                for _ in range(30):
                    terminal.press(LEFT, quiet=0.02)
                answers = typed(terminal, TEXT[:10])
                inside.add(subject.name, mean(answer.bytes for answer in answers))
    return [end, inside, times]


def typed(terminal: Terminal, text: str) -> list[Answer]:
    """Type letter by letter, each after the answer to the one before."""
    return [terminal.press(letter, quiet=0.05) for letter in text]


def measure_steps(subject: Subject, rounds: int) -> list[Series]:
    """Walk through the program: the list, a mentee's pages, the plan's grid, a note."""
    down, details = "move in the plan's grid, down", "then: the details of the other task"
    walk: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        ("step in the list, detail included", "<= 150", (DOWN,)),
        ("open a mentee", "<= 2900", (ENTER,)),
        ("page: plan", "", ("2",)),
        ("move in the plan's grid, across", "<= 60", (RIGHT, RIGHT, LEFT, LEFT)),
        (down, "<= 60", (DOWN,)),
        (details, "<= 410", ("",)),
        (down, "<= 60", (DOWN,)),
        (details, "<= 410", ("",)),
        ("page: talks", "", ("3",)),
        ("page: roles", "", ("4",)),
        ("open a note", "", ("n",)),
    )
    amounts = {title: Series(title, "bytes", limit=limit) for title, limit, _keys in walk}
    times = {title: Series(title, "ms") for title, _limit, _keys in walk}
    for _ in range(rounds):
        with subject.start() as terminal:
            terminal.rest()
            for title, _limit, keys in walk:
                for key in keys:
                    # The details wait until the cursor rests: they are told by themselves.
                    answer = terminal.press(key, quiet=0.06 if title == down else 0.3)
                    amounts[title].add(subject.name, answer.bytes)
                    times[title].add(subject.name, answer.last_ms or 0.0)
    return [*amounts.values(), *times.values()]


def measure_escape(subject: Subject, rounds: int) -> list[Series]:
    """Open the help and leave it by Esc: on this machine, over SSH, and within tmux.

    `?` opens it with as much to draw as Esc, which closes it, and is what any other key takes. What
    Esc takes beyond that is the wait for what may belong to it.
    """
    lines: dict[str, dict[str, str | None]] = {
        "over SSH": {"SSH_TTY": "/dev/pts/0"},
        "in tmux": {"SSH_TTY": "/dev/pts/0", "TMUX": "/tmp/tmux,1,0"},
    }
    other = Series("any other key, to the last byte", "ms")
    escapes = {
        "over SSH": Series("Esc over SSH, to the last byte", "ms"),
        "in tmux": Series("Esc in tmux, to the last byte", "ms"),
    }
    for _ in range(rounds):
        for line, environ in lines.items():
            there = replace(subject, environ={**subject.environ, **environ})
            with there.start() as terminal:
                terminal.rest()
                for _ in range(5):
                    opened = terminal.press("?", quiet=0.3)
                    closed = terminal.press(ESC, quiet=0.3)
                    other.add(subject.name, opened.last_ms or 0.0)
                    escapes[line].add(subject.name, closed.last_ms or 0.0)
    return [other, *escapes.values()]


def measure_idle(subject: Subject, seconds: float) -> Series:
    """Wait on every screen that the keys lead to. A talk's minutes may tick in the meantime."""
    idle = Series(f"idle for {seconds:.0f} s, every screen", "bytes", limit="0")
    with subject.start() as terminal:
        for key in EVERY_SCREEN:
            terminal.press(key, quiet=0.7)
            if key != ESC:
                idle.add(subject.name, terminal.idle(seconds))
    return idle


def measure_sizes(
    make: Callable[[Path], Subject], folder: Path, sizes: Sequence[int], rounds: int
) -> list[Series]:
    """Start on record files of several sizes, and step in the list."""
    out = []
    for size in sizes:
        home = folder / f"size-{size}"
        home.mkdir()
        fill(home / "mentor.json", size)
        subject = make(home / "mentor.json")
        start, step = Series(f"start, {size} mentees", "ms"), Series(f"step, {size} mentees", "ms")
        memory = Series(f"memory, {size} mentees", "MB")
        for _ in range(rounds):
            with subject.start() as terminal:
                start.add("mentor", (time.perf_counter() - terminal.started) * 1e3)
                terminal.rest()
                for _ in range(5):
                    step.add("mentor", terminal.press(DOWN, quiet=0.3).last_ms or 0.0)
                memory.add("mentor", terminal.peak_memory_mb())
        out += [start, step, memory]
    return out


def measure_command(program: str, path: Path, rounds: int) -> Series:
    """Write a note from the command line, as a whole process, in turn with the smallest app."""
    series = Series("a note on the command line", "ms", limit="<= 0.5 x textual's start")
    argv = [*program.split()[:1], "--file", str(path), "note", "Maja Holm 0", "tekst"]
    for _ in range(rounds):
        before = time.perf_counter()
        subprocess.run(argv, capture_output=True, check=True)
        series.add("mentor", (time.perf_counter() - before) * 1e3)
        series.add(SMALLEST.name, SMALLEST.time_start()[0])
    return series


def compile_all() -> None:
    """Have the program's bytecode ready, as that of installed packages is."""
    for folder in ("data", "widgets", "screens", "tui", "tests"):
        compileall.compile_dir(ROOT / folder, quiet=1)


def _first_bytes(program: Subject) -> float:
    with program.start() as terminal:
        terminal.rest()
        return terminal.bytes_out


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    mentor = str(Path(sys.executable).with_name("mentor"))
    parser.add_argument("--program", default=f"{mentor} demo", help="what to start")
    parser.add_argument("--to-text", nargs="*", default=["n"], help="keys that lead to a text")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--idle", type=float, default=10.0, help="seconds on each screen")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10, 100, 1000])
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = own(options.program, folder, options.to_text)
        subjects = [program, *peers(folder)]

        def on_file(path: Path) -> Subject:
            subject = own(options.program.split()[0], path.parent, options.to_text)
            return replace(subject, environ={**subject.environ, "MENTOR_FILE": str(path)})

        fill(folder / "thirty.json", 30)
        compile_all()
        *starts, first, memory = measure_start(
            [on_file(folder / "thirty.json"), SMALLEST, *subjects[2:]], options.rounds
        )
        demo = [_first_bytes(program) for _ in range(3)]
        first.values["mentor"] = demo
        measured = [
            *starts,
            first,
            memory,
            *measure_typing(subjects, max(2, options.rounds // 2)),
        ]
        measured += measure_steps(program, max(2, options.rounds // 2))
        measured += measure_escape(program, max(2, options.rounds // 2))
        measured.append(measure_idle(program, options.idle))
        measured.append(measure_command(options.program, folder / "thirty.json", options.rounds))
        measured += measure_sizes(on_file, folder, options.sizes, 3)
    for line in [*heading(), *table(measured, [subject.name for subject in subjects])]:
        print(line)


if __name__ == "__main__":
    main()
