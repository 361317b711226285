"""What a screen or a dialog says of the place where the keys go, to those who do not see it."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from textual.screen import Screen
from textual.widgets import Static

from widgets.spoken import Speaks, Spoken, listed


@runtime_checkable
class Names(Protocol):
    """Something that holds a widget and knows what it is about: a form, a step of a talk."""

    def names(self, spoken: Spoken) -> Spoken:
        """Return what the widget says, with what it is."""


def spoken_on(screen: Screen[Any]) -> Spoken:
    """Return what is said of the place where the keys go: of the focus, by all that it stands in.

    Where nothing has the focus it is all that the screen says.
    """
    focused = screen.focused
    around = [screen] if focused is None else focused.ancestors_with_self
    speaks = next((node for node in around if isinstance(node, Speaks)), None)
    spoken = speaks.spoken() if speaks is not None else Spoken(_all_texts(screen))
    for node in around:
        if isinstance(node, Names):
            spoken = node.names(spoken)
    return spoken


def _all_texts(screen: Screen[Any]) -> str:
    """Return the texts of a screen on which nothing has the focus."""
    texts = (str(one.content) for one in screen.query(Static) if one.display)
    return listed([" ".join(text.split()) for text in texts])
