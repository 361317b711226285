"""Colours: enough contrast in true colour and in 256 colours, and none where there are 16."""

from __future__ import annotations

import pytest
from rich.color import Color, ColorSystem
from textual.theme import Theme

from data import settings
from tui.app.themes import DARK, LIGHT, PLAIN, THEMES, other, theme_for

TEXTS = ("foreground", "primary", "secondary", "accent", "error", "success", "warning")
MUTED = ("text-muted", "foreground-muted", "text-disabled")
GROUNDS = ("background", "surface", "panel", "boost")


def triplet(colour: str, system: ColorSystem) -> tuple[int, int, int]:
    red, green, blue = Color.parse(colour).downgrade(system).get_truecolor()
    return red, green, blue


def luminance(colour: tuple[int, int, int]) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [part / 255 for part in colour]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("system", [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT])
@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_every_text_can_be_told_from_what_is_behind_it(theme: Theme, system: ColorSystem) -> None:
    texts = {name: getattr(theme, name) for name in TEXTS}
    texts |= {name: theme.variables[name] for name in MUTED}
    for name, text in texts.items():
        for ground in GROUNDS:
            found = contrast(triplet(text, system), triplet(getattr(theme, ground), system))
            assert found >= 4.5, (name, ground, round(found, 2))
    marked = contrast(
        triplet(theme.variables["input-selection-foreground"], system),
        triplet(theme.variables["input-selection-background"], system),
    )
    assert marked >= 4.5


@pytest.mark.parametrize("colours", ["none", "standard"])
def test_with_sixteen_colours_only_the_terminals_own_two_are_used(colours: str) -> None:
    assert theme_for(colours, "mentor-light") is PLAIN
    values = [getattr(PLAIN, name) for name in (*TEXTS, *GROUNDS)]
    assert {*values, *PLAIN.variables.values()} == {"ansi_default"}


def test_the_settings_choose_where_there_are_colours() -> None:
    assert theme_for("256", "") is DARK
    assert theme_for("truecolor", "mentor-light") is LIGHT
    assert theme_for("256", "no such theme") is DARK


def test_the_settings_know_every_theme_by_name() -> None:
    assert tuple(theme.name for theme in THEMES) == settings.THEMES


def test_changing_goes_through_all_themes() -> None:
    names = [DARK.name]
    for _turn in THEMES:
        names.append(other(names[-1]).name)
    assert names == [DARK.name, LIGHT.name, PLAIN.name, DARK.name]
