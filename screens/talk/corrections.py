"""What can be corrected in a talk that was held, on the page that shows it (R51)."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from data.clock import now, today
from data.i18n import N_, _
from data.method.talk.correct import (
    correct_answer,
    in_other_voice,
    reopen,
    reopen_problem,
    sentences,
    was_reopened,
)
from data.method.view import MenteeView
from data.queries.views import mentee_view
from data.records import Action, Answer, Talk, TalkState
from data.store.change import Change
from screens.dialogs.ask import AskDialog
from screens.dialogs.edit_record import edit_records
from screens.dialogs.pick import Item, PickDialog
from screens.frame.base import BaseScreen
from screens.frame.commands import Commands
from screens.frame.places import load
from screens.frame.who_reads import may_hide, said_of_answer, why_not
from screens.talk.correct_forms import when_changes, when_form, word_changes, words_form
from screens.talk.whole_talk import HEAD
from widgets.passages import PassagePane

_ALL = "all"


class Corrections(Commands):
    """Corrects the passage under the mark, and reopens the talk."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("e", "do('correct')", N_("Correct")),
        Binding("f2", "do('voice')", N_("Other voice")),
        Binding("f4", "do('private')", N_("Private/shared")),
        Binding("ctrl+t", "do('about')", N_("About which tasks"), show=False),
        Binding("r", "do('reopen')", N_("Reopen")),
        Binding("v", "do('earlier')", N_("Earlier wording"), show=False),
    ]

    def __init__(self, screen: BaseScreen[None], pane: PassagePane, talk_id: str) -> None:
        """`pane` shows the talk on the screen, in the passages of `whole_talk`."""
        self._screen = screen
        self._store = screen.store
        self._pane = pane
        self._talk_id = talk_id
        self.shows_earlier = False
        """Whether the page has what stood there before it was corrected as well."""

    @property
    def _talk(self) -> Talk | None:
        """The talk as it is now; None once somebody has deleted it."""
        return self._store.get(Talk, self._talk_id)

    @property
    def _answer(self) -> Answer | None:
        """The answer under the mark; where there is none, say so."""
        kind, _sep, id = self._pane.marked.partition(":")
        answer = self._store.get(Answer, id) if kind == "answer" else None
        if answer is None:
            self._screen.say(_("Go to an answer with the arrows first"))
        return answer

    @property
    def _view(self) -> MenteeView | None:
        talk = self._talk
        mentee = self._screen.context.mentee(talk.mentee_id) if talk else None
        return mentee_view(self._store, mentee) if mentee else None

    def _commit(self, change: Change, said: str) -> None:
        talk = self._talk
        if talk is not None and not change.is_empty:
            self._screen.commit([change], _step_name(talk))
            self._screen.say(said)

    # -- the passage under the mark ---------------------------------------------------------------

    async def correct(self) -> None:
        """Correct the words of an answer, when the talk was, or what was agreed."""
        kind, _sep, id = self._pane.marked.partition(":")
        talk = self._talk
        if talk is None:
            return
        if self._pane.marked == HEAD:
            await self.when(talk)
        elif kind == "answer":
            await self._words(talk)
        elif kind == "action":
            await self._action(id)
        else:
            self._screen.say(_("r reopens the talk: this is changed in the talk itself"))

    async def when(self, talk: Talk) -> None:
        """Correct the day, the time, the minutes and the place."""
        mentee = self._screen.context.mentee(talk.mentee_id)
        if mentee is not None:
            form, changes = when_form(talk, mentee), partial(when_changes, talk, mentee)
            await edit_records(self._screen, talk, form, changes, _step_name(talk))

    async def _words(self, talk: Talk) -> None:
        answer, view = self._answer, self._view
        if answer is None or view is None:
            return
        changes = partial(word_changes, view, answer)
        form = words_form(answer, may_hide=may_hide(answer, self._screen.context))
        await edit_records(self._screen, answer, form, changes, _step_name(talk))

    async def _action(self, id: str) -> None:
        # loaded when needed
        from screens.actions.forms import action_form, action_step_name
        from screens.mentee.record_form import fill_in

        action = self._store.get(Action, id)
        if action is not None:
            await fill_in(self._screen, action_form(self._store, action), action_step_name)

    async def voice(self) -> None:
        """Make a sentence, or all the words, those of the other voice."""
        answer, view = self._answer, self._view
        if answer is None or view is None:
            return
        found = {
            f"{side}:{number}": (side, sentence)
            for side in ("mentee", "mentor")
            for number, sentence in enumerate(sentences(getattr(answer, side)))
        }
        picked_id = next(iter(found), "")
        if len(found) > 1:
            labels = {"mentee": _("the mentee's"), "mentor": _("the mentor's")}
            items = [Item(id, text, labels[side]) for id, (side, text) in found.items()]
            for side in ("mentor", "mentee"):
                if len(sentences(getattr(answer, side))) > 1:
                    items.insert(0, Item(f"{side}:{_ALL}", _("All of it"), labels[side]))
                    found[f"{side}:{_ALL}"] = (side, "")
            title = _("What did the other voice say?")
            picked = await self._screen.app.push_screen_wait(PickDialog(title, items))
            picked_id = picked.id if picked else ""
        if picked_id in found:
            side, sentence = found[picked_id]
            said = {"mentee": _("Now the mentor's words"), "mentor": _("Now the mentee's words")}
            self._commit(in_other_voice(view, answer, side, sentence, today()), said[side])

    def private(self) -> None:
        """Make the answer private, or share it."""
        answer, view = self._answer, self._view
        if answer is None or view is None:
            return
        new = not answer.private
        if problem := why_not(answer, self._screen.context, private=new):
            self._screen.say(problem)
            return
        said = said_of_answer(self._screen.context, private=new)
        self._commit(correct_answer(view, answer, today(), private=new), said)

    async def about(self) -> None:
        """Choose which tasks the answer is about, one after the other; Esc ends it."""
        answer, view = self._answer, self._view
        while answer is not None and view is not None and view.tasks:
            now_about = {answer.task_id, *answer.task_ids}
            chosen = _("chosen")
            items = [
                Item(task.id, task.title, chosen if task.id in now_about else "")
                for task in view.tasks
            ]
            dialog = PickDialog(_("Which task is it about?"), items)
            picked = await self._screen.app.push_screen_wait(dialog)
            if picked is None or not picked.id:
                return
            self._commit(_about_changed(view, answer, picked.id), _("The task is changed"))
            answer = self._store.get(Answer, answer.id)

    # -- the talk ---------------------------------------------------------------------------------

    def earlier(self) -> None:
        """Show what stood there before it was corrected, or hide it."""
        self.shows_earlier = not self.shows_earlier
        self._screen.show_records()
        if self.shows_earlier:
            self._screen.say(_("With earlier wording; v hides it again"))

    async def reopen(self) -> None:
        """Go on with the talk as if it had not ended; ask first."""
        talk, view = self._talk, self._view
        if talk is None or view is None:
            return
        problem = reopen_problem(view, talk)
        if problem:
            self._screen.say(problem)
            return
        title = _("Reopen talk {number}?").format(number=talk.number)
        why = _("It is in progress again until you end it. What it says now is kept.")
        if not await self._screen.app.push_screen_wait(AskDialog(title, why)):
            return
        there, view = self._talk, self._view
        if there is None or view is None:
            return
        if not was_reopened(there):
            what = _("Talk {number} reopened").format(number=talk.number)
            self._screen.commit(reopen(view, there, now()), what)
        load("talk")(self._screen, there.mentee_id)

    def offers(self, name: str) -> bool:
        """Offer all of it for a talk that has ended."""
        talk = self._talk
        return talk is not None and talk.state in (TalkState.HELD, TalkState.ARCHIVED)


def _step_name(talk: Talk) -> str:
    return _("Talk {number} corrected").format(number=talk.number)


def _about_changed(view: MenteeView, answer: Answer, task_id: str) -> Change:
    """Return the change that ties an answer to a task, or takes it off the task."""
    if task_id == answer.task_id:
        return correct_answer(view, answer, today(), task_id="")
    if task_id in answer.task_ids:
        rest = tuple(id for id in answer.task_ids if id != task_id)
        return correct_answer(view, answer, today(), task_ids=rest)
    return correct_answer(view, answer, today(), task_ids=(*answer.task_ids, task_id))
