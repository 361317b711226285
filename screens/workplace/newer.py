"""A newer version of the workplace's library: what it has otherwise, taken entry by entry.

Plans and talks under way keep the wording that they were begun with, whatever is taken here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from data.i18n import N_, _, ngettext
from data.queries.entry_words import compared, entry_name, kind_word, library_due, what_word
from data.storage.reasons import reason
from data.workplace.newer import Difference, name_text
from data.workplace.offers import answered, is_going_back, offers, with_kept, with_taken
from data.workplace.taken import Copy, NewerFormat
from screens.frame.base import BaseScreen
from screens.frame.commands import Commands
from screens.frame.context import Context
from screens.frame.everywhere import Everywhere
from screens.frame.title import Title
from widgets.glyphs import glyphs
from widgets.grid import Column, Grid, Row
from widgets.keys import DONE
from widgets.reading import HEADING, PLAIN, QUIET, ReadingPane
from widgets.spoken import Spoken

LEAST = 4
"""So many lines the list has at least, where it needs them."""
SIDE_BY_SIDE = 76
"""From this width of the screen on, the two wordings stand beside each other."""


class NewerCommands(Commands):
    """What is done with what is offered."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("space", "do('tick')", N_("Tick"), priority=True),
        Binding(
            "f10,ctrl+s",
            "do('take')",
            N_("Take"),
            key_display=DONE,
            tooltip=N_("Take what is ticked"),
        ),
        Binding("x", "do('keep')", N_("Keep"), tooltip=N_("Keep as it is")),
    ]

    def __init__(self, screen: NewerScreen) -> None:
        self.screen = screen
        self._taken: list[tuple[Copy, Copy]] = []
        """The copy before and after each answer that was given here, the latest last."""
        self._undone: list[tuple[Copy, Copy]] = []
        """The same of the answers that were undone, the latest last."""

    def offers(self, name: str) -> bool:
        """Offer to answer as long as something is offered; the list has the focus for a tick."""
        if name in {"undo", "redo"}:
            return True
        if name == "tick" and not self.screen.grid.body.has_focus:
            return False
        return bool(self.screen.found)

    def tick(self) -> None:
        """Tick the line under the cursor, or take the tick away."""
        self.screen.unticked ^= {self.screen.grid.row_id}
        self.screen.show_rows()

    def take(self) -> None:
        """Take what is ticked; the rest is still offered."""
        found = [
            one for one in self.screen.found if name_text(one.name) not in self.screen.unticked
        ]
        if not found:
            self.screen.say(_("Nothing is ticked: Space ticks a line"))
            return

        def said(number: int) -> str:
            text = ngettext("{number} change taken", "{number} changes taken", number)
            return text.format(number=number)

        self._change(partial(with_taken, found=found), said)

    def keep(self) -> None:
        """Keep what one has, under the cursor: it is not offered again as it is now."""
        found = [one for one in self.screen.found if name_text(one.name) == self.screen.grid.row_id]
        if found:
            said = _("{name}: kept as it is").format(name=entry_name(found[0].entry))
            self._change(partial(with_kept, found=found), lambda _number: said)

    def undo(self) -> Awaitable[None] | None:
        """Take back what was taken or kept here last; before that, undo as everywhere."""
        if not self._taken:
            return Everywhere(self.screen).undo()
        before, after = self._taken.pop()
        if self._put(before, after):
            self._undone.append((before, after))
            self.screen.say(_("Undone: it is offered again (U redoes)"))
        return None

    def redo(self) -> Awaitable[None] | None:
        """Answer again as it was undone here last; before that, redo as everywhere."""
        if not self._undone:
            return Everywhere(self.screen).redo()
        before, after = self._undone.pop()
        if self._put(after, before):
            self._taken.append((before, after))
            self.screen.say(_("Redone (u undoes)"))
        return None

    def _put(self, copy: Copy, there: Copy) -> bool:
        """Put a copy in the place of the one that was there; return whether it still was."""
        done = self._write(lambda now: copy if now == there else now)
        if done is None:
            return False
        if done[0] == there:
            return True
        self._taken.clear()
        self._undone.clear()
        self.screen.say(
            _("The library has changed since, so this can be neither undone nor redone")
        )
        return False

    def _change(self, change: Callable[[Copy], Copy], said: Callable[[int], str]) -> None:
        """Change the copy in use, and say so: `said` is given how many answers it was."""
        done = self._write(change)
        if done is None:
            return
        before, after = done
        if before is None or after is None or before == after:
            self.screen.say(_("This has been answered elsewhere already"))
            return
        self._taken.append((before, after))
        self._undone.clear()
        number = answered(before, after)
        self.screen.say(_("{what} (u undoes)").format(what=said(number)))

    def _now(self) -> Copy | None:
        library = self.screen.context.library
        return library.found.copy if library is not None else None

    def _write(self, change: Callable[[Copy], Copy]) -> tuple[Copy | None, Copy | None] | None:
        """Write the copy, and show everywhere what is in use now.

        Returns:
            The copy before and after; None where it could not be written, which is said.
        """
        library = self.screen.context.library
        if library is None:
            return None
        back = (copy := self._now()) is not None and is_going_back(copy)
        try:
            done = library.change(change)
        except NewerFormat:
            self.screen.say(_("A newer version of the program has the library: update first"))
            return None
        except OSError as error:
            said = _("The library could not be saved: {why}").format(why=reason(error))
            self.screen.say(said, problem=True)
            return None
        self.screen.context.bring_people(back=back)
        for screen in self.screen.app.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.renewal.is_due = True
        self.screen.bring_up_to_date()
        return done


class NewerScreen(BaseScreen[None]):
    """A list of what is offered, above the wording in use and the newer one."""

    HELP_TOPIC = "newer"
    BINDINGS: ClassVar[list[BindingType]] = [
        *NewerCommands.KEYS,
        Binding("enter", "read", N_("Read"), show=False),
        Binding("escape", "back", N_("Back")),
    ]
    DEFAULT_CSS = """
    NewerScreen #wordings { height: 1fr; layout: vertical; }
    NewerScreen #wordings > ReadingPane { height: 1fr; width: 1fr; }
    NewerScreen.-side-by-side #wordings { layout: horizontal; }
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.grid = Grid()
        self.before = ReadingPane(id="before")
        self.after = ReadingPane(id="after")
        self.found: Sequence[Difference] = ()
        """What is offered, in the order of the folder."""
        self.unticked: set[str] = set()
        """Those of it that are not ticked: kind and key as one text."""
        self.commands = (NewerCommands(self), *self.commands)

    def body(self) -> ComposeResult:
        """Put the list above the two wordings."""
        yield self.grid
        yield Container(self.before, self.after, id="wordings")

    def on_mount(self) -> None:
        """Give the focus to the list."""
        super().on_mount()
        self.grid.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Put the wordings beside each other where there is room."""
        super().on_resize(event)
        self.set_class(event.size.width >= SIDE_BY_SIDE, "-side-by-side")
        self._share_height()

    def headline(self) -> Title:
        """Return whose library it is, and which version is offered."""
        copy = self._copy
        if copy is None:
            return Title(_("New in the library"))
        version = copy.folder_has.version
        said = _("Version {version} of the library of {name}")
        return Title(said.format(name=copy.folder_has.name, version=version))

    @property
    def _copy(self) -> Copy | None:
        library = self.context.library
        return library.found.copy if library is not None else None

    # -- showing ------------------------------------------------------------------------------

    def show_records(self) -> None:
        """Show what is offered now."""
        self.found = offers(self._copy)
        self.unticked &= {name_text(one.name) for one in self.found}
        self.show_rows()
        self.refresh_bindings()

    def show_rows(self) -> None:
        """Show the list, and what belongs to the line under the cursor."""
        columns = (
            Column("what", self._counted() or _("What"), 30, flex=3),
            Column("kind", _("Kind"), 13, speaks=True),
            Column("how", _("How"), 9, speaks=True),
        )
        self.grid.show([self._row(one) for one in self.found], columns)
        self._share_height()
        self._show_wordings()

    def _counted(self) -> str:
        """Return how much is offered, in few words; "" for nothing."""
        due = library_due(self._copy)
        return due.name[:1].upper() + due.name[1:] if due is not None else ""

    def _share_height(self) -> None:
        """Give the list the lines that it needs, up to two fifths of the screen."""
        most = max(LEAST, self.size.height * 2 // 5)
        self.grid.styles.height = min(len(self.found) + 1, most)

    def _row(self, one: Difference) -> Row:
        name = name_text(one.name)
        mark = glyphs("○" if name in self.unticked else "✓")
        cells = {
            "what": f"{mark} {entry_name(one.entry)}",
            "kind": kind_word(one),
            "how": what_word(one),
        }
        return Row(name, cells)

    @on(Grid.Moved)
    def _show_wordings(self) -> None:
        one = self._under_cursor
        self.after.display = one is not None
        if one is None:
            self.before.show(self._nothing())
            return
        sides: tuple[list[tuple[str, str]], ...] = (
            [(HEADING, _("In use now"))],
            [(HEADING, _("In the newer version"))],
        )
        for found in compared(one):
            for side, text in zip(sides, (found.before, found.after), strict=True):
                between = [(PLAIN, "")] if len(side) > 1 else []
                side.extend([*between, (QUIET, found.label), (PLAIN, text or _("(nothing)"))])
        self.before.show(sides[0])
        self.after.show(sides[1])

    def _nothing(self) -> list[tuple[str, str]]:
        """Return what is said where nothing is offered."""
        library, copy = self.context.library, self._copy
        if library is None:
            text = _("No library of a workplace is in use. The settings name its folder (library).")
            return [(PLAIN, text)]
        parts = [(PLAIN, library.problem), (PLAIN, "")] if library.problem else []
        if copy is None:
            return parts or [(PLAIN, _("No library is in use."))]
        said = _("You use version {version} of the library of {name}. Nothing is newer.")
        parts.append((PLAIN, said.format(version=copy.used.version, name=copy.used.name)))
        return parts

    @property
    def _under_cursor(self) -> Difference | None:
        id = self.grid.row_id
        return next((one for one in self.found if name_text(one.name) == id), None)

    def names(self, spoken: Spoken) -> Spoken:
        """Return the line of the list with what has changed, the wording in use first."""
        one = self._under_cursor
        if not self.found and self.grid.body.has_focus:
            return Spoken(" ".join(text for _kind, text in self._nothing() if text))
        if one is None or not self.grid.body.has_focus:
            return spoken
        now, newer = _("now: {text}"), _("newer: {text}")
        lines = []
        for found in compared(one):
            before, after = (" ".join(text.split()) for text in (found.before, found.after))
            texts = (
                now.format(text=before or _("nothing")),
                newer.format(text=after or _("nothing")),
            )
            lines.append(f"{found.label}; {'; '.join(texts)}")
        return Spoken(f"{spoken.line}. {'. '.join(lines)}" if lines else spoken.line)

    # -- keys ---------------------------------------------------------------------------------

    @on(Grid.Opened)
    def action_read(self) -> None:
        """Go to the newer wording, to read on where it is long."""
        if self._under_cursor is not None:
            self.after.focus()

    def action_back(self) -> None:
        """Go back to the list from a wording, and from the list to where one came from."""
        if self.grid.body.has_focus or not self.found:
            super().action_back()
        else:
            self.grid.focus()
