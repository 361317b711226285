"""Whom a typed name means, line by line: what is only the start of a name is asked about.

On the screen the name that was found stands there before it is saved. Here the next line would say
who has got a role, after the fact: "Bo Berg" may be somebody else than Bo Bergmand.
"""

from __future__ import annotations

from collections.abc import Sequence

from data.i18n import _
from data.records import Person
from data.text import line, name_key
from tui.cli.base import say_wrapped
from tui.cli.plain.desk import Desk
from tui.cli.plain.dialogue import as_number, begins


def whole_name(desk: Desk, typed: str, offered: Sequence[str]) -> str:
    """Return the whole name that is meant; what is nobody's name is that of somebody new.

    Args:
        desk: Where it is asked.
        typed: What was typed, "" for nobody.
        offered: The names that can be chosen by their start.
    """
    name = line(typed)
    wanted = name_key(name)
    known = {name_key(one) for one in offered}
    known |= {name_key(one.name) for one in desk.store.all(Person)}
    if not wanted or wanted in known:
        return name
    found = [one for one in dict.fromkeys(offered) if f" {wanted}" in f" {name_key(one)}"]
    if not found:
        return name
    with desk.saved_meanwhile(name, of_table=Person.table, of_field="name"):
        if len(found) > 1:
            return _one_of(desk, found) or name
        return found[0] if desk.agrees(_("Is it {name}?").format(name=found[0])) else name


def _one_of(desk: Desk, names: Sequence[str]) -> str:
    """Ask which of several names is meant; "" for none of them."""
    for number, name in enumerate(names, 1):
        say_wrapped(f"{number}. {name}")
    takes = _("Write a number from 1 to {number}, or the start of a name.")
    takes = takes.format(number=len(names))
    while typed := desk.ask(_("Which of them (leave empty for somebody new)"), takes):
        place = as_number(typed, len(names))
        found = [place] if place is not None else begins(names, typed)
        if len(found) == 1:
            return names[found[0]]
        desk.refuse(typed, takes)
    return ""
