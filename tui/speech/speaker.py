"""Says what changes on an app's screen, when a key has been dealt with and the screen has settled.

What is said is a `Page`; a key that only moves the cursor changes one line of it. While somebody
types, what is thought of half a date is kept back: it is said when Enter is refused.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from contextvars import copy_context
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final
from weakref import WeakKeyDictionary

from textual import events
from textual.app import App
from textual.screen import Screen
from textual.widget import Widget

from screens.frame.spoken import spoken_on
from tui.speech.describe import Place, notice_bar, place_of, where_texts
from tui.speech.page import Page, Texts
from tui.speech.pages import Pages
from tui.terminal.driver import CellDriver
from tui.terminal.key_order import KeyOrder
from widgets.bars import NoticeBar
from widgets.spoken import Speaks, without_pictures

SETTLED: Final = 0.01
"""Seconds between two looks at a screen that is still coming."""
COMING: Final = 2.0
"""Seconds after which a place is said that is still coming: a long form on a busy computer."""
_TYPING: Final = frozenset({"backspace", "delete", "ctrl+u", "ctrl+w", "ctrl+k"})
"""Keys that change a text, besides the letters."""
_MOVES: Final = frozenset({"up", "down", "left", "right", "home", "end", "pageup", "pagedown"})
"""Keys that move; so do some letters, where nothing is typed."""
_LIST_MOVES: Final = frozenset({"up", "down", "pageup", "pagedown"})
"""Those of them that move in a list while one types what is looked for in it."""
_MOVING_LETTERS: Final = frozenset("hjklG")


class Speaker:
    """The screen of an app, said instead of drawn."""

    def __init__(self, app: App[int], driver: CellDriver, keys: KeyOrder) -> None:
        """Take the terminal over; `keys` are the app's, dealt with one after the other."""
        self._app = app
        self._driver = driver
        self._keys = keys
        self._loop = asyncio.get_running_loop()
        self._context = copy_context()
        self._pages = Pages(driver.terminal.abilities, driver.write_in)
        self._page = Page()
        self._place: Place | None = None
        """Where one was when something was said last."""
        self._said = ("", "")
        """The place as it was said on coming there, with what it belongs to; and without."""
        self._asked: tuple[str, ...] = ()
        """What was said because somebody has asked where they are, until the next key."""
        self._texts: dict[Screen[Any], Texts] = {}
        """What each screen said of texts when it was in front, or is saying now."""
        self._sees_all = False
        """Whether what is private may be said."""
        self._heard: WeakKeyDictionary[NoticeBar, int] = WeakKeyDictionary()
        """How much each bar had said when it was last listened to."""
        self._focused: Widget | None = None
        """What had the focus then."""
        self._typing = False
        """Whether the last key changed a text."""
        self._moving = False
        """Whether the last key was to move, and nothing has been said since."""
        self._timer: asyncio.TimerHandle | None = None
        self._since = 0.0
        """When the screen began to change, by the loop's clock."""
        self._held = True
        driver.when_drawn = self._drawn
        driver.show_by(self._pages)

    def begin(self) -> None:
        """Begin to speak: the first screen is there."""
        self._held = False
        self._drawn()

    def end(self) -> None:
        """Leave the terminal to those who see it."""
        self._held = True
        self._driver.when_drawn = None
        self._driver.show_by(None)

    def key(self, event: events.Event) -> None:
        """Know which key comes next: what letters do to a text is not judged yet."""
        self._asked = ()
        if isinstance(event, events.Key):
            writes = self._page.caret is not None
            self._typing = writes and (event.is_printable or event.key in _TYPING)
            letter = not writes and event.character in _MOVING_LETTERS
            # Below a single line there may be a list through which one goes with these keys.
            lists = writes and len(self._page.rows) <= 1 and event.key in _LIST_MOVES
            # A question is asked again where a key does not answer it.
            in_dialog = self._place is not None and self._place.is_dialog
            letter = letter or (in_dialog and not writes and event.is_printable)
            self._moving = (event.key in _MOVES and not writes) or letter or lists
        elif isinstance(event, events.Paste):
            self._typing = True

    def rested(self) -> None:
        """Say what the keys have done; of another place, when it has settled."""
        front = self._app.screen
        if self._page.place[:2] == (front, front.focused):
            self._look()
        else:
            self._drawn()

    def where(self) -> None:
        """Say where one is: the screen, the place, what is saved and who may see it."""
        place = place_of(self._app)
        said = _joined(place.screen, place.spoken.heading, place.spoken.line)
        self._said = (said, place.spoken.line)
        above = place.spoken.above  # said as well, so not twice
        self._asked = tuple(text for text in where_texts(self._app) if text not in above)
        page = self._page_of(place, said)
        self._show(replace(page, notice="", fresh=self._page.fresh + 1))

    def _drawn(self) -> None:
        """Look in a moment, when what goes on has come to its end."""
        if self._timer is None:
            self._since = self._loop.time()
            self._look_in(SETTLED)

    def _look_in(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        # By way of the app, which ends where this fails, as it does elsewhere.
        self._timer = self._loop.call_later(
            seconds, self._app.call_later, self._look, context=self._context
        )

    def _look(self) -> None:
        """Say what has changed, unless keys are still being dealt with: the last one says it."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._held or not self._app.is_running or self._keys.waiting_key is not None:
            return
        before, place = self._place, place_of(self._app)
        if before is not None and place.key == before.key and self._keys.is_busy:
            return  # more may come of the key; then it is said at one go
        if (before is None or place.key != before.key) and self._is_coming():
            self._look_in(SETTLED)
            return
        is_here = before is not None and place.key == before.key
        line = place.spoken.line
        if not is_here:
            screen = place.screen if before is None or place.base is not before.base else ""
            heading = place.spoken.heading
            if before is not None and before.front is place.front:
                heading = heading if heading != before.spoken.heading else ""
            said, hint = _joined(screen, heading, line), place.spoken.hint
            self._said = (f"{said}. {hint}" if said and hint else said or hint, line)
        elif line != self._said[1]:
            self._said = (line, line)
        notice, again = self._notice(is_here=is_here)
        notice = notice or self._left_wrong(place)
        if notice and not is_here:  # what has just happened comes first, in one line with the place
            if not self._said[0].startswith(notice.rstrip(".")):  # a hidden dialog says it, too
                self._said = (f"{notice.rstrip('.')}. {self._said[0]}".strip(), line)
            notice = ""
        page = self._page_of(place, self._said[0])
        page = replace(page, notice=notice, is_typed=self._typing)
        same = replace(page, is_typed=self._page.is_typed) == self._page
        if same and self._moving:
            again = True  # at the end of a list
        self._moving = False
        self._place, self._focused = place, self._app.screen.focused
        self._show(replace(page, repeats=self._page.repeats + again))

    def _is_coming(self) -> bool:
        """Whether a place is still coming: something is under way, or the focus is to come."""
        if self._loop.time() - self._since > COMING:
            return False
        screen = self._app.screen
        if any(one.message_queue_size for one in screen.walk_children(with_self=True)):
            return True
        if spoken_on(screen).may_come:
            return True
        return screen.focused is None and bool(screen.focus_chain)

    def _page_of(self, place: Place, status: str) -> Page:
        """Return the page of a place; the texts below a dialog stay where they are."""
        spoken = place.spoken
        stack = self._app.screen_stack
        if self._sees_all is not place.sees_all:
            self._sees_all = place.sees_all
            self._texts.clear()  # they may hold what is not to be seen any more
        self._texts = {one: texts for one, texts in self._texts.items() if one in stack}
        self._texts[place.front] = above, rows = _said(spoken.above), spoken.rows
        below = stack[stack.index(place.base) : -1] if place.base in stack else ()
        return Page(
            _said([place.about])[0],
            _said([status])[0],
            asked=_said(self._asked),
            behind=tuple(self._texts[one] for one in below if one in self._texts),
            above=above,
            rows=rows,
            caret=spoken.caret,
            place=place.key,
            repeats=self._page.repeats,
            fresh=self._page.fresh,
        )

    def _notice(self, *, is_here: bool) -> tuple[str, bool]:
        """Return what the notice line says, and whether it was said twice.

        How a text is understood is said with its field (`Spoken.hint`). What is wrong with it is
        said when Enter is refused, and not while it is being typed.
        """
        bar = notice_bar(self._app)
        if bar is None or not bar.text:
            return "", False
        is_new = self._heard.get(bar) != bar.said
        self._heard[bar] = bar.said
        if bar.about_typing and (self._typing or not is_here or not bar.problem):
            return "", False
        is_same = bar.text == self._page.notice
        if is_new or is_same:
            return bar.text, is_new and is_same and not self._typing
        return "", False

    def _left_wrong(self, place: Place) -> str:
        """Return what is wrong with the text of the field that one has just left; "" for nothing.

        While it was typed nothing was said of it.
        """
        before, left = self._place, self._focused
        in_form = before is not None and before.front == place.front and place.is_dialog
        if not in_form or left is None or left is self._app.screen.focused:
            return ""
        return left.spoken().problem if left.is_attached and isinstance(left, Speaks) else ""

    def _show(self, page: Page) -> None:
        if page != self._page:
            self._page = page
            self._pages.show(page)
            self._driver.wake()


def _joined(*texts: str) -> str:
    """Return texts of which each belongs to the one before: "Plan: Sparring: today".

    What the next one begins with, as the first group of a list may, is said once.
    """
    found = list(filter(None, texts))
    for text, after in pairwise(tuple(found)):
        if after == text or after.startswith(f"{text}. "):
            found.remove(text)
    said = ": ".join(found)
    return re.sub(r"([?:!.]): ", r"\1 ", said)


def _said(texts: Sequence[str]) -> tuple[str, ...]:
    """Return texts as they are said: without the signs that draw what they say."""
    return tuple(map(without_pictures, texts))
