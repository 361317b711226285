"""The list of all commands by name (Ctrl+P): those of the screen, of other pages, of the app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from textual.app import App

from data.i18n import _, language
from screens.dialogs.elsewhere import everything_else, open_elsewhere
from screens.dialogs.palette import commands, items
from screens.dialogs.pick import PickDialog
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.places import load
from widgets.spoken import HEARD

NEWER: Final = "newer"
"""The page of a newer version of the library, among the places."""
CONTRIBUTE: Final = "contribute"
"""The page of what can be given to the library, among the places."""
RECEIVED: Final = "received"
"""The page of what mentors have released to the user, likewise."""
_PUBLISH: Final = "publish "
"""What the actions of the commands about what is published begin with."""


async def run_palette(app: App[Any]) -> None:
    """Run a command by its name. Call it from a worker."""
    screen = app.screen
    if not isinstance(screen, BaseScreen):
        return
    context = screen.context
    found = commands(screen, _without_key(app, context))
    there = context.has_records
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
    if command.action in {NEWER, CONTRIBUTE}:
        app.push_screen(load(command.action)(context))
        return
    if command.action == RECEIVED and context.manages is not None:
        app.push_screen(load(RECEIVED)(context, context.manages))
        return
    if command.action.startswith(_PUBLISH):
        await _publish(screen, command.action.removeprefix(_PUBLISH))
        return
    await app.run_action(command.action, command.node)


async def _publish(screen: BaseScreen[Any], what: str) -> None:
    """Publish counts, or no longer, or show what others see."""
    # few sessions come here
    from screens.publishing.page import PublishedScreen
    from screens.publishing.switch import switch_off, switch_on

    if what == "show":
        screen.app.push_screen(PublishedScreen(screen.context))
    else:
        await (switch_on if what == "on" else switch_off)(screen)


def _leads_to_released(app: App[Any], context: Context) -> bool:
    """Whether there is a list of what is released to the user, and it is not open already."""
    if context.manages is None:
        return False
    listed = load(RECEIVED)
    return not any(type(one) is listed for one in app.screen_stack)


def _without_key(app: App[Any], context: Context) -> Sequence[tuple[str, str]]:
    """Return the commands that no key stands for: their names and actions."""
    other = "Dansk" if language() == "en" else "English"
    heard = app.has_class(HEARD)
    of_records = (
        (_("Publish counts: on"), f"{_PUBLISH}on"),
        (_("Publish counts: off"), f"{_PUBLISH}off"),
        (_("Publish counts: what others see"), f"{_PUBLISH}show"),
        (_("The library"), "library"),
        (_("Contribute to the library"), CONTRIBUTE),
    )
    return (
        (_("Language: {name}").format(name=other), "language"),
        (_("Colours (theme): dark, light or the terminal's own"), "colours"),
        (_("Speech mode: off") if heard else _("Speech mode: on"), "speech"),
        (_("The guide"), "guide"),
        *(of_records if context.has_records else ()),
        *([(_("Released to you"), RECEIVED)] if _leads_to_released(app, context) else ()),
        *([(_("New in the library"), NEWER)] if context.library is not None else ()),
        (_("Quit") + " (:q)", "leave"),
    )
