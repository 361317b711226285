"""`mentor hold NAME on|off`: nothing about the mentee is deleted while it is on."""

from __future__ import annotations

import click

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.method.hold import hold, is_held, release
from data.text import clean
from tui.cli.base import command, find_mentee, name_argument, say_wrapped
from tui.cli.call import Call


def hold_command() -> click.Command:
    """Make `mentor hold`."""
    text = _(
        "Put a mentee on hold: nothing about them is deleted, neither by hand nor after a time. "
        "Somebody who has asked for their data is on hold until they have had it."
    )
    params = (
        click.Argument(["on"], type=click.Choice(["on", "off"]), metavar="on|off"),
        click.Option(["--why"], metavar=_("TEXT"), default="", help=_("Why, in a few words.")),
    )
    return command("hold", _hold, text, name_argument(), *params)


def _hold(call: Call, name: str, on: str, why: str) -> None:
    with call.open() as store:
        mentee = find_mentee(store, name)
        reason = clean(why.strip(), lines=False)
        if on == "on":
            change = hold(mentee, today(), reason or mentee.held_why)
            store.commit([change], _("Hold: {name}").format(name=mentee.name))
            said = _("Nothing about {name} is deleted any more, since {date}.")
            since = mentee.held_since or today()
            say_wrapped(said.format(name=mentee.name, date=show_date(since)))
        elif is_held(mentee):
            store.commit([release(mentee)], _("Hold ended: {name}").format(name=mentee.name))
            say_wrapped(_("What is about {name} may be deleted again.").format(name=mentee.name))
        else:
            say_wrapped(_("{name} is not on hold.").format(name=mentee.name))
