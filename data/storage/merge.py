"""Merging a change into a document that another session has changed too. Pure functions.

A field that only one side has changed is taken from that side. If both have changed it, then

- objects are merged key by key,
- lists by what each side has added and taken out,
- long texts by words, see `data.merge_text`,
- fields that are one decision are taken from the file, all of them,
- and of other values the one in the file stays; a `Clash` has the one that was to be written.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any

from data.frozen import changing, immutable
from data.storage.protocol import BOOKKEEPING, NO_RULES, Clash, Doc, DocChange, Rules

_ABSENT: Any = object()


@changing
class Merged:
    """What a merge came to."""

    after: Doc | None
    """The document as it is to be written; None if it is deleted."""
    clashes: list[Clash] = field(default_factory=list)
    """The fields that clashed."""


def merge(
    change: DocChange, current: Doc | None, rules: Rules = NO_RULES, gone_by: str = ""
) -> Merged:
    """Merge a change into a document.

    Args:
        change: The change, from the document as its session saw it.
        current: The document as the file holds it now; None if it holds none.
        rules: The rules of its table.
        gone_by: The login name of the one who deleted the document, if somebody did.

    Returns:
        What is to be written. Its document is `current` itself if nothing is.
    """
    before, after = change.before, change.after
    if current is before or current == before:
        return Merged(next_rev(after, current))
    if current == after:
        return Merged(current)
    if after is None:
        return _merge_deletion(change, current)
    if current is None:
        return into_nothing(change, gone_by)
    fields = _Fields(change, str(current.get("changed_by", "")))
    decided = _decided(rules, change, current)
    doc = dict(current)
    for name in {**(before or {}), **after}:
        three = _Three(*(side.get(name, _ABSENT) for side in (before or {}, after, current)))
        of_first = before is None and name in rules.moments and name in current
        if name not in BOOKKEEPING and three.is_mine and not of_first:
            _put(doc, name, fields.merged(name, three, rules, decided=name in decided))
    if doc != current:
        doc.update({name: after[name] for name in BOOKKEEPING if name in after})
        if before is None and "created_at" in current:
            doc["created_at"] = current["created_at"]  # both sides made it: theirs was first
        return Merged(next_rev(doc, current), fields.clashes)
    return Merged(current, fields.clashes)


def _decided(rules: Rules, change: DocChange, current: Doc) -> set[str]:
    """Return the fields of decisions that were made in the file, and otherwise than here."""
    before, after = change.before or {}, change.after or {}

    def differs(one: Doc, other: Doc, names: frozenset[str]) -> bool:
        return any(one.get(name) != other.get(name) for name in names)

    return {
        name
        for names in rules.decisions
        if differs(current, before, names) and differs(current, after, names)
        for name in names
    }


def _put(doc: Doc, name: str, value: Any) -> None:
    if value is _ABSENT:
        doc.pop(name, None)
    else:
        doc[name] = value


def next_rev(after: Doc | None, current: Doc | None) -> Doc | None:
    """Return the document with a revision that is one more than the one in the file."""
    if after is None or current is None or "rev" not in after:
        return after
    rev = current.get("rev", 0)
    wanted = rev + 1 if isinstance(rev, int) else after["rev"]
    return after if after["rev"] == wanted else {**after, "rev": wanted}


def _merge_deletion(change: DocChange, current: Doc | None) -> Merged:
    """Delete a document, unless somebody has written in it since it was seen."""
    if current is None or change.before is None:
        return Merged(current)
    changed = [
        name
        for name in {**change.before, **current}
        if name not in BOOKKEEPING and change.before.get(name) != current.get(name)
    ]
    if not changed:
        return Merged(None)
    by = str(current.get("changed_by", ""))
    return Merged(
        current,
        [
            Clash(change.table, change.id, name, None, current.get(name), by, merged=False)
            for name in changed
        ],
    )


def into_nothing(change: DocChange, gone_by: str) -> Merged:
    """Report what was to be written into a document that has been deleted."""
    before, after = change.before or {}, change.after or {}
    return Merged(
        None,
        [
            Clash(change.table, change.id, name, value, None, gone_by, merged=False)
            for name, value in after.items()
            if name not in BOOKKEEPING and before.get(name) != value
        ],
    )


@immutable
class _Three:
    """One value three times: before the change, after it, and in the file."""

    base: Any
    mine: Any
    theirs: Any

    @property
    def is_mine(self) -> bool:
        """Whether the change touches it, and the file does not have the new value already."""
        return self.mine not in (self.base, self.theirs)

    def all_are(self, kind: type) -> bool:
        """Return whether all three are of a type. A value that is absent counts as one that is."""
        return all(value is _ABSENT or isinstance(value, kind) for value in self._values())

    def _values(self) -> tuple[Any, Any, Any]:
        return self.base, self.mine, self.theirs

    def filled(self, empty: Any) -> tuple[Any, Any, Any]:
        """Return the three values, with `empty` for those that are absent."""
        base, mine, theirs = (empty if value is _ABSENT else value for value in self._values())
        return base, mine, theirs


@changing
class _Fields:
    """Merges the fields of one document and gathers the clashes."""

    change: DocChange
    by: str
    """The login name of the one who wrote the document in the file."""
    clashes: list[Clash] = field(default_factory=list)

    def merged(
        self, name: str, three: _Three, rules: Rules = NO_RULES, *, decided: bool = False
    ) -> Any:
        """Return what becomes of a field that the change touches.

        `decided`: the decision that it is part of has been made in the file.
        """
        if decided:
            self._clash(name, three, merged=False)
            return three.theirs
        if three.theirs == three.base:
            return three.mine
        if three.all_are(dict):
            return self._objects(name, three)
        if three.all_are(list):
            return merge_lists(*three.filled([]))
        if name in rules.texts and three.all_are(str):
            from data.merge_text import merge_text  # loaded when two wrote in one text

            text, met = merge_text(*three.filled(""))
            if met:
                self._clash(name, three, merged=True)
            return text
        self._clash(name, three, merged=False)
        return three.theirs

    def _objects(self, name: str, three: _Three) -> Doc:
        base, mine, theirs = three.filled({})
        result = dict(theirs)
        for key in {**base, **mine}:
            within = _Three(*(side.get(key, _ABSENT) for side in (base, mine, theirs)))
            if within.is_mine:
                _put(result, key, self.merged(f"{name}.{key}", within))
        return result

    def _clash(self, name: str, three: _Three, *, merged: bool) -> None:
        mine, theirs = (None if v is _ABSENT else v for v in (three.mine, three.theirs))
        self.clashes.append(
            Clash(self.change.table, self.change.id, name, mine, theirs, self.by, merged)
        )


def merge_lists(base: list[Any], mine: list[Any], theirs: list[Any]) -> list[Any]:
    """Return their list, without what I have taken out and with what I have added at its end."""
    gone = [value for value in base if value not in mine]
    merged = [value for value in theirs if value not in gone]
    return merged + [value for value in mine if value not in base and value not in merged]
