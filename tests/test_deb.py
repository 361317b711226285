"""The Debian package, but what it fetches: where its files are, and that its scripts can run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools import deb
from tui.cli import manual

ROOT = Path(__file__).parents[1]
SCRIPTS = {"postinst": deb.POSTINST, "prerm": deb.PRERM, "rtupdate": deb.RTUPDATE}


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Make the package twice, with other modes of files, and return both."""
    if shutil.which("dpkg-deb") is None:
        pytest.skip("dpkg-deb is not installed")
    dist = tmp_path / "dist"
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    command += ["--outdir", str(dist), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764400000")
    monkeypatch.setattr(deb, "DIST", dist)
    monkeypatch.setattr(deb, "MAN", tmp_path / "man")
    monkeypatch.setattr(deb, "bundled", lambda: "")  # what else it holds is on the network
    manual.main(tmp_path / "man")
    found = []
    for umask in (0o022, 0o077):
        monkeypatch.setattr(deb, "BUILD", tmp_path / f"build-{umask}" / "deb")
        before = os.umask(umask)
        try:
            deb.main("Somebody <somebody@example.org>")
        finally:
            os.umask(before)
        (path,) = dist.glob("*.deb")
        found.append(path.read_bytes())
    return found


def test_it_is_the_same_for_everybody_and_has_its_files_where_debian_wants_them(
    made: list[bytes], tmp_path: Path
) -> None:
    assert made[0] == made[1]
    (path,) = (tmp_path / "dist").glob("*.deb")
    listed = subprocess.run(["dpkg-deb", "-c", path], capture_output=True, text=True, check=True)
    modes = {line.split()[5]: line.split()[:2] for line in listed.stdout.splitlines()}
    assert modes["./usr/bin/mentor"] == ["-rwxr-xr-x", "root/root"]
    for name in (
        "lib/mentorrollen/mentorrollen/data/locale/da/LC_MESSAGES/mentorrollen.mo",
        "share/man/man1/mentor.1.gz",
        "share/man/da/man1/mentor.1.gz",
        "share/bash-completion/completions/mentor",
        "share/zsh/vendor-completions/_mentor",
        "share/fish/vendor_completions.d/mentor.fish",
        "share/doc/mentorrollen/copyright",
        "share/doc/mentorrollen/changelog.gz",
    ):
        assert modes[f"./usr/{name}"] == ["-rw-r--r--", "root/root"], name
    assert [name for name in modes if name.endswith((".pyc", ".so", "/RECORD"))] == []
    assert {mode for mode, _owner in modes.values()} == {"drwxr-xr-x", "-rwxr-xr-x", "-rw-r--r--"}


@pytest.mark.parametrize("name", SCRIPTS)
def test_its_scripts_are_read_by_a_plain_shell(name: str) -> None:
    subprocess.run(["sh", "-n"], input=SCRIPTS[name], text=True, check=True)


def test_a_new_python_is_never_kept_from_coming(tmp_path: Path) -> None:
    script = deb.RTUPDATE.replace("/usr/lib/mentorrollen", str(tmp_path / "not there"))
    command = ["sh", "-c", script, "mentorrollen.rtupdate", "rtupdate", "python3.11", "python3.12"]
    subprocess.run(command, env={"PATH": "/usr/bin:/bin"}, check=True, capture_output=True)
