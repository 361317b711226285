"""Noting what holds on this computer, when a file is opened: see `data.documents.model.here`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from data.documents.model.here import Here, set_here
from data.paths import documents_folder, is_stand_in
from data.settings import Settings
from data.storage.kept.policy import longest_days, set_in_team
from data.storage.snapshot import is_team_file


def note_here(path: Path, settings: Settings) -> None:
    """Note after how long data is due for deletion and gone, and how to find out who can read it.

    Args:
        path: The record file.
        settings: The user's settings.
    """
    on_server = is_stand_in(path)

    def readers(name: str) -> Sequence[str]:
        # asked for one document only
        from data.documents.names import word_of
        from data.logins import user_name
        from data.privacy.who_reads import in_words, who_reads

        if on_server:
            # most records are in a file; the server is not asked while a page is drawn
            from data.privacy.server_readers import rules_of_server
            from data.storage.postgres.servers import shown_records

            return [*rules_of_server(shown_records(path, os.environ))]
        folder = documents_folder(settings.documents, os.environ)
        found = who_reads(path, os.environ, folder, about=word_of(name))
        return in_words(found, user_name(os.geteuid()))

    set_in_team(not on_server and is_team_file(path))
    backup_days = None if on_server else longest_days()
    set_here(Here(settings.private_days, settings.rest_days, backup_days, readers))
