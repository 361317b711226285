"""The command line: `mentor` and its commands. The app is imported only when a screen is wanted.

Each command is made by a function of its own module, imported when the command is used or its help
is shown; by then the language is known.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Final

import click

from data.i18n import LANGUAGES, N_, _, language_of, set_language
from data.paths import settings_file, state_dir
from data.settings import Loaded, load_settings
from data.storage.problems import PASSING, Kind, StorageError, kind_of
from tui.cli_base import Call, Problem, Status, shared_options, speak_clicks_language

COMMANDS: Final = {
    "demo": "tui.cli_screen:demo_command",
    "add": "tui.cli_write:add_command",
    "list": "tui.cli_read:list_command",
    "show": "tui.cli_show:show_command",
    "due": "tui.cli_read:due_command",
    "note": "tui.cli_write:note_command",
    "talk": "tui.cli_talk:talk_command",
    "backup": "tui.cli_files:backup_command",
    "doctor": "tui.cli_files:doctor_command",
}
"""Command -> where the function that makes it is."""

HELP: Final = N_(
    "The guide for mentors as daily practice. Without a command it opens on the screen; where there"
    " is no terminal it prints what needs attention today."
)
STATUSES: Final = N_(
    "Exit status: 0 done, 1 a check found something, 2 wrong usage or bad input, 3 the file cannot"
    " be used, 4 no such mentee."
)


class Program(click.Group):
    """The commands by name, each imported when it is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which help shows them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command, or return None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _colon, function = COMMANDS[cmd_name].partition(":")
        made = getattr(import_module(module), function)()
        assert isinstance(made, click.Command), "a command's function makes a command"  # noqa: S101
        return made

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; one that there is not is refused with the nearest there is."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, COMMANDS, n=1)
            refusal = _("No such command {name!r}.").format(name=name)
            if near:
                refusal += " " + _("Did you mean {name!r}?").format(name=near[0])
            ctx.fail(refusal)
        return super().resolve_command(ctx, args)


def program() -> Program:
    """Make the program in the language in use."""
    return Program(
        "mentor",
        help=_(HELP),
        epilog=_(STATUSES),
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
        invoke_without_command=True,
        callback=_no_command,
        params=[*shared_options(reading=True), _version_option()],
        add_help_option=False,
        context_settings={"max_content_width": 79},
    )


@click.pass_context
def _no_command(ctx: click.Context, /) -> None:
    if ctx.invoked_subcommand is not None:
        return
    if sys.stdin.isatty() and sys.stdout.isatty():
        from tui.cli_screen import open_app

        raise SystemExit(open_app(ctx.ensure_object(Call)))
    from tui.cli_read import print_today

    print_today(ctx.ensure_object(Call))


def _version_option() -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
        if wanted:
            from importlib.metadata import version

            click.echo(f"mentor {version('mentorrollen')}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help=_("Show the version and leave."),
    )


def main() -> None:
    """Run the command line of this process."""
    # Nearly all that is loaded at the start stays, so looking for garbage in it is lost time. The
    # app begins to look when its first screen stands; other commands end before it would pay.
    gc.disable()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit status. Every problem is one line on stderr, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # what the locale's charset lacks
    loaded = load_settings(settings_file(os.environ))
    set_language(_language(arguments, os.environ, loaded))
    if loaded.notices:
        loaded = load_settings(settings_file(os.environ))  # said in that language now
    speak_clicks_language()
    try:
        status = _run(arguments, loaded)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough. What is left must not be written at exit, or Python complains.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Status.DONE
    return status


def _run(arguments: Sequence[str], loaded: Loaded) -> int:
    for notice in loaded.notices:
        _say(notice)
    call = Call(settings=loaded.settings, remarks=loaded.notices)
    try:
        program().main(list(arguments), "mentor", standalone_mode=False, obj=call)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else Status.DONE
    except click.exceptions.Exit as left:
        return left.exit_code
    except BrokenPipeError:
        raise
    except (Exception, KeyboardInterrupt) as error:
        status, line = _told(error)
        _say(line)
        return status
    return Status.DONE


def _told(error: BaseException) -> tuple[Status, str]:
    """Return the exit status of an error, and the line that says what it means."""
    if isinstance(error, click.ClickException):
        return Status.USAGE, _usage(error)
    if isinstance(error, Problem):
        return error.status, str(error)
    if isinstance(error, StorageError):
        return Status.FILE, str(error)
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        return Status.USAGE, _("Interrupted. Nothing more has been done.")
    if isinstance(error, OSError):
        return Status.FILE, _refused(error)
    return Status.FAULT, _last_resort(error)


def _refused(error: OSError) -> str:
    """Return the line for what the operating system has refused."""
    kind = kind_of(error)
    if error.filename and kind in PASSING - {Kind.DISK, Kind.GONE}:
        return str(StorageError(kind, name=str(error.filename)))
    name = Path(str(error.filename)).name if error.filename else _("The file")
    why = error.strerror or type(error).__name__
    return _("{name} cannot be used: {why}.").format(name=name, why=why)


def _usage(error: click.ClickException) -> str:
    """Return what click finds wrong, and where it stands how it is done."""
    wrong = error.format_message()
    if not isinstance(error, click.UsageError) or error.ctx is None:
        return wrong
    see = _("See: {command}").format(command=f"{error.ctx.command_path} --help")
    return f"{wrong} {see}"


def _say(line: str) -> None:
    """Say one line on stderr."""
    click.echo("mentor: " + " ".join(line.split()), err=True)


def _language(arguments: Sequence[str], environ: Mapping[str, str], loaded: Loaded) -> str:
    """Return the language: `--lang`, else the environment's own word, the settings, the locale.

    The arguments are looked through before click reads them: it must know the language to complain.
    """
    asked = ""
    for before, argument in zip(["", *arguments], arguments, strict=False):
        if argument == "--":
            break
        value = argument if before == "--lang" else argument.removeprefix("--lang=")
        if value in LANGUAGES and (before == "--lang" or value != argument):
            asked = value
    if asked:
        return asked
    if environ.get("MENTOR_LANG") in LANGUAGES:
        return environ["MENTOR_LANG"]
    return loaded.settings.language or language_of(environ)


def _last_resort(error: BaseException) -> str:
    """Write where the program failed, without a word that a user has typed; say where it is."""
    import traceback
    from datetime import datetime

    from data.paths import write_private

    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    name = f"report-{datetime.now().astimezone():%Y%m%d-%H%M%S}.txt"
    path = state_dir(os.environ) / name
    try:
        write_private(path, "\n".join([type(error).__qualname__, *lines, ""]))
    except OSError:
        return _("The program failed ({error}). What was saved is safe.").format(
            error=type(error).__name__
        )
    return _(
        "The program failed. What was saved is safe. Please send {path} to the one who looks after"
        " it; it says where, and nothing of what was written."
    ).format(path=path)
