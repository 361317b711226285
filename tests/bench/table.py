"""Measurements of several programs, and the Markdown table that tells them."""

from __future__ import annotations

import platform
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from statistics import median


@dataclass
class Series:
    """Measurements of one thing, by program."""

    title: str
    unit: str
    values: dict[str, list[float]] = field(default_factory=dict)
    limit: str = ""
    """What it must be, in words."""

    def add(self, subject: str, *values: float) -> None:
        """Add measurements of one program."""
        self.values.setdefault(subject, []).extend(values)

    def ratio(self, subject: str, peer: str) -> float | None:
        """Return how many times a peer's median a program's is."""
        if not self.values.get(subject) or not self.values.get(peer) or subject == peer:
            return None
        other = median(self.values[peer])
        return median(self.values[subject]) / other if other else None


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(measured: Sequence[Series], names: Sequence[str]) -> list[str]:
    """Return the lines of a Markdown table: median and p95 by program, and ratios to the first."""
    first, *others = names
    lines = [
        f"| {' | '.join(['', *names, *(f'/ {name}' for name in others), 'must be'])} |",
        f"|{'---|' * (len(names) + len(others) + 2)}",
    ]
    for series in measured:
        cells = [f"{series.title}, {series.unit}"]
        cells += [_told(series.values.get(name, [])) for name in names]
        ratios = [series.ratio(first, other) for other in others]
        cells += ["" if ratio is None else f"{ratio:.2f}" for ratio in ratios]
        lines.append(f"| {' | '.join([*cells, series.limit])} |")
    return lines


def _told(values: Sequence[float]) -> str:
    if not values:
        return ""
    middle, high = median(values), percentile(values, 0.95)
    digits = 0 if middle >= 100 else 1
    return f"{middle:.{digits}f} ({high:.{digits}f})"


def heading() -> list[str]:
    """Return what the figures depend on."""
    programs = [f"Python {platform.python_version()}", f"Textual {version('textual')}"]
    for name in ("vim", "nano", "micro"):
        if path := shutil.which(name):
            said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
            programs.append(said.stdout.splitlines()[0].strip())
    return [
        f"{datetime.now().astimezone():%Y-%m-%d}, {platform.system()} {platform.machine()}, 80x24,",
        "xterm-256color; " + ", ".join(programs) + ".",
        "Median, and in brackets the 95th percentile.",
        "",
    ]
