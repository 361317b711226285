"""What is to be said of an app's screen: asked of what has the focus, and of what it stands in."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from data.frozen import immutable
from data.i18n import _
from data.method.visibility import shows_all
from screens.frame.base import BaseScreen
from screens.frame.spoken import spoken_on
from widgets.bars import NoticeBar
from widgets.spoken import Spoken


@immutable
class Place:
    """Where one is: what is said of it, and what it belongs to."""

    spoken: Spoken
    about: str
    """Whom or what the screen is about."""
    screen: str
    """The name of the screen, said when one comes to it."""
    key: tuple[object, ...]
    """Tells places apart: another screen, another field, another question."""
    front: Screen[Any]
    """The screen or dialog in front."""
    base: Screen[Any] | None
    """The screen below all dialogs."""
    is_dialog: bool
    """Whether what is in front is a dialog, or a page that only comes over another for a moment."""
    sees_all: bool
    """Whether what is private may be said."""


def place_of(app: App[int]) -> Place:
    """Return where one is on the screen in front."""
    front, base = app.screen, _base(app)
    spoken = spoken_on(front)
    about, screen = base.title_line.spoken if base is not None else ("", "")
    return Place(
        spoken,
        about,
        screen,
        (front, front.focused, spoken.heading, spoken.above),
        front,
        base,
        base is not None and front is not base,
        base is not None and shows_all(base.context.reader),
    )


def notice_bar(app: App[int]) -> NoticeBar | None:
    """Return the bar in which the screen in front says what happens."""
    bar = getattr(app.screen, "notice_bar", None)
    return bar if isinstance(bar, NoticeBar) else None


def where_texts(app: App[int]) -> tuple[str, ...]:
    """Return what is said besides title and place when somebody asks: saved, who may see, more."""
    found = []
    base, spoken = _base(app), spoken_on(app.screen)
    bar = notice_bar(app)
    if bar is not None and bar.text:
        found.append(bar.text)
    found.append(spoken.hint)
    if base is not None:
        is_shared = not shows_all(base.context.reader)
        if base.OF_RECORDS:
            found.append(base.title_line.in_words)
        if is_shared:
            found.append(_("Shared view: nothing private is shown."))
        elif base.OF_RECORDS:
            found.append(_("Private texts are shown here."))
    found += _details(app.screen, spoken)
    said = (" ".join(text.split()) for text in found)
    return tuple(dict.fromkeys(filter(None, said)))


def _details(screen: Screen[Any], spoken: Spoken) -> list[str]:
    """Return the texts of a screen, without those that are said with the place itself.

    What has the focus says its own, as a page does that is read line by line.
    """
    heard = _letters(" ".join([spoken.heading, spoken.line, *spoken.above]))
    found = []
    for widget in screen.query(Static):
        text = _plain(widget)
        if not _is_seen(widget) or screen.focused in widget.ancestors:
            continue
        for above in spoken.above:
            text = text.removeprefix(above).lstrip()
        if (letters := _letters(text)) and letters not in heard:
            found.append(text)
    return found


def _letters(text: str) -> str:
    """Return a text without what may differ where it is said: signs, spaces, ends of lines."""
    return "".join(filter(str.isalnum, text))


def _base(app: App[int]) -> BaseScreen[object] | None:
    """Return the screen in front, below its dialogs and what only comes over it for a moment."""
    for screen in reversed(app.screen_stack):
        if isinstance(screen, BaseScreen) and not screen.IN_PASSING:
            return screen
        if not isinstance(screen, ModalScreen | BaseScreen):
            return None  # a page that hides everything
    return None


def _is_seen(widget: Static) -> bool:
    return all(node.display for node in widget.ancestors_with_self if not isinstance(node, Screen))


def _plain(widget: Static) -> str:
    return str(getattr(widget, "plain", "") or getattr(widget.content, "plain", widget.content))
