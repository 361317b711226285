"""The records of one talk under way, and what writing in it does to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from data.clock import now, today
from data.i18n import _
from data.method.plan.agreed import note_edits, updated_together
from data.method.talk.flow import FlowStep, TalkFlow
from data.method.talk.lifecycle import take_back_start
from data.queries.own_person import both_names
from data.queries.views import mentee_view, talk_words
from data.records import Mentee, Talk, TalkState
from data.store.change import Change
from screens.frame.context import Context

DISK_SECONDS = 1.0
"""How long the disk is waited for at the most, before typing goes on."""


class TalkDesk:
    """One talk as its screen works on it.

    A talk that has not begun is kept here alone: the first word, choice or step makes it a talk
    under way, so that a look at the opening card leaves nothing behind.
    """

    def __init__(
        self, context: Context, mentee: Mentee, talk: Talk, starting: Sequence[Change] = ()
    ) -> None:
        """Sit down to `talk`; `starting` is what begins it, nothing where it is under way."""
        self.context = context
        self.store = context.store
        self.mentee_id = mentee.id
        self.opened_at = now()
        self._talk = talk
        self._mentee = mentee
        self._starting = tuple(starting)
        self._began: tuple[Change, ...] = ()
        """What began the talk here; empty for a talk that is gone on with."""
        self._flow: TalkFlow | None = None
        self._typed = False
        """Whether words were typed that `_flow` does not know of."""

    # -- reading ------------------------------------------------------------------------------

    @property
    def begun(self) -> bool:
        """Whether the talk is under way."""
        return not self._starting

    @property
    def flow(self) -> TalkFlow:
        """The talk with its records, as of the last `forget` or the last word typed."""
        if self._typed:
            self.forget()
        return self.known

    @property
    def known(self) -> TalkFlow:
        """The talk as it was last read, without the words typed since: cheap at every key."""
        if self._flow is None:
            mentee = self.context.mentee(self.mentee_id) or self._mentee
            if self.begun:
                self._talk = self.store.get(Talk, self._talk.id) or self._talk
            view = mentee_view(self.store, mentee)
            self._flow = TalkFlow(view, self._talk, talk_words(self.store))
        return self._flow

    def forget(self) -> None:
        """Read the records anew when they are next asked for."""
        self._flow, self._typed = None, False

    @property
    def talk(self) -> Talk:
        """The talk."""
        return self.flow.talk

    @property
    def is_gone(self) -> bool:
        """Whether somebody has taken the talk or its mentee away."""
        return self.context.mentee(self.mentee_id) is None or (
            self.begun and self.store.get(Talk, self._talk.id) is None
        )

    @property
    def minutes(self) -> int:
        """How long the talk has lasted; a talk resumed on a later day counts from then."""
        started = self.known.talk.started_at
        if started is None or started.date() != today():
            started = self.opened_at
        return max(int((now() - started).total_seconds() // 60), 0)

    # -- changing -----------------------------------------------------------------------------

    def begin(self) -> None:
        """Let the talk be under way; taking that back is `leave`'s, for words need their talk."""
        if not self.begun:
            starting, self._starting = self._starting, ()
            now_there = self.store.get(Talk, self._talk.id)
            # Somebody else may have begun it while the opening card stood here.
            if now_there is None or now_there.state is not TalkState.RUNNING:
                self._began = starting
                self.store.commit(starting, undoable=False)
            self.forget()

    def leave(self) -> bool:
        """Leave the talk unfinished. False where nothing happened in it: it has not begun then."""
        if not self.begun:
            return False
        back = take_back_start(self.flow.view, self.talk, self._began)
        if not back:
            return True
        self.store.commit(back, undoable=False)
        return False

    def commit(self, changes: Iterable[Change], what: str) -> None:
        """Commit changes as one step of undo; what they do to the plan is kept with the talk."""
        self.begin()
        made = list(changes)
        if not any(change.id == self.talk.id for change in made):
            made += note_edits(self.talk, made, self.flow.view.tasks)
        self.store.commit(made, what)
        self.forget()

    def stamp_plan(self) -> bool:
        """Stamp the plan as updated together today; False where there is nothing to agree on."""
        self.begin()
        self.forget()
        flow = self.flow
        names = both_names(self.store, flow.view)
        made = updated_together(flow.view, flow.talk, names, today())
        if made:
            self.commit(made, _("Plan updated together"))
        return bool(made)

    def edit_talk(self, what: str, **fields: Any) -> None:
        """Change fields of the talk, as one step of undo; before it has begun, without one."""
        if self.begun:
            self.commit([Change.edited(self.talk, **fields)], what)
            return
        draft = replace(self._talk, **fields)
        self._starting = tuple(
            replace(change, after=draft) if change.id == draft.id else change
            for change in self._starting
        )
        self._talk = draft
        self.forget()

    def go(self, key: str, side: str) -> None:
        """Stand at a step and in a field of it; that is not a thing to undo."""
        self.begin()
        changes = self.flow.go(key, side)
        if changes:
            self.store.commit(changes, undoable=False)
            self.forget()

    def write(self, step: FlowStep, field: str, side: str, text: str, *, shown: str) -> None:
        """Keep what an answer reads now; the first character makes the record.

        `field` names a part of the step that is an answer of its own, or is ""; `shown` is what the
        answer read on the screen before this edit.
        """
        key = f"{step.key}:{field}" if field else step.key
        # Not `flow`, which would read all records anew at each key.
        answer = self.known.answer(key)
        what = _("Words in “{step}”").format(step=step.title)
        if answer is not None:
            self.store.type_text(answer, side, text, what, shown=shown)
            self._typed = True
        elif text:
            self.begin()
            said: dict[str, Any] = {side: text}
            new = replace(self.flow.new_answer(step, field), **said)
            self.commit([Change.created(new)], what)
            # Once an answer the disk is waited for: after a crash, later keys find their answer.
            self.store.flush(DISK_SECONDS)
