"""Set another end of a mentorship, close it, and take it up again: what becomes of what is open.

The home screen and the overview use these functions.
"""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from data.clock import today
from data.dates import show_date
from data.i18n import N_, _, ngettext
from data.method.mentorship.closing import close_course, closing_lines, reopen_course
from data.method.mentorship.ending import AfterEnd, after_end, talks_after_end, within_again
from data.method.mentorship.still_open import Settle, still_open
from data.method.mentorship.untouched import deletion, is_untouched
from data.method.talk.rhythm import Rescheduling
from data.method.view import TO_COME, MenteeView
from data.queries.edit_mentee import end_of, may_ask_about_end
from data.queries.mentees import all_records
from data.queries.views import mentee_view
from data.records import CourseState, Mentee
from data.store.change import Change
from screens.dialogs.ask import AskDialog
from screens.dialogs.edit_record import delete_together
from screens.dialogs.pick import Item, PickDialog
from screens.frame.base import BaseScreen
from screens.mentee.settle import SettleDialog
from widgets.glyphs import dotted


async def after_new_end(screen: BaseScreen[Any], seen: Mentee, edit: Rescheduling) -> Rescheduling:
    """Return the edit of a mentee with what becomes of the talks, if it sets another end.

    Where talks lie after that end, it asks: keep, move or cancel them. Esc keeps them. Talks that
    an earlier end had cancelled come back where they lie within the period again.
    """
    if not may_ask_about_end(screen.store, seen, edit):
        return edit
    view = mentee_view(screen.store, seen)
    edit = within_again(view, edit)
    talks = talks_after_end(view, edit, today())
    if not talks:
        return edit
    title = ngettext(
        "{number} talk is planned after the end on {date}",
        "{number} talks are planned after the end on {date}",
        len(talks),
    ).format(number=len(talks), date=show_date(end_of(edit)))
    items = [
        # What Enter takes out of habit changes no talk.
        Item(AfterEnd.KEEP, _("Keep them"), _("on their days, after the end")),
        Item(AfterEnd.MOVE, _("Move them"), _("to the working days that are left")),
        Item(AfterEnd.CANCEL, _("Cancel them"), _("they keep their numbers")),
    ]
    picked = await screen.app.push_screen_wait(PickDialog(title, items))
    way = AfterEnd(picked.id) if picked is not None and picked.id else AfterEnd.KEEP
    return after_end(view, edit, way, today())


async def close_mentee(screen: BaseScreen[Any], mentee_id: str) -> bool:
    """Ask, and close the mentorship. The question says what that means. Call it from a worker.

    It names first what is still open, each to settle or to leave.

    Returns:
        Whether it was closed.
    """
    mentee = screen.context.mentee(mentee_id)
    if mentee is None or mentee.state is CourseState.CLOSED:
        return False
    untouched = is_untouched(all_records(screen.store, mentee_id))
    if untouched and not await _close_untouched(screen, mentee):
        return False
    view = mentee_view(screen.store, mentee)
    found = still_open(view)
    title = _("Close the mentorship with {name}?").format(name=mentee.name)
    ways: dict[str, Settle] | None
    if found:
        ways = await screen.app.push_screen_wait(SettleDialog(title, _cancelled(view), found))
    else:
        facts = dotted(*closing_lines(view))
        explanation = _(
            "{name} leaves this list and Today. Nothing is deleted: v shows "
            "closed mentorships and r reopens one. Planned talks are cancelled."
        ).format(name=mentee.name)
        dialog = AskDialog(title, f"{facts}\n{explanation}")
        ways = {} if await screen.app.push_screen_wait(dialog) else None
    current = screen.context.mentee(mentee_id)
    if ways is None or current is None:
        return False
    changes = close_course(mentee_view(screen.store, current), today(), ways)
    screen.commit(changes, _("close mentorship with {name}").format(name=current.name))
    screen.say(_("Mentorship with {name} closed; v shows closed ones").format(name=current.name))
    return True


class DeleteOrClose(AskDialog):
    """Ask whether to delete an untouched mentee. No asks whether to close it, Esc asks nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "close_instead", N_("No")),
    ]
    is_cancelled = False

    def action_close_instead(self) -> None:
        """Delete nothing; the next question is whether to close the mentorship."""
        self.dismiss(False)

    def action_give_up(self) -> None:
        """Ask no more."""
        self.is_cancelled = True
        super().action_give_up()


async def _close_untouched(screen: BaseScreen[Any], mentee: Mentee) -> bool:
    """Ask whether to delete a mentee about whom nothing has been written, and delete it.

    Returns:
        Whether it is to be asked now whether to close the mentorship.
    """
    explanation = _(
        "Nothing has been written about {name}. The default roles, duties "
        "and talks are deleted too. n asks whether to close the mentorship "
        "instead."
    ).format(name=mentee.name)

    def deleted() -> list[Change]:
        there, records = screen.context.mentee(mentee.id), all_records(screen.store, mentee.id)
        return deletion(there, records) if there is not None and is_untouched(records) else []

    dialog = DeleteOrClose(_("Delete {name}?").format(name=mentee.name), explanation)
    what = _("delete {name}").format(name=mentee.name)
    if not await delete_together(screen, dialog, deleted, what):
        return not dialog.is_cancelled  # a no; or somebody has written meanwhile
    screen.say(_("{name} is deleted").format(name=mentee.name))
    return False


def _cancelled(view: MenteeView) -> str:
    """Return what closing does besides: the talks that it cancels, and that nothing is deleted."""
    asked = {one.record.id for one in still_open(view)}
    talks = [talk for talk in view.talks if talk.state in TO_COME and talk.id not in asked]
    said = _("Nothing is deleted: v shows closed mentorships and r reopens one.")
    if not talks:
        return said
    text = ngettext(
        "{number} talk of the rhythm is cancelled.",
        "{number} talks of the rhythm are cancelled.",
        len(talks),
    )
    return f"{text.format(number=len(talks))} {said}"


def reopen_mentee(screen: BaseScreen[Any], mentee_id: str) -> None:
    """Take up a closed mentorship again, with the talks that closing it had cancelled."""
    mentee = screen.context.mentee(mentee_id)
    if mentee is None or mentee.state is not CourseState.CLOSED:
        return
    changes = reopen_course(mentee_view(screen.store, mentee))
    screen.commit(changes, _("reopen mentorship with {name}").format(name=mentee.name))
    back = len(changes) - 1
    if back:
        text = ngettext(
            "Mentorship with {name} reopened; {number} talk is planned again",
            "Mentorship with {name} reopened; {number} talks are planned again",
            back,
        )
        screen.say(text.format(name=mentee.name, number=back))
    else:
        screen.say(_("Mentorship with {name} reopened").format(name=mentee.name))
