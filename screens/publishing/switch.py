"""Publishing on, after a yes, and off again."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from data.clock import today
from data.i18n import _
from data.paths import settings_files
from data.privacy.published import closed_to, readers_to_be
from data.published.counted import why_none
from data.published.kept import other_file
from data.published.own import for_files_only, place_line, shown_place
from data.published.place import NotPublished, Target, check, target_of
from data.published.read import parse
from data.published.renew import Prepared, prepared, take_away
from data.published.words import instead_text, lines_of
from data.settings import load_settings
from data.storage.problems import StorageError
from data.storage.reasons import said_of
from screens.dialogs.ask import AskDialog
from screens.frame.base import BaseScreen
from screens.frame.context import Context

_OF_SETTINGS = ("publish", "publish_group", "publish_folder", "publish_as", "capacity")


class PublishDialog(AskDialog):
    """Shows what others would see and who, and asks. The answer is True for yes."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(_("Publish this, and renew it from now on?"), undoable=False)
        self._lines = lines

    def texts(self) -> Iterator[str]:
        """Yield what others would see, and who."""
        yield from self._lines


async def switch_on(screen: BaseScreen[Any]) -> None:
    """Show what others would see, ask, and publish it. Call it from a worker."""
    context, file = screen.context, screen.context.file
    if context.demo or file is None:
        screen.say(_("The demo publishes nothing"), problem=True)
        return
    _take_settings(context)
    settings = replace(context.settings, publish=True)
    made = prepared(context.store, file, settings, today())
    try:
        target = target_of(file, settings, os.environ)
        said = await asyncio.to_thread(_said, made, target)
        if why := why_none(context.store, parse(made.text.encode())):
            said.insert(2, why)
        if other := other_file(file, os.environ):
            said.append(instead_text(shown_place(Path(other))))
        if not await screen.app.push_screen_wait(PublishDialog(said)):
            return
        # the records may have changed meanwhile
        made = prepared(context.store, file, settings, today())
        await asyncio.to_thread(made.begin, os.environ)
    except (NotPublished, StorageError) as problem:
        screen.say(str(problem), problem=True)
        return
    why = context.remember(publish=True)
    if why:
        await asyncio.to_thread(take_away, file, os.environ)
        screen.say(why, problem=True)
        return
    screen.say(_("Published: {path}").format(path=shown_place(target.path)))


def _said(made: Prepared, target: Target) -> list[str]:
    """Return what the question says: what others would see, where, and who they are."""
    check(target)
    try:
        readers = readers_to_be(target)
    except OSError:
        readers = _("the computer does not show who can read it.")
    lines = [
        _("Others see these counts and dates, and nothing else:"),
        *lines_of(parse(made.text.encode())),
        place_line(target.path),
        _("Who can read it: {names}").format(names=readers),
    ]
    shut = closed_to(target)
    if target.on_server:
        shut = for_files_only(made.settings)
    elif target.gid is None:
        text = _("To let others read it, name a group that you are in: {command}")
        shut = text.format(command="mentor publish on --group")
    return [*lines, shut] if shut else lines


async def switch_off(screen: BaseScreen[Any]) -> None:
    """Remove what is published, and say what that was."""
    context = screen.context
    if context.demo or context.file is None:
        screen.say(_("The demo publishes nothing"), problem=True)
        return
    try:
        gone, why = await asyncio.to_thread(take_away, context.file, os.environ)
    except (OSError, StorageError) as problem:
        screen.say(said_of(problem), problem=True)
        return
    _take_settings(context)
    if context.settings.publish and (unsaved := context.remember(publish=False)):
        why.append(unsaved)
    if why:
        screen.say(" ".join(why), problem=True)
        return
    names = ", ".join(shown_place(Path(one)) for one in gone)
    said = _("Nothing is published any more. Removed: {path}").format(path=names)
    screen.say(said if gone else _("Nothing is published."))
    screen.bring_up_to_date(everything=True)


def _take_settings(context: Context) -> None:
    """Take what the file of the settings says by now: a command may have changed it meanwhile."""
    fresh = load_settings(*settings_files(os.environ)).settings
    values: dict[str, Any] = {name: getattr(fresh, name) for name in _OF_SETTINGS}
    context.settings = replace(context.settings, **values)
