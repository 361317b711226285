"""What is newer in the folder of the library than in the copy in use, entry by entry. Pure.

People and tips are taken by themselves (`renewed`), and with them what the library is called. All
else is offered, and taken or kept one by one (`taken`, `keeping`). What was kept is not offered
again until it says something else.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Final

from data.digest import sha256
from data.frozen import immutable
from data.workplace.entries import Entry, Kind, Library, version_numbers

Name = tuple[Kind, str]
"""Kind and key of an entry."""

BY_THEMSELVES: Final = frozenset({Kind.PERSON, Kind.TIP})
"""The kinds whose changes nobody is asked about."""
_GONE: Final = "gone"
"""What stands for the words of an entry that is no longer in the folder."""


class What(StrEnum):
    """What has become of an entry."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@immutable
class Difference:
    """An entry that the folder and the copy in use do not have alike. One of the two has it."""

    before: Entry | None
    """As it is in use; None where it is new."""
    after: Entry | None
    """As it is in the folder; None where it is gone."""

    @property
    def entry(self) -> Entry:
        """The entry as the folder has it, or else as it is in use."""
        found = self.after or self.before
        assert found is not None, "a difference has a before or an after"  # noqa: S101
        return found

    @property
    def name(self) -> Name:
        """Kind and key of the entry."""
        return self.entry.name

    @property
    def what(self) -> What:
        """What has become of it."""
        if self.before is None:
            return What.NEW
        return What.CHANGED if self.after is not None else What.GONE

    @property
    def digest(self) -> str:
        """What tells these words of the folder from any others, to know again what was kept."""
        return digest(self.after)


def digest(entry: Entry | None) -> str:
    """Return a short checksum of what an entry says; None is one that is not there."""
    if entry is None:
        return _GONE
    text = json.dumps(entry.values, sort_keys=True, ensure_ascii=False, default=str)
    return sha256(text.encode("utf-8", "surrogatepass")).hex()[:16]


def name_text(name: Name) -> str:
    """Return kind and key as one text: "questions/wellbeing"."""
    return f"{name[0]}/{name[1]}"


def differences(used: Library, folder: Library) -> tuple[Difference, ...]:
    """Return how the folder differs from what is in use: in its order, and last what is gone.

    Args:
        used: The copy in use.
        folder: The library as the folder has it.
    """
    before, after = used.by_name(), folder.by_name()
    found = [Difference(before.get(name), one) for name, one in after.items()]
    found += [Difference(one, None) for name, one in before.items() if name not in after]
    return tuple(one for one in found if not _is_same(one))


def _is_same(one: Difference) -> bool:
    return one.before is not None and one.after is not None and one.before.says_as(one.after)


def goes_back(used: Library, folder: Library) -> bool:
    """Whether the folder has an older version than the one in use."""
    return version_numbers(folder.version) < version_numbers(used.version)


def offered(used: Library, folder: Library, kept: Mapping[str, str]) -> tuple[Difference, ...]:
    """Return what the mentor is to be asked about.

    Where the folder has gone back to an older version nothing is taken by itself, and so people
    and tips are among it.

    Args:
        used: The copy in use.
        folder: The library as the folder has it.
        kept: What was kept before: `name_text` -> `Difference.digest`.
    """
    by_itself = frozenset() if goes_back(used, folder) else BY_THEMSELVES
    return tuple(
        one
        for one in differences(used, folder)
        if one.entry.kind not in by_itself and kept.get(name_text(one.name)) != one.digest
    )


def renewed(used: Library, folder: Library) -> Library:
    """Return the copy with what is taken by itself: people, tips, and what the library is called.

    An older version brings nothing by itself.
    """
    if goes_back(used, folder):
        return used
    people = {one.name for one in differences(used, folder) if one.entry.kind in BY_THEMSELVES}
    return _with(used, folder, people, headed=True)


def taken(used: Library, folder: Library, names: Collection[Name]) -> Library:
    """Return the copy in which these entries are as the folder has them, or gone as there."""
    return _with(used, folder, names, headed=False)


def settled(used: Library, folder: Library) -> Library:
    """Return the copy when nothing is offered any more: it is of the version of the folder."""
    return _headed(used, folder)


def keeping(kept: Mapping[str, str], found: Iterable[Difference]) -> dict[str, str]:
    """Return what is kept, with these: they are not offered again as they are now."""
    return {**kept, **{name_text(one.name): one.digest for one in found}}


def still_kept(kept: Mapping[str, str], used: Library, folder: Library) -> dict[str, str]:
    """Return what is kept without what is not different any more, or says something else now."""
    now = {name_text(one.name): one.digest for one in differences(used, folder)}
    return {name: digest for name, digest in kept.items() if now.get(name) == digest}


def _with(used: Library, folder: Library, names: Collection[Name], *, headed: bool) -> Library:
    """Return the copy with some entries as the folder has them.

    They stand in the order of the folder; what the folder does not have any more stands last.
    """
    before, after = used.by_name(), folder.by_name()
    made: list[Entry] = []
    for name, entry in after.items():
        if name in names:
            made.append(entry)
        elif name in before:
            made.append(before[name])
    made += [one for name, one in before.items() if name not in after and name not in names]
    copy = replace(used, entries=tuple(made)) if names else used
    return _headed(copy, folder) if headed else copy


def _headed(used: Library, folder: Library) -> Library:
    return replace(
        used,
        name=folder.name,
        version=folder.version,
        date=folder.date,
        contact=folder.contact,
        language=folder.language,
    )
