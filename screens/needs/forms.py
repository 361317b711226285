"""The forms behind the needs map and the list of knowledge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.records import Knowledge, KnowledgeKind, Need, Priority
from data.text import line
from screens.dialogs.form import Field
from screens.frame.entries import Dates, choices, lines


def need_fields(need: Need | None) -> list[Field]:
    """Return the fields of a need that both fill in together."""
    return [
        Field("area", _("Area"), need.area if need else "", required=_("Name the area")),
        Field("need", _("What is needed"), need.need if need else "", "lines"),
        Field(
            "priority",
            _("Priority"),
            need.priority or "" if need else "",
            "choice",
            choices(Priority, none=_("none")),
        ),
    ]


def filled_need(need: Need, texts: Mapping[str, str]) -> Need:
    """Return the need with what was typed together."""
    return replace(
        need,
        area=line(texts["area"]),
        need=lines(texts["need"]),
        priority=Priority(texts["priority"]) if texts["priority"] else None,
    )


def view_field(need: Need, side: str) -> Field:
    """Return the field of one's view: `side` is "mentee" or "mentor"; the other's is not shown."""
    label = _("Mentee's view") if side == "mentee" else _("Mentor's view")
    text = need.mentee_view if side == "mentee" else need.mentor_view
    return Field("view", label, text, "lines")


def with_view(need: Need, side: str, texts: Mapping[str, str]) -> Need:
    """Return the need with that view."""
    text = lines(texts["view"])
    if side == "mentee":
        return replace(need, mentee_view=text, on=need.on or today())
    return replace(need, mentor_view=text, on=need.on or today())


def knowledge_fields(item: Knowledge | None, dates: Dates) -> list[Field]:
    """Return the fields of a piece of knowledge."""
    kind = item.kind if item else KnowledgeKind.COURSE
    fields = [
        Field("title", _("Knowledge"), item.title if item else "", required=_("Name it")),
        Field("kind", _("Kind"), kind, "choice", choices(KnowledgeKind)),
    ]
    for key, label in (
        ("learned_on", _("Learned on")),
        ("use_planned_on", _("To be used on")),
        ("used_on", _("First used on")),
    ):
        value = show_date(getattr(item, key)) if item else ""
        fields.append(Field(key, label, value, check=dates.check))
    return fields


def filled_knowledge(item: Knowledge, texts: Mapping[str, str], dates: Dates) -> Knowledge:
    """Return the knowledge with what was typed."""
    return replace(
        item,
        title=line(texts["title"]),
        kind=KnowledgeKind(texts["kind"]),
        learned_on=dates.read(texts["learned_on"]),
        use_planned_on=dates.read(texts["use_planned_on"]),
        used_on=dates.read(texts["used_on"]),
    )
