"""Another program of this computer, such as `lp` or `crontab`: it is given bytes, and answers.

It may be a part of this one, in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

from data.i18n import _
from data.text import first_line


def answer_of(
    command: Sequence[str],
    given: bytes = b"",
    *,
    seconds: float,
    silent: Exception,
    refused: Callable[[OSError], Exception],
    environ: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a program, without a shell, and return how it ended and what it said.

    Args:
        command: The program and its arguments, which everybody on the computer can see.
        given: What it reads from its standard input.
        seconds: For how long it may say nothing.
        silent: What is raised where it takes longer.
        refused: Makes what is raised where the system does not run it.
        environ: Its environment; None for this process's own.
    """
    try:
        return subprocess.run(
            command,
            input=given,
            capture_output=True,
            check=False,
            timeout=seconds,
            env=dict(environ) if environ is not None else None,
        )
    except subprocess.TimeoutExpired as slow:
        raise silent from slow
    except OSError as error:
        raise refused(error) from error


def why_it_failed(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the first line of what a program said that did not do it; else its status."""
    said = first_line((done.stderr or done.stdout).decode(errors="replace").strip())
    return said or _("status {number}").format(number=done.returncode)


def code_of(module: str) -> str:
    """Return what Python is given to run `main` of a module of this program.

    Its rooms and what it depends on need not be where Python looks by itself, so it looks where
    this process does, wherever the program was installed.
    """
    return f"import sys; sys.path[:] = {sys.path!r}; from {module} import main; main()"


def in_this_python(module: str) -> list[str]:
    """Return the words that run `main` of a small module of this program, in its own process.

    Nothing is loaded for it that the module does not import itself, nor written beside it.
    """
    return [sys.executable, "-ISB", "-c", code_of(module)]
