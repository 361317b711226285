"""The commands `mentor today`, `plan`, `talk` and so on: each begins in its place of one run."""

from __future__ import annotations

from functools import partial
from typing import Final

import click

from data.i18n import N_, _
from data.queries.shared_people import bring_people
from data.queries.views import due_limits
from data.store.store import Store
from tui.cli.base import command, find_mentee, name_argument
from tui.cli.call import Call, Problem
from tui.cli.plain.desk import Desk, Leads
from tui.cli.plain_job.actions import ActionsPlace
from tui.cli.plain_job.duties import DutiesPlace
from tui.cli.plain_job.expectations import ExpectationsSheet
from tui.cli.plain_job.mentees import MenteesPlace
from tui.cli.plain_job.mentorship import MentorshipSheet
from tui.cli.plain_job.needs import NeedsPlace
from tui.cli.plain_job.people import PeoplePlace
from tui.cli.plain_job.plan import PlanPlace
from tui.cli.plain_job.roles import RolesPlace
from tui.cli.plain_job.talk import TalkPlace
from tui.cli.plain_job.talks import TalksPlace
from tui.cli.plain_job.today import TodayPlace
from tui.cli.read import library_news
from tui.cli.write import decoded

LEADS: Final = {
    "today": Leads(N_("today"), TodayPlace, of_mentee=False),
    "mentees": Leads(N_("mentees"), lambda desk, _id: MenteesPlace(desk), of_mentee=False),
    "mentorship": Leads(N_("mentorship"), MentorshipSheet),
    "plan": Leads(N_("plan"), PlanPlace),
    "roles": Leads(N_("roles"), RolesPlace),
    "duties": Leads(N_("duties"), DutiesPlace),
    "people": Leads(N_("people"), PeoplePlace),
    "needs": Leads(N_("needs"), NeedsPlace),
    "expectations": Leads(N_("expectations"), ExpectationsSheet),
    "actions": Leads(N_("actions"), ActionsPlace),
    "talk": Leads(N_("talk"), TalkPlace),
    "talks": Leads(N_("talks"), TalksPlace),
}
"""The places by the names of the commands that lead to them."""


def today_command() -> click.Command:
    """Make `mentor today`."""
    text = _(
        "What needs attention, line by line: for all mentees, or for one. From there the whole job."
    )
    return command("today", _today, text, name_argument(required=False), _plain_option())


def plan_command() -> click.Command:
    """Make `mentor plan`."""
    text = _(
        "The plan, line by line or from a template: to hear and to change. With --from it begins"
        " from a template, with --save it becomes one."
    )
    plain = _plain_option(_("Line by line (required without --from and --save)."))
    return command("plan", _plan, text, name_argument(), plain, *_template_options())


def roles_command() -> click.Command:
    """Make `mentor roles`."""
    return _of_mentee("roles", _("Who does what, line by line: to hear and to change."))


def people_command() -> click.Command:
    """Make `mentor people`."""
    return _of_mentee("people", _("People and networks to meet, line by line."))


def needs_command() -> click.Command:
    """Make `mentor needs`."""
    return _of_mentee("needs", _("Needs and knowledge, line by line: to hear and to change."))


def talk_command() -> click.Command:
    """Make `mentor talk`."""
    return command(
        "talk",
        _talk,
        _("The guided talk, line by line. An unfinished talk resumes where it stopped."),
        name_argument(),
        _plain_option(),
        click.Option(
            ["--short"], is_flag=True, help=_("The short talk: the steps that matter most.")
        ),
        click.Option(["--extra"], is_flag=True, help=_("An extra talk; the planned one stays.")),
    )


def _of_mentee(name: str, text: str) -> click.Command:
    return command(name, partial(_begin, name), text, name_argument(), _plain_option())


def _template_options() -> tuple[click.Option, ...]:
    return (
        click.Option(
            ["--from", "begin_from"],
            metavar=_("TEMPLATE|MENTEE"),
            help=_("Add the tasks of a template, or of the plan of another mentee."),
        ),
        click.Option(
            ["--save"],
            metavar=_("TEMPLATE"),
            help=_("Save the plan as a template of that name, without names and notes."),
        ),
        click.Option(
            ["--replace", "over"],
            is_flag=True,
            help=_("With --save: in place of a template of the same name."),
        ),
        click.Option(
            ["--dry-run"], is_flag=True, help=_("With --from: say what would be added, only.")
        ),
    )


def _plain_option(help: str = "") -> click.Option:
    return click.Option(["--plain"], is_flag=True, help=help or _("Line by line (required)."))


def _today(call: Call, name: str | None, plain: bool) -> None:
    _need_plain(plain=plain)
    with call.open() as store:
        mentee_id = find_mentee(store, decoded(name)).id if name else ""
        desk = _desk(call, store)
        desk.run(TodayPlace(desk, mentee_id))


def _talk(call: Call, name: str, plain: bool, short: bool, extra: bool) -> None:
    if not plain:
        raise Problem(_("Add --plain for the line-by-line talk; mentor alone opens the program."))
    with call.open() as store:
        mentee = find_mentee(store, decoded(name))
        desk = _desk(call, store)
        desk.run(TalkPlace(desk, mentee.id, short=short, extra=extra))


def _begin(of: str, call: Call, name: str, plain: bool) -> None:
    _need_plain(plain=plain)
    with call.open() as store:
        mentee = find_mentee(store, decoded(name))
        desk = _desk(call, store)
        desk.run(LEADS[of].opener(desk, mentee.id))


def _desk(call: Call, store: Store) -> Desk:
    """Begin a session on the records."""
    news = library_news(call)
    bring_people(call.path, store)
    return Desk(store, due_limits(call.settings), LEADS, news)


def _plan(
    call: Call,
    *,
    name: str,
    plain: bool,
    begin_from: str | None,
    save: str | None,
    over: bool,
    dry_run: bool,
) -> None:
    if [plain, begin_from is not None, save is not None].count(True) > 1:
        raise Problem(_("Use one of --plain, --from and --save at a time."))
    if begin_from is None and save is None:
        _begin("plan", call, name, plain)
        return
    # only where a template is used
    from tui.cli.templates import begin_plan, save_plan

    if save is not None:
        save_plan(call, decoded(name), decoded(save), over=over)
    else:
        begin_plan(call, decoded(name), decoded(begin_from or ""), dry_run=dry_run)


def _need_plain(*, plain: bool) -> None:
    if not plain:
        raise Problem(_("Add --plain for it line by line; mentor alone opens the program."))
