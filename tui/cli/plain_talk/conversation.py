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

from data.clock import now, today
from data.dates import DateProblem, echo_date
from data.i18n import N_, _
from data.method.limits import Limits
from data.method.plan.agreed import note_edits
from data.method.talk.flow import SKILLS, FlowStep, TalkFlow
from data.method.talk.placed import place, replaces
from data.method.visibility import Reader, may_see
from data.queries.views import mentee_view, talk_words
from data.records import Mentee, Note, Talk, Task
from data.storage.problems import NotSaved
from data.store.change import Change
from data.store.codec import encode
from data.store.store import Store
from data.text import spelling_key
from data.typed_dates import parse_date
from tui.cli.base import say_wrapped
from tui.cli.call import Problem
from tui.cli.plain_talk.line import TalkStopped, more_has_come, read_line
from tui.cli.write import put_aside

Side = Literal["mentee", "mentor"]

NO_WORDS: Final = frozenset({"frame", "close"})
"""Steps in which no words belong, or only those that are asked for: others become a note."""
OWN_WORDS: Final = frozenset({"since", "sort", "plan"})
"""Steps without a question, whose words are the mentor's."""
UNSAVED_HELP: Final = N_(
    "Enter tries to save again. What you write here is kept with the "
    "rest. Ctrl+D puts everything in a separate file, tells you its "
    "name, and quits."
)


class GoToStep(Exception):
    """The talk goes on at another step."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Conversation:
    """Questions and answers about one talk, on a line terminal."""

    def __init__(
        self, store: Store, talk: Talk, limits: Limits, obey: Callable[[Conversation, str], None]
    ) -> None:
        """`obey` carries out what is written after a full stop, and may leave the step.

        It does so by raising `TalkStopped` or `GoToStep`.
        """
        self.store = store
        self.limits = limits
        self.last_line = ""
        """The last line of an answer, which a command can make something of."""
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
        return TalkFlow(mentee_view(self.store, mentee), talk, talk_words(self.store))

    def go_to(self, key: str, side: Side) -> None:
        """Keep where the talk stands; that is nothing to take back."""
        self.commit(self.flow.go(key, side), undoable=False)

    # -- asking -------------------------------------------------------------------------------

    def ask(self, prompt: str, takes: str = "") -> str:
        """Return the line that was written, "" for an empty one; commands are carried out.

        `takes` says what the prompt takes, to the one who asks for help by `?`. Raises
        `TalkStopped` and `GoToStep` for commands that leave the step.
        """
        while True:
            line = read_line(f"{prompt}: ").strip()
            if line == "?":
                say_wrapped(takes or _("Here, what you write is used as it is."))
                self._obey(self, "")
                continue
            if not line.startswith("."):
                return line
            if line.startswith(".."):
                return line[1:]
            self._obey(self, line[1:].strip())

    def agrees(self, question: str) -> bool:
        """Ask something that is answered by yes or no; an empty line is a yes."""
        say_wrapped(question)
        takes = _("Write yes or no.")
        return self._yes_or_no(_("Yes or no"), takes, empty=True)

    def is_yes(self, question: str) -> bool:
        """Ask something where an empty line changes nothing; words by mistake are not dropped."""
        say_wrapped(question)
        takes = _("Write yes, or leave it empty.")
        return self._yes_or_no(_("Yes, or leave empty"), takes, empty=False)

    def _yes_or_no(self, prompt: str, takes: str, *, empty: bool) -> bool:
        while line := self.ask(prompt, takes):
            answer = spelling_key(line)
            for word, meaning in ((_("yes"), True), (_("no"), False)):
                if spelling_key(word).startswith(answer):
                    return meaning
            self.refuse(line, takes)
        return empty

    def go_on(self) -> None:
        """Wait for Enter; what is written instead is kept."""
        takes = _("An empty line continues.")
        while line := self.ask(_("Enter continues"), takes):
            self.refuse(line, takes)

    def choose(self, prompt: str, number: int) -> int | None:
        """Ask for one of so many numbered things; None for an empty line."""
        takes = _("Write a number from 1 to {number}.").format(number=number)
        while line := self.ask(prompt, takes):
            if line.isascii() and line.isdigit() and 1 <= int(line[:6]) <= number:
                return int(line[:6]) - 1
            self.refuse(line, takes)
        return None

    # -- what fits no question ----------------------------------------------------------------

    def refuse(self, line: str, takes: str) -> None:
        """Keep a line that is no answer to what was asked, and say what is wanted.

        A number or a sign that is mistyped is no sentence to keep.
        """
        if any(letter.isalpha() for letter in line):
            self.keep(line)
        say_wrapped(takes)

    def keep(self, line: str) -> None:
        """Keep a line that was written where something else was asked for, and say where it is.

        It becomes part of the step's answer where the step has one, else a note of this talk.
        """
        made_of, step = self.last_line, self.flow.current
        if self._written is None and step.base in NO_WORDS:
            self.commit([Change.created(self._note(line))])
            say_wrapped(_("Kept as a private note: {text}").format(text=line))
            return
        side: Side = "mentee" if self.flow.talk.side == "mentee" else "mentor"
        if step.base in OWN_WORDS:
            side = "mentor"
        self._add(*(self._written or (step, side, "")), line)
        self.last_line = made_of
        say_wrapped(_("Kept in this step: {text}").format(text=line))

    def _note(self, line: str) -> Note:
        return Note(mentee_id=self._mentee_id, talk_id=self._talk_id, text=line, at=now())

    @contextmanager
    def kept_if_left(self, line: str) -> Iterator[None]:
        """Keep a line, of which something was to be made, where the questions about it are left."""
        try:
            yield
        except (GoToStep, TalkStopped):
            if line and line != self.last_line:
                self.keep(line)
            raise

    def choose_task(self, prompt: str) -> Task | None:
        """Let one of the tasks of the plan be chosen."""
        tasks = self.flow.view.tasks
        for number, task in enumerate(tasks, 1):
            say_wrapped(f"{number}. {task.title}", "  ")
        chosen = self.choose(prompt, len(tasks)) if tasks else None
        return None if chosen is None else tasks[chosen]

    def ask_date(self, prompt: str) -> date | None:
        """Ask for a date until one is understood; None for an empty line."""
        takes = _("Enter a date such as 24/11, tomorrow or week 50, or leave it empty.")
        while True:
            line = self.ask(prompt, takes)
            try:
                day = parse_date(line, today(), self.flow.view.mentee.start)
            except DateProblem as problem:
                self.refuse(line, str(problem))
                continue
            if day is not None:
                say_wrapped(echo_date(day, today()))
            return day

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
            self.commit([Change.edited(known, **text)])
            return
        new = self.flow.new_answer(step, field)
        mentee, mentor = text.get("mentee", ""), text.get("mentor", "")
        self.commit([Change.created(replace(new, mentee=mentee, mentor=mentor))])

    # -- saving -------------------------------------------------------------------------------

    def commit(self, changes: Iterable[Change], *, undoable: bool = True) -> None:
        """Save, and try again for as long as the mentor wants; the words are never dropped."""
        made = list(changes)
        while True:
            try:
                self.store.commit(made, _("Talk"), undoable=undoable)
            except NotSaved as problem:
                say_wrapped(_("NOT SAVED. {problem}").format(problem=problem))
                try:
                    line = read_line(_("Enter tries again, Ctrl+D quits: ")).strip()
                except TalkStopped:
                    put_aside(problem, _words(made))
                if line == "?":
                    say_wrapped(_(UNSAVED_HELP))
                elif line:  # it is kept with the rest
                    made.append(Change.created(self._note(line)))
            else:
                return

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
        self.commit([*changes, *note_edits(flow.talk, changes, flow.view.tasks)])


def _words(changes: Iterable[Change]) -> str:
    """Return what was written in changes that could not be saved."""
    texts = []
    for change in changes:
        before = encode(change.before) if change.before is not None else {}
        after = encode(change.after) if change.after is not None else {}
        texts += [v for k, v in after.items() if isinstance(v, str) and v != before.get(k)]
    return "\n".join(texts)


def titled(flow: TalkFlow, step: FlowStep) -> str:
    """Return a step's title; question 3 bears the name of its task as well."""
    task = flow.view.task(step.task_id) if step.base == SKILLS else None
    return f"{step.title}, {task.title}" if task else step.title
