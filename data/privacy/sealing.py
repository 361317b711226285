"""A word that opens a bundle: age, by the package pyrage (the extra `seal`)."""

from __future__ import annotations

from data.extras import install_command
from data.i18n import _

BEGINNING = b"age-encryption.org/"
"""How a sealed file begins."""


class SealError(Exception):
    """A file cannot be sealed or opened; `str()` says why in one line."""


def is_sealed(data: bytes) -> bool:
    """Whether a file is sealed."""
    return data.startswith(BEGINNING)


def seal(data: bytes, word: str) -> bytes:
    """Return the bytes, sealed so that only who knows the word can read them.

    Raises:
        SealError: The package is missing, or the word is empty.
    """
    if not word:
        raise SealError(_("Type a word to seal it with."))
    try:
        from pyrage import passphrase  # loaded where something is sealed
    except ImportError as error:
        text = _("To seal it, install one more package: {command}").format(
            command=install_command("pyrage")
        )
        raise SealError(text) from error
    sealed: bytes = passphrase.encrypt(data, word)
    return sealed


def unseal(data: bytes, word: str) -> bytes:
    """Return what a sealed file holds.

    Raises:
        SealError: The package is missing, the word is wrong, or the file was changed.
    """
    try:
        from pyrage import DecryptError, passphrase  # loaded where something is opened
    except ImportError as error:
        text = _("To open it, install one more package: {command}").format(
            command=install_command("pyrage")
        )
        raise SealError(text) from error
    try:
        opened: bytes = passphrase.decrypt(data, word)
    except DecryptError as error:
        text = _("The word is wrong, or the bundle was changed on its way.")
        raise SealError(text) from error
    return opened
