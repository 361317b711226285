"""The way into a talk: begin one, go on with the one that was left unfinished, read one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from data.clock import now, today
from data.dates import show_date, show_distance, show_near
from data.i18n import N_, _
from data.method.talk.correct import was_reopened
from data.method.talk.lifecycle import (
    brought_forward,
    extra_talk,
    is_extra_likely,
    put_aside,
    start_talk,
    take_back_start,
    talk_to_start,
)
from data.method.view import held_on
from data.queries.views import mentee_view
from data.records import Mentee, Talk, TalkState
from data.storage.protocol import Presence
from data.store.presence import in_talk
from screens.dialogs.ask import AskDialog, Question
from screens.dialogs.pick import Item, PickDialog
from screens.frame.base import BaseScreen
from screens.frame.others import who_since

EXTRA = "extra"
FORWARD = "forward"


def open_talk(screen: BaseScreen[Any], mentee_id: str, talk_id: str = "") -> None:
    """Open a talk with a mentee over `screen`.

    It is the one under way; where there is none, the one with `talk_id`, or else the next one. Ask
    first where it is open in another session, where it was left unfinished for long, and where the
    next one is agreed for a later day.
    """
    mentee = screen.context.mentee(mentee_id)
    if mentee is None:
        return
    view = mentee_view(screen.store, mentee)
    talk = view.talk(talk_id) if talk_id and view.running is None else talk_to_start(view, today())
    if talk is None:
        return
    unfinished = talk.state is TalkState.RUNNING and not was_reopened(talk)
    begun = held_on(talk) if unfinished else None
    elsewhere = in_talk(screen.store.others, talk)
    if elsewhere and talk.state is TalkState.RUNNING:
        screen.run_worker(_take_over(screen, mentee, talk, elsewhere))
    elif begun and (today() - begun).days > screen.context.settings.draft_days:
        screen.run_worker(_ask_about(screen, mentee, talk))
    elif not talk_id and brought_forward(view, today()):
        screen.run_worker(_ask_which(screen, mentee, talk))
    else:
        _enter(screen, mentee, talk)


def read_talk(screen: BaseScreen[Any], talk_id: str) -> None:
    """Open a talk that has ended, to read."""
    from screens.talk.read import TalkReadScreen  # loaded when a talk is first read

    screen.app.push_screen(TalkReadScreen(screen.context, talk_id))


def _enter(screen: BaseScreen[Any], mentee: Mentee, talk: Talk) -> None:
    """Open the screen of a talk; the talk begins with the first thing that is done there."""
    # Both are loaded when a talk is first entered: many screens offer the way into one.
    from screens.talk.desk import TalkDesk
    from screens.talk.screen import TalkScreen

    started, starting = start_talk(mentee_view(screen.store, mentee), now(), which=talk)
    desk = TalkDesk(screen.context, mentee, started, starting)
    screen.app.push_screen(TalkScreen(screen.context, desk))


async def _take_over(
    screen: BaseScreen[Any], mentee: Mentee, talk: Talk, elsewhere: Sequence[Presence]
) -> None:
    """Say with whom the talk is open, and go on with it here if the answer is yes."""
    title = _("Resume talk {number} here?").format(number=talk.number)
    who = who_since(elsewhere, screen.store.by)
    why = _("It is still open with {who}. What was written there is here too.").format(who=who)
    there = None
    if await screen.app.push_screen_wait(AskDialog(title, why, undoable=False)):
        there = screen.store.get(Talk, talk.id)
    if there is not None:
        _enter(screen, mentee, there)


async def _ask_which(screen: BaseScreen[Any], mentee: Mentee, planned: Talk) -> None:
    """Ask whether the next talk is brought forward or this is an extra one, and begin it."""
    day = show_near(planned.planned_on, today()) if planned.planned_on is not None else ""
    when = f"{day} {planned.planned_time}".strip()
    kept = _("no. {number} stays {date}").format(number=planned.number, date=when)
    forward = _("Talk {number}, now").format(number=planned.number)
    items = [
        Item(EXTRA, _("An extra talk"), kept),
        Item(FORWARD, forward, _("not {date}").format(date=when)),
    ]
    view = mentee_view(screen.store, mentee)
    chosen = EXTRA if is_extra_likely(view) else FORWARD
    title = _("An extra talk, or talk {number}?").format(number=planned.number)
    dialog = PickDialog(title, items, label_width=20, chosen=chosen)
    picked = await screen.app.push_screen_wait(dialog)
    view = mentee_view(screen.store, mentee)
    there = view.talk(planned.id)
    if picked is not None and picked.id == EXTRA:
        _enter(screen, mentee, extra_talk(view, today()))
    elif picked is not None and picked.id == FORWARD and there is not None:
        _enter(screen, mentee, there)


async def _ask_about(screen: BaseScreen[Any], mentee: Mentee, talk: Talk) -> None:
    """Ask whether to go on with an old unfinished talk or to archive it, and do so."""
    answer = await screen.app.push_screen_wait(DraftDialog(talk))
    there = screen.store.get(Talk, talk.id)
    if answer is None or there is None:
        return
    if answer == DraftDialog.RESUME:
        _enter(screen, mentee, there)
        return
    if empty := take_back_start(mentee_view(screen.store, mentee), there):
        name = _("Talk {number} was empty").format(number=talk.number)
        screen.commit(empty, name)
        stays = screen.store.get(Talk, talk.id)
        when = show_date(stays.planned_on) if stays is not None and stays.planned_on else ""
        again = _("{what}; it is planned for {date} again").format(what=name, date=when)
        screen.say(again if when else _("{what}, and is not kept").format(what=name))
        return
    name = _("Talk {number} archived").format(number=talk.number)
    screen.commit([put_aside(there)], name)
    screen.say(_("{what}; it can be read under Talks").format(what=name))


class DraftDialog(Question[str]):
    """Asks whether to go on with an old unfinished talk or to archive it: `RESUME` or `ASIDE`."""

    RESUME = "resume"
    ASIDE = "aside"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "answer('resume')", N_("Resume")),
        Binding("p", "answer('aside')", N_("Archive")),
    ]

    def __init__(self, talk: Talk) -> None:
        super().__init__(_("Talk {number} was not finished").format(number=talk.number))
        day = held_on(talk) or today()
        self.explanation = _(
            "Started on {date}, {distance}. Resume where you left off, or "
            "archive it? Everything written is kept either way."
        ).format(date=show_date(day), distance=show_distance(day, today()))

    def action_answer(self, what: str) -> None:
        """Close with one of the two answers."""
        self.dismiss(what)
