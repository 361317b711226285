"""The forms of the needs map and of the list of knowledge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.method.mentorship.needs import with_view
from data.method.plan.knowledge import use_doubt
from data.records import Knowledge, KnowledgeKind, Need, Priority
from data.text import line, lines
from screens.dialogs.ask_again import asking
from screens.dialogs.edit_record import Form
from screens.dialogs.form import Field, Filled
from screens.frame.entries import Dates, choices


def need_form(need: Need, *, new: bool = False) -> Form:
    """Return the form of a need, with the fields that mentor and mentee fill in together."""
    fields = [
        Field("area", _("Area"), need.area, required=_("Name the area")),
        Field("need", _("What is needed"), need.need, "lines"),
        Field(
            "priority",
            _("Priority"),
            need.priority or "",
            "choice",
            choices(Priority, none=_("none")),
        ),
    ]
    return Form("need", _("New need") if new else need.area, fields)


def filled_need(need: Need, texts: Filled) -> Need:
    """Return the need with the changed fields of that form."""
    return replace(need, **texts.read(area=line, need=lines, priority=_priority))


def _priority(text: str) -> Priority | None:
    return Priority(text) if text else None


def view_form(need: Need, side: str) -> Form:
    """Return the form of how one of the two sees a need; it does not show how the other does.

    `side` is "mentee" or "mentor".
    """
    label = _("Mentee's answer") if side == "mentee" else _("Mentor's answer")
    text = need.mentee_view if side == "mentee" else need.mentor_view
    key = f"{side}_view"
    return Form(key, need.area, [Field(key, label, text, "lines")])


def viewed(need: Need, texts: Filled) -> Need:
    """Return the need with the view from that form. The day of the first view is noted."""
    return with_view(need, today(), **texts.read(mentee_view=lines, mentor_view=lines))


def knowledge_form(item: Knowledge, dates: Dates, *, new: bool = False) -> Form:
    """Return the form of a piece of knowledge."""
    fields = [
        Field("title", _("Knowledge"), item.title, required=_("Name it")),
        Field("kind", _("Kind"), item.kind, "choice", choices(KnowledgeKind)),
        *_days(item, dates),
    ]

    def doubt(texts: Mapping[str, str]) -> str:
        learned, used = (dates.done.read(texts[key]) for key in ("learned_on", "used_on"))
        unchanged = (learned, used) == (item.learned_on, item.used_on)
        return "" if unchanged else use_doubt(learned, used, dates.start())

    title = _("New knowledge") if new else item.title
    return Form("knowledge", title, fields, asking(doubt))


def _days(item: Knowledge, dates: Dates) -> Sequence[Field]:
    return [
        Field("learned_on", _("Learned on"), show_date(item.learned_on), check=dates.done.check),
        Field(
            "use_planned_on", _("To be used on"), show_date(item.use_planned_on), check=dates.check
        ),
        Field("used_on", _("First used on"), show_date(item.used_on), check=dates.done.check),
    ]


def filled_knowledge(dates: Dates, item: Knowledge, texts: Filled) -> Knowledge:
    """Return the knowledge with the changed fields of the form."""
    words = texts.read(title=line, kind=KnowledgeKind)
    done = dates.done.read
    days = texts.read(learned_on=done, use_planned_on=dates.read, used_on=done)
    return replace(item, **words, **days)
