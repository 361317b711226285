"""`mentor whoreads [NAME]`: who can read what is kept, in words that can be read to the mentee."""

from __future__ import annotations

import os

import click

from data.documents.names import mentee_word
from data.i18n import _
from data.logins import user_name
from data.method.lending import lent_text
from data.paths import documents_folder
from data.privacy.server_readers import readers_on_server
from data.privacy.who_reads import as_json, in_words, who_reads
from data.records import Loan
from tui.cli.base import command, find_mentee, say_json, say_wrapped
from tui.cli.call import Call


def who_reads_command() -> click.Command:
    """Make `mentor whoreads`."""
    text = _(
        "Say who can read what is kept: of everybody, or of one mentee. It asks the computer:"
        " modes, owners, groups, access lists; and the server, if the records are on one. Read it"
        " to the mentee who asks."
    )
    name = click.Argument(["name"], metavar=_("[NAME]"), required=False, default="")
    return command("whoreads", _who_reads, text, name, reading=True)


def _who_reads(call: Call, name: str) -> None:
    about, copies, mentee_id = "", "", ""
    if name:
        with call.read() as store:
            mentee = find_mentee(store, name)
            about, mentee_id = mentee_word(store, mentee), mentee.id
            copies = lent_text(store.of(Loan, mentee.id))
    documents = documents_folder(call.settings.documents, os.environ)
    on_server = readers_on_server(call.path, mentee_id)
    found = who_reads(call.path, os.environ, documents, about=about, server=on_server)
    if call.as_json:
        say_json(as_json(found))
        return
    for line in in_words(found, user_name(os.geteuid())):
        say_wrapped(line.lstrip(), " " * (len(line) - len(line.lstrip())))
    if copies:
        say_wrapped(copies)
