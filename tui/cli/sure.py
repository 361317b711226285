"""A question at the command line that is answered by yes or no."""

from __future__ import annotations

import sys

import click

from data.i18n import _
from data.text import spelling_key
from tui.cli.base import say_wrapped


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
