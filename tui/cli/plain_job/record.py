"""A record whose fields are read from the record itself: texts, days, choices and durations."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar, Final, Generic, TypeVar

from data.clock import today
from data.date_parts import Lean
from data.dates import EntryError, echo_date, show_date
from data.durations import duration_forms, parse_duration, show_duration
from data.i18n import N_, _
from data.method.words import word
from data.queries.field_names import field_name
from data.queries.persons import names_of, people, person_of
from data.records import Record
from data.store.change import Change
from data.text import line, lines, shorten
from data.typed_dates import parse_date
from tui.cli.base import say_wrapped
from tui.cli.plain.desk import Desk
from tui.cli.plain.field import Field
from tui.cli.plain.moves import Leave
from tui.cli.plain.sheet import Sheet
from tui.cli.plain_job.who import whole_name

R = TypeVar("R", bound=Record)

DATE_TAKES: Final = N_("Write a date such as 24/11, Friday or week 38.")
PERSON_TAKES: Final = N_("Write a name, or the start of one; a name that is not known is added.")


class RecordSheet(Sheet, Generic[R]):
    """A record that is open."""

    KIND: ClassVar[type[Record]]

    def __init__(self, desk: Desk, mentee_id: str, record_id: str) -> None:
        super().__init__(desk, mentee_id)
        self.record_id = record_id

    @property
    def record(self) -> R:
        """The record as it is now. Raises `Leave`, and says so, where somebody has deleted it."""
        found = self.desk.store.get(self.KIND, self.record_id)
        if found is None:
            say_wrapped(_("This is no longer there."))
            raise Leave
        return found  # type: ignore[return-value]

    @abstractmethod
    def title(self, record: R) -> str:
        """Return what the record is called."""

    @property
    def prompt(self) -> str:
        """What the record is called, shortened."""
        found = self.desk.store.get(self.KIND, self.record_id)
        return shorten(self.title(found), 30) if found else ""  # type: ignore[arg-type]

    def heading(self) -> list[str]:
        """Return what it is called; its fields follow."""
        return [f"{self.title(self.record)}."]

    def may_make(self, changes: Sequence[Change]) -> bool:
        """Return whether changes may be made, once what they take away is asked about."""
        return True

    # -- fields -------------------------------------------------------------------------------

    def text(
        self,
        key: str,
        *,
        long: bool = False,
        required: str = "",
        edit: Callable[[R, Any], R] | None = None,
    ) -> Field:
        """Return a field of text; `edit` is the rule that sets it.

        `required` is said where it is emptied and may not be.
        """

        def read(typed: str) -> str:
            value = (lines if long else line)(typed)
            if required and not value:
                raise EntryError(required)
            return value

        return self._field(key, str, read, is_long=long, can_be_empty=not required, edit=edit)

    def day(self, key: str, lean: Lean = Lean.PLAN) -> Field:
        """Return a field with a date."""
        start = self.desk.first_day

        def read(typed: str) -> date | None:
            return parse_date(typed, today(), start, lean)

        return self._field(key, show_date, read, _(DATE_TAKES), echo=_echo)

    def duration(self, key: str) -> Field:
        """Return a field with a working time."""
        return self._field(key, show_duration, parse_duration, duration_forms(), echo=show_duration)

    def choice(
        self,
        key: str,
        kind: type[StrEnum],
        *,
        none: bool = False,
        edit: Callable[[R, Any], R] | None = None,
    ) -> Field:
        """Return a field with a choice, perhaps of none; `edit` is the rule that sets it."""
        return self._field(
            key,
            word,
            lambda typed: kind(typed) if typed else None,
            choices=tuple((value, word(value)) for value in kind),
            can_be_empty=none,
            edit=edit,
            echo=word,
        )

    def person(
        self,
        key: str,
        *,
        edit: Callable[[R, Any], R] | None = None,
        named: Callable[[str, str], tuple[str, list[Change]]] | None = None,
        offered: Callable[[], Sequence[str]] | None = None,
    ) -> Field:
        """Return a field with a person; one who is not known yet is added.

        `named` returns the id that a whole name means, and what makes a new person; it gets the id
        of the one before, too. `offered` returns the names that can be chosen by their start.
        """
        view = self.view
        new: list[Change] = []
        find = named or partial(person_of, self.desk.store, view, whole=True)
        names = offered or partial(names_of, self.desk.store, people)

        def read(typed: str) -> str:
            id, new[:] = find(getattr(self.record, key), whole_name(self.desk, typed, names()))
            return id

        def echo(id: str) -> str:
            name = self.view.name_of(id)
            return _("{name}, who is new here").format(name=name) if new else name

        return self._field(
            key, view.name_of, read, _(PERSON_TAKES), edit=edit, echo=echo, more=lambda: list(new)
        )

    def _field(
        self,
        key: str,
        show: Callable[[Any], str],
        read: Callable[[str], Any],
        takes: str = "",
        *,
        choices: tuple[tuple[str, str], ...] = (),
        is_long: bool = False,
        can_be_empty: bool = True,
        edit: Callable[[R, Any], R] | None = None,
        echo: Callable[[Any], str] | None = None,
        more: Callable[[], Iterable[Change]] = tuple,
    ) -> Field:
        label = field_name(self.KIND.table, key)
        seen = [self.record]

        def write(typed: str) -> str:
            value = read(typed)
            before = seen[0]
            after = edit(before, value) if edit else replace(before, **{key: value})
            what = f"{label}: {shorten(self.title(after), 30)}"
            changes = [*more(), Change.between(before, after)]
            if not self.may_make(changes):
                return _("Nothing was changed.")
            self.desk.commit(changes, what)
            seen[0] = self.record
            understood = echo(value) if echo else ""
            return f"{label}: {understood or '–'}" if echo else ""

        return Field(
            label,
            show(getattr(seen[0], key)),
            write,
            takes,
            choices=choices,
            is_long=is_long,
            can_be_empty=can_be_empty,
        )


def _echo(day: date | None) -> str:
    return echo_date(day, today()) if day else ""
