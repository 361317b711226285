"""Cell styles as a terminal keeps them: read from SGR sequences, changed with the fewest bytes."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple


class Style(NamedTuple):
    """What a cell looks like. Always got through `styled`, so equal styles are one object."""

    ink: str
    """The foreground as SGR parameters ("38;5;252"); "" is the terminal's own."""

    paper: str
    """The background likewise."""

    attributes: int
    """Bold, underline and so on: bits, in the order of `_ATTRIBUTES`."""


_ATTRIBUTES: Final = (
    ("1", "22"),
    ("2", "22"),
    ("3", "23"),
    ("4", "24"),
    ("5", "25"),
    ("6", "25"),
    ("7", "27"),
    ("8", "28"),
    ("9", "29"),
    ("21", "24"),
    ("51", "54"),
    ("52", "54"),
    ("53", "55"),
)
"""SGR parameters that turn an attribute on, and off (with those that share its off)."""

_ON: Final = {on: 1 << bit for bit, (on, _off) in enumerate(_ATTRIBUTES)}
_OFF: Final = {
    off: sum(1 << bit for bit, (_on, other) in enumerate(_ATTRIBUTES) if other == off)
    for _on, off in _ATTRIBUTES
}
_INKS: Final = frozenset(map(str, [*range(30, 38), *range(90, 98)]))
_PAPERS: Final = frozenset(map(str, [*range(40, 48), *range(100, 108)]))
_COLOUR_LENGTHS: Final = {"5": 2, "2": 4}

_interned: dict[Style, Style] = {}


def style_of(ink: str, paper: str, attributes: int) -> Style:
    """Return the one Style object with these fields."""
    style = Style(ink, paper, attributes)
    return _interned.setdefault(style, style)


PLAIN: Final = style_of("", "", 0)


@lru_cache(maxsize=4096)
def styled(style: Style, parameters: str) -> Style | None:
    """Return `style` after the SGR sequence with these parameters; None if one is not known."""
    ink, paper, attributes = style
    codes = parameters.split(";")
    at = 0
    while at < len(codes):
        code = codes[at].lstrip("0")
        at += 1
        if not code:
            ink, paper, attributes = PLAIN
        elif code in _ON:
            attributes |= _ON[code]
        elif code in _OFF:
            attributes &= ~_OFF[code]
        elif code in _INKS:
            ink = code
        elif code in _PAPERS:
            paper = code
        elif code == "39":
            ink = ""
        elif code == "49":
            paper = ""
        elif code in {"38", "48"} and at < len(codes) and codes[at] in _COLOUR_LENGTHS:
            end = at + _COLOUR_LENGTHS[codes[at]]
            colour = ";".join([code, *codes[at:end]])
            at = end
            ink, paper = (colour, paper) if code == "38" else (ink, colour)
        else:
            return None
    return style_of(ink, paper, attributes)


@lru_cache(maxsize=4096)
def change(old: Style | None, new: Style) -> str:
    """Return the shortest SGR sequence from `old` (None: not known) to `new`."""
    if old is new:
        return ""
    afresh = ["", *_turned_on(0, new.attributes), *filter(None, (new.ink, new.paper))]
    if afresh == [""]:
        return "\x1b[m"
    best = ";".join(afresh)
    if old is not None:
        kept = old.attributes
        codes = []
        for off, bits in _OFF.items():
            if kept & bits & ~new.attributes:
                codes.append(off)
                kept &= ~bits
        codes += _turned_on(kept, new.attributes)
        if old.ink != new.ink:
            codes.append(new.ink or "39")
        if old.paper != new.paper:
            codes.append(new.paper or "49")
        best = min(best, ";".join(codes), key=len)
    return f"\x1b[{best}m"


def _turned_on(old: int, new: int) -> list[str]:
    return [on for on, bit in _ON.items() if new & ~old & bit]
