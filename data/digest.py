"""SHA-256 without OpenSSL, which takes 4 MB of memory and some 10 ms to load.

`hashlib` loads OpenSSL as soon as it is imported. Python has SHA-256 of its own as well, under a
name that differs between versions.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any


@lru_cache(maxsize=1)
def _sha256() -> Callable[[bytes], Any]:
    for name in ("_sha2", "_sha256"):  # Python 3.12 and later, Python 3.11
        try:
            module = import_module(name)
        except ImportError:
            continue
        found: Callable[[bytes], Any] = module.sha256
        return found
    from hashlib import sha256  # loaded where a Python was built without its own

    return sha256


def sha256(content: bytes) -> bytes:
    """Return the SHA-256 digest of `content`, 32 bytes."""
    digest: bytes = _sha256()(content).digest()
    return digest
