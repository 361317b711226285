"""The shelf with templates of plans: the workplace's and one's own, with where each comes from."""

from __future__ import annotations

import os
from collections.abc import Sequence

from data.i18n import _
from data.paths import shown_path, templates_folder
from data.store.store import Store
from data.templates.offered import Offered, any_templates, offers
from widgets.glyphs import dotted
from widgets.reading import HEADING, PLAIN, QUIET

KEY = "templates"


def has_templates() -> bool:
    """Return whether there is a template, so that the shelf is worth its line."""
    return any_templates(os.environ)


def template_parts(store: Store) -> Sequence[tuple[str, str]]:
    """Return each template with its tasks, and what is wrong with own ones."""
    found = offers(store, os.environ, plans=False)
    folder = shown_path(templates_folder(os.environ), os.environ)
    how = _("In a plan T adds rows of one. Your own are files in {folder}.").format(folder=folder)
    parts = [(HEADING, _("Templates of plans")), (QUIET, how)]
    parts += [(QUIET, problem) for problem in found.problems]
    for one in found.found:
        parts += [(PLAIN, ""), (HEADING, one.name), (QUIET, _where(one))]
        parts += [(PLAIN, f"- {row.title}") for row in one.read().rows]
    return parts


def _where(one: Offered) -> str:
    file = one.path.name if one.path else ""
    return dotted(one.count, one.where, file)
