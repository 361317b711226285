"""The conversation of a plain talk: its questions, the lines that answer them, and their saving.

It knows no step and no command. What is done with a line that begins with a full stop, the caller
says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Final, Literal

from data.clock import now
from data.i18n import _
from data.method.limits import Limits
from data.method.plan.agreed import note_edits
from data.method.talk.flow import SKILLS, FlowStep, TalkFlow
from data.method.talk.placed import place, replaces
from data.method.visibility import Reader, may_see
from data.queries.views import mentee_view, talk_words
from data.records import Mentee, Note, Talk, Task
from data.store.change import Change
from data.store.store import Store
from data.text import spelling_key
from tui.cli.base import say_wrapped
from tui.cli.call import Problem
from tui.cli.plain.dialogue import Dialogue
from tui.cli.plain.line import Stopped, more_has_come
from tui.cli.plain.moves import GoTo

Side = Literal["mentee", "mentor"]

NO_WORDS: Final = frozenset({"frame", "close"})
"""Steps in which no words belong, or only those that are asked for: others become a note."""
OWN_WORDS: Final = frozenset({"since", "sort", "plan"})
"""Steps without a question, whose words are the mentor's."""


class GoToStep(Exception):
    """The talk goes on at another step."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Conversation(Dialogue):
    """Questions and answers about one talk, on a line terminal."""

    def __init__(
        self, store: Store, talk: Talk, limits: Limits, obey: Callable[[Conversation, str], None]
    ) -> None:
        """`obey` carries out what is written after a full stop, and may leave the step.

        It does so by raising `Stopped` or `GoToStep`.
        """
        super().__init__(store)
        self.limits = limits
        self.last_line = ""
        """The last line of an answer, which a command can make something of."""
        self.last_note = ""
        """Id of the private note that was asked for last, which can be shared."""
        self._mentee_id = talk.mentee_id
        self._talk_id = talk.id
        self._obey = obey
        self._written: tuple[FlowStep, Side, str] | None = None
        """What the lines are taken down for, where they are: a step, a side, and a field or ""."""

    @property
    def flow(self) -> TalkFlow:
        """The talk as it stands now. Raises `Problem` where somebody else has deleted it."""
        mentee = self.store.get(Mentee, self._mentee_id)
        talk = self.store.get(Talk, self._talk_id)
        if mentee is None or talk is None:
            raise Problem(_("Someone else has deleted this talk."))
        return TalkFlow(mentee_view(self.store, mentee), talk, talk_words(self.store, talk))

    @property
    def first_day(self) -> date | None:
        """The mentee's first day at work."""
        return self.flow.view.mentee.start

    def obey(self, typed: str) -> None:
        """Do what was written after a full stop."""
        self._obey(self, typed)

    def go_to(self, key: str, side: Side) -> None:
        """Keep where the talk stands; that is nothing to take back."""
        self.save(self.flow.go(key, side), undoable=False)

    # -- what fits no question ----------------------------------------------------------------

    def keep(self, line: str) -> None:
        """Keep a line that was written where something else was asked for, and say where it is.

        It becomes part of the step's answer where the step has one, else a note of this talk.
        """
        made_of, step = self.last_line, self.flow.current
        if self._written is None and step.base in NO_WORDS:
            self.save([Change.created(self.kept_as(line))])
            say_wrapped(_("Kept as a private note: {text}").format(text=line))
            return
        side: Side = "mentee" if self.flow.talk.side == "mentee" else "mentor"
        if step.base in OWN_WORDS:
            side = "mentor"
        self._add(*(self._written or (step, side, "")), line)
        self.last_line = made_of
        say_wrapped(_("Kept in this step: {text}").format(text=line))

    def kept_as(self, line: str) -> Note:
        """Return the private note of this talk that keeps a line."""
        return Note(mentee_id=self._mentee_id, talk_id=self._talk_id, text=line, at=now())

    @contextmanager
    def kept_if_left(self, line: str) -> Iterator[None]:
        """Keep a line, of which something was to be made, where the questions about it are left."""
        try:
            yield
        except (GoToStep, GoTo, Stopped):
            if line and line != self.last_line:
                self.keep(line)
            self.let_go()
            raise

    def choose_task(self, prompt: str, *, listed: bool = False) -> Task | None:
        """Let one of the tasks of the plan be chosen.

        `listed` says that they have just been listed, and are not again.
        """
        tasks = self.flow.view.tasks
        for number, task in enumerate(() if listed else tasks, 1):
            say_wrapped(f"{number}. {task.title}", "  ")
        chosen = self.choose(prompt, len(tasks)) if tasks else None
        return None if chosen is None else tasks[chosen]

    # -- answers ------------------------------------------------------------------------------

    def write(self, step: FlowStep, side: Side, field: str = "") -> None:
        """Take down lines until an empty one; one inside a paste parts two paragraphs."""
        key = f"{step.key}:{field}" if field else step.key
        self.show_written(key, side)
        label = _("Mentee's words") if side == "mentee" else _("Mentor's words")
        starter = step.words.starter if side == "mentor" else ""
        prompt, gap = f"{label} ({starter})" if starter else label, ""
        private = not self.flow.may_see_words(step, Reader.SHARED)
        takes = _("Each line is saved as you write it; an empty line continues.")
        self._written = step, side, field
        try:
            while (line := self.ask(prompt, takes)) or more_has_come():
                if line:
                    self._add(step, side, field, line, gap)
                gap = "" if line else "\n"
        finally:  # whichever way the step is left, later steps do not offer a private line
            self._written = None
            if private:
                self.last_line = ""

    def show_written(self, key: str, side: Side) -> None:
        """Say what has been written so far."""
        answer = self.flow.answer(key)
        written = getattr(answer, side) if answer is not None else ""
        if answer is None or not written:
            return
        if not may_see(answer, Reader.SHARED):
            say_wrapped(_("There is already private text here; .show private shows it."))
            return
        say_wrapped(_("Written so far:"))
        say_wrapped(written, "  ")

    def _add(self, step: FlowStep, side: Side, field: str, line: str, gap: str = "") -> None:
        self.last_line = line
        key = f"{step.key}:{field}" if field else step.key
        known = self.flow.answer(key)
        before = getattr(known, side) if known is not None else ""
        opening = step.words.opening if side == "mentor" else ""
        if (
            not before
            and opening
            and not spelling_key(line).startswith(spelling_key(opening.strip()))
        ):
            line = opening + line
        text = {side: f"{before.rstrip()}\n{gap}{line}" if before.strip() else line}
        if known is not None:
            self.save([Change.edited(known, **text)])
            return
        new = self.flow.new_answer(step, field)
        mentee, mentor = text.get("mentee", ""), text.get("mentor", "")
        self.save([Change.created(replace(new, mentee=mentee, mentor=mentor))])

    # -- saving -------------------------------------------------------------------------------

    def save(self, changes: Iterable[Change], *, undoable: bool = True) -> None:
        """Save changes of this talk; see `commit`."""
        self.commit(changes, _("Talk"), undoable=undoable)

    def place_words(self, step: FlowStep) -> None:
        """Put what was said to a step onto the task that it is about, and say so (R54, R55)."""
        flow = self.flow
        changes = place(flow, step.key)
        if not changes:
            return
        before = replaces(flow, step)
        self.commit_plan(changes)
        for task in (one.after for one in changes if isinstance(one.after, Task)):
            say_wrapped(_("On the task: {task}").format(task=task.title))
            if before:
                say_wrapped(_("Replaces: {text}").format(text=before))

    def commit_plan(self, changes: Sequence[Change]) -> None:
        """Save changes of the plan, which are noted with the talk (R56)."""
        flow = self.flow
        self.save([*changes, *note_edits(flow.talk, changes, flow.view.tasks)])


def titled(flow: TalkFlow, step: FlowStep) -> str:
    """Return a step's title; question 3 bears the name of its task as well."""
    task = flow.view.task(step.task_id) if step.base == SKILLS else None
    return f"{step.title}, {task.title}" if task else step.title
