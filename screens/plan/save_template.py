"""Saving a plan as a template: its name, and every line that will be written, to be changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from data.citizens import hint
from data.i18n import N_, _
from data.library.templates import PlanTemplate, template_text
from data.method.no_names import Names, has_name
from data.paths import shown_path
from data.templates.offered import all_names, stripped
from data.templates.own import (
    TemplateProblem,
    TemplateThere,
    save_template,
    template_in,
    template_path,
)
from data.text import line
from screens.dialogs.ask import AskDialog
from screens.dialogs.ask_again import asking
from screens.dialogs.form import Field, FormDialog
from screens.frame.base import BaseScreen
from widgets.note_area import NoteArea


class TemplateForm(FormDialog):
    """The name of a template, above its lines, which take all the room that there is.

    One reads them from the first, so that is where the cursor is, too.
    """

    def on_mount(self) -> None:
        """Leave the cursor at the first line when the lines are entered."""
        super().on_mount()
        self._entered.append(self.query_one(NoteArea))

    def fit(self) -> None:
        """Give the lines the room that the name leaves."""
        super().fit()
        self.query_one(NoteArea).styles.max_height = max(self.room - 1, 2)


async def save_as_template(screen: BaseScreen[None], mentee_id: str) -> None:
    """Ask for the name, show the lines, and write the template. Call it from a worker.

    Args:
        screen: The screen in front, which says what came of it.
        mentee_id: Whose plan it is.
    """
    store = screen.context.store
    mentee = screen.context.mentee(mentee_id)
    if mentee is None:
        return
    made = stripped(store, mentee, "template", "")
    if not made.template.rows:
        screen.say(_("The plan has no tasks yet: a adds one"))
        return
    names = all_names(store)
    name, text = "", _lines(made.template)
    said = made.sentence
    while True:
        dialog = _form(name, text, names)
        if said:
            dialog.call_after_refresh(dialog.say, said, problem=True)
        filled = await screen.app.push_screen_wait(dialog)
        if filled is None:
            return
        name, text = line(filled["name"]), filled["text"]
        try:
            template = _template(name, text)
            path = save_template(template, os.environ)
        except TemplateThere as there:
            question = AskDialog(
                _("Replace the template {file}?").format(file=there.path.name), undoable=False
            )
            if not await screen.app.push_screen_wait(question):
                said = str(there)
                continue
            try:
                path = save_template(template, os.environ, over=True)
            except TemplateProblem as problem:
                said = str(problem)
                continue
        except TemplateProblem as problem:
            said = str(problem)
            continue
        screen.say(_("Saved as {path}").format(path=shown_path(path, os.environ)))
        return


def _lines(template: PlanTemplate) -> str:
    """Return what will be written but for the name, which has a field of its own."""
    _name, _sep, rest = template_text(replace(template, name="x")).partition("\n")
    return rest.strip()


def _template(name: str, text: str) -> PlanTemplate:
    """Return the template that was filled in; raises TemplateProblem where it is none."""
    key = template_path(name, os.environ).stem
    return template_in(text, key, name)


def _form(name: str, text: str, names: Names) -> TemplateForm:
    fields = [
        Field(
            "name",
            _("Name"),
            name,
            required=_("Give the template a name"),
            hint=_("for example: First three months"),
        ),
        Field("text", _("What is written"), text, "lines"),
    ]

    def problem(texts: Mapping[str, str]) -> str:
        try:
            _template(line(texts["name"]), texts["text"])
        except TemplateProblem as wrong:
            return str(wrong)
        return ""

    def doubt(texts: Mapping[str, str]) -> str:
        for one in texts.values():
            if has_name(one, names):
                return _("Somebody is named here; a template is for others.")
            if said := hint(one):
                return f"{said}."
        return ""

    return TemplateForm(
        _("Save as template"), fields, validate=asking(doubt, problem), done=N_("Save")
    )
