"""The program's own colours: sober, light or dark, and none but the terminal's own where it has 16.

Every text has a contrast of at least 4.5:1 to what is behind it, in true colour and in 256 colours
(WCAG 2.2, success criterion 1.4.3); a test measures it. Nothing is told by colour alone.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="mentor-dark",
    primary="#87afd7",
    secondary="#9fb3c8",
    accent="#ffaf5f",
    warning="#ffaf5f",
    error="#ff8787",
    success="#87d787",
    foreground="#dadada",
    background="#121212",
    surface="#121212",
    panel="#262626",
    boost="#262626",
    dark=True,
    variables={
        "text-muted": "#9e9e9e",
        "foreground-muted": "#9e9e9e",
        "text-disabled": "#9e9e9e",
        "input-selection-background": "#005f87",
        "input-selection-foreground": "#ffffff",
        "scrollbar": "#767676",
        "scrollbar-background": "#121212",
        "scrollbar-corner-color": "#121212",
    },
)
LIGHT: Final = Theme(
    name="mentor-light",
    primary="#005f87",
    secondary="#444444",
    accent="#870000",
    warning="#870000",
    error="#af0000",
    success="#005f00",
    foreground="#262626",
    background="#ffffff",
    surface="#ffffff",
    panel="#e4e4e4",
    boost="#e4e4e4",
    dark=False,
    variables={
        "text-muted": "#585858",
        "foreground-muted": "#585858",
        "text-disabled": "#585858",
        "input-selection-background": "#afd7ff",
        "input-selection-foreground": "#000000",
        "scrollbar": "#767676",
        "scrollbar-background": "#ffffff",
        "scrollbar-corner-color": "#ffffff",
    },
)
PLAIN: Final = Theme(
    name="mentor-plain",
    ansi=True,
    primary="ansi_default",
    secondary="ansi_default",
    accent="ansi_default",
    warning="ansi_default",
    error="ansi_default",
    success="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "text-muted": "ansi_default",
        "foreground-muted": "ansi_default",
        "text-disabled": "ansi_default",
        "input-selection-background": "ansi_default",
        "input-selection-foreground": "ansi_default",
        "scrollbar": "ansi_default",
        "scrollbar-background": "ansi_default",
        "scrollbar-corner-color": "ansi_default",
    },
)
"""The terminal's own two colours, with bold, underline and reverse: seen on every palette."""

THEMES: Final = (DARK, LIGHT, PLAIN)
_NAMES: Final = {theme.name: theme for theme in THEMES}


def theme_for(colours: str, wanted: str) -> Theme:
    """Return the theme for a terminal's `colours` ("none", "standard", "256", "truecolor").

    `wanted` is the name in the settings, or "". Terminals with 16 colours or none always get the
    plain one: how their colours look is up to them.
    """
    if colours in {"none", "standard"}:
        return PLAIN
    return _NAMES.get(wanted, DARK)


def other(name: str) -> Theme:
    """Return the theme that follows the one of that name when it is changed."""
    names = [theme.name for theme in THEMES]
    at = names.index(name) if name in names else -1
    return THEMES[(at + 1) % len(THEMES)]
