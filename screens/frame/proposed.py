"""Which document `w` proposes to write on a screen."""

from __future__ import annotations

from typing import ClassVar, Final, NamedTuple, Protocol, runtime_checkable

PAGE: Final = "page"
"""In place of a kind: the text that the screen shows, which is about nobody."""
SHOWN: Final = "shown"
"""In place of a kind: the document that the screen shows, which is made of no record here."""
BLANK: Final = "blank:"
"""In place of a kind, before its key: its blank form."""


class Proposed(NamedTuple):
    """A document that a screen proposes; the user may choose another one."""

    what: str = ""
    """The key of a kind of document; "" if the screen has none of its own."""
    mentee_id: str = ""
    """The mentee that documents can be about; "" for none."""
    talk_id: str = ""
    """The talk that documents can be about; "" for the one that the kind takes by itself."""


class Standing(Protocol):
    """What is asked of a screen: its own document, and what the cursor stands on."""

    DOCUMENT: ClassVar[str]

    def standing_on(self) -> tuple[str, str]:
        """Return the ids of the mentee and the task that the cursor stands on, or ""."""


@runtime_checkable
class Proposes(Protocol):
    """A screen that says by itself which document, as one about a talk does."""

    def proposed(self) -> Proposed:
        """Return the document that `w` proposes here."""


def proposed_on(screen: Standing) -> Proposed:
    """Return the document that `w` proposes on a screen; an empty one where there is none."""
    if isinstance(screen, Proposes):
        return screen.proposed()
    return Proposed(screen.DOCUMENT, screen.standing_on()[0])
