"""The interface's two languages: English msgids in the code, Danish from `data/locale`.

`_` translates when called, so call it when drawing, never at import. `N_` marks a msgid that is
translated later.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("da", "en")
_DOMAIN: Final = "mentorrollen"
LOCALE_DIR: Final = Path(__file__).parent / "locale"
"""Where the compiled catalogues are."""


class _State:
    language = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def set_language(language: str) -> None:
    """Use "da" or "en" from now on. Raises ValueError for any other."""
    if language not in LANGUAGES:
        raise ValueError(language)
    _State.language = language
    _State.catalogue = (
        gettext.NullTranslations()
        if language == "en"
        else gettext.translation(_DOMAIN, LOCALE_DIR, [language])
    )


def language() -> str:
    """Return the language in use: "da" or "en"."""
    return _State.language


def language_of(environ: Mapping[str, str]) -> str:
    """Return the language that the environment asks for: Danish for `da_*` and `*_DK`."""
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
    """Translate."""
    return _State.catalogue.gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """Translate by number."""
    return _State.catalogue.ngettext(one, many, number)


def pgettext(context: str, message: str) -> str:
    """Translate a word that means different things in different places."""
    return _State.catalogue.pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a message for translation and return it as it is."""
    return message
