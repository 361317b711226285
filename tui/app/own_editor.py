"""Writing the text that has the focus in the user's own editor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.app import App

from data.i18n import _
from data.text import clean
from screens.frame.base import BaseScreen


def edit_focused(app: App[Any], folder: Path | None) -> None:
    """Open the text that has the focus in the user's editor, and take it back.

    Args:
        app: The app, which waits until the editor has ended.
        folder: Where the file for the editor is made; None if there is no such place.
    """
    # loaded when an editor is wanted
    from screens.dialogs.base import Dialog
    from tui.terminal.editor import EditorError
    from tui.terminal.suspend_for_editor import edit_text_externally
    from widgets.line_input import LineInput
    from widgets.note_area import NoteArea

    area, screen = app.focused, app.screen
    text = area.value if isinstance(area, LineInput) else None
    if isinstance(area, NoteArea) and not area.read_only:
        text = area.text
    if text is None or folder is None:
        if isinstance(screen, BaseScreen):
            screen.say(_("There is no text field here"))
        return
    try:
        edited = edit_text_externally(app, text, folder)
    except EditorError as problem:
        if isinstance(screen, BaseScreen | Dialog):
            screen.say(str(problem), problem=True)
        return
    if edited is not None and isinstance(area, LineInput):
        area.value = clean(edited.strip(), lines=False)
    elif edited is not None and isinstance(area, NoteArea):
        area.replace(edited, area.document.start, area.document.end)
