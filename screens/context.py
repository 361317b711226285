"""What every screen is given: the store and how this session wants things."""

from __future__ import annotations

from dataclasses import dataclass, field

from data.settings import Settings

from data.records import Mentee
from data.store import Store


@dataclass
class Context:
    """One per run of the program; screens get it by constructor."""

    store: Store
    settings: Settings
    demo: bool = False
    """On the worked example, in a throw-away copy."""
    shared_view: bool = False
    """Nothing private may be on the screen (F6)."""
    positions: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Where the cursor stood: screen and mentee -> row id and column."""
    notices: list[str] = field(default_factory=list)
    """What opening the file had to say; shown once on the first screen."""

    def mentee(self, mentee_id: str) -> Mentee | None:
        """Return the mentee, or None where somebody else has deleted it."""
        return self.store.get(Mentee, mentee_id)
