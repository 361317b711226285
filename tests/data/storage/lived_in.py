"""A file that has been worked in for some days, and what is left in it of one of two mentees."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from data.storage import quarantine
from data.storage.journal import frame
from data.storage.kept.backup import time_of
from data.storage.upkeep.going import Going, Wanted, look
from tests.data.storage.deleted import BO, MAJA
from tests.data.storage.support import Session

SECRETS = [f"hemmeligt ord {number}" for number in range(20)]
IDS = [f"17900000000000001{number:02}" for number in range(20)]
OTHERS = [f"17900000000000002{number:02}" for number in range(5)]
EARLIER = "1790000000000000399"
"""A note of hers that was deleted before, and is in backups only."""
PERSON = "1790000000000000400"


def lived(path: Path) -> None:
    """A file with two mentees that has been worked in for some days."""
    session = Session(path)
    session.put(MAJA, "mentees", name="Maja Canary")
    session.put(BO, "mentees", name="Bo")
    session.put(PERSON, "people", name="Maja Canary")
    session.put(EARLIER, mentee_id=MAJA, text="hemmeligt og slettet")
    session.close()
    for number in range(5):
        session = Session(path)
        for id, text in list(zip(IDS, SECRETS, strict=True))[number * 4 : number * 4 + 4]:
            session.put(id, mentee_id=MAJA, text=text)
        session.put(OTHERS[number], mentee_id=BO, text=f"om Bo {number}", by_id=PERSON)
        if number == 2:
            session.delete(EARLIER)
        session.close()
        a_day_passes(path)
    session = Session(path)
    session.put(IDS[0], text=f"{SECRETS[0]} og mere")
    session.put(OTHERS[0], text="om Bo, sidst", by_id="")
    for other in OTHERS[1:]:
        session.put(other, by_id="")
    session.die()


def a_day_passes(path: Path) -> None:
    """Give all backups a time of the day before."""
    folder = path.with_name("x.json.backups")
    for file in sorted(folder.iterdir()) if folder.exists() else ():
        found = re.fullmatch(r"(\d+)-(\d{8}-\d{6})-(.+)", file.name)
        assert found is not None
        at = time_of(found[2]) - timedelta(days=1)
        file.rename(folder / f"{found[1]}-{at:%Y%m%d-%H%M%S}-{found[3]}")


def maja(path: Path) -> Going:
    docs = frozenset({("people", PERSON)})
    return look(path, Wanted("mentee", frozenset({MAJA}), docs), by="met")


def left_of(path: Path) -> dict[str, list[str]]:
    """The files with something of hers in them, and what that is."""
    words = [*SECRETS, *IDS, MAJA, EARLIER, PERSON, "Canary", "og slettet"]
    found = {}
    for file in sorted(path.parent.rglob("*")):
        if file.is_file():
            data = file.read_bytes()
            there = [word for word in words if word.encode() in data]
            if there:
                found[str(file.relative_to(path.parent))] = there
    return found


LINES = [
    {"s": 90, "ops": [{"t": "notes", "i": OTHERS[0], "set": {"text": "om Bo i en linje"}}]},
    {"s": 91, "ops": [{"t": "notes", "i": "1790000000000000777", "cut": {"text": "ukendt"}}]},
    {"s": 92, "ops": [{"t": "notes", "i": IDS[3], "cut": {"text": [1, 2, "hemmelig del", 3]}}]},
]


def with_quarantine(path: Path) -> dict[str, Path]:
    """Set aside a whole state, parts of a journal, damaged files, and another program's file."""
    session = Session(path)
    file = session.backend._file
    assert file is not None
    kept = {"state": path.with_name("x.json.quarantine") / file._keep_known()}
    hers = MAJA.encode()
    parts = {
        "journal": b"".join(map(frame, LINES)) + b"en linje, der ikke kan",
        "line": b'{"c":"0000","r":{"s":5,"hemmelig halv',
        "original": b'{"notes":{"1":{"mentee_id":"%s","text":"hemmeligt ord 1"},"2":{}}}' % hers,
        "record": path.read_bytes()[:-5],
    }
    for what, data in parts.items():
        kept[what] = path.parent / quarantine.keep(file.folder, file.names, what, data)[0]
    session.die()
    return kept
