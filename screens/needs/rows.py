"""What the screen of needs shows: the rows of its three parts, and the details of a record.

The parts are the needs, the knowledge, and the tasks that no knowledge is linked to.
"""

from __future__ import annotations

from collections.abc import Iterator

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.method.mentorship.needs import current_needs, earlier, in_plan, latest_round
from data.method.plan.knowledge import Timing, tasks_without_knowledge, use_delay
from data.method.view import MenteeView
from data.method.visibility import Reader, may_see
from data.method.words import word
from data.records import Knowledge, Need
from widgets.glyphs import dotted
from widgets.grid import Column, Row


def columns() -> tuple[Column, ...]:
    """Return the columns."""
    return (
        Column("what", _("What"), 24, flex=2, fixed=True),
        Column("state", _("Status"), 22, flex=3),
        Column("prio", _("Priority"), 9),
    )


def rows(view: MenteeView, limit: int) -> list[Row]:
    """Return the rows of the three parts; `limit` is for how many days knowledge may be unused."""
    return [
        _heading("needs", _needs_heading(view)),
        *(
            list(_needs(view))
            or [_empty("need", _("No needs yet: a adds an area to look at together"))]
        ),
        _heading("knowledge", _("Knowledge: linked to tasks, used soon after")),
        *(
            list(_knowledge(view, limit))
            or [
                _empty("knowledge", _("No knowledge yet: a adds a training course, a rule, a text"))
            ]
        ),
        *_tasks_without_knowledge(view),
    ]


def _heading(id: str, text: str) -> Row:
    return Row(f"heading:{id}", {"what": text}, heading=True)


def _empty(kind: str, text: str) -> Row:
    return Row(f"{kind}:", {"what": f"  {text}"}, tones={"what": "muted"}, wide=True)


def _needs_heading(view: MenteeView) -> str:
    text = _("Development needs, round {number}").format(number=latest_round(view))
    days = [need.on for need in current_needs(view) if need.on]
    return f"{text}, {show_date(min(days))}" if days else text


def _needs(view: MenteeView) -> Iterator[Row]:
    for need in current_needs(view):
        planned = _("in the plan") if in_plan(view, need) else _("no task")
        cells = {
            "what": f"  {need.area}",
            "state": dotted(planned, _who_has_written(need)),
            "prio": word(need.priority),
        }
        yield Row(f"need:{need.id}", cells, tones={"state": "muted"})


def _who_has_written(need: Need) -> str:
    """Return who has written how they see the need."""
    if need.mentee_view and need.mentor_view:
        return _("both have answered")
    if need.mentee_view:
        return _("mentee has answered")
    return _("mentor has answered") if need.mentor_view else _("no answers yet")


def _knowledge(view: MenteeView, limit: int) -> Iterator[Row]:
    for item in view.knowledge:
        delay = use_delay(item, today(), limit)
        tied = view.tasks_among(item.task_ids)
        mark = "!" if delay.timing in {Timing.UNUSED, Timing.TOO_EARLY} or not tied else " "
        tasks = ", ".join(task.title for task in tied) or _("no task")
        state = dotted(delay.short, tasks)
        cells = {"what": f"{mark} {item.title}", "state": state}
        yield Row(f"knowledge:{item.id}", cells, tones={"state": "muted"})


def _tasks_without_knowledge(view: MenteeView) -> list[Row]:
    bare = tasks_without_knowledge(view)
    if not bare or not view.knowledge:
        return []
    heading = _heading("bare", _("Tasks without linked knowledge"))
    return [heading, *(Row(f"task:{task.id}", {"what": f"  {task.title}"}) for task in bare)]


# -- details --------------------------------------------------------------------------------------


def need_in_full(view: MenteeView, need: Need, reader: Reader) -> list[str]:
    """Return the details of a need: its area, what is needed, and both views.

    The views are those of this round and of the one before, as far as the reader may see them.
    """
    lines = [need.area, _one_line(need.need)]
    for one, when in ((need, _("now")), (earlier(view, need), _("then"))):
        if one is None:
            continue
        for text, field in (
            (_("Mentee, {when}: {text}"), "mentee_view"),
            (_("Mentor, {when}: {text}"), "mentor_view"),
        ):
            said = _one_line(getattr(one, field))
            if said and may_see(one, reader, field):
                lines.append(text.format(when=when, text=said))
    return lines


def knowledge_in_full(view: MenteeView, item: Knowledge, limit: int) -> list[str]:
    """Return the details of a piece of knowledge: its kind and days, its use, and its tasks."""
    days = (
        (_("learned {date}"), item.learned_on),
        (_("to be used {date}"), item.use_planned_on),
        (_("used {date}"), item.used_on),
    )
    facts = [word(item.kind), *(text.format(date=show_date(day)) for text, day in days if day)]
    tied = [task.title for task in view.tasks_among(item.task_ids)]
    return [
        item.title,
        dotted(*facts),
        use_delay(item, today(), limit).text,
        _("Tasks: {names}").format(names=", ".join(tied))
        if tied
        else _("Not linked to a task yet"),
    ]


def _one_line(text: str) -> str:
    return " ".join(text.split())
