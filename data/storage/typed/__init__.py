"""What is typed and not saved yet: a session's draft file, and those of sessions that have died."""
