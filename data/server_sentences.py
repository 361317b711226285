"""What the user is told of a server with records: what is wrong, and what to do.

The sentences of `data.storage.problems.ErrorKind` that are about servers, by the value of the kind.
They are in a file of their own since few have such a server.
"""

from __future__ import annotations

from typing import Final

from data.i18n import N_

SENTENCES: Final = {
    "server_away": N_(
        "The server {name} does not answer. Check the network and the address of the server."
    ),
    "server_unknown": N_(
        "No server is known by the name {who}. Check the network and the address of the server."
    ),
    "server_stopping": N_(
        "The server {name} is being started or stopped. Try again in a moment."
    ),
    "server_refuses": N_(
        "The server {name} does not let you in from here with this login. Check the login in the "
        "address, or ask those who look after the server."
    ),
    "password": N_(
        "The server {name} does not accept the password. Correct it in {who}, or ask those who "
        "look after the server."
    ),
    "no_password": N_(
        "The server {name} asks for a password. Write it into ~/.pgpass (chmod 600), or get a "
        "Kerberos ticket with kinit."
    ),
    "open_passwords": N_(
        "The server {name} asks for a password, and {who} is not used: it must be a file that"
        " nobody else can read: chmod 600 {who}"
    ),
    "kerberos": N_(
        "The server {name} does not accept your Kerberos ticket. Get a new one with kinit, or ask "
        "those who look after the server."
    ),
    "tls": N_(
        "The server {name} and this computer cannot agree on encryption (TLS). Check sslmode in "
        "the address, or ask those who look after the server."
    ),
    "certificate": N_(
        "The certificate of the server {name} cannot be trusted here: it may have expired, be of "
        "another server, or be signed by somebody unknown. Ask those who look after the server."
    ),
    "root_file": N_(
        "The certificate of the server {name} cannot be checked: {who} is missing, or holds no"
        " certificate that can be read. Ask those who look after the server for it."
    ),
    "key_file": N_(
        "The private key that is to open {name} is not used: it must be a file of your own that"
        " nobody else can read: chmod 600 {who}"
    ),
    "tls_file": N_(
        "{who}, which is to open the server {name}, cannot be used: it is missing, damaged, or"
        " does not go with the other one. Check sslcert and sslkey in the address."
    ),
    "no_account": N_(
        "This computer has no name for your account. Write the login into the address of the"
        " server: postgresql://LOGIN@HOST/DATABASE"
    ),
    "no_database": N_(
        "The server {name} has no such database. Check the address of the server."
    ),
    "old_server": N_(
        "The server {name} has a PostgreSQL that is too old: {who}. Ask those who look after it for"
        " a newer one."
    ),
    "no_tables": N_(
        "There is nothing for this program in {name} yet. Those who look after the server prepare "
        "it: mentor server init"
    ),
    "old_tables": N_(
        "{name} was prepared for an earlier version of the program. Those who look after the server"
        " bring it up to date: mentor server upgrade"
    ),
    "no_member": N_(
        "Your login is not a mentor in {who}. Those who look after the server can make it one:"
        " mentor server grant"
    ),
    "in_no_team": N_(
        "Your login is not in {who}. Those who look after the server can add it: mentor"
        " server grant"
    ),
    "only_coordinator": N_(
        "On {name} you are a coordinator, not a mentor. The counts of the mentors are shown by:"
        " mentor overview"
    ),
    "only_manager": N_(
        "On {name} you are a manager, not a mentor. What mentors have released to you is shown by:"
        " mentor released"
    ),
    "only_visitor": N_(
        "On {name} you are a coordinator and a manager, not a mentor. What there is for you is"
        " shown by: mentor overview, mentor released"
    ),
    "no_coordinator": N_(
        "Your login is not a coordinator in {who}. Those who look after the server can make it one:"
        " mentor server grant"
    ),
    "no_manager": N_(
        "Your login is not a manager in {who}. Those who look after the server can make it one:"
        " mentor server grant"
    ),
    "no_longer_manager": N_(
        "One of those it is for is not a manager of the team on {name} any more. Nothing has been"
        " released; try again."
    ),
    "several_teams": N_(
        "You are in several teams of {name}: {who}. Write # and the team behind the "
        "address of the server."
    ),
    "no_access": N_(
        "You do not have access to that on {name}. Ask the mentor, or those who look after the "
        "server."
    ),
    "there_already": N_(
        "Somebody has copied {who} to {name} already, and you have no role there. What you keep"
        " private comes there with: mentor copy --private-only"
    ),
    "forgotten": N_(
        "{who} was deleted for good on {name}, and cannot be copied there. To delete the rest, too:"
        " mentor purge"
    ),
    "held": N_(
        "Somebody has put the mentee on hold on {name}: nothing about them may be deleted."
    ),
    "too_many": N_(
        "The server {name} has too many connections just now. Try again in a moment, or ask those "
        "who look after it."
    ),
    "server_full": N_(
        "The disk of the server {name} is full. Tell those who look after it."
    ),
    "server_memory": N_(
        "The server {name} is out of memory. Try again in a moment, or tell those who look after"
        " it."
    ),
    "server_busy": N_(
        "Others are changing the same on the server {name} right now. Try again in a moment."
    ),
    "server_slow": N_(
        "The server {name} took too long for what was asked of it, or somebody there has stopped"
        " it. Try again in a moment, or tell those who look after it."
    ),
    "server_read_only": N_(
        "The server {name} can only be read just now. Try again in a moment, or ask those who look "
        "after it."
    ),
    "server_error": N_(
        "The server {name} reports an error ({who}). Tell those who look after it."
    ),
    "unsure": N_(
        "The line to {name} broke while it was being saved. It may have been saved: look before you"
        " do it again."
    ),
    "not_yet": N_(
        "The server takes long to save what comes first. Try again in a moment."
    ),
    "no_psycopg": N_(
        "Records on a server need the part of the program named team. Install it: {who}"
    ),
    "bad_address": N_(
        "That is no address of a server. One looks like this: postgresql://db.example.org/mentor"
    ),
    "no_service": N_(
        "No service is called {name}. Services are in ~/.pg_service.conf, or in the file that "
        "PGSERVICEFILE names."
    ),
    "no_option": N_(
        "The address of the server has something that is not known there: {who}. Correct it, or "
        "remove it."
    ),
    "password_in_address": N_(
        "There is a password in the address of the server, where others can read it. Write it into "
        "~/.pgpass instead, and remove it from the address."
    ),
    "not_on_server": N_(
        "This cannot be done yet with records on a server: {name}."
    ),
    "server_backups": N_(
        "Backups of the records on {name} are made and restored by those who look after the server:"
        " ask them."
    ),
    "server_logins": N_(
        "Login names on {name} are those of the server. Ask those who look after it to rename yours"
        " there, and to run: mentor server rename OLD NEW"
    ),
    "server_folds": N_(
        "On {name} there is no file to write: mentor show and mentor export give the records to "
        "other programs."
    ),
}  # fmt: skip
"""Kind -> what is said of it; see `data.storage.problems.StorageError` for the names in it."""

_AWAY: Final = N_("The server is away.")
_KEEPS_OUT: Final = N_("The server does not let you in.")
_NO_TLS: Final = N_("The server and TLS: no connection.")
WAITING: Final = {
    "server_away": _AWAY,
    "server_unknown": _AWAY,
    "server_stopping": N_("The server is restarting."),
    "server_refuses": _KEEPS_OUT,
    "password": _KEEPS_OUT,
    "no_password": _KEEPS_OUT,
    "open_passwords": _KEEPS_OUT,
    "kerberos": N_("The server wants a new ticket: kinit."),
    "tls": _NO_TLS,
    "certificate": N_("The server has no valid certificate."),
    "root_file": _NO_TLS,
    "key_file": _NO_TLS,
    "tls_file": _NO_TLS,
    "no_database": _AWAY,
    "too_many": N_("The server has too many users."),
    "server_full": N_("The disk of the server is full."),
    "server_memory": N_("The server is out of memory."),
    "server_busy": N_("Others are saving just now."),
    "server_slow": N_("The server took too long."),
    "server_read_only": N_("The server can only be read."),
    "server_error": N_("The server reports an error."),
}
"""Kind -> what is said of it while the program goes on trying: there is one line for it."""


def and_then(first: str, *more: str) -> str:
    """Return sentences in a row, those without text left out.

    Many sentences about a server end with a command, which has no full stop. Before another
    sentence it gets one, else its first words would look like arguments.
    """
    said = [one for one in (first, *more) if one]
    ended = [one if one.endswith((".", "?", "!")) else f"{one}." for one in said[:-1]]
    return " ".join([*ended, *said[-1:]])
