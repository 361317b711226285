"""`mentor remind --install` and `--uninstall`: a timer of systemd, or a line in the crontab."""

from __future__ import annotations

import os
import sys

from data.i18n import _, language
from data.own_address import AddressProblem, own_address
from data.paths import shown_path
from data.reminders import crontab, timer
from data.reminders.mail import why_no_sendmail
from data.reminders.program import NotInstalled, started_by
from data.storage.postgres.servers import records_path
from tui.cli.base import say_whole, say_wrapped
from tui.cli.call import Call, Problem, Status, complain
from tui.cli.sure import sure


def install(call: Call, days: int | None, *, week: bool, yes: bool) -> None:
    """Show what is to be written, ask, and write it. Raises `Problem` where it is not."""
    try:
        to = own_address(call.settings.mail)
    except AddressProblem as problem:
        raise Problem(str(problem)) from problem
    complain(why_no_sendmail(os.environ))
    try:
        words = started_by(os.environ, _options(call, days, week=week))
        if timer.works(os.environ):
            _install_timer(words, week=week, yes=yes)
        else:
            _install_line(words, week=week, yes=yes)
    except NotInstalled as problem:
        raise Problem(str(problem), Status.FILE) from problem
    come = _("Reminders go to {address} on workdays at 7.")
    if week:
        come = _("The week to come goes to {address} on Mondays at 7.")
    say_wrapped(come.format(address=to))
    say_wrapped(_("To remove it: {command}").format(command="mentor remind --uninstall"))


def uninstall() -> None:
    """Take back what was installed, and say what it was. Raises `Problem`."""
    try:
        files, lines = timer.installed(os.environ), crontab.installed(os.environ)
        if files:
            timer.take_back(os.environ)
        if lines:
            crontab.take_back(os.environ)
    except NotInstalled as problem:
        raise Problem(str(problem), Status.FILE) from problem
    if not files and not lines:
        say_wrapped(_("No reminders are installed here."))
        return
    say_wrapped(_("These have been removed:"))
    say_whole(*(shown_path(path, os.environ) for path in files), *lines)


def _options(call: Call, days: int | None, *, week: bool) -> list[str]:
    """Return the options of the command: what a timer does not know goes with it."""
    options = ["remind", "--mail", *(["--weekly"] if week else [])]
    if days is not None:
        options += ["--days", str(days)]
    if not call.settings.language:
        options += ["--lang", language()]
    bare = {"HOME": os.environ.get("HOME", "")}
    if call.path != records_path(None, bare, call.settings.file):
        options += ["--file", str(call.path)]
    return options


def _install_timer(words: list[str], *, week: bool, yes: bool) -> None:
    made = timer.files(os.environ, words, week=week)
    say_wrapped(_("These files are written, and the timer is started:"))
    for path, text in made.items():
        say_whole("", f"{shown_path(path, os.environ)}:", text.rstrip("\n"))
    say_whole("")
    _ask(yes=yes)
    timer.install(os.environ, made, week=week)
    if not timer.lingers():
        text = _("They come while you are logged in. To have them come always: {command}")
        say_wrapped(text.format(command="loginctl enable-linger"))


def _install_line(words: list[str], *, week: bool, yes: bool) -> None:
    crontab.require(os.environ)
    line = crontab.line(words, week=week)
    say_wrapped(_("This line is written into your crontab; all others stay as they are:"))
    say_whole(line)
    _ask(yes=yes)
    crontab.install(os.environ, line)


def _ask(*, yes: bool) -> None:
    """Ask whether to write it; `--yes` says so. Raises `Problem` unless the answer is yes."""
    if yes or sure(_("Write it?")):
        return
    if sys.stdin.isatty():
        raise Problem(_("Nothing has been changed."))
    raise Problem(_("Nothing has been changed. To do it without being asked: --yes"))
