"""`mentor settings`: what holds and where it comes from, and a file to begin with."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, Final

import click

from data.i18n import LANGUAGES, N_, _, language
from data.paths import (
    documents_folder,
    is_address,
    library_folder,
    settings_file,
    settings_files,
    shown_path,
)
from data.settings import Settings
from tui.cli.base import command, say_json, say_wrapped
from tui.cli.call import Call

ABOUT: Final = {
    "language": N_('Language: "da" or "en"; not set: as the locale'),
    "theme": N_("Colours: a name from Ctrl+P; not set: the program's own"),
    "mouse": N_("Whether the mouse is used; not set: yes, but not over SSH"),
    "clipboard": N_("Whether y copies to the terminal's clipboard"),
    "ascii": N_("Whether signs are drawn with letters only; not set: as the locale"),
    "speech": N_("Speech mode: the screen is said line by line, for screen readers and braille"),
    "sparring_days": N_("How many days ahead Today shows sparrings and other lines with a date"),
    "talk_days": N_("How many days ahead Today shows talks"),
    "stale_days": N_("A task that was not changed for more days than this is shown in Today"),
    "learned_limit_days": N_("So is what was learned and not used for more days than this"),
    "draft_days": N_("Ask whether to go on with a talk that was begun more days ago than this"),
    "ending_days": N_("How many days before its end Today shows a mentorship"),
    "private_days": N_("How many days after the close what is private is due for deletion"),
    "rest_days": N_("How many days after the close everything else is due for deletion"),
    "retention": N_('What is due is named in Today ("ask"), or deleted unasked ("auto")'),
    "backup_days": N_("For how many days the last backup of each day is kept"),
    "backup_weeks": N_("For how many weeks the last backup of each week is kept"),
    "lock_minutes": N_(
        "Hide the screen after so many minutes without a key; 0: never; not set: 10 over SSH"
    ),
    "documents": N_("The folder that documents are written to"),
    "file": N_("The data file or server, such as a team's; --file and MENTOR_FILE come first"),
    "library": N_("The folder of the workplace's library; MENTOR_LIBRARY comes first"),
    "mail": N_("The address that reminders go to; not set: that of your login on this computer"),
    "mail_names": N_("Whether reminders name mentees; false: counts and dates only"),
    "publish": N_("Whether counts and dates are published: mentor publish on asks, and sets it"),
    "publish_group": N_("The group that may read what is published; not set: nobody else"),
    "publish_folder": N_("The folder for what is published; not set: beside the data file"),
    "publish_as": N_('What stands for a mentee there: "numbers" or "initials"'),
    "capacity": N_("How many mentees you can have at a time; 0: not said"),
}
"""Setting -> what it is for, in the order in which they are shown."""
_OF_FILES: Final = ("backup_days", "backup_weeks", "publish_group", "publish_folder")
"""Settings that mean something only where the records are in a file."""


def settings_command() -> click.Command:
    """Make `mentor settings`."""
    text = _(
        "Show the settings that hold, and where each comes from: your own file, one for all users"
        " of this computer, the environment, or the default."
    )
    example = click.Option(
        ["--example"],
        is_flag=True,
        help=_("Print a file with every setting, to begin with; nothing is set in it."),
    )
    return command("settings", _show, text, example, reading=True, with_file=False)


def _show(call: Call, example: bool) -> None:
    if example:
        click.echo("\n".join(_example()))  # a file, whose lines are not to be broken
        return
    rows = [(key, _value(call, key), _origin(call, key)) for key in ABOUT]
    if call.as_json:
        say_json([dict(zip(("setting", "value", "from"), row, strict=True)) for row in rows])
        return
    for origin in dict.fromkeys(origin for _key, _value, origin in rows):
        say_wrapped(f"{origin}:")
        for key, value, of in rows:
            if of == origin:
                say_wrapped(f"{key} = {_as_toml(value)}", "  ")
    if is_address(call.as_named):
        line = _(
            "The records are on a server, so {settings} have no effect: those who look after it"
            " make its backups, and the coordinators of your team read what you publish."
        )
        say_wrapped(line.format(settings=", ".join(_OF_FILES)))
    own = settings_file(os.environ)
    if not own.exists():
        line = _("You have no file of your own; mentor settings --example shows one for {path}.")
        say_wrapped(line.format(path=shown_path(own, os.environ)))


def _value(call: Call, key: str) -> Any:
    """Return the value that holds, with what the program makes of one that is not set."""
    value = getattr(call.settings, key)
    if key == "language":
        return language()
    if key == "documents" and not value:
        return shown_path(documents_folder("", os.environ), os.environ)
    if key == "speech":
        return call.heard
    if key == "file":
        return call.as_named
    if key == "library":
        folder = library_folder(os.environ, value)
        return shown_path(folder, os.environ) if folder else ""
    return value


def _origin(call: Call, key: str) -> str:
    """Return where a value comes from, as words."""
    variable = f"MENTOR_{'LANG' if key == 'language' else key.upper()}"
    counts = {"language": LANGUAGES, "speech": ("0", "1")}
    said = os.environ.get(variable, "")
    if (
        key in {"language", "file", "library", "speech"}
        and said in counts.get(key, (said,))
        and said
    ):
        return variable
    if key in call.origins:
        return shown_path(call.origins[key], os.environ)
    if key == "language":
        return _("The locale")
    return _("Default")


def _as_toml(value: object) -> str:
    if value is None:
        return _("(not set)")
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else f'"{value}"'


def _example() -> Iterator[str]:
    """Yield the lines of a file in which every setting stands, behind a #."""
    yield "# " + _("Settings of mentorrollen. Take the # away before a line to set it.")
    *for_all, own = settings_files(os.environ)
    yield "# " + _("Yours: {path}").format(path=shown_path(own, os.environ))
    for path in for_all:
        yield "# " + _("For all users of the computer: {path}").format(path=path)
    for item in fields(Settings):
        value = _EXAMPLES.get(item.name, item.default)
        yield ""
        yield f"# {_(ABOUT[item.name])}"
        yield f"# {item.name} = {_as_toml(value)}"


_EXAMPLES: Final[Mapping[str, object]] = {
    "language": "da",
    "theme": "mentor-dark",
    "mouse": False,
    "ascii": True,
    "lock_minutes": 10,
    "documents": "~/mentorrollen",
    "file": "/srv/team/mentor.json",
    "library": "/srv/mentor/library",
    "mail": "name@example.org",
    "mail_names": True,
    "publish_group": "mentors",
    "publish_folder": "/srv/mentor/published",
    "capacity": 3,
}
"""Setting -> what stands in the example, where it is not set by itself."""
