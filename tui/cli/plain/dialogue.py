"""Questions on a line terminal, the lines that answer them, and their saving.

A line that answers nothing is kept, a date is said as it was understood, and what could not be
saved is tried again. Where such a line is kept, and what is done with one that begins with a full
stop, is for each kind of dialogue to say.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Final

from data.clock import today
from data.date_parts import Lean
from data.dates import DateProblem, echo_date
from data.i18n import N_, _
from data.queries.clash_words import what_became
from data.records import Conflict, Record, new_id
from data.storage.problems import ErrorKind, NotSaved
from data.storage.protocol import Clash
from data.store.change import Change
from data.store.codec import encode
from data.store.conflicts import needs_conflict
from data.store.events import Event
from data.store.store import Store
from data.text import spelling_key, words_key
from data.typed_dates import parse_date
from tui.cli.base import say_wrapped
from tui.cli.plain.line import Stopped, read_line
from tui.cli.write import put_aside

UNSAVED_HELP: Final = N_(
    "Enter tries to save again. What you write here is kept with the "
    "rest. Ctrl+D puts everything in a separate file, tells you its "
    "name, and quits."
)


class Dialogue(ABC):
    """Questions and answers on a line terminal."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._meanwhile: list[str] = []
        """Ids of the lines that stand in the file while more is asked about them."""

    # -- what each kind of dialogue says itself -----------------------------------------------

    @property
    @abstractmethod
    def first_day(self) -> date | None:
        """The mentee's first day at work, from which "day 10" is counted."""

    @abstractmethod
    def obey(self, typed: str) -> None:
        """Do what was written after a full stop; "" for help.

        It may leave the question, by an exception.
        """

    @abstractmethod
    def keep(self, line: str) -> None:
        """Keep a line that was written where something else was asked for, and say where it is."""

    @abstractmethod
    def kept_as(self, line: str) -> Record:
        """Return the record that keeps a line which answers nothing; it is private."""

    # -- asking -------------------------------------------------------------------------------

    def ask(self, prompt: str, takes: str = "") -> str:
        """Return the line that was written, "" for an empty one; commands are carried out.

        `takes` says what the prompt takes, to the one who asks for help by `?`. Raises `Stopped`,
        and whatever commands raise that leave the question.
        """
        while True:
            line = read_line(f"{prompt}: ").strip()
            if line == "?":
                say_wrapped(takes or _("Here, what you write is used as it is."))
                self.obey("")
                continue
            if not line.startswith("."):
                return line
            if line.startswith(".."):
                return line[1:]
            self.obey(line[1:].strip())

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
            place = as_number(line, number)
            if place is not None:
                return place
            self.refuse(line, takes)
        return None

    def ask_date(self, prompt: str, lean: Lean = Lean.PLAN) -> date | None:
        """Ask for a date until one is understood; None for an empty line."""
        takes = _("Enter a date such as 24/11, tomorrow or week 50, or leave it empty.")
        while True:
            line = self.ask(prompt, takes)
            try:
                day = parse_date(line, today(), self.first_day, lean)
            except DateProblem as problem:
                self.refuse(line, str(problem))
                continue
            if day is not None:
                say_wrapped(echo_date(day, today()))
            return day

    def refuse(self, line: str, takes: str) -> None:
        """Keep a line that is no answer to what was asked, and say what is wanted.

        A number, a sign or a letter that is mistyped is no sentence to keep.
        """
        if sum(letter.isalpha() for letter in line) > 1:
            self.keep(line)
        say_wrapped(takes)

    @contextmanager
    def saved_meanwhile(self, line: str, *, of_table: str, of_field: str) -> Iterator[None]:
        """Have a line stand in the file while more is asked about it, of which something is made.

        It is a text that has lost its place: if the process is killed, or the questions are left,
        `!` shows it; unless who leaves them keeps it elsewhere, and calls `let_go`. `of_table` and
        `of_field` name what it was to become.
        """
        kept = Conflict(of_table=of_table, of_id=new_id(), of_field=of_field, mine=line)
        self.commit([Change.created(kept)], "", undoable=False)
        self._meanwhile.append(kept.id)
        try:
            yield
            self.let_go()
        finally:
            if kept.id in self._meanwhile:
                self._meanwhile.remove(kept.id)

    def let_go(self) -> None:
        """Forget the line that stood in the file meanwhile: it has been kept or made use of."""
        kept = self.store.get(Conflict, self._meanwhile.pop()) if self._meanwhile else None
        if kept is not None:
            self.commit([Change.deleted(kept)], "", undoable=False)

    # -- saving -------------------------------------------------------------------------------

    def commit(self, changes: Iterable[Change], what: str, *, undoable: bool = True) -> None:
        """Save, and try again for as long as the mentor wants; the words are never dropped.

        `what` is the name of the step of undo. What others have changed at the same time is said.
        """
        made = list(changes)
        events: list[Event] = []
        end = self.store.subscribe(events.append)
        try:
            while not self._is_saved(made, what, undoable=undoable):
                pass
        finally:
            end()
        clashes = [clash for event in events for clash in event.clashes]
        if clashes:
            self.say_clashes(clashes)

    def _is_saved(self, made: list[Change], what: str, *, undoable: bool) -> bool:
        try:
            self.store.commit(made, what, undoable=undoable)
        except NotSaved as problem:
            self._try_again(problem, made)
            return False
        return True

    def _try_again(self, problem: NotSaved, made: list[Change]) -> None:
        """Say why it is not saved, and wait; what is written meanwhile is saved with the rest."""
        said = _("NOT SAVED. {problem}")
        if problem.kind is ErrorKind.UNSURE:  # the same commit is made once, however often sent
            said = _(
                "PERHAPS NOT SAVED: the line to {name} broke meanwhile. Trying again saves it once."
            )
        say_wrapped(said.format(problem=problem, name=problem.name))
        try:
            line = read_line(_("Enter tries again, Ctrl+D quits: ")).strip()
        except Stopped:
            put_aside(problem, words_of(made))
        if line == "?":
            say_wrapped(_(UNSAVED_HELP))
        elif line:  # it is kept with the rest
            made.append(Change.created(self.kept_as(line)))

    def say_clashes(self, clashes: Sequence[Clash]) -> None:
        """Say what others have changed at the same time as this dialogue, and what became of it."""
        both = _(
            "{name} edited the same at the same time, and that is what counts now. Yours is kept: "
            "! in the full-screen program shows both."
        )
        kept = both if any(map(needs_conflict, clashes)) else ""
        say_wrapped(what_became(self.store, clashes, kept))


def words_of(changes: Iterable[Change]) -> str:
    """Return what was written in changes that could not be saved."""
    texts: list[str] = []
    for change in changes:
        before = encode(change.before) if change.before is not None else {}
        after = encode(change.after) if change.after is not None else {}
        texts += [v for k, v in after.items() if isinstance(v, str) and v != before.get(k)]
    return "\n".join(texts)


def as_number(line: str, most: int) -> int | None:
    """Return the place, from 0, that a number from 1 to `most` names; None for anything else."""
    if line.isascii() and line.isdigit() and 1 <= int(line[:6]) <= most:
        return int(line[:6]) - 1
    return None


def several(names: Iterable[str]) -> str:
    """Return what is said where the names of several begin with what was typed."""
    return _("Several begin so: {names}. Type more of it.").format(names=", ".join(names))


def begins(names: Sequence[str], typed: str) -> list[int]:
    """Return the places of the names that begin with what was typed; a whole name is it alone."""
    wanted = words_key(typed)
    keys = [words_key(name) for name in names]
    whole = [place for place, key in enumerate(keys) if key == wanted]
    return whole or [place for place, key in enumerate(keys) if wanted and key.startswith(wanted)]
