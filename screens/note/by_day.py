"""All notes about a mentee by day, with what was said in talks, to be read whole (R8, R12)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.clock import today
from data.dates import show_date, show_distance, show_weekday
from data.i18n import N_, _, ngettext
from data.method.talk.by_day import TALK, VOICES, Only, Written, kind_word, kinds, written_by_day
from data.method.view import MenteeView
from data.method.visibility import seen, shows_all
from data.method.words import word
from data.queries.views import mentee_view
from data.records import Note, NoteKind
from data.text import first_line
from screens.dialogs.pick import Item, PickDialog
from screens.frame.commands import Commands
from screens.frame.context import Context
from screens.frame.places import open_words
from screens.frame.title import Title
from screens.mentee.base import MenteeScreen
from widgets.detail_pane import DetailPane, LabelledText
from widgets.glyphs import dotted
from widgets.grid import Column, Grid, Row


class NotesScreen(MenteeScreen):
    """A list of all that was written, under the days, above the whole text of one of them."""

    PLACE = "notes"
    DOCUMENT = "notes"
    HELP_TOPIC = "note"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "do('edit')", N_("Edit"), tooltip=N_("Edit note")),
        Binding("v", "do('filter')", N_("Only one task, kind or voice")),
        Binding("escape", "back", N_("Back")),
    ]

    DEFAULT_CSS = """
    NotesScreen Grid { height: 3fr; }
    NotesScreen DetailPane { height: 2fr; background: $surface; }
    """

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id)
        self.grid = Grid(header=False)
        self.pane = DetailPane()
        self.only = Only()
        """Which of the words are listed."""
        self.view: MenteeView | None = None
        """The records as their reader may see them; None before the first time."""
        self._written: dict[str, Written] = {}
        """What is listed, by the id of its row."""
        self.commands = (NotesCommands(self), *self.commands)

    def body(self) -> ComposeResult:
        """Put the list above the text."""
        yield self.grid
        yield self.pane

    def on_mount(self) -> None:
        """Put the cursor where it was left a moment ago."""
        super().on_mount()
        if self.context.left_lately(self.position_key):
            self.grid.go_to(self.context.positions.get(self.position_key, ("", ""))[0])
        self.grid.focus()

    def headline(self) -> Title:
        """Return the mentee's name and the page's."""
        mentee = self.mentee
        if mentee is None:
            return Title("")
        page = _("All notes by day")
        return Title(dotted(mentee.name, page), about=mentee.name, place=page)

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee, and the task that the words are about."""
        one = self.written
        return self.mentee_id, one.task_ids[0] if one and one.task_ids else ""

    @property
    def written(self) -> Written | None:
        """The words under the cursor."""
        return self._written.get(self.grid.row_id)

    # -- showing ------------------------------------------------------------------------------

    def show_records(self) -> None:
        """Show what the reader may see."""
        mentee = self.mentee
        if mentee is None:
            return
        self.view = seen(mentee_view(self.store, mentee), self.context.reader)
        found = [one for one in written_by_day(self.view) if self.only.fits(one)]
        self._written = {one.id: one for one in found}
        columns = (Column("kind", "", 22), Column("text", "", 24, flex=1))
        self.grid.show(list(self._rows(self.view)) or [self._nothing()], columns)
        self._show_text()

    def _rows(self, view: MenteeView) -> Iterator[Row]:
        """Yield a heading for each day, and under it what was written then."""
        day: object = self
        for one in self._written.values():
            if one.on != day:
                day = one.on
                title = _("Date unknown")
                if one.on:
                    far = show_distance(one.on, today())
                    title = f"{show_weekday(one.on)} {show_date(one.on)}, {far}"
                yield Row(f"day:{day}", {"kind": title}, heading=True)
            kind = kind_word(one.kind, view, one.record)
            who = _(VOICES[one.voice]) if one.kind == TALK else ""
            label = dotted(kind, who, _("private") if one.for_mentor else "")
            cells = {"kind": label, "text": first_line(one.text)}
            yield Row(one.id, cells, tones={"kind": "muted"})

    def _nothing(self) -> Row:
        text = _("Nothing here: n writes a note.")
        if self.only != Only():
            text = _("No match: v shows all again.")
        elif not shows_all(self.context.reader):
            text = _("No shared notes here: n writes one.")
        return Row("", {"kind": text}, heading=True)

    def _show_text(self) -> None:
        one, view = self.written, self.view
        if one is None or view is None:
            self.pane.show("", ())
            return
        kind, voice = kind_word(one.kind, view, one.record), _(VOICES[one.voice])
        tasks = ", ".join(task.title for id in one.task_ids if (task := view.task(id)))
        head = dotted(kind, voice, _("private") if one.for_mentor else "", tasks)
        question = getattr(one.record, "question", "")
        texts = [LabelledText("", question, quiet=True)] if question else []
        self.pane.show(head, [*texts, LabelledText("", one.text)])

    @on(Grid.Moved)
    def _cursor_moved(self) -> None:
        self.context.positions[self.position_key] = (self.grid.row_id, "")
        self._show_text()

    @on(Grid.Opened)
    def action_open(self) -> None:
        """Open the note, or the talk at the sentence."""
        one = self.written
        if one is not None:
            open_words(self.app, self.context, one.record)


class NotesCommands(Commands):
    """What can be done with the list of notes."""

    def __init__(self, screen: NotesScreen) -> None:
        self._screen = screen

    def why_not(self, name: str, *arguments: object) -> str:
        """Return why the words under the cursor are not edited here: they are no note."""
        written = self._screen.written
        if name != "edit" or (written is not None and isinstance(written.record, Note)):
            return ""
        if written is None:
            return _("Select a note first")
        return _("Said in a talk: Enter opens it, and e corrects it there")

    def edit(self) -> None:
        """Edit the note under the cursor, as Enter does."""
        self._screen.action_open()

    async def filter(self) -> None:
        """Ask which words to list: of one task, of one kind, or of one voice."""
        screen, view = self._screen, self._screen.view
        if view is None:
            return
        found = written_by_day(view)
        choices: dict[str, tuple[Item, Only]] = {}

        def offer(label: str, detail: str, only: Only) -> None:
            count = sum(only.fits(one) for one in found)
            if count:
                many = ngettext("{count} text", "{count} texts", count).format(count=count)
                id = str(len(choices))
                choices[id] = (Item(id, label, dotted(detail, many)), only)

        offer(_("All notes"), "", Only())
        for voice, name in VOICES.items():
            offer(_(name), _("Whose words"), Only(voice=voice))
        for kind in kinds(found):
            label = _("Said in talks") if kind == TALK else word(NoteKind(kind))
            offer(label, _("Kind"), Only(kind=kind))
        for task in view.tasks:
            offer(task.title, _("Task"), Only(task_id=task.id))
        dialog = PickDialog(
            _("Which notes?"),
            [item for item, _only in choices.values()],
            placeholder=_("Type part of the task or kind"),
        )
        picked = await screen.app.push_screen_wait(dialog)
        if picked is not None:
            screen.only = choices[picked.id][1]
            screen.show_records()
