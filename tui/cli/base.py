"""What every command needs: shared options, names, and printing."""

from __future__ import annotations

import gettext
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import click

from data.i18n import LANGUAGES, LOCALE_DIR, N_, _, language, ngettext
from data.records import Mentee
from data.store.store import Store
from data.text import clean, words_key
from tui.cli.call import Call, Problem, Status
from tui.cli.wrapping import WIDEST, width, wrapped


class _Command(click.Command):
    """A command whose complaints all know it, so that each says where to see how it is done."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments. Raises `click.UsageError`."""
        with of_command(ctx):
            return super().parse_args(ctx, args)


class _Group(click.Group):
    """The same of a command that has commands of its own."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments. Raises `click.UsageError`."""
        with of_command(ctx):
            return super().parse_args(ctx, args)


@contextmanager
def of_command(ctx: click.Context) -> Iterator[None]:
    """Let a complaint know the command: click leaves that out where an option lacks its value."""
    try:
        yield
    except click.UsageError as error:
        error.ctx = error.ctx or ctx
        raise


def command(
    name: str,
    run: Callable[..., None],
    help: str,
    *params: click.Parameter,
    reading: bool = False,
    with_file: bool = True,
) -> click.Command:
    """Make a command; `run` is called with the `Call` and the parameters by name.

    `reading`: it prints, as text or JSON. `with_file`: it uses the user's file, or the one named.
    """

    @click.pass_context
    def callback(ctx: click.Context, /, **values: Any) -> None:
        run(ctx.ensure_object(Call), **values)

    return _Command(
        name,
        callback=callback,
        help=help,
        short_help=_in_brief(help),
        options_metavar=_("[OPTIONS]"),
        params=[*params, *shared_options(reading=reading, with_file=with_file)],
        add_help_option=False,
        context_settings={"max_content_width": WIDEST},
    )


def group(name: str, help: str, *commands: click.Command) -> click.Group:
    """Make a command that has commands of its own."""
    return _Group(
        name,
        {one.name or "": one for one in commands},
        help=help,
        short_help=_in_brief(help),
        no_args_is_help=False,
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
        params=[*shared_options(reading=True)],
        add_help_option=False,
        context_settings={"max_content_width": WIDEST},
    )


def _in_brief(help: str) -> str:
    """Return the first clause of a help, for the list of commands: whole, and never cut off."""
    return re.split(r": |\. (?=[A-ZÆØÅ])|\.$", help)[0]  # "én pr. linje" goes on


def shared_options(*, reading: bool, with_file: bool = True) -> list[click.Option]:
    """Return the options of every command, and `--format` for those that print."""

    def keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
        def callback(ctx: click.Context, _param: click.Parameter, value: Any) -> None:
            if value is not None:
                setattr(
                    ctx.ensure_object(Call), name, value == "json" if name == "as_json" else value
                )

        return callback

    found = [
        click.Option(
            ["--file"],
            metavar=_("PATH"),
            expose_value=False,
            callback=keep("file"),
            help=_("Data file, or address of a server (default: $MENTOR_FILE, or your own file)."),
        ),
        click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            help=_("The language of the program."),
        ),
        _help_option(),
    ]
    if reading:
        found.insert(
            2,
            click.Option(
                ["--format"],
                type=click.Choice(["text", "json"]),
                expose_value=False,
                callback=keep("as_json"),
                help=_("Output format (default: text)."),
            ),
        )
    return found if with_file else found[1:]


def speech_option() -> click.Option:
    """Return `--speech` of the commands that open the program."""

    def keep(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        if value:  # it may also have been asked for before the command
            ctx.ensure_object(Call).speech = True

    return click.Option(
        ["--speech"],
        is_flag=True,
        expose_value=False,
        callback=keep,
        help=_("Say the screen line by line, for screen readers and braille displays."),
    )


def _help_option() -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(ctx.get_help())
            ctx.exit()

    return click.Option(
        ["--help"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help=_("Show this help and exit."),
    )


# Names


def find_mentee(store: Store, name: str) -> Mentee:
    """Return the mentee of that name, or whose name begins so, or with that number or id.

    A whole name comes before the start of one. Raises `Problem`, which lists those that fit.
    """
    everybody = store.all(Mentee)
    by_id = store.get(Mentee, name)
    if by_id is not None:
        return by_id
    wanted = words_key(name)
    keys = [(one, words_key(one.name)) for one in everybody]
    whole = [one for one, key in keys if key == wanted]
    begins = [one for one, key in keys if key.startswith(wanted)]
    fits = whole or begins
    shown = clean(name, lines=False)
    if not wanted:
        raise Problem(_("The name is empty. See: mentor list"), Status.NO_MENTEE)
    if not fits and wanted.isascii() and wanted.isdigit():
        fits = everybody[int(wanted[:9]) - 1 : int(wanted[:9])] if int(wanted[:9]) else []
    if not fits:
        raise Problem(
            _("There is no mentee whose name begins with “{name}”. See: mentor list").format(
                name=shown
            ),
            Status.NO_MENTEE,
        )
    if len(fits) > 1:
        # seldom are there several; it loads what writes dates
        from data.queries.mentees import told_apart

        names = ", ".join(clean(told_apart(store, one), lines=False) for one in fits)
        raise Problem(
            ngettext(
                "“{name}” matches {number} mentee: {names}. Type more of the name.",
                "“{name}” matches {number} mentees: {names}. Type more of the name, or the number.",
                len(fits),
            ).format(name=shown, number=len(fits), names=names)
        )
    return fits[0]


def name_argument(*, required: bool = True) -> click.Argument:
    """Return the argument NAME, in brackets where it may be left out."""
    name = _("NAME")
    return click.Argument(["name"], metavar=name if required else f"[{name}]", required=required)


# Numbers

_MOST_DIGITS: Final = 4000
"""Python converts no longer number."""


class WholeNumber(click.ParamType[int]):
    """A number that is counted by; click's own types are called in English in every language."""

    name = "number"

    def __init__(self, least: int = 0, most: int | None = None) -> None:
        """Remember between which it must be."""
        self._least, self._most = least, most

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> int:
        """Return the number that was typed. Raises `click.BadParameter`."""
        typed = str(value)
        number = int(typed[:_MOST_DIGITS]) if typed.isascii() and typed.isdigit() else -1
        if number < self._least or (self._most is not None and number > self._most):
            text = _("must be a whole number.")
            if self._most is not None:
                text = _("must be a whole number from {least} to {most}.")
            self.fail(text.format(least=self._least, most=self._most), param, ctx)
        return number


# Printing


def say_whole(*lines: str) -> None:
    """Print lines that stay whole, however long: paths, to be copied or read by a program.

    Whatever in them could command the terminal is left out. Texts go through `say_wrapped`.
    """
    for line in lines:
        click.echo(clean(line, lines=True))


def say_wrapped(text: str, indent: str = "") -> None:
    """Print a text that a person reads: in lines that fit the terminal, between words.

    Lines after the first of a paragraph are indented.
    """
    columns = width(sys.stdout)
    for line in clean(text, lines=True).split("\n"):
        for part in wrapped(line, columns, indent):
            click.echo(part)


def say_json(value: object) -> None:
    """Print a value as JSON, of which nothing steers the terminal."""
    # only where JSON is asked for
    from data.json_text import json_text

    click.echo(json_text(value))


# Click's own words


def speak_clicks_language() -> None:
    """Have click say its own texts in the program's language.

    Click asks the standard library's gettext, which goes by the process's domain and environment.
    """
    gettext.bindtextdomain("mentorrollen", str(LOCALE_DIR))
    gettext.textdomain("mentorrollen")
    os.environ["LANGUAGE"] = language()


CLICKS_WORDS: Final[Sequence[str]] = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("required"),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter: {param_name}"),
    N_("Choose from:\n\t{choices}"),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Option {name!r} does not take a value."),
    N_("Argument {name!r} takes {nargs} values."),
)
"""What click says, for the catalogue."""


def _clicks_plurals(number: int) -> list[str]:
    """Name those that go by number, likewise."""
    return [
        ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", number),
        ngettext(
            "Got unexpected extra argument ({args})",
            "Got unexpected extra arguments ({args})",
            number,
        ),
        ngettext(
            "Option {name!r} requires an argument.",
            "Option {name!r} requires {nargs} arguments.",
            number,
        ),
        ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", number),
    ]
