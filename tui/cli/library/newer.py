"""`mentor library diff` and `take`: what is newer in the workplace's library than what one uses."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import click

from data.i18n import _, ngettext
from data.queries.entry_words import compared, entry_name, kind_word, news_of, what_word
from data.storage.reasons import reason
from data.workplace.begin import library_of
from data.workplace.newer import Difference, name_text
from data.workplace.offers import is_going_back, offers, with_folder, with_kept, with_taken
from data.workplace.reading import read_folder
from data.workplace.taken import Copy, NewerFormat, copy_file, read_copy
from tui.cli.base import command, say_json, say_whole, say_wrapped
from tui.cli.call import Call, Problem, Status


def diff_command() -> click.Command:
    """Make `mentor library diff`."""
    text = _(
        "Show what the folder of the library has otherwise than what you use, in both wordings."
        " The exit status is then 1. Nothing is changed."
    )
    return command("diff", _diff, text, reading=True, with_file=False)


def take_command() -> click.Command:
    """Make `mentor library take`."""
    text = _(
        "Take what is newer in the library: all of it, or what is named as mentor library diff"
        " names it. Plans and talks in progress keep their wording."
    )
    entries = click.Argument(["entries"], metavar=_("[ENTRY]..."), nargs=-1)
    keep = click.Option(
        ["--keep"], is_flag=True, help=_("Keep what you use: it is not offered as it is again.")
    )
    return command("take", _take, text, entries, keep, with_file=False)


def _diff(call: Call) -> None:
    copy = _with_folder(call)
    found = offers(copy)
    if call.as_json:
        say_json(
            {
                "name": copy.folder_has.name,
                "version": copy.folder_has.version,
                "back": is_going_back(copy),
                "changes": [_as_json(one) for one in found],
            }
        )
    elif not found:
        text = _("You use what the library has: {name}, version {version}.")
        say_wrapped(text.format(name=copy.used.name, version=copy.used.version))
    else:
        say_wrapped(f"{news_of(copy)}.")
        for one in found:
            for indent, line in _said(one):
                say_wrapped(line, indent)
    if found:
        raise SystemExit(Status.FOUND)


def _said(one: Difference) -> Iterator[tuple[str, str]]:
    """Yield the lines about what differs, each with its indent."""
    about = _("{kind}: {name} ({what})")
    said = about.format(kind=kind_word(one), name=entry_name(one.entry), what=what_word(one))
    yield "", f"{said} [{name_text(one.name)}]"
    for field in compared(one):
        yield "  ", field.label
        for sign, text in (("-", field.before), ("+", field.after)):
            for line in text.splitlines():
                yield "    ", f"{sign} {line.removeprefix('- ')}"


def _as_json(one: Difference) -> dict[str, object]:
    return {
        "entry": name_text(one.name),
        "kind": one.entry.kind.value,
        "key": one.entry.key,
        "file": one.entry.file,
        "what": one.what.value,
        "before": dict(one.before.values) if one.before else None,
        "after": dict(one.after.values) if one.after else None,
    }


def _take(call: Call, entries: Sequence[str], keep: bool) -> None:
    if call.library is not None:
        library_of(call.library, os.environ).look()  # the first time it is taken whole
    found = offers(_with_folder(call))
    wanted = {*entries} or {name_text(one.name) for one in found}
    names = {name_text(one.name) for one in found}
    if missing := sorted(wanted - names):
        text = _("{entry} is not offered; mentor library diff shows what is.")
        raise Problem(text.format(entry=missing[0]))
    chosen = [one for one in found if name_text(one.name) in wanted]
    if not chosen:
        say_wrapped(_("Nothing is newer in the library."))
        return
    answer: Callable[[Copy], Copy] = partial(with_kept if keep else with_taken, found=chosen)
    _write(call, answer)
    if keep:
        said = ngettext(
            "You keep what you use: {number} change is not offered as it is again.",
            "You keep what you use: {number} changes are not offered as they are again.",
            len(chosen),
        )
    else:
        said = ngettext("{number} change taken.", "{number} changes taken.", len(chosen))
    say_wrapped(said.format(number=len(chosen)))


def _with_folder(call: Call) -> Copy:
    """Return the copy in use with what the folder has now; nothing is written.

    Raises:
        Problem: There is no library, or its folder cannot be read.
    """
    if call.library is None:
        raise Problem(_("No library is set: write its folder as library in the settings."))
    reading = read_folder(call.library)
    if reading.library is None:
        for fault in reading.faults[1:]:
            say_whole(fault.said_whole(call.library))
        raise Problem(reading.faults[0].said_whole(call.library), Status.FILE)
    path = copy_file(os.environ)
    try:
        copy = read_copy(path)
    except NewerFormat as newer:
        text = _("{path} was written by a newer version of the program: the library is not used.")
        raise Problem(text.format(path=path), Status.FILE) from newer
    folder = str(call.library)
    if copy is None or (copy.folder != folder and copy.used.name != reading.library.name):
        return Copy(folder, reading.fingerprint, reading.library)  # it is taken whole
    return with_folder(copy, reading.library, reading.fingerprint)


def _write(call: Call, answer: Callable[[Copy], Copy]) -> None:
    """Answer what is offered, for all sessions."""
    assert call.library is not None  # noqa: S101 - `_with_folder` has asked
    try:
        library_of(call.library, os.environ).change(answer)
    except OSError as error:
        text = _("The library could not be saved: {why}")
        raise Problem(text.format(why=reason(error)), Status.FILE) from error
