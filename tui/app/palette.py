"""The list of all commands by name (Ctrl+P): those of the screen, of other pages, of the app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App

from data.i18n import _, language
from screens.dialogs.elsewhere import everything_else, open_elsewhere
from screens.dialogs.palette import commands, items
from screens.dialogs.pick import PickDialog
from screens.frame.base import BaseScreen
from widgets.spoken import HEARD


async def run_palette(app: App[Any]) -> None:
    """Run a command by its name. Call it from a worker."""
    screen = app.screen
    if not isinstance(screen, BaseScreen):
        return
    found = commands(screen, _without_key(app, has_records=screen.context.has_records))
    there = screen.context.has_records
    other = everything_else(screen, {one.name for one in found}) if there else []
    offered = [*items(found), *(one.item(f"page {i}") for i, one in enumerate(other))]
    dialog = PickDialog(
        _("Commands"), offered, placeholder=_("Type part of a command, or :q to quit")
    )
    picked = await app.push_screen_wait(dialog)
    if picked is None:
        return
    kind, _sep, number = picked.id.rpartition(" ")
    if kind:
        await open_elsewhere(screen, other[int(number)])
        return
    command = found[int(number)]
    await app.run_action(command.action, command.node)


def _without_key(app: App[Any], *, has_records: bool) -> Sequence[tuple[str, str]]:
    """Return the commands that no key stands for: their names and actions."""
    other = "Dansk" if language() == "en" else "English"
    heard = app.has_class(HEARD)
    of_records = ((_("The library"), "library"),) if has_records else ()
    return (
        (_("Language: {name}").format(name=other), "language"),
        (_("Colours (theme): dark, light or the terminal's own"), "colours"),
        (_("Speech mode: off") if heard else _("Speech mode: on"), "speech"),
        (_("The guide"), "guide"),
        *of_records,
        (_("Quit") + " (:q)", "leave"),
    )
