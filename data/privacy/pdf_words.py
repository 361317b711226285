"""The words of a PDF, as far as is needed to look for one: without a library that reads PDF.

A page's text is a run of glyph numbers of a font; a table beside the font, its ToUnicode map, says
which letter each is. Which font a run has is not worked out here: each run is read by every map.
One that is read by the wrong map is nonsense, and is no word that is looked for.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

_STREAM: Final = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_CHARS: Final = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_CHAR: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGES: Final = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_RANGE: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_SHOWN: Final = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>", re.DOTALL)
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_LETTERS: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words_of_pdf(content: bytes) -> str:
    """Return the words of a PDF and what it says about itself, each run of glyphs by every map."""
    streams = [_unpacked(found[1]) for found in _STREAM.finditer(content)]
    maps = [found for found in map(_letters, streams) if found]
    runs = [run for stream in streams if b"beginbfchar" not in stream for run in _runs(stream)]
    parts = [content, *streams]
    return "\n".join(
        [
            *(part.decode("utf-8", "replace") for part in parts),
            *(part.decode("utf-16-be", "replace") for part in runs),
            *("".join(by.get(glyph, "") for glyph in _glyphs(run)) for by in maps for run in runs),
        ]
    )


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return stream  # it was not packed


def _letters(stream: bytes) -> Mapping[int, str]:
    """Return the letters by number of glyph, if it is such a map."""
    found: dict[int, str] = {}
    for part in _CHARS.finditer(stream):
        for glyph, letters in _CHAR.findall(part[1]):
            found[int(glyph, 16)] = _text(letters)
    for part in _RANGES.finditer(stream):
        for first, last, letters in _RANGE.findall(part[1]):
            start, end, code = int(first, 16), int(last, 16), int(letters, 16)
            found |= {start + n: chr(code + n) for n in range(min(end - start + 1, 0x10000 - code))}
    return found


def _text(letters: bytes) -> str:
    return bytes.fromhex(letters.decode("ascii")).decode("utf-16-be", "replace")


def _runs(stream: bytes) -> Iterator[bytes]:
    """Yield the glyphs that a stream shows, all in a row: a word may be parted to set it well."""
    if b"BT" in stream:
        yield b"".join(map(_bytes, _SHOWN.findall(stream)))


def _bytes(shown: bytes) -> bytes:
    """Return the bytes of a string as a PDF writes it, in brackets or as hexadecimal digits."""
    if shown[:1] == b"<":
        digits = re.sub(rb"\s", b"", shown[1:-1]).decode("ascii")
        return bytes.fromhex(digits + "0" * (len(digits) % 2))
    return _ESCAPE.sub(_escaped, shown[1:-1])


def _escaped(found: re.Match[bytes]) -> bytes:
    what = found[1]
    if what[:1] in b"01234567":
        return bytes([int(what, 8) & 0xFF])
    return b"" if what.endswith(b"\n") else _LETTERS.get(what, what)


def _glyphs(run: bytes) -> Iterator[int]:
    """Yield the numbers of glyphs, which have two bytes each."""
    yield from (int.from_bytes(run[n : n + 2]) for n in range(0, len(run) - 1, 2))
