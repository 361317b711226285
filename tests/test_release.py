"""What an installation for all is made of: pinned versions with their checksums."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tools import deb, release

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PINS = re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", deb.CONSTRAINTS.read_text("utf-8"))


def asked_for() -> list[Requirement]:
    extras = PROJECT["optional-dependencies"].values()
    return [Requirement(one) for part in (PROJECT["dependencies"], *extras) for one in part]


def test_everything_is_pinned_at_a_version_that_fits() -> None:
    pinned = dict(PINS)
    for wanted in asked_for():
        assert wanted.specifier.contains(pinned[canonicalize_name(wanted.name)]), "make constraints"


def test_everything_that_is_pinned_has_its_checksums() -> None:
    entries = re.split(r"(?m)^(?=[a-z])", deb.CONSTRAINTS.read_text("utf-8"))[1:]
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert len(entries) == len(PINS)


def test_the_debian_package_has_what_debian_has_not() -> None:
    names = set(re.findall(r"(?m)^([a-z0-9-]+)==", deb.bundled()))
    assert names == {name for name, _version in PINS} - {"lxml", *deb.EXTRAS}


def test_the_checksums_are_those_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "b.whl").write_bytes(b"b")
    (tmp_path / "a.deb").write_bytes(b"")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    lines = release.sums(tmp_path).splitlines()
    assert lines[0] == f"{empty}  a.deb"
    assert lines[1].endswith("  b.whl")
