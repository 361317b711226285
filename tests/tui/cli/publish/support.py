"""What the tests of `mentor publish` ask of a file and of the computer."""

from __future__ import annotations

import grp
import os
from pathlib import Path

from data.logins import user_name
from data.published.schema import Published

SECRET = "noget helt hemmeligt"


def beside(file: Path) -> Path:
    return file.with_name("published.json")


def a_group() -> str:
    """The name of a group that whoever runs the tests is in."""
    return grp.getgrgid(os.getegid()).gr_name


def numbers(published: Published) -> list[int | str]:
    return [one.who for one in published.mentees]


def login() -> str:
    return user_name(os.geteuid())
