"""Today, line by line: what needs attention, for all mentees or for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar, Final

from data.clock import today
from data.dates import show_date, show_near
from data.i18n import N_, _, ngettext
from data.method.today.due import Due, DueKind, MarkAs, all_due
from data.method.today.fold import Fold, folded
from data.method.today.mark_done import (
    done_word,
    mark_done,
    offered_day,
    put_off,
    put_off_problem,
)
from data.method.today.rows import due_what
from data.method.view import MenteeView
from data.queries.views import mentee_view
from data.records import Mentee
from data.store.change import Change
from tui.cli.base import say_wrapped
from tui.cli.plain.desk import Desk
from tui.cli.plain.listing import Item, Listing
from tui.cli.plain.moves import GoTo
from tui.cli.plain_job.records import sheet_of
from tui.cli.read import everybody, in_today, no_mentees, sentence

_FULL_SCREEN: Final = {
    DueKind.EXTRACT: N_("The command for this is mentor extract."),
    DueKind.DELETION: N_("The command for this is mentor retention."),
    DueKind.LOAN: N_("The commands for this are mentor return and mentor receive."),
}
"""What is said of lines that are seen to elsewhere."""


_PLACES: Final = {"agreement": "expectations", "overview": "mentorship"}
"""What a screen is called here, where it is called something else."""


class TodayPlace(Listing):
    """What needs attention."""

    name: ClassVar = "today"
    COMMANDS: ClassVar = {"done": N_("done"), "snooze": N_("snooze")}
    KEYS: ClassVar = {"d": "done", "p": "snooze", "u": "undo"}
    OF_ONE: ClassVar = frozenset({"done", "snooze"})

    def __init__(self, desk: Desk, mentee_id: str = "") -> None:
        super().__init__(desk, mentee_id)
        self._lines: dict[str, Due | Fold] = {}
        """The lines that were heard, by key."""

    @property
    def prompt(self) -> str:
        """Where one is."""
        return _("Today")

    @property
    def takes(self) -> str:
        """What can be written here."""
        return _(
            "The number of a line opens it; d and a number marks it as done, p and a number "
            "snoozes it, u undoes, an empty line says the list again."
        )

    def rows(self) -> list[Due]:
        """Return the rows of Today as they are now."""
        views = [self.view] if self.mentee_id else in_today(self.desk.store)
        return all_due(views, today(), self.desk.limits)

    def heading(self) -> list[str]:
        """Return what needs attention, and a newer version of the workplace's library."""
        if self.mentee_id or not self.desk.news:
            return self._heading()
        return [*self._heading(), self.desk.news]

    def _heading(self) -> list[str]:
        """Return the day, whom it is about, and how many things need attention."""
        number = len(self.rows())
        day = show_date(today())
        if self.mentee_id:
            day = _("{date}, {name}").format(date=day, name=self.view.mentee.name)
        elif not any(everybody(self.desk.store)):
            if not self.desk.store.all(Mentee):
                return [_("No mentees yet; .mentees and then a adds the first.")]
            return [no_mentees(self.desk.store)]
        if not number:
            return [_("Today, {date}: nothing needs attention.").format(date=day)]
        return [
            ngettext(
                "Today, {date}: {number} thing needs attention.",
                "Today, {date}: {number} things need attention.",
                number,
            ).format(date=day, number=number)
        ]

    def items(self) -> Sequence[Item]:
        """Return the lines; where there are many, those of one sort share one."""
        return self._items(folded(self.rows()))

    def _items(self, lines: Iterable[Due | Fold]) -> list[Item]:
        """Return the lines of the list. Those that were heard before are still known."""
        found = {line.key: line for line in lines}
        self._lines |= found
        return [self._item(key, line) for key, line in found.items()]

    def _item(self, key: str, line: Due | Fold) -> Item:
        if isinstance(line, Fold):
            said = _("{who}: {what}").format(who=line.who, what=line.what)
            return Item(key, line.who, line.what if self.mentee_id else said)
        if self.mentee_id:
            name = f"{line.label}, {line.name}" if line.name else line.label
            return Item(key, due_what(line), f"{name}. {line.why}")
        return Item(key, line.mentee, sentence(line))

    def open(self, item: Item) -> None:
        """Go to where a line is seen to."""
        line = self._lines[item.id]
        if isinstance(line, Fold):
            raise GoTo(FoldPlace(self.desk, line))
        open_due(self.desk, line)

    # -- done and snoozed ---------------------------------------------------------------------

    def do_with(self, command: str, item: Item) -> None:
        """Mark a line as done, or snooze it."""
        line = self._lines[item.id]
        heard = line.dues if isinstance(line, Fold) else (line,)
        there = {due.key for due in self.rows()}
        dues = [due for due in heard if due.key in there]
        if not dues:
            say_wrapped(_("That line is gone; an empty line says the list again."))
        elif command == "done":
            self._done(line, dues)
        else:
            self._snooze(line, dues)

    def _done(self, line: Due | Fold, dues: Sequence[Due]) -> None:
        changes = [one for due in dues for one in mark_done(due, self._view(due), today())]
        first = dues[0]
        if not changes:
            say_wrapped(_("This line has to be opened; its number does."))
            return
        done = done_word(first.mark_as)
        name = f"{line.who}: {line.what}" if isinstance(line, Fold) else due_what(line)
        what = _("{what}: {done}").format(what=name, done=done)
        if isinstance(line, Fold):
            for due in dues:
                say_wrapped(sentence(due))
            if not self.desk.is_yes(_("{what}?").format(what=what)):
                return
        if first.mark_as is MarkAs.ARCHIVE:
            kept = _("What was written in it is kept and can be read under Talks.")
            if not self.desk.is_yes(f"{_('Archive the unfinished talk?')} {kept}"):
                return
        self.desk.commit(changes, what)
        say_wrapped(_("{what} (u undoes)").format(what=what))

    def _snooze(self, line: Due | Fold, dues: Sequence[Due]) -> None:
        until = self._until()
        name = f"{line.who}: {line.what}" if isinstance(line, Fold) else due_what(line)
        changes: list[Change] = [
            one for due in dues for one in put_off(due, self._view(due), until)
        ]
        what = _("{what}: snoozed until {date}").format(what=name, date=show_near(until, today()))
        self.desk.commit(changes, what)
        say_wrapped(_("{what} (u undoes)").format(what=what))

    def _until(self) -> date:
        offered = offered_day(today())
        prompt = _("Snooze until (leave empty for {date})").format(date=show_near(offered, today()))
        while True:
            day = self.desk.ask_date(prompt) or offered
            problem = put_off_problem(day, today())
            if not problem:
                return day
            say_wrapped(f"{problem}.")

    def _view(self, due: Due) -> MenteeView:
        mentee = self.desk.store.get(Mentee, due.mentee_id)
        assert mentee is not None  # noqa: S101 - its row is among those of now
        return mentee_view(self.desk.store, mentee)


class FoldPlace(TodayPlace):
    """The lines that share one on Today."""

    name: ClassVar = ""

    def __init__(self, desk: Desk, fold: Fold) -> None:
        super().__init__(desk, fold.mentee_id)
        self._keys = {due.key for due in fold.dues}

    def rows(self) -> list[Due]:
        """Return those of the lines that are still there."""
        return [due for due in super().rows() if due.key in self._keys]

    def items(self) -> Sequence[Item]:
        """Return each line by itself."""
        return self._items(self.rows())


def open_due(desk: Desk, due: Due) -> None:
    """Go to where a line of Today is seen to: its record, or the place that has it."""
    if due.kind in _FULL_SCREEN:
        say_wrapped(_(_FULL_SCREEN[due.kind]))
        return
    if due.screen == "talk":
        desk.go_to("talk", due.mentee_id)
    if due.kind is DueKind.TALK and due.on and due.on <= today():
        if desk.agrees(_("Start the talk with {name} now?").format(name=due.mentee)):
            desk.go_to("talk", due.mentee_id)
        return
    sheet = sheet_of(desk, due.mentee_id, due.record_id)
    if sheet is not None:
        raise GoTo(sheet)
    place = _PLACES.get(due.screen, due.screen)
    if place in desk.leads:
        desk.go_to(place, due.mentee_id)
    say_wrapped(_("This is seen to on the full screen: open the mentee there, with mentor."))
