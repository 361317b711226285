"""What the screen of people shows: the rows of its four parts, and the details of a record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from data.clock import today
from data.dates import show_date
from data.i18n import N_, _
from data.method import actions
from data.method.view import MenteeView
from data.method.visibility import Reader, seen, shows_all
from data.method.words import word
from data.records import (
    Action,
    ActionState,
    Duty,
    DutyKind,
    Introduction,
    Note,
    NoteKind,
    Person,
    PersonKind,
)
from data.store.change import Change
from data.store.store import Store
from data.text import first_line, shorten
from widgets.glyphs import dotted, glyphs
from widgets.grid import Column, Row, Tone

SECTIONS = (
    ("introduction", N_("Knowledge persons and networks")),
    ("action", N_("Actions agreed on")),
    ("system", N_("Case systems")),
    ("doubt", N_("Doubts and questions")),
)
"""The parts of the screen in their order: pairs of a kind and a heading (msgid)."""
_EMPTY = {
    "introduction": N_("Nobody yet: a adds somebody the mentee should meet"),
    "action": N_("No actions yet: a adds one, F3 makes one in a talk or note"),
    "system": N_("No case systems yet: a adds one"),
    "doubt": N_("Nothing here: a notes a doubt or question, without blame"),
}
_HIDDEN_WHOLE: Final = frozenset({"doubt"})
"""Kinds whose part is left out, heading and all, if its records are hidden from the reader."""
Listed = Introduction | Action | Duty | Note
"""A record that the screen lists."""
KINDS: Final[dict[str, type[Listed]]] = {
    "introduction": Introduction,
    "action": Action,
    "system": Duty,
    "doubt": Note,
}
Full = tuple[str, ...]
"""A heading and the lines under it. Empty lines are left out."""


def columns() -> tuple[Column, ...]:
    """Return the columns. The last one has the day on which a record was finished."""
    return (
        Column("what", _("What"), 28, flex=3),
        Column("who", _("Who"), 16, flex=1),
        Column("when", _("When"), 10),
    )


def rows(view: MenteeView, reader: Reader) -> list[Row]:
    """Return the rows of the four parts, as far as the reader may see them.

    In each part finished records come last. If doubts are hidden, their part has no heading either.
    """
    shown: list[Row] = []
    view = seen(view, reader)
    for kind, heading in SECTIONS:
        part = list(_PARTS[kind](view))
        if kind in _HIDDEN_WHOLE and not part and not shows_all(reader):
            continue
        shown.append(Row(f"heading:{kind}", {"what": _(heading)}, heading=True))
        shown += part or [
            Row(f"{kind}:", {"what": f"  {_(_EMPTY[kind])}"}, tones={"what": "muted"}, wide=True)
        ]
    return shown


def next_row(view: MenteeView, reader: Reader) -> str:
    """Return the id of the first row of a record that is not finished; "" if all are."""
    listed: tuple[Listed, ...] = (*view.introductions, *view.actions, *view.duties, *view.notes)
    waiting = {one.id for one in listed if not is_finished(one)}
    shown = (row.id for row in rows(view, reader))
    return next((id for id in shown if id.partition(":")[2] in waiting), "")


def _row(
    id: str,
    what: str,
    who: str,
    when: date | None,
    done: date | str | None,
    *,
    late: bool = False,
) -> Row:
    """Return the row of a record.

    `when` is the day by which it is to be done. `done` is the day on which it was finished, or a
    word that says how.
    """
    late = not done and (late or (when is not None and when < today()))
    mark = glyphs("✓") if done else "!" if late else " "
    finished = done if isinstance(done, str) else show_date(done)
    cells = {"what": f"{mark} {what}", "who": who, "when": finished or show_date(when)}
    tones: dict[str, Tone] = dict.fromkeys(cells, "muted") if done else {"who": "muted"}
    return Row(id, cells, tones=tones)


def _or_last(day: date | None) -> date:
    """Return the day, for sorting: records without a day come last."""
    return day or date.max


# -- introductions --------------------------------------------------------------------------------


def _introductions(view: MenteeView) -> Iterator[Row]:
    for one in sorted(
        view.introductions, key=lambda i: (i.done_on is not None, _or_last(i.planned_on))
    ):
        person = view.people.get(one.person_id)
        network = person is not None and person.kind is PersonKind.NETWORK
        what = dotted(
            person.name if person else _("deleted person"),
            word(PersonKind.NETWORK).lower() if network else "",
            one.about or (person.knows if person else ""),
        )
        by = view.name_of(one.by_id)
        who = _("through {name}").format(name=by) if by else ""
        yield _row(f"introduction:{one.id}", what, who, one.planned_on, one.done_on)


def _introduction_in_full(view: MenteeView, one: Introduction) -> Full:
    person = view.people.get(one.person_id)
    by = view.name_of(one.by_id)
    dates = (
        _("planned {date}").format(date=show_date(one.planned_on)) if one.planned_on else "",
        _("met {date}").format(date=show_date(one.done_on)) if one.done_on else "",
        _("introduced by {name}").format(name=by) if by else "",
    )
    if person is None:
        return _("deleted person"), dotted(*dates), one.about
    return (
        dotted(person.name, person.title, person.contact),
        dotted(*dates),
        dotted(one.about, person.knows, _sparrings_with(view, person)),
    )


def _sparrings_with(view: MenteeView, person: Person) -> str:
    """Return the names of the tasks about which the mentee spars with the person (R22)."""
    tasks = [task.title for task in view.tasks if task.sparring_with == person.id]
    return _("sparring: {tasks}").format(tasks=", ".join(tasks)) if tasks else ""


# -- actions --------------------------------------------------------------------------------------


def _actions(view: MenteeView) -> Iterator[Row]:
    def sort_key(action: Action) -> tuple[bool, date]:
        return action.state is not ActionState.OPEN, _or_last(action.due)

    for one in sorted(view.actions, key=sort_key):
        finished: date | str | None = None
        if one.state is not ActionState.OPEN:
            finished = word(one.state).lower()
            if one.state is ActionState.DONE:
                finished = one.done_on or finished
        yield _row(f"action:{one.id}", one.what, view.name_of(one.who), one.due, finished)


def _action_in_full(view: MenteeView, one: Action) -> Full:
    task, talk = view.task(one.task_id), view.talk(one.talk_id)
    return (
        one.what,
        dotted(
            view.name_of(one.who),
            _("due {date}").format(date=show_date(one.due)) if one.due else "",
            _("done {date}").format(date=show_date(one.done_on)) if one.done_on else "",
        ),
        dotted(
            _("from talk {number}").format(number=talk.number) if talk else "",
            task.title if task else "",
        ),
    )


# -- case systems ---------------------------------------------------------------------------------


def _systems(view: MenteeView) -> Iterator[Row]:
    start = view.mentee.start
    for duty in view.duties:
        if duty.kind is not DutyKind.SYSTEM:
            continue
        if duty.first_used_on:
            access = _("in use")
        elif duty.access_on:
            access = _("access works")
        elif duty.access_ordered_on:
            access = _("access ordered")
        else:
            access = _("access not ordered")
        late = duty.access_on is None and start is not None and start <= today()
        yield _row(f"system:{duty.id}", duty.text, access, duty.due, duty.done_on, late=late)


def _system_in_full(duty: Duty) -> Full:
    days = (
        (_("access ordered {date}"), duty.access_ordered_on),
        (_("access since {date}"), duty.access_on),
        (_("used since {date}"), duty.first_used_on),
    )
    more = (
        (_("introduction planned {date}"), duty.due),
        (_("introduced {date}"), duty.done_on),
    )
    return (
        duty.text,
        dotted(*(text.format(date=show_date(day)) for text, day in days if day)),
        dotted(*(text.format(date=show_date(day)) for text, day in more if day)),
    )


# -- doubts ---------------------------------------------------------------------------------------


def _doubts(view: MenteeView) -> Iterator[Row]:
    doubts = [note for note in view.notes if note.kind is NoteKind.DOUBT]
    for note in sorted(doubts, key=lambda one: one.answered_on is not None):
        cells = _row(f"doubt:{note.id}", first_line(note.text), "", None, note.answered_on)
        asked = show_date(note.at.date()) if note.at and not note.answered_on else ""
        yield Row(
            cells.id, {**cells.cells, "when": cells.cells["when"] or asked}, tones=cells.tones
        )


def _doubt_in_full(view: MenteeView, note: Note) -> Full:
    task = view.task(note.task_id)
    return (
        " ".join(note.text.split()),
        dotted(
            _("noted {date}").format(date=show_date(note.at.date())) if note.at else "",
            _("answered {date}").format(date=show_date(note.answered_on))
            if note.answered_on
            else "",
            task.title if task else "",
        ),
        _("Answer: {text}").format(text=" ".join(note.answer.split())) if note.answer else "",
    )


_PARTS = {
    "introduction": _introductions,
    "action": _actions,
    "system": _systems,
    "doubt": _doubts,
}


def in_full(view: MenteeView, record: Listed) -> Full:
    """Return the details of a record."""
    if isinstance(record, Introduction):
        return _introduction_in_full(view, record)
    if isinstance(record, Action):
        return _action_in_full(view, record)
    if isinstance(record, Duty):
        return _system_in_full(record)
    return _doubt_in_full(view, record)


# -- the name of a record, and whether it is finished ---------------------------------------------


def name_of(store: Store, record: Listed) -> str:
    """Return the name of a record, for questions about it."""
    if isinstance(record, Introduction):
        person = store.get(Person, record.person_id)
        return person.name if person else _("deleted person")
    if isinstance(record, Action):
        return record.what
    return record.text if isinstance(record, Duty) else shorten(first_line(record.text), 40)


def public_name(store: Store, record: Listed) -> str:
    """Return the name of a record, for notices and for the name of a step of undo.

    Those are seen in the shared view too, so a doubt is only called a doubt there.
    """
    return word(record.kind).lower() if isinstance(record, Note) else name_of(store, record)


def is_finished(record: Listed) -> bool:
    """Whether a record is done, dropped or answered, depending on its kind."""
    if isinstance(record, Action):
        return record.state is not ActionState.OPEN
    return (record.answered_on if isinstance(record, Note) else record.done_on) is not None


def finish_or_reopen(record: Listed, on: date) -> Change:
    """Return the change that marks a record as finished on a day; or as open, if it is finished."""
    if isinstance(record, Action):
        return actions.finish_or_reopen(record, on)
    day = None if is_finished(record) else on
    if isinstance(record, Note):
        return Change.edited(record, answered_on=day)
    return Change.edited(record, done_on=day)
