"""The Danish texts, as the standard library reads them."""

from __future__ import annotations

import gettext
import tracemalloc
from pathlib import Path

import pytest

from data.catalogue import Catalogue
from data.i18n import LOCALE_DIR

FILE = LOCALE_DIR / "da" / "LC_MESSAGES" / "mentorrollen.mo"


def test_every_text_is_what_gettext_says() -> None:
    read = Catalogue(FILE)
    with FILE.open("rb") as file:
        standard = gettext.GNUTranslations(file)
    keys = [read._text(read._originals, row).decode() for row in range(1, read._number)]
    assert len(keys) > 1000
    assert any("\0" in key for key in keys)
    assert any("\x04" in key for key in keys)
    for key in keys:
        context, is_meant, text = key.rpartition("\x04")
        one, has_many, many = key.partition("\0")
        if has_many:
            for number in (0, 1, 2, 21):
                expected = standard.ngettext(one, many, number)
                assert read.ngettext(one, many, number) == expected
        elif is_meant:
            assert read.pgettext(context, text) == standard.pgettext(context, text)
        else:
            assert read.gettext(key) == standard.gettext(key)


def test_few_of_the_texts_are_in_memory_until_it_is_kept() -> None:
    tracemalloc.start()
    try:
        read = Catalogue(FILE)
        assert tracemalloc.get_traced_memory()[0] < FILE.stat().st_size / 8
    finally:
        tracemalloc.stop()
    read.keep()
    assert read.gettext("Plan") == "Plan"
    assert read.gettext("Quit") == "Luk programmet"
    assert read.gettext("No such text") == "No such text"


def test_a_text_that_it_lacks_stays_as_it_is() -> None:
    read = Catalogue(FILE)
    assert read.gettext("No such text") == "No such text"
    assert read.pgettext("key", "No such text") == "No such text"
    assert [read.ngettext("an ape", "apes", number) for number in (0, 1, 2)] == [
        "apes",
        "an ape",
        "apes",
    ]


def test_a_file_that_was_cut_short_is_no_catalogue(tmp_path: Path) -> None:
    other, whole = tmp_path / "x.mo", FILE.read_bytes()
    for size in (0, 10, 1000, len(whole) // 2, len(whole) - 200):
        other.write_bytes(whole[:size])
        with pytest.raises(ValueError, match=r"x\.mo"):
            Catalogue(other)


def test_another_file_is_no_catalogue(tmp_path: Path) -> None:
    other = tmp_path / "x.mo"
    other.write_bytes(b"x" * 40)
    with pytest.raises(ValueError, match=r"x\.mo"):
        Catalogue(other)


def test_no_danish_text_says_the_same_twice() -> None:
    """A merge of two catalogues can set a text behind itself, and nothing else would see it."""
    read = Catalogue(FILE)
    keys = [read._text(read._originals, row).decode() for row in range(1, read._number)]
    texts = [read.gettext(key) for key in keys]
    repeated = [text for text in texts if len(text) > 20 and text in (text + text)[1:-1]]
    assert repeated == []
