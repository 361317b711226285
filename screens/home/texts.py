"""What the first screen says outside its lists: above them, below them, and in their place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from data.clock import local
from data.dates import show_date, show_near
from data.i18n import _, language, ngettext
from data.method.hold import hold_text
from data.method.lending import loan_text
from data.method.mentorship.phases import pause_text
from data.method.today.due import Due
from data.method.today.fold import Fold
from data.method.today.rows import due_what
from data.method.view import MenteeView
from data.records import CourseState
from data.storage.protocol import Presence
from data.store.presence import in_talk
from data.text import first_line
from screens.frame.others import who_since
from screens.home.rows import missing
from widgets.glyphs import dotted

# -- above the lists ------------------------------------------------------------------------------


def banner_text(
    notices: Iterable[str],
    cut_off: MenteeView | None,
    today: date,
    others: Iterable[Presence] = (),
    *,
    own: str = "",
    clashes: int = 0,
) -> str:
    """Return what stands above the lists, a line each; "" where there is nothing to say.

    `notices` is what opening the file had to say; `cut_off` the mentee whose talk was cut off;
    `others` are the other sessions, one of which may have that talk open; `own` is the user's login
    name; `clashes` how many texts have clashed with somebody else's and are not settled.
    """
    lines = [_("{notice} (Esc)").format(notice=notice) for notice in notices]
    if clashes:
        text = ngettext(
            "{number} text in conflict: ! shows both versions",
            "{number} texts in conflict: ! shows both versions",
            clashes,
        )
        lines.append(text.format(number=clashes))
    if cut_off is not None:
        lines.append(cut_off_text(cut_off, today, others, own))
    return "\n".join(lines)


def cut_off_text(
    view: MenteeView, today: date, others: Iterable[Presence] = (), own: str = ""
) -> str:
    """Return the offer to go on with a mentee's talk that was cut off; "" where there is none.

    A talk that another session has open was not cut off: then it says who has it open.
    """
    talk = view.running
    if talk is None or talk.started_at is None:
        return ""
    elsewhere = in_talk(others, talk)
    if elsewhere:
        text = _("The talk with {name} is open with {who}: t on {name} takes it over")
        return text.format(name=view.mentee.name, who=who_since(elsewhere, own))
    began = local(talk.started_at)
    time = began.strftime("%H:%M")
    if began.date() != today:
        time = f"{show_near(began.date(), today)} {time}"
    text = _("Talk with {name} ({time}) is unfinished: t resumes it")
    return text.format(name=view.mentee.name, time=time)


# -- below the lists ------------------------------------------------------------------------------


def detail_text(
    due: Due | Fold | None, view: MenteeView | None, today: date, *, cut: bool = True
) -> str:
    """Return what is to be known about the line under the cursor beyond what its list shows.

    `due` is the line of Today, where the cursor is there; `view` the mentee otherwise. `cut`: the
    line is cut off in its list, and so is told in full. What stands there already is not sent
    once more with each step.
    """
    if isinstance(due, Fold):
        names = ", ".join(one.name or one.mentee for one in due.dues)
        return f"{due.who}: {due.what}\n{names}"
    if due is not None:
        # The name comes last: so much of it as tells mentees apart stands in the list.
        who = f" ({due.mentee})" if due.mentee else ""
        return f"{due_what(due)}\n{due.why}{who}" if cut else ""
    return mentee_detail(view, today, cut=cut) if view is not None else ""


def mentee_detail(view: MenteeView, today: date, *, cut: bool = True) -> str:
    """Return a mentee's title and team; if the line is `cut` off, the name and what is missing."""
    mentee = view.mentee
    facts = [mentee.title, mentee.team, _("newly qualified") if mentee.newly_qualified else ""]
    facts += [hold_text(mentee), loan_text(view.loans)]
    words = missing(view, today)
    state = ""
    if not words:
        state = _("nothing missing")
    elif cut:
        state = _("check: {words}").format(words=", ".join(words))
    if mentee.state is CourseState.CLOSED:
        state = _(
            "closed {date}; r reopens, A access, O hand over, B hold, X delete for good"
        ).format(date=show_date(mentee.closed_on))
    state = dotted(pause_text(mentee), state)
    # What has no room even here is what the list does not have.
    return dotted(mentee.name, state, *facts) if cut else dotted(*facts, state)


# -- in place of the lists ------------------------------------------------------------------------


def empty_text(*, of_team: bool, on_server: bool = False, why: str = "", out: bool = False) -> str:
    """Return what the screen says while there is no mentee at all: how to begin.

    `of_team` says that the records are a team's, `on_server` that they are on a server. `why` is
    the sentence that says why those who were there are not shown any more; "" where nobody was.
    `out` says that nothing can be begun here: the user is not in the team any more.
    """
    where = _(
        "Everything is saved as you type, in your own file. Server "
        "administrators can technically read it."
    )
    if of_team:
        where = _(
            "Everything is saved as you type, in the team's file. What is private is in a file of "
            "your own. Server administrators can technically read both."
        )
    if on_server:
        where = _(
            "Everything is saved as you type, on the server. You see the mentees whom you are a "
            "mentor of. Those who look after the server can technically read everything."
        )
    if out:
        return why
    # only the first start says something out of the library
    from data.library import text, text_title

    return "\n".join(
        (
            why or _("There are no mentees yet."),
            "",
            _("a   adds your first mentee: name and first day are enough"),
            _("W   imports rows of mentees from a file, such as a table saved as CSV"),
            _("E   adds example data: three made-up mentees to explore"),
            _("?   help, and the guide this program is built on"),
            _("b   the library: texts, questions and materials to make your own"),
            "",
            where,
            "",
            first_line(text(language(), "first_start")),
            _("More in the library: “{title}”").format(title=text_title(language(), "first_start")),
        )
    )


def today_title(shown: int, number: int) -> str:
    """Return what stands above Today: how many lines there are, and how many of them are shown."""
    if shown == number:
        return _("Today ({number})").format(number=number)
    return _("Today ({shown} of {number})").format(shown=shown, number=number)


def reading_texts(done: int, number: int) -> tuple[str, str]:
    """Return what stands above Today and in it while the mentees are being read."""
    text = _("{done} of {number} mentees have been read.").format(done=done, number=number)
    return _("Today"), text


def nothing_text(number: int) -> str:
    """Return what Today says where it shows no line, of so many that there are."""
    if number:
        text = ngettext(
            "{number} line waits; Esc shows all again.",
            "{number} lines wait; Esc shows all again.",
            number,
        )
        return text.format(number=number)
    return _("Nothing needs attention today.")


def nobody_text(typed: str, *, closed: bool) -> str:
    """Return what the list of mentees says where it has nobody.

    `typed` is the part of a name that it is narrowed to; `closed`: of those that are closed.
    """
    if typed:
        return _("No name matches “{text}”; Enter searches everything").format(text=typed)
    if closed:
        return _("No closed mentorships; v shows the others again")
    return _("All mentorships are closed; v shows them, a adds a mentee")
