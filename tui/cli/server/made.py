"""What `mentor server init` makes, said before anybody is asked."""

from __future__ import annotations

from data.i18n import _, ngettext
from data.storage.postgres import schema
from tui.cli.base import say_wrapped


def say_made(place: str, script: str) -> None:
    """Say in a few lines what a database gets, and how all of it is shown."""
    made = schema.made()
    roles, tables = len(made.roles), len(made.tables)
    say_wrapped(_("This is made in {place}, and nothing else is changed:").format(place=place))
    said = ngettext(
        "{number} role, as which nobody can log in: {names}",
        "{number} roles, as which nobody can log in: {names}",
        roles,
    )
    _say_item(said.format(number=roles, names=", ".join(made.roles)))
    said = ngettext(
        "the schema mentorrollen with {number} table: {names}",
        "the schema mentorrollen with {number} tables: {names}",
        tables,
    )
    _say_item(said.format(number=tables, names=", ".join(made.tables)))
    number = len(made.functions)
    said = ngettext(
        "{number} function, and a policy for each table: members read and write by these alone",
        "{number} functions, and policies for each table: members read and write by these alone",
        number,
    )
    _say_item(said.format(number=number))
    _say_item(_("as a superuser: values are left out of the server's log for this database"))
    _say_item(
        _("as a superuser: only who watches the server can see how many rows are read or deleted")
    )
    _say_item(_("before PostgreSQL 15: only its owner makes anything in the schema public"))
    lines = script.count("\n")
    said = ngettext(
        "All of it, {number} line: {command}", "All of it, {number} lines: {command}", lines
    )
    say_wrapped(said.format(number=lines, command="mentor server init ADDRESS --print"))


def _say_item(text: str) -> None:
    say_wrapped(f"- {text}", "  ")
