"""What is said of saving to somebody who asks: never that something is saved which waits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from data.i18n import _
from data.records import Mentee
from data.store.change import Change
from data.store.opening import open_store
from screens.frame.title import TitleLine


def test_what_waits_is_not_said_to_be_saved(tmp_path: Path) -> None:
    def later(_seconds: float, _then: Any) -> Any:
        return None

    opened = open_store(tmp_path / "mentor.json", by="bodil", threaded=True)
    try:
        title = TitleLine(opened.store, later)
        opened.store.commit([Change.created(Mentee(name="Ida"))])
        assert opened.store.unsaved
        assert title.in_words == _("Being saved")
        assert opened.store.flush()
        assert title.in_words.startswith(_("Everything is saved"))
        opened.store.commit([Change.created(Mentee(name="Bo"))])
        assert opened.store.unsaved
        assert title.in_words == _("Being saved")
    finally:
        opened.close()
