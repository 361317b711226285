"""The needs map and the knowledge, line by line: how both see each need, now and then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from data.clock import today
from data.i18n import N_, _, ngettext
from data.method.mentorship.needs import (
    current_needs,
    earlier,
    in_plan,
    latest_round,
    next_round,
    with_earlier,
    with_view,
)
from data.method.plan.changes import new_task
from data.method.view import MenteeView
from data.method.visibility import Reader, may_see
from data.method.words import word
from data.records import Knowledge, Need, Priority
from data.store.change import Change
from data.text import line
from tui.cli.base import say_wrapped
from tui.cli.plain.desk import Desk
from tui.cli.plain.field import Field
from tui.cli.plain.listing import Item, Listing
from tui.cli.plain.moves import GoTo
from tui.cli.plain_job.knowledge import KnowledgeSheet, knowledge_said, use_today
from tui.cli.plain_job.record import RecordSheet


class NeedsPlace(Listing):
    """The needs of the latest round, and then the knowledge."""

    name: ClassVar = "needs"
    COMMANDS: ClassVar = {
        "add": N_("add"),
        "knowledge": N_("knowledge"),
        "used": N_("used"),
        "round": N_("round"),
        "delete": N_("delete"),
    }
    KEYS: ClassVar = {"a": "add", "d": "used", "x": "delete", "u": "undo"}
    OF_ONE: ClassVar = frozenset({"used", "delete"})

    @property
    def prompt(self) -> str:
        """Where one is."""
        return _("Needs")

    @property
    def takes(self) -> str:
        """What can be written here."""
        return _(
            "The number of a need or of knowledge, or the start of its name, opens it; a adds a "
            "need, .knowledge adds knowledge, d and a number notes knowledge as used today, x and "
            "a number deletes, .round starts a new round, u undoes, an empty line says all again."
        )

    def heading(self) -> list[str]:
        """Return how many needs there are in which round, and how much knowledge."""
        view = self.view
        needs = ngettext("{number} need", "{number} needs", len(current_needs(view)))
        known = ngettext(
            "{number} piece of knowledge", "{number} pieces of knowledge", len(view.knowledge)
        )
        said = _("{name}, round {round}: {needs}, {knowledge}.")
        return [
            said.format(
                name=view.mentee.name,
                round=latest_round(view),
                needs=needs.format(number=len(current_needs(view))),
                knowledge=known.format(number=len(view.knowledge)),
            )
        ]

    def items(self) -> Sequence[Item]:
        """Return the needs, and then the knowledge."""
        view, limit = self.view, self.desk.limits.unused_days
        needs = [Item(one.id, one.area, _line(view, one)) for one in current_needs(view)]
        known = [
            Item(one.id, one.title, f"{_('Knowledge')}: {knowledge_said(view, one, limit)}")
            for one in view.knowledge
        ]
        return [*needs, *known]

    def open(self, item: Item) -> None:
        """Open a need or a piece of knowledge."""
        if self.desk.store.get(Need, item.id) is not None:
            raise GoTo(NeedSheet(self.desk, self.mentee_id, item.id))
        raise GoTo(KnowledgeSheet(self.desk, self.mentee_id, item.id))

    def add(self, text: str) -> None:
        """Add a need at once, and open it for how both see it."""
        area = line(text or self.desk.ask(_("Area of the need")))
        if area:
            number = latest_round(self.view)
            need = Need(mentee_id=self.mentee_id, area=area, round=number, on=today())
            self.desk.commit([Change.created(need)], _("New need"))
            raise GoTo(NeedSheet(self.desk, self.mentee_id, need.id))

    def do(self, command: str, rest: str) -> None:
        """Add knowledge, begin a round, or what every list can do."""
        if command == "knowledge":
            title = line(rest or self.desk.ask(_("What is known or learned")))
            if title:
                item = Knowledge(mentee_id=self.mentee_id, title=title)
                self.desk.commit([Change.created(item)], _("New knowledge"))
                raise GoTo(KnowledgeSheet(self.desk, self.mentee_id, item.id))
        elif command == "round":
            if rest:
                self.desk.keep(rest)
            self._begin_round()
        else:
            super().do(command, rest)

    def _begin_round(self) -> None:
        """Ask, and begin a new round, in which both answer again."""
        view = self.view
        if not view.needs:
            say_wrapped(f"{_('No needs to review yet')}.")
            return
        question = _("Start a new round? This round's answers are kept beside the new ones.")
        if not self.desk.is_yes(question):
            return
        self.desk.look()
        if latest_round(self.view) != latest_round(view):
            say_wrapped(f"{_('Someone else has started a new round; it is shown here')}.")
        else:
            self.desk.commit(next_round(self.view, today()), _("New round of needs"))
        self.say()

    def do_with(self, command: str, item: Item) -> None:
        """Note knowledge as used today, or delete a need or knowledge."""
        known = self.desk.store.get(Knowledge, item.id)
        if command == "used":
            if known is None:
                said = _("Select knowledge first; its first use can then be noted")
                say_wrapped(f"{said}.")
            else:
                use_today(self.desk, known)
            return
        kind = Need if known is None else Knowledge
        question = _("Delete {name}?").format(name=item.name)
        self.desk.delete_one(kind, item.id, question, item.name)


class NeedSheet(RecordSheet[Need]):
    """A need that is open: what is needed, and how both see it, now and then."""

    KIND = Need
    COMMANDS: ClassVar = {"task": N_("task"), "private": N_("private")}

    def __init__(self, desk: Desk, mentee_id: str, record_id: str) -> None:
        super().__init__(desk, mentee_id, record_id)
        self._reader = Reader.SHARED

    def title(self, record: Need) -> str:
        """Return the area."""
        return record.area

    def fields(self) -> Sequence[Field]:
        """Return its fields; the mentor's answer only as the rule has it."""
        view = self.view
        return [
            self.text("area", required=_("Name the area")),
            self.text("need", long=True, edit=lambda one, text: _edited(view, one, need=text)),
            self.choice(
                "priority",
                Priority,
                none=True,
                edit=lambda one, value: _edited(view, one, priority=value),
            ),
            self._answer("mentee_view"),
            self._answer("mentor_view"),
        ]

    def _answer(self, key: str) -> Field:
        field = self.text(
            key, long=True, edit=lambda one, text: with_view(one, today(), **{key: text})
        )
        if not field.text or may_see(self.record, self._reader, key):
            return field
        shut = _("private until the mentee has answered; .private says it")
        return replace(field, text="", shut=shut)

    def more(self) -> list[str]:
        """Return how both saw it the round before, and whether it is in the plan."""
        view, need = self.view, self.record
        lines = [_("in the plan") if in_plan(view, need) else _("no task yet: .task makes one")]
        before = earlier(view, need)
        for text, key in (
            (_("Mentee, {when}: {text}"), "mentee_view"),
            (_("Mentor, {when}: {text}"), "mentor_view"),
        ):
            said = " ".join(getattr(before, key).split()) if before else ""
            if before and said and may_see(before, self._reader, key):
                lines.append(text.format(when=_("then"), text=said))
        return lines

    def do(self, command: str, rest: str) -> None:
        """Make a task of the need, or say what is private."""
        if rest:
            self.desk.keep(rest)
        if command == "private":
            self._reader = Reader.MENTOR
            self.say()
            return
        view, need = self.view, self.record
        if in_plan(view, need):
            said = _("{title} is already in the plan.")
        else:
            task = new_task(view, need.area, origin=need.id)
            self.desk.commit([Change.created(task)], _("Task from a need"))
            said = _("{title} is now in the plan.")
        say_wrapped(said.format(title=need.area))


def _edited(view: MenteeView, seen: Need, **fields: Any) -> Need:
    """Return the need with fields set, tied to the one of the round before."""
    return replace(with_earlier(view, seen), **fields)


def _line(view: MenteeView, need: Need) -> str:
    """Return a need in a line: its area, who has answered, its priority, and its task."""
    both = {
        (True, True): _("both have answered"),
        (True, False): _("mentee has answered"),
        (False, True): _("mentor has answered"),
        (False, False): _("no answers yet"),
    }
    answered = both[bool(need.mentee_view), bool(need.mentor_view)]
    priority = word(need.priority).lower()
    facts = (
        answered,
        _("priority {word}").format(word=priority) if priority else "",
        _("in the plan") if in_plan(view, need) else _("no task"),
    )
    return f"{need.area}: {'; '.join(filter(None, facts))}"
