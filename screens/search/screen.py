"""The search in everything that has been written. Enter opens what was found."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from data.clock import today
from data.dates import show_near
from data.i18n import N_, _, ngettext
from data.method.visibility import shows_all
from data.queries.search import KINDS, LEAST, Hit, read_ahead, search
from data.queries.searchable import forget_searched
from data.records import Answer, Mentee, Note, Talk
from data.text import forget_searched_texts
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.places import open_place, open_words
from screens.frame.title import Title
from widgets.copying import UnderCursor
from widgets.grid import Column, Grid, Row
from widgets.line_input import LineInput
from widgets.spoken import HEARD, Spoken

ON, KIND, WHO = 10, 11, 15
"""How many cells the day of a record takes up, its kind, and the name of its mentee."""
ROOMY = 76
"""From this width of the screen on, there is room for whole names."""


AT_ONCE, BETWEEN = 0.02, 0.03
"""For how many seconds it reads at once what is searched, and how often, until all is read."""
HEARD_WIDTH = 200
"""How much of a text is said round what was found in it, in cells."""


class SearchScreen(BaseScreen[None]):
    """A line to type in, above the records in which the typed words were found."""

    HELP_TOPIC = "search"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), priority=True),
        Binding("down", "move(1)", N_("Next"), show=False, priority=True),
        Binding("up", "move(-1)", N_("Previous"), show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("escape", "back", N_("Back")),
    ]

    DEFAULT_CSS = """
    SearchScreen LineInput { margin: 0 1; }
    """

    def __init__(self, context: Context, begun: str = "") -> None:
        """Lay the screen. `begun` is what was typed elsewhere, and is gone on with here."""
        super().__init__(context)
        self.begun = begun
        self.line = LineInput()
        self.grid = Grid(header=False, takes_focus=False)
        self._hits: dict[str, Hit] = {}
        """What was found, by the id of its row, which is the id of the record."""

    def body(self) -> ComposeResult:
        """Put the line above the list of hits."""
        yield self.line
        yield self.grid

    def on_mount(self) -> None:
        """Give the focus to the line, with what was last searched for; typing takes its place."""
        self.line.value = self.begun or self.context.positions.get("search", ("", ""))[0]
        super().on_mount()
        if self.begun:
            self.line.action_end()
        else:
            self.line.action_select_all()
        self.line.focus()
        self._reading = self.set_interval(BETWEEN, self._read_ahead)

    def _read_ahead(self) -> None:
        """Read on while nobody types, so that the first letters need not wait for all of it."""
        if read_ahead(self.store, AT_ONCE):
            self._reading.stop()

    def on_unmount(self) -> None:
        """Forget the texts, so that no copy of them stays in memory."""
        forget_searched_texts()
        forget_searched(self.store)

    def names(self, spoken: Spoken) -> Spoken:
        """Return the hit that the arrows have come to, with the line that is typed in."""
        return replace(spoken, line=self.grid.body.spoken().line if self._hits else "")

    def headline(self) -> Title:
        """Return the screen's name."""
        return Title(_("Search"))

    @on(Input.Changed)
    def show_records(self) -> None:
        """Search again, and show what is found."""
        query = self.line.value
        self.line.placeholder = _("Search mentees, plans, talks, notes and people")
        self.context.positions["search"] = (query, "")
        width = max(self.app.size.width - ON - KIND - WHO - 7, 20)
        if self.app.has_class(HEARD):
            width = HEARD_WIDTH
        reader, in_front = self.context.reader, self._in_front()
        hits = search(self.store, query, reader=reader, in_front=in_front, width=width)
        self._hits = {hit.id: hit for hit in hits}
        columns = (
            Column("on", "", ON),
            Column("kind", "", KIND),
            Column("who", "", WHO if self.app.size.width >= ROOMY else WHO // 2),
            Column("text", "", 20, flex=1),
        )
        self.grid.show([self._row(hit) for hit in hits], columns)
        self.say(self._count(query))

    def _in_front(self) -> str:
        """Return the id of the mentee whose screen is below this one; "" where it is of none."""
        below = (one for one in reversed(self.app.screen_stack) if isinstance(one, BaseScreen))
        ids = (one.standing_on()[0] for one in below if not one.CHOOSES_MENTEE)
        return next((id for id in ids if id), "")

    def _count(self, query: str) -> str:
        if len(query.strip()) < LEAST:
            return _("Type at least two letters")
        count = len(self._hits)
        if shows_all(self.context.reader):
            text, nothing = ngettext("{count} place", "{count} places", count), _("Nothing found")
        else:
            text = ngettext("{count} place in shared view", "{count} places in shared view", count)
            nothing = _("Nothing found in shared view")
        return text.format(count=count) if count else nothing

    def _row(self, hit: Hit) -> Row:
        mentee = self.store.get(Mentee, hit.mentee_id)
        talk = self.store.get(Talk, hit.record_id)
        kind = _("Talk {number}").format(number=talk.number) if talk else _(KINDS[hit.kind])
        text = f"{hit.title}: {hit.text}" if hit.title else hit.text
        on = show_near(hit.on, today()) if hit.on else ""
        cells = {"on": on, "kind": kind, "who": mentee.name if mentee else "", "text": text}
        return Row(hit.id, cells, tones={"on": "muted", "who": "muted"})

    def under_cursor(self) -> UnderCursor | None:
        """Return the hit under the cursor: `y` is typed here, but the list of commands has it."""
        return self.grid.under_cursor()

    def action_move(self, way: int) -> None:
        """Move the cursor to the next hit (`way` is 1) or the previous one (-1)."""
        self.grid.body.action_move(way, 0)

    def action_page(self, way: int) -> None:
        """Move the cursor down by a page (`way` is 1) or up (-1)."""
        self.grid.body.action_page(way)

    def action_open(self) -> None:
        """Open the sentence: the note, the talk at the answer, or the screen with the record."""
        hit = self._hits.get(self.grid.row_id)
        if hit is None:
            return
        words = self.store.get(hit.kind, hit.id) if hit.kind in {Note, Answer} else None
        if words is not None:
            open_words(self.app, self.context, words)
        elif hit.mentee_id:
            open_place(self.app, self.context, hit.place, hit.mentee_id, hit.record_id)
        else:
            self.say(_("No mentee is due to meet {name} yet").format(name=hit.title or hit.text))
