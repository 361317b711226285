"""What style sheets say, kept from one run to the next so that they need not be parsed again.

Parsing them takes 5% of the start. What is kept is nothing but that: it holds no word of a user's,
and may be deleted at any time. It is read only if it is the user's own file that no other may read
or write, if it is whole, and if Textual and Python are those that made it. Else the style sheets
are parsed, as they are where they have changed.
"""

from __future__ import annotations

import binascii
import json
import os
import pickle
import stat
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import textual

from data.digest import sha256
from data.paths import state_dir, write_private

MOST: Final = 400
"""How many style sheets are kept; there are some 100 in all. More means that they keep changing."""
_PARSER: Final = ("model", "parse", "styles", "_styles_builder", "tokenize")
"""The modules of Textual that decide what a style sheet says."""


def kept_styles_file(environ: Mapping[str, str]) -> Path:
    """Return the path of the file."""
    return state_dir(environ) / "styles.json"


class KeptStyles:
    """Style sheets by what they were read from, and what each of them says."""

    def __init__(self, path: Path) -> None:
        """Read the file, if it is there and can be trusted."""
        self._path = path
        self._made_by = _parser()
        self._known = self._read() if self._made_by else {}
        self._new: dict[str, Any] = {}

    def parsed(self, source: tuple[object, ...], parse: Callable[[], list[Any]]) -> list[Any]:
        """Return what a style sheet says.

        Args:
            source: Everything that decides what it says: its text, its variables, its scope.
            parse: What reads it, where it is not known.
        """
        name = digest(repr(source))
        if name in self._known:
            # whatever is wrong with it, it can be read from its source
            with suppress(Exception):
                found = pickle.loads(binascii.a2b_base64(self._known[name]))  # noqa: S301 - see above
                if isinstance(found, list):
                    return found
        rules = self._new[name] = parse()
        return rules

    def write(self) -> None:
        """Keep what has been parsed in this run.

        Raises:
            OSError: The file cannot be written.
        """
        if not self._new or not self._made_by:
            return
        known = dict(self._read())  # another session may have written
        for name, rules in self._new.items():
            with suppress(Exception):  # what cannot be kept is parsed again
                known[name] = binascii.b2a_base64(pickle.dumps(rules)).decode("ascii")
        if len(known) > MOST:
            known = {name: known[name] for name in known if name in self._new}
        body = json.dumps(known)
        kept = {"made_by": self._made_by, "digest": digest(body), "body": body}
        write_private(self._path, json.dumps(kept))

    def _read(self) -> dict[str, str]:
        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            fd = os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
            with os.fdopen(fd, encoding="utf-8") as file:
                if not _is_private(os.fstat(fd)):
                    return {}
                kept = json.load(file)
            if kept["made_by"] == self._made_by and kept["digest"] == digest(kept["body"]):
                found = json.loads(kept["body"])
                return found if isinstance(found, dict) else {}
        return {}


def digest(text: str) -> str:
    """Return a short name for a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hex()


def _is_private(found: os.stat_result) -> bool:
    """Return whether a file is this user's, and nobody else can read or write it."""
    own = stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid()
    return own and not found.st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def _parser() -> str:
    """Return which Textual and which Python read the style sheets; "" where that cannot be said."""
    try:
        folder = Path(textual.__file__).parent
        releases = [one for one in os.listdir(folder.parent) if one.startswith("textual-")]  # noqa: PTH208 - quicker
        files = [(folder / "css" / f"{name}.py").stat() for name in _PARSER]
    except OSError:
        return ""
    return repr((sys.version, releases, [(one.st_size, one.st_mtime_ns) for one in files]))
