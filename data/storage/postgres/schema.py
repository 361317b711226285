"""The SQL that an administrator runs: making the tables, bringing them up, members of teams.

What is shown is what is run, to the letter, so it can also be handed to whoever may run it. Nothing
here connects to a server, and psycopg is not needed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

VERSION: Final = 1
"""The version of the tables, policies and functions that this program works with."""
STEPS: Final[Mapping[int, str]] = {}
"""Version -> the name of the file in `sql` that makes it of the one before."""
FILES: Final = (
    "tables",
    "rights",
    "save",
    "presence",
    "reading",
    "published",
    "privacy",
    "asking",
    "administer",
    "renaming",
    "last",
)
"""What `init` runs, in this order. `last` says what holds for all that is there by then."""
_FOLDER: Final = Path(__file__).parent / "sql"
OWNER: Final = "mentorrollen_owner"
READER: Final = "mentorrollen_reader"
MEMBER: Final = "mentorrollen_member"
KINDS: Final = ("mentor", "coordinator", "manager")

_BEGIN: Final = """\
BEGIN;
SET LOCAL standard_conforming_strings = on;
SET LOCAL client_min_messages = warning;
"""
_AS_OWNER: Final = f"SET LOCAL ROLE {OWNER};\nSET LOCAL search_path = mentorrollen, pg_temp;\n"
_COMMIT: Final = "COMMIT;\n"
_WAIT: Final = "SET LOCAL lock_timeout = '10s';\n"
"""Whoever waits for a table keeps everybody after them waiting, too; and one who is to lose a
membership may have a transaction open that keeps it waiting."""


def init_script() -> str:
    """Return the SQL that makes roles, tables, policies and functions in an empty database."""
    version = f"INSERT INTO meta (version) VALUES ({VERSION});\n"  # noqa: S608
    roles = [sql("before"), sql("roles")]
    return "\n".join([_BEGIN, *roles, _AS_OWNER, *(sql(name) for name in FILES), version, _COMMIT])


def check_script() -> str:
    """Return the SQL that finds out whether `init_script` can be run. It changes nothing."""
    return _BEGIN + sql("before") + _COMMIT


class Made(NamedTuple):
    """What `init_script` makes, by name."""

    roles: tuple[str, ...]
    tables: tuple[str, ...]
    functions: tuple[str, ...]


def made() -> Made:
    """Return what `init_script` makes."""
    text = "\n".join(map(sql, FILES))
    found = (re.findall(rf"^CREATE {kind} (\w+)", text, re.M) for kind in ("TABLE", "FUNCTION"))
    tables, functions = (tuple(dict.fromkeys(one)) for one in found)
    return Made((OWNER, READER, MEMBER), tables, functions)


def upgrade_script(
    found: int, version: int = VERSION, steps: Mapping[int, str] | None = None
) -> str:
    """Return the SQL that brings tables of an older version up: one step for each version.

    It does nothing, and says so, where the tables are not of the version `found` by then.

    Args:
        found: The version that they have.
        version: The one that they are to have.
        steps: Version -> the SQL that makes it of the one before; None for those of this program.
    """
    if steps is None:
        steps = {number: sql(name) for number, name in STEPS.items()}
    parts = [_BEGIN, _WAIT, _AS_OWNER, f"SELECT is_version({found});\n"]
    for number in range(found + 1, version + 1):
        parts.append(f"-- {number - 1} -> {number}\n{steps[number]}\n")
    raised = f"UPDATE meta SET version = {version};\n"  # noqa: S608
    parts += [raised, sql("last"), _COMMIT]
    return "\n".join(parts)


def grant_script(
    team: str,
    login: str,
    kind: str,
    *,
    name: str | None,
    person: str,
    at: str,
    again: bool = False,
    mentees_of: str | None = None,
) -> str:
    """Return the SQL that makes a login a member of a team.

    With `mentees_of` it returns a row: of how many mentees, and whether that one is a mentor of the
    team, too.

    Args:
        team: The team, which need not be there.
        login: The login of the server.
        kind: One of `KINDS`.
        name: How colleagues write the name; None for as it was, or else the login.
        person: The id that the person gets in the team's list of people.
        at: When this is done: ISO local time with its offset.
        again: Whether what the login has in the team from before is the same human being's.
        mentees_of: A login whose mentees this one is to see, too.
    """
    values = ", ".join(literal(one) for one in (team, login, kind, name, person, at))
    known = "true" if again else "false"
    calls = f"SELECT add_member({values}, {known});\n"
    if mentees_of is not None:
        names = ", ".join(literal(one) for one in (team, mentees_of, login))
        other = f"team = {literal(team)} AND login = {literal(mentees_of)} AND kind = 'mentor'"
        stays = f"EXISTS (SELECT FROM members WHERE {other})"
        calls += f"SELECT hand_on({names}), {stays};\n"
    joins = f"RESET ROLE;\nGRANT {MEMBER} TO {identifier(login)};\n"
    return _BEGIN + _WAIT + _AS_OWNER + calls + joins + _COMMIT


def revoke_script(team: str, login: str, kind: str | None) -> str:
    """Return the SQL that takes a membership away, or all of a login's in a team.

    It returns a row: how many there were, and how many mentees nobody can see any more, or only
    until a last day.
    """
    values = ", ".join(literal(one) for one in (team, login, kind))
    call = f"SELECT taken, left_alone FROM remove_member({values});\n"  # noqa: S608
    return _BEGIN + _WAIT + _AS_OWNER + call + _COMMIT


def rename_script(old: str, new: str, *, again: bool = False) -> str:
    """Return the SQL that makes what a login has in all teams another one's.

    It returns a row: in how many teams.

    Args:
        old: The name that the login had, which is none any more.
        new: The name that it has now.
        again: Whether what the new one has in a team already is the same human being's.
    """
    values = f"{literal(old)}, {literal(new)}, {'true' if again else 'false'}"
    call = f"SELECT rename_member({values});\n"
    joins = f"RESET ROLE;\nGRANT {MEMBER} TO {identifier(new)};\n"
    return _BEGIN + _WAIT + _AS_OWNER + call + joins + _COMMIT


def trial(script: str) -> str:
    """Return SQL that does all that a script does, and takes it back.

    The server refuses it where it would refuse the script. Raises `ValueError` for a script that
    does not end with a commit.
    """
    if not script.endswith(_COMMIT):
        raise ValueError(script)
    return script.removesuffix(_COMMIT) + "ROLLBACK;\n"


def teams_script() -> str:
    """Return the SQL that lists the teams."""
    listed = "SELECT team FROM teams ORDER BY team;\n"
    return _BEGIN + _AS_OWNER + listed + _COMMIT


def members_script() -> str:
    """Return the SQL that lists the members: team, login, kind, name, and whether it can log in.

    They come in no order: that of names is not the server's to know.
    """
    listed = (
        "SELECT team, login, kind, name,\n"
        "  EXISTS (SELECT FROM pg_roles WHERE rolname = login AND rolcanlogin)\n"
        "FROM members;\n"
    )
    return _BEGIN + _AS_OWNER + listed + _COMMIT


def sql(name: str) -> str:
    """Return the text of a file of the folder `sql`."""
    return (_FOLDER / f"{name}.sql").read_text("utf-8")


def literal(value: str | None) -> str:
    """Return a text as SQL has it, with `standard_conforming_strings` on.

    Raises:
        ValueError: There is a NUL in it, which PostgreSQL cannot keep.
    """
    if value is None:
        return "NULL"
    return f"'{_whole(value).replace(chr(39), chr(39) * 2)}'"


def identifier(name: str) -> str:
    """Return the name of a role as SQL has it. Raises `ValueError` as `literal` does."""
    return f'"{_whole(name).replace(chr(34), chr(34) * 2)}"'


def _whole(text: str) -> str:
    if "\0" in text:
        raise ValueError(text)
    return text
