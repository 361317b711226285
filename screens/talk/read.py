"""Texts about one talk to read: an ended talk, its summary for the mentee, the sheet before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.clock import today
from data.dates import show_date, show_weekday
from data.i18n import N_, _
from data.method.talk.flow import FlowStep, TalkFlow, is_said, said
from data.method.talk.heaps import Heap, heap_word, items
from data.method.talk.outcomes import apart
from data.method.talk.summary import edit_text, prep_sheet, summary
from data.method.talk.wellbeing import pulse_lines
from data.method.view import held_on
from data.method.visibility import Reader, hidden, is_private
from data.method.words import word
from data.queries.views import mentee_view, talk_words
from data.records import Action, ActionState, Answer, Talk
from data.store.change import Change
from screens.dialogs.pick import Item, PickDialog
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.title import Title
from screens.frame.written import write_text
from screens.talk.since import if_then_text
from widgets.glyphs import glyphs
from widgets.reading import HEADING, PLAIN, QUIET, ReadingPane

Part = tuple[str, str]


def talk_parts(flow: TalkFlow) -> list[Part]:
    """Return all of a talk to read, worded as it was asked; `flow` holds what may be seen."""
    parts = [*_head(flow)]
    for step in flow.steps:
        parts += _step_parts(flow, step)
    for title, lines in _sections(flow):
        if lines:
            parts += [(PLAIN, ""), (HEADING, title), *((PLAIN, f"  {line}") for line in lines)]
    return parts


def _head(flow: TalkFlow) -> Iterator[Part]:
    talk = flow.talk
    on = held_on(talk)
    facts = [word(talk.state)]
    if on:
        facts.append(f"{show_weekday(on)} {show_date(on)}")
    if talk.started_at and talk.ended_at:
        minutes = round((talk.ended_at - talk.started_at).total_seconds() / 60)
        facts.append(_("{minutes} min").format(minutes=minutes))
    yield HEADING, _("Talk {number}").format(number=talk.number)
    yield QUIET, glyphs(" · ").join(facts)
    tasks = [task.title for id in talk.task_ids if (task := flow.view.task(id))]
    if tasks:
        yield QUIET, _("Tasks: {names}").format(names=", ".join(tasks))


def _step_parts(flow: TalkFlow, step: FlowStep) -> Iterator[Part]:
    own = flow.answer(step.key)
    parts = [(step.question or step.title, own)] if own else []
    parts += [
        (answer.question, answer)
        for key, answer in flow.answers.items()
        if key.startswith(f"{step.key}:") and flow.step(key) is None
    ]
    for question, answer in parts:
        yield from _answer_parts(flow, step, question, answer)


def _answer_parts(flow: TalkFlow, step: FlowStep, question: str, answer: Answer) -> Iterator[Part]:
    mentee, mentor = said(answer.mentee, step.words), said(answer.mentor, step.words)
    if not (mentee or mentor or answer.examples or answer.pulse):
        return
    yield PLAIN, ""
    yield HEADING, question
    about = [answer.task_id, *answer.task_ids]
    tasks = [task.title for id in dict.fromkeys(about) if (task := flow.view.task(id))]
    quiet = [_("private")] if is_private(answer) else []
    if tasks and tasks[0] not in question:
        quiet.append(_("About: {tasks}").format(tasks=", ".join(tasks)))
    if quiet:
        yield QUIET, glyphs(" · ").join(quiet)
    mentor_label = _("What I learned as mentor") if step.base == "close" else _("Mentor's words")
    for label, text in ((_("Mentee's words"), mentee), (mentor_label, mentor)):
        if rest := apart(text, answer.examples):
            yield QUIET, label
            yield PLAIN, rest
    for example in answer.examples:
        yield PLAIN, f"  + {example}"
    for line in pulse_lines(answer.pulse):
        yield PLAIN, f"  {line}"


def _sections(flow: TalkFlow) -> Iterator[tuple[str, list[str]]]:
    view, talk = flow.view, flow.talk
    found = items(view, talk)
    for heap in Heap:
        yield heap_word(heap), [item.text for item in found if item.heap is heap]
    lines = [if_then_text(one) for one in view.intents if one.talk_id == talk.id]
    yield _("Next time"), lines
    yield _("Changed in the plan"), [edit_text(edit, view) for edit in talk.plan_edits]
    yield _("Agreed"), [_action_text(flow, one) for one in view.actions if one.talk_id == talk.id]
    ticked = [aim.text for aim in flow.words.aims if aim.key in talk.aims]
    yield _("Aims reached"), ticked
    if talk.next_on:
        yield _("Next talk"), [f"{show_weekday(talk.next_on)} {show_date(talk.next_on)}"]
    elif talk.no_next:
        yield _("Next talk"), [_("none, by choice")]


def _action_text(flow: TalkFlow, action: Action) -> str:
    state = "" if action.state is ActionState.OPEN else word(action.state).lower()
    about = [flow.view.name_of(action.who), show_date(action.due), state]
    tail = ", ".join(part for part in about if part)
    return f"{action.what} ({tail})" if tail else action.what


class TalkTextScreen(BaseScreen[None]):
    """A text about one talk; `s` writes it to a file of one's own."""

    HELP_TOPIC = "talks"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", N_("Back")),
        Binding("w", "write", N_("Write to a file")),
    ]

    FILE = ""
    """What the file is called, besides the talk's number."""

    def __init__(self, context: Context, talk_id: str) -> None:
        super().__init__(context)
        self.talk_id = talk_id
        self.pane = ReadingPane()

    def body(self) -> ComposeResult:
        """Lay the text."""
        yield self.pane

    def on_mount(self) -> None:
        """Reading begins at once."""
        super().on_mount()
        self.pane.focus()

    @property
    def flow(self) -> TalkFlow | None:
        """The talk with its records, as they may be seen now."""
        talk = self.store.get(Talk, self.talk_id)
        mentee = self.context.mentee(talk.mentee_id) if talk else None
        if talk is None or mentee is None:
            return None
        flow = TalkFlow(mentee_view(self.store, mentee), talk, talk_words(self.store))
        return flow.seen_by(self.context.reader)

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee."""
        talk = self.store.get(Talk, self.talk_id)
        return (talk.mentee_id, "") if talk else ("", "")

    def headline(self) -> Title:
        """Return whose talk it is."""
        flow = self.flow
        if flow is None:
            return Title("")
        number = _("Talk {number}").format(number=flow.talk.number)
        return Title(f"{flow.view.mentee.name} · {number}")

    def parts(self, flow: TalkFlow) -> list[Part]:
        """Return what is shown."""
        return [(PLAIN, self.text(flow))]

    def text(self, flow: TalkFlow) -> str:
        """Return what goes into the file."""
        raise NotImplementedError

    def show_records(self) -> None:
        """Show the text."""
        flow = self.flow
        if flow is not None:
            self.pane.show(self.parts(flow))

    def action_write(self) -> None:
        """Write the text to a file that only its owner can read, and say where."""
        flow = self.flow
        if flow is not None:
            write_text(self, self.file_name(flow), self.text(flow.seen_by(Reader.WRITTEN)))

    def file_name(self, flow: TalkFlow) -> str:
        """Return what the file is called, before it is made fit for a file's name."""
        return f"{flow.view.mentee.name}-{self.FILE}-{flow.talk.number}"


class SummaryScreen(TalkTextScreen):
    """The summary for the mentee: never empty, never private."""

    FILE = "summary"

    def text(self, flow: TalkFlow) -> str:
        """Return the summary."""
        return summary(flow.view, flow.talk, flow.words)


class PreparationScreen(TalkTextScreen):
    """The sheet that the mentee prepares with."""

    FILE = "preparation"

    def text(self, flow: TalkFlow) -> str:
        """Return the sheet."""
        return prep_sheet(flow.view, flow.talk, flow.words)

    def action_write(self) -> None:
        """Write the sheet to a file; the talk is prepared from today."""
        super().action_write()
        talk = self.store.get(Talk, self.talk_id)
        if talk is not None and talk.prepared_on is None:
            what = _("Talk {number} prepared").format(number=talk.number)
            self.commit([Change.edited(talk, prepared_on=today())], what)


def _private_words(flow: TalkFlow) -> bool:
    """Whether the reader of the page sees words that no file may hold unasked."""
    return any(is_said(one) for one in hidden(flow.answers.values(), Reader.WRITTEN))


class TalkReadScreen(TalkTextScreen):
    """An ended talk, with the wording asked then."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "summary", N_("Summary for the mentee")),
    ]

    FILE = "talk"

    def __init__(self, context: Context, talk_id: str, *, just_held: bool = False) -> None:
        super().__init__(context, talk_id)
        self._just_held = just_held

    def on_mount(self) -> None:
        """Say that the talk is held, when it has just ended."""
        super().on_mount()
        flow = self.flow
        if self._just_held and flow is not None:
            self.say(
                _("Talk {number} is held and saved; s shows the summary").format(
                    number=flow.talk.number
                )
            )

    def parts(self, flow: TalkFlow) -> list[Part]:
        """Return the whole talk."""
        return talk_parts(flow)

    def text(self, flow: TalkFlow) -> str:
        """Return the whole talk as plain text."""
        return "\n".join(text for _kind, text in talk_parts(flow)) + "\n"

    def action_write(self) -> None:
        """Write the talk to a file; what is private only where that is chosen, and then said."""
        flow = self.flow
        if flow is not None and _private_words(flow):
            self._ask_what_to_write(flow)
        else:
            super().action_write()

    @work
    async def _ask_what_to_write(self, flow: TalkFlow) -> None:
        dialog = PickDialog(
            _("Write the talk to a file"),
            [
                Item("open", _("Without private answers")),
                Item("all", _("With private answers"), _("for the mentor alone")),
            ],
        )
        picked = await self.app.push_screen_wait(dialog)
        if picked is not None and picked.id == "all":
            first = _("Contains private answers. For the mentor alone.")
            text = f"{first}\n\n{self.text(flow)}"
            write_text(self, f"{self.file_name(flow)}-private", text)
        elif picked is not None:
            super().action_write()

    def action_summary(self) -> None:
        """Show the summary for the mentee."""
        self.app.push_screen(SummaryScreen(self.context, self.talk_id))
