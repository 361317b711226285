"""`mentor rename-login OLD NEW`: a login name that has become another one."""

from __future__ import annotations

import os
import pwd
import sys
from pathlib import Path

import click

from data.i18n import _, ngettext
from data.logins import user_name
from data.storage.problems import ErrorKind, StorageError
from data.storage.snapshot import Unsound
from data.store.rename_login import Naming, files_naming, rename_login
from tui.cli.base import command, say_wrapped
from tui.cli.call import Call, Problem, Status, parting
from tui.cli.sure import sure


def rename_login_command() -> click.Command:
    """Make `mentor rename-login`."""
    text = _(
        "After your login name has changed: have what you wrote under the old one be yours again, "
        "in your own file and the team files that you use. On a server its administrators do it."
    )
    params = (
        click.Argument(["old"], metavar=_("OLD")),
        click.Argument(["new"], metavar=_("NEW")),
        click.Option(["--dry-run"], is_flag=True, help=_("Only say what would change.")),
        click.Option(["--yes"], is_flag=True, help=_("Do not ask.")),
        click.Option(
            ["--sure", "is_sure"],
            is_flag=True,
            help=_("Also where the new name has written something already."),
        ),
    )
    return command("rename-login", _rename, text, *params)


def _rename(call: Call, *, old: str, new: str, dry_run: bool, yes: bool, is_sure: bool) -> None:
    call.refuse_server(ErrorKind.SERVER_LOGINS)
    _refuse_others(old, new)
    try:
        found = files_naming(call.record_file, old, new)
    except Unsound as problem:
        raise StorageError(ErrorKind.DAMAGED, name=call.record_file.name) from problem
    named = [one for one in found if one.old]
    if not named:
        say_wrapped(_("No record names {old}; there is nothing to change.").format(old=old))
        return
    if any(one.new for one in found) and not (is_sure or dry_run):
        text = _(
            "{new} has written something already: what {old} wrote cannot be separated from "
            "it afterwards. If both are you: --sure"
        )
        raise Problem(text.format(old=old, new=new))
    for one in named:
        say_wrapped(_told(one, old))
    _tell_settings(call, old)
    if dry_run:
        say_wrapped(_("Nothing has been changed."))
        return
    if not yes:
        _ask(old, new)
    for path, count, backup in rename_login(call.record_file, old, new, parting):
        text = ngettext(
            "{path}: {count} record names {new} now.",
            "{path}: {count} records name {new} now.",
            count,
        )
        say_wrapped(text.format(path=path, count=count, new=new))
        if backup is not None:
            undo = f"mentor backup restore {backup.name} --file {path}"
            say_wrapped(_("To undo it: {command}").format(command=undo))
    text = _("The history goes on naming {old} for what was done until now.")
    say_wrapped(text.format(old=old))


def _refuse_others(old: str, new: str) -> None:
    """Refuse to take for one's own what somebody else has written. Raises `Problem`."""
    me = user_name(os.geteuid())
    if old == new:
        raise Problem(_("Both names are {name}.").format(name=old))
    if new != me:
        text = _("Your login name is {me}. As {new}: sudo -u {new} mentor rename-login {old} {new}")
        raise Problem(text.format(me=me, new=new, old=old))
    try:
        other = pwd.getpwnam(old).pw_uid != os.geteuid()
    except KeyError:
        return
    if other:
        text = _("{old} is somebody else on this computer. What they wrote stays theirs.")
        raise Problem(text.format(old=old))


def _told(one: Naming, old: str) -> str:
    text = ngettext(
        "{path}: {count} record names {old}.", "{path}: {count} records name {old}.", one.old
    )
    return text.format(path=one.path, count=one.old, old=old)


def _tell_settings(call: Call, old: str) -> None:
    """Say which settings name a folder of the old login: they are the user's to change."""
    for key, value in (("documents", call.settings.documents), ("file", call.settings.file)):
        if old in Path(value).parts:
            text = _("The setting {key} names a folder of {old}: {path}")
            say_wrapped(text.format(key=key, old=old, path=value))


def _ask(old: str, new: str) -> None:
    """Ask at a terminal; elsewhere `--yes` says it. Raises `Problem` unless the answer is yes."""
    if not sys.stdin.isatty():
        raise Problem(_("Nothing has been changed. To do it without being asked: --yes"))
    if not sure(_("Change {old} to {new} in all of them?").format(old=old, new=new)):
        raise Problem(_("Nothing has been changed."), Status.USAGE)
