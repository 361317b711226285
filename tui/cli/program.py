"""The commands of the command line, and how click's own complaints are told.

Each command is made by a function of its own module, imported when the command is used or its help
is shown; by then the language is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Final

import click

from data.i18n import N_, _
from tui.cli.bare import bare
from tui.cli.base import of_command, shared_options, speak_clicks_language, speech_option
from tui.cli.call import Call, Problem, Status
from tui.cli.wrapping import WIDEST

COMMANDS: Final = {
    "demo": "tui.cli.screen:demo_command",
    "add": "tui.cli.write:add_command",
    "list": "tui.cli.read:list_command",
    "show": "tui.cli.show:show_command",
    "due": "tui.cli.read:due_command",
    "remind": "tui.cli.remind.command:remind_command",
    "note": "tui.cli.write:note_command",
    "today": "tui.cli.plain_job.commands:today_command",
    "plan": "tui.cli.plain_job.commands:plan_command",
    "roles": "tui.cli.plain_job.commands:roles_command",
    "people": "tui.cli.plain_job.commands:people_command",
    "needs": "tui.cli.plain_job.commands:needs_command",
    "talk": "tui.cli.plain_job.commands:talk_command",
    "export": "tui.cli.export:export_command",
    "template": "tui.cli.export:template_command",
    "library": "tui.cli.library.command:library_command",
    "import": "tui.cli.import_forms:import_command",
    "contribute": "tui.cli.contribute:contribute_command",
    "extract": "tui.cli.extract:extract_command",
    "handover": "tui.cli.bundle.handover:handover_command",
    "receive": "tui.cli.bundle.handover:receive_command",
    "lend": "tui.cli.bundle.lending:lend_command",
    "return": "tui.cli.bundle.lending:return_command",
    "hold": "tui.cli.hold:hold_command",
    "whoreads": "tui.cli.who_reads:who_reads_command",
    "publish": "tui.cli.publish.commands:publish_command",
    "calendar": "tui.cli.calendar_file:calendar_command",
    "overview": "tui.cli.overview:overview_command",
    "mentors": "tui.cli.overview:mentors_command",
    "release": "tui.cli.release:release_command",
    "released": "tui.cli.release:released_command",
    "retention": "tui.cli.retention:retention_command",
    "purge": "tui.cli.purge:purge_command",
    "forget": "tui.cli.purge:forget_command",
    "rename-login": "tui.cli.record_files.rename_login:rename_login_command",
    "copy": "tui.cli.record_files.copying:copy_command",
    "fold": "tui.cli.record_files.fold:fold_command",
    "server": "tui.cli.server.commands:server_command",
    "backup": "tui.cli.record_files.backup:backup_command",
    "doctor": "tui.cli.doctor.command:doctor_command",
    "settings": "tui.cli.all_settings:settings_command",
    "completion": "tui.cli.completion:completion_command",
}
"""Command -> where the function that makes it is."""

HELP: Final = N_(
    "Plans, guided talks and roles for mentors. Without a command the "
    "program opens; without a terminal it prints what needs attention "
    "today."
)
STATUSES: Final = N_(
    "Exit status: 0 success, 1 a check found something, 2 usage error, 3 "
    "the file or server cannot be used, 4 mentee not found, 5 done, but the output "
    "could not be written."
)


class Program(click.Group):
    """The commands by name, each imported when it is wanted."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments before the command. Raises `click.UsageError`."""
        with of_command(ctx):
            return super().parse_args(ctx, args)

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
            # only where a command is misspelt
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
        params=[speech_option(), *shared_options(reading=True), _version_option()],
        add_help_option=False,
        context_settings={"max_content_width": WIDEST},
    )


@click.pass_context
def _no_command(ctx: click.Context, /) -> None:
    if ctx.invoked_subcommand is None:
        raise SystemExit(bare(ctx.ensure_object(Call)))


def _version_option() -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
        if wanted:
            # only where the version is asked for
            from tui.cli.installation import about

            click.echo("\n".join(about()))
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help=_("Show the version and exit."),
    )


def run_program(arguments: Sequence[str], call: Call) -> int:
    """Run the command that the arguments name; its exit status. Raises what the command raises."""
    speak_clicks_language()
    try:
        program().main(list(arguments), "mentor", standalone_mode=False, obj=call)
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.ClickException as error:
        raise Problem(_usage(error)) from error
    except click.Abort:
        raise KeyboardInterrupt from None
    return Status.DONE


def _usage(error: click.ClickException) -> str:
    """Return what click finds wrong, and where it stands how it is done."""
    wrong = error.format_message()
    if not isinstance(error, click.UsageError) or error.ctx is None:
        return wrong
    if wrong[-1:].isalnum():  # it ends with what there is to choose from
        wrong += "."
    see = _("See: {command}").format(command=f"{error.ctx.command_path} --help")
    return f"{wrong} {see}"
