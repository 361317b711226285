"""What the screen of actions shows: actions, doubts and questions, and case systems."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from data.clock import today
from data.dates import show_date
from data.i18n import N_, _
from data.method.actions import is_open
from data.method.doubts import doubts, is_answered
from data.method.systems import Access, access_of, is_late, systems
from data.method.view import MenteeView
from data.method.words import word
from data.records import Action, ActionState, Duty, Note
from data.store.store import Store
from data.text import first_line, shorten
from screens.actions.forms import (
    action_form,
    answer_form,
    doubt_form,
    new_action,
    new_doubt,
    new_system,
    system_form,
)
from screens.mentee.listed import Full, ListPart, or_last, record_row
from widgets.glyphs import dotted
from widgets.grid import Row

# -- actions --------------------------------------------------------------------------------------


def _actions(view: MenteeView) -> Iterator[Row]:
    def sort_key(action: Action) -> tuple[bool, date]:
        return not is_open(action), or_last(action.due)

    for one in sorted(view.actions, key=sort_key):
        finished: date | str | None = None
        if not is_open(one):
            finished = word(one.state).lower()
            if one.state is ActionState.DONE:
                finished = one.done_on or finished
        yield record_row(f"action:{one.id}", one.what, view.name_of(one.who), one.due, finished)


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


def _action_name(_store: Store, action: Action) -> str:
    return action.what


# -- doubts ---------------------------------------------------------------------------------------


def _doubts(view: MenteeView) -> Iterator[Row]:
    for note in sorted(doubts(view), key=is_answered):
        cells = record_row(f"doubt:{note.id}", first_line(note.text), "", None, note.answered_on)
        asked = show_date(note.at.date()) if note.at and not is_answered(note) else ""
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


def _doubt_name(_store: Store, note: Note) -> str:
    return shorten(first_line(note.text), 40)


# -- case systems ---------------------------------------------------------------------------------

_ACCESS: Final = {
    Access.NOT_ORDERED: N_("access not ordered"),
    Access.ORDERED: N_("access ordered"),
    Access.WORKS: N_("access works"),
    Access.IN_USE: N_("in use"),
}


def _systems(view: MenteeView) -> Iterator[Row]:
    for duty in systems(view):
        access, late = _(_ACCESS[access_of(duty)]), is_late(view, duty, today())
        yield record_row(f"system:{duty.id}", duty.text, access, duty.due, duty.done_on, late=late)


def _system_in_full(_view: MenteeView, duty: Duty) -> Full:
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


def _system_name(_store: Store, duty: Duty) -> str:
    return duty.text


PARTS = (
    ListPart(
        kind="action",
        record=Action,
        heading=N_("Actions"),
        empty=N_("No actions yet: a adds one, F3 makes one in a talk or note"),
        rows=_actions,
        in_full=_action_in_full,
        name=_action_name,
        new_form=new_action,
        form=action_form,
    ),
    ListPart(
        kind="doubt",
        record=Note,
        heading=N_("Doubts and questions"),
        empty=N_("Nothing yet: a adds a question or something the mentee is unsure about"),
        rows=_doubts,
        in_full=_doubt_in_full,
        name=_doubt_name,
        new_form=new_doubt,
        form=doubt_form,
        finish_form=answer_form,
        hidden_whole=True,
    ),
    ListPart(
        kind="system",
        record=Duty,
        heading=N_("Case systems"),
        empty=N_("No case systems yet: a adds one"),
        rows=_systems,
        in_full=_system_in_full,
        name=_system_name,
        new_form=new_system,
        form=system_form,
    ),
)
"""The parts of the screen in their order."""
