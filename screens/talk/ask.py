"""What a talk can ask besides the guide's questions, and what its frame rests on (R42, R44, R50).

Another question at any step, the team's sparring culture at the opening card, three words on
wellbeing, and what the mentor learned as a tip for others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from data.i18n import N_, _
from data.library import QUESTIONS
from data.method.talk.questions import ASKED, OWN, ask, in_order, is_closed
from data.method.talk.wellbeing import ITEMS, WORDS, item_text, word_text
from data.records import Answer, Question, Tip
from data.store.change import Change
from screens.dialogs.form import Field, FormDialog
from screens.library.culture import CultureScreen
from screens.talk.lines import TalkLines
from widgets.grid import Choice, lettered
from widgets.step_rail import StepRail

ASKING = (*(key for key in QUESTIONS if key != "wellbeing"), OWN, ASKED)
"""Steps that ask the mentee; wellbeing has no list of examples, since it is private."""
_ONLY: dict[str, tuple[str, ...]] = {
    "culture": ("frame",),
    "example": ASKING,
    "pulse": ("wellbeing",),
    "tip": ("close",),
}


class TalkAsks(TalkLines):
    """The part of the talk's screen that asks further."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "ask", N_("Ask another question"), show=False, priority=True),
        Binding("ctrl+r", "culture", N_("Our sparring culture"), show=False, priority=True),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer each key in the steps where it means something."""
        base = self.pane.step.base
        if action == "ask":
            return base != "frame"
        if action in _ONLY:
            return base in _ONLY[action]
        return super().check_action(action, parameters)

    def action_culture(self) -> None:
        """Read the team's sparring culture together."""
        self.app.push_screen(CultureScreen(self.context, self.desk.mentee_id))

    # -- another question -------------------------------------------------------------------------

    @work
    async def action_ask(self) -> None:
        """Ask a question that was thought of now, or one of one's own that is switched off."""
        bank = [one.text for one in in_order(self.store.all(Question))]

        def suggest(text: str) -> Sequence[str]:
            return [one for one in bank if one.casefold().startswith(text.strip().casefold())]

        field = Field(
            "text",
            _("Question"),
            check=_echo,
            suggest=suggest,
            required=_("Write the question"),
        )
        texts = await self.app.push_screen_wait(FormDialog(_("Ask another question"), [field]))
        if texts is None:
            return
        self.pane.take_words()
        self.store.end_typing()
        self.desk.begin()
        change = ask(self.desk.talk, texts["text"])
        made = change.after
        assert isinstance(made, Answer)  # noqa: S101 - what ask() makes
        self.desk.commit([change], _("Question asked: {text}").format(text=made.question))
        self.post_message(StepRail.Picked(made.key))

    # -- wellbeing --------------------------------------------------------------------------------

    @work
    async def action_pulse(self) -> None:
        """Let the mentee choose a word for each of three things, or for none (R50)."""
        if self.pane.is_hidden:
            self.say(_("Hidden in the shared view; F6 shows it again."))
            return
        answer = self._answer()
        said = answer.pulse if answer else {}
        choices = (
            Choice("", _("nothing"), "-"),
            *lettered(*((key, word_text(key)) for key in WORDS)),
        )
        fields = [Field(key, item_text(key), said.get(key, ""), "choice", choices) for key in ITEMS]
        dialog = FormDialog(_("Three words, if the mentee likes; only you see them"), fields)
        texts = await self.app.push_screen_wait(dialog)
        if texts is None:
            return
        pulse = {key: texts[key] for key in ITEMS if texts[key]}
        answer = self._answer(make=bool(pulse))
        if answer is not None and answer.pulse != pulse:
            self.desk.commit([Change.edited(answer, pulse=pulse)], _("Three words"))

    # -- what the mentor learned ------------------------------------------------------------------

    @work
    async def action_tip(self) -> None:
        """Make a tip without names of what the mentor learned (R35, R63)."""
        from screens.library.tips import ask_tip

        if self.pane.is_hidden:
            self.say(_("Hidden in the shared view; F6 shows it again."))
            return
        answer = self._answer()
        text = answer.mentor.strip() if answer else ""
        if not text:
            self.say(_("Write first what you learned as mentor; F9 then shares it without names"))
            return
        tasks = [self.desk.flow.view.task(id) for id in self.desk.talk.task_ids]
        task = next((one for one in tasks if one is not None), None)
        offered = Tip(text=text, task_type=task.type if task else "")
        made = await ask_tip(self, offered, _("Share as a tip"))
        if made is not None:
            self.desk.commit([Change.created(made)], _("Tip shared"))
            self.say(_("Shared as a tip for the next task of its type"))


def _echo(text: str) -> str:
    """Say softly that a question is closed; it is asked all the same (R43)."""
    if not is_closed(text):
        return ""
    return _("It can be answered with yes or no: what open question could follow?")
