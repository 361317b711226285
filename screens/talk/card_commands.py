"""Commands of the card over the fields: the short talk, more questions, the sparring culture."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from data.i18n import N_, _
from screens.dialogs.pick import Item, PickDialog
from screens.frame.base import BaseScreen
from screens.frame.commands import Commands
from screens.library.culture import CultureScreen
from screens.talk.desk import TalkDesk
from screens.talk.pane import StepPane


class CardCommands(Commands):
    """What the card offers: on the opening card the talk's frame, on others more to ask."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "do('more')", N_("More questions"), show=False, priority=True),
        Binding("ctrl+r", "do('short')", N_("Short talk"), priority=True),
    ]

    def __init__(self, screen: BaseScreen[None], desk: TalkDesk, pane: StepPane) -> None:
        """`screen` is the one over which others are opened."""
        self._screen = screen
        self._desk = desk
        self._pane = pane

    def offers(self, name: str) -> bool:
        """Offer what belongs to the opening card only there."""
        return name in ("more", "probes", "whole") or self._pane.step.base == "frame"

    async def more(self) -> None:
        """Offer what else can be asked or read at this step, and do what is chosen."""
        names = {
            "frame": (
                ("frame", _("What we have agreed on")),
                ("culture", _("Our sparring culture")),
            ),
            "wellbeing": (("pulse", _("Wellbeing: 3 short answers")),),
        }.get(self._pane.step.base, ())
        if self._pane.step.base != "frame":
            probes = _("Hide the open questions") if self._pane.probing else _("Open questions")
            names = (("probes", probes), *names)
        if self._pane.cut:
            names = (*names, ("whole", _("Read the whole text above")))
        if self._pane.step.base != "frame":
            names = (*names, ("ask", _("Ask another question")))
        items = [Item(name, label) for name, label in names]
        dialog = PickDialog(_("More questions"), items)
        picked = await self._screen.app.push_screen_wait(dialog)
        if picked is not None:
            self._screen.action_do(picked.id)

    def whole(self) -> None:
        """Read the whole card, which has no room for all that it says."""
        # loaded when first opened
        from screens.talk.card import rail_title
        from screens.talk.whole_card import WholeCard

        pane = self._pane
        title = rail_title(self._desk.flow, pane.step)
        self._screen.app.push_screen(WholeCard(title, pane.cut))

    def frame(self) -> None:
        """Read what was agreed on about working together, or make the proposal one's own."""
        from screens.mentee.expectations import ExpectationsScreen  # loaded when first opened

        self._screen.app.push_screen(ExpectationsScreen(self._screen.context, self._desk.mentee_id))

    def probes(self) -> None:
        """Show open questions to go on with, or the hint again."""
        self._pane.probing = not self._pane.probing
        self._pane.show_records()

    def short(self) -> None:
        """Have the short talk, or the whole one again."""
        self._desk.edit_talk(_("Short talk"), short=not self._desk.talk.short)
        self._screen.show_records()

    def culture(self) -> None:
        """Read the team's sparring culture together (R42)."""
        self._screen.app.push_screen(CultureScreen(self._screen.context, self._desk.mentee_id))
