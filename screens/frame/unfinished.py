"""Forms and cells that are being filled in are kept, so that a broken line loses none of them."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from textual.app import App

from data.records import Unfinished
from data.store.change import Change
from data.store.store import Store

SWEEP_SECONDS = 0.3
"""How long a form or cell is kept after its end, for the one who asked to commit what it says."""


def _session() -> str:
    return f"{platform.node()}:{os.getpid()}"


def _is_alive(session: str) -> bool:
    """Whether the process that fills it in still runs; one on another computer may."""
    computer, _colon, number = session.rpartition(":")
    if computer != platform.node():
        return True
    try:
        os.kill(int(number), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


class UnfinishedTexts:
    """What this session is filling in, and what sessions that died have left."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._own: dict[str, Unfinished] = {}
        self._ended: set[str] = set()

    def keep(self, key: str, texts: Mapping[str, str]) -> None:
        """Keep what the fields of a form, or a cell, hold now."""
        self._ended.discard(key)
        said = json.dumps(dict(texts), ensure_ascii=False)
        record = self._own.get(key)
        if record is None:
            record = self._own[key] = Unfinished(key=key, session=_session(), texts=said)
            self._store.commit([Change.created(record)], undoable=False)
        else:
            self._store.type_text(record, "texts", said)

    @property
    def has_open(self) -> bool:
        """Whether anything is being filled in that has not come to its end."""
        return bool(self._own.keys() - self._ended)

    def end(self, key: str) -> None:
        """Note that it was saved or given up; `sweep` then forgets it."""
        self._ended.add(key)

    def sweep(self) -> None:
        """Forget what has ended."""
        if not self._ended:
            return
        ended, self._ended = self._ended, set()
        for key in ended:
            self._own.pop(key, None)
        gone = [one for one in self._store.all(Unfinished) if one.key in ended and self._ours(one)]
        self._store.commit([Change.deleted(one) for one in gone], undoable=False)

    def left(self, prefix: str) -> dict[str, dict[str, str]]:
        """Return what dead sessions of this user left under keys with this beginning, by key."""
        found: dict[str, dict[str, str]] = {}
        for one in self._store.all(Unfinished):
            if one.key.startswith(prefix) and self._ours(one) and one.key not in self._own:
                with suppress(ValueError, AttributeError):
                    found[one.key] = {
                        str(key): str(value) for key, value in json.loads(one.texts).items()
                    }
        return found

    def _ours(self, one: Unfinished) -> bool:
        if one.session == _session():
            return True
        return one.changed_by == self._store.by and not _is_alive(one.session)


def forget_saved(app: App[Any]) -> None:
    """Forget the form or cell that has just been committed, sooner than `SWEEP_SECONDS`."""
    unfinished = unfinished_of(app)
    if unfinished is not None:
        unfinished.sweep()


def unfinished_of(app: App[Any]) -> UnfinishedTexts | None:
    """Return what the app keeps of forms and cells; None where it keeps nothing."""
    found = getattr(app, "unfinished", None)
    return found if isinstance(found, UnfinishedTexts) else None
