"""What can be written after a full stop in the plain talk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NoReturn

from data.i18n import N_, _, ngettext
from data.method.talk.flow import FlowStep, is_said
from data.method.talk.outcomes import to_action, to_next_step, to_potential
from data.method.talk.placed import PLACED
from data.method.visibility import Reader, hidden, visible
from data.records import Action, Note
from data.store.change import Change
from tui.cli.base import say_wrapped
from tui.cli.plain.dialogue import as_number
from tui.cli.plain.line import Stopped
from tui.cli.plain.notes import newest_notes
from tui.cli.plain.words import is_word
from tui.cli.plain_talk.conversation import Conversation, GoToStep, titled

COMMANDS: Final = {
    "help": N_("help"),
    "next": N_("next"),
    "back": N_("back"),
    "go": N_("go"),
    "show": N_("show"),
    "action": N_("action"),
    "task": N_("task"),
    "undo": N_("undo"),
    "stop": N_("stop"),
    "note": N_("note"),
    "share": N_("share"),
    "notes": N_("notes"),
}
"""What can be written after a full stop; the start of a word is enough."""


Elsewhere = Callable[[str], tuple[str, Callable[[], NoReturn]] | None]
"""Gets what was written after a full stop; returns what follows the name of a place, and what goes
there; None where it names no place."""


def nowhere(_typed: str) -> None:
    """Know no other place."""


def carry_out(talk: Conversation, typed: str, *, elsewhere: Elsewhere = nowhere) -> None:
    """Do what was written after a full stop.

    Raises `Stopped` or `GoToStep` where it leaves the step, and what `elsewhere` raises.
    """
    word, _space, rest = typed.partition(" ")
    found = [name for name, shown in COMMANDS.items() if word and is_word(word, _(shown), name)]
    name = found[0] if found else ""
    if name == "go":
        _go(talk, rest)
    if name == "show":
        _show(talk, rest)
        return
    if name in {"note", "share", "notes"}:
        {"note": _note, "share": _share, "notes": _notes}[name](talk, rest)
        return
    if name == "undo":
        _undo(talk)
    place = elsewhere(typed) if word and not name else None
    if place is not None:
        rest, go = place
        if rest:
            talk.keep(rest)
        go()
    if word and not name:
        rest = f".{typed}"  # no command, but words that begin with a full stop
    if rest:  # nothing that is written is dropped
        talk.keep(rest)
    if name == "stop":
        raise Stopped
    if name == "undo":
        return
    if name in {"action", "task"}:
        talk.last_line = rest or talk.last_line
    act = {
        "next": _next,
        "back": _back,
        "action": _action,
        "task": _on_task,
    }.get(name, _help)
    act(talk)


def _next(talk: Conversation) -> None:
    _move_to(talk.flow.next)


def _back(talk: Conversation) -> None:
    _move_to(talk.flow.previous)


def _move_to(step: FlowStep | None) -> None:
    if step is not None:
        raise GoToStep(step.key)
    say_wrapped(_("No more steps in that direction."))


def _go(talk: Conversation, rest: str) -> NoReturn:
    """Go to the step whose number was written; without one, say all steps and ask."""
    flow = talk.flow
    steps = flow.steps
    place = as_number(rest, len(steps))
    if place is None:
        for number, step in enumerate(steps, 1):
            filled = f" ({_('filled in')})" if step.filled else ""
            say_wrapped(f"{number}. {titled(flow, step)}{filled}", "  ")
        if rest:
            talk.refuse(rest, _("Write a number from 1 to {number}.").format(number=len(steps)))
        place = talk.choose(_("Step"), len(steps))
    raise GoToStep(steps[place].key if place is not None else talk.flow.current.key)


def _show(talk: Conversation, rest: str) -> None:
    """Say all that has been written in this talk; what is private only where that is asked for."""
    private = bool(rest) and is_word(rest, _("private"), "private")
    reader = Reader.MENTOR if private else Reader.SHARED
    if rest and not private:
        talk.keep(rest)
    said = [answer for answer in talk.flow.answers.values() if is_said(answer)]
    for answer in visible(said, reader):
        say_wrapped(talk.flow.asked_in(answer))
        for side, words in ((_("Mentee"), answer.mentee), (_("Mentor"), answer.mentor)):
            if words:
                say_wrapped(f"{side}: {words}", "  ")
    unsaid = len(hidden(said, reader))
    if unsaid:
        text = ngettext(
            "{number} private answer is left out; .show private shows it.",
            "{number} private answers are left out; .show private shows them.",
            unsaid,
        )
        say_wrapped(text.format(number=unsaid))


def _note(talk: Conversation, rest: str) -> None:
    """Write a private note of this talk, beside what both of them say."""
    text = rest or talk.ask(_("Note (private)"))
    if text:
        note = talk.kept_as(text)
        talk.save([Change.created(note)])
        talk.last_note = note.id
        say_wrapped(_("Kept as a private note: {text}").format(text=text))


def _share(talk: Conversation, rest: str) -> None:
    """Share the note that was written last in this talk."""
    if rest:
        talk.keep(rest)
    note = talk.store.get(Note, talk.last_note)
    if note is None:
        say_wrapped(_("You have written no note here yet."))
        return
    talk.save([Change.edited(note, private=False)])
    say_wrapped(_("Shared: {text}").format(text=note.text))


def _notes(talk: Conversation, rest: str) -> None:
    """Say the newest notes about the mentee; private ones where that is asked for."""
    private = bool(rest) and is_word(rest, _("private"), "private")
    if rest and not private:
        talk.keep(rest)
    reader = Reader.MENTOR if private else Reader.SHARED
    for line in newest_notes(talk.flow.view, "", reader):
        say_wrapped(line)


def _action(talk: Conversation) -> None:
    """Make an action of the last line: what, who, when."""
    what = talk.ask(_("What ({line})").format(line=talk.last_line)) or talk.last_line
    if not what:
        say_wrapped(_("Nothing has been written yet."))
        return
    with (
        talk.saved_meanwhile(what, of_table=Action.table, of_field="what"),
        talk.kept_if_left(what),
    ):
        who = "mentee" if talk.agrees(_("Does the mentee do it?")) else ""
        due = talk.ask_date(_("Due date (leave empty for none)"))
        talk.save([to_action(talk.flow.talk, what, who=who, due=due)])
    say_wrapped(_("Agreed: {what}").format(what=what))


def _on_task(talk: Conversation) -> None:
    """Put the last line on a task: as its potential in that step, else as its next step."""
    if not talk.last_line:
        say_wrapped(_("Nothing has been written yet."))
        return
    task = talk.choose_task(_("Which task is it about"))
    if task is None:
        return
    step = talk.flow.current
    answer = talk.flow.answer(step.key)
    if step.base in PLACED and answer is not None:
        talk.save([Change.edited(answer, task_id=task.id)])
        talk.place_words(step)
        return
    potential = step.base == "potential"
    change = (to_potential if potential else to_next_step)(task, talk.last_line)
    talk.commit_plan([change])
    field = _("Development potential") if potential else _("Next step")
    say_wrapped(f"{task.title}, {field}: {talk.last_line}")


def _undo(talk: Conversation) -> None:
    taken = talk.store.undo()
    talk.last_line = ""
    say_wrapped(_("Undone.") if taken is not None else _("There is nothing to undo."))


def _help(_talk: Conversation) -> None:
    say_wrapped(_("An empty line continues: to the other's answer, then to the next step."))
    for line in (
        N_(".next and .back go to the next and the previous step, .go lists all steps."),
        N_(
            ".show shows what has been written in this talk; .show private "
            "includes what is private."
        ),
        N_(".action turns the last line into an action: what, who, when."),
        N_(".task copies the last line to a task in the plan."),
        N_(".note writes a private note, .share shares it, .notes lists them."),
        N_(".undo removes the last line. .stop quits; resume the talk any time."),
        N_("To start a line with a full stop, type two."),
        N_(
            "? shows this at every prompt. Text that fits no question is kept, "
            "and the program says where."
        ),
    ):
        say_wrapped(_(line))
