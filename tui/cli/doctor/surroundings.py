"""What `mentor doctor` says of settings, library, documents, editor and terminal."""

from __future__ import annotations

import codecs
import locale
import os
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.access_advice import access_advice
from data.i18n import LANGUAGES, _, ngettext
from data.paths import documents_folder, is_stand_in
from data.run_folder import texts_folder, texts_left_behind
from data.storage.reasons import said_of
from data.storage.upkeep.findings import Weight
from tui.cli.call import Call


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at."""

    check: str
    weight: Weight
    text: str


def surroundings(call: Call) -> list[Line]:
    """Return what there is to say of all that is not the data file."""
    # `mentor fold` reads no library, and says not where it is installed
    from data.library import LibraryError
    from tui.cli.installation import findings

    lines = [*_as_root(), *(Line(*finding) for finding in findings())]
    lines += [Line("settings", Weight.SERIOUS, remark) for remark in call.remarks]
    left = _("A text that was open in an editor when the connection was lost is in {folder}.")
    lines += [
        Line("editor", Weight.NOTE, left.format(folder=folder))
        for place in _places(call.path)
        for folder in texts_left_behind(place)
    ]
    try:
        _read_library()
        lines.append(Line("library", Weight.FINE, _("The texts that are built in can be read.")))
    except (LibraryError, OSError) as error:
        lines.append(Line("library", Weight.SERIOUS, said_of(error)))
    lines += [*_workplace(call), *_own_templates()]
    lines += [_documents(call), *_who_sees_commands(), _writes_in()]
    term = os.environ.get("TERM", "")
    if term in {"", "dumb", "unknown"}:
        text = _(
            "This terminal cannot show screens (TERM={term}); mentor talk --plain can be used."
        )
        lines.append(Line("terminal", Weight.NOTE, text.format(term=term)))
    else:
        lines.append(Line("terminal", Weight.FINE, _("Terminal: {term}.").format(term=term)))
    lines.append(_charset())
    return lines


def _as_root() -> list[Line]:
    """Say to root that this is about root, who has no mentees."""
    if os.geteuid():
        return []
    text = _(
        "You are root, and this is about root's own file and terminal. As another user: sudo -u "
        "NAME mentor doctor"
    )
    return [Line("root", Weight.NOTE, text)]


def _places(path: Path) -> list[Path]:
    """Return the folders in which texts may lie that were open in an editor."""
    if is_stand_in(path):
        return [texts_folder(path)]
    # most files are of one user alone
    from data.store.opening_team import own_file

    own = own_file(path)
    return [path.parent] if own is None else [path.parent, texts_folder(own)]


def _documents(call: Call) -> Line:
    """Say where documents are written to, and whether they can be, for their user alone."""
    folder = documents_folder(call.settings.documents, os.environ)
    if not folder.exists():
        text = _("Documents will be written to {folder}, which is made with the first one.")
        return Line("documents", Weight.FINE, text.format(folder=folder))
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        text = _("Documents cannot be written to {folder}. Choose another in the settings.")
        said = f"{text.format(folder=folder)} {access_advice(folder)}".rstrip()
        return Line("documents", Weight.SERIOUS, said)
    if folder.stat().st_mode & 0o077:
        text = _("Others may see which documents are in {folder}. This keeps them out: {command}")
        command = f"chmod 700 {shlex.quote(str(folder))}"
        return Line("documents", Weight.NOTE, text.format(folder=folder, command=command))
    text = _("Documents are written to {folder}.")
    return Line("documents", Weight.FINE, text.format(folder=folder))


def _who_sees_commands() -> list[Line]:
    """Say where others on the machine can read the words of a command while it runs."""
    try:
        mounts = Path("/proc/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        mounts = []
    proc = [mount.split()[3] for mount in mounts if mount.split()[1:3] == ["/proc", "proc"]]
    if any(re.search(r"\bhidepid=(?!0|off)", options) for options in proc[-1:]):
        return []
    text = _(
        "Others on this computer may see the words of a command while it "
        "runs (/proc is mounted without hidepid). Write notes without TEXT: "
        "mentor note NAME"
    )
    return [Line("commands", Weight.NOTE, text)]


def _writes_in() -> Line:
    """Say which editor long texts are written in, and whether it keeps some of them."""
    # `mentor fold` starts no editor
    from tui.terminal.editor import EditorError, Family, editor_command, family_of

    try:
        command = editor_command(os.environ)
    except EditorError as problem:
        return Line("writes_in", Weight.NOTE, f"{problem}.")
    editor = Path(command[0]).name
    if family_of(command, os.environ) is Family.OTHER:
        text = _(
            "Notes may be written in {editor}, which may keep some of what is written in files of "
            "its own. Vim, Neovim, nano and micro are started so that they do not: set $EDITOR to "
            "one of them."
        )
        return Line("writes_in", Weight.NOTE, text.format(editor=editor))
    text = _(
        "Notes may be written in {editor}. It is started without history, and with its swap and "
        "backup files beside the text."
    )
    return Line("writes_in", Weight.FINE, text.format(editor=editor))


def _read_library() -> None:
    # `mentor fold` reads no library
    from data.library.questionset import built_in_questions
    from data.library.rolematrix import built_in_duties

    for language in LANGUAGES:
        built_in_questions(language)
        built_in_duties(language)


def _workplace(call: Call) -> Iterator[Line]:
    """Yield what there is to say of the workplace's library: its folder, and the copy in use."""
    if call.library is None:
        return
    # few workplaces have one
    from data.workplace.reading import read_folder
    from data.workplace.taken import NewerFormat, copy_file, newer_format, read_copy

    reading = read_folder(call.library)
    path = copy_file(os.environ)
    used = reading.library
    try:
        copy = read_copy(path)
        used = copy.used if copy else used
    except NewerFormat:
        yield Line("workplace", Weight.SERIOUS, newer_format(path))
        used = None
    if reading.faults:
        text = ngettext(
            "The workplace's library has {number} fault: {first}",
            "The workplace's library has {number} faults, the first: {first} All of them: mentor"
            " library check",
            len(reading.faults),
        )
        first = reading.faults[0].said_whole(call.library)
        said = text.format(number=len(reading.faults), first=first)
        yield Line("workplace", Weight.SERIOUS, said)
    if used is not None and reading.faults:
        text = _("Used meanwhile: {name}, version {version}, as it was read last.")
        said = text.format(name=used.name, version=used.version)
        yield Line("workplace", Weight.NOTE, said)
    elif used is not None:
        text = _("The workplace's library: {name}, version {version}, from {folder}.")
        said = text.format(name=used.name, version=used.version, folder=call.library)
        yield Line("workplace", Weight.FINE, said)


def _own_templates() -> Iterator[Line]:
    """Yield what is wrong with the user's own templates of plans."""
    # `mentor fold` reads none
    from data.templates.own import own_templates

    text = _("A template of plans cannot be used: {problem}")
    for problem in own_templates(os.environ).problems:
        yield Line("templates", Weight.SERIOUS, text.format(problem=problem))


def _charset() -> Line:
    """Say which charset commands and screens use, and whether the terminal shows that one."""
    # `mentor fold` shows no screens
    from tui.terminal.kind import charset
    from tui.terminal.shown_charset import shows_utf8

    encoding = getattr(sys.stdin, "encoding", None) or locale.getencoding()
    used = {codecs.lookup(encoding).name, charset(os.environ)}
    other = ", ".join(sorted(used - {"utf-8"}))
    name, value = _locale()
    shown = shows_utf8()
    if shown and other:
        text = _(
            "The terminal shows UTF-8, but {setting} says {charset}: letters such as æ are stored "
            "and shown wrongly. Set it: export LC_ALL=C.UTF-8"
        )
    elif shown is False and not other:
        text = _(
            "The terminal does not show UTF-8, but the program does: letters such as æ are stored "
            "and shown wrongly. Set the terminal to UTF-8."
        )
    elif value and not _is_installed(value):
        text = _(
            "{setting} is not installed on this computer; {charset} is used. locale -a lists those "
            "that are."
        )
        said = text.format(setting=f"{name}={value}", charset=(other or "utf-8").upper())
        return Line("charset", Weight.NOTE, said)
    elif other:
        text = _("The locale uses {charset}: some characters are replaced. Set LANG.")
        return Line("charset", Weight.NOTE, text.format(charset=other))
    else:
        if shown:
            text = _("Terminal and program use UTF-8.")
        elif not value:
            text = _("No locale is set; UTF-8 is used.")
        elif value in {"C", "POSIX"}:
            text = _("{setting} names no charset; UTF-8 is used.")
        else:
            text = _("The locale uses UTF-8.")
        return Line("charset", Weight.FINE, text.format(setting=f"{name}={value}"))
    said = text.format(setting=f"{name}={value}", charset=other.upper())
    return Line("charset", Weight.SERIOUS, said)


def _locale() -> tuple[str, str]:
    """Return which variable says the locale, and what it says; "" where none does.

    Where what is said cannot be had, Python sets LC_CTYPE to a locale that can (PEP 538).
    """
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        value = os.environ.get(name, "")
        is_pythons = name == "LC_CTYPE" and value in {"C.UTF-8", "C.utf8", "UTF-8"}
        if value and not is_pythons:
            return name, value
    return "", ""


def _is_installed(name: str) -> bool:
    """Return whether the computer has a locale."""
    before = locale.setlocale(locale.LC_COLLATE)
    try:
        locale.setlocale(locale.LC_COLLATE, name)
    except locale.Error:
        return False
    locale.setlocale(locale.LC_COLLATE, before)
    return True
