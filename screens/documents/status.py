"""The status for the manager: read together, agreed on, and then written (R71)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from data.clock import today
from data.dates import show_date
from data.documents.kinds.leader import is_agreed, status_sum
from data.i18n import N_, _
from data.method.view import MenteeView
from data.method.visibility import Reader, seen
from data.queries.field_names import field_name
from data.queries.views import mentee_view
from data.records import Mentee
from data.released.on_server import Holder
from data.released.words import holder_line
from data.store.change import Change
from data.text import lines
from screens.dialogs.edit_record import Form, edit_record
from screens.dialogs.form import Field, Filled
from screens.documents.page import DocumentScreen
from screens.frame.context import Context
from screens.released.release import Releases
from widgets.reading import PLAIN, QUIET


class StatusScreen(DocumentScreen):
    """Shows the status. `d` notes that both agreed on it today, `e` edits the wishes.

    Where the records are on a server, `R` releases it to the managers of the team.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "agreed", N_("Agreed today")),
        Binding("e", "edit", N_("Edit"), tooltip=N_("Wishes to the manager")),
        *Releases.KEYS,
    ]

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id, "leader")
        self._holders: list[Holder] = []
        """The managers who have it, on a server."""
        self._releases = Releases(self, self)
        self.commands = (self._releases, *self.commands)

    def on_mount(self) -> None:
        """Ask the server, if there is one, who has the status."""
        super().on_mount()
        if self._releases.offers("release"):
            self.run_worker(self._releases.look())

    def know_holders(self, holders: Sequence[Holder]) -> None:
        """Show which managers have the status."""
        self._holders = list(holders)
        self.bring_up_to_date(everything=True)

    def above(self) -> list[tuple[str, str]]:
        """Return who has it, and what is to be done before the manager gets it."""
        mentee = self.mentee
        who = [(QUIET, holder_line(one)) for one in self._holders]
        if mentee is None or is_agreed(self._view(mentee)):
            return [*who, (PLAIN, "")] if who else []
        said = _(
            "Read it together: d marks it as agreed today, e adds your wishes to the manager. "
            "A next step is in it where the task says so."
        )
        return [*who, (QUIET, said), (PLAIN, "")]

    def _view(self, mentee: Mentee) -> MenteeView:
        return seen(mentee_view(self.store, mentee), Reader.WRITTEN)

    def action_agreed(self) -> None:
        """Note that mentor and mentee agreed on the status today."""
        mentee = self.mentee
        if mentee is not None:
            what = _("The manager's status agreed")
            agreed = status_sum(self._view(mentee))
            change = Change.edited(mentee, status_agreed_on=today(), status_agreed_sum=agreed)
            self.commit([change], what)
            self.say(_("Noted: agreed on {date}").format(date=show_date(today())))

    @work
    async def action_edit(self) -> None:
        """Edit the wishes to the manager."""
        seen = self.mentee
        if seen is None:
            return
        key = "manager_wishes"
        label = field_name(Mentee.table, key)
        form = Form("wishes", label, [Field(key, label, seen.manager_wishes, "lines")])

        def filled(mentee: Mentee, texts: Filled) -> Mentee:
            edited: Mentee = replace(mentee, **texts.read(**{key: lines}))
            return edited

        await edit_record(self, seen, form, filled, label, of=seen.id)
