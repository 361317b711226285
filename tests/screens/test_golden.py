"""Every screen and dialog looks as stored, in both languages, driven by real keys on a real pty.

The walk begins in the other language and changes it from the palette, so that a text which does not
follow the change shows as a difference. `make golden` stores what is shown now.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.golden import FEW, ROUNDS, Round, differences
from tests.tools.tour import Shot, visit, walk

DA = next(one for one in ROUNDS if one.folder == "da")


def marked(round_: Round) -> object:
    """Most other tests are in English; the English walk is for `make soak`."""
    marks = [pytest.mark.soak] if round_.language == "en" else []
    return pytest.param(round_, id=round_.folder, marks=marks)


@pytest.mark.parametrize("round_", list(map(marked, ROUNDS)))
def test_every_screen_looks_as_stored(round_: Round, tmp_path: Path) -> None:
    found = differences(round_, tmp_path / "records")

    assert not found, "\n".join([f"{len(found)} lines differ (make golden stores them)", *found])


@pytest.mark.parametrize(
    "env",
    [{"NO_COLOR": "1"}, {"TERM": "xterm"}, {"TERM": "screen"}],
    ids=lambda env: "-".join(env.values()),
)
def test_other_terminals_show_the_same_text(env: dict[str, str], tmp_path: Path) -> None:
    with visit(tmp_path / "records", "da", env=env) as typist:
        for scene in walk(typist, FEW[:4]):
            stored = DA.path / f"{scene.name}.txt"
            if scene.keys in {"", "a"}:
                assert Shot.of(typist.terminal).text() == stored.read_text("utf-8")
            cells = [cell for row in typist.terminal.emulator.buffer for cell in row]
            colours = {cell.style.ink for cell in cells} | {cell.style.paper for cell in cells}
            if "NO_COLOR" in env:
                assert colours == {""}
            else:
                assert all(len(colour) <= 3 for colour in colours), "only the 16 that it has"
        assert typist.terminal.emulator.unknown == []


def test_letters_stand_in_for_drawing_where_the_settings_say_so(tmp_path: Path) -> None:
    settings = tmp_path / "records/CONFIG/mentorrollen/settings.toml"
    settings.parent.mkdir(parents=True, mode=0o700)
    settings.write_text("ascii = true\n", "utf-8")

    with visit(tmp_path / "records", "da") as typist:
        shown = {scene.name: typist.terminal.screen() for scene in walk(typist, FEW[:5])}

    other = {sign for text in shown.values() for sign in text if not sign.isascii()}
    signs = {sign for sign in other if not sign.isalpha()}
    assert signs <= {"§", "·"}, "signs that every Danish charset has"
    assert "Børnefaglig" in shown["plan"]
    assert "+----" in shown["home-add"]
