"""A form that asks about something odd, and takes it when F10 is pressed once more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from data.i18n import _

Validate = Callable[[Mapping[str, str]], str]
"""Returns what is to be said about the texts of a form, translated; "" if nothing is."""


def no_problem(_texts: Mapping[str, str]) -> str:
    """Find nothing wrong."""
    return ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Checks the texts of a form; a doubt is said once, a problem until it is put right."""

    doubt: Validate
    problem: Validate
    asked: set[str] = field(default_factory=set)
    """The doubts that have been said."""

    def __call__(self, texts: Mapping[str, str]) -> str:
        """Return what is to be said about the texts; "" if nothing is."""
        wrong = self.problem(texts)
        if wrong:
            return wrong
        odd = self.doubt(texts)
        if not odd or odd in self.asked:
            return ""
        self.asked.add(odd)
        return _("{doubt} Ctrl+S or F10 again saves it.").format(doubt=odd)


def asking(doubt: Validate, problem: Validate = no_problem) -> Validate:
    """Return what checks a form, for `screens.dialogs.edit_record.Form.validate`.

    A problem has to be put right. A doubt is said when the form is saved the first time; if F10 is
    pressed again and the same doubt is still there, what was typed is taken as it is. So nothing
    that was typed is lost by the question.

    Args:
        doubt: Returns what is odd; it is asked only where nothing is wrong.
        problem: Returns what is wrong.
    """
    return Asking(doubt, problem)


def only_problems(validate: Validate | None) -> Validate:
    """Return the check of a form without its doubts, for a text that is taken without the form."""
    if isinstance(validate, Asking):
        return validate.problem
    return validate or no_problem
