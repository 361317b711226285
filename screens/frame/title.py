"""The title line: where one is, the screens beside it, and whether all is saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from time import monotonic

from textual.timer import Timer

from data.frozen import immutable
from data.i18n import _
from data.store.store import SaveState, Store
from widgets.bars import Tab, TitleBar

SLOW_SECONDS = 1.5
"""How long nothing may have been saved of what waits, before the line says so.

It is less than the time for which letters are kept from the screen when the disk hangs: they are
never seen under words that say they are saved.
"""


@immutable
class Title:
    """What a screen puts into its title line."""

    text: str
    short: str = ""
    """Stands there instead where there is too little room."""
    tabs: tuple[Tab, ...] = ()
    about: str = ""
    """Whom or what the screen is about: all that is said of the title, where it also names the
    screen, or has a time in it. What is said should change as seldom as it can."""
    place: str = ""
    """The name of the screen, which is then said when one comes to it."""


class TitleLine:
    """Keeps the title line true: the screen's title, and how far saving has come."""

    def __init__(
        self, store: Store, set_timer: Callable[[float, Callable[[], None]], Timer]
    ) -> None:
        """`set_timer` calls a function after a number of seconds, as a widget's own does."""
        self.bar = TitleBar()
        self._store = store
        self._set_timer = set_timer
        self._later: Timer | None = None
        self._title = Title("")
        self._waits_since: float | None = None
        """By the monotonic clock; None where nothing waits to be saved."""
        self._saved_at: datetime | None = None

    def show(self, title: Title, *, shared: bool) -> None:
        """Show a title; `shared` says in front of it that nothing private is on the screen."""
        if shared:
            mark = _("SHARED VIEW")
            short = title.short and f"{mark} · {title.short}"
            about = title.about and f"{mark} · {title.about}"
            title = Title(f"{mark} · {title.text}", short, title.tabs, about, title.place)
        self._title = title
        self._draw()

    @property
    def spoken(self) -> tuple[str, str]:
        """What is said of the screen: whom or what it is about, and its name, or ""."""
        return self._title.about or self._title.text, self._title.place

    @property
    def in_words(self) -> str:
        """How far saving has come, in a sentence."""
        said, alarm = self._how_far()
        if self._store.unsaved or alarm:
            # When something else was saved last says nothing of what waits.
            return said if alarm else _("Being saved")
        return f"{_('Everything is saved')}. {said}".strip(". ") + "."

    def _draw(self) -> None:
        title, (said, alarm) = self._title, self._how_far()
        self.bar.show(title.text, title.tabs, said, alarm=alarm, short=title.short)

    def _how_far(self) -> tuple[str, bool]:
        """Return what is said of saving, and whether it is an alarm."""
        status = self._store.status
        if status.state is SaveState.FAILED:
            return _("NOT SAVED"), True
        if self._waited() >= SLOW_SECONDS:
            on_server = self._store.on_server
            return _("Waiting for the server") if on_server else _("Waiting for the disk"), True
        return _("Saved {time}").format(
            time=status.at.strftime("%H:%M")
        ) if status.at else "", False

    def _waited(self) -> float:
        """Return for how many seconds nothing has been saved of what waits; looks again later."""
        status = self._store.status
        if status.state is not SaveState.SAVING:
            self._waits_since = None
            return 0.0
        if self._waits_since is None or status.at != self._saved_at:
            self._waits_since, self._saved_at = monotonic(), status.at
        waited = monotonic() - self._waits_since
        if self._later is None and waited < SLOW_SECONDS:
            self._later = self._set_timer(SLOW_SECONDS - waited, self._look_again)
        return waited

    def _look_again(self) -> None:
        """Say it only when it is slow, so that typing does not repaint the line."""
        self._later = None
        if self._store.status.state is SaveState.SAVING:
            self._draw()
