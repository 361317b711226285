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
from data.method.talk.placed import PLACED, Way, place
from data.method.view import TO_COME
from data.queries.own_person import both_names
from data.queries.views import mentee_view, talk_words
from data.records import Mentee, Talk, TalkState
from data.store.change import Change
from screens.frame.context import Context

_BEGUN = ("started_at", "step", "side", "short", "worded")
"""The fields of a talk that its beginning sets, beside its state."""
DISK_SECONDS = 1.0
"""How long the disk is waited for at the most, before typing goes on."""


class TalkDesk:
    """One talk as its screen works on it: what it reads, and what it changes.

    A talk that has not begun is kept here and nowhere else. The first word, choice or step puts it
    into the records, so that a look at the opening card leaves nothing behind.
    """

    def __init__(
        self, context: Context, mentee: Mentee, talk: Talk, starting: Sequence[Change] = ()
    ) -> None:
        """Work on `talk`. `starting` are the changes that begin it: none where it is under way."""
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
        """The talk with its records as they were read last; None: read them anew."""
        self._typed = False
        """Whether words were typed that `_flow` does not know of."""

    # -- reading ------------------------------------------------------------------------------

    @property
    def begun(self) -> bool:
        """Whether the talk is under way, and so in the records."""
        return not self._starting

    @property
    def flow(self) -> TalkFlow:
        """The talk with its records, and with every word that was typed so far."""
        if self._typed:
            self.forget()
        return self.known

    @property
    def known(self) -> TalkFlow:
        """The talk as it was read last, without the words typed since: cheap, for every key."""
        if self._flow is None:
            mentee = self.context.mentee(self.mentee_id) or self._mentee
            if self.begun:
                self._talk = self.store.get(Talk, self._talk.id) or self._talk
            view = mentee_view(self.store, mentee)
            self._flow = TalkFlow(view, self._talk, talk_words(self.store, self._talk))
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
        """Whether somebody has deleted the talk or its mentee."""
        return self.context.mentee(self.mentee_id) is None or (
            self.begun and self.store.get(Talk, self._talk.id) is None
        )

    @property
    def has_ended(self) -> bool:
        """Whether it was held meanwhile: in another session, or in a backup that was restored."""
        return self.begun and self.talk.state in (TalkState.HELD, TalkState.ARCHIVED)

    @property
    def minutes(self) -> int:
        """How many minutes the talk has lasted.

        A talk that is gone on with on another day counts from when it was opened then.
        """
        started = self.known.talk.started_at
        if started is None or started.date() != today():
            started = self.opened_at
        return max(int((now() - started).total_seconds() // 60), 0)

    # -- changing -----------------------------------------------------------------------------

    def begin(self) -> None:
        """Put the talk into the records, if it is not there yet.

        It is no step of undo: undone, it would leave words without their talk. `leave` takes it
        back where nothing came of it.
        """
        if not self.begun:
            starting, self._starting = self._starting, ()
            now_there = self.store.get(Talk, self._talk.id)
            # Somebody else may have begun it while the opening card stood here.
            if now_there is None or now_there.state is not TalkState.RUNNING:
                self._began = starting
                self.store.commit(starting, undoable=False)
            self.forget()

    def go_on_after_restore(self) -> None:
        """Have the talk under way in the file that was restored, too: what is typed stays in it.

        A talk that is held in that file stays so, and what is typed stands on its page.
        """
        if not self.begun:
            return
        seen, there = self._talk, self.store.get(Talk, self._talk.id)
        if there is None:
            self.store.commit([Change.created(seen)], undoable=False)
        elif there.state in TO_COME:
            begun = {name: getattr(seen, name) for name in _BEGUN}
            on = Change.edited(there, state=TalkState.RUNNING, **begun)
            self.store.commit([on], undoable=False)
        self.forget()

    def leave(self) -> bool:
        """Leave the talk unfinished. Returns whether it is kept, to be gone on with.

        It is not kept where nothing happened in it: it is then as it was before it was begun.
        """
        if not self.begun or self.talk.state is not TalkState.RUNNING:
            return False
        back = take_back_start(self.flow.view, self.talk, self._began)
        if not back:
            return True
        self.store.commit(back, undoable=False)
        return False

    def commit(self, changes: Iterable[Change], what: str) -> None:
        """Commit changes as one step of undo, which `what` names; begins the talk if need be.

        What they do to the plan is kept with the talk, within the same step.
        """
        self.begin()
        made = list(changes)
        if not any(change.id == self.talk.id for change in made):
            made += note_edits(self.talk, made, self.flow.view.tasks)
        self.store.commit(made, what)
        self.forget()

    def plan_agreed(self, flow: TalkFlow, initials: str) -> list[Change]:
        """Return the changes that agree on the plan as updated together today; none if it is empty.

        `flow` is the talk as both saw it; `initials` is what the mentee typed to agree (R15).
        """
        names = both_names(self.store, flow.view)
        return updated_together(flow.view, flow.talk, names, today(), initials)

    def edit_talk(self, what: str, **fields: Any) -> None:
        """Change fields of the talk as one step of undo, which `what` names.

        A talk that has not begun is changed here only, and there is nothing to undo.
        """
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
        """Keep that the talk stands at a step, with the focus on a side of it; no step of undo."""
        self.begin()
        changes = self.flow.go(key, side)
        if changes:
            self.store.commit(changes, undoable=False)
            self.forget()

    def write(self, step: FlowStep, field: str, side: str, text: str, *, shown: str) -> None:
        """Keep what stands in an answer now; the first character makes the record.

        `field` is the key of one of the fields of the step, each of which is an answer of its own,
        or "". `shown` is what stood in the answer on the screen before this edit.
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
            self.store.begin_text(new, side, what)
            self.forget()
            # Wait for the disk once for each answer: later words are kept by its id, so the answer
            # has to be in the file for them to be found after a crash.
            self.store.flush(DISK_SECONDS)

    def place_words(self) -> None:
        """Put the words of all steps onto their tasks, for a talk that goes on after a cut."""
        for key in PLACED:
            step = self.flow.step(key)
            if step is not None:
                self.end_words(step)

    def end_words(self, step: FlowStep, way: Way | None = None) -> None:
        """End the step of undo of what was typed at a step of the talk.

        At *Potential* and *Next step* the words are put onto their task, or taken off it, within
        the same step of undo (R54, R55). `way` is what was chosen for them; None leaves it.
        """
        if step.base not in PLACED or not self.begun:
            self.store.end_typing()
            return
        self.store.commit_typing()
        self.forget()
        changes = place(self.flow, step.key, way)
        edits = note_edits(self.talk, changes, self.flow.view.tasks)
        self.store.end_typing([*changes, *edits], _("Words in “{step}”").format(step=step.title))
        if changes:
            self.forget()
