"""What a plan can begin from, and which of it a typed name means."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from data.frozen import immutable
from data.i18n import _, ngettext
from data.library.shared import shared
from data.library.templates import PlanTemplate
from data.logins import user_name
from data.method.no_names import Names, names_of
from data.method.plan.template import AsTemplate, as_template
from data.queries.mentees import told_apart
from data.queries.own_person import account_name
from data.queries.views import mentee_view
from data.records import Mentee, Person, Task
from data.store.store import Store
from data.templates.own import ENDING, TemplateProblem, has_files, own_templates, read_template
from data.text import clean, danish_key, words_key


class Origin(StrEnum):
    """Where something comes from that a plan can begin from."""

    WORKPLACE = "workplace"
    OWN = "own"
    PLAN = "plan"
    """The plan of another mentee, stripped of all that is about that one."""


@immutable
class Offered:
    """Something that a plan can begin from."""

    origin: Origin
    key: str
    """The key of the template; the id of the mentee."""
    name: str
    tasks: int
    where: str
    """Where it comes from, in a few words, translated."""
    read: Callable[[], PlanTemplate]
    """Returns the template; for a plan, it is made of it now."""
    path: Path | None = None
    """The file of an own template."""

    @property
    def id(self) -> str:
        """What tells it from all others."""
        return f"{self.origin}:{self.key}"

    @property
    def count(self) -> str:
        """How many tasks it has, translated."""
        return tasks_text(self.tasks)

    @property
    def step(self) -> str:
        """What the step of undo is called that takes rows of it, translated.

        It stands in the history of the mentee, so it names no other one.
        """
        if self.origin is Origin.PLAN:
            return _("tasks from an earlier plan")
        return _("tasks from “{template}”").format(template=self.name)


@immutable
class Offers:
    """All that a plan can begin from, and what is wrong with own templates, in one line or ""."""

    found: tuple[Offered, ...]
    problem: str = ""
    problems: tuple[str, ...] = ()
    """The same, with a line for each file."""

    def by_id(self, id: str) -> Offered | None:
        """Return the one with this id; None if there is none."""
        return next((one for one in self.found if one.id == id), None)


def tasks_text(number: int) -> str:
    """Return a number of tasks in words, translated."""
    return ngettext("{number} task", "{number} tasks", number).format(number=number)


def offers(
    store: Store, environ: Mapping[str, str], mentee_id: str = "", *, plans: bool = True
) -> Offers:
    """Return what a plan can begin from: the workplace's templates, own ones, then plans.

    Args:
        store: The records.
        environ: The environment of the program, which says where own templates are.
        mentee_id: Whose plan it is; it is not offered.
        plans: Whether plans of other mentees are offered: not where somebody looks on.
    """
    own = own_templates(environ)
    mine = [_template(Origin.OWN, one, _("your own"), path) for one, path in own.templates]
    mine.sort(key=lambda one: danish_key(one.name))
    earlier = _plans(store, mentee_id) if plans else []
    return Offers((*_workplaces(), *mine, *earlier), own.problem, own.problems)


def any_templates(environ: Mapping[str, str]) -> bool:
    """Return whether there is a template, be it broken: without reading one."""
    library = shared()
    return bool(library and library.templates) or has_files(environ)


def _workplaces() -> list[Offered]:
    library = shared()
    if library is None:
        return []
    templates = [one for one in library.templates if isinstance(one, PlanTemplate)]
    return [_template(Origin.WORKPLACE, one, library.name) for one in templates]


def _template(
    origin: Origin, template: PlanTemplate, where: str, path: Path | None = None
) -> Offered:
    return Offered(
        origin, template.key, template.name, len(template.rows), where, lambda: template, path
    )


def _plans(store: Store, but: str) -> list[Offered]:
    """Return the plans of other mentees, the latest to begin first."""
    mentees = [one for one in store.all(Mentee) if one.id != but]
    mentees.sort(key=lambda one: (one.start or date.min, one.id), reverse=True)
    counted = [(one, len(store.of(Task, one.id))) for one in mentees]
    return [_plan(store, mentee, tasks) for mentee, tasks in counted if tasks]


def _plan(store: Store, mentee: Mentee, tasks: int) -> Offered:
    def read() -> PlanTemplate:
        now = store.get(Mentee, mentee.id)
        if now is None:
            raise TemplateProblem(_("This is no longer there."))
        return stripped(store, now, mentee.id, _("An earlier plan")).template

    where = _("a mentee’s plan")
    return Offered(Origin.PLAN, mentee.id, told_apart(store, mentee), tasks, where, read)


def stripped(store: Store, mentee: Mentee, key: str, name: str) -> AsTemplate:
    """Return the plan of a mentee as a template.

    Args:
        store: The records; nobody in them is named in the template.
        mentee: Whose plan it is.
        key: The key of the template.
        name: Its name.
    """
    return as_template(mentee_view(store, mentee), key, name, all_names(store))


def all_names(store: Store) -> Names:
    """Return the names of everybody in the records and of the user: no template may name them."""
    own = {account_name(), user_name(os.geteuid()), store.own_name, store.by} - {""}
    return names_of(store.all(Mentee), store.all(Person), sorted(own))


# Which one is meant


def find_template(found: Offers, typed: str, *, whole_only: bool = False) -> Offered | None:
    """Return the template that a typed text means; None if it means none.

    It may be the key or the name, or the start of a name that only one has; a whole one comes
    first, and the workplace's before one's own. A path to a file, with a "/" or ".toml", is read.

    Args:
        found: What there is.
        typed: What was typed.
        whole_only: Whether the start of a name is not enough.

    Raises:
        TemplateProblem: Several begin so, or the file that is named cannot be used.
    """
    templates = [one for one in found.found if one.origin is not Origin.PLAN]
    wanted = words_key(typed)
    for whole in (
        [one for one in templates if words_key(one.key) == wanted],
        [one for one in templates if words_key(one.name) == wanted],
    ):
        if whole:
            return whole[0]
    if typed.endswith(ENDING) or os.sep in typed:
        path = Path(typed).expanduser()
        return _template(Origin.OWN, read_template(path), str(path), path)
    if whole_only:
        return None
    begins = [one for one in templates if wanted and words_key(one.name).startswith(wanted)]
    if len(begins) > 1:
        text = _("“{name}” matches {found}. Type more of the name.")
        raise TemplateProblem(text.format(name=_short(typed), found=_names(begins)))
    return begins[0] if begins else None


def hidden_by(found: Offers, path: Path) -> Offered | None:
    """Return the template that the name of an own one means instead; None if it means its own."""
    own = next((one for one in found.found if one.path == path), None)
    if own is None:
        return None
    meant = (find_template(found, typed, whole_only=True) for typed in (own.key, own.name))
    return next((one for one in meant if one is not None and one.id != own.id), None)


def no_such_template(found: Offers, typed: str) -> TemplateProblem:
    """Return what is said where a text means no template: it names those that there are."""
    templates = [one for one in found.found if one.origin is not Origin.PLAN]
    if not templates:
        text = _("There is no template “{name}”, and none at all yet.")
        return TemplateProblem(text.format(name=_short(typed)))
    text = _("There is no template “{name}”. There are: {found}.")
    return TemplateProblem(text.format(name=_short(typed), found=_names(templates)))


def _names(templates: Sequence[Offered]) -> str:
    shown = ", ".join(f"{one.key} ({one.name})" for one in templates[:_MOST_NAMED])
    return shown if len(templates) <= _MOST_NAMED else f"{shown} …"


_MOST_NAMED: Final = 12
"""How many templates a line names."""


def _short(text: str) -> str:
    return clean(text, lines=False)[:60]
