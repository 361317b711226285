"""Words that are about files, in what is said of records on a server."""

from __future__ import annotations

import re
from typing import Final

_OF_FILES: Final = re.compile(
    r"\b(backups?|(data|team|record) files?|disks?"
    r"|sikkerhedskopi\w*|(data|team)fil\w*|disk(en)?s?)\b",
    re.IGNORECASE,
)
_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+")


def about_files(text: str, *, so: frozenset[str] = frozenset()) -> list[str]:
    """Return the sentences that speak of files of records, backups or disks, and of no server.

    `so` has the words behind which such a sentence is so on a server, too.
    """
    sentences = _SENTENCES.split(" ".join(text.split()))
    return [
        one
        for one in sentences
        if _OF_FILES.search(one)
        and "server" not in one.lower()
        and not any(word in one for word in so)
    ]
