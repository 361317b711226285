"""What the model of a screen reader says of bytes."""

from __future__ import annotations

import pytest

from tests.tools.listener import utterances


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Maja Holm", ["Maja Holm"]),
        ("Maja\r\nNadia", ["Maja", "Nadia"]),
        ("\x1b[2;1Hen lang\x1b[3;1Htekst", ["en lang tekst"]),
        ("\x1b[2;1Hén\x1b[4;1Hto", ["én", "to"]),
        ("\x1b[2;1Hén\x1b[3;20Hto", ["én", "to"]),
        ("\x1b[5;1Hover\x1b[2;1Hunder", ["over", "under"]),
        ("\x1b[2;1H\x1b[K   \x1b[3;1H\x1b[K", []),
        ("\x1b[?25h\x1b[1;31mObs\x1b[m", ["Obs"]),
        ("\x1b]0;titel\x07Plan\x1b(B", ["Plan"]),
        ("\x1b[6;3Hæ", ["æ"]),
    ],
    ids=[
        *("a text", "a line feed", "a text goes on in the next line", "a jump over a line"),
        *("a jump into a line", "a jump back", "blanks", "colours", "a window's title", "a letter"),
    ],
)
def test_texts_are_said_in_the_order_of_the_bytes(written: str, said: list[str]) -> None:
    assert list(utterances(written)) == said
    assert list(utterances(written.encode())) == said
