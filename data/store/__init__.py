"""The one door to the records: reading, changing, undo, typed text, and what others changed."""
