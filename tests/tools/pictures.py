"""Pictures of the running program for the documentation. `make pictures` draws them anew.

python -m tests.tools.pictures

A picture is drawn from what a terminal shows: its letters as text, its blocks as shapes, in the
colours that were sent. Nothing in it depends on the fonts of the one who draws.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from tests.tools.emulator import Cell, Emulator, Style
from tests.tools.tour import TOUR, Scene, visit, walk

FOLDER: Final = Path(__file__).parents[2] / "docs/pictures"
LANGUAGES: Final = ("da", "en")
PICTURES: Final = {
    "home": "home",
    "add": "home-add-date",
    "note": "note-typed",
    "overview": "overview",
    "expectations": "agreement",
    "plan": "plan",
    "summary": "talk-summary",
    "roles": "roles",
    "newcomer": "roles-page",
    "talk": "talk-question",
    "sort": "talk-sorted",
    "close": "talk-close",
}
"""Picture -> scene of the walk."""
TYPED: Final = {
    "God_afdækning_hos_borger_2": "Good_groundwork_with_service_user_2",
    "Min_første_partshøring_og_samtalen_med_moren.": (
        "My_first_hearing,_and_the_talk_with_the_mother."
    ),
}
"""What is typed on the walk, which is Danish -> what is typed for a picture in English."""

WIDE, HIGH, MARGIN = 9.0, 20.0, 14.0
"""A cell's width and height, and the edge round the screen."""
FONTS: Final = "ui-monospace,'Cascadia Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace"

_LEFT: Final = {"▏": 1, "▎": 2, "▍": 3, "▌": 4, "▋": 5, "▊": 6, "▉": 7}
_LOW: Final = {"▁": 1, "▂": 2, "▃": 3, "▄": 4, "▅": 5, "▆": 6, "▇": 7, "█": 8}
_SHADE: Final = {"░": 0.22, "▒": 0.45, "▓": 0.7}


def colour(code: str, otherwise: str) -> str:
    """Return the colour of an SGR code as `#rrggbb`. Only true colours are drawn."""
    parts = code.split(";")
    return "#{:02x}{:02x}{:02x}".format(*map(int, parts[2:5])) if len(parts) == 5 else otherwise


def draw(screen: Emulator) -> str:
    """Return a screen as an SVG document; its text stands in `<desc>` too, line by line."""
    papers = [cell.style.paper for row in screen.buffer for cell in row]
    ground = colour(max(papers, key=papers.count), "#101418")
    width, height = screen.cols * WIDE + 2 * MARGIN, screen.rows * HIGH + 2 * MARGIN
    size = f'width="{width:g}" height="{height:g}"'
    lines = [line.rstrip() for line in screen.text().splitlines()]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width:g} {height:g}"'
        f' role="img" font-family="{FONTS}" font-size="15">',
        f"<desc>{escape(chr(10).join(lines))}</desc>",
        f'<rect {size} rx="8" fill="{ground}"/>',
        f'<g transform="translate({MARGIN:g} {MARGIN:g})">',
    ]
    for y, row in enumerate(screen.buffer):
        for x, cells in _runs(row):
            parts += _run(x, y, cells, ground)
    x, y, shown = screen.cursor
    if shown:
        ink = colour(screen.cell(x, y).style.ink, "#e0e0e0")
        parts.append(_shape(x, y, 0.22, 1, f'fill="{ink}"'))
    return "\n".join([*parts, "</g>", "</svg>", ""])


def _runs(row: list[Cell]) -> Iterator[tuple[int, list[Cell]]]:
    """Yield what is drawn in one go: neighbours of the same style, blocks by themselves."""
    at = 0
    for _key, cells in groupby(row, key=lambda cell: (cell.style, _is_block(cell.text))):
        run = list(cells)
        yield at, run
        at += len(run)


def _is_block(text: str) -> bool:
    return text in _LEFT or text in _LOW or text in _SHADE or text == "▐"


def _run(x: int, y: int, cells: list[Cell], ground: str) -> Iterator[str]:
    style = cells[0].style
    ink, paper = colour(style.ink, "#e0e0e0"), colour(style.paper, ground)
    if "reverse" in style.attributes:
        ink, paper = paper, ink
    if paper != ground:
        yield (
            f'<rect x="{x * WIDE:g}" y="{y * HIGH:g}" width="{len(cells) * WIDE:g}"'
            f' height="{HIGH:g}" fill="{paper}"/>'
        )
    text = "".join(cell.text for cell in cells)
    if _is_block(text[:1]):
        for i, block in enumerate(text):
            yield _block(x + i, y, block, ink)
    elif text.strip():
        start = len(text) - len(text.lstrip())
        yield _words(x + start, y, text.strip(), f'fill="{ink}"{_looks(style)}')


def _words(x: int, y: int, text: str, looks: str) -> str:
    # The length puts every letter in its column, whatever font the reader has.
    return (
        f'<text x="{x * WIDE:g}" y="{y * HIGH + 15:g}" textLength="{len(text) * WIDE:g}"'
        f' xml:space="preserve" {looks}>{escape(text)}</text>'
    )


def _looks(style: Style) -> str:
    looks = {
        "bold": ' font-weight="bold"',
        "italic": ' font-style="italic"',
        "underline": ' text-decoration="underline"',
        "dim": ' opacity="0.65"',
    }
    return "".join(look for name, look in looks.items() if name in style.attributes)


def _block(x: int, y: int, block: str, ink: str) -> str:
    fill = f'fill="{ink}"'
    if block in _SHADE or block == "█":  # of a bar; bars one below the other stay apart
        looks = f'{fill} opacity="{_SHADE.get(block, 1):g}"'
        return (
            f'<rect x="{x * WIDE:g}" y="{(y + 0.22) * HIGH:g}"'
            f' width="{WIDE:g}" height="{HIGH * 0.56:g}" {looks}/>'
        )
    if block == "▐":
        return _shape(x + 0.5, y, 0.5, 1, fill)
    return _shape(x, y, _LEFT.get(block, 8) / 8, _LOW.get(block, 8) / 8, fill)


def _shape(x: float, y: int, width: float, height: float, looks: str) -> str:
    """Return a part of a cell that stands on the cell's lower edge; 1 is all of it."""
    return (
        f'<rect x="{x * WIDE:g}" y="{(y + 1 - height) * HIGH:g}"'
        f' width="{width * WIDE:g}" height="{height * HIGH:g}" {looks}/>'
    )


def keys_in(scene: Scene, language: str) -> str:
    """Return the keys of a scene, with what they type in the language of the picture."""
    keys = scene.keys
    for danish, english in TYPED.items() if language == "en" else ():
        keys = keys.replace(danish, english)
    return keys


def pictures(folder: Path, language: str) -> Iterator[tuple[str, str]]:
    """Walk through the program in a language and yield the pictures: name, document."""
    wanted = {scene: name for name, scene in PICTURES.items()}
    last = max(i for i, scene in enumerate(TOUR) if scene.name in wanted)
    scenes = [Scene(scene.name, keys_in(scene, language)) for scene in TOUR[: last + 1]]
    with visit(folder, language, env={"COLORTERM": "truecolor"}) as typist:
        for scene in walk(typist, scenes):
            if scene.name in wanted:
                typist.terminal.rest(quiet=0.2)
                yield wanted[scene.name], draw(typist.terminal.emulator)


def main() -> int:
    """Draw all pictures, in both languages."""
    for language in LANGUAGES:
        (FOLDER / language).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            for name, picture in pictures(Path(folder) / "records", language):
                (FOLDER / language / f"{name}.svg").write_text(picture, "utf-8")
                print(f"{language}/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
