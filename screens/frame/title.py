"""The title line: where one is, the screens beside it, and whether all is saved."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer

from data.clock import now
from data.frozen import immutable
from data.i18n import _
from data.store.store import SaveState, Store
from widgets.bars import Tab, TitleBar

SLOW_SECONDS = 1.5
"""How long saving may take before the line says that it is going on."""
LONG_AGO_SECONDS = 3
"""“Saving …” is shown only if the last save is older than this."""


@immutable
class Title:
    """What a screen puts into its title line."""

    text: str
    short: str = ""
    """Stands there instead where there is too little room."""
    tabs: tuple[Tab, ...] = ()


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

    def show(self, title: Title, *, shared: bool) -> None:
        """Show a title; `shared` says in front of it that nothing private is on the screen."""
        if shared:
            mark = _("SHARED VIEW")
            short = title.short and f"{mark} · {title.short}"
            title = Title(f"{mark} · {title.text}", short, title.tabs)
        self._title = title
        state = self._store.status.state
        if state is SaveState.SAVING:
            self._look_again_later()
        failed = state is SaveState.FAILED
        self._draw(_("NOT SAVED") if failed else self._last_saved(), alarm=failed)

    def _draw(self, saved: str, *, alarm: bool = False) -> None:
        title = self._title
        self.bar.show(title.text, title.tabs, saved, alarm=alarm, short=title.short)

    def _last_saved(self) -> str:
        at = self._store.status.at
        return _("Saved {time}").format(time=at.strftime("%H:%M")) if at else ""

    def _look_again_later(self) -> None:
        """Say "Saving" only when it is slow, so that typing does not repaint the line."""
        if self._later is None:
            self._later = self._set_timer(SLOW_SECONDS, self._say_saving)

    def _say_saving(self) -> None:
        self._later = None
        status = self._store.status
        if status.state is SaveState.SAVING:
            if status.at is None or (now() - status.at).total_seconds() > LONG_AGO_SECONDS:
                self._draw(_("Saving …"))
            self._look_again_later()
