"""The actions that were agreed on, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from data.clock import today
from data.i18n import N_, _, ngettext
from data.method.actions import finish_or_reopen, open_actions, with_state
from data.method.talk.outcomes import action_text
from data.queries.persons import who_id, who_names
from data.records import Action, ActionState
from data.store.change import Change
from data.text import line, shorten
from tui.cli.base import say_wrapped
from tui.cli.plain.field import Field
from tui.cli.plain.listing import Item, Listing
from tui.cli.plain.moves import GoTo
from tui.cli.plain_job.record import RecordSheet


class ActionsPlace(Listing):
    """The open actions."""

    name: ClassVar = "actions"
    COMMANDS: ClassVar = {"add": N_("add"), "done": N_("done"), "delete": N_("delete")}
    KEYS: ClassVar = {"a": "add", "d": "done", "x": "delete", "u": "undo"}
    OF_ONE: ClassVar = frozenset({"done", "delete"})

    @property
    def prompt(self) -> str:
        """Where one is."""
        return _("Actions")

    @property
    def takes(self) -> str:
        """What can be written here."""
        return _(
            "The number of an action, or the start of it, opens it; a adds one, d and a number "
            "marks it as done, x and a number deletes it, u undoes, an empty line says them again."
        )

    def heading(self) -> list[str]:
        """Return whose actions they are, and how many are open."""
        number = len(open_actions(self.view))
        return [
            ngettext(
                "{name}: {number} open action.", "{name}: {number} open actions.", number
            ).format(name=self.view.mentee.name, number=number)
        ]

    def items(self) -> Sequence[Item]:
        """Return the open actions, by date."""
        view = self.view
        return [Item(one.id, one.what, action_text(view, one)) for one in open_actions(view)]

    def open(self, item: Item) -> None:
        """Open an action."""
        raise GoTo(ActionSheet(self.desk, self.mentee_id, item.id))

    def add(self, text: str) -> None:
        """Add an action at once, and open it for who and when."""
        what = line(text or self.desk.ask(_("What was agreed")))
        if what:
            action = Action(mentee_id=self.mentee_id, what=what)
            self.desk.commit([Change.created(action)], action_step(what))
            raise GoTo(ActionSheet(self.desk, self.mentee_id, action.id))

    def do_with(self, command: str, item: Item) -> None:
        """Mark an action as done, or delete it."""
        action = self.desk.store.get(Action, item.id)
        if action is None:
            say_wrapped(_("This is no longer there."))
        elif command == "done":
            self.desk.commit([finish_or_reopen(action, today())], action_step(action.what))
            again = action.state is not ActionState.OPEN
            said = _("Reopened: {name}") if again else _("Done today: {name}")
            say_wrapped(said.format(name=action.what))
        else:
            question = _("Delete {name}?").format(name=action.what)
            self.desk.delete_one(Action, action.id, question, action_step(action.what))


class ActionSheet(RecordSheet[Action]):
    """An action that is open."""

    KIND = Action

    def title(self, record: Action) -> str:
        """Return what is to be done."""
        return record.what

    def fields(self) -> Sequence[Field]:
        """Return its fields."""
        return [
            self.text("what", required=_("Say what was agreed")),
            self.person("who", named=self._named, offered=self._names),
            self.day("due"),
            self.choice("state", ActionState, edit=_in_state),
        ]

    def _named(self, _before: str, typed: str) -> tuple[str, list[Change]]:
        return who_id(self.desk.store, self.mentee_id, typed, whole=True)

    def _names(self) -> list[str]:
        return [name for _id, name in who_names(self.desk.store, self.mentee_id)]


def _in_state(action: Action, state: ActionState) -> Action:
    return with_state(action, state, today())


def action_step(what: str) -> str:
    """Return the name of the step of undo for an action."""
    return _("Action “{what}”").format(what=shorten(what, 30))
