"""The guide's five pointers on learning, each with the facts of this mentorship (R81-R85).

The facts are about what surrounds the mentee: what is linked, planned and agreed. Doubts and
questions are never counted, and whether there are any is said to those alone who may see them.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from data.dates import show_date
from data.frozen import immutable
from data.i18n import N_, _, ngettext
from data.method.doubts import doubts
from data.method.limits import Limits
from data.method.plan.knowledge import Timing, unlinked, use_delays
from data.method.talk.rhythm import series_counts
from data.method.view import MenteeView
from data.method.visibility import Reader, shows_all

_TITLES: Final = (
    N_("Knowledge and tasks"),
    N_("Timing"),
    N_("Time for reflection"),
    N_("Expectations"),
    N_("Safety and trust"),
)
_SCREENS: Final = ("needs", "needs", "talks", "agreement", "actions")


@immutable
class Pointer:
    """One pointer of the guide."""

    number: int
    """1-5."""
    rests_on: str
    """The facts that it rests on, in one sentence."""
    look: bool
    """Whether something there needs attention."""

    @property
    def title(self) -> str:
        """The pointer in a few words."""
        return _(_TITLES[self.number - 1])

    @property
    def screen(self) -> str:
        """The screen where it can be worked on."""
        return _SCREENS[self.number - 1]


def pointers(
    view: MenteeView,
    today: date,
    limits: Limits | None = None,
    reader: Reader = Reader.MENTOR,
) -> list[Pointer]:
    """Return the five pointers in the guide's order. Without `limits`, the default limits hold."""
    limits = limits or Limits()
    found = (
        _links(view),
        _timing(view, today, limits),
        _reflection(view, today),
        _expectations(view, today),
        _trust(view, reader),
    )
    return [Pointer(number, text, look) for number, (text, look) in enumerate(found, 1)]


def _links(view: MenteeView) -> tuple[str, bool]:
    total = len(view.knowledge)
    if not total:
        return _("No knowledge has been noted yet."), False
    linked = total - len(unlinked(view))
    text = _("{tied} of {total} are linked to a task.")
    return text.format(tied=linked, total=total), linked < total


def _timing(view: MenteeView, today: date, limits: Limits) -> tuple[str, bool]:
    delays = use_delays(view, today, limits.unused_days)
    unused = sum(delay.timing is Timing.UNUSED for delay in delays)
    if unused:
        text = ngettext(
            "{number} learned and not used yet.",
            "{number} learned and not used yet.",
            unused,
        )
        return text.format(number=unused), True
    early = sum(delay.timing is Timing.TOO_EARLY for delay in delays)
    if early:
        text = ngettext(
            "{number} to be learned long before use.",
            "{number} to be learned long before use.",
            early,
        )
        return text.format(number=early), True
    used = [one.days for one in delays if one.timing is Timing.USED and one.days is not None]
    if not used:
        return _("Nothing has both a learned and a used date yet."), False
    middle = sorted(used)[len(used) // 2]
    text = ngettext(
        "Typically used after {days} day.",
        "Typically used after {days} days.",
        middle,
    )
    return text.format(days=middle), False


def _reflection(view: MenteeView, today: date) -> tuple[str, bool]:
    series = series_counts(view, today)
    planned = view.next_talk(today)
    held = _("No talk held yet")
    if series.held:
        held = ngettext("{number} talk held", "{number} talks held", series.held)
        held = held.format(number=series.held)
    if planned:
        text = _("{held}; the next on {date}.")
        return text.format(held=held, date=show_date(planned.planned_on)), False
    for talk in view.missed(today)[-1:]:
        text = _("{held}; talk {number} was planned for {date}.")
        day = show_date(talk.planned_on)
        return text.format(held=held, number=talk.number, date=day), view.running is None
    return _("{held}; no next talk planned.").format(held=held), view.lacks_next_talk(today)


def _expectations(view: MenteeView, today: date) -> tuple[str, bool]:
    agreement = view.agreement
    if agreement is None or agreement.agreed_on is None:
        return _("Expectations have not been agreed yet."), True
    agreed = show_date(agreement.agreed_on)
    if agreement.review_on is None:
        return _("Agreed on {date}.").format(date=agreed), False
    text = _("Agreed on {date}; review on {review}.")
    due = agreement.review_on <= today
    return text.format(date=agreed, review=show_date(agreement.review_on)), due


def _trust(view: MenteeView, reader: Reader) -> tuple[str, bool]:
    if not shows_all(reader):
        return _("There is room for doubts and questions."), False
    if doubts(view):
        return _("Doubts are noted and talked about."), False
    return _("No doubts or questions noted yet."), False
