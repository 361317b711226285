"""Runs the app on an opened record file, and keeps where the cursors stood."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from data.paths import positions_file
from data.positions import load_positions, save_positions
from data.privacy.here import note_here
from data.run_folder import texts_left_behind
from data.settings import Settings
from data.store.opening import OpenedStore
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from tui.app.app import MentorApp
from tui.app.kept_styles import KeptStyles, kept_styles_file
from tui.start.early_list import Glimpse
from tui.terminal.ascii import draw_with_letters
from tui.terminal.kind import wants_ascii, wants_mouse
from tui.terminal.textual_private import parse_by

if TYPE_CHECKING:
    from data.workplace.use import InUse


def run_app(
    opened: OpenedStore,
    settings: Settings,
    *,
    demo: bool = False,
    glimpse: Glimpse | None = None,
    heard: bool = False,
    library: InUse | None = None,
    first: Callable[[Context], BaseScreen[None]] | None = None,
) -> int:
    """Run the program on the screen and return its exit status.

    Args:
        opened: The records.
        settings: What the user has chosen.
        demo: Whether they are example data.
        glimpse: What the terminal shows already.
        heard: Whether the screen is said instead of drawn.
        library: The library of the workplace, where there is one.
        first: Makes the one page that is there, of what is no record: no data file is open.
    """
    context = _context_of(opened, settings, library, demo=demo, has_records=first is None)
    if wants_ascii(os.environ, settings.ascii):
        draw_with_letters()
    barrier = opened.typing_log.barrier if opened.typing_log else None
    styles = KeptStyles(kept_styles_file(os.environ))
    parse_by(styles.parsed)
    app = MentorApp(context, barrier, first(context) if first else None, heard=heard)
    app.glimpse = glimpse
    # What has been loaded stays (`tui.cli.main`). What the app throws away while it makes its first
    # screen is looked for, for the memory that it would take is never given back.
    gc.freeze()
    gc.enable()
    status = app.run(mouse=not heard and wants_mouse(os.environ, settings.mouse))
    if not demo:
        with suppress(OSError):
            save_positions(positions_file(os.environ), context.positions_as_text())
    with suppress(OSError):
        styles.write()
    if app.crash is not None:
        raise app.crash
    return status or app.return_code or 0


def _context_of(
    opened: OpenedStore,
    settings: Settings,
    library: InUse | None,
    *,
    demo: bool,
    has_records: bool,
) -> Context:
    """Return what the screens are given, with what there is to say about the opening."""
    context = Context(
        opened.store,
        settings,
        demo=demo,
        folder=opened.folder,
        of_team=opened.of_team,
        file=opened.path if has_records else None,
        library=library,
        has_records=has_records,
    )
    if has_records:
        note_here(opened.path, settings)
    opened.store.subscribe(context.forget_for_good)
    context.notices += [str(notice) for notice in opened.notices]
    if said := opened.said_restored:
        context.notices.append(said)
    left = [one for folder in opened.folders for one in texts_left_behind(folder)]
    if left:
        # seldom an editor was open when the line broke
        from data.store.left_notes import take_up
        from tui.terminal.left_by_editor import read_left

        context.notices += take_up(opened.store, left, read_left)
    if not demo:
        context.take_positions(load_positions(positions_file(os.environ)))
    return context
