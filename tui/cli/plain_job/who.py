"""Whom a typed name means, line by line: what is only the start of a name is asked about.

On the screen the name that was found stands there before it is saved. Here the next line would say
who has got a role, after the fact: "Bo Berg" may be somebody else than Bo Bergmand.
"""

from __future__ import annotations

from collections.abc import Sequence

from data.i18n import _
from data.queries.persons import people, several_have
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
    if not wanted or wanted in map(name_key, offered):
        return name
    same = [one for one in offered if name_key(one).startswith(f"{wanted} (")]
    if len(same) > 1 and several_have(people(desk.store), name):
        return _one_of(desk, name, same, _("Which of them"), needed=True)
    if any(name_key(one.name) == wanted for one in desk.store.all(Person)):
        return name
    found = [one for one in dict.fromkeys(offered) if f" {wanted}" in f" {name_key(one)}"]
    if not found:
        return name
    if len(found) > 1:
        prompt = _("Which of them (leave empty for somebody new)")
        return _one_of(desk, name, found, prompt) or name
    with desk.saved_meanwhile(name, of_table=Person.table, of_field="name"):
        return found[0] if desk.agrees(_("Is it {name}?").format(name=found[0])) else name


def _one_of(
    desk: Desk, name: str, names: Sequence[str], prompt: str, *, needed: bool = False
) -> str:
    """Ask which of several names is meant by the one that was typed, which is kept meanwhile.

    It is "" for none of them, unless one is `needed`.
    """
    for number, one in enumerate(names, 1):
        say_wrapped(f"{number}. {one}")
    takes = _("Write a number from 1 to {number}, or the start of a name.")
    takes = takes.format(number=len(names))
    with desk.saved_meanwhile(name, of_table=Person.table, of_field="name"):
        while (typed := desk.ask(prompt, takes)) or needed:
            place = as_number(typed, len(names))
            found = [place] if place is not None else begins(names, typed)
            if len(found) == 1:
                return names[found[0]]
            desk.refuse(typed, takes)
    return ""
