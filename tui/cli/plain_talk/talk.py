"""`mentor talk NAME --plain`: the guided talk line by line, for screen readers.

It is the same talk on the same records: it can be begun here and resumed on the screen, or the
other way round. Each line is durable when the next prompt comes. Nothing is printed but text.
"""

from __future__ import annotations

import select
import sys
import termios
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, Literal

import click

from data.clock import now, today
from data.i18n import _
from data.method.talk.flow import MENTOR_FIRST, SKILLS, FlowStep, TalkFlow
from data.method.talk.lifecycle import start_talk, take_back_start
from data.method.today.rows import Limits
from data.method.visibility import Reader, may_see
from data.queries.views import due_limits, mentee_view, talk_words
from data.records import Mentee, Talk, Task
from data.storage.problems import NotSaved
from data.store.change import Change
from data.store.store import Store
from data.text import clean, fold
from tui.cli.base import command, find_mentee, name_argument, say_wrapped
from tui.cli.call import Call, Problem
from tui.cli.plain_talk.commands import Moved, Stopped, carry_out
from tui.cli.write import decoded, put_aside

Side = Literal["mentee", "mentor"]
PASTE_SECONDS: Final = 0.05
"""How soon another line has come where it is part of a paste."""


def talk_command() -> click.Command:
    """Make `mentor talk`."""
    return command(
        "talk",
        _talk,
        _("The guided talk line by line. One that was stopped goes on where it was."),
        name_argument(),
        click.Option(["--plain"], is_flag=True, help=_("Line by line (there is no other way).")),
        click.Option(
            ["--short"], is_flag=True, help=_("The short talk: two questions and a date.")
        ),
    )


def _talk(call: Call, name: str, plain: bool, short: bool) -> None:
    if not plain:
        raise Problem(_("Add --plain for the talk line by line; mentor alone opens the screens."))
    with call.open() as store:
        limits = due_limits(call.settings)
        PlainTalk(store, find_mentee(store, decoded(name)), limits, short=short).run()


class PlainTalk:
    """One talk with one mentee, as questions and answers on a line terminal."""

    def __init__(
        self, store: Store, mentee: Mentee, limits: Limits, *, short: bool = False
    ) -> None:
        self.store = store
        self._mentee_id = mentee.id
        self.limits = limits
        self.last_line = ""
        talk, changes = start_talk(mentee_view(store, mentee), now(), short=short)
        self._began = changes
        self._talk_id = talk.id
        self.commit(changes)

    @property
    def flow(self) -> TalkFlow:
        """The talk as it stands now. Raises `Problem` where somebody else has deleted it."""
        mentee = self.store.get(Mentee, self._mentee_id)
        talk = self.store.get(Talk, self._talk_id)
        if mentee is None or talk is None:
            raise Problem(_("Somebody else has deleted this talk."))
        return TalkFlow(mentee_view(self.store, mentee), talk, talk_words(self.store))

    def run(self) -> None:
        """Walk through the steps until the talk has ended or is stopped."""
        talk, name = self.flow.talk, self.flow.view.mentee.name
        text = (
            _("Talk {number} with {name} goes on.")
            if not self._began
            else _("Talk {number} with {name} begins.")
        )
        say_wrapped(text.format(number=talk.number, name=name))
        say_wrapped(_("An empty line goes on. Write .help for what else can be done."))
        try:
            while self._take(self.flow.current):
                pass
        except Stopped:
            self._stop()

    def _stop(self) -> None:
        """Say that it goes on later; a talk in which nothing happened is as it was before."""
        flow = self.flow
        back = take_back_start(flow.view, flow.talk, self._began)
        if back:
            self.commit(back, undoable=False)
            say_wrapped("\n" + _("Stopped. Nothing was written; the talk has not begun."))
        else:
            say_wrapped("\n" + _("Stopped. All is saved; the same command goes on from here."))

    def _take(self, step: FlowStep) -> bool:
        """Go through one step; False when the talk has ended."""
        from tui.cli.plain_talk import steps

        self._head(step)
        try:
            own = {
                "frame": steps.frame,
                "since": steps.since,
                "sort": steps.sort,
                "understand": steps.understand,
                "plan": steps.plan,
            }.get(step.base)
            if step.base == "close":
                return not steps.close(self)
            if own is not None:
                own(self)
            else:
                self._question(step)
        except Moved as moved:
            self._go_to(moved.key, _first_side(moved.key))
            return True
        following = self.flow.at(step.key).next
        if following is not None:
            self._go_to(following.key, _first_side(following.key))
        return True

    def _head(self, step: FlowStep) -> None:
        flow = self.flow
        say_wrapped(
            "\n"
            + _("Step {number} of {all}: {title}").format(
                number=flow.index + 1, all=len(flow.steps), title=titled(flow, step)
            )
        )
        say_wrapped(step.words.purpose)
        if step.question:
            say_wrapped(step.question)
        if step.note and step.base != SKILLS:  # there it is the task's name, which has been said
            say_wrapped(step.note)

    def _question(self, step: FlowStep) -> None:
        """Take down both sides' words; the one that was being written when it was stopped first."""
        sides: list[Side] = ["mentee", "mentor"]
        if step.base in MENTOR_FIRST:
            sides.reverse()
        if self.flow.talk.side == sides[1]:
            sides.pop(0)
        for side in sides:
            self._go_to(step.key, side)
            self.write(step, side)
        asked = self.flow.ask_before_leaving(self.flow.current)
        if asked and not self.agrees(asked):
            raise Moved(step.key)

    def _go_to(self, key: str, side: Side) -> None:
        """Keep where the talk stands; that is nothing to take back."""
        self.commit(self.flow.go(key, side), undoable=False)

    # -- answers ------------------------------------------------------------------------------

    def write(self, step: FlowStep, side: Side, field: str = "") -> None:
        """Take down lines until an empty one; one inside a paste parts two paragraphs."""
        key = f"{step.key}:{field}" if field else step.key
        self.show_written(key, side)
        label = _("Mentee's words") if side == "mentee" else _("Mentor's words")
        starter = step.words.starter if side == "mentor" else ""
        prompt, gap = f"{label} ({starter})" if starter else label, ""
        private = not self.flow.may_see_words(step, Reader.SHARED)
        try:
            while (line := self.ask(prompt)) or _more_has_come():
                if line:
                    self._add(step, side, field, line, gap)
                gap = "" if line else "\n"
        finally:  # whichever way the step is left, later steps do not offer a private line
            if private:
                self.last_line = ""

    def show_written(self, key: str, side: Side) -> None:
        """Say what has been written so far."""
        answer = self.flow.answer(key)
        written = getattr(answer, side) if answer is not None else ""
        if answer is None or not written:
            return
        if not may_see(answer, Reader.SHARED):
            say_wrapped(_("Something private is written here already; .show private says it."))
            return
        say_wrapped(_("Written so far:"))
        say_wrapped(written, "  ")

    def _add(self, step: FlowStep, side: Side, field: str, line: str, gap: str = "") -> None:
        self.last_line = line
        key = f"{step.key}:{field}" if field else step.key
        known = self.flow.answer(key)
        before = getattr(known, side) if known is not None else ""
        opening = step.words.opening if side == "mentor" else ""
        if not before and opening and not fold(line).startswith(fold(opening.strip())):
            line = opening + line
        text = {side: f"{before.rstrip()}\n{gap}{line}" if before.strip() else line}
        if known is not None:
            self.commit([Change.edited(known, **text)])
            return
        new = self.flow.new_answer(step, field)
        mentee, mentor = text.get("mentee", ""), text.get("mentor", "")
        self.commit([Change.created(replace(new, mentee=mentee, mentor=mentor))])

    # -- asking -------------------------------------------------------------------------------

    def ask(self, prompt: str) -> str:
        """Return the line that was written, "" for an empty one; commands are carried out.

        Raises `Stopped` and `Moved` for those that leave the step.
        """
        while True:
            line = _read_line(f"{prompt}: ").strip()
            if not line.startswith("."):
                return line
            if line.startswith(".."):
                return line[1:]
            carry_out(self, line[1:].strip())

    def agrees(self, question: str) -> bool:
        """Ask something that is answered by yes or no; an empty line is a yes."""
        say_wrapped(question)
        while True:
            answer = fold(self.ask(_("Yes or no")))
            if not answer or fold(_("yes")).startswith(answer):
                return True
            if fold(_("no")).startswith(answer):
                return False
            say_wrapped(_("Write yes or no."))

    def is_yes(self, question: str) -> bool:
        """Ask something where an empty line changes nothing; words by mistake are not dropped."""
        say_wrapped(question)
        while answer := fold(self.ask(_("Yes, or an empty line"))):
            if fold(_("yes")).startswith(answer):
                return True
            if fold(_("no")).startswith(answer):
                break
            say_wrapped(_("Write yes, or an empty line."))
        return False

    def choose(self, prompt: str, number: int) -> int | None:
        """Ask for one of so many numbered things; None for an empty line."""
        while True:
            line = self.ask(prompt)
            if not line:
                return None
            if line.isascii() and line.isdigit() and 1 <= int(line[:6]) <= number:
                return int(line[:6]) - 1
            say_wrapped(_("Write a number from 1 to {number}.").format(number=number))

    def choose_task(self, prompt: str) -> Task | None:
        """Let one of the tasks of the plan be chosen."""
        tasks = self.flow.view.tasks
        for number, task in enumerate(tasks, 1):
            say_wrapped(f"{number}. {task.title}", "  ")
        chosen = self.choose(prompt, len(tasks)) if tasks else None
        return None if chosen is None else tasks[chosen]

    def ask_date(self, prompt: str) -> date | None:
        """Ask for a date until one is understood; None for an empty line."""
        from data.dates import DateProblem, echo_date, parse_date

        while True:
            try:
                day = parse_date(self.ask(prompt), today(), self.flow.view.mentee.start)
            except DateProblem as problem:
                say_wrapped(str(problem))
                continue
            if day is not None:
                say_wrapped(echo_date(day, today()))
            return day

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
                    _read_line(_("Enter tries again, Ctrl+D leaves: "))
                except Stopped:
                    put_aside(problem, _words(made))
            else:
                return

    def commit_plan(self, changes: Sequence[Change]) -> None:
        """Save changes of the plan, which are noted with the talk (R56)."""
        from data.method.plan.agreed import note_edits

        flow = self.flow
        self.commit([*changes, *note_edits(flow.talk, changes, flow.view.tasks)])


def _words(changes: Iterable[Change]) -> str:
    """Return what was written in changes that could not be saved."""
    from data.store.codec import encode

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


def _first_side(key: str) -> Side:
    return "mentor" if key.partition(":")[0] in MENTOR_FIRST else "mentee"


def _more_has_come() -> bool:
    """Whether another line follows faster than anybody types: the last one was part of a paste."""
    if not sys.stdin.isatty():
        return False
    before = termios.tcgetattr(sys.stdin)
    by_letters = [*before[:3], before[3] & ~termios.ICANON, *before[4:]]
    try:  # a paste need not end with a line; by lines its end could not be seen
        termios.tcsetattr(sys.stdin, termios.TCSANOW, by_letters)
        return bool(select.select([sys.stdin], [], [], PASTE_SECONDS)[0])
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, before)


def _read_line(prompt: str) -> str:
    """Return one line of input, cleaned. Raises `Stopped` at its end."""
    click.echo(clean(prompt, lines=False), nl=False)
    try:
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        raise Stopped from None
    if not line:
        raise Stopped
    return clean(decoded(line.rstrip("\n")), lines=False)
