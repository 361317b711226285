"""Faults in a library file are told with the file, the place and what is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from data.library.source import LibraryError, Section, load
from data.records import Part


def section(**values: object) -> Section:
    return Section("da/test.toml", values)


def write(root: Path, words: bytes) -> None:
    (root / "da").mkdir()
    (root / "da" / "test.toml").write_bytes(words)


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"^da/test\.toml: there is no such file$"):
        load("da", "test", tmp_path)


@pytest.mark.parametrize("words", [b"a = ", b"\xff\xfe = 1"])
def test_a_file_that_is_not_toml_is_named(tmp_path: Path, words: bytes) -> None:
    write(tmp_path, words)
    with pytest.raises(LibraryError, match=r"^da/test\.toml: "):
        load("da", "test", tmp_path)


def test_values_come_out_as_they_were_written(tmp_path: Path) -> None:
    write(tmp_path, 'a = "å"\nb = ["x"]\nc = true\nd = 3\n[[e]]\nf = "main"\n'.encode())
    found = load("da", "test", tmp_path)
    assert found.text("a") == "å"
    assert found.texts("b") == ("x",)
    assert found.flag("c")
    assert found.whole("d") == 3
    assert found.sections("e")[0].choice("f", Part) is Part.MAIN
    assert found.texts("none") == ()
    assert not found.flag("none")
    assert found.maybe_whole("none") is None


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: section(a=1).text("a"), "a: must be a text"),
        (lambda: section(a=" ").text("a"), "a: must not be empty"),
        (lambda: section().text("a"), "a: must be a text"),
        (lambda: section(a=["x", 1]).texts("a"), "a: must be a list of texts"),
        (lambda: section(a="yes").flag("a"), "a: must be true or false"),
        (lambda: section(a=True).whole("a"), "a: must be a whole number"),
        (lambda: section().whole("a"), "a: must be a whole number"),
        (
            lambda: section(a="boss").choice("a", Part),
            "'boss' is none of main, takes_part, informed",
        ),
        (lambda: section(a=1).section("a"), "a: must be a table"),
        (lambda: section(a=1).sections("a"), "a: must be a list of tables"),
        (lambda: section(a=1).only("b"), "a: is not known here; known are b"),
    ],
)
def test_a_wrong_value_is_told_with_its_place(call: object, words: str) -> None:
    assert callable(call)
    with pytest.raises(LibraryError, match=r"^da/test\.toml: ") as caught:
        call()
    assert words in str(caught.value)


def test_importing_the_library_reads_no_file() -> None:
    code = "import sys, data.library; print('tomllib' in sys.modules, 'textual' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["False", "False"]
