"""Questions at the command line: one answered by yes or no, and one for what is not given."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

import click

from data.i18n import _
from data.text import spelling_key
from tui.cli.base import say_wrapped
from tui.cli.call import Problem

T = TypeVar("T")


def sure(question: str) -> bool:
    """Ask, and return whether the answer is yes; where the input ends, it is no."""
    say_wrapped(question)
    while True:
        click.echo(_("Yes or no") + ": ", nl=False)
        line = sys.stdin.readline()
        answer = spelling_key(line.strip())
        if not line or (answer and spelling_key(_("no")).startswith(answer)):
            return False
        if answer and spelling_key(_("yes")).startswith(answer):
            return True
        say_wrapped(_("Write yes or no."))


def asked(question: str, read: Callable[[str], T], given_up: str) -> T:
    """Ask until `read` accepts what is typed, and return what it reads.

    It raises `Problem` for what it does not accept; where the input ends, `given_up` is raised so.
    """
    while True:
        click.echo(f"{question}: ", nl=False)
        line = sys.stdin.readline()
        if not line:
            click.echo()
            raise Problem(given_up)
        try:
            return read(line.strip())
        except Problem as problem:
            say_wrapped(str(problem))
