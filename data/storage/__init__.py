"""Records as bytes: files, journal, lock, backups, permissions. Knows dicts and paths only."""
