"""The form of `w`: what to write, in which format, and to a file or to the printer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from textual import on

from data.documents.printing import PRINTABLE, why_no_printer
from data.documents.writers.formats import FORMATS, USUAL
from data.i18n import N_, _
from screens.dialogs.form import Field, FormDialog
from widgets.checked_input import CheckedInput
from widgets.choice_field import ChoiceField
from widgets.grid import Choice, lettered

WRITE: Final = N_("Write")
PRINT: Final = N_("Print")
FILE: Final = "file"
PRINTER: Final = "printer"
"""In the field of where it goes: the usual printer; of another one, its name follows a colon."""
_LETTERS: Final = {"docx": "w", "pdf": "p", "md": "m", "txt": "t", "csv": "c", "json": "j"}
"""Format -> the letter that chooses it, the same in both languages."""


def is_to_printer(to: str) -> bool:
    """Return whether what was chosen as where it goes is a printer."""
    return to.partition(":")[0] == PRINTER


def printer_name(to: str) -> str:
    """Return the name of the printer that was chosen; "" for the usual one."""
    return to.partition(":")[2]


def printed_format(format: str) -> str:
    """Return the format in which a document is printed for which another one is chosen, or ""."""
    return format if format in PRINTABLE else ""


class WriteForm(FormDialog):
    """Asks what to write and where. On the way to a printer the line for a folder is not asked."""

    def __init__(
        self,
        offered: Sequence[Choice],
        what: str,
        *,
        format: str = USUAL,
        to: str = FILE,
        folder: str = "",
        formats: Sequence[str] = tuple(FORMATS),
        validate: Callable[[Mapping[str, str]], str],
    ) -> None:
        """Make a form.

        Args:
            offered: What can be written.
            what: Which of them is proposed.
            format: The key of the format that is proposed.
            to: `FILE`, or a printer.
            folder: The folder that is proposed.
            formats: The keys of the formats that there are to choose from.
            validate: Returns why the texts give no document, or "".
        """
        there = tuple(Choice(one, FORMATS[one].name, _LETTERS[one]) for one in formats)
        self._printers: list[str] = [printer_name(to)] if printer_name(to) else []
        needed = _("Where should it be written?")
        fields = [
            Field("what", _("What"), what, "choice", tuple(offered)),
            Field("format", _("Format"), format, "choice", there),
            Field("to", _("File or printer"), to, "choice", self._places()),
            Field("where", _("Folder or file"), folder, required=needed),
        ]
        super().__init__(_("Write document"), fields, validate=validate, done=WRITE)
        self._follow()

    def _places(self) -> tuple[Choice, ...]:
        """Return where it can go: to a file, or to one of the printers that are known by now."""
        two = lettered((FILE, _("File")), (PRINTER, _("Printer")))
        named = (
            Choice(f"{PRINTER}:{name}", _("Printer: {name}").format(name=name))
            for name in self._printers
        )
        return (*two, *named)

    def know_printers(self, names: Sequence[str]) -> None:
        """Offer the printers of this computer; they become known while the form is open."""
        if len(names) > 1:
            self._printers += [name for name in names if name not in self._printers]
            field = self.inputs["to"]
            assert isinstance(field, ChoiceField)  # noqa: S101 - it is one of its choices
            field.offer(self._places())

    @property
    def _prints(self) -> bool:
        return is_to_printer(self.texts()["to"])

    def _follow(self) -> None:
        """Ask for a folder only where a file is written, and say which of both F10 does."""
        folder = self.inputs["where"]
        assert isinstance(folder, CheckedInput)  # noqa: S101 - it is a line
        folder.disabled = self._prints
        self.done = PRINT if self._prints else WRITE

    @on(ChoiceField.Changed)
    def _changed_place(self, event: ChoiceField.Changed) -> None:
        if event.field is self.inputs["to"]:
            self._follow()
            self.refresh_bindings()
        if self._prints:
            # Later, because the field says something about itself and would replace this.
            self.call_later(self._say_print)

    def _say_print(self) -> None:
        if why := why_no_printer():
            self.say(why, problem=True)
            return
        format = printed_format(self.texts()["format"])
        if format:
            self.say(
                _("Printed as {format}; no file is written").format(format=FORMATS[format].name)
            )
        else:
            self.say(_("Printed as PDF, or as text where PDF cannot be made; no file is written"))
