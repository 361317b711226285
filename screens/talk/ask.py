"""What a talk can ask besides the guide's questions, and what its frame rests on (R42, R44, R50).

Another question at any step, the team's sparring culture at the opening card, three words on
wellbeing, and what the mentor learned as a tip for others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from data.i18n import N_, _
from data.library import QUESTIONS
from data.method.talk.questions import ASKED, OWN, ask, in_order, is_closed
from data.method.talk.wellbeing import ITEMS, WORDS, item_text, word_text
from data.records import Answer, Question, Tip
from data.store.change import Change
from screens.dialogs.edit_record import Form, create_records, edit_records
from screens.dialogs.form import Field, Filled
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
        title, made = _("Ask another question"), list[Change]()
        new = Answer(mentee_id=self.desk.mentee_id, talk_id=self.desk.talk.id, key="")

        def asked(texts: Filled) -> list[Change]:
            self.pane.take_words()
            self.store.end_typing()
            self.desk.begin()
            made.append(ask(self.desk.talk, texts["text"]))
            return made

        def what(texts: Filled) -> str:
            return _("Question asked: {text}").format(text=" ".join(texts["text"].split()))

        form = Form("question_asked", title, [field])
        if await create_records(self, new, form, asked, what, of=new.talk_id):
            answer = made[0].after
            assert isinstance(answer, Answer)  # noqa: S101 - what ask() makes
            self.post_message(StepRail.Picked(answer.key))

    # -- wellbeing --------------------------------------------------------------------------------

    @work
    async def action_pulse(self) -> None:
        """Let the mentee choose a word for each of three things, or for none (R50)."""
        if self.pane.is_hidden:
            self.say(_("Hidden in the shared view; F6 shows it again."))
            return
        seen = self._answer()
        said = dict(seen.pulse) if seen else {}
        choices = (
            Choice("", _("nothing"), "-"),
            *lettered(*((key, word_text(key)) for key in WORDS)),
        )
        fields = [Field(key, item_text(key), said.get(key, ""), "choice", choices) for key in ITEMS]
        title = _("Three words, if the mentee likes; only you see them")
        form = Form("three_words", title, fields)

        def changes(texts: Filled) -> list[Change]:
            pulse = {key: texts[key] for key in ITEMS if texts[key]}
            answer = self._answer(make=bool(pulse))
            if answer is None or pulse == said:
                return []
            return [Change.between(replace(answer, pulse=said), replace(answer, pulse=pulse))]

        about = seen or self.desk.flow.new_answer(self.pane.step)
        what, of = _("Three words"), self.desk.talk.id
        await edit_records(self, about, form, changes, what, of=of)

    # -- what the mentor learned ------------------------------------------------------------------

    @work
    async def action_tip(self) -> None:
        """Make a tip without names of what the mentor learned (R35, R63)."""
        from screens.library.tips import add_tip

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
        of = self.desk.talk.id
        if await add_tip(self, offered, _("Share as a tip"), _("Tip shared"), of=of):
            self.say(_("Shared as a tip for the next task of its type"))


def _echo(text: str) -> str:
    """Say softly that a question is closed; it is asked all the same (R43)."""
    if not is_closed(text):
        return ""
    return _("It can be answered with yes or no: what open question could follow?")
