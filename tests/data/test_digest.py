"""SHA-256 without OpenSSL is the same as with it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from data.digest import sha256


@given(st.binary())
def test_it_is_the_sha256_of_hashlib(content: bytes) -> None:
    assert sha256(content) == hashlib.sha256(content).digest()


def test_it_loads_no_openssl() -> None:
    code = "import sys; from data.digest import sha256; print(sha256(b'') and sorted(sys.modules))"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, check=True, capture_output=True)
    assert b"'data.digest'" in done.stdout
    assert b"hashlib" not in done.stdout
