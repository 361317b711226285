"""The commands and pages of the whole program, for the list of commands on any screen.

What belongs to a mentee asks which, unless the cursor stands on one. A command that is about the
line under the cursor is not carried out from afar, on a line that nobody has seen: its screen
opens, and says which key does it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from textual.app import App
from textual.binding import Binding

from data.clock import today
from data.dates import mentorship_week
from data.i18n import N_, _, in_every_language
from data.method.all_mentors import sees_all_mentors
from data.method.visibility import shows_all
from data.queries.views import mentee_view, mentees
from screens.dialogs.pick import Item, PickDialog
from screens.frame.base import BaseScreen
from screens.frame.commands import why_not_offered
from screens.frame.everywhere import Everywhere
from screens.frame.keys import long_name
from screens.frame.places import PLACES, load
from screens.frame.proposed import BLANK, Proposed
from widgets.glyphs import dotted
from widgets.keys import key_label

HOME: Final = "home"
ALL_MENTORS: Final = "do('workplace')"
"""The command that opens the page of all mentors, which not everybody may see on a server."""
_AT_ONCE: Final = frozenset(
    {
        *("do('add')", "do('add_role')", "do('can_now')", "do('page')", "do('rhythm')"),
        *("do('round')", "do('held')", "do('filter')", "culture", "columns", "do('example')"),
        *("do('closed')", "do('notes')", "do('calendar')", "do('import_form')"),
        *("do('import_mentees')", "do('template')", "save_as_template", ALL_MENTORS),
    }
)
"""Commands that are not about the line under the cursor."""
_WAYS: Final = frozenset({"escape", "enter", "tab", "J", "K", "up", "down", "space", "slash"})
"""Keys with which one only moves about; they are no commands to look for."""
_SAID_OTHERWISE: Final = {
    "agreement": N_("expectations agreement alignment confidentiality contract"),
    "plan": N_("competence plan learning goals tasks sparring"),
    "talks": N_("conversations meetings calendar series"),
    "roles": N_("role matrix duties buddy manager"),
    "people": N_("contacts network introductions"),
    "actions": N_("actions agreements to do doubts questions answers case systems access"),
    "needs": N_("needs knowledge"),
    "overview": N_("progress status pointers"),
    "notes": N_("diary log history doubts praise feedback"),
    "closing": N_("document print export write closing learned letter"),
    "roles_page": N_("document print export write roles newcomer"),
    "status": N_("document print export write leader manager wishes"),
    "summary": N_("document print export write talk summary"),
    "held": N_("document print export write talk correct"),
    "do('prepare')": N_("document print export write talk questions"),
    "do('rhythm')": N_("how often weeks interval series"),
    "do('calendar')": N_("calendar outlook ics appointments dates"),
    "do('write')": N_("document print export"),
    ALL_MENTORS: N_("coordinator overview publish mentors"),
    "do('import_mentees')": N_("new mentees rows Excel CSV file list"),
    "do('template')": N_("template begin from copy earlier plan library rows"),
    "save_as_template": N_("template copy plan for others library"),
    "agree": N_("agreed updated together plan stamp initials"),
}
"""Other words for a page or command, by which it is found too (msgids)."""
DOCUMENT: Final = "document:"
"""The place of a document begins with this; the key of its kind follows."""
WRITE: Final = "write:"
"""The place of what is written at once begins with this; a choice of the form of `w` follows."""
PRINT: Final = "print"
"""In place of a choice: what the screen proposes, to the printer."""
_PAPER: Final = N_("document documents print printer paper export write Word PDF")
_FORM: Final = N_("blank empty form template fill in")
_WITH_PAGE: Final = frozenset({"can-now", "roles", "leader", "summary", "workplace", "mentors"})
"""Kinds of documents that have a page of their own."""
PAGES: Final = (
    ("notes", N_("All notes by day")),
    ("closing", N_("Can do now")),
    ("roles_page", N_("Who does what")),
    ("status", N_("Status for the manager")),
    ("summary", N_("Summary of the last talk")),
    ("held", N_("The last talk")),
)
"""Pages about a mentee that are none of its screens with a digit: name and title (msgid)."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A page of the program, or a command of one of its screens."""

    name: str
    place: str
    """The name of the page in `screens.frame.places`; `HOME` for the list of mentees."""
    title: str = ""
    """What the page of a command is called; what else it is, such as a page; or ""."""
    key: str = ""
    action: str = ""
    """The command; "" for the page itself."""
    msgids: tuple[str, ...] = ()
    says_what: bool = False
    """Whether the name of a command says what it is done with."""

    def item(self, id: str) -> Item:
        """Return it as an item to pick, found by its words in every language."""
        words = (text for msgid in self.msgids for text in in_every_language(msgid))
        found_by = (*words, said_otherwise(self.place), said_otherwise(self.action))
        return Item(id, self.name, dotted(self.title, self.key), " ".join(found_by))


def said_otherwise(name: str) -> str:
    """Return other words for a page or a command's action, in every language; "" for none."""
    return " ".join(in_every_language(_SAID_OTHERWISE.get(name, "")))


def everything_else(here: BaseScreen[Any], named: Collection[str] = ()) -> list[Elsewhere]:
    """Return all pages and commands but those of the screen that is in front.

    Nothing is there twice, nor what the user may not see: no page that a command of the screen in
    front opens by its name, and no command that only opens one of the pages, or does the same as
    one of the screen in front.

    Args:
        here: The screen in front.
        named: What its own commands are called.
    """
    pages = list(_pages())
    found = list(_commands(HOME, N_("Mentees"), type(here.app.screen_stack[0])))
    for place in PLACES:
        screen = load(place.name)
        if isinstance(screen, type):
            found += _commands(place.name, place.title, screen)
    titles = {one.name for one in pages}
    at_home = here is here.app.screen_stack[0]
    hidden = set() if sees_all_mentors(here.context.coordinates) else {ALL_MENTORS}
    return [
        *(one for one in pages if one.name not in named),
        *_papers(),
        *(
            one
            for one in found
            if one.place != (here.PLACE or None)
            and one.name not in titles
            and one.action not in hidden
            and not (one.name in named and (one.says_what or (at_home and one.place == HOME)))
        ),
    ]


def _pages() -> Iterator[Elsewhere]:
    for place in PLACES:
        yield Elsewhere(_(place.title), place.name, _("page"), place.key, msgids=(place.title,))
    for name, title in PAGES:
        yield Elsewhere(_(title), name, _("page"), msgids=(title,))


def _papers() -> Iterator[Elsewhere]:
    """Yield what is written or printed: documents, all of them at once, and blank forms."""
    # loaded when the list of commands is opened
    from data.documents.kinds import ALL, kinds

    for kind in kinds():
        if kind.key not in _WITH_PAGE:
            name, where = kind.label, f"{DOCUMENT}{kind.key}"
            yield Elsewhere(name, where, msgids=(kind.word, _PAPER))
    for kind in kinds():
        if kind.blank is not None:
            where, msgids = f"{WRITE}{BLANK}{kind.key}", (kind.word, _FORM, _PAPER)
            yield Elsewhere(kind.blank_name, where, msgids=msgids)
    readers = N_("Who can read what is written")
    yield Elsewhere(_(readers), f"{DOCUMENT}data", msgids=(readers, _PAPER))
    everything = N_("All documents, in one folder")
    yield Elsewhere(_(everything), f"{WRITE}{ALL}", msgids=(everything, _PAPER))
    on_paper = N_("Print document")
    yield Elsewhere(_(on_paper), f"{WRITE}{PRINT}", msgids=(on_paper, _PAPER))


def _commands(place: str, title: str, screen: type) -> Iterator[Elsewhere]:
    """Yield the commands that a class of screens declares itself, not those of every screen."""
    declared = [*vars(screen).get("BINDINGS", ()), *getattr(screen, "MORE_KEYS", ())]
    for one in Binding.make_bindings(declared):
        if is_command(one):
            msgids = (one.tooltip, one.description, title)
            name, key = long_name(one), key_label(one)
            yield Elsewhere(name, place, _(title), key, one.action, msgids, bool(one.tooltip))
    for msgid, action in getattr(screen, "WITHOUT_KEY", ()):
        yield Elsewhere(_(msgid), place, _(title), "", action, (msgid, title), says_what=True)


def is_command(one: Binding) -> bool:
    """Return whether a binding of a screen is a command of its own that one may look for."""
    common = {known.action for known in Binding.make_bindings(Everywhere.KEYS)}
    return bool(one.description) and one.action not in common and one.key not in _WAYS


async def open_elsewhere(screen: BaseScreen[Any], wanted: Elsewhere) -> None:
    """Open a page, and carry out its command or say which key does. Call it from a worker."""
    app = screen.app
    if wanted.place == HOME:
        _back_to_first(app)
    elif wanted.place.startswith(DOCUMENT):
        await _open_document(screen, wanted.place.removeprefix(DOCUMENT))
        return
    elif wanted.place.startswith(WRITE):
        await _write(screen, wanted.place.removeprefix(WRITE))
        return
    else:
        mentee_id = await _which_mentee(screen)
        if not mentee_id or not await _open_page(screen, wanted.place, mentee_id):
            return
    front = app.screen
    if not wanted.action or not isinstance(front, BaseScreen):
        return
    if wanted.action in _AT_ONCE:
        nodes = {one.binding.action: one.node for one in front.active_bindings.values()}
        await app.run_action(wanted.action, nodes.get(wanted.action, front))
    else:
        said = _("{key} does it on the line under the cursor: {command}")
        why = why_not_offered(front.commands, wanted.action)
        front.say(why or said.format(key=wanted.key, command=wanted.name))


async def _open_document(screen: BaseScreen[Any], what: str) -> None:
    """Open the page of a document; ask which mentee, where it is about one."""
    # loaded when first used
    from data.documents.kinds import kind_of
    from data.documents.model.source import About
    from data.documents.sources import default_talk

    kind, mentee_id, talk_id = kind_of(what), "", ""
    if kind.about in (About.MENTEE, About.TALK):
        mentee_id = await _which_mentee(screen)
        mentee = screen.context.mentee(mentee_id)
        if mentee is None:
            return
        if kind.about is About.TALK:
            talk = default_talk(screen.store, kind, mentee)
            if talk is None:
                screen.say(_("There is no talk that it could be about"))
                return
            talk_id = talk.id
    elif kind.about is About.EVERYBODY and not shows_all(screen.context.reader):
        screen.say(_("Other mentees are hidden in shared view: F6 exits it first"))
        return
    page = load("document")(screen.context, mentee_id, what, talk_id=talk_id)
    await screen.app.push_screen(page)


async def _write(screen: BaseScreen[Any], what: str) -> None:
    """Open the form of `w` with a choice; ask which mentee, where it is about one."""
    # loaded when first used
    from data.documents.kinds import ALL

    if what == PRINT:
        await load("write")(screen, prints=True)
        return
    mentee_id = ""
    if what == ALL:
        mentee_id = await _which_mentee(screen)
        if not mentee_id:
            return
    await load("write")(screen, Proposed(what, mentee_id))


def _back_to_first(app: App[Any]) -> None:
    """Leave one screen after the other, each as Esc leaves it."""
    while len(app.screen_stack) > 1 and isinstance(app.screen, BaseScreen):
        before = len(app.screen_stack)
        app.screen.action_back()
        if len(app.screen_stack) == before:
            return


async def _which_mentee(screen: BaseScreen[Any]) -> str:
    """Return the mentee that the cursor stands on, or else the one that is chosen; or ""."""
    here = screen.standing_on()[0]
    if here:
        return here
    if not shows_all(screen.context.reader):
        screen.say(_("Other mentees are hidden in shared view: F6 exits it first"))
        return ""
    found = mentees(screen.store)
    if not found:
        screen.say(_("There are no mentees yet"))
        return ""
    items = [Item(one.id, one.name, mentorship_week(one.start, today())) for one in found]
    dialog = PickDialog(_("Which mentee?"), items, placeholder=_("Type part of the name"))
    picked = await screen.app.push_screen_wait(dialog)
    return picked.id if picked else ""


async def _open_page(screen: BaseScreen[Any], place: str, mentee_id: str) -> bool:
    """Open a page about a mentee; return False, and say why, where there is none."""
    subject = mentee_id
    if place in {"summary", "held"}:
        mentee = screen.context.mentee(mentee_id)
        held = mentee_view(screen.store, mentee).held if mentee else ()
        if not held:
            screen.say(_("No talk has been held yet"))
            return False
        subject = held[-1].id
    await screen.app.push_screen(load(place)(screen.context, subject))
    return True
