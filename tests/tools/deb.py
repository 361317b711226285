"""The Debian package, made with `dpkg-deb` alone: `python -m tests.tools.deb MAINTAINER`.

It takes the wheel out of `dist` and puts it, and what it needs, into /usr/lib/mentorrollen. What
Debian has new enough is asked of Debian: lxml, the only one that is compiled for one kind of
computer. The others are older there than the program needs; they come from the index of packages,
at the versions and with the checksums of constraints.txt. The same commit makes the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, distributions, version
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
CONSTRAINTS: Final = ROOT / "constraints.txt"
DIST: Final = ROOT / "dist"
BUILD: Final = ROOT / "build/deb"
MAN: Final = ROOT / "build/man"
LIBRARY: Final = Path("usr/lib/mentorrollen")
DOC: Final = Path("usr/share/doc/mentorrollen")
FROM_DEBIAN: Final = ("lxml",)
"""What the packages of Debian are for."""
_LICENCE: Final = re.compile(r"LICEN[CS]E|COPYING|NOTICE", re.IGNORECASE)
_OF_THE_BUILD: Final = ("RECORD", "REQUESTED", "direct_url.json")
"""What says where and how something was installed."""
EXTRAS: Final = ("typst", "pyrage", "psycopg", "psycopg-binary")
"""What only extras of the program need; it is compiled, or of no use without what is."""
SUMMARY: Final = "learning plan, guided talks and clear roles for mentors"
DESCRIPTION: Final = """\
 A full-screen terminal program for mentors who help a new colleague get
 started, in Danish and English: a learning and competence plan, guided
 feedback talks, clear roles, and a list of what needs attention today.
 .
 It needs a keyboard only, works over SSH at 80x24, and keeps what each
 user writes in a file of their own.
"""
LAUNCHER: Final = """\
#!/usr/bin/python3 -I
# -I: what is in PYTHONPATH, in the home folder or in the working folder is not meant for it.
import sys

sys.path.insert(0, "/usr/lib/mentorrollen")
sys.path.append("/usr/local/lib/mentorrollen")  # what only some features need, such as typst

from mentorrollen import main

main()
"""
POSTINST: Final = """\
#!/bin/sh
set -e
# Users may not write beside the files, so they are compiled here, once for all.
if [ "$1" = configure ] && command -v py3compile >/dev/null 2>&1; then
    py3compile -p mentorrollen /usr/lib/mentorrollen
fi
"""
PRERM: Final = """\
#!/bin/sh
set -e
find /usr/lib/mentorrollen -name __pycache__ -type d -prune -exec rm -rf '{}' +
"""
RTUPDATE: Final = """\
#!/bin/sh
# Another Python runs the program from now on. Whatever fails here must not keep it from coming.
if [ "$1" = rtupdate ]; then
    find /usr/lib/mentorrollen -name __pycache__ -type d -prune -exec rm -rf '{}' + || :
    py3compile -p mentorrollen /usr/lib/mentorrollen || :
fi
"""


def main(maintainer: str) -> None:
    """Build the package."""
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    shutil.rmtree(BUILD, ignore_errors=True)
    (BUILD / LIBRARY).mkdir(parents=True)
    _install(BUILD / LIBRARY)
    _write(BUILD / "usr/bin/mentor", LAUNCHER, 0o755)
    _write(BUILD / "usr/share/python3/runtime.d/mentorrollen.rtupdate", RTUPDATE, 0o755)
    _manual_and_completion()
    _documents(maintainer, epoch)
    for name in _OF_THE_BUILD:
        for path in (BUILD / LIBRARY).glob(f"*.dist-info/{name}"):
            path.unlink()
    _control(maintainer)
    _same_everywhere(epoch)
    path = DIST / f"mentorrollen_{version('mentorrollen')}_all.deb"
    # with several threads the compressed file depends on how many there are
    environ = os.environ | {"SOURCE_DATE_EPOCH": str(epoch), "DPKG_DEB_THREADS_MAX": "1"}
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(BUILD), str(path)]
    subprocess.run(command, env=environ, check=True)


def bundled() -> str:
    """Return the lines of constraints.txt for what is put into the package."""
    entries = re.split(r"(?m)^(?=[a-z])", CONSTRAINTS.read_text("utf-8"))
    others = (*FROM_DEBIAN, *EXTRAS)
    return "".join(one for one in entries if one.partition("==")[0] not in others)


def _install(folder: Path) -> None:
    """Put the wheel and what it needs into a folder, as it is on every computer."""
    (wheel,) = DIST.glob("mentorrollen-*.whl")
    wanted = BUILD.with_name("deb-requirements.txt")
    checksum = hashlib.sha256(wheel.read_bytes()).hexdigest()
    wanted.write_text(f"{bundled()}\n{wheel.as_uri()} --hash=sha256:{checksum}\n", "utf-8")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-compile", "--require-hashes", "--only-binary", ":all:"]
    command += ["--platform", "any"]  # some have a faster one for this computer
    subprocess.run([*command, "--target", str(folder), "-r", str(wanted)], check=True)
    for name in ("bin", "share"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for path in folder.glob("*/tests"):
        shutil.rmtree(path)
    compiled = [str(path) for path in folder.rglob("*.so")]
    if compiled:
        sys.exit(f"These are for one kind of computer only: {', '.join(compiled)}")


def _manual_and_completion() -> None:
    share, scripts = BUILD / "usr/share", ROOT / "tui/completion"
    for page in sorted(MAN.rglob("*.1")):
        name = page.relative_to(MAN)
        _write(share / "man" / f"{name}.gz", _packed(page.read_bytes()))
    for shell, place in {
        "bash": "bash-completion/completions/mentor",
        "zsh": "zsh/vendor-completions/_mentor",
        "fish": "fish/vendor_completions.d/mentor.fish",
    }.items():
        _write(share / place, (scripts / f"mentor.{shell}").read_bytes())


def _documents(maintainer: str, epoch: int) -> None:
    when = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(epoch))
    changes = (
        f"mentorrollen ({version('mentorrollen')}) unstable; urgency=medium\n\n"
        "  * What is new is in CHANGELOG.md.gz beside this file.\n\n"
        f" -- {maintainer}  {when}\n"
    )
    _write(BUILD / DOC / "changelog.gz", _packed(changes.encode()))
    _write(BUILD / DOC / "copyright", "\n".join(_copyright()))
    for path in (ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))):
        _write(BUILD / DOC / f"{path.name}.gz", _packed(path.read_bytes()))


def _copyright() -> Iterator[str]:
    """Yield who has written what, and under which licence."""
    yield "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/"
    yield "Upstream-Name: mentorrollen"
    yield from _stanza(["*"], (ROOT / "LICENSE").read_text("utf-8"), "Expat")
    found = distributions(path=[str(BUILD / LIBRARY)])
    for one in sorted(found, key=lambda one: one.name.lower()):
        if one.name == "mentorrollen":
            continue
        files = [Path(str(path)) for path in one.files or ()]
        texts = [BUILD / LIBRARY / path for path in files if _LICENCE.search(path.name)]
        text = "\n".join(_shortened(path.read_text("utf-8")) for path in texts if path.is_file())
        tops = sorted({path.parts[0] for path in files if path.parts[0] not in {"..", "bin"}})
        yield from _stanza([f"{LIBRARY}/{top}*" for top in tops], text, _licence(one))


def _shortened(text: str) -> str:
    """Return a licence; of one that every Debian has, where it is."""
    if "TERMS AND CONDITIONS FOR USE, REPRODUCTION" not in text:
        return text
    return "On Debian systems the text is in /usr/share/common-licenses/Apache-2.0."


def _licence(one: Distribution) -> str:
    """Return the name of a licence, as Debian calls it."""
    about = one.metadata
    classes = [value for value in about.get_all("Classifier", []) if value.startswith("License ")]
    named = about["License-Expression"] or about["License"] or "".join(classes).split(" :: ")[-1]
    name = str(named).removesuffix(" License")
    return re.sub(r"\s+", "-", {"MIT": "Expat"}.get(name, name))


def _stanza(files: Sequence[str], text: str, licence: str) -> Iterator[str]:
    """Yield what is said of some files, with the whole text of their licence."""
    owners = re.findall(r"(?im)^\W*(?:copyright )(.*\S)", text) or ["see the text below"]
    yield ""
    yield "Files: " + "\n ".join(files)
    yield "Copyright: " + "\n ".join(dict.fromkeys(owners))
    yield f"License: {licence}"
    for line in text.strip().splitlines():
        yield f" {line.rstrip()}" if line.strip() else " ."


def _control(maintainer: str) -> None:
    size = sum(path.stat().st_size for path in BUILD.rglob("*") if path.is_file())
    control = (
        f"Package: mentorrollen\nVersion: {version('mentorrollen')}\nSection: misc\n"
        f"Priority: optional\nArchitecture: all\nMaintainer: {maintainer}\n"
        f"Installed-Size: {size // 1024 + 1}\n"
        f"Depends: python3 (>= 3.11), python3-lxml\nDescription: {SUMMARY}\n{DESCRIPTION}"
    )
    sums = "".join(
        f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(BUILD)}\n"
        for path in sorted(BUILD.rglob("*"))
        if path.is_file()
    )
    _write(BUILD / "DEBIAN/control", control)
    _write(BUILD / "DEBIAN/md5sums", sums)
    _write(BUILD / "DEBIAN/postinst", POSTINST, 0o755)
    _write(BUILD / "DEBIAN/prerm", PRERM, 0o755)


def _same_everywhere(epoch: int) -> None:
    """Give all files the modes and times that they have wherever they are built."""
    for path in (BUILD, *BUILD.rglob("*")):
        runs = path.is_dir() or (path.stat().st_mode & 0o100 and "usr/lib" not in str(path))
        path.chmod(0o755 if runs else 0o644)
        os.utime(path, (epoch, epoch))


def _packed(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def _write(path: Path, content: str | bytes, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    path.chmod(mode)


if __name__ == "__main__":
    main(sys.argv[1])
