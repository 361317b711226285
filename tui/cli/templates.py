"""Templates of plans on the command line: list them, begin a plan from one, save a plan as one."""

from __future__ import annotations

import os

from data.clock import today
from data.i18n import _, ngettext
from data.library.templates import PlanTemplate
from data.method.no_names import has_name
from data.method.plan.template import FromTemplate, from_template, missing_rows
from data.paths import shown_path
from data.queries.mentees import namesakes
from data.queries.views import mentee_view
from data.records import Mentee
from data.store.opening import empty_store
from data.store.store import Store
from data.templates.offered import (
    Offered,
    Offers,
    all_names,
    find_template,
    hidden_by,
    no_such_template,
    offers,
    stripped,
)
from data.templates.own import TemplateProblem, TemplateThere, save_template, template_path
from data.text import line
from tui.cli.base import find_mentee, say_whole, say_wrapped
from tui.cli.call import Call, Problem, Status, complain


def list_templates() -> None:
    """Print the templates that there are, and on stderr what is wrong with own ones."""
    found = offers(empty_store(), os.environ, plans=False)
    for one in found.found:
        where = shown_path(one.path, os.environ) if one.path else one.where
        text = _("{key}: {name}, {tasks} ({where})")
        say_wrapped(text.format(key=one.key, name=one.name, tasks=one.count, where=where))
    for problem in found.problems:
        complain(problem)
    if not found.found:
        say_wrapped(
            _("There is no template yet. To make one of a plan: mentor plan NAME --save TEMPLATE")
        )


def wanted_template(typed: str) -> PlanTemplate:
    """Return the template that was named; raises `Problem` where there is none."""
    found = offers(empty_store(), os.environ, plans=False)
    try:
        meant = find_template(found, typed)
        if meant is None:
            raise Problem(_no_such(found, typed))
        return meant.read()
    except TemplateProblem as problem:
        raise Problem(str(problem)) from problem


def _no_such(found: Offers, typed: str) -> str:
    """Return that there is no such template, with what is wrong with own ones."""
    return " ".join(filter(None, (str(no_such_template(found, typed)), found.problem)))


def begin_plan(call: Call, name: str, typed: str, *, dry_run: bool) -> None:
    """Add the rows of a template, or of another mentee's plan, to the plan of a mentee."""
    with call.read() if dry_run else call.open() as store:
        mentee = find_mentee(store, name)
        view = mentee_view(store, mentee)
        offered = _offered(store, mentee, typed)
        try:
            template = offered.read()
        except TemplateProblem as problem:
            raise Problem(str(problem)) from problem
        rows = missing_rows(view, template.rows)
        made = from_template(view, rows, today())
        if dry_run:
            for row in rows:
                say_wrapped(f"- {row.title}")
        elif made.changes:
            store.commit(made.changes, offered.step)
        said = (_would_add if dry_run else added_text)(mentee.name, made)
        there = there_text(len(template.rows) - made.tasks)
        say_wrapped(" ".join(filter(None, (said, there))))


def added_text(name: str, made: FromTemplate) -> str:
    """Return how many tasks were added to the plan of a mentee, translated."""
    text = ngettext(
        "{number} task added to the plan of {name}.",
        "{number} tasks added to the plan of {name}.",
        made.tasks,
    ).format(number=made.tasks, name=name)
    return " ".join(filter(None, (text, made.sentence)))


def _would_add(name: str, made: FromTemplate) -> str:
    text = ngettext(
        "{number} task would be added to the plan of {name}.",
        "{number} tasks would be added to the plan of {name}.",
        made.tasks,
    ).format(number=made.tasks, name=name)
    return " ".join(filter(None, (text, made.sentence)))


def there_text(number: int) -> str:
    """Return how many rows of a template are left out, being in the plan; "" for none."""
    if not number:
        return ""
    return ngettext(
        "{number} is in the plan already.", "{number} are in the plan already.", number
    ).format(number=number)


def _offered(store: Store, mentee: Mentee, typed: str) -> Offered:
    """Return the template, or else the plan of another mentee, that was named.

    A whole name comes before the start of one, whichever it names.
    """
    found = offers(store, os.environ, mentee.id)
    try:
        meant = find_template(found, typed, whole_only=True)
        if meant is None and not namesakes(store, typed):
            meant = find_template(found, typed)
    except TemplateProblem as problem:
        raise Problem(str(problem)) from problem
    if meant is not None:
        return meant
    try:
        other = find_mentee(store, typed)
    except Problem as problem:
        if problem.status is not Status.NO_MENTEE:
            raise
        raise Problem(_no_such(found, typed)) from problem
    plan = next((one for one in found.found if one.key == other.id), None)
    if other.id == mentee.id:
        raise Problem(_("A plan cannot begin from itself."))
    if plan is None:
        raise Problem(_("The plan of {name} has no tasks.").format(name=other.name))
    return plan


def save_plan(call: Call, name: str, typed: str, *, over: bool) -> None:
    """Save the plan of a mentee as an own template, without names, and print its path."""
    called = line(typed)
    if not called:
        raise Problem(_("The name of the template is empty."))
    with call.read() as store:
        mentee = find_mentee(store, name)
        if has_name(called, all_names(store)):
            text = _("A template names nobody, and “{name}” does. Give it another name.")
            raise Problem(text.format(name=called))
        key = template_path(called, os.environ).stem
        made = stripped(store, mentee, key, called)
        if not made.template.rows:
            raise Problem(_("The plan of {name} has no tasks.").format(name=mentee.name))
    try:
        path = save_template(made.template, os.environ, over=over)
    except TemplateThere as there:
        raise Problem(_("{there} To replace it: --replace").format(there=there)) from there
    except TemplateProblem as problem:
        raise Problem(str(problem), Status.FILE) from problem
    say_whole(str(path))
    if made.sentence:
        complain(made.sentence)
    if other := hidden_by(offers(empty_store(), os.environ, plans=False), path):
        text = _(
            "{where} has a template of that name too, and its comes first. Yours is meant by its"
            " path: --from {path}"
        )
        complain(text.format(where=other.where, path=path))
