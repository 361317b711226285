"""What every screen is given: the store and how this session wants things."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.clock import now
from data.frozen import changing
from data.library.source import in_use
from data.method.visibility import Reader
from data.paths import settings_files
from data.records import Mentee
from data.settings import Settings, SettingsError, save_settings
from data.store.events import Event
from data.store.store import Store

if TYPE_CHECKING:
    from data.workplace.use import InUse

_OF_ONE_RUN = ("search", "talks", "needs")
"""Places whose cursor begins anew with each run: talks begin on the one that is next."""


A_MOMENT = timedelta(minutes=2)
"""For how long after a screen was left its cursor and columns stay where they were."""


@changing
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
    left_at: dict[str, datetime] = field(default_factory=dict)
    """When a screen was left in this session, by its key in `positions`."""
    folder: Path | None = None
    """Where the records lie; the only place for files that hold what users write."""
    file: Path | None = None
    """The record file itself; None where there is none, as in a test of one screen."""
    of_this_run: dict[str, str] = field(default_factory=dict)
    """What the user chose last, by name; it may hold names of people, so no file has it."""
    of_team: bool = False
    """Whether the records are in a team file, which others read too."""
    library: InUse | None = None
    """The library of the workplace, where there is one."""
    has_records: bool = True
    """False where a page of the workplace is all there is: no data file is open, and nothing that
    would be kept in one is offered."""
    manages: Path | None = None
    """The stand-in of the server where the user is a manager, to whom documents are released; None
    where the user is none."""
    coordinates: bool | None = None
    """Whether the user is a coordinator on the server of the records; None where that is not known
    yet, or there is no server."""
    notices: list[str] = field(default_factory=list)
    """What opening the file had to say; shown once on the first screen."""

    @property
    def reader(self) -> Reader:
        """Who looks at the screen now, for `data.method.visibility`."""
        return Reader.SHARED if self.shared_view else Reader.MENTOR

    def mentee(self, mentee_id: str) -> Mentee | None:
        """Return the mentee, or None where somebody else has deleted it."""
        return self.store.get(Mentee, mentee_id)

    def remember(self, **changes: Any) -> str:
        """Change settings and keep them for the next start; return why they could not be kept.

        On the worked example they hold for this session only.
        """
        self.settings = replace(self.settings, **changes)
        if self.demo:
            return ""
        *shared, own = settings_files(os.environ)
        try:
            save_settings(own, self.settings, *shared)
        except SettingsError as problem:
            return str(problem)
        return ""

    def bring_people(self, *, back: bool = False) -> None:
        """Bring the people of the workplace's library among the records, but into no demo.

        `back`: an older version than the last one may change them too.
        """
        if self.file is not None and not self.demo and in_use() is not None:
            # few workplaces have a library
            from data.queries.shared_people import bring_people

            bring_people(self.file, self.store, back=back)

    def left_lately(self, key: str) -> bool:
        """Return whether a screen was left a moment ago, so that its user still has it in mind."""
        left = self.left_at.get(key)
        return left is not None and now() - left < A_MOMENT

    def position(self, key: str) -> tuple[str, str]:
        """Return where the cursor of a screen was left a moment ago; ("", "") after that.

        Then a list opens on what is next, not on what was looked at the last time.
        """
        return self.positions.get(key, ("", "")) if self.left_lately(key) else ("", "")

    def positions_as_text(self) -> Mapping[str, str]:
        """Return the remembered positions as texts for their file."""
        return {
            key: "|".join(place)
            for key, place in self.positions.items()
            if key.partition(":")[0] not in _OF_ONE_RUN
        }

    def forget_for_good(self, event: Event) -> None:
        """Forget where the cursor stood in what was deleted for good: the file is written later."""
        for one in event.for_good:
            for key, place in list(self.positions.items()):
                ids = {*key.split(":"), *place}
                if any(map(one.knows, ids)):
                    del self.positions[key]
                    self.left_at.pop(key, None)

    def take_positions(self, texts: Mapping[str, str]) -> None:
        """Take remembered positions from their file."""
        for key, text in texts.items():
            row, _sep, column = text.partition("|")
            self.positions[key] = (row, column)
