"""A hold from the list of mentees: nothing about the mentee is deleted while it is on."""

from __future__ import annotations

from typing import Any

from data.clock import today
from data.i18n import N_, _
from data.method.hold import hold, is_held, release
from data.store.change import Change
from data.store.hold import OnHold
from screens.dialogs.ask import AskDialog
from screens.dialogs.edit_record import Form, edit_records
from screens.dialogs.form import Filled
from screens.dialogs.form_fields import Field
from screens.frame.base import BaseScreen


async def change_hold(screen: BaseScreen[Any], mentee_id: str) -> None:
    """Put a mentee on hold after asking why, or end the hold after asking."""
    mentee = screen.context.mentee(mentee_id)
    if mentee is None:
        return
    if is_held(mentee):
        title = _("End the hold of {name}?").format(name=mentee.name)
        why = _("{why}. After that it can be deleted again.").format(why=OnHold(mentee))
        if await screen.app.push_screen_wait(AskDialog(title, why)):
            name = _("Hold ended: {name}").format(name=mentee.name)
            screen.commit([release(mentee)], name)
            screen.say(_("{what} (u undoes)").format(what=name))
        return

    def changes(texts: Filled) -> list[Change]:
        return [hold(mentee, today(), texts["held_why"].strip())]

    name = _("Hold: {name}").format(name=mentee.name)
    field = Field("held_why", _("Why"), hint=_("Asked for their data, a case, …"))
    title = _("Hold: nothing about {name} may be deleted").format(name=mentee.name)
    form = Form("hold", title, [field], done=N_("Hold"))
    if await edit_records(screen, mentee, form, changes, name) is not None:
        screen.say(_("{what} (u undoes)").format(what=name))
