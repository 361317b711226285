"""What is published beside the wheel: `python -m tests.tools.release CYCLONEDX`.

In `dist`: the constraints, with the checksums of all that is installed; what that is, as CycloneDX
JSON, by the program CYCLONEDX; and the checksums of everything there, for `sha256sum --check`.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import venv
from importlib.metadata import version
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
DIST: Final = ROOT / "dist"
SUMS: Final = DIST / "SHA256SUMS"


def main(cyclonedx: str) -> None:
    """Write the three."""
    refuse_changes()
    name = f"mentorrollen-{version('mentorrollen')}"
    shutil.copyfile(ROOT / "constraints.txt", DIST / f"{name}-constraints.txt")
    environment = ROOT / "build/release-environment"
    install(environment)
    listed = [cyclonedx, "environment", "--output-reproducible", "--mc-type", "application"]
    listed += ["--pyproject", str(ROOT / "pyproject.toml"), "--validate", "--of", "JSON"]
    listed += ["--output-file", str(DIST / f"{name}.cdx.json"), str(environment / "bin/python")]
    subprocess.run(listed, check=True)
    SUMS.write_text(sums(DIST), "utf-8")


def refuse_changes() -> None:
    """Leave where the files are not those of a commit: nobody could build the same again."""
    command = ["git", "-C", str(ROOT), "status", "--porcelain"]
    changed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if changed:
        sys.exit(f"Commit first; these files are not as in the last commit:\n{changed}")


def install(environment: Path) -> None:
    """Install the wheel with the checksums of the constraints, into an environment of its own."""
    venv.create(environment, clear=True, symlinks=True, with_pip=False)
    pip = [sys.executable, "-m", "pip", "--python", str(environment / "bin/python"), "install"]
    pip += ["--quiet", "--disable-pip-version-check"]
    (wheel,) = DIST.glob("*.whl")
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "constraints.txt")], check=True)
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)


def sums(folder: Path) -> str:
    """Return the checksums of the files in a folder, as sha256sum reads them."""
    files = (path for path in sorted(folder.iterdir()) if path != SUMS)
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files
    )


if __name__ == "__main__":
    main(sys.argv[1])
