"""What can be given to the library of the workplace: each line is read and chosen by itself."""

from __future__ import annotations

import os
from asyncio import to_thread
from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.contribution.gather import offered
from data.contribution.line import Line, Sort, in_words, with_words, words_of
from data.contribution.written import write_contribution
from data.dates import EntryError
from data.documents.files import NotWritten
from data.i18n import N_, _, ngettext
from data.library.shared import shared
from data.library.templates import PlanTemplate
from data.method.visibility import shows_all
from data.paths import documents_folder, shown_path
from data.records import Mentee
from data.templates.offered import Origin, all_names, offers
from screens.dialogs.form import Field, FormDialog
from screens.dialogs.form_fields import SAVE
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.title import Title
from widgets.glyphs import dotted, glyphs
from widgets.grid import Column, Grid, Row
from widgets.keys import DONE
from widgets.reading import HEADING, PLAIN, QUIET, ReadingPane

_HEADINGS: Final = {
    Sort.TIP: N_("Tips"),
    Sort.QUESTION: N_("Your own questions"),
    Sort.TASK: N_("Tasks"),
    Sort.TIME: N_("Time taken, on average"),
}


class ContributeScreen(BaseScreen[None]):
    """A list of lines, above all that the one under the cursor says. None is chosen at first."""

    HELP_TOPIC = "contribute"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", N_("Choose"), priority=True, tooltip=N_("In the file/not")),
        Binding("f10,ctrl+s", "write", SAVE, key_display=DONE),
        Binding("e", "edit", N_("Edit"), tooltip=N_("Edit line")),
        Binding("escape", "back", N_("Back")),
    ]
    DEFAULT_CSS = """
    ContributeScreen ReadingPane {
        height: 9; max-height: 40%; border-top: solid $foreground-muted;
    }
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        columns = (
            Column("mark", "", 2),
            Column("text", "", 30, flex=3, names=True),
            Column("type", "", 14, flex=1),
        )
        self.grid = Grid(columns, header=False)
        self.pane = ReadingPane()
        self.lines: list[Line] = []
        """What can be given, as it was edited."""
        self._edited: dict[str, Line] = {}
        self._chosen: set[str] = set()
        """The keys of the lines that are to be in the file."""
        self._warned = False
        """Whether it was said that leaving now writes nothing."""

    def body(self) -> ComposeResult:
        """Put the list above the whole text of the line under the cursor."""
        yield self.grid
        yield self.pane

    def on_mount(self) -> None:
        """Begin at the first line."""
        super().on_mount()
        if self.lines:
            self.grid.go_to(self.lines[0].key)
        self.grid.focus()

    def headline(self) -> Title:
        """Return the screen's name, and how many lines are chosen."""
        name = _("Contribute to the library")
        return Title(dotted(name, self._count()), about=name)

    def _count(self) -> str:
        chosen = len(self._chosen)
        said = ngettext("{number} line chosen", "{number} lines chosen", chosen)
        return said.format(number=chosen)

    # -- showing ------------------------------------------------------------------------------

    def show_records(self) -> None:
        """Gather the lines again: what was chosen and edited stays so, where it is still there."""
        self._names = all_names(self.store)
        found = offered(self.store, self._templates(), self._names)
        self.lines = [self._edited.get(line.key, line) for line in found]
        self._chosen &= {line.key for line in self.lines}
        self._show()

    def _templates(self) -> list[PlanTemplate]:
        """Return own templates, and plans as templates where nobody looks on."""
        there = offers(self.store, os.environ, plans=shows_all(self.context.reader))
        if there.problem:
            self.say(there.problem, problem=True)
        return [
            one.read()
            for one in there.found
            if one.origin is Origin.OWN
            or (one.origin is Origin.PLAN and (self.context.demo or not self._is_example(one.key)))
        ]

    def _is_example(self, mentee_id: str) -> bool:
        mentee = self.store.get(Mentee, mentee_id)
        return mentee is None or mentee.example

    def _show(self) -> None:
        rows: list[Row] = []
        heading = ""
        for line in self.lines:
            named = dotted(_(_HEADINGS[line.sort]), line.source)
            if named != heading:
                heading = named
                rows.append(Row(f"heading:{len(rows)}", {"text": named}, heading=True))
            chosen = line.key in self._chosen
            cells = {
                "mark": glyphs("✓") if chosen else glyphs("○"),
                "text": _first(line),
                "type": line.about if line.sort is not Sort.TIME else "",
            }
            rows.append(Row(line.key, cells, tones={"type": "muted"}))
        if not rows:
            text = _("Nothing yet: tips, your own questions and templates are gathered here.")
            rows.append(Row("none", {"text": text}, tones={"text": "muted"}))
        self.grid.show(rows)
        self._show_detail()
        self.show_title()

    @on(Grid.Moved)
    def _show_detail(self) -> None:
        line = self._line
        if line is None:
            how = _("Read each line; Space puts it in the file. Names are left out.")
            self.pane.show([(QUIET, how)])
            return
        said = _("In the file") if line.key in self._chosen else _("Not in the file")
        first, *more = in_words(line)
        about = line.about if line.sort is not Sort.TIME else ""
        self.pane.show(
            [
                (QUIET, dotted(line.name, about, line.source, said)),
                (HEADING, first),
                *((PLAIN, text) for text in more),
            ]
        )

    @property
    def _line(self) -> Line | None:
        """The line under the cursor; None if there is none."""
        return next((one for one in self.lines if one.key == self.grid.row_id), None)

    # -- choosing -----------------------------------------------------------------------------

    @on(Grid.Opened)
    def _opened(self) -> None:
        """Enter says yes to a line, and goes on to the next one."""
        line = self._line
        if line is None:
            return
        self._choose(line, chosen=True)
        keys = [one.key for one in self.lines]
        at = keys.index(line.key)
        if at + 1 < len(keys):
            self.grid.go_to(keys[at + 1])
            self._show_detail()
            self.say(self._count())

    def action_choose(self) -> None:
        """Put the line under the cursor in the file, or take it out of it again."""
        line = self._line
        if line is not None:
            self._choose(line, chosen=line.key not in self._chosen)

    def _choose(self, line: Line, *, chosen: bool) -> None:
        self._warned = False
        if chosen:
            self._chosen.add(line.key)
        else:
            self._chosen.discard(line.key)
        self._show()
        self.say(_("In the file") if chosen else _("Not in the file"))

    @work
    async def action_edit(self) -> None:
        """Edit the words of the line; what was edited is chosen."""
        line = self._line
        if line is None:
            return
        words = words_of(line)
        if not words:
            self.say(_("A figure is counted; it cannot be edited"))
            return
        fields = [
            Field(one.key, one.label, one.text, "lines" if one.several else "text", kept=False)
            for one in words
        ]

        def problem(texts: Mapping[str, str]) -> str:
            try:
                with_words(line, texts, self._names)
            except EntryError as wrong:
                return str(wrong)
            return ""

        dialog = FormDialog(line.name, fields, validate=problem)
        texts = await self.app.push_screen_wait(dialog)
        if texts is None:
            return
        edited = with_words(line, texts, self._names)
        self._edited[line.key] = edited
        self.lines = [edited if one.key == line.key else one for one in self.lines]
        self._choose(edited, chosen=True)

    # -- writing ------------------------------------------------------------------------------

    @work(exclusive=True, group="write")
    async def action_write(self) -> None:
        """Write the chosen lines to a new file, and say where it is."""
        chosen: Sequence[Line] = [one for one in self.lines if one.key in self._chosen]
        if not chosen:
            self.say(_("No line is chosen yet: Space puts the one under the cursor in the file"))
            return
        folder = documents_folder(self.context.settings.documents, os.environ)
        try:
            path = await to_thread(partial(write_contribution, chosen, folder))
        except NotWritten as refused:
            self.say(str(refused), problem=True)
            return
        self._chosen.clear()
        self._show()
        said = ngettext(
            "{number} line written: {path}", "{number} lines written: {path}", len(chosen)
        )
        library = shared()
        self.say(
            dotted(
                said.format(number=len(chosen), path=shown_path(path, os.environ)),
                library.contact if library is not None else "",
            )
        )

    def action_back(self) -> None:
        """Go back; where lines are chosen, the second Esc does: they are in no file yet."""
        if self._chosen and not self._warned:
            self._warned = True
            self.say(_("Nothing is in a file yet. Esc again goes back; Ctrl+S or F10 saves it"))
            return
        super().action_back()


def _first(line: Line) -> str:
    """Return what a line says first, as a row shows it: of a tip all, of a task its title."""
    said = in_words(line)
    return " ".join(" ".join(said if line.sort is Sort.TIP else said[:1]).split())
