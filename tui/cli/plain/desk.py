"""One run of plain commands: where one is, what is written after a full stop, and what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from typing import Final, NoReturn

from data.clock import now
from data.i18n import N_, _
from data.method.limits import Limits
from data.method.view import MenteeView
from data.method.visibility import Reader
from data.queries.mentees import mentees, told_apart
from data.queries.views import mentee_view
from data.records import Conflict, Mentee, Note, Record, new_id
from data.storage.problems import StorageError
from data.store.change import Change, is_same
from data.store.hold import OnHold
from data.store.store import Store
from data.text import small_first
from tui.cli.base import say_wrapped
from tui.cli.call import Problem
from tui.cli.plain.dialogue import Dialogue, as_number, begins
from tui.cli.plain.line import Stopped, interrupts_wait
from tui.cli.plain.moves import GivenUp, GoTo, Leave, Visited
from tui.cli.plain.notes import newest_notes
from tui.cli.plain.words import as_written, is_word, which

WORDS: Final = {
    "help": N_("help"),
    "back": N_("back"),
    "undo": N_("undo"),
    "note": N_("note"),
    "share": N_("share"),
    "notes": N_("notes"),
    "stop": N_("stop"),
}
"""What can be written after a full stop everywhere."""

Opener = Callable[["Desk", str], Visited]
"""Makes a place about the mentee with an id; "" for a place that is about no one of them."""


class Leads:
    """A place that a word leads to."""

    def __init__(self, word: str, opener: Opener, *, of_mentee: bool = True) -> None:
        """`word` is a msgid; `of_mentee` says whether the place is always about one mentee."""
        self.word = word
        self.opener = opener
        self.of_mentee = of_mentee


class Desk(Dialogue):
    """One run: the places that one has come through, the last one in front."""

    def __init__(
        self, store: Store, limits: Limits, leads: Mapping[str, Leads], news: str = ""
    ) -> None:
        """Begin a run; `news` says that the workplace's library has a newer version, or is ""."""
        super().__init__(store)
        self.news = news
        self.limits = limits
        self.leads = leads
        self.mentee_id = ""
        """The mentee that it was last about; "" for none yet."""
        self._places: list[Visited] = []
        self._last_note = ""
        self._has_told_of_help = False
        self._is_asking = False
        """Whether a question is asked inside a place, which can be given up."""

    # -- where one is -------------------------------------------------------------------------

    def run(self, first: Visited) -> None:
        """Go from place to place until all are left."""
        self._places = [first]
        with interrupts_wait():
            self._go()

    def _go(self) -> None:
        try:
            while self._places:
                place = self._places[-1]
                self.mentee_id = place.mentee_id or self.mentee_id
                try:
                    place.visit()
                except Leave:
                    self._places.pop()
                except GoTo as other:
                    self._enter(other.place)
                except Problem as gone:
                    if len(self._places) == 1:
                        raise
                    say_wrapped(str(gone))
                    self._places.pop()
        except Stopped as left:
            if not left.args:
                say_wrapped(_("Stopped. Everything is saved."))

    @contextmanager
    def asking(self) -> Iterator[None]:
        """What is asked meanwhile can be given up, and the place goes on."""
        before, self._is_asking = self._is_asking, True
        try:
            yield
        finally:
            self._is_asking = before

    def _enter(self, place: Visited) -> None:
        """Go to a place; one that has been gone through on the way here is gone back to."""
        for at, one in enumerate(self._places):
            if place.name and (one.name, one.mentee_id) == (place.name, place.mentee_id):
                del self._places[at:]
                break
        self._places.append(place)

    def go_to(self, name: str, mentee_id: str = "") -> NoReturn:
        """Go to the place of that name, about a mentee or the one that it was last about.

        Where the place is about one and none is known, ask.
        """
        leads = self.leads[name]
        if leads.of_mentee:
            mentee_id = mentee_id or self.mentee_id or self.ask_mentee()
        raise GoTo(leads.opener(self, mentee_id))

    def ask_mentee(self) -> str:
        """Return the id of the mentee that is chosen, or of the only one. May raise `GivenUp`."""
        known = mentees(self.store)
        if not known:
            say_wrapped(_("There is no mentee yet; .mentees and then a adds one."))
            raise GivenUp
        if len(known) == 1:
            return known[0].id
        names = [told_apart(self.store, one) for one in known]
        for number, name in enumerate(names, 1):
            say_wrapped(f"{number}. {name}")
        takes = _("Write a number from 1 to {number}, or the start of a name.")
        takes = takes.format(number=len(known))
        while line := self.ask(_("Which mentee"), takes):
            place = as_number(line, len(known))
            found = [place] if place is not None else begins(names, line)
            if len(found) == 1:
                return known[found[0]].id
            self.refuse(line, takes)
        raise GivenUp

    def view_of(self, mentee_id: str) -> MenteeView:
        """Return a mentee's records as they are now. Raises `Problem` if the mentee is gone."""
        mentee = self.store.get(Mentee, mentee_id)
        if mentee is None:
            raise Problem(_("Someone else has deleted this mentee."))
        return mentee_view(self.store, mentee)

    def look(self) -> None:
        """Take in what other sessions have saved; what cannot be read is told by the next save."""
        with suppress(StorageError):
            self.store.pump()

    @property
    def first_day(self) -> date | None:
        """The first day at work of the mentee that it is about."""
        mentee = self.store.get(Mentee, self._about[0])
        return mentee.start if mentee else None

    @property
    def _about(self) -> tuple[str, str]:
        """The ids of the mentee and of the task that a line is about which answers nothing."""
        place = self._places[-1] if self._places else None
        known = mentees(self.store)
        only = known[0].id if len(known) == 1 else ""
        mentee_id = (place.mentee_id if place else "") or self.mentee_id or only
        return mentee_id, place.task_id if place else ""

    # -- what is written after a full stop ----------------------------------------------------

    def obey(self, typed: str) -> None:
        """Do what was written after a full stop: a command of the place, or one of all places."""
        place = self._places[-1]
        places = {name: leads.word for name, leads in self.leads.items()}
        name, rest = which(typed, {**place.COMMANDS, **WORDS, **places})
        if name in place.COMMANDS:
            with self.asking():
                place.do(name, rest)
                place.again()
        elif name in places:
            if rest and (found := self._named(rest)):
                self.go_to(name, found)
            if rest:
                self.keep(rest)
            self.go_to(name)
        elif name:
            self._do(name, rest)
        else:
            if typed:  # no command, but words that begin with a full stop
                self.keep(f".{typed}")
            self.help()

    def _named(self, typed: str) -> str:
        """Return the id of the only mentee whose name begins so; "" where there is none."""
        known = mentees(self.store)
        found = begins([one.name for one in known], typed)
        return known[found[0]].id if len(found) == 1 else ""

    def _do(self, name: str, rest: str) -> None:
        if name == "note":
            text = rest or self.ask(_("Note (private)"))
            if text:
                self.keep(text)
            return
        if name == "notes":
            self._say_notes(rest)
            return
        if rest:  # nothing that is written is dropped
            self.keep(rest)
        if name == "stop":
            raise Stopped
        if name == "back":
            if len(self._places) == 1 and not self._is_asking:
                say_wrapped(_("There is no place before this one; .stop quits."))
                return
            raise GivenUp if self._is_asking else Leave
        acts = {"undo": self.undo, "share": self._share, "help": self.help}
        acts[name]()

    def say_help_is_there(self) -> None:
        """Say once in a run that there is help at every prompt."""
        if not self._has_told_of_help:
            self._has_told_of_help = True
            say_wrapped(_("? helps at every prompt."))

    def help(self) -> None:
        """Say what can be written after a full stop, and what becomes of other lines."""
        place = self._places[-1]
        here = [as_written(_(word)) for word in place.COMMANDS.values()]
        there = [as_written(_(leads.word)) for leads in self.leads.values()]
        if here:
            say_wrapped(_("Here: {words}.").format(words=_dotted(here)))
        say_wrapped(_("Elsewhere: {words}.").format(words=_dotted(there)))
        for line in (
            N_(
                ".back goes back, .undo undoes, .note writes a private note, .share shares it, "
                ".notes lists them, .stop quits."
            ),
            N_(
                "Everything is saved as you write it. Text that fits no question becomes a private "
                "note. To start a line with a full stop, type two."
            ),
        ):
            say_wrapped(_(line))

    def undo(self) -> None:
        """Take the last step back."""
        try:
            taken = self.store.undo()
        except (OnHold, StorageError) as problem:
            say_wrapped(f"{problem}")
            return
        said = _("There is nothing to undo.")
        say_wrapped(said if taken is None else _("Undone: {what}").format(what=small_first(taken)))
        self._places[-1].again()

    # -- notes --------------------------------------------------------------------------------

    def kept_as(self, line: str) -> Record:
        """Return the private note that keeps a line, about the task that is open if one is.

        Where no mentee is known whom it could be about, it is a text that has lost its place.
        """
        mentee_id, task_id = self._about
        if mentee_id:
            return Note(mentee_id=mentee_id, task_id=task_id, text=line, at=now())
        return Conflict(of_table=Note.table, of_id=new_id(), of_field="text", mine=line)

    def keep(self, line: str) -> None:
        """Keep a line that was written where something else was asked for, and say where it is."""
        record = self.kept_as(line)
        self.commit([Change.created(record)], _("Note"))
        if isinstance(record, Note):
            self._last_note = record.id
            said = _("Kept as a private note: {text}")
            if not self._places or not self._places[-1].mentee_id:  # whom it is about is a guess
                said = _("Kept as a private note about {name}: {text}")
            name = self.view_of(record.mentee_id).mentee.name
            say_wrapped(said.format(text=line, name=name))
        else:
            say_wrapped(_("Kept: ! in the full-screen program shows it."))

    def _share(self) -> None:
        note = self.store.get(Note, self._last_note)
        if note is None:
            say_wrapped(_("You have written no note here yet."))
            return
        self.commit([Change.edited(note, private=False)], _("Note"))
        say_wrapped(_("Shared: {text}").format(text=note.text))

    def _say_notes(self, rest: str) -> None:
        """Say the notes on the task or about the mentee; private ones where that is asked for."""
        private = bool(rest) and is_word(rest, _("private"), "private")
        if rest and not private:
            self.keep(rest)
        mentee_id, task_id = self._about
        view = self.view_of(mentee_id or self.ask_mentee())
        for line in newest_notes(view, task_id, Reader.MENTOR if private else Reader.SHARED):
            say_wrapped(line)

    # -- deleting -----------------------------------------------------------------------------

    def delete(self, question: str, deletion: Callable[[], Iterable[Change]], what: str) -> bool:
        """Ask, and delete; not where something in it has changed since the question was asked.

        `deletion` returns the changes as they would be now; none if it is gone. Returns whether it
        was deleted.
        """
        asked = list(deletion())
        if refused := self.store.refusals.of(asked):
            say_wrapped(f"{refused}.")
            return False
        if not self.is_yes(question):
            return False
        self.look()
        wanted = list(deletion())
        if not wanted:
            return False
        if not is_same(asked, wanted):
            said = _(
                "It was changed in the meantime, so nothing was deleted. Check it, and delete "
                "again."
            )
            say_wrapped(said)
            return False
        self.commit(wanted, what)
        say_wrapped(_("Deleted. .undo undoes it."))
        return True

    def delete_one(self, kind: type[Record], id: str, question: str, what: str) -> bool:
        """Ask, and delete one record that takes nothing else with it. Whether it was deleted."""

        def deletion() -> Iterable[Change]:
            record = self.store.get(kind, id)
            return [Change.deleted(record)] if record is not None else ()

        return self.delete(question, deletion, what)


def _dotted(words: Iterable[str]) -> str:
    return " ".join(f".{word}" for word in words)
