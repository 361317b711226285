"""The two languages of the interface: the code has the English texts, `data/locale` the Danish.

`_` translates a text into the language in use at that moment. So it is called when a text is shown,
never when a module is imported. A text in a constant is marked with `N_`, which makes the tools
find it, and is translated with `_` when it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol
from weakref import WeakSet

from data.catalogue import Catalogue

LANGUAGES: Final = ("da", "en")
"""The languages that there are, by their codes."""
_DOMAIN: Final = "mentorrollen"
LOCALE_DIR: Final = Path(__file__).parent / "locale"
"""The folder of the compiled catalogues."""


class _State:
    """The language in use, for the whole process."""

    language = "en"
    catalogue: Catalogue | None = None
    """The texts of that language; None for English, which is in the code."""
    danish: Catalogue | None = None
    """The Danish texts, from when they were first asked for."""
    hears: WeakSet[Hears] = WeakSet()
    """What is told when the language changes."""


def set_language(language: str) -> bool:
    """Use a language from now on, or English where its texts cannot be read; whether they can.

    Raises:
        ValueError: It is none of `LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise ValueError(language)
    _State.catalogue = None if language == "en" else _danish()
    can_be_read = language == "en" or _State.catalogue is not None
    before, _State.language = _State.language, language if can_be_read else "en"
    for hear in list(_State.hears) if before != _State.language else ():
        hear.language_changed()
    return can_be_read


class Hears(Protocol):
    """Something that keeps what was made in the language in use."""

    def language_changed(self) -> None:
        """Forget what was made in the language before."""


def tell_changes(to: Hears) -> None:
    """Tell something of each change of the language, for as long as it is there."""
    _State.hears.add(to)


def _danish() -> Catalogue | None:
    """Return the Danish texts; None where their file is missing or damaged."""
    if _State.danish is None:
        with suppress(OSError, ValueError):
            _State.danish = Catalogue(LOCALE_DIR / "da" / "LC_MESSAGES" / f"{_DOMAIN}.mo")
    return _State.danish


def keep() -> None:
    """Keep the texts of all languages in memory, for when their files are replaced."""
    danish = _danish()
    if danish is not None:
        with suppress(OSError):  # then each is read when it is wanted, as ever
            danish.keep()


def language() -> str:
    """Return the code of the language in use: "da" or "en"."""
    return _State.language


def language_of(environ: Mapping[str, str]) -> str:
    """Return the language that the environment asks for.

    That is `MENTOR_LANG` if it names one. Otherwise the locale decides: it is Danish where the
    language is (`da_*`) or the country (`*_DK`), and English everywhere else.
    """
    chosen = environ.get("MENTOR_LANG", "")
    if chosen in LANGUAGES:
        return chosen
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "").split(".")[0]
        if value:
            tongue, _sep, region = value.partition("_")
            return "da" if tongue == "da" or region.startswith("DK") else "en"
    return "en"


def _(message: str) -> str:
    """Return a text in the language in use."""
    return message if _State.catalogue is None else _State.catalogue.gettext(message)


def in_every_language(message: str) -> tuple[str, ...]:
    """Return a text in all languages, for a search that finds it by any of them."""
    danish = _danish()
    if not message:
        return ()
    return (message, danish.gettext(message)) if danish else (message,)


def ngettext(one: str, many: str, number: int) -> str:
    """Return the text for one thing or for many, depending on `number`, in the language in use."""
    if _State.catalogue is None:
        return one if number == 1 else many
    return _State.catalogue.ngettext(one, many, number)


def pgettext(context: str, message: str) -> str:
    """Return a text in the language in use, for a text that means different things in places.

    Args:
        context: Which of the meanings it is, such as "key" for the letter of a key.
        message: The text.
    """
    if _State.catalogue is None:
        return message
    return _State.catalogue.pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Return a text as it is. The call marks it for the tools as one that is to be translated."""
    return message
