"""Another program of this computer, such as `lp` or `crontab`: it is given bytes, and answers."""

from __future__ import annotations

import subprocess
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
