"""`mentor remind`: how much needs attention and when, for login scripts, cron and timers."""

from __future__ import annotations

import os
import sys
from typing import Final

import click

from data.clock import now, today
from data.i18n import _
from data.method.today.reminder import Reminder, reminder
from data.own_address import AddressProblem, own_address
from data.queries.mentees import told_apart
from data.records import Mentee
from tui.cli.base import command, say_wrapped
from tui.cli.call import Call, Problem, Status
from tui.cli.read import days_option, rows_of_today

WEEK: Final = 6
"""How many days a digest of the week to come looks ahead: with today they are seven."""


def remind_command() -> click.Command:
    """Make `mentor remind`."""
    text = _(
        "Show or mail how many things need attention, and on which days: for login scripts,"
        " cron and timers. Where nothing does, nothing is said. No word of a record is in it, and"
        " no name unless the setting mail_names is true."
    )
    params = (
        days_option(_("How many days ahead to look.")),
        click.Option(
            ["--mail"],
            is_flag=True,
            help=_(
                "Send it to the address in the setting mail, or of your login; once a day at most."
            ),
        ),
        click.Option(
            ["--print", "is_printed"], is_flag=True, help=_("Print it, which is the default.")
        ),
        click.Option(
            ["--weekly"],
            is_flag=True,
            help=_("The week to come; by mail once a week at most."),
        ),
        click.Option(
            ["--install"],
            is_flag=True,
            help=_("Have the mail come by itself: shows the timer or crontab line, and asks."),
        ),
        click.Option(
            ["--uninstall"], is_flag=True, help=_("Remove all that was installed for it.")
        ),
        click.Option(["--yes"], is_flag=True, help=_("Do not ask.")),
    )
    return command("remind", _remind, text, *params)


def _remind(
    call: Call,
    *,
    days: int | None,
    mail: bool,
    is_printed: bool,
    weekly: bool,
    install: bool,
    uninstall: bool,
    yes: bool,
) -> None:
    if install and uninstall:
        raise Problem(_("Give either --install or --uninstall."))
    if (mail or install) and is_printed:
        raise Problem(_("Give either --mail or --print."))
    if install or uninstall:
        # seldom is it installed
        from tui.cli.remind import installing

        if install:
            installing.install(call, days, week=weekly, yes=yes)
        else:
            installing.uninstall()
        return
    if mail:
        _send(call, days, week=weekly)
        return
    said = _reminder(call, days, week=weekly)
    for line in said.lines if said else ():
        say_wrapped(line.lstrip(), "  " if line.startswith(" ") else "")


def _reminder(call: Call, days: int | None, *, week: bool) -> Reminder | None:
    """Return what is to be said; None where nothing is."""
    call.quiet = True
    ahead = WEEK if week and days is None else days
    with call.read() as store:
        rows = rows_of_today(call, store, ahead)
        if not rows:
            return None
        names = None
        if call.settings.mail_names:
            names = {one.id: told_apart(store, one) for one in store.all(Mentee)}
    shows = "mentor due" if ahead is None else f"mentor due --days {ahead}"
    return reminder(rows, today(), shows=shows, names=names, week=week)


def _send(call: Call, days: int | None, *, week: bool) -> None:
    # what writes mails is loaded where one is sent
    from data.reminders.mail import NotSent, message, send
    from data.reminders.sent import Sent

    try:
        to, sender = own_address(call.settings.mail), own_address("")
    except AddressProblem as problem:
        raise Problem(str(problem)) from problem
    said = _reminder(call, days, week=week)
    if said is None:
        _say_to_user(_("Nothing needs attention, so nothing is sent."))
        return
    with Sent(os.environ) as sent:
        if sent.is_noted(today(), week=week):
            already = _("It was sent already today, so nothing is sent.")
            if week:
                already = _("It was sent already this week, so nothing is sent.")
            _say_to_user(already)
            return
        try:
            send(message(said, to, sender, now()), os.environ)
        except NotSent as problem:
            raise Problem(str(problem), Status.FILE) from problem
        sent.note(today(), week=week)
    _say_to_user(_("Sent to {address}").format(address=to))


def _say_to_user(text: str) -> None:
    """Say what has come of it where somebody is looking; a timer would make a mail of it."""
    if is_seen():
        say_wrapped(text)


def is_seen() -> bool:
    """Return whether what is printed comes to a terminal."""
    return sys.stdout.isatty()
