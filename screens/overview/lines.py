"""What the overview of a mentee tells, as lines of text under headings.

Each line knows what Enter opens from it. The pictures are in `screens.overview.pictures`; which
sections the whole overview has is in `screens.overview.page`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from data.clock import local
from data.dates import show_date, show_near
from data.frozen import immutable
from data.i18n import _, ngettext, pgettext
from data.method.actions import open_actions
from data.method.doubts import open_doubts
from data.method.hold import hold_text
from data.method.lending import loan_text
from data.method.limits import Limits
from data.method.mentors import co_mentors, lasts
from data.method.mentorship.gaps import gaps
from data.method.mentorship.phases import ends_soon, pause_text, phase_of, phase_word
from data.method.mentorship.pointers import pointers
from data.method.mentorship.roles import role_name, until_text
from data.method.plan.agreed import (
    agreed_names,
    agreed_words,
    changed_since_agreed,
    rows_since_agreed,
)
from data.method.plan.progress import (
    Progress,
    goals_reached,
    professional,
    social,
    time_spent_text,
)
from data.method.sparring import is_awaited
from data.method.systems import without_access
from data.method.view import MenteeView
from data.method.visibility import Reader, seen, shows_all, visible
from data.method.words import show_percent, word
from data.records import Note, NoteKind, Task
from data.text import first_line
from screens.frame.places import BY_NAME
from widgets.glyphs import dotted
from widgets.grid import Tone
from widgets.progress import bar

BAR = 12
"""Cells of a bar of progress."""
NOTES = 6
"""How many of the newest notes are shown."""


@immutable
class Line:
    """One line of the overview."""

    id: str
    label: str
    text: str
    opens: str = ""
    """What Enter opens: a screen, by its name in `screens.frame.places`; "talk", "note" or "edit";
    "notes" for the page of all notes, "weeks" for the tasks that were left out. "" for nothing."""
    record_id: str = ""
    """The record that the line is about, on which what it opens begins."""
    tone: Tone = ""
    whole: str = ""
    """What is said about the line below all lines; "" for the line itself, where it is cut off."""
    words: str = ""
    """The text without its picture; "" where it has none."""

    @property
    def key(self) -> str:
        """The key that opens the same as Enter, or ""."""
        if self.opens == "talk":
            return "t"
        return BY_NAME[self.opens].key if self.opens in BY_NAME else ""


@immutable
class Section:
    """A heading, and the lines under it."""

    title: str
    lines: tuple[Line, ...]
    legend: str = ""
    """What the signs of its pictures mean."""


# -- how far the mentorship has come --------------------------------------------------------------


def mentorship(view: MenteeView, today: date, *, bar: int = BAR) -> Section:
    """Return how far the mentorship is, the professional and the social side by side (R2, R5).

    `bar` is how many cells a bar has.
    """
    mentee = view.mentee
    phase = phase_of(mentee, today)
    dates = [show_date(day) for day in (mentee.start, mentee.ends) if day]
    phase_name = phase_word(phase) if phase else ""
    phase_name = pause_text(mentee) or phase_name
    title = dotted(_("Mentorship"), phase_name, " – ".join(dates), hold_text(mentee))
    return Section(title, tuple(_progress(view, today, bar)))


def _progress(view: MenteeView, today: date, cells: int) -> Iterator[Line]:
    tasks = professional(view.tasks)
    alone = _("{done} of {of} independent")
    yield _bar("professional", _("Steps in the plan"), tasks, alone, "plan", cells=cells)
    duties = social(view.duties)
    done = ngettext("{done} of {of} duty done", "{done} of {of} duties done", duties.of)
    yield _bar("social", pgettext("progress", "Social"), duties, done, "roles", cells=cells)
    goals = goals_reached(view.goals)
    reached = ngettext("{done} of {of} goal reached", "{done} of {of} goals reached", goals.of)
    yield _bar("goals", _("Learning goals"), goals, reached, "plan", cells=cells)
    yield from _agreed(view)
    yield from _co_mentors(view, today)
    if lent := loan_text(view.loans):
        yield Line("loan", _("Loan"), lent, tone="strong")


def _co_mentors(view: MenteeView, today: date) -> Iterator[Line]:
    """Yield who stands in for the mentor, or does so in addition, and until when."""
    for role in co_mentors(view):
        name = view.name_of(role.person_id)
        if name and lasts(role, today):
            text = dotted(name, until_text(role))
            yield Line(f"role:{role.id}", role_name(role), text, "roles")


def _agreed(view: MenteeView) -> Iterator[Line]:
    """Yield when the plan was agreed.

    `whole` names the rows that changed since then (R15), and tells how long the tasks took (R20).
    """
    if not view.tasks:
        return
    since = changed_since_agreed(view)
    names = agreed_names(view.mentee)
    told = [one for one in agreed_words(view.mentee, since) if one != names]
    text = dotted(*told) or _("not agreed yet")
    first = next(iter((*since.changed, *since.added)), "")
    rows, spent = rows_since_agreed(view, since), time_spent_text(view)
    whole = ". ".join(one for one in (text, rows.removesuffix("."), spent) if one)
    yield Line("agreed", _("Plan"), text, "plan", first, whole=whole if rows or spent else "")
    if names:
        yield Line("agreed_by", _("Agreed by"), names, "plan")


def _bar(id: str, label: str, progress: Progress, words: str, opens: str, *, cells: int) -> Line:
    """Return a line with a bar; `words` has fields for what is {done} and {of} how many."""
    if progress.percent is None:
        empty = _("nothing to count yet")
        return Line(id, label, f"{bar(None, cells)}  {empty}", opens, tone="muted", words=empty)
    counted = words.format(done=progress.done, of=progress.of)
    share = show_percent(progress.percent)
    text = f"{bar(progress.share, cells)} {share:>6}  {counted}"
    return Line(id, label, text, opens, words=f"{share}, {counted}")


# -- what comes next, what is missing, the five pointers ------------------------------------------


def sections(
    view: MenteeView,
    today: date,
    limits: Limits,
    reader: Reader = Reader.MENTOR,
    *,
    roomy: bool = True,
) -> list[Section]:
    """Return what is next, what is missing, and what the five pointers rest on.

    Nothing private is among it. Unless there is room, only the first sparring and the first action
    are named.
    """
    return [
        Section(_("Next"), tuple(_coming_up(view, today, limits, reader, 2 if roomy else 1))),
        Section(_("Check"), tuple(_missing(view, today))),
        Section(_("Five pointers about learning"), tuple(_pointers(view, today, limits, reader))),
    ]


def _coming_up(
    view: MenteeView, today: date, limits: Limits, reader: Reader, most: int
) -> Iterator[Line]:
    """Yield the talks, sparrings and actions that are next, of each sort `most` at the most."""
    running = view.running
    if running is not None:
        began = running.started_at
        time = f"{show_near(began.date(), today)} {began:%H:%M}" if began else ""
        text = _("Talk {number}, started {time} and not finished").format(
            number=running.number, time=time
        )
        yield Line(f"talk:{running.id}", _("Unfinished talk"), text, "talk", tone="strong")
    for missed in view.missed(today)[-1:]:
        text = _("Talk {number} was not held").format(number=missed.number)
        told = dotted(show_near(missed.planned_on, today), text) if missed.planned_on else text
        yield Line(f"missed:{missed.id}", _("Talk"), told, "talks", missed.id, tone="strong")
    talk = view.next_talk(today)
    if talk is not None and talk.planned_on:
        when = f"{show_near(talk.planned_on, today)} {talk.planned_time}".rstrip()
        text = _("Talk {number}").format(number=talk.number)
        told = dotted(when, text, talk.place)
        yield Line(f"talk:{talk.id}", _("Talk"), told, "talk", talk.id)
    for task in _sparrings(view)[:most]:
        on = task.sparring_on or today
        text = dotted(show_near(on, today), task.title, view.name_of(task.sparring_with))
        yield Line(f"sparring:{task.id}", _("Sparring"), text, "plan", task.id)
    for action in open_actions(view)[:most]:
        when = show_near(action.due, today) if action.due else _("no date")
        text = dotted(when, action.what, view.name_of(action.who))
        yield Line(f"action:{action.id}", _("Action"), text, "actions", action.id)
    yield _still_to_do(seen(view, reader))
    ends = view.mentee.ends
    if ends and ends_soon(view.mentee, limits.ending(today)):
        yield Line("ends", _("Ends on"), show_near(ends, today), "edit")


def _sparrings(view: MenteeView) -> list[Task]:
    """Return the tasks with a sparring that has been agreed on and not held, by its date."""
    found = [task for task in view.tasks if is_awaited(task)]
    return sorted(found, key=lambda task: (task.sparring_on or date.max, task.order))


def _still_to_do(view: MenteeView) -> Line:
    """Return what is open on the screen of actions; doubts and questions are not counted."""
    actions, systems = len(open_actions(view)), len(without_access(view))
    number = ngettext("{number} open", "{number} open", actions).format(number=actions)
    access = ngettext(
        "access missing to {number} system", "access missing to {number} systems", systems
    )
    told = dotted(
        number if actions else "",
        _("doubts or questions to answer") if open_doubts(view) else "",
        access.format(number=systems) if systems else "",
    )
    tone: Tone = "" if told else "muted"
    return Line("actions", _("Actions"), told or _("none open"), "actions", tone=tone)


def _missing(view: MenteeView, today: date) -> Iterator[Line]:
    """Yield what is missing, each with the screen where it can be put right (R57, R81)."""
    found = gaps(view, today)
    for gap in found:
        screen = BY_NAME[gap.screen]
        record_id = gap.ids[0] if gap.ids else ""
        yield Line(f"gap:{gap.kind}", _(screen.title), gap.sentence, screen.name, record_id)
    if not found:
        yield Line("gap:none", _("Nothing"), _("Nothing is missing."), tone="muted")


def _pointers(view: MenteeView, today: date, limits: Limits, reader: Reader) -> Iterator[Line]:
    """Yield the five pointers, each with the facts that it rests on."""
    for pointer in pointers(view, today, limits, reader):
        tone: Tone = "strong" if pointer.look else ""
        label = f"{pointer.number} {pointer.title}"
        yield Line(f"pointer:{pointer.number}", label, pointer.rests_on, pointer.screen, tone=tone)


# -- notes ----------------------------------------------------------------------------------------


def notes(view: MenteeView, today: date, reader: Reader) -> Section:
    """Return the newest of the notes that the reader may see; a last line opens the page of all.

    In the shared view the texts speak of the shared notes only, whether others are hidden or not.
    """
    newest = list(reversed(visible(view.notes, reader)))
    all_seen = shows_all(reader)
    lines = [_note(view, note, today) for note in newest[:NOTES]]
    more = len(newest) - len(lines)
    if more:
        text = ngettext("{number} older note", "{number} older notes", more)
        if not all_seen:
            text = ngettext("{number} older shared note", "{number} older shared notes", more)
        more_text = _("{older}: N shows all by day").format(older=text.format(number=more))
        lines.append(Line("notes:more", "", more_text, "notes", tone="muted"))
    if not lines:
        text = _("No notes yet: n writes one.")
        if not all_seen:
            text = _("No shared notes here: n writes one.")
        lines.append(Line("notes:none", "", text, "note", tone="muted"))
    return Section(_("Latest notes"), tuple(lines))


def _note(view: MenteeView, note: Note, today: date) -> Line:
    """Return the first line of a note, with its day and what it is about."""
    when = show_near(local(note.at).date(), today) if note.at else show_date(None)
    label = dotted(when, _("private") if note.private else "")
    kind = "" if note.kind is NoteKind.NOTE else word(note.kind)
    task = view.task(note.task_id)
    about = dotted(kind, task.title if task else "")
    text = first_line(note.text)
    return Line(f"note:{note.id}", label, f"{about}: {text}" if about else text, "note", note.id)
