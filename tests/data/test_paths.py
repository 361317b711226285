"""The folders that the program makes in a home are their user's own."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.paths import library_folder, make_private_folder


@pytest.fixture(params=[0o000, 0o022, 0o277])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(home: Path, *names: str) -> list[int]:
    return [stat.S_IMODE((home / name).stat().st_mode) for name in names]


def test_folders_above_the_one_that_is_made_are_private_too(tmp_path: Path, umask: None) -> None:
    made = tmp_path / ".local" / "share" / "mentorrollen"
    make_private_folder(made)
    assert modes(tmp_path, ".local", ".local/share", ".local/share/mentorrollen") == [0o700] * 3


def test_folders_that_are_there_keep_their_modes(tmp_path: Path) -> None:
    (tmp_path / ".local").mkdir()
    (tmp_path / ".local").chmod(0o755)
    make_private_folder(tmp_path / ".local" / "share")
    make_private_folder(tmp_path / ".local")
    assert modes(tmp_path, ".local", ".local/share") == [0o755, 0o700]


def test_a_folder_cannot_be_made_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="Not a directory"):
        make_private_folder(tmp_path / "file" / "folder")
    assert (tmp_path / "file").is_file()


def test_the_library_is_where_the_environment_or_the_settings_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environ = {"HOME": "/home/maja", "XDG_CONFIG_DIRS": f"{tmp_path}/one:{tmp_path}/two"}
    assert library_folder(environ, "") is None
    for_all = tmp_path / "two" / "mentorrollen" / "library"
    for_all.mkdir(parents=True)
    assert library_folder(environ, "") == for_all
    before_it = tmp_path / "one" / "mentorrollen" / "library"
    before_it.mkdir(parents=True)
    assert library_folder(environ, "") == before_it
    assert library_folder(environ, "~/library") == Path("/home/maja/library")
    assert library_folder(environ, "/srv/library") == Path("/srv/library")
    monkeypatch.chdir(tmp_path)
    environ["MENTOR_LIBRARY"] = "mine"
    assert library_folder(environ, "/srv/library") == tmp_path / "mine"
    environ["MENTOR_LIBRARY"] = "~/mine"
    assert library_folder(environ, "/srv/library") == Path("/home/maja/mine")
