"""What each key does, all over the program: one job for each key, held against the bindings.

`python -m tests.tools.key_table` writes the table into docs/keys.md.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from textual.binding import Binding
from textual.dom import DOMNode

from widgets.keys import key_label

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs/keys.md"
BEGIN, END = "<!-- made from the bindings -->\n", "<!-- end -->\n"


@dataclass(frozen=True, slots=True)
class Job:
    """What a key does, and under which names the screens have it."""

    does: str
    names: tuple[str, ...]
    verbs: tuple[str, ...] = field(default=())
    """Words that may follow the key in a text of the interface, such as "adds" in "a adds one"."""


def modules() -> list[str]:
    """Return the modules that may declare bindings."""
    files = [*ROOT.glob("screens/**/*.py"), *ROOT.glob("widgets/*.py"), ROOT / "tui/app/app.py"]
    names = (file.relative_to(ROOT).with_suffix("").parts for file in files)
    return sorted(".".join(parts) for parts in names if parts[-1] != "__init__")


def classes() -> Iterator[type[DOMNode]]:
    """Yield the classes of the interface that are ours."""
    for name in modules():
        for _name, found in inspect.getmembers(import_module(name), inspect.isclass):
            if issubclass(found, DOMNode) and found.__module__ == name:
                yield found


def own_bindings(kind: type[DOMNode]) -> list[Binding]:
    """Return the bindings that a class of ours declares itself, one for each key."""
    return list(Binding.make_bindings(vars(kind).get("BINDINGS", [])))


def names_of_keys() -> dict[str, dict[str, set[str]]]:
    """Return key -> name of what it does -> the classes that have it so."""
    found: dict[str, dict[str, set[str]]] = {}
    for kind in classes():
        for binding in own_bindings(kind):
            if binding.description:
                names = found.setdefault(binding.key, {})
                names.setdefault(binding.description, set()).add(kind.__name__)
    return found


def table() -> str:
    """Return the table of docs/keys.md."""
    rows = ["| key | its one job | by these names |", "|---|---|---|"]
    found = names_of_keys()
    for key, job in JOBS.items():
        names = ", ".join(sorted(found.get(key, {}), key=str.casefold))
        rows.append(f"| `{key_label(Binding(key, ''))}` | {job.does} | {names} |")
    return "\n".join(rows) + "\n"


def with_table(text: str) -> str:
    """Return docs/keys.md with the table as it is now."""
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


JOBS: dict[str, Job] = {
    "f1": Job("help for what is in front", ("Help",)),
    "question_mark": Job("help, where no text is written", ("Help", "Back")),
    "f2": Job("whose words they are", ("Switch mentee/mentor", "Other voice")),
    "f3": Job(
        "make something of the line, from one small list: F3 Enter makes the natural thing",
        ("Make …", "Copy potential to needs", "Make it a tip", "Share the note as a tip"),
        ("makes", "then", "again", "while", "shares", "keeps", "replaces", "copies", "removes"),
    ),
    "f4": Job("private, or shared", ("Private/shared",), ("then", "shares")),
    "f5": Job(
        "draw the screen again; in speech mode: say where one is",
        ("Redraw the screen, or say where I am",),
        ("says",),
    ),
    "f6": Job(
        "shared view: nothing private can be on the screen",
        ("Shared view",),
        ("shows", "exits"),
    ),
    "f7": Job("the step before, as PageUp", ("Previous",)),
    "f8": Job("the next step, as PageDown", ("Next",)),
    "pageup": Job("the step before", ("Previous",)),
    "pagedown": Job("the next step", ("Next",)),
    "f9": Job("agreed, updated together: the stamp of the plan", ("Agreed", "Updated together")),
    "f10": Job(
        "done with this page: a form saves, a talk goes on to its last step and ends there",
        (
            "Save",
            "End talk",
            "Back",
            "Done",
            "Close mentorship",
            "Import",
            "Delete for good",
            "Add to the plan",
            "Take",
        ),
        ("saves", "ends", "again", "closes"),
    ),
    "ctrl+s": Job(
        "the same as F10, which some terminals keep for themselves",
        (
            "Save",
            "End talk",
            "Back",
            "Done",
            "Close mentorship",
            "Import",
            "Delete for good",
            "Add to the plan",
            "Take",
        ),
        ("or",),
    ),
    "ctrl+t": Job(
        "which task the words are about",
        ("About", "About task", "About which tasks"),
        ("chooses", "links"),
    ),
    "ctrl+r": Job("which kind: of note, or the short talk", ("Kind", "Short talk")),
    "ctrl+o": Job("more to ask or to read at this step", ("More questions",), ("opens",)),
    "ctrl+g": Job(
        "where it belongs: which step of the talk, which day", ("Go to step", "Another day")
    ),
    "ctrl+n": Job(
        "use your own words where somebody else's are",
        ("Use mine",),
        ("uses", "brings"),
    ),
    "ctrl+l": Job("hide the screen until Enter is pressed", ("Hide the screen",)),
    "ctrl+e": Job("write in an editor of your own", ("Write in your own editor",)),
    "ctrl+u": Job(
        "in a field: empty it, and once more bring that back; on lists and pages half a page back",
        ("Empty the field",),
        ("empties",),
    ),
    "ctrl+p": Job("all commands by name", ("Commands",)),
    "colon": Job("the same, where no text is written", ("Commands",)),
    "ctrl+q": Job("quit", ("Quit",), ("quits",)),
    "escape": Job("one step back; never leaves the program", ()),
    "enter": Job("open, or go on", ()),
    "tab": Job("the next field, cell or side", ()),
    "shift+tab": Job("the one before", ()),
    "space": Job("tick, mark or switch what the cursor is on", ()),
    "a": Job(
        "add",
        ("Add", "Add goal", "Add duty", "Add action", "Keep both, mine after theirs"),
        ("adds", "writes", "on"),
    ),
    "b": Job(
        "the library's text about it",
        ("The library", "The guide", "The whole guide", "Sparring culture"),
        ("on",),
    ),
    "c": Job("columns of your own", ("Own columns", "Add your own role")),
    "C": Job("the calendar file", ("Calendar file",), ("writes",)),
    "d": Job(
        "done",
        ("Done", "Used today", "Agreed today", "Gone through today", "Held outside the program"),
        ("marks", "notes"),
    ),
    "D": Job("the manager has confirmed it", ("Manager OK",)),
    "e": Job("edit", ("Edit", "All fields", "Correct"), ("makes", "adds", "shows")),
    "E": Job("the example data", ("Example data: add or remove",), ("adds", "removes")),
    "f": Job("move to another date", ("Move", "Next date"), ("moves", "plans")),
    "A": Job("all that is kept about the mentee", ("Access to data",), ("access",)),
    "B": Job("a hold: nothing is deleted", ("Hold",), ("hold",)),
    "O": Job("hand over to another mentor", ("Hand over",), ("hand",)),
    "H": Job("the history: who changed what and when", ("History",)),
    "i": Job("write a longer text", ("Description", "Next time …", "Mentee's answer")),
    "I": Job("write the mentor's side of it", ("Mentor's answer",)),
    "J": Job("move the row down", ("Move the task down", "Down")),
    "K": Job("move the row up", ("Move the task up", "Up")),
    "m": Job("the learning goals of the task, and back", ("Goals", "Back")),
    "M": Job("a co-mentor beside the main mentor", ("Add co-mentor",), ("adds",)),
    "n": Job("a note; in a question: no", ("Note", "No"), ("writes", "no")),
    "N": Job("all notes about the mentee, by day", ("All notes by day",), ("shows",)),
    "o": Job("which task it belongs to", ("Task", "Choose tasks")),
    "p": Job("snooze, postpone, archive", ("Snooze", "Archive", "Postpone"), ("snoozes",)),
    "q": Job("the quality check of the plan", ("Quality check",)),
    "r": Job(
        "once more: reopen, another round, what was learned before, the rhythm",
        (
            "Reopen",
            "New round",
            "What this type of task has taught us",
            "Rhythm",
        ),
        ("plans", "reopens"),
    ),
    "s": Job(
        "how far it is",
        ("Step", "Can do now", "The whole set on/off", "Tried it, or not", "All, or none"),
    ),
    "S": Job("the summary for the mentee", ("Summary for the mentee",), ("shows",)),
    "T": Job("a template of plans", ("Add rows of a template",)),
    "t": Job(
        "a talk: start or resume it", ("Talk", "Resume"), ("resumes", "starts", "on", "first")
    ),
    "u": Job("undo", ("Undo",), ("undoes",)),
    "U": Job("redo", ("Redo",), ("redoes",)),
    "v": Job(
        "another view of it",
        (
            "Closed or active mentorships",
            "Who does what",
            "Filter by task type",
            "Preparation sheet",
            "Earlier wording",
            "Only one task, kind or voice",
            "Everything/only this",
        ),
        ("shows", "hides"),
    ),
    "V": Job("all mentors of the workplace", ("All mentors of the workplace",)),
    "w": Job("write as a document", ("Write document",)),
    "W": Job(
        "the other way: import a filled-in form, or rows of mentees",
        ("Import a filled-in form", "Import rows of mentees"),
        ("imports",),
    ),
    "x": Job(
        "delete, close, drop",
        (
            "Close mentorship",
            "Delete",
            "Cancel talk",
            "Delete note, or close mentorship",
            "Restore library text",
            "Drop the action",
            "Keep theirs",
            "Keep",
        ),
        ("keeps", "deletes"),
    ),
    "R": Job("release the status to the managers of the team", ("Release",), ("release",)),
    "L": Job("lend to another mentor, or give back", ("Lend",), ("lends", "gives")),
    "X": Job("delete for good", ("Delete for good",), ("delete",)),
    "y": Job("copy; in a question: yes", ("Copy", "Yes"), ("again", "copies")),
    "slash": Job("search", ("Search", "Find")),
    "exclamation_mark": Job("texts in conflict", ("Conflicting edits",), ("shows",)),
}
"""The one job of each key. `j` answers yes in questions in Danish; else `h j k l g G` are moves."""
MOVES = frozenset("hjklgG") | {"up", "down", "left", "right", "home", "end"}
"""Keys that move, and do nothing else on a list or a page."""
DIGITS = frozenset("0123456789")
"""Digits choose what bears them: a screen of the mentee, a heap, a row of a small list."""


if __name__ == "__main__":
    DOCS.write_text(with_table(DOCS.read_text("utf-8")), "utf-8")
