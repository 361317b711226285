"""A whole talk that has ended, as a page to read, in the words in which it was asked."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.i18n import N_, _
from data.method.talk.flow import TalkFlow
from data.queries.views import mentee_view, talk_words
from data.records import Talk
from screens.documents.page import WRITE
from screens.frame.base import BaseScreen
from screens.frame.commands import Commands
from screens.frame.context import Context
from screens.frame.proposed import Proposed
from screens.frame.reading import BACK
from screens.frame.title import Title
from screens.talk.corrections import Corrections
from screens.talk.whole_talk import passages
from widgets.passages import PassagePane


class TalkReadScreen(BaseScreen[None]):
    """A whole talk that has ended; it can be corrected here. What is written is its summary."""

    HELP_TOPIC = "talks"
    BINDINGS: ClassVar[list[BindingType]] = [
        *Corrections.KEYS,
        Binding("S", "do('summary')", N_("Summary for the mentee")),
        WRITE,
        BACK,
    ]

    def __init__(
        self, context: Context, talk_id: str, *, just_held: bool = False, begin_at: str = ""
    ) -> None:
        """Make the screen.

        Args:
            context: The store, the settings and the reader.
            talk_id: The talk.
            just_held: The talk has just ended, which is to be said.
            begin_at: Id of the answer to begin at; "" for the top of the page.
        """
        super().__init__(context)
        self.talk_id = talk_id
        self.renewal.about = self.standing_on()[0]
        self._begin_at = begin_at
        self._just_held = just_held
        self.pane = PassagePane()
        self._corrections = Corrections(self, self.pane, talk_id)
        self.commands = (self._corrections, _ToSummary(self), *self.commands)

    def body(self) -> ComposeResult:
        """Lay the text."""
        yield self.pane

    def on_mount(self) -> None:
        """Say that the talk is held, when it has just ended; begin at the answer asked for."""
        super().on_mount()
        self.pane.focus()
        if self._begin_at:
            self.call_after_refresh(self.pane.mark, f"answer:{self._begin_at}")
        talk = self.talk
        if self._just_held and talk is not None:
            said = _("Talk {number} held and saved; S shows the summary")
            self.say(said.format(number=talk.number))

    @property
    def talk(self) -> Talk | None:
        """The talk as the store has it now; None once somebody has deleted it."""
        return self.store.get(Talk, self.talk_id)

    @property
    def flow(self) -> TalkFlow | None:
        """The talk with its records, as they may be seen now; None once it is deleted."""
        talk = self.talk
        mentee = self.context.mentee(talk.mentee_id) if talk else None
        if talk is None or mentee is None:
            return None
        flow = TalkFlow(mentee_view(self.store, mentee), talk, talk_words(self.store, talk))
        return flow.seen_by(self.context.reader)

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee."""
        talk = self.talk
        return (talk.mentee_id, "") if talk else ("", "")

    def proposed(self) -> Proposed:
        """Return the summary of the talk, for `w`: what of it may leave the program."""
        return Proposed("summary", self.standing_on()[0], self.talk_id)

    def headline(self) -> Title:
        """Return whose talk it is, and which."""
        flow = self.flow
        if flow is None:
            return Title("")
        number = _("Talk {number}").format(number=flow.talk.number)
        name = flow.view.mentee.name
        return Title(f"{name} · {number}", about=name, place=number)

    def show_records(self) -> None:
        """Show the talk in the parts that can be corrected."""
        flow = self.flow
        if flow is not None:
            self.pane.show_passages(passages(flow, earlier=self._corrections.shows_earlier))


class _ToSummary(Commands):
    """Opens the summary of the talk."""

    def __init__(self, screen: TalkReadScreen) -> None:
        self._screen = screen

    def summary(self) -> None:
        """Show the summary for the mentee."""
        from screens.talk.papers import SummaryScreen  # loaded when first opened

        self._screen.app.push_screen(SummaryScreen(self._screen.context, self._screen.talk_id))
