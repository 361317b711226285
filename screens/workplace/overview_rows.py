"""What the screens of a workplace show, as rows of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from data.dates import show_near
from data.i18n import _, ngettext
from data.published.figures import Counted
from data.published.overview import Doubted, Mentor, Overview, Row
from data.published.overview_words import (
    age_text,
    capacity_line,
    doubt_text,
    doubted_heading,
    few_text,
    figures,
    last_talk_text,
    mentee_line,
    mentees_text,
    need_word,
    needs_text,
    numbers_text,
    phases_text,
    plain,
    published_text,
    short_stage,
    steps_text,
    total_line,
    who_word,
)
from data.text import match_names
from widgets import grid
from widgets.glyphs import dotted, glyphs

MENTOR, FILE = "mentor:", "file:"
"""What the ids of rows begin with; the path of the file follows."""
_WIDE = 76
"""From this width of the screen on, there is room for when each has published."""


# -- all mentors -----------------------------------------------------------------------------------


def mentor_columns(width: int) -> tuple[grid.Column, ...]:
    """Return the columns of the list of mentors."""
    label = _("Published")
    when = (grid.Column("written", label, max(10, len(label))),) if width >= _WIDE else ()
    return (
        grid.Column("mentor", _("Mentor"), 12, flex=1, names=True),
        grid.Column("mentees", _("Mentees"), 8),
        *when,
        grid.Column("needs", _("Check"), 20, flex=3, below="mentees"),
    )


def mentor_rows(page: Overview, counts: Counted, typed: str) -> Iterator[grid.Row]:
    """Yield the mentors whose name fits what was typed; and files to look at, and figures."""
    names = [one.name for one in page.mentors]
    fits = set(match_names(names, typed)) if typed else set(range(len(names)))
    for place, mentor in enumerate(page.mentors):
        if place in fits:
            yield _mentor_row(mentor, page.day)
    if typed:
        if not fits:
            yield grid.Row("none", {"mentor": _("Nothing found")}, wide=True)
        return
    if page.doubted:
        yield grid.Row("heading:files", {"mentor": doubted_heading(page.doubted)}, heading=True)
    for one in page.doubted:
        yield _file_row(one)
    yield from _figure_rows(counts)


def _mentor_row(mentor: Mentor, day: date) -> grid.Row:
    numbers = numbers_text(mentor.needs)
    cells = {
        "mentor": plain(mentor.name),
        "mentees": mentees_text(mentor),
        "written": show_near(mentor.written, day),
        "needs": numbers or glyphs("–"),
    }
    tones: dict[str, grid.Tone] = {"written": "muted"}
    if not numbers:
        tones["needs"] = "muted"
    short = {"needs": ", ".join(map(need_word, mentor.needs)) or glyphs("–")}
    words = {"needs": numbers or _("nothing to check")}
    if age := age_text(mentor):
        words["written"] = f"{cells['written']}, {age}"
    return grid.Row(f"{MENTOR}{mentor.path}", cells, tones=tones, short=short, words=words)


def file_id(one: Doubted) -> str:
    """Return the id of the row of a file to look at, which stays whatever else comes or goes."""
    return f"{FILE}{one.doubt.value}:{one.path}"


def _file_row(one: Doubted) -> grid.Row:
    cells = {"mentor": plain(Path(one.path).name), "needs": doubt_text(one)}
    return grid.Row(file_id(one), cells, tones={"needs": "muted"})


def _figure_rows(counts: Counted) -> Iterator[grid.Row]:
    if not counts.mentees:
        return
    yield grid.Row("heading:all", {"mentor": _("In all")}, heading=True)
    found = [
        (_("Check"), numbers_text(counts.needs) or _("nothing to check")),
        (_("Phases"), phases_text(counts)),
        *figures(counts),
    ]
    for number, (label, text) in enumerate(found):
        yield grid.Row(f"all:{number}", {"mentor": f"{label}: {text}"}, wide=True)
    yield grid.Row("all:few", {"mentor": few_text()}, tones={"mentor": "muted"}, wide=True)


def banner_text(page: Overview, counts: Counted) -> str:
    """Return what stands above the list of mentors: how many there are, and files to look at."""
    files = ngettext("{number} file to look at", "{number} files to look at", len(page.doubted))
    if any(not one.path.startswith("/") for one in page.doubted):
        files = _("to look at: {number}")
    looked = files.format(number=len(page.doubted)) if page.doubted else ""
    return dotted(total_line(counts), looked)


def mentor_in_full(mentor: Mentor) -> Sequence[str]:
    """Return all that a line of the list says, in sentences."""
    name, _colon, capacity = capacity_line(mentor).partition(": ")
    published = published_text(mentor)
    needs = numbers_text(mentor.needs)
    check = _("check: {what}").format(what=needs) if needs else _("nothing to check")
    # What is to be checked comes before what may have no room on a small screen.
    return name, check[:1].upper() + check[1:], f"{capacity}; {published}"


def file_in_full(one: Doubted) -> Sequence[str]:
    """Return which file it is, and what there is to look at."""
    return (plain(one.path), doubt_text(one))


# -- one mentor ------------------------------------------------------------------------------------


def mentee_columns(width: int) -> tuple[grid.Column, ...]:
    """Return the columns of one mentor's mentees."""
    more = (
        grid.Column("held", _("Talks"), 8, right=True),
        grid.Column("steps", _("Alone"), 8, right=True, speaks=True),
    )
    return (
        grid.Column("who", _("Mentee"), 9, flex=1, names=True),
        grid.Column("week", _("Week"), 5, right=True),
        grid.Column("phase", _("Phase"), 12),
        grid.Column("last", _("Last"), 10, speaks=True),
        *(more if width >= _WIDE else ()),
        grid.Column("needs", _("Check"), 15, flex=3, below="week"),
    )


def mentee_rows(mentor: Mentor, day: date) -> Iterator[grid.Row]:
    """Yield the mentees of one mentor, what needs help first."""
    for id, row in by_id(mentor).items():
        yield _mentee_row(id, row, day)


def by_id(mentor: Mentor) -> Mapping[str, Row]:
    """Return the mentees by the ids of their rows, which stay when the order is another.

    A file that somebody has made may have two of one name, or of one number.
    """
    found: dict[str, Row] = {}
    alike: Counter[int | str] = Counter()
    for row in mentor.rows:
        who = row.mentee.who
        found[f"{who}/{alike[who]}"] = row
        alike[who] += 1
    return found


def _mentee_row(id: str, row: Row, day: date) -> grid.Row:
    one = row.mentee
    needs = needs_text(row.needs)
    share = _("{done} of {all}").format(done=one.steps, all=one.steps_of) if one.steps_of else ""
    cells = {
        "who": str(one.who),
        "week": "" if one.week is None else str(one.week),
        "phase": short_stage(one.phase),
        "last": show_near(one.last_talk, day) if one.last_talk else glyphs("–"),
        "held": str(one.talks_held),
        "steps": share or glyphs("–"),
        "needs": needs or glyphs("–"),
    }
    words = {
        "who": who_word(one),
        "last": last_talk_text(one),
        "needs": needs or _("nothing to check"),
        "steps": steps_text(one) or _("no tasks in the plan"),
    }
    tones: dict[str, grid.Tone] = {} if needs else {"needs": "muted"}
    return grid.Row(id, cells, tones=tones, words=words)


def mentee_in_full(row: Row, day: date) -> str:
    """Return all that is published of a mentee, in one sentence."""
    return mentee_line(row, day)
