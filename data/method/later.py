"""Records that are read when somebody looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class Later(Sequence[T_co]):
    """A sequence that is made when it is first looked at.

    For lists of very many mentees, whose notes are hardly ever needed. Whoever makes one sees to it
    that it is looked at before anything changes, or never.
    """

    def __init__(self, make: Callable[[], Sequence[T_co]]) -> None:
        """Remember how it is made."""
        self._make = make

    @cached_property
    def _all(self) -> Sequence[T_co]:
        return self._make()

    @overload
    def __getitem__(self, place: int) -> T_co: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T_co]: ...
    def __getitem__(self, place: int | slice) -> T_co | Sequence[T_co]:
        return self._all[place]

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._all)

    def __eq__(self, other: Any) -> bool:
        """Return whether the other sequence has the same in the same order."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))
