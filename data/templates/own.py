"""The user's own templates of plans: one TOML file for each, in the folder `templates`.

Any file of templates is read here, also one that a colleague has sent. A file that cannot be read
keeps nobody from the others: one line says what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from data.documents.files import NotWritten, write_new
from data.documents.names import word_of
from data.frozen import immutable
from data.i18n import _
from data.library.templates import PlanTemplate, template_of, template_text
from data.paths import make_private_folder, read_start, templates_folder, write_private
from data.storage.problems import StorageError, kind_of
from data.storage.reasons import reason
from data.text import clean
from data.toml_text import NotToml, toml_values
from data.workplace.toml_lines import line_at, lines_of

ENDING: Final = ".toml"
_MOST_BYTES: Final = 1 << 20
"""How big a file may be: some hundred times what a long plan takes."""
_MOST_FILES: Final = 500
_KEY: Final = re.compile(r"[\w-]{1,60}")


class TemplateProblem(Exception):
    """A template cannot be used, or is not there. `str()` is one line that says what to do."""


class TemplateThere(TemplateProblem):
    """There is a template of that name already."""

    def __init__(self, path: Path) -> None:
        super().__init__(_("There is a template {file} already.").format(file=path))
        self.path = path


@immutable
class OwnTemplates:
    """The templates in the folder, and a line about each file that is none."""

    templates: tuple[tuple[PlanTemplate, Path], ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def problem(self) -> str:
        """What is wrong, in one line; "" if nothing is."""
        if len(self.problems) < 2:
            return "".join(self.problems)
        text = _("{number} templates cannot be used; mentor template --list says why.")
        return text.format(number=len(self.problems))


def own_templates(environ: Mapping[str, str]) -> OwnTemplates:
    """Return the user's own templates, by the names of their files. It never raises."""
    found: list[tuple[PlanTemplate, Path]] = []
    problems: list[str] = []
    for path in _files(templates_folder(environ)):
        try:
            found.append((read_template(path), path))
        except TemplateProblem as problem:
            problems.append(str(problem))
    return OwnTemplates(tuple(found), tuple(problems))


def has_files(environ: Mapping[str, str]) -> bool:
    """Return whether there is a file of a template, be it broken."""
    return any(_files(templates_folder(environ)))


def _files(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        names = sorted(one.name for one in folder.iterdir())
        fitting = [one for one in names if one.endswith(ENDING) and not one.startswith(".")]
        yield from (folder / one for one in fitting[:_MOST_FILES])


def read_template(path: Path) -> PlanTemplate:
    """Return the template in a file.

    Raises:
        TemplateProblem: It cannot be read, or something in it is wrong; the first fault is named.
    """
    name = clean(path.name, lines=False)
    key = path.name.removesuffix(ENDING)
    if not _KEY.fullmatch(key):
        text = _("{file}: the name may have letters, digits, - and _ only, at most 60.")
        raise TemplateProblem(text.format(file=name))
    try:
        data = read_start(path, _MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise TemplateProblem(_("{file}: it is larger than 1 MB.").format(file=name))
        text = data.decode("utf-8-sig")
    except OSError as error:
        said = _("{file} cannot be read: {why}.").format(file=name, why=reason(error))
        raise TemplateProblem(said) from error
    except UnicodeDecodeError as error:
        raise TemplateProblem(_("{file} is not UTF-8 text.").format(file=name)) from error
    try:
        return template_in(text, key)
    except TemplateProblem as problem:
        raise TemplateProblem(f"{name}, {problem}") from problem


def template_in(text: str, key: str, name: str = "") -> PlanTemplate:
    """Return the template that a text holds, which may become a file.

    Args:
        text: What the file holds, or will hold.
        key: The name of the file without its ending.
        name: The name of the template, where the text is without it.

    Raises:
        TemplateProblem: Something in it is wrong; it says what, and where in the text.
    """
    try:
        values = toml_values(text)
    except NotToml as error:
        said = _("line {line}: this is not TOML.").format(line=error.line)
        raise TemplateProblem(said) from error
    read = template_of(key, {**values, "name": name} if name else values)
    if read.template is None:
        fault = read.faults[0]
        line = line_at(lines_of(text), fault.at)
        raise TemplateProblem(_("line {line}: {what}").format(line=line, what=fault.what))
    return read.template


# Writing


def template_path(name: str, environ: Mapping[str, str]) -> Path:
    """Return the file of an own template of that name. It need not be there."""
    return templates_folder(environ) / f"{word_of(name) or _('template')}{ENDING}"


def save_template(
    template: PlanTemplate, environ: Mapping[str, str], *, over: bool = False
) -> Path:
    """Write an own template to a file that only its user may read, and return its path.

    Args:
        template: The template; its file is called by its name.
        environ: The environment of the program.
        over: Whether one of the same name is replaced.

    Raises:
        TemplateThere: There is one of that name, and it is not to be replaced.
        TemplateProblem: It could not be written, and what was there is as it was.
    """
    path = template_path(template.name, environ)
    text = template_text(replace(template, key=path.stem))
    try:
        make_private_folder(path.parent)
        if over:
            write_private(path, text)
            return path
        if path.exists() or path.is_symlink():
            raise TemplateThere(path)
        return write_new(path, text.encode())
    except OSError as error:
        why = StorageError(kind_of(error), name=str(path.parent))
        said = _("The template was not saved. {why}").format(why=why)
        raise TemplateProblem(said) from error
    except NotWritten as error:
        raise TemplateProblem(str(error)) from error
