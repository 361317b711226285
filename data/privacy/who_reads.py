"""Who can read what is kept about a mentee: in words that can be read to them.

It tells what the computer would do (`data.privacy.access`), not what people mean to do. What it
cannot know, it says: what those do who look after the server or a network drive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from data.i18n import N_, _, ngettext
from data.logins import user_name
from data.mounts import Mount, mounts, network_file_system
from data.privacy.access import (
    EVERYBODY,
    Rights,
    User,
    administrators,
    readers,
    rights_of,
    users_here,
)
from data.privacy.places import Place, PlaceKind, places
from data.privacy.server_readers import OnServer, server_as_json, server_in_words

_KINDS: Final = {
    PlaceKind.RECORDS: N_("The data file with its journal and history"),
    PlaceKind.BACKUPS: N_("The backups"),
    PlaceKind.QUARANTINE: N_("What was damaged or replaced, and is kept aside"),
    PlaceKind.TYPING: N_("What is being typed"),
    PlaceKind.DOCUMENTS: N_("Documents that were written"),
    PlaceKind.TEMPLATES: N_("Your own templates of plans"),
    PlaceKind.PRIVATE: N_("What you keep private of the team file"),
    PlaceKind.PUBLISHED: N_("Counts and dates that are published for the workplace"),
    PlaceKind.STATE: N_("What the program remembers, and texts that could not be saved"),
}
_BESIDE_SERVER: Final = N_("The address of the server, and the list of what was deleted for good")
_ROOT: Final = "root"
_MANY: Final = 12
"""Of more users than this only so many are named."""


@dataclass(frozen=True, slots=True)
class Access:
    """Files of one kind that the same users can read."""

    kind: PlaceKind
    paths: tuple[Path, ...]
    users: tuple[str, ...]
    """The login names of those who can read them, the owner first; root only where it owns them."""
    everybody: bool
    """Whether everybody who has an account on this computer can."""
    network: str
    """The type of the network drive that they are on; "" if they are on none."""
    unknown: bool
    """Whether it cannot be told: they may not be looked at, or the drive has rights of its own."""


@dataclass(frozen=True, slots=True)
class WhoReads:
    """Who can read what is kept."""

    access: tuple[Access, ...]
    administrators: tuple[str, ...]
    """Those who can read every file: root, and who may become root."""
    server: OnServer | None = None
    """What the server has said, where the records are on one."""


def who_reads(
    path: Path,
    environ: Mapping[str, str],
    documents: Path | None,
    *,
    about: str = "",
    users: Sequence[User] | None = None,
    server: OnServer | None = None,
) -> WhoReads:
    """Return who can read the files of a record file and what was written from it.

    Args:
        path: The record file.
        environ: The environment of the program.
        documents: The folder of documents; None to leave them out.
        about: A mentee's name as it is in the names of files: documents without it are left out.
            "" for all documents.
        users: The users to ask about; None for those of this computer.
        server: What the server has said of records that are on one (`readers_on_server`).
    """
    asked = users_here() if users is None else users
    known, rights = mounts(), cache(rights_of)
    found: dict[tuple[object, ...], list[Path]] = {}
    for place in places(path, environ, documents):
        is_document = place.kind is PlaceKind.DOCUMENTS and documents is not None
        if not is_document or about in str(place.path.relative_to(documents or path.parent)):
            found.setdefault(_of(place, asked, known, rights), []).append(place.path)
    groups = []
    for key, paths in found.items():
        kind, names, everybody, network, unknown = key
        groups.append(Access(kind, tuple(paths), names, everybody, network, unknown))  # type: ignore[arg-type]
    return WhoReads(tuple(groups), tuple(administrators()), server)


def _of(
    place: Place,
    users: Sequence[User],
    known: Sequence[Mount],
    rights: Callable[[Path], Rights],
) -> tuple[object, ...]:
    """Return what is said of a file, which joins it with those of which the same is said."""
    real = place.path.resolve()
    network = network_file_system(real.parent, known)
    try:
        allowed = readers(real, users, rights)
        unknown, owner = rights(real).unknown, user_name(rights(real).uid)
    except OSError:
        return place.kind, (), False, network, True
    everybody = EVERYBODY in allowed
    names = {user.name for user in allowed} - {EVERYBODY.name}
    # root reads every file, and so is not among those asked about; but whose file it is, is said
    first = (owner,) if owner in names or owner == _ROOT else ()
    return place.kind, (*first, *sorted(names - {owner})), everybody, network, unknown


def readers_of(path: Path, me: str) -> str:
    """Return in words who can read one file, as it is now; `me` is the user's login name."""
    asked = users_here()
    kind, names, everybody, network, unknown = _of(
        Place(PlaceKind.PUBLISHED, path), asked, mounts(), rights_of
    )
    return _readers(Access(kind, (path,), names, everybody, network, unknown), me)  # type: ignore[arg-type]


def named_readers(names: Sequence[str], me: str) -> str:
    """Return in words that these users can read something, and those who can read everything."""
    return _("{names}, and those who look after the server.").format(names=_named(names, me))


def in_words(found: WhoReads, me: str) -> list[str]:
    """Return who can read what, a paragraph each, with the paths where somebody else can.

    `me` is the login name of the user, who is told so.
    """
    on_server = found.server is not None
    lines = list(server_in_words(found.server)) if found.server is not None else []
    for one in found.access:
        kind = _KINDS[one.kind]
        if on_server and one.kind is PlaceKind.RECORDS:
            kind = _BESIDE_SERVER
        what = ngettext("{what} (1 file)", "{what} ({count} files)", len(one.paths)).format(
            what=_(kind), count=len(one.paths)
        )
        lines.append(f"{what}: {_readers(one, me, on_server=on_server)}")
        if one.everybody or one.unknown or set(one.users) - {me}:
            lines += [f"  {path}" for path in one.paths]
    lines.append(_roots(found.administrators, on_server=on_server))
    networks = sorted({one.network for one in found.access if one.network})
    if networks:
        text = _("Files are on a network drive ({kinds}): those who look after it can read them.")
        lines.append(text.format(kinds=", ".join(networks)))
    lines.append(_("The program does not know about copies that IT support makes: ask them."))
    return lines


def _roots(administrators: Sequence[str], *, on_server: bool) -> str:
    """Return who can read every file here. A server with the records is another computer."""
    others = [name for name in administrators if name != _ROOT]
    if on_server and others:
        text = _("Those who look after this computer can read every file on it: root, and {names}.")
    elif on_server:
        text = _("Those who look after this computer (root) can read every file on it.")
    elif others:
        text = _("Those who look after the server can read every file on it: root, and {names}.")
    else:
        text = _("Those who look after the server (root) can read every file on it.")
    return text.format(names=_named(others))


def _readers(one: Access, me: str, *, on_server: bool = False) -> str:
    if one.unknown:
        return _("the computer does not show who can read it.")
    if one.everybody:
        return _("everybody who has an account on this computer.")
    if not one.users and on_server:
        return _("nobody but those who look after this computer.")
    if not one.users:
        return _("nobody but those who look after the server.")
    if on_server:
        text = _("{names}, and those who look after this computer.")
        return text.format(names=_named(one.users, me))
    return named_readers(one.users, me)


def _named(names: Sequence[str], me: str = "") -> str:
    shown = [_("{name} (you)").format(name=name) if name == me else name for name in names]
    if len(shown) <= _MANY:
        return ", ".join(shown)
    rest = len(shown) - _MANY
    more = ngettext("1 other", "{count} others", rest).format(count=rest)
    return ", ".join([*shown[:_MANY], more])


def as_json(found: WhoReads) -> dict[str, object]:
    """Return who can read what as JSON values."""
    return {
        "files": [
            {
                "kind": one.kind.value,
                "path": str(path),
                "readers": list(one.users),
                "everybody": one.everybody,
                "unknown": one.unknown,
                "network": one.network,
            }
            for one in found.access
            for path in one.paths
        ],
        "administrators": list(found.administrators),
        **({"server": server_as_json(found.server)} if found.server is not None else {}),
    }
