"""`mentor completion SHELL`: what a shell is to read so that Tab completes."""

from __future__ import annotations

import click

from data.i18n import _
from tui.cli.base import command
from tui.cli.call import Call
from tui.completion.answer import FOLDER, SHELLS


def completion_command() -> click.Command:
    """Make `mentor completion`."""
    text = _(
        "Show the script with which Tab completes commands, options and names of mentees. "
        'For bash, in ~/.bashrc: eval "$(mentor completion bash)"'
    )
    shell = click.Argument(["shell"], type=click.Choice(SHELLS), metavar="bash|zsh|fish")
    return command("completion", _completion, text, shell)


def _completion(_call: Call, shell: str) -> None:
    click.echo((FOLDER / f"mentor.{shell}").read_text("utf-8"), nl=False)
