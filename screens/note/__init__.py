"""The quick note, which can be opened over every screen."""
