"""The file of a contribution: TOML as the library has it, to be copied into its files by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from data.clock import today
from data.contribution.line import Line, QuestionLine, Sort, TaskTime, TipLine, time_text
from data.dates import show_date
from data.documents.files import NotWritten, write_new
from data.i18n import N_, _
from data.library.templates import TemplateRow, row_table
from data.text import spelling_key

_NAME: Final = N_("contribution")
"""What the name of the file begins with."""
_KEY: Final = 60
"""The most letters of a key in the library."""


def write_contribution(lines: Sequence[Line], folder: Path, where: str = "") -> Path:
    """Write the lines to a new file that only its user may read, and return its path.

    Args:
        lines: What the mentor has read and chosen; at least one.
        folder: The folder of documents, which is made if need be.
        where: The file or folder that the user typed; "" for the folder of documents.

    Raises:
        NotWritten: It could not be written; nothing of it is there.
    """
    path = Path(where).expanduser() if where else folder
    if path.exists() and not (path.is_file() or path.is_dir()):
        text = _("{name} is no ordinary file. Name a file or a folder.")
        raise NotWritten(text.format(name=path))
    into_folder = not where or where.endswith("/") or path.is_dir()
    if into_folder:
        path /= f"{_(_NAME)}-{today().isoformat()}.toml"
    content = contribution_text(lines, today()).encode()
    return write_new(path, content, make_folder=not where or where.endswith("/"))


def contribution_text(lines: Iterable[Line], day: date) -> str:
    """Return the lines as TOML: each sort behind a comment that says where it belongs."""
    import tomlkit  # loaded when first needed: it takes a tenth of a second

    by_sort: dict[Sort, list[Line]] = {sort: [] for sort in Sort}
    for one in lines:
        by_sort[one.sort].append(one)
    document = tomlkit.document()
    for said in (
        _("A contribution to the library of the workplace, {date}.").format(date=show_date(day)),
        _("Copy what you want to use into the files of the library's folder."),
    ):
        document.add(tomlkit.comment(said))
    keys: set[str] = set()
    _add(document, "tip", "tips.toml", [_tip(one.value) for one in by_sort[Sort.TIP]])
    questions = [_question(one.value, keys) for one in by_sort[Sort.QUESTION]]
    _add(document, "question", "questions/*.toml", questions)
    _add(document, "task", "plans/*.toml", _tasks(by_sort[Sort.TASK]))
    text: str = tomlkit.dumps(document)
    times = [time_text(one.value) for one in by_sort[Sort.TIME] if isinstance(one.value, TaskTime)]
    if times:
        head = _("How long tasks have taken, on average: for “estimate” in plans/*.toml")
        text = "\n".join(
            [text.rstrip("\n"), "", f"# {head}", *(f"# {_inline(one)}" for one in times), ""]
        )
    return text


def _add(document: Any, key: str, file: str, tables: Sequence[Any]) -> None:
    """Add a list of tables behind the name of the file that they belong in."""
    import tomlkit  # loaded when first needed: it takes a tenth of a second

    if not tables:
        return
    document.add(tomlkit.nl())
    document.add(tomlkit.comment(f"--- {file}"))
    document.add(tomlkit.nl())
    listed = tomlkit.aot()
    for table in tables:
        listed.append(table)
    document.add(key, listed)


def _tip(value: object) -> Any:
    import tomlkit  # loaded when first needed: it takes a tenth of a second

    table = tomlkit.table()
    if isinstance(value, TipLine):
        table.add("type", value.type)
        table.add("text", tomlkit.string(value.text, multiline="\n" in value.text))
    return table


def _question(value: object, keys: set[str]) -> Any:
    import tomlkit  # loaded when first needed: it takes a tenth of a second

    table = tomlkit.table()
    if isinstance(value, QuestionLine):
        table.add("key", _free(value.text, keys))
        table.add("text", value.text)
        if value.probes:
            table.add("probes", tomlkit.item(list(value.probes)).multiline(True))
    return table


def _free(text: str, keys: set[str]) -> str:
    """Return a key for a question, made of its first words, and note that it is taken."""
    words = re.findall(r"[a-z0-9]+", spelling_key(text))
    base = "-".join(words)[: _KEY - 4].rstrip("-") or "question"
    found, number = base, 1
    while found in keys:
        number += 1
        found = f"{base}-{number}"
    keys.add(found)
    return found


def _tasks(lines: Sequence[Line]) -> list[Any]:
    tables = []
    source = ""
    for one in lines:
        if not isinstance(one.value, TemplateRow):
            continue
        table = row_table(one.value)
        if one.source and one.source != source:
            table.comment(_inline(one.source))
            source = one.source
        tables.append(table)
    return tables


def _inline(text: str) -> str:
    """Return a text as a comment may have it: on one line."""
    return " ".join(text.split())
