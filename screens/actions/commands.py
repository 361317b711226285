"""What can be made of a doubt or question that has been answered."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from data.clock import now
from data.i18n import N_, _
from data.method.doubts import is_answered
from data.method.talk.make_of import Thing
from data.method.talk.outcomes import to_tip
from data.records import Note
from screens.dialogs.make_of import ask_thing
from screens.frame.commands import Commands
from screens.mentee.grid import GridScreen
from screens.mentee.listed_commands import ListedCommands


class DoubtCommands(Commands):
    """The command on the doubt or question under the cursor."""

    KEYS: ClassVar[list[BindingType]] = [Binding("f3", "do('tip')", N_("Make it a tip"))]

    def __init__(self, screen: GridScreen, listed: ListedCommands) -> None:
        self._screen = screen
        self._listed = listed

    def offers(self, name: str) -> bool:
        """Offer to make a tip only of a doubt that has been answered (R85)."""
        record = self._listed.record
        return isinstance(record, Note) and is_answered(record)

    async def tip(self) -> None:
        """Make a tip of an answered doubt."""
        record = self._listed.record
        if not isinstance(record, Note):
            return
        if not record.answer.strip():
            self._screen.say(_("The tip is the answer: write it first with e"))
        elif await ask_thing(self._screen, (Thing.TIP,), record.answer):
            self._screen.commit([to_tip(record, now())], _("Make it a tip"))
            said = _("Saved as a tip in your notes; share it in the library (b on the home screen)")
            self._screen.say(said)
