"""What editors say: how a text is understood, and that an edit has ended.

Those who listen load no editor: a screen opens without any.
"""

from __future__ import annotations

from textual.message import Message


class Understood(Message):
    """Says how the text typed so far is understood, or what is wrong with it."""

    def __init__(self, text: str, problem: bool = False) -> None:
        """Make the message.

        Args:
            text: What to tell the user; "" if there is nothing to tell.
            problem: Whether it says that something is wrong.
        """
        super().__init__()
        self.text = text
        self.problem = problem


class Finished(Message):
    """Posted when the user has finished an edit that is to be saved."""

    def __init__(self, text: str, onward: bool) -> None:
        """Make the message.

        Args:
            text: What was typed, or the value that was chosen.
            onward: Whether to go on editing the next cell.
        """
        super().__init__()
        self.text = text
        self.onward = onward


class Abandoned(Message):
    """Posted when the user has given up an edit; the cell keeps what it held."""
