"""One step of a talk: its question, its list if it has one, and the words that are said to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message

from data.citizens import hint
from data.i18n import N_, _, language
from data.method.talk.flow import MENTOR_FIRST, FlowStep
from data.queries.own_texts import library_text
from data.text import clean, first_line, line
from screens.library.culture import CULTURE
from screens.talk.card import (
    LIST,
    MENTEE,
    MENTOR,
    card_of,
    fields_of,
    named_step,
    rail_title,
    split_key,
)
from screens.talk.close import CloseList
from screens.talk.desk import TalkDesk
from screens.talk.plan import TalkPlan
from screens.talk.since import SinceList
from screens.talk.sort import SortList
from screens.talk.step_list import StepList
from widgets.note_area import NoteArea
from widgets.question_card import QuestionCard
from widgets.spoken import Spoken
from widgets.word_fields import WordFields

LISTS: dict[str, Callable[[TalkDesk], StepList | TalkPlan]] = {
    "since": SinceList,
    "sort": SortList,
    "plan": TalkPlan,
    "close": CloseList,
}
"""Key of a step that has a list -> makes its list."""

FEW_LINES = 12
"""Below so many lines there is no room for a card, a list and two texts at once."""


class StepPane(Vertical):
    """The step at hand. What is typed is kept key by key; nothing waits for a save key.

    A side of a step is a place in it that can have the focus: `LIST`, `MENTEE` or `MENTOR`, or the
    key of one of the fields that some steps have instead of the mentee's and the mentor's words.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "side", N_("Switch mentee/mentor")),
        Binding("tab", "across", N_("Switch list/text")),
        Binding("tab", "side", show=False),
        Binding("enter", "onward", show=False, priority=True),
    ]

    DEFAULT_CSS = """
    StepPane { width: 1fr; padding: 0 0 0 1; }
    StepPane.-list WordFields { height: 4; }
    StepPane.-list WordFields:focus-within { height: 7; }
    StepPane.-list _Slot { height: 2; }
    StepPane.-list _Slot:focus-within { height: 1fr; }
    StepPane.-list QuestionCard { max-height: 5; }
    StepPane.-plan WordFields { height: 2; min-height: 2; }
    StepPane.-plan WordFields > _Slot { height: 1; }
    StepPane.-plan WordFields:focus-within { height: 5; }
    StepPane.-plan WordFields > _Slot:focus-within { height: 4; }
    StepPane.-plan QuestionCard { max-height: 2; }
    StepPane.-frame QuestionCard { max-height: 75%; }
    StepPane.-small QuestionCard { max-height: 45%; }
    StepPane.-small WordFields _Slot { height: 1; min-height: 1; }
    StepPane.-small WordFields _Slot:focus-within { height: 1fr; min-height: 2; }
    StepPane.-small.-list QuestionCard { max-height: 30%; }
    StepPane.-small StepList, StepPane.-small TalkPlan { min-height: 1; }
    StepPane.-small.-plan QuestionCard { max-height: 1; }
    StepPane.-small .list-detail { display: none; }
    StepPane.-small.-list WordFields { height: 2; min-height: 2; }
    StepPane.-small.-list WordFields:focus-within { height: 3; }
    """

    class Said(Message):
        """Something to say in the notice line; "" takes a warning back."""

        def __init__(self, text: str, problem: bool = True) -> None:
            """`text` is translated; `problem`: something is to be mended."""
            super().__init__()
            self.text = text
            self.problem = problem

    class Onward(Message):
        """Enter was pressed on the empty opening card, which means: go to the next step."""

    def __init__(self, desk: TalkDesk) -> None:
        """Make the pane of a talk; `go` shows a step in it."""
        super().__init__()
        self.desk = desk
        self.card = QuestionCard("Ctrl+O")
        self.words = WordFields()
        self.words.keep = self.take_words
        self.probing = False
        """Whether the card shows questions to go on with instead of its hint."""
        self._step: FlowStep | None = None
        """The step that is shown; None before the first is."""
        self._lists: dict[str, StepList | TalkPlan] = {}
        """The lists that were made so far, by the key of their step."""
        self._warned = False
        """Whether the notice line warns of a number in what was typed last."""
        self._keeping = False
        """Whether typed words are on their way to the records."""

    def on_resize(self, event: events.Resize) -> None:
        """Where there are few lines, leave most of them to what has the focus."""
        self.set_class(event.size.height < FEW_LINES, "-small")

    def compose(self) -> ComposeResult:
        """Lay the card over the words; `go` puts lists between them when they are first needed."""
        yield self.card
        yield self.words

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take Enter only on the opening card, as long as nothing is written there.

        Tab goes to the list and back where the step has one; otherwise it goes to the next text.
        """
        if action == "across":
            return self.list is not None
        if action == "onward":
            active = self.words.active
            on_card = self._step is not None and self._step.base == "frame"
            return on_card and bool(active) and not self.words.text(active)
        return True

    # -- showing ------------------------------------------------------------------------------

    @property
    def step(self) -> FlowStep:
        """The step that is shown."""
        return self._step or self.desk.flow.current

    @property
    def list(self) -> StepList | TalkPlan | None:
        """The list of the step, if it has one."""
        return self._lists.get(self.step.base)

    @property
    def cut(self) -> str:
        """All that stands above the texts, where there is no room for it; "" where there is."""
        labels = self.words.cut_labels if self.words.display else []
        return "\n".join((self.card.whole, *labels)) if labels or self.card.is_cut else ""

    @property
    def is_hidden(self) -> bool:
        """Whether the step's words are private and the view is shared."""
        return not self.desk.flow.may_see_words(self.step, self.desk.context.reader)

    async def go(self, side: str) -> None:
        """Show the step at which the talk stands, with the focus on a side of it."""
        self.take_words()
        step = self.desk.flow.current
        if self._step is None or step.key != self._step.key:
            self.probing = False
        self._step = step
        if step.base in LISTS and step.base not in self._lists:
            made = LISTS[step.base](self.desk)
            self._lists[step.base] = made
            await self.mount(made, before=self.words)
        for key, each in self._lists.items():
            each.display = key == step.base
        self._set_classes(step.base)
        self.show_records()
        self.enter(side or self._first_side())

    def _set_classes(self, base: str) -> None:
        """Take on the style classes of a step.

        Styles are worked out once for all of them, which is what makes a step slow to show.
        """
        wanted = {"-list": base in self._lists, "-frame": base == "frame", "-plan": base == "plan"}
        if any(self.has_class(name) is not has for name, has in wanted.items()):
            for name, has in wanted.items():
                self.set_class(has, name, update=False)
            self.update_node_styles()

    def _first_side(self) -> str:
        """Return the side to begin on: always one with words, so that typing starts at once."""
        return MENTOR if self.step.base in MENTOR_FIRST else MENTEE

    def show_records(self) -> None:
        """Bring card, list and words up to date; words that are being typed stay as they are."""
        if self._keeping:  # the records do not have the typed words yet and would take them away
            self.call_later(self.show_records)
            return
        self.take_words()
        flow = self.desk.flow
        self._step = flow.step(self.step.key) or flow.current
        hidden = self.is_hidden
        self.words.display = not hidden
        self.words.show([] if hidden else fields_of(flow, self.step))
        answer = flow.seen_by(self.desk.context.reader).answer(self.step.key)
        culture = first_line(library_text(self.desk.store, language(), CULTURE).text)
        card = card_of(flow, self.step, answer, hidden=hidden, culture=culture)
        self.card.show(card, probing=self.probing)
        if self.list is not None:
            self.list.show_records()

    # -- where one is -------------------------------------------------------------------------

    def enter(self, side: str) -> None:
        """Put the focus on a side of the step, or on another one where it has no such side."""
        if side == LIST and self.list is not None:
            self.list.take_focus()
        elif self.words.keys:
            named = {_side_of(key): key for key in self.words.keys}
            self.words.enter(named.get(side, ""))
        elif self.list is not None:
            self.list.take_focus()
        else:
            self.screen.set_focus(None)

    @property
    def side(self) -> str:
        """The side that has the focus, as `enter` takes it."""
        active = self.words.active
        return _side_of(active) if active else LIST

    @property
    def can_leave(self) -> bool:
        """Whether nothing is being edited that leaving the step would throw away."""
        return self.list is None or not self.list.editing

    async def finish_edit(self) -> bool:
        """Save what is being edited in the list. False where it cannot be saved as it is."""
        return self.list is None or await self.list.finish_edit()

    @property
    def line(self) -> str:
        """The line of words or the row that the cursor stands on, to make something of; or ""."""
        if self.words.active:
            return line(self.words.line or self._first_words())
        return line(self.list.line) if self.list is not None else ""

    def names(self, spoken: Spoken) -> Spoken:
        """Return the words or the list with their step: which it is, whose words, its question."""
        steps = self.desk.flow.steps
        keys = [step.key for step in steps]
        if self.list is not None and self.words.active:
            spoken = replace(spoken, hint=_("Tab goes to the list"))
        at = keys.index(self.step.key) + 1 if self.step.key in keys else 0
        return named_step(
            spoken,
            _("step {number} of {all}").format(number=at, all=len(keys)),
            rail_title(self.desk.flow, self.step),
            self.words.label if self.words.active else "",
            self.card.card,
        )

    def _first_words(self) -> str:
        """Return the last line with something on it of the text with the focus."""
        lines = [one.strip() for one in self.words.text(self.words.active).split("\n")]
        return next((one for one in reversed(lines) if one), "")

    def action_side(self) -> None:
        """Go to the next text of the step; from the list to the first one."""
        keys = self.words.keys
        active = self.words.active
        at = keys.index(active) + 1 if active in keys else 0
        if keys:
            self.words.enter(keys[at % len(keys)])

    def action_across(self) -> None:
        """Go from the words to the list of the step, or back."""
        if self.list is not None and self.words.active:
            self.list.take_focus()
            self.remember_side()
            self.post_message(self.Said(_("On the list letters are keys; Tab continues"), False))
        else:
            self.back_to_words()

    @on(TalkPlan.Left)
    def back_to_words(self) -> None:
        """Go to the words of the step, where what is typed is text."""
        self.post_message(self.Said(""))
        self.enter(self._first_side())

    def action_onward(self) -> None:
        """Go on from the opening card."""
        self.post_message(self.Onward())

    # -- words --------------------------------------------------------------------------------

    @on(WordFields.Typed)
    def _typed(self, event: WordFields.Typed) -> None:
        event.stop()
        self.take_words()

    def take_words(self) -> None:
        """Keep in the records what was typed and is not there yet.

        The first words begin the talk and make the answer. Each of these changes asks the screen to
        show the records, which do not have the words yet: `show_records` waits until they do.
        """
        if self._keeping:
            return
        self._keeping = True
        try:
            for key, shown, text in self.words.take():
                self._keep(key, shown, text)
        finally:
            self._keeping = False

    def _keep(self, key: str, shown: str, text: str) -> None:
        step_key, field, side = split_key(key)
        here = self.step
        step = here if step_key == here.key else self.desk.flow.step(step_key) or here
        shown, text = clean(shown, lines=True), clean(text, lines=True)
        self.desk.write(step, field, side, text, shown=shown)
        said = hint(text)
        if said or self._warned:
            self.post_message(self.Said(said))
        self._warned = bool(said)

    @on(NoteArea.Paused)
    def _show_what_others_wrote(self, event: NoteArea.Paused) -> None:
        event.stop()
        self.show_records()

    @on(WordFields.Entered)
    def _entered(self, event: WordFields.Entered) -> None:
        event.stop()
        if event.key == self.words.active:  # else the focus has gone on already
            self.remember_side()

    def remember_side(self) -> None:
        """Keep on which side the focus is, so that a talk that is cut off goes on there (R51)."""
        if self.desk.begun:
            self.desk.end_words(self.step)
            self.desk.go(self.step.key, self.side)


def _side_of(key: str) -> str:
    """Return the side of a step on which a text stands."""
    _step, field, side = split_key(key)
    return field or side
