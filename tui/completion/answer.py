"""What a shell is answered when Tab is pressed behind `mentor`.

The scripts beside this file run the program with `_MENTOR_COMPLETE`, the name of the shell, and
`_MENTOR_WORDS`, the words up to the cursor. They are in the environment, which others on the
computer cannot read, since a note may be among them. The answer is a line for each word that fits,
in bash quoted as it is to be typed, in the others followed by a tab and what it is. A single line
that is `FILES` leaves it to the shell to offer files.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from data.core_dumps import prevent_core_dumps
from data.paths import data_file, is_address, is_stand_in, named_records, settings_files

if TYPE_CHECKING:
    from data.settings import Settings

ASKED: Final = "_MENTOR_COMPLETE"
WORDS: Final = "_MENTOR_WORDS"
BETWEEN: Final = "\x1f"
"""What is between the words."""
SHELLS: Final = ("bash", "zsh", "fish")
NAME, FILE, BACKUP = "<name>", "<file>", "<backup>"
"""What stands in the table for words that are not known beforehand."""
FILES: Final = "\x1ffiles"
FOLDER: Final = Path(__file__).parent
_SPECIAL: Final = frozenset(" \t\n!\"#$&'()*:;<=>?@[\\]^`{|}~")
"""What a shell does not take for itself, outside of quotes."""
_IN_QUOTES: Final = frozenset('!"$\\`')
"""Likewise within double quotes."""

Node = Mapping[str, Any]
"""A command of the table: its `options`, `arguments`, `commands` and `help`."""


def main() -> None:
    """Answer the shell that has run this process. Whatever goes wrong, the answer is none."""
    prevent_core_dumps()
    with suppress(Exception):
        for line in answer(os.environ):
            sys.stdout.buffer.write(f"{line}\n".encode(errors="replace"))
        sys.stdout.buffer.flush()


def answer(environ: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of the answer to what the environment asks."""
    shell = environ.get(ASKED, "")
    *before, typed = environ.get(WORDS, "").split(BETWEEN)
    begun, option = unquoted(typed), ""
    if shell == "bash":
        begun = begun.removeprefix("=")  # bash parts words there
    elif begun.startswith("--") and "=" in begun:
        name, equals, begun = begun.partition("=")
        before, option = [*before, name], name + equals
    found = Question([unquoted(word) for word in before], begun, environ).answers()
    known = {word: help for word, help in found.items() if word != FILE}
    fits = [word for word in known if word.casefold().startswith(begun.casefold())]
    if FILE in found and not fits:
        yield FILES
    elif shell == "bash":
        yield from (quoted(word, typed[:1]) for word in fits)
    else:
        # they have ways of their own to find what fits
        language = _language(environ) if any(known.values()) else ""
        for word, help in known.items():
            yield f"{option}{word}\t{help[language]}" if help else option + word


class Question:
    """The words before the cursor, and what may follow them."""

    def __init__(self, before: Sequence[str], begun: str, environ: Mapping[str, str]) -> None:
        """`before` are the words without the program's own name, `begun` that at the cursor."""
        table = json.loads((FOLDER / "words.json").read_bytes())
        self.node: Node = table
        self.options: dict[str, Any] = dict(table["options"])
        self._begun = begun
        self._environ = environ
        self._file: str | None = None
        self._waits: Any = None
        """What the option before the cursor takes, if it takes something."""
        self._at = 0
        """How many arguments of the command there are."""
        self._only_arguments = False
        for word in before:
            self._pass(word)

    def _pass(self, word: str) -> None:
        """Go past a word."""
        if word == "=":  # bash parts words there
            return
        if self._waits is not None:
            if self._waits == [FILE]:
                self._file = self._file or word
            self._waits = None
        elif word == "--":
            self._only_arguments = True
        elif word.startswith("-") and word != "-" and not self._only_arguments:
            name, equals, _value = word.partition("=")
            about = self.options.pop(name, {})
            self._waits = None if equals else about.get("takes")
        elif word in self.node.get("commands", {}):
            self.node = self.node["commands"][word]
            self.options = {**self.options, **self.node["options"]}
        else:
            self._at += 1

    def answers(self) -> Mapping[str, Mapping[str, str]]:
        """Return the words that may stand at the cursor -> what each is, in every language."""
        if self._waits is not None:
            return self._known(self._waits)
        if self._begun.startswith("-") and not self._only_arguments:
            return {name: about["help"] for name, about in self.options.items()}
        if "commands" in self.node:
            if self._at:  # there is no such command
                return {}
            return {name: about["help"] for name, about in self.node["commands"].items()}
        places = self.node["arguments"]
        return self._known(places[self._at]) if self._at < len(places) else {}

    def _known(self, kinds: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Return the words of those kinds; what is no kind stands for itself."""
        found: dict[str, Mapping[str, str]] = {}
        for kind in kinds:
            words: Sequence[str] = (kind,)
            if kind in (NAME, BACKUP):
                path = _record_file(self._file, self._environ)
                if path is not None:
                    words = _names(path) if kind == NAME else _backups(path)
                else:
                    words = ()
            found.update((word, {}) for word in words)
        return found


def _record_file(given: str | None, environ: Mapping[str, str]) -> Path | None:
    """Return the record file, as the program finds it; the settings are loaded if there are any.

    Of a server it is None: Tab asks nothing of the network.
    """
    is_named = given or environ.get("MENTOR_FILE")
    has_settings = not is_named and any(map(Path.exists, settings_files(environ)))
    set_to = _settings(environ).file if has_settings else ""
    if is_address(named_records(given, environ, set_to)):
        return None
    path = data_file(given, environ, set_to)
    return None if is_stand_in(path) else path


def _names(path: Path) -> list[str]:
    """Return the names of all mentees. Nothing is written, mended or locked."""
    if not path.exists():
        return []
    # only where names are asked for
    from data.storage.snapshot import read_tables
    from data.text import clean

    found = [doc.get("name") for doc in read_tables(path).get("mentees", {}).values()]
    return [clean(name, lines=False) for name in found if isinstance(name, str) and name]


def _backups(path: Path) -> list[str]:
    """Return the names of what can be restored."""
    if not path.exists():
        return []
    # only where they are asked for
    from data.storage.upkeep.restore import list_backups, list_set_aside

    aside = [one.name for one in list_set_aside(path) if one.whole]
    return [*(one.name for one in list_backups(path)), *aside]


def _language(environ: Mapping[str, str]) -> str:
    """Return the language of what the words are."""
    # bash shows no such texts
    from data.i18n import LANGUAGES, language_of

    if environ.get("MENTOR_LANG") in LANGUAGES:
        return environ["MENTOR_LANG"]
    return _settings(environ).language or language_of(environ)


def _settings(environ: Mapping[str, str]) -> Settings:
    # most of what is completed needs none
    from data.settings import load_settings

    return load_settings(*settings_files(environ)).settings


def unquoted(word: str) -> str:
    """Return what a word of a command line means, also one whose quotes are not closed yet."""
    found, quote, characters = "", "", iter(word)
    for character in characters:
        if character == quote:
            quote = ""
        elif character == "\\" and quote != "'":
            following = next(characters, "")
            keeps = quote and following not in _IN_QUOTES
            found += f"\\{following}" if keeps else following
        elif not quote and character in "'\"":
            quote = character
        else:
            found += character
    return found


def quoted(word: str, quote: str) -> str:
    """Return a word as it is to be typed after a quotation mark, or without one."""
    if quote == "'":
        return word.replace("'", "'\\''")
    special = _IN_QUOTES if quote == '"' else _SPECIAL
    return "".join(f"\\{one}" if one in special else one for one in word)
