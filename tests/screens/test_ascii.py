"""A terminal whose font has letters only: `ascii = true` in the settings."""

from __future__ import annotations

from pathlib import Path

from tests.tools.tour import visit


def in_any_font(sign: str) -> bool:
    """Whether it is of Latin-1 (æ, ø, å, the dot between words), or a sign that texts have."""
    return ord(sign) < 256 or sign in "–…"


def test_nothing_but_letters_is_drawn_where_that_is_asked_for(tmp_path: Path) -> None:
    config = tmp_path / "config"
    (config / "mentorrollen").mkdir(mode=0o700, parents=True)
    (config / "mentorrollen/settings.toml").write_text("ascii = true\n", "utf-8")
    env = {"XDG_CONFIG_HOME": str(config)}
    with visit(tmp_path / "records", "da", env=env) as typist:
        for keys in ("down", "enter", "pagedown", "2", "3", "4", "5", "6"):
            typist.press(keys)
            odd = [sign for sign in typist.terminal.screen() if not in_any_font(sign)]
            assert not odd, keys
            if keys == "enter":
                assert "######......   52 %" in typist.terminal.screen()
                assert "....====%%%%%%%%########  selvstændig" in typist.terminal.screen()
