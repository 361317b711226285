"""What the overview of a mentee tells, line by line; each line knows the place it opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from data.dates import show_date, show_near
from data.i18n import _, ngettext, pgettext
from data.method.mentorship.gaps import gaps
from data.method.mentorship.phases import ends_soon, phase_of, phase_word
from data.method.mentorship.pointers import pointers
from data.method.plan.agreed import agreed_words, changed_since_agreed, rows_since_agreed
from data.method.plan.progress import Progress, goals_reached, professional, social
from data.method.sparring import is_awaited
from data.method.today.due import Limits
from data.method.view import MenteeView
from data.method.visibility import Reader, shows_all, visible
from data.method.words import word
from data.records import Action, ActionState, Note, NoteKind, Task
from data.text import first_line
from screens.frame.places import BY_NAME
from widgets.glyphs import glyphs
from widgets.grid import Tone
from widgets.progress import bar

BAR = 12
NOTES = 6
"""Newest notes that are shown before one asks for all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `place` is a name in `screens.frame.places`, or talk, note, notes or weeks."""

    id: str
    label: str
    text: str
    place: str = ""
    record_id: str = ""
    tone: Tone = ""
    whole: str = ""
    """What is told below it when the cursor is there; "" is what is cut off of it."""

    @property
    def key(self) -> str:
        """The key that opens the place from here, besides Enter."""
        if self.place == "talk":
            return "t"
        return BY_NAME[self.place].key if self.place in BY_NAME else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    title: str
    lines: tuple[Line, ...] = field(default=())


def course(view: MenteeView, today: date) -> Section:
    """Return how far the course is, the professional and the social side by side (R2, R5)."""
    mentee = view.mentee
    phase = phase_of(mentee, today)
    dates = [show_date(day) for day in (mentee.start, mentee.ends) if day]
    title = _dotted(_("The course"), phase_word(phase) if phase else "", " – ".join(dates))
    return Section(title, tuple(_course(view)))


def sections(view: MenteeView, today: date, limits: Limits, *, roomy: bool = True) -> list[Section]:
    """Return what stands at a glance: what is next and missing, the five pointers.

    Nothing private is among it. On a low screen, not `roomy`, only the first sparring and action
    are named. The pictures are in `screens.overview.pictures`.
    """
    return [
        Section(_("Coming up"), tuple(_next(view, today, limits, 2 if roomy else 1))),
        Section(_("Missing"), tuple(_missing(view, today))),
        Section(_("Five pointers on learning"), tuple(_pointers(view, today, limits))),
    ]


def _course(view: MenteeView) -> Iterator[Line]:
    tasks = professional(view.tasks)
    alone = ngettext(
        "{done} of {of} task independent", "{done} of {of} tasks independent", tasks.of
    )
    yield _bar("professional", pgettext("progress", "Professional"), tasks, alone, "plan")
    duties = social(view.duties)
    done = ngettext("{done} of {of} duty done", "{done} of {of} duties done", duties.of)
    yield _bar("social", pgettext("progress", "Social"), duties, done, "roles")
    goals = goals_reached(view.goals)
    reached = ngettext("{done} of {of} goal reached", "{done} of {of} goals reached", goals.of)
    yield _bar("goals", _("Learning goals"), goals, reached, "plan")
    yield from _agreed(view)


def _agreed(view: MenteeView) -> Iterator[Line]:
    """Yield when the plan was agreed; the cursor there tells which rows changed since (R15)."""
    if not view.tasks:
        return
    since = changed_since_agreed(view)
    text = _dotted(*agreed_words(view.mentee, since)) or _("not agreed yet")
    first = next(iter((*since.changed, *since.added)), "")
    rows = rows_since_agreed(view, since)
    yield Line("agreed", _("Plan"), text, "plan", first, whole=f"{text}. {rows}" if rows else "")


def _bar(id: str, label: str, progress: Progress, words: str, place: str) -> Line:
    if progress.percent is None:
        empty = _("nothing to count yet")
        return Line(id, label, f"{bar(None, BAR)}  {empty}", place, tone="muted")
    counted = words.format(done=progress.done, of=progress.of)
    text = f"{bar(progress.share, BAR)} {progress.percent:>4} %  {counted}"
    return Line(id, label, text, place)


# -- what comes next ------------------------------------------------------------------------------


def _next(view: MenteeView, today: date, limits: Limits, most: int) -> Iterator[Line]:
    running = view.running
    if running is not None:
        began = running.started_at
        time = f"{show_near(began.date(), today)} {began:%H:%M}" if began else ""
        text = _("Talk {number}, begun {time} and not ended").format(
            number=running.number, time=time
        )
        yield Line(f"talk:{running.id}", _("Unfinished talk"), text, "talk", tone="strong")
    talk = view.next_talk(today)
    if talk is not None and talk.planned_on:
        when = f"{show_near(talk.planned_on, today)} {talk.planned_time}".rstrip()
        text = _("Talk {number}").format(number=talk.number)
        yield Line(
            f"talk:{talk.id}", _("Talk"), _dotted(when, text, talk.place), "talk", talk.id
        )  # fmt: skip
    for task in _sparrings(view)[:most]:
        on = task.sparring_on or today
        text = _dotted(show_near(on, today), task.title, view.name_of(task.sparring_with))
        yield Line(f"sparring:{task.id}", _("Sparring"), text, "plan", task.id)
    for action in _actions(view)[:most]:
        when = show_near(action.due, today) if action.due else _("no date")
        text = _dotted(when, action.what, view.name_of(action.who))
        yield Line(f"action:{action.id}", _("Action"), text, "people", action.id)
    ends = view.mentee.ends
    if ends and ends_soon(view.mentee, limits.ending(today)):
        yield Line("ends", _("Period ends"), show_near(ends, today), "edit")


def _sparrings(view: MenteeView) -> list[Task]:
    """Sparrings that are agreed on and not held, by date."""
    found = [task for task in view.tasks if is_awaited(task)]
    return sorted(found, key=lambda task: (task.sparring_on or date.max, task.order))


def _actions(view: MenteeView) -> list[Action]:
    """Open actions, by date, those without one last."""
    found = [action for action in view.actions if action.state is ActionState.OPEN]
    return sorted(found, key=lambda action: (action.due or date.max, action.id))


def _missing(view: MenteeView, today: date) -> Iterator[Line]:
    found = gaps(view, today)
    for gap in found:
        place = BY_NAME[gap.screen]
        record_id = gap.ids[0] if gap.ids else ""
        yield Line(f"gap:{gap.kind}", _(place.title), gap.sentence, place.name, record_id)
    if not found:
        yield Line(
            "gap:none", _("Nothing"), _("The frame round the course is whole."), tone="muted"
        )


def _pointers(view: MenteeView, today: date, limits: Limits) -> Iterator[Line]:
    for pointer in pointers(view, today, limits):
        tone: Tone = "strong" if pointer.look else ""
        label = f"{pointer.number} {pointer.title}"
        yield Line(f"pointer:{pointer.number}", label, pointer.rests_on, pointer.screen, tone=tone)


# -- notes ----------------------------------------------------------------------------------------


def notes(view: MenteeView, today: date, reader: Reader, *, everything: bool) -> Section:
    """Return the newest notes that the reader may see.

    What is said of them all is said of the shared ones only, whether any are hidden or not.
    """
    newest = list(reversed(visible(view.notes, reader)))
    all_seen = shows_all(reader)
    lines = [_note(view, note, today) for note in (newest if everything else newest[:NOTES])]
    more = len(newest) - len(lines)
    if more:
        text = ngettext("{number} older note", "{number} older notes", more)
        if not all_seen:
            text = ngettext("{number} older shared note", "{number} older shared notes", more)
        lines.append(Line("notes:more", "", text.format(number=more), "notes", tone="muted"))
    if not lines:
        text = _("No notes yet: n writes one.")
        if not all_seen:
            text = _("No shared notes here: n writes one.")
        lines.append(Line("notes:none", "", text, "note", tone="muted"))
    return Section(_("Newest notes"), tuple(lines))


def _note(view: MenteeView, note: Note, today: date) -> Line:
    when = show_near(note.at.astimezone().date(), today) if note.at else show_date(None)
    label = _dotted(when, _("private") if note.private else "")
    kind = "" if note.kind is NoteKind.NOTE else word(note.kind)
    task = view.task(note.task_id)
    about = _dotted(kind, task.title if task else "")
    text = first_line(note.text)
    return Line(f"note:{note.id}", label, f"{about}: {text}" if about else text, "note", note.id)


def _dotted(*parts: str) -> str:
    return glyphs(" · ").join(part for part in parts if part)


def by_id(found: Iterable[Section]) -> dict[str, Line]:
    """Return the lines by id."""
    return {line.id: line for section in found for line in section.lines}
