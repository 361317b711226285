"""What is on each shelf of the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.dates import show_date
from data.i18n import _, language
from data.library import STEPS, materials, questions, text_title
from data.library.rolematrix import built_in_duties
from data.library.shared import SharedQuestion, shared
from data.method.talk.questions import in_order
from data.queries.own_texts import LibraryText, library_text
from data.queries.tips import shared_tips
from data.records import Question, Tip
from data.store.store import Store
from data.text import danish_key
from screens.library import template_shelf
from widgets.glyphs import dotted, glyphs
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
WORKPLACE = Shelf("workplace", lambda: _("The workplace's library"))
"""What the library of the workplace is, and what it gives that has no shelf of its own."""


TEMPLATES = Shelf(template_shelf.KEY, lambda: _("Templates of plans"))


def shelves() -> Sequence[Shelf]:
    """Return the shelves; more where there are templates, and where the workplace has a library."""
    templates = (TEMPLATES,) if template_shelf.has_templates() else ()
    return (*SHELVES, *templates, *(() if shared() is None else (WORKPLACE,)))


def shelf_parts(store: Store, shelf: str) -> Sequence[Paragraph]:
    """Return what is on a shelf, as `ReadingPane.show` takes it; `shelf` is the shelf's key."""
    lists: dict[str, Callable[[Store], Sequence[Paragraph]]] = {
        "questions": _question_parts,
        "tips": _tip_parts,
        "materials": lambda _store: _material_parts(),
        TEMPLATES.key: template_shelf.template_parts,
        WORKPLACE.key: lambda _store: _workplace_parts(),
    }
    if shelf in lists:
        return lists[shelf](store)
    if not shelf:
        return []
    shown = library_text(store, language(), shelf)
    return [(HEADING, shown.title), (QUIET, _state(shown)), (PLAIN, ""), (PLAIN, shown.text)]


def where_from() -> str:
    """Return the words for what comes from the workplace's library: "from Jobcenter Nordby"."""
    library = shared()
    return _("from {workplace}").format(workplace=library.name if library else "")


def heading_of_shared() -> str:
    """Return the heading over what comes from the workplace's library."""
    library = shared()
    return _("From {workplace}").format(workplace=library.name if library else "")


def _state(shown: LibraryText) -> str:
    """Return whose wording of a text it is, and which key makes it one's own."""
    library = shared()
    if library is not None and shown.key in library.texts:
        text = _("From {workplace}: e makes your own version")
        if shown.own:
            text = _("Your own version; {workplace} has one too, which x restores")
        return text.format(workplace=library.name)
    if shown.own:
        return _("Your workplace's version")
    if shown.key in EDITABLE:
        return _("Library text: e makes your own version")
    return _("Library text")


def _question_parts(store: Store) -> list[Paragraph]:
    parts = [(HEADING, _("The guide's six, always there")), (PLAIN, "")]
    worded = reworded()
    for number, step in enumerate(questions(language()).questions, 1):
        text = step.text.replace("{task}", "x")
        parts.append((PLAIN, f"{number} {text}"))
        if step.key in worded:
            parts.append((QUIET, f"  {where_from()}"))
    added = added_questions()
    if added:
        parts += [(PLAIN, ""), (HEADING, heading_of_shared())]
        parts += [(PLAIN, f"{glyphs('✓')} {one.text}") for one in added]
    parts += [(PLAIN, ""), (HEADING, _("Your own, asked after them"))]
    own = in_order(store.all(Question))
    for one in own:
        mark = glyphs("✓") if one.active else glyphs("○")
        parts.append((PLAIN if one.active else QUIET, f"{mark} {one.text}"))
    if not own:
        parts.append((QUIET, _("None yet: e adds one")))
    return parts


def reworded() -> frozenset[str]:
    """Return the keys of the built-in steps whose question the workplace's library words anew."""
    library = shared()
    return frozenset(one.key for one in library.questions if one.text) if library else frozenset()


def added_questions() -> Sequence[SharedQuestion]:
    """Return the questions that the workplace's library adds."""
    library = shared()
    return [one for one in library.questions if one.key not in STEPS] if library else []


def _tip_parts(store: Store) -> list[Paragraph]:
    parts = [
        (HEADING, _("Tips")),
        (QUIET, _("Shown again with the next task of the same type. No names.")),
    ]
    by_type: dict[str, list[Paragraph]] = {}
    for tip in store.all(Tip):
        by_type.setdefault(tip.task_type, []).append((PLAIN, f"- {tip.text}"))
    of_workplace: dict[str, list[Paragraph]] = {}
    for one in shared_tips(store):
        of_workplace.setdefault(one.type, []).append((PLAIN, f"- {one.text}"))
    for task_type, found in of_workplace.items():
        by_type[task_type] = [*by_type.get(task_type, []), (QUIET, heading_of_shared()), *found]
    for task_type in sorted(by_type, key=danish_key):
        parts += [(PLAIN, ""), (HEADING, task_type or _("Every task"))]
        parts += by_type[task_type]
    if not by_type:
        parts += [(PLAIN, ""), (QUIET, _("None yet: e adds one"))]
    return parts


def _material_parts() -> list[Paragraph]:
    parts = [(HEADING, _("Materials")), (QUIET, _("y: copy all of it, each address in full."))]
    library = shared()
    of_workplace = {one.key for one in library.materials} if library else set()
    for one in materials(language()):
        parts += [(PLAIN, ""), (HEADING, one.title)]
        parts += [(PLAIN, text) for text in (one.about, one.where) if text]
        if one.key in of_workplace:
            parts.append((QUIET, where_from()))
    return parts


def _workplace_parts() -> list[Paragraph]:
    """Return what the library is, and its duties and rhythms."""
    library = shared()
    if library is None:
        return []
    version = _("Version {version}").format(version=library.version)
    said = dotted(version, show_date(library.date) if library.date else "")
    parts = [(HEADING, library.name), (QUIET, said)]
    if library.contact:
        parts.append((PLAIN, library.contact))
    built_in = {one.key: one.text for one in built_in_duties(language())}
    lists = (
        (_("Duties"), [one.text or built_in.get(one.key, "") for one in library.duties]),
        (_("Duties left out"), [built_in.get(key, "") for key in library.left_out]),
        (_("Rhythms of talks"), [one.title for one in library.rhythms]),
    )
    for title, texts in lists:
        if any(texts):
            parts += [(PLAIN, ""), (HEADING, title)]
            parts += [(PLAIN, f"- {text}") for text in texts if text]
    return parts
