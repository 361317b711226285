"""The quick note, over every screen."""
