"""The table of commands and options for completion, made from the commands themselves.

`python -m tests.tools.catalogue update` writes tui/completion/words.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import click

from data.documents.kinds import ALL, kinds
from data.i18n import LANGUAGES, language, set_language
from tui.cli.program import program
from tui.completion.answer import BACKUP, FILE, FOLDER, NAME

TABLE: Final = FOLDER / "words.json"
_WHAT: Final = (ALL, *(kind.key for kind in kinds()))
KNOWN: Final[dict[str, list[list[str]]]] = {
    "NAME": [[NAME]],
    "[NAME]": [[NAME]],
    "[NAME] WHAT": [[NAME, *_WHAT], [*_WHAT]],
    "[NAME] FILE": [[NAME, FILE], [FILE]],
    "FILE": [[FILE]],
    "[FILE]...|FOLDER": [[FILE]] * 4,
    "PATH": [[FILE]],
    "FOLDER": [[FILE]],
    "BACKUP": [[BACKUP]],
    "[TEXT]...": [],
}
"""Metavar of a parameter -> what may stand in its places; others take what only the user knows."""
NEW: Final = {("add", "name"), ("purge", "yes")}
"""Commands and parameters that take no name from the list: a new one, and one typed as a yes."""


@contextmanager
def spoken(tongue: str) -> Iterator[None]:
    """Speak a language for a while."""
    before = language()
    set_language(tongue)
    try:
        yield
    finally:
        set_language(before)


def made() -> dict[str, Any]:
    """Return the table."""
    found: list[dict[str, Any]] = []
    for tongue in LANGUAGES:
        with spoken(tongue):
            whole = program()
            found.append(_node(whole, click.Context(whole), tongue))
    return _merged(found[LANGUAGES.index("en")], *found)


def _node(command: click.Command, ctx: click.Context, tongue: str) -> dict[str, Any]:
    """Return what the table says of a command, in one language."""
    node: dict[str, Any] = {"help": {tongue: _short(command.help)}, "options": {}, "arguments": []}
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            for name in (*parameter.opts, *parameter.secondary_opts):
                node["options"][name] = {"help": {tongue: _short(parameter.help)}}
                if (
                    not parameter.is_flag
                    and parameter.nargs == 1
                    and not _may_stand_alone(parameter)
                ):
                    places = _places(command, parameter)
                    node["options"][name]["takes"] = places[0] if places else []
        else:
            node["arguments"] += _places(command, parameter)
    if isinstance(command, click.Group):
        members = ((name, command.get_command(ctx, name)) for name in command.list_commands(ctx))
        node["commands"] = {name: _node(one, ctx, tongue) for name, one in members if one}
    return node


def _may_stand_alone(option: click.Option) -> bool:
    """Whether an option is complete without its value."""
    return option._flag_needs_value


def _short(help: str | None) -> str:
    """Return the first sentence of a help text, without what is in brackets."""
    first = re.split(r"\. (?=[A-ZÆØÅ$])", help or "")[0]
    sentence = re.sub(r" \([^)]*\)?", "", first)
    return sentence.rstrip(".")


def _places(command: click.Command, parameter: click.Parameter) -> list[list[str]]:
    """Return what may stand in each place of a parameter."""
    if isinstance(parameter.type, click.Choice):
        return [[str(one) for one in parameter.type.choices]]
    if (command.name, parameter.name) in NEW:
        return []
    return KNOWN.get(parameter.metavar or "", [])


def _merged(shape: dict[str, Any], *found: dict[str, Any]) -> dict[str, Any]:
    """Return one table with the help texts of all; the rest is that of `shape`."""
    merged = dict(shape)
    merged["help"] = {key: text for one in found for key, text in one["help"].items()}
    for part in ("options", "commands"):
        if part in shape:
            merged[part] = {
                name: _merged(about, *(one[part][name] for one in found))
                for name, about in shape[part].items()
            }
    return merged


def written() -> str:
    """Return the table as it is written: a line for each option, so that changes are small."""
    text = json.dumps(made(), ensure_ascii=False, indent=0, sort_keys=False)
    innermost = re.compile(r"[{\[][^{}\[\]]*[}\]]")
    text = innermost.sub(lambda found: found[0].replace("\n", ""), text)
    option = re.compile(r'(?m)^("-[^"]*": \{)([^}]*\})\n?([^}]*?)\n?\}')
    return option.sub(lambda found: "".join(map(_joined, found.groups())) + "}", text) + "\n"


def _joined(lines: str) -> str:
    return lines.replace("\n", "")
