"""Reading from the server: all that the login may see, and what has come since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any, Final

from data.frozen import immutable
from data.storage.postgres.line import Line, Question
from data.storage.postgres.twins import Twin
from data.storage.protocol import Doc, Tables
from data.storage.purge_list import Deletions, deletion_of
from data.storage.record_file import META
from data.storage.references import OF_TEAM

DEEPEST: Final = 100
"""So many levels of lists and objects within each other are read. No program writes ten, and with
hundreds, whoever looks through them calls itself too often."""
_HEADS: Final = "SELECT mentee, n, channel FROM mentorrollen.heads_of(%s)"
_DOCUMENTS: Final = "SELECT tbl, id, doc FROM mentorrollen.documents_of(%s)"
_PRIVATE_HEAD: Final = "SELECT n, channel FROM mentorrollen.private_head_of(%s)"
_PRIVATE: Final = "SELECT tbl, id, doc FROM mentorrollen.private_documents_of(%s)"
_DELETIONS: Final = """
SELECT id, at, by, kind, salt, counts, owner, about, docs, open_docs, parts, who
FROM mentorrollen.deletions_of(%s, %s)
"""
_COMMITS: Final = """
SELECT mentee, n, id, at, by, session, ops
FROM mentorrollen.commits_after(%s, %s::text[], %s::bigint[])
"""
_PRIVATE_COMMITS: Final = """
SELECT n, id, at, session, ops FROM mentorrollen.private_commits_after(%s, %s)
"""
_MADE: Final = "SELECT id FROM mentorrollen.commits_after(%s, %s::text[], %s::bigint[])"
_PRIVATE_MADE: Final = "SELECT id FROM mentorrollen.private_commits_after(%s, %s)"


@immutable
class Snapshot:
    """All that the login may see, at one moment."""

    shared: Tables
    own: Tables
    """What only the login sees."""
    numbers: dict[str, int]
    """The number of the last commit by scope: those about a mentee, or about the team."""
    private_number: int
    """The number of the login's last private commit."""
    channels: dict[str, str]
    """The channels that tell of news -> the scope that they are about."""
    private_channel: str
    """The channel of the login's private commits; "" if there has been none yet."""
    made: frozenset[str]
    """The ids of the commits that came after the one that was asked about."""
    deletions: Deletions
    """What was deleted for good that the login could see."""
    twins: list[Twin]
    """Shared documents whose id an older one has, too."""


def snapshot(
    line: Line,
    team: str,
    sent: Doc | None = None,
    after: int | None = None,
    first: Sequence[Question] = (),
) -> Snapshot:
    """Read all that the login may see. It raises what `Line.ask` raises.

    Args:
        line: The line to the server.
        team: The team.
        sent: The first part of a commit of which it is to be known whether it has been made.
        after: The number of the last commit of the team's own that is known, to be told of what
            everybody saw and was deleted for good since; None if nothing is known.
        first: Statements that are run before, such as for being told of news.
    """
    asked = [
        (_HEADS, (team,)),
        (_DOCUMENTS, (team,)),
        (_PRIVATE_HEAD, (team,)),
        (_PRIVATE, (team,)),
        (_DELETIONS, (team, after)),
    ]
    heads, shared, head, private, deleted, *made = line.ask_together(
        *asked, *_made_since(team, sent), first=first
    )
    number, channel = head[0] if head else (0, "")
    twins: list[Twin] = []
    return Snapshot(
        _tables(shared, twins),
        _tables(private),
        {mentee: n for mentee, n, _channel in heads},
        number,
        {channel: mentee for mentee, _n, channel in heads},
        channel,
        frozenset(id for rows in made for (id,) in rows),
        _deletions(deleted),
        twins,
    )


def channels(line: Line, team: str) -> tuple[dict[str, str], str]:
    """Return the channels that tell of news -> the scope that they are about, and the private one.

    That one is "" if nothing private has been saved yet. It raises what `Line.ask` raises.
    """
    heads, head = line.ask_together((_HEADS, (team,)), (_PRIVATE_HEAD, (team,)))
    return {channel: mentee for mentee, _n, channel in heads}, head[0][1] if head else ""


def _made_since(team: str, sent: Doc | None) -> list[Question]:
    """Return the question which commits came after the one that a part of a commit is based on."""
    if sent is None:
        return []
    if sent.get("own"):
        return [(_PRIVATE_MADE, (team, sent["n"]))]
    return [(_MADE, (team, [sent["m"]], [sent["n"]]))]


def deletions_since(line: Line, team: str, after: int | None = None) -> Deletions:
    """Return what was deleted for good; see `snapshot`. It raises what `Line.ask` raises."""
    return _deletions(line.ask(_DELETIONS, team, after))


def _deletions(rows: Iterable[tuple[Any, ...]]) -> Deletions:
    found = (
        deletion_of(
            {
                "p": id,
                "at": at,
                "by": by,
                "kind": kind,
                "salt": salt,
                "counts": from_server(counts),
                "owners": [owner] if owner else [],
                "about": about,
                "docs": docs,
                "open": open_docs,
                "parts": from_server(parts),
                "who": who or "",
            }
        )
        for id, at, by, kind, salt, counts, owner, about, docs, open_docs, parts, who in rows
    )
    return tuple(one for one in found if one is not None)


def _tables(rows: Iterable[tuple[Any, ...]], twins: list[Twin] | None = None) -> Tables:
    """Return the documents of rows, the oldest first, without what a program has not written.

    A colleague with a login may store what cannot be read, which must keep nobody from their own,
    or a document with the id of another one: that is added to `twins`.
    """
    tables: Tables = {}
    for table, id, text in rows:
        doc = from_server(text)
        if table == META or not isinstance(doc, dict):
            continue
        docs = tables.setdefault(table, {})
        if docs.setdefault(id, doc) is not doc and twins is not None:
            twins.append((table, id, doc))
    return tables


def from_server(text: str) -> Any:
    """Return what JSON from the server says.

    Returns:
        The value; None if it cannot be read, lies too deep within itself, or has a number that
        JSON cannot be written with again: it would keep whoever reads it from saving.
    """
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None
    return value if text.count("[") + text.count("{") <= DEEPEST or not _is_deeper(value) else None


def _is_deeper(value: Any) -> bool:
    """Whether lists and objects lie more than `DEEPEST` levels within each other."""
    level = [value]
    for _depth in range(DEEPEST + 1):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return bool(level)


def _finite(text: str) -> float:
    """Return a number; raise `ValueError` if it is larger than any that the program can hold."""
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number


_DECODER: Final = json.JSONDecoder(parse_float=_finite)


@immutable
class Made:
    """A commit as the journal has it, or the part of it that is about one scope."""

    scope: str
    number: int
    id: str
    at: str
    by: str
    session: str
    ops: Any
    """What it does, which has not been looked at yet; None if it cannot be read."""


def commits_since(line: Line, team: str, numbers: Mapping[str, int]) -> list[Made]:
    """Return the commits that came after those, which are given by scope. Raises as `ask`."""
    if not numbers:
        return []
    rows = line.ask(_COMMITS, team, list(numbers), list(numbers.values()))
    return [
        Made(scope, n, id, at, by, session, from_server(found))
        for scope, n, id, at, by, session, found in rows
    ]


def private_commits_since(line: Line, team: str, number: int, by: str) -> list[Made]:
    """Return the login's private commits after that one. It raises what `Line.ask` raises."""
    rows = line.ask(_PRIVATE_COMMITS, team, number)
    return [
        Made(OF_TEAM, n, id, at, by, session, from_server(found))
        for n, id, at, session, found in rows
    ]


def numbers_now(line: Line, team: str) -> dict[str, int]:
    """Return the number of the last commit by scope, as it is now. Raises as `Line.ask`."""
    return {mentee: n for mentee, n, _channel in line.ask(_HEADS, team)}


def wait_until_safe(line: Line) -> None:
    """Wait until what has been read is as safe as a commit that the server has confirmed.

    A commit can be seen before a synchronous replica has it, namely when the server was cut off
    while it waited for the replica. What is written after it is confirmed after it.

    It raises what `Line.ask` raises.
    """
    line.ask("SELECT pg_logical_emit_message(true, 'mentorrollen', '')")
