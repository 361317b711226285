"""Packages that only some features need, and how whoever runs this Python installs one."""

from __future__ import annotations

import shlex
import sys
from typing import Final

BESIDE_DEBIAN: Final = "/usr/local/lib/mentorrollen"
"""The folder that the Debian package searches last: what is installed there is not Debian's."""


def install_command(package: str) -> str:
    """Return the command that installs a package where the program finds it."""
    # only where something is missing
    from importlib.util import find_spec

    python = shlex.quote(sys.executable)
    if BESIDE_DEBIAN in sys.path:
        return f"sudo {python} -m pip install --target {BESIDE_DEBIAN} {package}"
    if find_spec("pip") is None:  # uv makes environments without it
        return f"uv pip install --python {python} {package}"
    return f"{python} -m pip install {package}"
