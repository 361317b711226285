"""The initials with which the mentee agrees on the plan."""

from __future__ import annotations

from data.i18n import _
from data.method.plan.agreed import initials_check
from tui.cli.plain.dialogue import Dialogue


def ask_initials(dialogue: Dialogue, name: str) -> str:
    """Let the mentee of that name type initials; "" where the plan is not agreed on (R15)."""
    prompt = _("Initials of {name} (leave empty: not agreed)").format(name=name)
    while initials := dialogue.ask(prompt):
        try:
            initials_check(initials)
        except ValueError as problem:
            dialogue.refuse(initials, f"{problem}.")
            continue
        return initials
    return ""
