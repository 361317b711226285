"""The manual page `mentor(1)`, made from the commands in both languages.

`python -m tui.cli.manual FOLDER` writes it as `man1/mentor.1` and `da/man1/mentor.1`. Its date is
that of `SOURCE_DATE_EPOCH`, in seconds since 1970, or today.
"""

from __future__ import annotations

import os
import re
import sys
import textwrap
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from data.i18n import LANGUAGES, N_, _, set_language
from tui.cli.base import speak_clicks_language
from tui.cli.program import HELP, STATUSES, program

_SUMMARY: Final = N_("learning plan, guided talks and clear roles for mentors")
_IN_THE_PROGRAM: Final = N_(
    "In the program, ? shows the keys of the screen that you are on, and every command can be "
    "found by name with Ctrl+P."
)
_AFTER_ANY: Final = N_(
    "NAME is a name or the start of one. Every command also takes these options, before or after "
    "its name; --format only if it shows something, --file only if it uses the records."
)
_VARIABLES: Final = {
    "MENTOR_FILE": N_("The data file, or the address of a server, where --file names none."),
    "MENTOR_LANG": N_("The language, da or en, before that of settings and locale."),
    "VISUAL, EDITOR": N_("The editor in which notes are written."),
    "XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME": N_(
        "Other folders for data, settings and state than those below."
    ),
    "NO_COLOR": N_("Set to anything, it turns colours off."),
}
"""What the environment may have -> what it does."""
_FILES: Final = {
    "~/.local/share/mentorrollen/mentor.json": N_(
        "The data file, with its journal, its lock and its backups beside it."
    ),
    "~/.local/share/mentorrollen/private-*.json": N_(
        "What you keep private of a file that a team shares."
    ),
    "~/.config/mentorrollen/settings.toml": N_("Your settings."),
    "/etc/xdg/mentorrollen/settings.toml": N_(
        "Settings for all users; what a user has set comes first."
    ),
    "~/.local/state/mentorrollen/": N_(
        "Where you were at the end of the last run, and reports of failures."
    ),
    "~/mentorrollen/": N_("Documents that were written."),
}
"""Files of a user -> what is in them."""
_EXAMPLES: Final = {
    "mentor add Maja --start 1/8 --newly-qualified": N_("Add a mentee who starts on 1 August."),
    "mentor due --days 7": N_("Show what needs attention within a week."),
    "mentor note Maja < talk.txt": N_(
        "Write a note from a file; others on the computer cannot see its words."
    ),
    "mentor export Maja plan -o plan.docx": N_("Write the plan as a Word document."),
}
"""Commands -> what each does."""


_WIDTH: Final = 66
"""The length of a line of the source, before what roff needs is escaped."""


def main(folder: Path) -> None:
    """Write the page in every language below a folder."""
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    day = time.strftime("%Y-%m-%d", time.gmtime(seconds))
    for language in LANGUAGES:
        path = folder / ("" if language == "en" else language) / "man1" / "mentor.1"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(language, day), "utf-8")


@contextmanager
def _nobody_there() -> Iterator[None]:
    """Have no terminal for a while: a command that asks there needs less on the command line."""
    before, sys.stdin = sys.stdin, None
    try:
        yield
    finally:
        sys.stdin = before


@_nobody_there()
def page(language: str, day: str) -> str:
    """Return the page in a language, as roff; `day` is its date in ISO form."""
    # only here is it asked for
    from importlib.metadata import version

    set_language(language)
    speak_clicks_language()
    whole = program()
    ctx = click.Context(whole, info_name="mentor")
    name = f"mentorrollen {version('mentorrollen')}"
    return "\n".join(
        [
            "'\\\" -*- coding: utf-8 -*-",
            f'.TH MENTOR 1 "{day}" "{name}" "{_("User commands")}"',
            ".nh",  # words are parted by the rules of English only
            ".ad l",
            # the first section has the name that `whatis` knows in each language
            *_section(_("NAME"), [f"mentor \\- {_line(_(_SUMMARY))}"]),
            *_section(_("SYNOPSIS"), [*_usage(whole, ctx)]),
            *_section(_("DESCRIPTION"), [*roff(_(HELP)), ".PP", *roff(_(_IN_THE_PROGRAM))]),
            *_section(_("OPTIONS"), [*roff(_(_AFTER_ANY)), *_options(whole, ctx, ())]),
            *_section(_("COMMANDS"), [*_commands(whole, ctx)]),
            *_section(_("EXIT STATUS"), [*_statuses()]),
            *_section(_("ENVIRONMENT"), [*_listed(_VARIABLES)]),
            *_section(_("FILES"), [*_listed(_FILES)]),
            *_section(_("EXAMPLES"), [*_listed(_EXAMPLES)]),
            "",
        ]
    )


def roff(text: str) -> list[str]:
    """Return a paragraph as lines that roff shows unchanged."""
    wrapped = textwrap.wrap(text, _WIDTH, break_on_hyphens=False, break_long_words=False)
    return [_line(line) for line in wrapped]


def _line(text: str) -> str:
    """Return a line as roff shows it unchanged. A hyphen stays one that can be copied."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def _item(what: str, text: str) -> list[str]:
    """Return something with what it does below it."""
    return [".TP", f"\\fB{_line(what)}\\fR", *roff(text)]


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [f'.SH "{title}"', *lines]


def _listed(table: dict[str, str]) -> Iterator[str]:
    for what, text in table.items():
        yield from _item(what, _(text))


def _statuses() -> Iterator[str]:
    """Yield the exit statuses, one below the other, out of the sentence that help shows."""
    for number, text in re.findall(r"(\d+) (.+?)(?:, (?=\d)|\.$)", _(STATUSES)):
        yield from _item(number, text)


def _commands(group: click.Group, ctx: click.Context) -> Iterator[str]:
    """Yield the commands of a group, and theirs."""
    shared = [option.opts[0] for option in ctx.find_root().command.params]
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if command is None:
            continue
        inner = click.Context(command, ctx, info_name=name)
        if isinstance(command, click.Group):
            yield from _commands(command, inner)
            continue
        yield f'.SS "{_line(inner.command_path.partition(" ")[2])}"'
        yield from _usage(command, inner)
        yield from (".PP", *roff(command.help or ""))
        yield from _options(command, inner, shared)


def _usage(command: click.Command, ctx: click.Context) -> Iterator[str]:
    """Yield how a command is called."""
    pieces = " ".join(command.collect_usage_pieces(ctx))
    yield f"\\fB{_line(ctx.command_path)}\\fR {_line(pieces)}"


def _options(command: click.Command, ctx: click.Context, without: Sequence[str]) -> Iterator[str]:
    """Yield the options of a command with what each does, but those named `without`."""
    for option in command.params:
        record = option.get_help_record(ctx) if isinstance(option, click.Option) else None
        if record is not None and option.opts[0] not in without:
            yield from _item(*record)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
