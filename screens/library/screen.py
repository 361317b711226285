"""The library: what is shared by all mentees, to be read, copied, and adapted by the workplace.

It holds texts (R42, R79), questions (R43, R44), tips (R63), and a list of where the materials are
found (R75, R87).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from data.i18n import N_, _, language
from data.library import materials, questions, text_title
from data.method.talk.questions import in_order
from data.queries.own_texts import library_text, reset_text
from data.records import Question, Tip
from data.store.store import Store
from data.text import danish_key
from screens.dialogs.ask import AskDialog
from screens.frame.context import Context
from screens.frame.reading import HeadingsScreen
from screens.frame.title import Title
from widgets.glyphs import glyphs
from widgets.grid import Grid, Row
from widgets.reading import HEADING, PLAIN, QUIET

Paragraph = tuple[str, str]
"""A kind (such as `HEADING`) and a text, as `ReadingPane.show` takes them."""
EDITABLE = ("sparring_culture", "about_scheme", "your_data")
"""Keys of the texts that a workplace may rewrite."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One heading of the library. `title` returns it in the user's language when it is shown."""

    key: str
    title: Callable[[], str]


def _text_shelf(key: str) -> Shelf:
    return Shelf(key, lambda: text_title(language(), key))


SHELVES = (
    _text_shelf("sparring_culture"),
    Shelf("questions", lambda: _("Questions in talks")),
    Shelf("tips", lambda: _("Tips")),
    Shelf("materials", lambda: _("Materials")),
    _text_shelf("about_scheme"),
    _text_shelf("your_data"),
    _text_shelf("first_start"),
)


class LibraryScreen(HeadingsScreen):
    """The headings of the library ("shelves"), and what belongs to the one under the cursor."""

    HELP_TOPIC = "library"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", N_("Edit")),
        Binding("x", "reset", N_("Restore library text"), show=False),
        Binding("b", "guide", N_("The guide")),
    ]

    def __init__(self, context: Context, shelf: str = "") -> None:
        super().__init__(context, shelf or context.positions.get("library", ("", ""))[0])

    def headline(self) -> Title:
        """Return the screen's name."""
        return Title(_("The library"))

    # -- showing ------------------------------------------------------------------------------

    @property
    def shelf(self) -> str:
        """The key of the heading under the cursor."""
        return self.headings.row_id

    def rows(self) -> list[Row]:
        """Return a row for each shelf."""
        return [Row(one.key, {"title": one.title()}) for one in SHELVES]

    def parts(self) -> Sequence[Paragraph]:
        """Return what is on the shelf under the cursor."""
        return shelf_parts(self.store, self.shelf)

    @on(Grid.Moved)
    def _moved(self) -> None:
        self.context.positions["library"] = (self.shelf, "")
        self.refresh_bindings()

    # -- keys -----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to edit a shelf only if the workplace may change what is on it."""
        if action == "edit":
            return self.shelf in (*EDITABLE, "questions", "tips")
        if action == "reset":
            return self.shelf in EDITABLE
        return super().check_action(action, parameters)

    def open_heading(self) -> None:
        """Open the list of questions or tips, or read what else is on the shelf."""
        if self.shelf in ("questions", "tips"):
            self.action_edit()
        else:
            self.action_other_side()

    def action_edit(self) -> None:
        """Open the list of questions or tips, or edit the text that is on the shelf."""
        if self.shelf == "questions":
            from screens.library.questions import QuestionsScreen

            self.app.push_screen(QuestionsScreen(self.context))
        elif self.shelf == "tips":
            from screens.library.tips import TipsScreen

            self.app.push_screen(TipsScreen(self.context))
        else:
            from screens.library.text import TextScreen

            self.app.push_screen(TextScreen(self.context, self.shelf))

    @work
    async def action_reset(self) -> None:
        """Put the library's own text in the place of the workplace's. It can be undone."""
        key = self.shelf
        reset = reset_text(self.store, key)
        if not reset:
            self.say(_("This is already the library's text"))
            return
        title = _("Restore the library's text?")
        if await self.app.push_screen_wait(AskDialog(title)):
            self.commit(reset, text_title(language(), key))

    def action_guide(self) -> None:
        """Open the guide."""
        from screens.library.guide import GuideScreen

        self.app.push_screen(GuideScreen(self.context))


# -- what is on each shelf ------------------------------------------------------------------------


def shelf_parts(store: Store, shelf: str) -> Sequence[Paragraph]:
    """Return what is on a shelf, as `ReadingPane.show` takes it; `shelf` is the shelf's key."""
    if shelf == "questions":
        return _question_parts(store)
    if shelf == "tips":
        return _tip_parts(store)
    if shelf == "materials":
        return _material_parts()
    if not shelf:
        return []
    shown = library_text(store, language(), shelf)
    state = _("Your workplace's version") if shown.own else _("Library text")
    if shelf in EDITABLE and not shown.own:
        state = _("Library text: e makes your own version")
    return [(HEADING, shown.title), (QUIET, state), (PLAIN, ""), (PLAIN, shown.text)]


def _question_parts(store: Store) -> list[Paragraph]:
    parts = [(HEADING, _("The guide's six, always there")), (PLAIN, "")]
    for number, step in enumerate(questions(language()).questions, 1):
        text = step.text.replace("{task}", "x")
        parts.append((PLAIN, f"{number} {text}"))
    parts += [(PLAIN, ""), (HEADING, _("Your own, asked after them"))]
    own = in_order(store.all(Question))
    for one in own:
        mark = glyphs("✓") if one.active else glyphs("○")
        parts.append((PLAIN if one.active else QUIET, f"{mark} {one.text}"))
    if not own:
        parts.append((QUIET, _("None yet: e adds one")))
    return parts


def _tip_parts(store: Store) -> list[Paragraph]:
    parts = [
        (HEADING, _("Tips")),
        (QUIET, _("Shown again with the next task of the same type. No names.")),
    ]
    by_type: dict[str, list[str]] = {}
    for tip in store.all(Tip):
        by_type.setdefault(tip.task_type, []).append(tip.text)
    for task_type in sorted(by_type, key=danish_key):
        parts += [(PLAIN, ""), (HEADING, task_type or _("Every task"))]
        parts += [(PLAIN, f"- {text}") for text in by_type[task_type]]
    if not by_type:
        parts += [(PLAIN, ""), (QUIET, _("None yet: e adds one"))]
    return parts


def _material_parts() -> list[Paragraph]:
    parts = [(HEADING, _("Materials")), (QUIET, _("Select an address with the mouse to copy it."))]
    for one in materials(language()):
        parts += [(PLAIN, ""), (HEADING, one.title), (PLAIN, one.about), (PLAIN, one.where)]
    return parts
