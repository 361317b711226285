"""Today after an absence: many lines of one sort share one, which is seen to as one (R3).

A mentor who was away for weeks finds what waited as a few lines that can be taken one by one, and
not as a wall of them. The first screen shows them; each is opened there into its own lines.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from data.dates import show_date
from data.frozen import immutable
from data.i18n import _, language, ngettext
from data.method.today.rows import Due, DueKind

FOLD_FROM: Final = 16
"""With so many lines on Today, those of one sort are folded."""
_FOR_ALL: Final = frozenset({DueKind.EARLIER})
"""Kinds that have one line for a mentee: two of them share one line for all mentees."""


@immutable
class Fold:
    """Several rows of Today that are shown as one."""

    key: str
    dues: tuple[Due, ...]
    """The rows, at least two, all of one kind."""
    mentee_id: str
    """Id of the mentee that all are about; "" if they are about several."""

    @property
    def first(self) -> Due:
        """The row that comes first on the list, in whose place the fold stands."""
        return self.dues[0]

    @property
    def who(self) -> str:
        """Who it is about: the mentee's name, or how many mentees."""
        if self.mentee_id:
            return self.first.mentee
        number = len({due.mentee_id for due in self.dues})
        return ngettext("{number} mentee", "{number} mentees", number).format(number=number)

    @property
    def what(self) -> str:
        """What the rows are: "Duty (5)"."""
        return f"{self.first.label} ({len(self.dues)})"

    @property
    def why(self) -> str:
        """Since when they are on the list, and how to see them; without blame."""
        days = [due.on for due in self.dues if due.on]
        first, last = min(days, default=None), max(days, default=None)
        if first is None or last is None or first == last:
            return _("Enter shows each of them.")
        return _since(first, last, language())


@lru_cache(maxsize=512)
def _since(first: date, last: date, _language: str) -> str:
    """Return the sentence about a fold with these days. It is kept: many folds have the same."""
    text = _("From {first} to {last}; Enter shows each of them.")
    return text.format(first=show_date(first), last=show_date(last))


_Sort = tuple[str, str]
"""What the rows of one fold share: their kind and mentee; for a row by itself "" and its key."""


def folded(dues: Sequence[Due], opened: Collection[str] = ()) -> Iterator[Due | Fold]:
    """Yield the rows as the list shows them, each fold in the place of its first row.

    Rows of one kind about one mentee are folded where there are many rows in all; duties from
    before a mentee was entered are folded for all mentees in any case.

    Args:
        dues: The rows, in their order.
        opened: Keys of the folds that the user has opened: their rows follow them.
    """
    for line in _grouped(dues, many=len(dues) >= FOLD_FROM):
        yield line
        if isinstance(line, Fold) and line.key in opened:
            yield from line.dues


def folded_of_many(dues: Iterable[Due]) -> Iterator[Due | Fold]:
    """Yield some of the rows as a list of many shows them; `folded` has the rest.

    What may share a line has to be among them: all rows about a mentee, but for those that
    `is_for_all`, of which all are needed.
    """
    return _grouped(dues, many=True)


def folded_for_all(dues: Iterable[Due]) -> Iterator[Due | Fold]:
    """Yield the rows where nothing can be opened: only those with one line for all are folded."""
    return _grouped(dues, many=False)


def is_for_all(due: Due) -> bool:
    """Return whether a row may share a line with rows about other mentees."""
    return due.kind in _FOR_ALL


def _grouped(dues: Iterable[Due], *, many: bool) -> Iterator[Due | Fold]:
    groups: dict[_Sort, list[Due]] = {}
    for due in dues:
        groups.setdefault(_sort_of(due, many=many), []).append(due)
    for (kind, mentee_id), group in groups.items():
        if len(group) == 1 or not kind:
            yield from group
            continue
        key = f"fold:{kind}:{mentee_id}" if mentee_id else f"fold:{kind}"
        about = {due.mentee_id for due in group}
        yield Fold(key=key, dues=tuple(group), mentee_id=about.pop() if len(about) == 1 else "")


def _sort_of(due: Due, *, many: bool) -> _Sort:
    """Return what a row shares with those that it is folded with."""
    if is_for_all(due):
        return due.kind, ""
    return (due.kind, due.mentee_id) if many else ("", due.key)
