"""The pictures in the documentation show the program as it is."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.tools.emulator import Emulator
from tests.tools.golden import FOLDER as GOLDEN
from tests.tools.pictures import FOLDER, LANGUAGES, PICTURES, TYPED, draw

ROOT = Path(__file__).parent.parent
SVG = "{http://www.w3.org/2000/svg}"
BLOCKS = re.compile("[▏▎▍▌▋▊▉█▐▁▂▃▄▅▆▇░▒▓]")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("picture", "scene"), PICTURES.items())
def test_a_picture_has_the_text_of_its_golden_screen(
    picture: str, scene: str, language: str
) -> None:
    drawn = ET.parse(FOLDER / language / f"{picture}.svg").getroot()
    lines = (drawn.findtext(f"{SVG}desc") or "").split("\n")
    golden = (GOLDEN / language / f"{scene}.txt").read_text("utf-8")
    for danish, english in TYPED.items() if language == "en" else ():
        golden = golden.replace(danish.replace("_", " "), english.replace("_", " "))
    stored = golden.splitlines()[:-1]
    assert lines == stored, "make pictures"

    rows: dict[float, str] = {}
    for text in drawn.iter(f"{SVG}text"):
        y = float(text.get("y", ""))
        rows[y] = rows.get(y, "") + (text.text or "")
    letters = ["".join(row.split()) for _y, row in sorted(rows.items())]
    assert letters == [kept for line in stored if (kept := "".join(BLOCKS.sub("", line).split()))]


def test_every_picture_stands_in_the_documentation() -> None:
    pages = "".join(
        path.read_text("utf-8") for path in (*ROOT.glob("README*.md"), *ROOT.glob("docs/*.md"))
    )
    shown = set(re.findall(r"pictures/(\w+/\w+)\.svg", pages))
    drawn = {f"{language}/{name}" for language in LANGUAGES for name in PICTURES}
    found = {str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.rglob("*.svg")}
    assert shown == drawn == found


def test_letters_blocks_and_colours_are_drawn_where_they_stand() -> None:
    screen = Emulator(8, 2)
    screen.feed("\x1b[38;2;255;175;95mab<\x1b[0m █\x1b[2;1H\x1b[1;7mc\x1b[0m")

    drawn = draw(screen)

    assert ">ab&lt;</text>" in drawn
    assert 'fill="#ffaf5f"' in drawn
    assert 'x="36"' in drawn, "the block in the fifth column"
    assert 'font-weight="bold"' in drawn
