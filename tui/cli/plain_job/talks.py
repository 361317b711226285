"""The talks to come, line by line: their days, and how one is moved, added or called off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from data.clock import today
from data.dates import echo_date, show_date, show_near
from data.i18n import N_, _
from data.method.talk.rhythm import cancel, is_past_end, move, new_talk, postpone, propose_next
from data.method.view import MenteeView
from data.method.words import word
from data.records import Talk, TalkState
from data.store.change import Change
from data.typed_dates import parse_day_time, parse_time
from tui.cli.base import say_wrapped
from tui.cli.plain.field import Field
from tui.cli.plain.listing import Item, Listing
from tui.cli.plain.moves import GoTo, Leave
from tui.cli.plain_job.record import DATE_TAKES, RecordSheet


class TalksPlace(Listing):
    """The talks to come."""

    name: ClassVar = "talks"
    COMMANDS: ClassVar = {"add": N_("add"), "all": N_("all")}
    KEYS: ClassVar = {"a": "add", "u": "undo"}
    FIRST: ClassVar = 3

    @property
    def prompt(self) -> str:
        """Where one is."""
        return _("Talks")

    @property
    def takes(self) -> str:
        """What can be written here."""
        return _(
            "The number of a talk opens it, to move it or to call it off; a adds one, u undoes, "
            ".talk starts the next one, an empty line says them again."
        )

    def heading(self) -> list[str]:
        """Return when the next talk is, and whose."""
        view = self.view
        following = view.next_talk(today())
        if following is None or following.planned_on is None:
            said = _("{name}: no next talk is planned.")
            return [said.format(name=view.mentee.name)]
        said = _("{name}: the next talk is {date}.")
        return [
            said.format(name=view.mentee.name, date=show_near(following.planned_on, today())),
        ]

    def items(self) -> Sequence[Item]:
        """Return the talk in progress and those to come."""
        view = self.view
        found = [view.running] if view.running else []
        return [Item(one.id, _name(one), _line(one)) for one in (*found, *view.to_come)]

    def open(self, item: Item) -> None:
        """Open a talk."""
        raise GoTo(TalkSheet(self.desk, self.mentee_id, item.id))

    def add(self, text: str) -> None:
        """Add a talk; its day is what was written, or what the rhythm proposes."""
        view = self.view
        offered = propose_next(view, today())
        if text:
            day: date | None = parse_day_time(text, today(), view.mentee.start)[0]
        else:
            prompt = _("Date (leave empty for {date})").format(date=show_date(offered))
            day = self.desk.ask_date(prompt)
        talk = new_talk(self.view, day or offered)
        self.desk.commit([Change.created(talk)], _name(talk))
        say_wrapped(f"{_line(talk)}.")


class TalkSheet(RecordSheet[Talk]):
    """A talk to come that is open."""

    KIND = Talk
    COMMANDS: ClassVar = {"cancel": N_("cancel")}

    def title(self, record: Talk) -> str:
        """Return its number and its day."""
        return _line(record)

    @property
    def prompt(self) -> str:
        """Which talk."""
        return _name(self.record)

    def fields(self) -> Sequence[Field]:
        """Return its day and its time; none of a talk that has begun."""
        talk = self.record
        if talk.state in (TalkState.RUNNING, TalkState.HELD, TalkState.ARCHIVED):
            return []
        seen = [talk]

        def moved(change: Change) -> None:
            self.desk.commit([change], _("Move talk {number}").format(number=talk.number))
            seen[0] = self.record

        def day(typed: str) -> str:
            on, time = parse_day_time(typed, today(), self.desk.first_day)
            moved(postpone(seen[0], None) if on is None else move(seen[0], on, time or None))
            return _understood(self.view, on)

        def time(typed: str) -> str:
            at = parse_time(typed)
            on = seen[0].planned_on
            if on is not None:
                moved(move(seen[0], on, at))
            return f"{_('Time')}: {at or '–'}"

        takes = _("Write a time such as 14.30.")
        fields = [Field(_("Date"), show_date(talk.planned_on), day, _(DATE_TAKES))]
        if talk.planned_on is not None:
            fields.append(Field(_("Time"), talk.planned_time, time, takes))
        return fields

    def more(self) -> list[str]:
        """Return how it is started."""
        return [_(".talk starts the talk, or goes on with it.")]

    def do(self, command: str, rest: str) -> None:
        """Call the talk off."""
        if rest:
            self.desk.keep(rest)
        talk = self.record
        if talk.state not in (TalkState.PLANNED, TalkState.POSTPONED):
            say_wrapped(_("It has been started or held and stays as it is."))
        elif self.desk.is_yes(_("Cancel talk {number}?").format(number=talk.number)):
            what = _("Talk {number} cancelled").format(number=talk.number)
            self.desk.commit([cancel(talk)], what)
            say_wrapped(f"{what}.")
            raise Leave


def _name(talk: Talk) -> str:
    return _("Talk {number}").format(number=talk.number)


def _line(talk: Talk) -> str:
    """Return a talk in a line: its number, its day, and its state where it is not planned."""
    when = show_near(talk.planned_on, today()) if talk.planned_on else _("no date yet")
    state = "" if talk.state is TalkState.PLANNED else word(talk.state).lower()
    return ", ".join(filter(None, (_name(talk), f"{when} {talk.planned_time}".strip(), state)))


def _understood(view: MenteeView, on: date | None) -> str:
    if on is None:
        return _("No date yet.")
    said = echo_date(on, today())
    if is_past_end(view.mentee, on):
        after = _("That is after the mentorship ends on {date}")
        said = f"{said}. {after.format(date=show_date(view.mentee.ends))}"
    return said
