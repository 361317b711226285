"""The keys of a screen or dialog for its help, from the bindings themselves."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.screen import Screen

from data.i18n import _
from screens.frame.keys import named_bindings
from widgets.detail_pane import DetailPane
from widgets.glyphs import glyphs
from widgets.grid_body import GridBody
from widgets.keys import key_label
from widgets.reading import ReadingPane


def key_lines(screen: Screen[Any], common: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Return (keys, what they do) of all that can be done on a screen, its own first.

    `common` are ids of bindings that come last. A key that would be typed where one stands is none.
    """
    bindings = [active.binding for active in screen.active_bindings.values()]
    found = []
    for named in named_bindings(screen, common):
        labels = dict.fromkeys(key_label(one) for one in bindings if one.action == named.action)
        keys = [label for label in labels if not _is_typed(screen, label)]
        if keys:
            found.append((glyphs(", ".join(keys)), named.description))
    if isinstance(screen.focused, GridBody):
        found.append((glyphs("↑ ↓ ← →"), _moves(screen)))
    if isinstance(screen.focused, GridBody | ReadingPane | DetailPane):
        found.append(("gg, G", _("To the beginning, to the end")))
        found.append(("Ctrl+D, Ctrl+U", _("Half a page on, half a page back")))
    return found


def _is_typed(screen: Screen[Any], label: str) -> bool:
    """Whether the key stands for itself in the text that has the focus."""
    focused = screen.focused
    typed = len(label) == 1 and label.isascii()  # an arrow is one sign on the screen, and no letter
    return typed and focused is not None and focused.check_consume_key(label, label)


def _moves(screen: Screen[Any]) -> str:
    """Say what the arrows do, and the keys that go with them unless they do something else here."""
    page = screen.active_bindings.get("pagedown")
    if page is not None and isinstance(page.node, GridBody):
        return _("Move the cursor (also k j h l); PgUp and PgDn by a page")
    return _("Move the cursor")


def key_table(screen: Screen[Any], common: frozenset[str] = frozenset()) -> list[str]:
    """Return `key_lines` as lines of two columns."""
    keys = key_lines(screen, common)
    width = max((cell_len(names) for names, _what in keys), default=0)
    return [f"{names.ljust(width)}  {what}" for names, what in keys]
