"""The notice line: what just happened, how a text is understood, why nothing can be saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from textual.screen import ModalScreen, Screen

from data.dates import show_date
from data.i18n import _
from data.queries.clash_words import what_became
from data.records import Mentee
from data.storage.problems import NoticeKind
from data.storage.protocol import Clash
from data.store.conflicts import needs_conflict
from data.store.hold import OnHold
from data.store.store import Event, SaveState, Store
from widgets.bars import NoticeBar

WHILE_EDITING = 1_000
"""Keys that a hint about an edit under way outlasts."""
UNTIL_SEEN = 20
"""Keys that the notice of a clash outlasts: somebody may be typing while it comes."""
UNTIL_SAVED = 1_000_000
"""Keys that the reason why nothing can be saved outlasts."""


def is_typing(screen: Screen[Any]) -> bool:
    """Whether keys go into a text just now.

    It asks for the names of the classes: a start is not to wait until `TextArea` is loaded.
    """
    names = {kind.__name__ for kind in type(screen.focused).__mro__}
    return bool(names & {"Input", "TextArea"})


class Notices:
    """Says things in the notice line, and knows when each may go."""

    def __init__(self, store: Store) -> None:
        self.bar = NoticeBar()
        self._store = store
        self._keys_left = 0
        """How many more keys the notice stays for."""
        self._still: Callable[[], bool] | None = None
        """Whether what the line says is so yet; None where that cannot change."""
        self._in_trouble = False
        """Whether the line says why nothing can be saved."""
        self._has_told = False
        """Whether the line says what the user has not asked for and is to know."""
        self._of_clash = ""
        """What the line said of a clash that can be opened; "" for nothing."""

    @property
    def leads_to_clash(self) -> bool:
        """Whether the line tells of a clash, which Enter then opens: only while that is read."""
        return bool(self._of_clash) and self.bar.text == self._of_clash

    def say(
        self, text: str, *, problem: bool = False, still: Callable[[], bool] | None = None
    ) -> None:
        """Say something; it stays for the next key and goes with the one after it.

        `still` tells whether it is so yet: what somebody else has changed may have ended it.
        """
        self._keys_left, self._still = 1, still
        self._has_told = False
        self.bar.show(text, problem=problem)

    def hint(self, text: str, *, problem: bool = False) -> None:
        """Say something about the edit under way; it stays until the edit says something else."""
        self._keys_left, self._still = WHILE_EDITING if text else 0, None
        self._has_told = False
        self.understood(text, problem=problem)

    def understood(self, text: str, *, problem: bool = False) -> None:
        """Say how what is being typed is understood, or what is wrong with it."""
        self.bar.show(text, problem=problem, passing=not problem, about_typing=True)

    def hush(self) -> None:
        """Let a notice go at once, unless it says why nothing can be saved."""
        if self.bar.text and not self._in_trouble:
            self._has_told = False
            self.bar.show("")

    def refuse(self, why: OnHold) -> None:
        """Say that nothing is deleted while there is a hold."""
        self.say(str(why), problem=True, still=partial(self._store.refusals.holds, why))

    def look_again(self) -> None:
        """Let a notice go that is not so any more: the records have changed."""
        if self._still is not None and not self._still():
            self._still = None
            self.hush()

    def key_pressed(self) -> None:
        """Let a notice go when the user has gone on."""
        if self.bar.text:
            self._keys_left -= 1
            if self._keys_left < 0:
                self._has_told = False
                self.bar.show("")

    def tell_clash(
        self, clashes: Sequence[Clash], front: Screen[Any] | None, *, typing: bool = False
    ) -> None:
        """Say that somebody else changed the same, and what has become of it.

        While somebody is `typing`, or a dialog is in `front` and says it too, keys go there; so it
        says that `!` shows it afterwards.
        """
        typing = typing or isinstance(front, ModalScreen)
        both = _("{name} edited the same text at the same time. Both are kept; Enter shows them.")
        if typing:
            both = _(
                "{name} edited the same text at the same time. Both are kept; Esc ! shows them."
            )
        if self._store.lost_access.why_nobody and all(_is_into_nothing(one) for one in clashes):
            both = _("You have no access to it any more. Your text is kept; ! shows it.")
        leads = any(map(needs_conflict, clashes))
        said = what_became(self._store, clashes, both if leads else "")
        if self._has_told and not self.leads_to_clash:  # such as that the server is another one
            said = f"{self.bar.text} {said}"
        if leads:
            self.tell(said, front)
        else:
            self.say(said)
            self._has_told = bool(said)
        self._of_clash = said if leads else ""

    def tell_replaced(self, event: Event, front: Screen[Any] | None) -> None:
        """Say that the file was replaced, or what else became of it.

        That is said as when it is opened; of a backup that was restored, when it was changed last.
        """
        when = ""
        with suppress(ValueError):
            last = datetime.fromisoformat(event.changed_last)
            when = f"{show_date(last.date())} {last:%H:%M}"
        said = _(
            "A backup was restored: everything is as it was {when}. What you are typing is kept."
        )
        said = said.format(when=when).replace("  ", " ")
        if event.notices:
            said = " ".join(map(str, event.notices))
        self.tell(said, front)

    def tell_deleted(self, event: Event, front: Screen[Any] | None) -> None:
        """Say who has deleted a mentee for good."""
        for one in event.for_good:
            for _id, name in one.mentees:
                said = _("{by} has deleted {name} for good.")
                said = said.format(by=one.who or one.by, name=name)
                if one.by == self._store.by:
                    said = _("{name} has been deleted for good.").format(name=name)
                self.tell(said, front)

    def tell(self, text: str, front: Screen[Any] | None) -> None:
        """Say what the user has not asked for and is to know; it stays for many keys.

        It is said in `front` too, if that is a dialog that covers the line.
        """
        self.say(text)
        self._keys_left, self._has_told = UNTIL_SEEN, True
        tell = getattr(front, "say", None) if isinstance(front, ModalScreen) else None
        if callable(tell):
            tell(text)

    def tell_trouble(self) -> None:
        """Say why nothing can be saved, until it can be again."""
        status = self._store.status
        if status.state is SaveState.FAILED:
            self._in_trouble, self._has_told = True, False
            self._keys_left = UNTIL_SAVED
            why = status.problem.while_waiting if status.problem is not None else ""
            self.bar.show(_("Not saved: {why}").format(why=why), problem=True)
        elif status.state is SaveState.SAVED and self._in_trouble:
            self._in_trouble = False
            if not self._has_told:  # what has come with it matters more: the title says "saved"
                self.say(_("Saving works again; nothing was lost"))


def told_to(event: Event, about: str, *, names_all: bool) -> Event:
    """Return an event without notices that name another mentee than the one who looks on.

    Args:
        event: The event.
        about: The id of the mentee whom the screen is about.
        names_all: Whether all mentees may be named there.
    """
    own = (Mentee.table, about)
    notices = tuple(
        one
        for one in event.notices
        if names_all or one.kind is not NoticeKind.ROLE_ENDED or own in one.records
    )
    return event if notices == event.notices else replace(event, notices=notices)


def _is_into_nothing(clash: Clash) -> bool:
    """Whether what was written has no place any more, and nobody is known to have deleted it."""
    return clash.theirs is None and not clash.by
