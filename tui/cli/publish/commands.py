"""`mentor publish on`, `off` and `show`: counts and dates for others of the workplace."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from data.clock import today
from data.i18n import _
from data.logins import group_name as name_of_group
from data.paths import is_stand_in, settings_files, shown_path
from data.settings import MAX_CAPACITY, PUBLISH_AS, Settings, SettingsError, save_settings
from tui.cli.base import WholeNumber, command, group, say_json, say_wrapped
from tui.cli.call import Call, Problem, Status, complain
from tui.cli.sure import sure


def publish_command() -> click.Group:
    """Make `mentor publish`."""
    text = _(
        "Let others of the workplace see counts and dates of your mentees: weeks, talks, gaps,"
        " tasks. No names and no words: a number stands for a mentee, or initials if you choose."
    )
    return group("publish", text, _on_command(), _off_command(), _show_command())


def _on_command() -> click.Command:
    text = _(
        "Shows what others would see and who, asks, and writes it to a file, or to the server that"
        " the records are on. From then on it is renewed when you use the program."
    )
    options = (
        click.Option(
            ["--group", "group_name"],
            metavar=_("NAME"),
            help=_("The group that may read the file; you are in it. Empty: nobody else."),
        ),
        click.Option(
            ["--folder"],
            metavar=_("FOLDER"),
            help=_("Write the file there, under your login name. Empty: beside the data file."),
        ),
        click.Option(
            ["--as", "shown_as"],
            type=click.Choice(PUBLISH_AS),
            help=_("What stands for a mentee (default: numbers)."),
        ),
        click.Option(
            ["--capacity"],
            type=WholeNumber(most=MAX_CAPACITY),
            metavar=_("NUMBER"),
            help=_("How many mentees you can have at a time; 0: not said."),
        ),
        click.Option(["--yes"], is_flag=True, help=_("Do not ask.")),
    )
    return command("on", _on, text, *options)


def _off_command() -> click.Command:
    return command("off", _off, _("Removes what was published, wherever it was written to."))


def _show_command() -> click.Command:
    text = _("Shows exactly what others see, and who can read it.")
    return command("show", _show, text, reading=True)


# On


def _on(
    call: Call,
    *,
    group_name: str | None,
    folder: str | None,
    shown_as: str | None,
    capacity: int | None,
    yes: bool,
) -> None:
    # help and usage read no records
    from data.privacy.published import closed_to
    from data.published.counted import why_none
    from data.published.kept import kept, other_file
    from data.published.own import for_files_only, place_line, shown_place
    from data.published.place import NotPublished, check, target_of
    from data.published.read import parse
    from data.published.renew import prepared, take_away
    from data.published.words import instead_text

    if is_stand_in(call.path):
        _refuse_places(group_name, folder)

    given: dict[str, Any] = {
        "publish_group": group_name,
        "publish_folder": _full(folder),
        "publish_as": shown_as,
        "capacity": capacity,
    }
    wanted = {key: value for key, value in given.items() if value is not None}
    settings = replace(call.settings, publish=True, **wanted)
    same = settings == call.settings and kept(os.environ).is_of(call.path)
    try:
        with call.read() as store:
            made = prepared(store, call.path, settings, today())
            why = why_none(store, parse(made.text.encode()))
        other = other_file(call.path, os.environ)
        instead = instead_text(other and shown_place(Path(other)))
        target = target_of(call.path, settings, os.environ)
        check(target)
        if not same:
            _tell(made.text, target, (why, instead))
            _ask(yes=yes)
        made.begin(os.environ)
    except NotPublished as problem:
        raise Problem(str(problem), Status.FILE) from problem
    try:
        _save(settings)
    except Problem:
        take_away(call.path, os.environ)
        raise
    if target.on_server:
        say_wrapped(_("Published. {place}").format(place=place_line(target.path)))
        complain(for_files_only(settings))
    else:
        say_wrapped(_("Published: {path}").format(path=shown_path(target.path, os.environ)))
    if target.gid is None and not target.on_server:
        text = _("To let others read it, name a group that you are in: {command}")
        say_wrapped(text.format(command="mentor publish on --group"))
    complain(closed_to(target))
    say_wrapped(_("To remove it: {command}").format(command="mentor publish off"))


def _refuse_places(group_name: str | None, folder: str | None) -> None:
    """Raise `Problem` where a group or a folder is named, and the records are on a server."""
    if group_name or folder:
        raise Problem(
            _(
                "--group and --folder are for files: on a server, those who read it are the"
                " coordinators of your team."
            ),
            Status.FILE,
        )


def _full(folder: str | None) -> str | None:
    """Return a folder as the settings have it: what is typed counts from where one is."""
    return str(Path(folder).expanduser().absolute()) if folder else folder


def _tell(text: str, target: Any, more: tuple[str, ...]) -> None:
    """Say what others would see, where, and who they are; `more` says why it is nothing, say."""
    # likewise
    from data.privacy.published import readers_to_be
    from data.published.own import place_line
    from data.published.read import parse
    from data.published.words import lines_of

    say_wrapped(_("Others see these counts and dates, and nothing else:"))
    for line in lines_of(parse(text.encode())):
        say_wrapped(line, "  ")
    for line in filter(None, more):
        say_wrapped(line)
    try:
        readers = readers_to_be(target)
    except OSError:
        readers = _("the computer does not show who can read it.")
    say_wrapped(place_line(target.path))
    say_wrapped(_("Who can read it: {names}").format(names=readers))


def _ask(*, yes: bool) -> None:
    """Ask whether to publish it; `--yes` says so. Raises `Problem` unless the answer is yes."""
    if yes or sure(_("Publish it, and renew it from now on?")):
        return
    if sys.stdin.isatty():
        raise Problem(_("Nothing has been changed."))
    raise Problem(_("Nothing has been changed. To do it without being asked: --yes"))


def _save(settings: Settings) -> None:
    """Keep what was chosen in the user's own settings."""
    *shared, own = settings_files(os.environ)
    try:
        save_settings(own, settings, *shared)
    except SettingsError as problem:
        raise Problem(str(problem), Status.FILE) from problem


# Off


def _off(call: Call) -> None:
    # help and usage remove nothing
    from data.published.own import shown_place
    from data.published.renew import take_away

    # likewise
    from data.storage.reasons import said_of

    try:
        gone, why = take_away(call.path, os.environ)
    except OSError as error:
        raise Problem(said_of(error), Status.FILE) from error
    if call.settings.publish:
        try:
            _save(replace(call.settings, publish=False))
        except Problem as problem:  # without the yes that is gone, it publishes nothing
            complain(str(problem))
    for path in gone:
        say_wrapped(_("Removed: {path}").format(path=shown_place(path)))
    if why:
        raise Problem(" ".join(why), Status.FILE)
    say_wrapped(_("Nothing is published any more.") if gone else _("Nothing is published."))


# Show


def _show(call: Call) -> None:
    # help and usage read nothing
    from data.published.kept import kept
    from data.published.own import NothingThere, own_place, turned_on_elsewhere
    from data.published.read import NotReadable

    found = kept(os.environ)
    path = own_place(call.path, found)
    other = "" if found.is_of(call.path) else found.file
    if path is None:
        _show_nothing(call, other)
        return
    try:
        if call.as_json:
            say_json(_as_json(path))
        else:
            _show_file(path)
            if remark := turned_on_elsewhere(path, found):
                say_wrapped(remark)
    except NothingThere:
        _show_nothing(call, other)
    except NotReadable as problem:
        said = str(problem)
        if not is_stand_in(path):
            said = f"{shown_path(path, os.environ)}: {problem}"
        raise Problem(said, Status.FILE) from problem


def _show_nothing(call: Call, other: str) -> None:
    """Say that nothing of this data file is published, and whether it is of another one."""
    if call.as_json:
        say_json({"file": None, "published": None})
        return
    said = _("Nothing is published. To see what others would see, and be asked: {command}")
    if other:
        said = _("What is published is of {file}. To publish this one instead: {command}")
    # few publish of another file
    from data.published.own import shown_place

    shown = shown_place(Path(other))
    say_wrapped(said.format(file=shown, command="mentor publish on"))


def _show_file(path: Path) -> None:
    # help and usage read nothing
    from data.privacy.published import readers_now
    from data.published.own import place_line, read_own
    from data.published.words import lines_of

    for line in lines_of(read_own(path)):
        say_wrapped(line)
    say_wrapped(place_line(path))
    say_wrapped(_("Who can read it: {names}").format(names=readers_now(path)))


def _as_json(path: Path) -> Mapping[str, object]:
    """Return the file as it is, and who can read it; of a server, who else may."""
    if is_stand_in(path):
        return _server_as_json(path)
    # help and usage read nothing
    import json

    # likewise
    from data.privacy.access import EVERYBODY, readers, users_here
    from data.published.read import read

    read(path)
    found = path.stat()
    allowed = {user.name for user in readers(path, users_here())}
    return {
        "file": str(path),
        "mode": f"{stat.S_IMODE(found.st_mode):04o}",
        "group": name_of_group(found.st_gid),
        "readers": sorted(allowed - {EVERYBODY.name}),
        "everybody": EVERYBODY.name in allowed,
        "published": json.loads(path.read_text("utf-8")),
    }


def _server_as_json(path: Path) -> Mapping[str, object]:
    # few have their records on a server
    import json

    # likewise
    from data.published import on_server
    from data.published.own import shown_place

    text = on_server.own(path)
    _me, readers = on_server.readers(path)
    return {
        "server": shown_place(path),
        "readers": readers,
        "published": None if text is None else json.loads(text),
    }
