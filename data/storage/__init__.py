"""Keeping documents in files: the record file, its journal, the lock, backups, and mending.

Nothing here knows a record class: documents are JSON objects in named tables. `docs/storage.md`
says what is promised and how that is kept, `docs/format.md` what stands in the files. What only
commands need, to examine files and bring an earlier state back, has a room of its own, `upkeep`.
"""
