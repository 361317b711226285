"""The page of all mentors in words, for the screen, the command line and documents alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from data.dates import show_date, show_distance
from data.i18n import N_, _, ngettext
from data.method.mentorship.gaps import Gap, GapKind
from data.method.words import show_percent, show_tenths
from data.published.figures import Counted, Measure
from data.published.overview import Doubt, Doubted, Mentor, Need, Row
from data.published.schema import PublishedMentee, Stage
from data.published.words import stage_word
from data.text import clean

_GAPS: Final = {
    Need.NO_PLAN: GapKind.NO_TASKS,
    Need.NO_BUDDY: GapKind.NO_BUDDY,
    Need.NO_EXPECTATIONS: GapKind.NO_AGREEMENT,
}
_OTHERS: Final = {
    Need.LONG_SINCE_TALK: N_("long since the last talk"),
    Need.RETENTION_DUE: N_("due for deletion"),
}


def plain(text: str) -> str:
    """Return a path or a login in one line, without what steers a terminal."""
    return clean(text, lines=False)


def need_word(need: Need) -> str:
    """Return in a few words what is needed, as the mentor's own list says it."""
    return Gap(_GAPS[need]).short if need in _GAPS else _(_OTHERS[need])


def short_stage(stage: Stage) -> str:
    """Return the name of a phase in a word or two, for a cell or within a sentence."""
    return _("No start yet") if stage is Stage.NO_START else stage_word(stage)


def who_word(mentee: PublishedMentee) -> str:
    """Return who a mentee is, as far as the mentor lets it be seen: initials, or a number."""
    if isinstance(mentee.who, str):
        return plain(mentee.who)
    return _("Mentee {number}").format(number=mentee.who)


def week_word(mentee: PublishedMentee) -> str:
    """Return the week of a mentorship; "" where it is in none."""
    if mentee.week is None:
        return ""
    return _("week {number}").format(number=mentee.week)


def needs_text(needs: Iterable[Need]) -> str:
    """Return what is needed, as one text."""
    return ", ".join(map(need_word, needs))


def numbers_text(needs: Mapping[Need, int]) -> str:
    """Return how many mentees have each need, as one text; "" for none."""
    return ", ".join(
        _("{what}: {number}").format(what=need_word(need), number=number)
        for need, number in needs.items()
        if number
    )


# -- one mentor ------------------------------------------------------------------------------------


def mentees_text(mentor: Mentor) -> str:
    """Return how many mentees a mentor has, of how many there is room for: "3 of 4"."""
    if mentor.capacity is None:
        return str(mentor.active)
    return _("{done} of {all}").format(done=mentor.active, all=mentor.capacity)


def room_text(mentor: Mentor) -> str:
    """Return in a sentence part how many more a mentor could take."""
    if mentor.room is None:
        return _("has not said how many")
    if not mentor.room:
        return _("no room for more")
    text = ngettext("room for {number} more", "room for {number} more", mentor.room)
    return text.format(number=mentor.room)


def mentor_line(mentor: Mentor) -> str:
    """Return one mentor in a sentence that reads well aloud."""
    number = ngettext("{number} mentee", "{number} mentees", mentor.active)
    parts = [number.format(number=mentor.active)]
    if found := numbers_text(mentor.needs):
        parts.append(_("check: {what}").format(what=found))
    parts.append(published_text(mentor))
    return f"{plain(mentor.name)}: {'; '.join(parts)}"


def published_text(mentor: Mentor) -> str:
    """Return in a sentence part when a mentor has published, and whether that is long ago."""
    said = _("published {date}").format(date=show_date(mentor.written))
    return ", ".join(filter(None, (said, age_text(mentor))))


def age_text(mentor: Mentor) -> str:
    """Return that what a mentor has published is old; "" where it is not."""
    return _("may not be so any more") if Doubt.STALE in mentor.doubts else ""


def capacity_line(mentor: Mentor) -> str:
    """Return in a sentence how many mentees a mentor has, and how many more there is room for."""
    number = ngettext("{number} mentee", "{number} mentees", mentor.active)
    return f"{plain(mentor.name)}: {number.format(number=mentor.active)}; {room_text(mentor)}"


def mentee_line(row: Row, day: date) -> str:
    """Return one mentee in a sentence: where they are, talks, steps, and what is needed."""
    one = row.mentee
    parts = [week_word(one), short_stage(one.phase).lower(), talks_text(one, day), steps_text(one)]
    if one.retention_due is not None:
        parts.append(_("delete from {date}").format(date=show_date(one.retention_due)))
    if row.needs:
        parts.append(_("check: {what}").format(what=needs_text(row.needs)))
    return f"{who_word(one)}: {'; '.join(filter(None, parts))}"


def talks_text(mentee: PublishedMentee, day: date) -> str:
    """Return how many talks have been held, how long ago the last was, and how many are to come."""
    held = ngettext("{number} talk held", "{number} talks held", mentee.talks_held)
    parts = [held.format(number=mentee.talks_held)]
    if mentee.last_talk is not None:
        parts.append(_("the last {when}").format(when=show_distance(mentee.last_talk, day)))
    if mentee.talks_cancelled:
        cancelled = ngettext("{number} cancelled", "{number} cancelled", mentee.talks_cancelled)
        parts.append(cancelled.format(number=mentee.talks_cancelled))
    if mentee.talks_planned:
        parts.append(_("{number} planned").format(number=mentee.talks_planned))
    return ", ".join(parts)


def last_talk_text(mentee: PublishedMentee) -> str:
    """Return in a sentence part when the last talk was."""
    if mentee.last_talk is None:
        return _("no talk held yet")
    return _("last talk {date}").format(date=show_date(mentee.last_talk))


def steps_text(mentee: PublishedMentee) -> str:
    """Return how many of the tasks are done alone; "" where there are none."""
    if not mentee.steps_of:
        return ""
    text = _("alone with {number} of {all} tasks")
    return text.format(number=mentee.steps, all=mentee.steps_of)


# -- the whole -------------------------------------------------------------------------------------


def total_line(counts: Counted) -> str:
    """Return how many there are in all."""
    parts = [
        ngettext("{number} mentor", "{number} mentors", counts.mentors).format(
            number=counts.mentors
        ),
        ngettext("{number} mentee", "{number} mentees", counts.mentees).format(
            number=counts.mentees
        ),
    ]
    if counts.closed:
        closed = ngettext("{number} closed", "{number} closed", counts.closed)
        parts.append(closed.format(number=counts.closed))
    return ", ".join(parts)


def phases_text(counts: Counted) -> str:
    """Return how many mentees there are in each phase, as one text; "" for none."""
    found = [
        _("{what}: {number}").format(what=short_stage(stage).lower(), number=number)
        for stage, number in counts.phases.items()
        if number
    ]
    return ", ".join(found)


_MEASURES: Final = {
    Measure.TALKS: N_("Talks held with each, on average"),
    Measure.DAYS: N_("Days since the last talk, the middle one"),
    Measure.STEPS: N_("Tasks done alone, of all"),
}


def figures(counts: Counted) -> Iterator[tuple[str, str]]:
    """Yield what is measured, and its figures; nothing of what too few are in."""
    for measure, found in counts.figures.items():
        if found.whole is None:
            continue
        groups = ", ".join(
            f"{short_stage(stage).lower()} {_figure(measure, value)}"
            for stage, value in found.groups.items()
        )
        text = _figure(measure, found.whole)
        yield _(_MEASURES[measure]), f"{text} ({groups})" if len(found.groups) > 1 else text


def _figure(measure: Measure, value: float) -> str:
    if measure is Measure.STEPS:
        return show_percent(round(value))
    return show_tenths(value) if measure is Measure.TALKS else str(round(value))


def nobody_text(*, on_server: bool = False) -> str:
    """Say that there is nothing to show, and what leads to something."""
    if on_server:
        return _(
            "No mentor of the team has published anything yet. Each says yes once: mentor publish"
            " on."
        )
    return _(
        "No mentor has published anything here yet. Each says yes once: mentor publish on --folder "
        "FOLDER, where FOLDER is the one that you look into."
    )


def no_folder_text() -> str:
    """Say what to do where nobody has said where mentors publish."""
    return _(
        "Name the folder with what the mentors publish: mentor overview FOLDER, or the address of"
        " their server. Or set publish_folder in your settings."
    )


def few_text() -> str:
    """Say why a figure is not there."""
    return _("Averages and shares are of 5 mentees or more, so they tell of nobody.")


# -- files to look at ------------------------------------------------------------------------------


def doubted_heading(doubted: Sequence[Doubted]) -> str:
    """Return what stands above what is to be looked at: files, or mentors on a server."""
    is_file = all(one.path.startswith("/") for one in doubted)
    return _("Files to look at") if is_file else _("To look at")


def doubted_line(one: Doubted) -> str:
    """Return what there is to look at in a file, in one sentence with its path."""
    return f"{plain(one.path)}: {doubt_text(one)}"


def doubt_text(one: Doubted) -> str:
    """Return what there is to look at in a file, in one sentence."""
    if one.doubt is Doubt.UNREADABLE:
        return one.why
    if one.doubt is Doubt.STALE:
        said = ngettext(
            "It was written {number} day ago, and may not be so any more.",
            "It was written {number} days ago, and may not be so any more.",
            one.days,
        )
        return said.format(number=one.days)
    if one.doubt is Doubt.OWNER:
        said = _("It is called after {name}, but belongs to {owner}.")
        return said.format(name=plain(one.called), owner=plain(one.owner))
    if one.doubt is Doubt.AHEAD:
        return _("It is dated later than today.")
    said = _("There is a newer one of {name}, which is shown instead.")
    return said.format(name=plain(one.owner))
