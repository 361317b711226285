"""Commands that ask further: another question, three words on wellbeing, a tip (R35, R44, R50)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.i18n import _
from data.method.talk.questions import ask, in_order, is_closed
from data.records import Answer, Question, Tip
from data.store.change import Change
from screens.dialogs.edit_record import Form, create_records, edit_records
from screens.dialogs.form import Field, Filled
from screens.frame.base import BaseScreen
from screens.frame.commands import Commands
from screens.talk.at_hand import AtHand
from screens.talk.desk import TalkDesk
from screens.talk.forms import pulse_changes, pulse_form, pulse_in
from screens.talk.pane import StepPane
from widgets.step_rail import StepRail

_ONLY: dict[str, tuple[str, ...]] = {"pulse": ("wellbeing",), "tip": ("close",)}
"""Commands that are offered in some steps only -> those steps."""


class AskCommands(Commands):
    """What a talk can ask besides the guide's questions."""

    def __init__(
        self, screen: BaseScreen[None], desk: TalkDesk, pane: StepPane, at_hand: AtHand
    ) -> None:
        """`screen` opens the forms, commits what comes of them, and says what was done."""
        self._screen = screen
        self._desk = desk
        self._pane = pane
        self._at_hand = at_hand

    def offers(self, name: str) -> bool:
        """Offer each in the steps where it means something; Ctrl+O and F3 ask for it."""
        base = self._pane.step.base
        return base in _ONLY[name] if name in _ONLY else base != "frame"

    async def ask(self) -> None:
        """Ask a question that was thought of now, or one of one's own that is switched off."""
        bank = [one.text for one in in_order(self._desk.store.all(Question))]

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
        new = Answer(mentee_id=self._desk.mentee_id, talk_id=self._desk.talk.id, key="")

        def asked(texts: Filled) -> list[Change]:
            self._pane.take_words()
            self._desk.store.end_typing()
            self._desk.begin()
            made.append(ask(self._desk.talk, texts["text"]))
            return made

        def what(texts: Filled) -> str:
            return _("Question asked: {text}").format(text=" ".join(texts["text"].split()))

        form = Form("question_asked", title, [field])
        if await create_records(self._screen, new, form, asked, what, of=new.talk_id):
            answer = made[0].after
            assert isinstance(answer, Answer)  # noqa: S101 - what ask() makes
            self._screen.post_message(StepRail.Picked(answer.key))

    async def pulse(self) -> None:
        """Let the mentee choose a word for each of three things, or for none (R50)."""
        if self._is_hidden():
            return
        seen = self._at_hand.answer()
        said = dict(seen.pulse) if seen else {}
        form = pulse_form(said)

        def changes(texts: Filled) -> list[Change]:
            pulse = pulse_in(texts)
            answer = self._at_hand.answer(make=bool(pulse))
            if answer is None or pulse == said:
                return []
            return pulse_changes(replace(answer, pulse=said), texts)

        about = seen or self._desk.flow.new_answer(self._pane.step)
        what, of = _("Wellbeing: 3 short answers"), self._desk.talk.id
        await edit_records(self._screen, about, form, changes, what, of=of)

    async def tip(self) -> None:
        """Make a tip without names of what the mentor learned (R35, R63)."""
        from screens.library.tips import add_tip  # loaded when a tip is first shared

        if self._is_hidden():
            return
        answer = self._at_hand.answer()
        text = answer.mentor.strip() if answer else ""
        if not text:
            self._screen.say(
                _("Write first what you learned as mentor; F3 then shares it without names")
            )
            return
        tasks = [self._desk.flow.view.task(id) for id in self._desk.talk.task_ids]
        task = next((one for one in tasks if one is not None), None)
        offered = Tip(text=text, task_type=task.type if task else "")
        title, of = _("Share as a tip"), self._desk.talk.id
        if await add_tip(self._screen, offered, title, _("Tip shared"), of=of):
            self._screen.say(_("Shared as a tip for the next task of its type"))

    def _is_hidden(self) -> bool:
        """Return whether the words of the step may not be seen now; say so where they may not."""
        if self._pane.is_hidden:
            self._screen.say(_("Hidden in shared view; F6 shows it again."))
        return self._pane.is_hidden


def _echo(text: str) -> str:
    """Return a mild remark where a question is closed, else ""; it can be asked anyway (R43)."""
    if not is_closed(text):
        return ""
    return _("This can be answered with yes or no. What open question could follow?")
