"""What is done with a line of Today from the list itself: open, mark as done, put off (R3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from data.clock import today
from data.dates import show_date, show_near
from data.i18n import N_, _, ngettext
from data.method.today.due import Due, MarkAs
from data.method.today.fold import Fold
from data.method.today.mark_done import done_word, offered_day, put_off_problem
from data.method.today.mark_done import mark_done as done_changes
from data.method.today.mark_done import put_off as put_off_changes
from data.method.today.rows import DueKind, due_what
from data.method.view import MenteeView
from data.store.change import Change
from screens.dialogs.ask import AskDialog
from screens.dialogs.edit_record import Form, edit_records
from screens.dialogs.form import Field, Filled
from screens.frame.base import BaseScreen
from screens.frame.entries import dates_from
from screens.frame.places import load, open_place

NAMED: Final = 9
"""How many lines are named at the most where several are settled together."""


def open_due(screen: BaseScreen[Any], due: Due) -> None:
    """Open the screen where the line is seen to, on the record that it is about."""
    if due.screen == "talk":
        load("talk")(screen, due.mentee_id)
    elif due.kind is DueKind.LIBRARY:
        screen.app.push_screen(load("newer")(screen.context))
    elif due.screen == "closed":
        screen.action_do("closed", due.mentee_id)
    else:
        open_place(
            screen.app, screen.context, due.screen, due.mentee_id, due.record_id, column=due.column
        )


async def mark_done(screen: BaseScreen[Any], due: Due, view: MenteeView) -> None:
    """Mark what the line is about as done today, and say so.

    A line that asks for more than that is left as it is: the notice says to open it. Before an
    unfinished talk is put aside, the user is asked.
    """
    changes = done_changes(due, view, today())
    if not changes:
        screen.say(_("Press Enter to deal with this on its own screen"))
        return
    if due.mark_as is MarkAs.ARCHIVE:
        title = _("Archive the unfinished talk?")
        kept = _("What was written in it is kept and can be read under Talks.")
        if not await screen.app.push_screen_wait(AskDialog(title, kept)):
            return
    what = _("{what}: {done}").format(what=due_what(due), done=done_word(due.mark_as))
    screen.commit(changes, what)
    screen.say(_("{what} (u undoes)").format(what=what))


async def mark_all_done(
    screen: BaseScreen[Any], fold: Fold, views: Mapping[str, MenteeView]
) -> None:
    """Ask, and mark all that a folded line stands for as done today, as one step of undo."""
    changes = [
        change for due in fold.dues for change in done_changes(due, views[due.mentee_id], today())
    ]
    if not changes:
        screen.say(_("Press Enter to deal with this on its own screen"))
        return
    done = done_word(fold.first.mark_as)
    lines = [_line(due) for due in fold.dues]
    if len(lines) > NAMED:
        more = len(lines) - NAMED + 1
        lines[NAMED - 1 :] = [
            ngettext("and {number} more", "and {number} more", more).format(number=more)
        ]
    what = _("{what}: {done}").format(what=f"{fold.who}: {fold.what}", done=done)
    if await screen.app.push_screen_wait(
        AskDialog(_("{what}?").format(what=what), "\n".join(lines))
    ):
        screen.commit(changes, what)
        screen.say(_("{what} (u undoes)").format(what=what))


def _line(due: Due) -> str:
    """Return a line of Today in the list of those that are settled together."""
    name = due.name or due.mentee
    return f"{show_date(due.on)} {name}" if due.on else name


async def put_off(screen: BaseScreen[Any], due: Due, view: MenteeView) -> None:
    """Ask for a day, and keep the line off the list until then."""
    await _put_off(screen, [(due, view)], due_what(due), due.key)


async def put_all_off(screen: BaseScreen[Any], fold: Fold, views: Mapping[str, MenteeView]) -> None:
    """Ask for a day, and keep all that a folded line stands for off the list until then."""
    pairs = [(due, views[due.mentee_id]) for due in fold.dues]
    await _put_off(screen, pairs, f"{fold.who}: {fold.what}", fold.key)


async def _put_off(
    screen: BaseScreen[Any], pairs: Sequence[tuple[Due, MenteeView]], name: str, key: str
) -> None:
    """Put lines off together; `name` is what they are called, and `key` tells them apart."""
    view = pairs[0][1]
    dates = dates_from(view.mentee.start)

    def problem(texts: Mapping[str, str]) -> str:
        return put_off_problem(dates.read(texts["until"]), today())

    def changes(texts: Filled) -> list[Change]:
        until = dates.read(texts["until"])
        if until is None:
            return []
        return [change for due, of in pairs for change in put_off_changes(due, of, until)]

    def what(texts: Filled) -> str:
        until = dates.read(texts["until"])
        date = show_near(until, today()) if until else ""
        return _("{what}: snoozed until {date}").format(what=name, date=date)

    offered = show_date(offered_day(today()))
    field = Field("until", _("Until"), offered, check=dates.check, proposed=True)
    title = _("Snooze: {what}").format(what=name)
    form = Form("put_off", title, [field], problem, done=N_("Snooze"))
    texts = await edit_records(screen, view.mentee, form, changes, what, of=key)
    if texts is not None:
        screen.say(_("{what} (u undoes)").format(what=what(texts)))
