"""Screens that show a text about one talk: an ended talk, its summary, the preparation sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.clock import today
from data.frozen import immutable
from data.i18n import N_, _
from data.method.talk.flow import TalkFlow, is_said
from data.method.talk.summary import prep_sheet, summary
from data.method.visibility import Reader, hidden
from data.queries.views import mentee_view, talk_words
from data.records import Talk
from data.store.change import Change
from screens.dialogs.pick import Item, PickDialog
from screens.frame.base import BaseScreen
from screens.frame.commands import Commands
from screens.frame.context import Context
from screens.frame.title import Title
from screens.frame.written import write_text
from screens.talk.corrections import Corrections
from screens.talk.whole_talk import Paragraph, passages, whole_talk
from widgets.passages import PassagePane
from widgets.reading import PLAIN, QUIET, ReadingPane


@immutable
class TalkText:
    """A text about a talk. Its functions get the talk as the reader may see it."""

    name: str
    """What a file with this text is called, between the mentee's name and the talk's number: a
    message to be translated."""
    plain: Callable[[TalkFlow], str]
    """Returns what is written to a file."""
    page: Callable[[TalkFlow], Sequence[Paragraph]]
    """Returns what the screen shows."""


def _plain_text(name: str, plain: Callable[[TalkFlow], str]) -> TalkText:
    """Return a text that the screen shows as it is written to a file."""
    return TalkText(name, plain, lambda flow: [(PLAIN, plain(flow))])


def _summary_page(flow: TalkFlow) -> Sequence[Paragraph]:
    """Return the summary as the screen shows it: first what is not in it, whatever was said."""
    left_out = _("Left out: what is private, and what the mentor learned.")
    return [(QUIET, left_out), (PLAIN, summary(flow.view, flow.talk, flow.words))]


SUMMARY = TalkText(
    N_("Summary"), lambda flow: summary(flow.view, flow.talk, flow.words), _summary_page
)
PREPARATION = _plain_text(
    N_("Preparation"), lambda flow: prep_sheet(flow.view, flow.talk, flow.words)
)
WHOLE = TalkText(
    N_("Talk"), lambda flow: "\n".join(text for _kind, text in whole_talk(flow)) + "\n", whole_talk
)


class TalkTextScreen(BaseScreen[None]):
    """Shows a text about one talk, and writes it to a file."""

    HELP_TOPIC = "talks"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", N_("Back")),
        Binding("w", "do('write')", N_("Save to file")),
    ]

    def __init__(self, context: Context, talk_id: str, text: TalkText) -> None:
        super().__init__(context)
        self.talk_id = talk_id
        self.renewal.about = self.standing_on()[0]
        self.text = text
        self.pane: ReadingPane = ReadingPane()
        self.commands = (WriteText(self), *self.commands)

    def body(self) -> ComposeResult:
        """Lay the text."""
        yield self.pane

    def on_mount(self) -> None:
        """Give the text the focus, so that it can be scrolled at once."""
        super().on_mount()
        self.pane.focus()

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
        flow = TalkFlow(mentee_view(self.store, mentee), talk, talk_words(self.store))
        return flow.seen_by(self.context.reader)

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee."""
        talk = self.talk
        return (talk.mentee_id, "") if talk else ("", "")

    def headline(self) -> Title:
        """Return whose talk it is, and which."""
        flow = self.flow
        if flow is None:
            return Title("")
        number = _("Talk {number}").format(number=flow.talk.number)
        return Title(f"{flow.view.mentee.name} · {number}")

    def show_records(self) -> None:
        """Show the text."""
        flow = self.flow
        if flow is not None:
            self.pane.show(self.text.page(flow))


class WriteText(Commands):
    """Writes the text of the screen to a file that only its owner can read, and says where."""

    def __init__(self, screen: TalkTextScreen) -> None:
        self._screen = screen

    def write(self) -> None:
        """Write the text without what is private."""
        flow = self._screen.flow
        if flow is not None:
            plain = self._screen.text.plain(flow.seen_by(Reader.WRITTEN))
            write_text(self._screen, self._file_name(flow), plain)

    def _file_name(self, flow: TalkFlow) -> str:
        """Return what the file is called; `write_text` makes it fit for a file system."""
        return f"{flow.view.mentee.name}-{_(self._screen.text.name)}-{flow.talk.number}"


class SummaryScreen(TalkTextScreen):
    """The summary for the mentee: never empty, never private."""

    def __init__(self, context: Context, talk_id: str) -> None:
        super().__init__(context, talk_id, SUMMARY)


class PreparationScreen(TalkTextScreen):
    """The sheet that the mentee prepares with."""

    def __init__(self, context: Context, talk_id: str) -> None:
        super().__init__(context, talk_id, PREPARATION)
        self.commands = (_WriteSheet(self), *self.commands)


class _WriteSheet(WriteText):
    """The talk counts as prepared once its sheet has been written to a file."""

    def write(self) -> None:
        """Write the sheet to a file, and keep that the talk was prepared today."""
        super().write()
        talk = self._screen.talk
        if talk is not None and talk.prepared_on is None:
            what = _("Talk {number} prepared").format(number=talk.number)
            self._screen.commit([Change.edited(talk, prepared_on=today())], what)


class TalkReadScreen(TalkTextScreen):
    """A whole talk that has ended, in the words in which it was asked; it can be corrected here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *Corrections.KEYS,
        Binding("S", "do('summary')", N_("Summary for the mentee")),
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
        super().__init__(context, talk_id, WHOLE)
        self._begin_at = begin_at
        self._just_held = just_held
        self.pane = self.passages = PassagePane()
        self._corrections = Corrections(self, self.passages, talk_id)
        self.commands = (self._corrections, _WriteWhole(self), *self.commands)

    def show_records(self) -> None:
        """Show the talk in the parts that can be corrected."""
        flow = self.flow
        if flow is not None:
            self.passages.show_passages(passages(flow, earlier=self._corrections.shows_earlier))

    def on_mount(self) -> None:
        """Say that the talk is held, when it has just ended; begin at the answer asked for."""
        super().on_mount()
        if self._begin_at:
            self.call_after_refresh(self.passages.mark, f"answer:{self._begin_at}")
        talk = self.talk
        if self._just_held and talk is not None:
            said = _("Talk {number} held and saved; S shows the summary")
            self.say(said.format(number=talk.number))


class _WriteWhole(WriteText):
    """Writes the whole talk, with what is private only where that is chosen; opens its summary."""

    def summary(self) -> None:
        """Show the summary for the mentee."""
        self._screen.app.push_screen(SummaryScreen(self._screen.context, self._screen.talk_id))

    def write(self) -> None:
        """Write the talk to a file; ask first whether with what is private, where there is any."""
        flow = self._screen.flow
        if flow is not None and _has_private_words(flow):
            self._screen.run_worker(self._ask_and_write(flow))
        else:
            super().write()

    async def _ask_and_write(self, flow: TalkFlow) -> None:
        dialog = PickDialog(
            _("Save the talk to a file"),
            [
                Item("open", _("Without private answers")),
                Item("all", _("With private answers"), _("for the mentor only")),
            ],
        )
        picked = await self._screen.app.push_screen_wait(dialog)
        if picked is not None and picked.id == "all":
            first = _("Contains private answers. For the mentor only.")
            text = f"{first}\n\n{self._screen.text.plain(flow)}"
            write_text(self._screen, f"{self._file_name(flow)}-{_('private')}", text)
        elif picked is not None:
            super().write()


def _has_private_words(flow: TalkFlow) -> bool:
    """Return whether the page shows words that no file may hold without being asked about."""
    return any(is_said(one) for one in hidden(flow.answers.values(), Reader.WRITTEN))
