"""What is on each shelf of the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.i18n import _, language
from data.library import materials, questions, text_title
from data.method.talk.questions import in_order
from data.queries.own_texts import library_text
from data.records import Question, Tip
from data.store.store import Store
from data.text import danish_key
from widgets.glyphs import glyphs
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
