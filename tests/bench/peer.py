"""Textual and nothing else: the smallest app there is, and with `text` one to type in."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult


class Smallest(App[None]):
    """One widget."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        if "text" in sys.argv:
            from textual.widgets import TextArea

            yield TextArea("first line\n")
        else:
            from textual.widgets import Static

            yield Static("first line")


if __name__ == "__main__":
    Smallest().run(mouse=False)
